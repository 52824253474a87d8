"""Runs of text with marks and links, and the addresses of those: what a line is made of, whoever read it.

White space is folded across the borders of pieces, as browsers do; a line break that the author asked for stays a newline.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import urljoin, urlsplit

from .document import Mark, Span, Spans
from .text import clean

MARKS: Final = {
    "b": Mark.STRONG, "strong": Mark.STRONG, "i": Mark.EMPHASIS, "em": Mark.EMPHASIS, "cite": Mark.EMPHASIS,
    "dfn": Mark.EMPHASIS, "var": Mark.EMPHASIS, "code": Mark.CODE, "tt": Mark.CODE, "samp": Mark.CODE, "kbd": Mark.KBD,
    "sub": Mark.SUB, "sup": Mark.SUP, "s": Mark.STRIKE, "strike": Mark.STRIKE, "del": Mark.STRIKE, "u": Mark.UNDERLINE,
    "ins": Mark.UNDERLINE, "mark": Mark.HIGHLIGHT,
}  # fmt: skip
"""Elements that set a mark on the text in them."""

LONGEST_ADDRESS: Final = 2_000
_NO_ADDRESS: Final = ("{", "[", "<", "$")
"""What begins with one is a script's data or a template's place for an address."""
BREAK: Final = "\0"
"""Stands for a line break among the pieces; parsing leaves no such character in the text."""
_UNSAFE = re.compile(r"[\x00-\x20\x7f-\x9f<>\"`{}|\\^\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


def ends_in_break(pieces: Sequence[tuple[str, Mark, str]]) -> bool:
    """Tell whether the last of the pieces is a line break, white space aside."""
    for text, _, _ in reversed(pieces):
        if text == BREAK:
            return True
        if text.strip():
            return False
    return False


def set_spans(pieces: list[tuple[str, Mark, str]]) -> Spans:
    """Return pieces of text as spans: white space folded across their borders, likes joined.

    A space or a break between two pieces has what the pieces have in common with it, so that it stands outside of marks
    that begin or end beside it and parts neither a link nor an emphasis.
    """
    joined: list[tuple[str, Mark, str]] = []
    space: tuple[str, Mark, str] | None = None

    def put(text: str, marks: Mark, href: str) -> None:
        if joined and joined[-1][1:] == (marks, href):
            joined[-1] = (joined[-1][0] + text, marks, href)
        else:
            joined.append((text, marks, href))

    for raw, marks, href in pieces:
        if raw == BREAK:
            space = ("\n" if space is None or space[0] == " " else space[0] + "\n", marks, href)
            continue
        text = clean(_folded(raw))
        core = text.strip(" ")
        if text[:1] == " " and space is None:
            space = (" ", marks, href)
        if not core:
            continue
        if joined and space is not None:
            _, marks_before, before = joined[-1]
            put(space[0], marks_before & space[1] & marks, href if before == space[2] == href else "")
        put(core, marks, href)
        space = (" ", marks, href) if text[-1] == " " else None
    return tuple(Span(*piece) for piece in joined)


def _folded(raw: str) -> str:
    """Return text with each run of white space as one space, at the ends too; splitting is faster than a pattern."""
    words = raw.split()
    if not words:
        return " " if raw else ""
    return f"{' ' if raw[0].isspace() else ''}{' '.join(words)}{' ' if raw[-1].isspace() else ''}"


class Addresses:
    """Addresses of one page made absolute and safe."""

    __slots__ = ("_base", "_known", "_page")

    def __init__(self, page: str, base: str = "") -> None:
        self._page = page.partition("#")[0]
        self._base = absolute(base, page) if base else page
        self._known: dict[str, str] = {}

    def link(self, href: str | None) -> str:
        """Return a link's address: http(s) or mailto, absolute; empty for others and for places in the same page."""
        if not href:
            return ""
        known = self._known.get(href)
        if known is None:
            known = absolute(href, self._base)
            if known.partition("#")[0] == self._page and "#" in known:
                known = ""
            self._known[href] = known
        return known

    def image(self, src: str | None) -> str:
        """Return a picture's address: http(s), absolute; empty for others (``data:`` among them)."""
        if not src or src.lstrip()[:1] in _NO_ADDRESS:
            return ""
        address = self.link(src)
        return address if address.startswith("http") else ""


def absolute(href: str, base: str) -> str:
    """Return an address relative to ``base`` made absolute; empty unless it is http(s) or mailto and well formed."""
    href = href.strip()
    if not href or len(href) > LONGEST_ADDRESS or href.startswith("#"):
        return ""
    try:
        address = href if href[:7].lower() == "mailto:" else urljoin(base, href)
        parts = urlsplit(address)
        if parts.scheme in ("http", "https"):
            if not parts.hostname or parts.port == 0:
                return ""
        elif parts.scheme != "mailto":
            return ""
    except ValueError:
        return ""
    return _UNSAFE.sub(lambda char: "".join(f"%{byte:02X}" for byte in char.group().encode()), address)
