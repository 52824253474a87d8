"""Where a search was found: a piece of the text with the words marked.

Made here and not by FTS5, because the index keeps no text. Only the rows on the screen ask for it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from ..document import plain_text
from ..model import EntryId
from ..query.words import folded_words
from ..records import dataclass
from .indexing import shown_blocks

LENGTH: Final = 200
"""Characters of a snippet."""
LOOKED_AT: Final = 60_000
"""Characters of an article that are looked through; 10,000 words."""
_BEFORE: Final = 50
"""Characters shown before the first word found."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of text; ``hits`` are the places in it that were found, from start to just before end."""

    text: str
    hits: tuple[tuple[int, int], ...] = ()


def snippets(db: sqlite3.Connection, ids: Iterable[EntryId], terms: Sequence[str]) -> dict[EntryId, Snippet]:
    """Return a snippet for each of ``ids`` in whose text one of ``terms`` is found; ``terms`` as ``Compiled`` has them.

    Decodes each article: for the rows that are shown, not for all that were found.
    """
    wanted = _wanted(terms)
    found: dict[EntryId, Snippet] = {}
    for entry_id in ids if wanted else ():
        row = db.execute(
            """
            SELECT entry.verdict, body.blocks, article.document FROM entry
            LEFT JOIN body ON body.entry_id = entry.id LEFT JOIN article ON article.entry_id = entry.id
            WHERE entry.id = ?
            """,
            (entry_id,),
        ).fetchone()
        if row is not None:
            text = plain_text(shown_blocks(*row), captions=True)[:LOOKED_AT]
            if (snippet := _snippet(text, wanted)) is not None:
                found[entry_id] = snippet
    return found


def hits(text: str, terms: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Return the places of ``text`` where ``terms`` are found: to mark them in a title."""
    return tuple(_hits(text, _wanted(terms)))


@dataclass(frozen=True, slots=True)
class _Run:
    """Words that follow one another; ``prefix`` when the last is only a beginning."""

    words: tuple[str, ...]
    prefix: bool


def _wanted(terms: Sequence[str]) -> dict[str, list[_Run]]:
    """Return the runs to look for by their first letter, which is all that most words are compared with."""
    wanted: dict[str, list[_Run]] = {}
    for term in terms:
        run = _Run(tuple(term.removesuffix("*").split()), term.endswith("*"))
        if run.words:
            wanted.setdefault(run.words[0][0], []).append(run)
    return wanted


def _hits(text: str, wanted: dict[str, list[_Run]]) -> Iterator[tuple[int, int]]:
    words = list(folded_words(text))
    end = 0
    for place, (word, start, _) in enumerate(words):
        if start < end:
            continue
        for run in wanted.get(word[0], ()):
            if _stands(run, words, place):
                end = words[place + len(run.words) - 1][2]
                yield start, end
                break


def _stands(run: _Run, words: Sequence[tuple[str, int, int]], place: int) -> bool:
    if place + len(run.words) > len(words):
        return False
    *whole, last = run.words
    if any(words[place + offset][0] != word for offset, word in enumerate(whole)):
        return False
    found = words[place + len(whole)][0]
    return found.startswith(last) if run.prefix else found == last


def _snippet(text: str, wanted: dict[str, list[_Run]]) -> Snippet | None:
    """Return the piece of ``text`` that holds the most hits, on one line."""
    places = list(_hits(text, wanted))
    if not places:
        return None
    best = max(range(len(places)), key=lambda first: (_within(places, first), -first))
    start = _word_start(text, max(0, places[best][0] - _BEFORE))
    end = min(len(text), start + LENGTH)
    piece = text[start:end].replace("\n", " ")
    lead, tail = ("…" if start else ""), ("…" if end < len(text) else "")
    moved = len(lead) - start
    inside = ((first + moved, last + moved) for first, last in places if first >= start and last <= end)
    return Snippet(lead + piece + tail, tuple(inside))


def _within(places: Sequence[tuple[int, int]], first: int) -> int:
    """Return how many hits a snippet that begins with this one holds."""
    limit = places[first][0] + LENGTH - _BEFORE
    return sum(1 for _, end in places[first:] if end <= limit)


def _word_start(text: str, at: int) -> int:
    """Return the first beginning of a word from ``at`` on, if one is near."""
    if at == 0:
        return 0
    space = text.find(" ", at, at + _BEFORE // 2)
    return space + 1 if space >= 0 else at
