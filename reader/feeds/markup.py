"""The HTML inside a feed, as far as parsing must touch it.

Bodies stay HTML and are handed on as such: cleaning reads them. Here inline XHTML becomes HTML again, relative
addresses become absolute while the base is known, plain text becomes HTML, and a title loses its tags.
"""

from __future__ import annotations

import html
import re
from html.entities import html5
from typing import Final
from urllib.parse import urljoin, urlsplit

from lxml.etree import _Element

from .names import local

MAX_URL: Final = 4096
"""Characters; a longer address is a ``data:`` image or a trap."""
MAX_ATTRIBUTES: Final = 50
"""Of one element of inline XHTML."""

_VOID: Final = frozenset({"area", "br", "col", "embed", "hr", "img", "input", "source", "track", "wbr"})
_SCHEME = re.compile(r"[a-zA-Z][\w+.-]*:")
_RELATIVE = re.compile(
    # "=" comes first because it is rare: the search then runs at the speed of memory.
    r"=(?:(?<=href=)|(?<=src=)|(?<=HREF=)|(?<=SRC=)|(?<=poster=)|(?<=cite=)|(?<=action=)|(?<=background=)|(?<=longdesc=))"
    r"([\"'])(?!\s{0,9}(?:[a-zA-Z][a-zA-Z0-9+.-]{0,20}:|\#))([^\"'<>]{0,4096})\1"
)
_TAG_LENGTH: Final = 4096
"""Characters looked back for the beginning of a tag."""
_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]{0,15})(?:\s[^<>]*)?/?>|<!--[^<>]*-->")
_INLINE_VOID: Final = frozenset({"br", "img", "wbr", "hr"})
_REFERENCE = re.compile(r"&(?:#([0-9]{1,7}|[xX][0-9a-fA-F]{1,6});?|([A-Za-z][A-Za-z0-9]{1,31});)")
_MARKED_UP = re.compile(
    r"</(?:a|abbr|b|blockquote|br|code|div|em|h[1-6]|i|li|ol|p|pre|span|strong|table|ul)>|<(?:br|img|hr|p)\b[^<>]*/?>",
    re.IGNORECASE,
)


def text_of(element: _Element) -> str:
    """Return the text of ``element`` and all below it, without white space at the ends."""
    if len(element) == 0:
        return (element.text or "").strip()
    return "".join(element.itertext()).strip()


def inner_html(element: _Element) -> str:
    """Return what is inside ``element`` as HTML without namespaces; a single wrapping ``div`` is taken off (RFC 4287)."""
    if len(element) == 1 and not (element.text or "").strip():
        only = element[0]
        if isinstance(only.tag, str) and local(only) == "div" and not (only.tail or "").strip():
            element = only
    parts = [html.escape(element.text or "", quote=False)]
    pending: list[_Element | str] = list(reversed(element))
    while pending:
        node = pending.pop()
        if isinstance(node, str):
            parts.append(node)
            continue
        tail = html.escape(node.tail or "", quote=False)
        if not isinstance(node.tag, str):
            parts.append(tail)
            continue
        name = local(node)
        parts.append(_start_tag(name, node))
        if name in _VOID:
            parts.append(tail)
            continue
        parts.append(html.escape(node.text or "", quote=False))
        pending.append(f"</{name}>{tail}")
        pending.extend(reversed(node))
    return "".join(parts).strip()


def _start_tag(name: str, element: _Element) -> str:
    """Return the tag that opens ``element``; lxml reads many attributes in quadratic time, so only the first count."""
    keys = (key for key in map(str, element.keys()[:MAX_ATTRIBUTES]) if key[0] != "{")
    attributes = "".join(f' {key}="{html.escape(str(element.get(key)))}"' for key in keys)
    return f"<{name}{attributes}>"


def absolute(url: str, base: str) -> str:
    """Return ``url`` made absolute; empty for what no address can be."""
    url = url.strip()
    if not url or len(url) > MAX_URL:
        return ""
    if _SCHEME.match(url) or not base:
        return url
    try:
        return urljoin(base, url)
    except ValueError:
        return ""


def web_address(url: str, base: str) -> str:
    """Return ``url`` made absolute when it is http or https, else nothing."""
    found = absolute(url, base)
    if found[:8].lower().startswith(("http://", "https://")):
        try:
            return found if urlsplit(found).hostname else ""
        except ValueError:
            return ""
    return ""


def resolve(markup: str, base: str) -> str:
    """Return HTML with its relative addresses made absolute; those that a text merely shows stay."""
    if not base or "<" not in markup:
        return markup

    def attribute(match: re.Match[str]) -> str:
        start = match.start()
        back = max(0, start - _TAG_LENGTH)
        if markup.rfind("<", back, start) <= markup.rfind(">", back, start):
            return match[0]  # not in a tag: a text that shows one
        return f"={match[1]}{absolute(match[2], base)}{match[1]}"

    return _RELATIVE.sub(attribute, markup)


def looks_like_html(text: str) -> bool:
    """Tell whether text that is declared plain is HTML all the same, as many generators send it."""
    return "<" in text and _MARKED_UP.search(text) is not None


def from_plain(text: str) -> str:
    """Return plain text as HTML: a blank line parts paragraphs, a newline is a break."""
    escaped = html.escape(text.strip(), quote=False)
    if "\n" not in escaped:
        return escaped
    paragraphs = re.split(r"\n[ \t\r]*\n\s*", escaped)
    return "".join(f"<p>{paragraph.replace(chr(10), '<br>')}</p>" for paragraph in paragraphs)


def without_tags(markup: str) -> str:
    """Return a title's text: tags that are tags taken out, references resolved once.

    A tag with no counterpart is what the title speaks of ("How to use <dialog>") and stays.
    """
    if "<" in markup:
        closed = {tag[1].lower() for tag in _TAG.finditer(markup) if tag[0][1] == "/"}
        opened = {tag[1].lower() for tag in _TAG.finditer(markup) if tag[0][1] not in "/!"}
        tags = (closed & opened) | _INLINE_VOID
        markup = _TAG.sub(lambda tag: "" if tag[1] is None or tag[1].lower() in tags else tag[0], markup)
    return unescape(markup)


def unescape(text: str) -> str:
    """Return text with its HTML references resolved; like ``html.unescape``, but only of references that are ended.

    ``html.unescape`` reads ``&copy=1`` in an address as a sign, and fails on a number of 5,000 digits.
    """
    return _REFERENCE.sub(_resolved, text) if "&" in text else text


def _resolved(match: re.Match[str]) -> str:
    if match[2]:
        return html5.get(match[2] + ";", match[0])
    return html.unescape(f"&#{match[1]};")
