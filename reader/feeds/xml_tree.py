"""The element tree of an XML document, however well-formed it is.

Four attempts, from the fastest to the most forgiving: the bytes as they are; the text with its references repaired;
the same in libxml2's recovering mode; and what is left is for ``broken``. Nothing outside the document is ever read:
no DTD is loaded, and entities are expanded by us alone, from the HTML names and from short declared values, so that an
entity bomb stays the few bytes it was written with.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html.entities import html5
from typing import Final

from lxml import etree
from lxml.etree import _Element

from ..errors import ParseError
from .encodings import MAX_BYTES, decode, is_plain_utf8, repair_c1

MAX_EXPANSION: Final = 1024 * 1024
"""Characters that declared entities may add to a document."""

_BOM: Final = b"\xef\xbb\xbf"
_DECLARATION = re.compile(r"<\?xml[^>]{0,300}>", re.IGNORECASE)
_DOCTYPE = re.compile(r"\s*+(?:(?>(?:<!--.*?-->|<\?.*?>))\s*+){0,20}+(<!DOCTYPE)", re.IGNORECASE | re.DOTALL)
"""Nothing in it is tried a second way: a kilobyte of comments would take minutes."""
_SUBSET_END = re.compile(r"\]\s*>")
_ENTITY = re.compile(r"<!ENTITY\s+([A-Za-z_][\w.-]{0,63})\s+(?:\"([^\"&<%]{0,200})\"|'([^'&<%]{0,200})')\s*>")
_REFERENCE = re.compile(r"&(?:#(?:[0-9]{1,7}|[xX][0-9a-fA-F]{1,6})|[A-Za-z_][A-Za-z0-9_.-]{0,63});")
_LONE = re.compile(f"&(?!{_REFERENCE.pattern[1:]})")
_C1_BYTES = re.compile(rb"\xc2[\x80-\x9f]")
_C1_REFERENCE = re.compile(rb"&#(?:1[2-5][0-9]|[xX][89][0-9a-fA-F]);")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_XML_NAMES: Final = frozenset({"amp", "lt", "gt", "quot", "apos"})


def _parser(*, recover: bool, deep: bool = False) -> etree.XMLParser:
    """Return a parser that reads nothing but the bytes it is given.

    libxml2 allows 256 elements inside each other, 2,048 when ``deep``, whose other limits ``MAX_BYTES`` replaces.
    """
    return etree.XMLParser(
        recover=recover,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=deep,
        collect_ids=False,
        remove_comments=True,
        remove_pis=True,
        strip_cdata=True,
    )


_STRICT: Final = _parser(recover=False)
_LOOSE: Final = _parser(recover=True)


def read_tree(data: bytes, content_type: str | None = None) -> _Element:
    """Return the root element of ``data``; raises ``ParseError`` for what no attempt can read."""
    if len(data) > MAX_BYTES:
        raise ParseError("The document is larger than 10 MB.")
    root = _as_it_is(data, content_type)
    if root is None:
        source = repaired(decode(data, content_type)).encode("utf-8", "replace")
        root = _attempt(source, _STRICT)
        if root is None:
            root = _attempt(source, _LOOSE)
    if root is None:
        raise ParseError("The document is no XML.")
    return root


def read_deep_tree(data: bytes) -> tuple[_Element, int]:
    """Return the root element of an outline, which may be nested deeper than any feed, and where it is damaged.

    The second value is the line from which on something may be missing, 0 when all could be read. Raises
    ``ParseError`` when nothing could.
    """
    if len(data) > MAX_BYTES:
        raise ParseError("The file is larger than 10 MB.")
    source = repaired(decode(data)).encode("utf-8", "replace")
    parser = _parser(recover=True, deep=True)
    root = _attempt(source, parser)
    if root is None:
        raise ParseError("The file is no XML.")
    serious = (entry for entry in parser.error_log if entry.domain_name != "NAMESPACE")
    errors = [entry.line for entry in serious if entry.level >= etree.ErrorLevels.ERROR]
    return root, min(errors, default=0)


def repaired(text: str) -> str:
    """Return ``text`` without declaration and document type, its references numeric and its characters XML's own."""
    text, entities = _without_doctype(_from_first_tag(text))
    text = _outside_cdata(text, lambda part: _references(part, entities))
    text = repair_c1(text)
    return _NOT_XML.sub("", text) if _NOT_XML.search(text) else text


def _as_it_is(data: bytes, content_type: str | None) -> _Element | None:
    """Return the root of a well-formed UTF-8 document that needs no repair; nothing is copied or searched twice."""
    if data[:3] == _BOM:
        data = data[3:]
    elif not is_plain_utf8(data, content_type):
        return None
    if _C1_BYTES.search(data) or _C1_REFERENCE.search(data):
        return None
    start = data[:1024].find(b"<")
    if start < 0 or data[:start].strip() or data[start + 1 : start + 2] == b"\0":
        return None
    root = _attempt(data[start:] if start else data, _STRICT)
    if root is None or root.getroottree().docinfo.doctype:
        return None
    return root


def _attempt(source: bytes, parser: etree.XMLParser) -> _Element | None:
    try:
        return etree.fromstring(source, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _from_first_tag(text: str) -> str:
    """Return ``text`` without the XML declarations at its head and what stands before them; lines keep their number."""
    head = text[:2048]
    start = max(head.find("<"), 0)
    return "\n" * head.count("\n", 0, start) + _DECLARATION.sub("", head[start:]) + text[2048:]


def _without_doctype(text: str) -> tuple[str, dict[str, str]]:
    """Return ``text`` without its document type, and the short plain entities which that declared."""
    found = _DOCTYPE.match(text)
    if found is None:
        return text, {}
    start, end = found.start(1), text.find(">", found.end())
    bracket = text.find("[", start)
    if 0 <= bracket < end:
        close = _SUBSET_END.search(text, bracket)
        end = close.end() - 1 if close else end
    if end < 0:
        raise ParseError("The document type of the document never ends.")
    subset = text[start:end]
    entities = {match[1]: match[2] or match[3] or "" for match in _ENTITY.finditer(subset)}
    return text[:start] + "\n" * subset.count("\n") + text[end + 1 :], entities


def _outside_cdata(text: str, change: Callable[[str], str]) -> str:
    """Return ``text`` with ``change`` applied between its CDATA sections; in linear time, also when one never ends."""
    parts: list[str] = []
    position = 0
    while (start := text.find("<![CDATA[", position)) >= 0:
        end = text.find("]]>", start)
        if end < 0:
            break
        parts += change(text[position:start]), text[start : end + 3]
        position = end + 3
    parts.append(change(text[position:]))
    return "".join(parts)


def _references(text: str, entities: dict[str, str]) -> str:
    """Return ``text`` with named references made numeric, impossible ones dropped, and lone ampersands escaped."""
    if "&" not in text:
        return text
    allowance = MAX_EXPANSION

    def numeric(match: re.Match[str]) -> str:
        nonlocal allowance
        reference = match[0]
        name = reference[1:-1]
        if name[0] == "#":
            return _character(name[1:])
        if name in _XML_NAMES:
            return reference
        value = html5.get(name + ";")
        if value is None:
            value = entities.get(name)
            if value is None:
                return "&amp;" + reference[1:]
            allowance -= len(value)
            if allowance < 0:
                raise ParseError("The document's entities expand without end.")
        return "".join(f"&#{ord(character)};" for character in value)

    return _REFERENCE.sub(numeric, _LONE.sub("&amp;", text))


def _character(digits: str) -> str:
    """Return a numeric reference as browsers read it; nothing for a character XML does not allow."""
    code = int(digits[1:], 16) if digits[0] in "xX" else int(digits)
    if 0x80 <= code <= 0x9F:
        return bytes([code]).decode("cp1252", "replace")
    if code > 0x10FFFF or (code < 0x20 and code not in (9, 10, 13)):
        return ""
    return "" if 0xD800 <= code <= 0xDFFF or code & 0xFFFE == 0xFFFE else f"&#{code};"
