"""Text to a tree of bounded depth, and the few tools to walk and cut it.

libxml2 parses as it goes and never recurses; it gives up at 2,048 open elements, and such a page is read again without its
deepest tags. Steps that look at an element's whole
content cost the tree's depth each, so what is nested deeper than ``MAX_TREE_DEPTH`` is flattened to its text here,
once, and no later room needs to care.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree
from lxml.html import HtmlElement as HtmlElement
from lxml.html import HTMLParser, document_fromstring

from ..errors import ParseError

MAX_TREE_DEPTH: Final = 200
"""Elements inside each other; the deepest of two thousand real pages had 71."""

MAX_CHARACTERS: Final = 16_000_000
"""Of HTML; the largest of two thousand real pages had four million."""

MAX_ELEMENTS: Final = 250_000
"""In one page; the largest real one had twenty thousand."""

_COUNT = etree.XPath("count(//*)")
_TOO_DEEP = etree.XPath("/*" * (MAX_TREE_DEPTH + 1))
"""The elements one level too deep: libxml2 goes down level by level, and stops where a page ends."""
SAMPLE: Final = 20_000
"""Characters at the beginning of a page by which text is told from other files."""

_STOPPED: Final = etree.ErrorTypes.ERR_RESOURCE_LIMIT
"""What libxml2 says of a page with more open elements than it follows; the rest of such a page it does not read."""
_TAG: Final = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]{0,40})(?=[\s/>])[^<>]*>")
_CLOSED_BY_THEMSELVES: Final = frozenset(
    ("p", "li", "dt", "dd", "tr", "td", "th", "option", "br", "hr", "img", "input", "wbr", "col", "embed", "link",
     "meta", "source", "track", "area", "base", "param")
)  # fmt: skip

_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What libxml2 reads from a reference such as ``&#1;`` and lxml refuses to take back."""
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffd]")
_IDEOGRAPH = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]")


def parse_page(html: str) -> HtmlElement:
    """Return the root of the page's tree, with ``head`` and ``body`` as browsers make them; ParseError otherwise."""
    if len(html) > MAX_CHARACTERS:
        raise ParseError(
            f"The page has {len(html):,} characters; more than {MAX_CHARACTERS:,} are not cleaned."
        )
    if _is_binary(html[:SAMPLE]):
        raise ParseError("The page is no text: it may be a picture or another file.")
    if html.startswith("<?xml"):
        html = html[html.find("?>") + 2 :]
    html = html.replace("\0", "")
    parser = _parser()
    root = _parsed(html, parser)
    if any(error.type == _STOPPED for error in parser.error_log):
        root = _parsed(without_deep_tags(html), _parser())
    _bound(root)
    return root


def _parsed(html: str, parser: HTMLParser) -> HtmlElement:
    try:
        return document_fromstring(html.encode("utf-8", "replace"), parser=parser, ensure_head_body=True)
    except (etree.LxmlError, ValueError) as error:
        raise ParseError("The page is empty or no HTML.") from error


def without_deep_tags(html: str) -> str:
    """Return a page without the tags that open more than ``MAX_TREE_DEPTH`` elements inside each other, nor their ends.

    Tags that a parser closes by itself count for nothing, so that paragraphs stay such below a thousand unclosed fonts.
    """
    depth = 0

    def keep(tag: re.Match[str]) -> str:
        nonlocal depth
        if tag["name"].lower() in _CLOSED_BY_THEMSELVES:
            return tag[0]
        if tag["end"]:
            depth = max(0, depth - 1)
            return tag[0] if depth < MAX_TREE_DEPTH else " "
        depth += 1
        return tag[0] if depth <= MAX_TREE_DEPTH else " "

    return _TAG.sub(keep, html)


def parse_fragment(html: str) -> HtmlElement | None:
    """Return the ``body`` of a tree with the fragment in it; ``None`` when there is nothing in it."""
    if not html.strip():
        return None
    root = parse_page(f"<!DOCTYPE html><html><head></head><body>{html}</body></html>")
    return root.find("body")


def _is_binary(sample: str) -> bool:
    """Tell whether a tenth of the characters are control characters or could not be decoded."""
    return len(_UNPRINTABLE.findall(sample)) > len(sample) // 10


def _parser() -> HTMLParser:
    # Network access and entities do not exist in libxml2's HTML parser; the flag is written out all the same.
    return HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, no_network=True
    )


def _bound(root: HtmlElement) -> None:
    """Flatten what is nested deeper than ``MAX_TREE_DEPTH``, each subtree to the text in it."""
    count = _COUNT(root)
    if isinstance(count, float) and count > MAX_ELEMENTS:
        raise ParseError(f"The page has more than {MAX_ELEMENTS:,} elements.")
    parents = {element.getparent() for element in _TOO_DEEP(root)}
    for element in parents:
        if element is not None:
            tail, text = element.tail, " ".join(element.itertext())
            for child in list(element):
                element.remove(child)
            element.text, element.tail = storable(text), storable(tail or "")


def storable(text: str) -> str:
    """Return a text that lxml takes: what XML 1.0 has no character for becomes a space."""
    return _REFUSED.sub(" ", text)


def drop(element: HtmlElement) -> None:
    """Remove an element and its content; the text after it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        previous = element.getprevious()
        if previous is not None:
            previous.tail = storable((previous.tail or "") + element.tail)
        else:
            parent.text = storable((parent.text or "") + element.tail)
    parent.remove(element)


def names(element: HtmlElement) -> str:
    """Return an element's class and id as one string of words, bounded for the patterns that search it.

    A long id is the words of a heading (``sharing-with-a-single-developer``), not of the page's maker: left out.
    """
    words, identity = element.get("class") or "", element.get("id")
    if identity and identity.count("-") + identity.count("_") <= 3:
        words = f"{words} {identity}"
    return words[:400]


def text_of(element: HtmlElement) -> str:
    """Return the text in an element on one line."""
    return fold("".join(element.itertext()))


def fold(text: str) -> str:
    """Return ``text`` with runs of white space folded and the ends stripped."""
    return " ".join(text.split())


def breadth(text: str) -> int:
    """Return the length of a text, in which a character of a script without spaces counts for two and a half.

    Thresholds are in characters of alphabets; a Chinese or Japanese sentence has two fifths of the characters.
    """
    return len(text) if text.isascii() else len(text) + len(_IDEOGRAPH.findall(text)) * 3 // 2


def outermost(elements: list[HtmlElement]) -> Iterator[HtmlElement]:
    """Yield the elements that are in no other of the list, in the list's order."""
    known = set(elements)
    for element in elements:
        if not any(ancestor in known for ancestor in element.iterancestors()):
            yield element


def make_of(element: HtmlElement) -> tuple[str, str]:
    """Return an element's tag and first class word: what siblings made by one template share."""
    return str(element.tag), (element.get("class") or "").split(" ", 1)[0]


def word_set(words: str) -> frozenset[str]:
    """Return the words of a text as a set: tag names written as one line."""
    return frozenset(words.split())
