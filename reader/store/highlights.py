"""Passages a person marked in articles."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from ..model import EntryId
from ..records import dataclass
from ..text import clean, clean_line
from .clock import from_seconds, to_seconds

QUOTE_LIMIT: Final = 10_000
NOTE_LIMIT: Final = 100_000


@dataclass(frozen=True, slots=True)
class Highlight:
    """A marked passage: its words, by which it is found again after the page was cleaned anew."""

    id: int
    entry_id: EntryId
    quote: str
    occurrence: int
    """Which occurrence of these words it is, counted from 0."""
    note: str
    added: datetime


def add_highlight(
    db: sqlite3.Connection,
    entry_id: EntryId,
    quote: str,
    now: datetime,
    *,
    occurrence: int = 0,
    note: str = "",
) -> int | None:
    """Mark a passage and return its number; one that is marked already gets the note. ``None`` for no words."""
    quote, note = clean_line(quote, limit=QUOTE_LIMIT), clean(note, limit=NOTE_LIMIT)
    if not quote:
        return None
    found = db.execute(
        "SELECT id FROM highlight WHERE entry_id = ? AND quote = ? AND occurrence = ?",
        (entry_id, quote, occurrence),
    ).fetchone()
    if found:
        db.execute("UPDATE highlight SET note = ? WHERE id = ?", (note, found[0]))
        return int(found[0])
    cursor = db.execute(
        "INSERT INTO highlight(entry_id, quote, occurrence, note, added) VALUES (?, ?, ?, ?, ?)",
        (entry_id, quote, occurrence, note, to_seconds(now)),
    )
    return cursor.lastrowid


def toggle_highlights(
    db: sqlite3.Connection, entry_id: EntryId, passages: Sequence[tuple[str, int]], now: datetime
) -> bool:
    """Mark passages (words and occurrence), or take their marks off when all are marked; tell whether they are now."""
    known = {(mark.quote, mark.occurrence): mark.id for mark in highlights(db, entry_id)}
    wanted = [(clean_line(words, limit=QUOTE_LIMIT), occurrence) for words, occurrence in passages]
    if all(passage in known for passage in wanted):
        for passage in wanted:
            remove_highlight(db, known[passage])
        return False
    for words, occurrence in wanted:
        if (words, occurrence) not in known:
            add_highlight(db, entry_id, words, now, occurrence=occurrence)
    return True


def highlights(db: sqlite3.Connection, entry_id: EntryId) -> tuple[Highlight, ...]:
    """Return the marked passages of an entry in the order they were marked."""
    found = db.execute(
        "SELECT id, entry_id, quote, occurrence, note, added FROM highlight WHERE entry_id = ? ORDER BY id",
        (entry_id,),
    )
    return tuple(
        Highlight(id_, EntryId(entry), quote, occurrence, note, from_seconds(added))
        for id_, entry, quote, occurrence, note, added in found
    )


def remove_highlight(db: sqlite3.Connection, number: int) -> Highlight | None:
    """Take a mark off and return it, so that it can be put back; ``None`` when it is not there."""
    found = db.execute("SELECT entry_id FROM highlight WHERE id = ?", (number,)).fetchone()
    if found is None:
        return None
    (removed,) = (mark for mark in highlights(db, found[0]) if mark.id == number)
    db.execute("DELETE FROM highlight WHERE id = ?", (number,))
    return removed
