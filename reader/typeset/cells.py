"""How many cells a text takes in a terminal, and where it may be cut without tearing a character apart.

The rule is that of UAX #11 (East Asian Width) with the emoji sequences of UTS #51, computed from ``unicodedata``
instead of a table of our own. It agrees with what Textual measures for every assigned character (tested), since
Textual cuts what is wider than it believes; for characters younger than Python's Unicode it errs on the wide side:
a gap at the end of a line is better than a lost letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

ZWJ: Final = "\u200d"
VS16: Final = "\ufe0f"

SIMPLE: Final = (
    "\\x20-\\x7e\\xa0-\\xac\\xae-\u02ff\u0370-\u0373\u0376-\u0377\u037b-\u037f\u0384-\u0386\u0388-\u038a"
    "\u0391-\u03a1\u03a3-\u0482\u048a-\u052f\u1e00-\u1eff\u2010-\u2027\u202f-\u205e\u20a0-\u20bf"
)
"""Ranges of Latin, Greek, Cyrillic and their punctuation: one cell each, nothing combines."""

_SIMPLE_TEXT: Final = re.compile(f"[{SIMPLE}]*")
_REGIONAL: Final = re.compile("[\U0001f1e6-\U0001f1ff]")

_WIDE_SYMBOLS: Final = (
    range(0x2630, 0x2638), range(0x268A, 0x2690), range(0x4DC0, 0x4E00), range(0x1D300, 0x1D357),
    range(0x1D360, 0x1D377),
)  # fmt: skip
"""Trigrams, hexagrams, tally marks: wide since Unicode 16, narrow in the tables of Python 3.11."""

_NARROW_FORMATS: Final = frozenset(
    [*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD]
)
"""Format characters that are drawn: Arabic number signs and their kin (the property Prepended_Concatenation_Mark)."""

_FILLERS: Final = frozenset([0x3164, 0xFFA0, *range(0x1160, 0x1200), *range(0xD7B0, 0xD800)])
"""Hangul vowels and finals join the syllable before them; the fillers draw nothing."""

_SKIN_TONES: Final = range(0x1F3FB, 0x1F400)


class _Widths(dict[str, int]):
    """Cells of single characters, each worked out once."""

    def __missing__(self, char: str) -> int:
        width = self[char] = _width(char)
        return width


def _width(char: str) -> int:
    code = ord(char)
    category = unicodedata.category(char)
    if category in ("Mn", "Me", "Mc") or code in _FILLERS or code in _SKIN_TONES:
        return 0
    if category in ("Cf", "Cc", "Zl", "Zp"):
        return 1 if code in _NARROW_FORMATS else 0
    if category == "Cn" or unicodedata.east_asian_width(char) in "WF":
        return 2
    return 2 if any(code in symbols for symbols in _WIDE_SYMBOLS) else 1


WIDTHS: Final = _Widths()
"""Cells of a character on its own: 0, 1 or 2."""


def is_simple(text: str) -> bool:
    """Tell whether every character takes one cell and stands alone, so that cells can be counted as characters."""
    return (text.isascii() and text.isprintable()) or _SIMPLE_TEXT.fullmatch(text) is not None


def cell_width(text: str) -> int:
    """Return the cells a text takes; control characters take none."""
    if is_simple(text):
        return len(text)
    if ZWJ not in text and VS16 not in text:
        return sum(map(WIDTHS.__getitem__, text))
    return sum(width for _, _, width in clusters(text))


def clusters(text: str, start: int = 0, stop: int | None = None) -> Iterator[tuple[int, int, int]]:
    """Yield start, end and cells of each piece of a text that must not be cut.

    A piece is a character with the marks on it, what a joiner ties to it, and a variation selector that makes it
    wide; two regional indicators are one flag.
    """
    stop = len(text) if stop is None else stop
    index = start
    while index < stop:
        first, char = index, text[index]
        width = 0 if char == ZWJ else WIDTHS[char]
        index += 1
        if _REGIONAL.match(char) and index < stop and _REGIONAL.match(text[index]):
            width += 1
            index += 1
        while index < stop:
            char = text[index]
            if char == ZWJ:
                index = min(index + 2, stop)
            elif char == VS16:
                width = 2 if width == 1 else width
                index += 1
            elif WIDTHS[char] == 0 and char not in "\u200b\u00ad":
                index += 1
            else:
                break
        yield first, index, width


def crop(text: str, start: int, stop: int) -> str:
    """Return the cells from ``start`` up to ``stop``; half a wide character becomes a space."""
    if is_simple(text):
        return text[max(0, start) : max(0, stop)]
    kept: list[str] = []
    at = 0
    for first, end, width in clusters(text):
        if at >= stop:
            break
        if at >= start and at + width <= stop:
            kept.append(text[first:end])
        elif at + width > start:
            kept.append(" " * (min(at + width, stop) - max(at, start)))
        at += width
    return "".join(kept)


def pad(text: str, width: int) -> str:
    """Return the text with spaces behind it up to ``width`` cells."""
    return text + " " * (width - cell_width(text))
