"""The short way for the simple HTML that most feeds send: paragraphs with links, emphasis and line breaks.

Such a fragment is read token by token into the very blocks that the long way over a tree gives (held together by a
property test), in a third of the time; of thirty thousand entries that is six seconds. Whatever is not simple (an
attribute with a meaning, an element out of place, a rare entity) is left to the long way.
"""

from __future__ import annotations

import re
from html import unescape
from html.entities import name2codepoint
from typing import Final

from ..document import Mark, Spans
from .inline import MARKS, Addresses, Inline

_TOKEN = re.compile(
    r"""
    (?P<text> [^<]+ )
    | <(?P<break> br ) \s* /?>
    | <(?P<open> p|a|span|abbr|small|strong|em|b|i|u|s|code|cite|sub|sup|del|ins|mark|kbd )
      (?P<attributes> (?: \s+ (?:href|title|target|rel|hreflang) \s*=\s* (?:"[^"<>]*"|'[^'<>]*') )* ) \s* >
    | </(?P<close> p|a|span|abbr|small|strong|em|b|i|u|s|code|cite|sub|sup|del|ins|mark|kbd ) \s* >
    """,
    re.VERBOSE,
)
_HREF = re.compile(r"""\shref\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_ANOTHER_BREAK = re.compile(r"\s*<br\s*/?>")
_ODD = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters on which parsers differ."""
_REFERENCE = re.compile(r"&(?:(#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|[a-zA-Z]\w*);)?")


class _NotSimple(Exception):
    """The fragment needs the long way."""


def simple_lines(html: str, addresses: Addresses) -> list[Spans] | None:
    """Return the lines of running text in a simple fragment, or ``None`` for one that is not simple."""
    if not html.replace("\n", "").isprintable() and _ODD.search(html):
        return None
    reading = _Reading(addresses)
    position = 0
    try:
        while position < len(html):
            token = _TOKEN.match(html, position)
            if token is None:
                return None
            position = token.end()
            reading.take(token, html)
        return reading.end()
    except _NotSimple:
        return None


class _Reading:
    """The lines read so far, and what is open."""

    __slots__ = ("_addresses", "_href", "_in_paragraph", "_inline", "_lines", "_marks", "_opened")

    def __init__(self, addresses: Addresses) -> None:
        self._addresses = addresses
        self._lines: list[Spans] = []
        self._inline = Inline()
        self._opened: list[tuple[str, Mark, str]] = []
        """Inline elements, with the marks and the link around each."""
        self._marks, self._href = Mark.PLAIN, ""
        self._in_paragraph = False

    def take(self, token: re.Match[str], html: str) -> None:
        """Read one token."""
        if token.lastgroup == "text":
            self._inline.add(_text(token.group()), self._marks, self._href)
        elif token.lastgroup == "close":
            self._close(token["close"])
        elif token.lastgroup == "break":
            self._break(html, token.end())
        else:
            self._open(token["open"], token["attributes"])

    def end(self) -> list[Spans]:
        """Return the lines; nothing may be open but a paragraph."""
        self._require(not self._opened)
        self._flush()
        return self._lines

    def _open(self, tag: str, attributes: str) -> None:
        if tag == "p":
            self._require(not self._opened and not attributes)
            self._flush()
            self._in_paragraph = True
            return
        self._opened.append((tag, self._marks, self._href))
        if tag == "a":
            self._require(all(outer != "a" for outer, _, _ in self._opened[:-1]))
            found = _HREF.search(attributes)
            self._href = self._addresses.link(_text(found[1] or found[2] or "")) if found else ""
        elif tag in MARKS:
            self._marks |= MARKS[tag]

    def _close(self, tag: str) -> None:
        if tag == "p":
            self._require(not self._opened and self._in_paragraph)
            self._flush()
            self._in_paragraph = False
            return
        self._require(bool(self._opened) and self._opened[-1][0] == tag)
        _, self._marks, self._href = self._opened.pop()

    def _break(self, html: str, position: int) -> None:
        """Read a ``br``: one breaks the line, two in a row end the paragraph."""
        if _ANOTHER_BREAK.match(html, position) or self._inline.ends_in_break():
            self._flush()
        elif self._inline:
            self._inline.line_break(self._marks, self._href)

    def _flush(self) -> None:
        if self._inline and (spans := self._inline.take()):
            self._lines.append(spans)

    def _require(self, condition: bool) -> None:
        if not condition:
            raise _NotSimple


def _text(text: str) -> str:
    """Return text with its references resolved; raise ``_NotSimple`` when one of them is not plain."""
    if "&" not in text:
        return text
    for reference in _REFERENCE.finditer(text):
        name = reference[1]
        if name is None:
            plain = text[reference.end() : reference.end() + 1] in _AFTER_LONE
        elif name.startswith("#"):
            code = int("0" + name[1:], 0) if name[1] in "xX" else int(name[1:])
            plain = 32 <= code < 0x7F or 0xA0 <= code < 0xD800
        else:
            plain = name in name2codepoint or name == "apos"
        if not plain:
            raise _NotSimple
    return unescape(text)


_AFTER_LONE: Final = ("", " ", "\n", "\t")
"""What may stand behind an ampersand that begins no reference."""
