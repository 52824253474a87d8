"""Finding words in set text as a person means them: upper and lower case alike, accents folded, hyphens ignored."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from .cells import WIDTHS

_INVISIBLE: Final = {0xAD: None, 0x200B: None, 0x200C: None, 0x200D: None}
_MARKS: Final = re.compile(
    "[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+"
)
"""Accents, Hebrew points and Arabic vowel signs: what people leave out when they type."""


def fold(text: str) -> str:
    """Return a text as it is compared: case and accents folded, white space alike, invisible signs gone."""
    if text.isascii():
        return text.lower().replace("\n", " ").replace("\t", " ")
    decomposed = unicodedata.normalize("NFKD", text.translate(_INVISIBLE)).casefold()
    return _MARKS.sub("", decomposed).replace("\n", " ").replace("\t", " ")


def fold_without(text: str, asides: Sequence[tuple[int, int]]) -> str:
    """Return a text as it is compared, with what is put aside left out."""
    return fold("".join(piece for _, piece in _without(text, asides)) if asides else text)


def occurrences(
    text: str,
    wanted: str,
    asides: Sequence[tuple[int, int]] = (),
    *,
    words: bool = False,
) -> Iterator[tuple[int, int]]:
    """Yield start and end of each place where a folded text occurs, from left to right, none overlapping.

    ``asides`` are left out as if they were not there. ``words`` finds only whole words, or only the beginnings of
    words when ``wanted`` ends in ``*``.
    """
    beginning = words and wanted.endswith("*")
    wanted = wanted.rstrip("*") if beginning else wanted
    folded = fold_without(text, asides)
    if not wanted or wanted not in folded:
        return
    pieces = list(_without(text, asides))
    simple = not asides and text.isascii()
    offsets = None if simple else _offsets(pieces)
    at = folded.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        if not words or _is_word(folded, at, end, beginning=beginning):
            yield (at, end) if offsets is None else (offsets[at], offsets[end - 1] + 1)
        else:
            end = at + 1
        at = folded.find(wanted, end)


def _is_word(text: str, start: int, end: int, *, beginning: bool) -> bool:
    """Tell whether a range begins, and unless only that is asked for ends, where words do.

    Scripts without spaces have no such places, and every range in them will do.
    """
    if WIDTHS[text[start]] == 2:
        return True
    if start and text[start - 1].isalnum():
        return False
    return beginning or end == len(text) or not text[end].isalnum()


def _without(text: str, asides: Sequence[tuple[int, int]]) -> Iterator[tuple[int, str]]:
    at = 0
    for start, end in asides:
        yield at, text[at:start]
        at = end
    yield at, text[at:]


def _offsets(pieces: Sequence[tuple[int, str]]) -> list[int]:
    """Return for each character of the folded text the offset of the one it came from."""
    offsets: list[int] = []
    for start, piece in pieces:
        for index, char in enumerate(piece, start):
            offsets.extend((index,) if char.isascii() else (index,) * len(fold(char)))
    return offsets
