"""The simple HTML that most feeds send, read without a parser: paragraphs with links, emphasis and line breaks.

Such a fragment becomes the very blocks that the long way over a tree gives (held together by property tests), or their
text alone. The text is all that storing an entry needs, and takes a twentieth of the time; the blocks are made when
somebody looks (see ``codec.encode_simple``). Whatever is not simple (an attribute with a meaning, an element out of
place, a rare entity) is left to the long way.
"""

from __future__ import annotations

import re
from html import unescape
from html.entities import name2codepoint
from typing import Final, TypeAlias

from .document import Mark, Spans, plain
from .runs import BREAK, MARKS, Addresses, ends_in_break, set_spans
from .text import clean

_TAGS: Final = re.compile("(<[^<>]*>)")
_NAMES: Final = "p|a|span|abbr|small|strong|em|b|i|u|s|code|cite|sub|sup|del|ins|mark|kbd"
_TAG: Final = re.compile(
    rf"""
    <(?: (?P<break> br ) \s* /?
    | (?P<open> {_NAMES} )
      (?P<attributes> (?: \s+ (?:href|title|target|rel|hreflang) \s*=\s* (?:"[^"<>]*"|'[^'<>]*') )* ) \s*
    | /(?P<close> {_NAMES} ) \s* )>
    """,
    re.VERBOSE,
)
_HREF: Final = re.compile(r"""\shref\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_BREAK_TAG: Final = re.compile(r"<br\s*/?>")
_ODD: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters on which parsers differ."""
_REFERENCE: Final = re.compile(r"&(?:(#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|[a-zA-Z]\w*);)?")

_Piece: TypeAlias = tuple[str, Mark, str]
"""Text with its marks and the address of its link, as the fragment has it."""

_APPEARED_FIRST: Final = re.compile(
    r"^(?:the (?:post|article|entry) .{1,300} (?:appeared|was) first (?:appeared |published )?(?:on|in) |"
    r"(?:der beitrag|l['’]article|la entrada|o post|il post) .{1,300} (?:erschien zuerst|est apparu|apareci[óo] primero|apareceu primeiro|proviene))",
    re.IGNORECASE,
)
"""The line that blog software puts below each entry of a feed."""
LAST_LINES: Final = 3
"""Among so many at the end it is looked for."""


class _NotSimple(Exception):
    """The fragment needs the long way."""


def simple_lines(html: str, addresses: Addresses) -> list[Spans] | None:
    """Return the lines of running text in a simple fragment, or ``None`` for one that is not simple."""
    lines = _read(html)
    if lines is None:
        return None
    found = (
        set_spans([(text, marks, addresses.link(href) if href else "") for text, marks, href in line])
        for line in lines
    )
    shown = [spans for spans in found if spans]
    last = [spans for spans in shown[-LAST_LINES:] if not is_footer(" ".join(plain(spans).split()))]
    return shown[:-LAST_LINES] + last


def simple_text(html: str) -> list[str] | None:
    """Return the text of each line that ``simple_lines`` finds; ``None`` for a fragment that is not simple."""
    lines = _read(html)
    if lines is None:
        return None
    shown = [text for line in lines if (text := _text_of(line))]
    return shown[:-LAST_LINES] + [text for text in shown[-LAST_LINES:] if not is_footer(text)]


def is_footer(text: str) -> bool:
    """Tell whether a line near the end is what blog software puts below an entry."""
    return len(text) < 500 and bool(_APPEARED_FIRST.match(text))


def _text_of(line: list[_Piece]) -> str:
    texts = [piece[0] for piece in line]
    joined = "".join(texts)
    if not joined.isascii():
        # Cleaned piece by piece, as spans are: letter and accent on two sides of a tag stay two characters.
        joined = "".join([" " if text == BREAK else clean(_spaced(text)) for text in texts])
    return " ".join(joined.replace(BREAK, " ").split())


def _spaced(text: str) -> str:
    """Return text with every white space a plain space."""
    return re.sub(r"\s", " ", text)


def _read(html: str) -> list[list[_Piece]] | None:
    """Return the lines of a fragment as pieces, some of them without a visible character."""
    if not html.replace("\n", "").isprintable() and _ODD.search(html):
        return None
    reading = _Reading()
    pieces = _TAGS.split(html)
    try:
        for index in range(1, len(pieces), 2):
            if pieces[index - 1]:
                reading.text(pieces[index - 1])
            reading.tag(pieces[index], pieces, index)
        if pieces[-1]:
            reading.text(pieces[-1])
        return reading.end()
    except _NotSimple:
        return None


class _Reading:
    """The lines read so far, and what is open."""

    __slots__ = ("_href", "_in_paragraph", "_line", "_lines", "_marks", "_opened")

    def __init__(self) -> None:
        self._lines: list[list[_Piece]] = []
        self._line: list[_Piece] = []
        self._opened: list[tuple[str, Mark, str]] = []
        """Inline elements, with the marks and the link around each."""
        self._marks, self._href = Mark.PLAIN, ""
        self._in_paragraph = False

    def text(self, text: str) -> None:
        """Read what stands between two tags."""
        if "<" in text:
            raise _NotSimple
        self._line.append((_resolved(text), self._marks, self._href))

    def tag(self, tag: str, pieces: list[str], index: int) -> None:
        """Read a tag; ``pieces[index]`` is its place in the fragment."""
        if tag == "<p>":
            self._begin_paragraph()
        elif tag == "</p>":
            self._end_paragraph()
        else:
            found = _TAG.fullmatch(tag)
            if found is None:
                raise _NotSimple
            if found["break"]:
                self._break(pieces, index)
            elif name := found["open"]:
                self._open(name, found["attributes"])
            else:
                self._close(found["close"])

    def end(self) -> list[list[_Piece]]:
        """Return the lines; nothing may be open but a paragraph."""
        if self._opened:
            raise _NotSimple
        self._flush()
        return self._lines

    def _begin_paragraph(self) -> None:
        if self._opened:
            raise _NotSimple
        self._flush()
        self._in_paragraph = True

    def _end_paragraph(self) -> None:
        if self._opened or not self._in_paragraph:
            raise _NotSimple
        self._flush()
        self._in_paragraph = False

    def _open(self, name: str, attributes: str) -> None:
        if name == "p":
            if attributes:
                raise _NotSimple
            self._begin_paragraph()
            return
        self._opened.append((name, self._marks, self._href))
        if name == "a":
            if any(outer == "a" for outer, _, _ in self._opened[:-1]):
                raise _NotSimple
            found = _HREF.search(attributes)
            self._href = _resolved(found[1] or found[2] or "") if found else ""
        elif name in MARKS:
            self._marks |= MARKS[name]

    def _close(self, name: str) -> None:
        if name == "p":
            self._end_paragraph()
            return
        if not self._opened or self._opened[-1][0] != name:
            raise _NotSimple
        _, self._marks, self._href = self._opened.pop()

    def _break(self, pieces: list[str], index: int) -> None:
        """Read a ``br``: one breaks the line, two in a row end the paragraph."""
        another = index + 2 < len(pieces) and _BREAK_TAG.fullmatch(pieces[index + 2])
        if (another and not pieces[index + 1].strip()) or ends_in_break(self._line):
            self._flush()
        elif self._line:
            self._line.append((BREAK, self._marks, self._href))

    def _flush(self) -> None:
        if self._line:
            self._lines.append(self._line)
            self._line = []


def _resolved(text: str) -> str:
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
