"""What changed between two texts: blocks in which words taken away are struck out and new ones underlined. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Final

from .document import Blocks, Mark, Paragraph, Span, Spans, text_lines

ADDED: Final = Mark.UNDERLINE | Mark.STRONG
AROUND: Final = 1
"""Unchanged paragraphs that are shown beside a change; of the others stands "…"."""
ALIKE: Final = 0.3
"""Paragraphs less alike than this are told one after the other rather than word by word."""
_PIECES: Final = re.compile(r"\s+|\w+|[^\w\s]")


def compared(before: Blocks, after: Blocks) -> Blocks:
    """Return a paragraph for each line that changed, with its neighbours; nothing when the words are the same."""
    old, new = list(filter(None, text_lines(before))), list(filter(None, text_lines(after)))
    found: list[Spans] = []
    changed = False
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found += _unchanged(new[c:d], first=not found, last=d == len(new))
        else:
            changed = True
            found += _changed(old[a:b], new[c:d])
    return tuple(Paragraph(spans) for spans in found) if changed else ()


def _unchanged(lines: Sequence[str], *, first: bool, last: bool) -> Iterator[Spans]:
    """Yield the neighbours of a change, and a sign for what is left out between or beyond them."""
    head = 0 if first else AROUND
    tail = 0 if last else AROUND
    if len(lines) <= head + tail + 1:
        yield from ((Span(line),) for line in lines)
        return
    yield from ((Span(line),) for line in lines[:head])
    yield (Span("…"),)
    yield from ((Span(line),) for line in lines[len(lines) - tail :])


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterator[Spans]:
    for before, after in zip_longest(old, new, fillvalue=""):
        pieces = _PIECES.findall(before), _PIECES.findall(after)
        words = SequenceMatcher(None, *pieces, autojunk=False)
        if before and after and words.ratio() >= ALIKE:
            yield tuple(_word_by_word(words, *pieces))
        else:
            if before:
                yield (Span(before, Mark.STRIKE),)
            if after:
                yield (Span(after, ADDED),)


def _word_by_word(words: SequenceMatcher[str], old: list[str], new: list[str]) -> Iterator[Span]:
    for kind, a, b, c, d in words.get_opcodes():
        if kind == "equal":
            yield Span("".join(new[c:d]))
            continue
        if a < b:
            yield Span("".join(old[a:b]), Mark.STRIKE)
        if c < d:
            yield Span("".join(new[c:d]), ADDED)
