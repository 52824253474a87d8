"""Passages a person marked in articles, and what they noted; ``changes`` puts marks on and takes them off."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Final

from ..document import Highlight
from ..errors import UsageError
from ..model import EntryId, EntryRow
from ..records import dataclass
from ..text import clean_line
from ..triage import passage_key, passage_of
from .clock import from_seconds
from .listing import rows

QUOTE_LIMIT: Final = 10_000
"""Characters of a marked passage."""


@dataclass(frozen=True, slots=True)
class Noted:
    """An article on which the reader wrote a note, or in which they marked passages."""

    row: EntryRow
    note: str
    highlights: tuple[Highlight, ...]
    """In the order they were marked."""


def clean_key(asked: str) -> str:
    """Return a ``triage.passage_key`` as the journal writes it; raises ``UsageError`` when no words are left of it."""
    try:
        words, occurrence = passage_of(asked)
    except ValueError as error:
        raise UsageError(f"{asked!r} names no passage.") from error
    words = clean_line(words, limit=QUOTE_LIMIT)
    if not words:
        raise UsageError("There are no words to highlight.")
    return passage_key(words, occurrence)


def highlights(db: sqlite3.Connection, entry_id: EntryId) -> tuple[Highlight, ...]:
    """Return the marked passages of an entry in the order they were marked."""
    found = db.execute(
        "SELECT quote, occurrence, note, added FROM highlight WHERE entry_id = ? ORDER BY added, id",
        (entry_id,),
    )
    return tuple(
        Highlight(quote, occurrence, note, from_seconds(added)) for quote, occurrence, note, added in found
    )


def noted(db: sqlite3.Connection, ids: Sequence[EntryId] | None = None) -> tuple[Noted, ...]:
    """Return the articles with a note or a highlight, newest first; ``ids`` asks only for these."""
    if ids is None:
        found = db.execute(
            """
            SELECT entry_id FROM note UNION SELECT entry_id FROM highlight ORDER BY entry_id DESC
            """
        )
        ids = [EntryId(entry_id) for (entry_id,) in found]
    return tuple(_noted(db, row) for row in rows(db, ids) if row.has_note or row.has_highlight)


def _noted(db: sqlite3.Connection, row: EntryRow) -> Noted:
    note = db.execute("SELECT text FROM note WHERE entry_id = ?", (row.id,)).fetchone()
    return Noted(row, note[0] if note else "", highlights(db, row.id))
