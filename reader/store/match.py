"""Text conditions as FTS5 understands them.

A person's text never reaches FTS5 as syntax: it comes here as words of ``query.words``, which hold nothing but letters,
digits and marks, and every run of them is set between quotation marks.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Final, TypeAlias

from ..query.words import COLUMN_MARKS, LINK_MARK
from ..records import dataclass

EXPANSION: Final = 64
"""Known words that stand for a prefix while a person types. Measured at a million articles: an OR of 64 answers in
0.2 to 3 ms, the prefix itself in 100 to 5,000."""
_WALK_FROM: Final = 2_000
"""With more known words below a prefix, the frequent ones are found faster along the index by frequency."""
_MOST_FREQUENT: Final = """
    SELECT term FROM term {by} WHERE term >= ? AND term < ? {and_} ORDER BY entries DESC LIMIT ?
"""
_LAST: Final = "\U0010ffff"
_IN_ORDER: Final = 10
"""Of so many entries that hold all words of a phrase one is assumed to hold the phrase."""
_NO_WORD: Final = LINK_MARK
"""A word that no text and no link has."""
_NEGLIGIBLE: Final = 1
"""Entries assumed to hold a word that the table of terms does not know yet."""


@dataclass(frozen=True, slots=True)
class Words:
    """These words in this order; the last one is only the beginning of a word when ``prefix``."""

    words: tuple[str, ...]
    column: str = ""
    """A column of the index; empty for any."""
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Both:
    """All of the parts."""

    parts: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """Any of the parts."""

    parts: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """The one and not the other."""

    wanted: Text
    unwanted: Text


Text: TypeAlias = Words | Both | Either | Without
Expand: TypeAlias = Callable[[str, str], tuple[str, ...] | None]
"""Gives the words of a column to look for instead of a prefix; ``None`` to look for the prefix itself."""


def exactly(_column: str, _prefix: str) -> None:
    """Leave every prefix as it is: all of its words are found, however long that takes."""


def expression(text: Text, expand: Expand = exactly) -> str:
    """Return ``text`` in the syntax of FTS5."""
    match text:
        case Words():
            return _words(text, expand)
        case Both(parts):
            return "(" + " AND ".join(expression(part, expand) for part in parts) + ")"
        case Either(parts):
            return "(" + " OR ".join(expression(part, expand) for part in parts) + ")"
        case Without(wanted, unwanted):
            return f"({expression(wanted, expand)} NOT {expression(unwanted, expand)})"


def _words(text: Words, expand: Expand) -> str:
    *before, last = text.words
    found = expand(text.column, last) if text.prefix else None
    if found is None:
        listed = _quoted(text.words) + (" *" if text.prefix else "")
    else:
        listed = "(" + " OR ".join(_quoted((*before, word)) for word in found or (_NO_WORD,)) + ")"
    return f"{text.column} : {listed}" if text.column else listed


def _quoted(words: tuple[str, ...]) -> str:
    return '"' + " ".join(words).replace('"', "") + '"'


def depth(text: Text) -> int:
    """Return how deep the expression is nested."""
    match text:
        case Words():
            return 1
        case Both(parts) | Either(parts):
            return 1 + max(depth(part) for part in parts)
        case Without(wanted, unwanted):
            return 1 + max(depth(wanted), depth(unwanted))


def positive(text: Text) -> tuple[Words, ...]:
    """Return the runs of words that a match can hold, from left to right: what is highlighted."""
    match text:
        case Words():
            return (text,)
        case Both(parts) | Either(parts):
            return tuple(words for part in parts for words in positive(part))
        case Without(wanted, _):
            return positive(wanted)


# ---------------------------------------------------------------------------------------- what the table of terms knows


def frequent(db: sqlite3.Connection, column: str, prefix: str, count: int = EXPANSION) -> tuple[str, ...]:
    """Return the known words of a column (empty: of any) that begin with ``prefix``, the most frequent first."""
    mark = COLUMN_MARKS.get(column, "")
    bounds = (mark + prefix, mark + prefix + _LAST)
    within = db.execute(
        "SELECT count(*) FROM (SELECT 1 FROM term WHERE term >= ? AND term < ? LIMIT ?)",
        (*bounds, _WALK_FROM),
    ).fetchone()[0]
    found: list[tuple[str]] = []
    if within == _WALK_FROM:
        found = db.execute(
            _MOST_FREQUENT.format(by="INDEXED BY term_frequent", and_="AND entries >= 200"), (*bounds, count)
        ).fetchall()
    if len(found) < count:
        found = db.execute(_MOST_FREQUENT.format(by="NOT INDEXED", and_=""), (*bounds, count)).fetchall()
    return tuple(term.removeprefix(mark) for (term,) in found)


def estimate(db: sqlite3.Connection, text: Text) -> int:
    """Return about how many entries ``text`` matches, from the table of terms."""
    match text:
        case Words(words, column, prefix):
            whole = words[:-1] if prefix else words
            counts = [_entries(db, column, word) for word in whole]
            if prefix:
                counts.append(known_below(db, column, words[-1]))
            return max(_NEGLIGIBLE, min(counts) // (_IN_ORDER if len(words) > 1 else 1))
        case Both(parts):
            return min(estimate(db, part) for part in parts)
        case Either(parts):
            return sum(estimate(db, part) for part in parts)
        case Without(wanted, _):
            return estimate(db, wanted)


def _entries(db: sqlite3.Connection, column: str, word: str) -> int:
    term = COLUMN_MARKS.get(column, "") + word
    row = db.execute("SELECT entries FROM term WHERE term = ?", (term,)).fetchone()
    return int(row[0]) if row else _NEGLIGIBLE


def known_below(db: sqlite3.Connection, column: str, prefix: str) -> int:
    """Return about how many entries hold the words that begin with ``prefix``, counted up to many."""
    start = COLUMN_MARKS.get(column, "") + prefix
    row = db.execute(
        "SELECT sum(entries) FROM (SELECT entries FROM term WHERE term >= ? AND term < ? LIMIT ?)",
        (start, start + _LAST, _WALK_FROM),
    ).fetchone()
    return int(row[0] or _NEGLIGIBLE)
