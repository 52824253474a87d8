"""From the queue into the text index, a batch at a time, with the table of terms kept in step.

Rows go in sorted by id: FTS5 writes a segment at each step back, and unsorted batches took half as long again.
A batch is one transaction, so an index interrupted anywhere is whole, and the queue knows the rest.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable
from typing import Final

from ..model import EntryId
from ..query.words import FOLDING_VERSION, index_text, link_tokens
from .indexing import Searchable, searchable, unpack

BATCH: Final = 500
"""Entries of one batch: about a fifth of a second."""
TEXT_LIMIT: Final = 400_000
"""Characters of one article that are indexed; a novel."""

_Columns = tuple[str, str, str, str]


def drain_index(db: sqlite3.Connection, limit: int = BATCH) -> int:
    """Index the oldest ``limit`` entries of the queue and return how many there were; 0 when the index is up to date."""
    _keep_folding(db)
    queued = db.execute(
        "SELECT entry_id, old FROM index_queue ORDER BY entry_id LIMIT ?", (limit,)
    ).fetchall()
    counts: Counter[str] = Counter()
    for entry_id, old in queued:
        if old is not None:
            _take_out(db, entry_id, _columns(unpack(old)), counts)
        text = searchable(db, entry_id)
        if text is not None:
            _put_in(db, "fts", entry_id, _columns(text), counts)
    db.executemany("DELETE FROM index_queue WHERE entry_id = ?", ((entry_id,) for entry_id, _ in queued))
    _count_terms(db, counts)
    return len(queued)


def rebuild(db: sqlite3.Connection) -> int:
    """Empty the index and queue every entry for it; return how many. ``drain_index`` then builds it anew."""
    db.execute("INSERT INTO fts(fts) VALUES ('delete-all')")
    db.execute("DELETE FROM term")
    db.execute("DELETE FROM index_queue")
    db.execute("INSERT OR REPLACE INTO search_state(id, folding) VALUES (1, ?)", (FOLDING_VERSION,))
    return db.execute("INSERT INTO index_queue(entry_id) SELECT id FROM entry").rowcount


def index_apart(db: sqlite3.Connection, ids: Iterable[EntryId], table: str) -> None:
    """Index these entries in a temporary table of their own, emptied before: what rules ask of entries just stored."""
    db.execute(f"DROP TABLE IF EXISTS temp.{table}")
    (created,) = db.execute("SELECT sql FROM sqlite_schema WHERE name = 'fts'").fetchone()
    db.execute(created.replace("CREATE VIRTUAL TABLE fts", f"CREATE VIRTUAL TABLE temp.{table}", 1))
    for entry_id in sorted(ids):
        text = searchable(db, entry_id)
        if text is not None:
            _put_in(db, table, entry_id, _columns(text), Counter())


def _keep_folding(db: sqlite3.Connection) -> None:
    """Rebuild an index that was made by another folding, since its words could neither be found nor taken out."""
    row = db.execute("SELECT folding FROM search_state").fetchone()
    if row is None:
        db.execute("INSERT INTO search_state(id, folding) VALUES (1, ?)", (FOLDING_VERSION,))
    elif row[0] != FOLDING_VERSION:
        rebuild(db)


def _columns(text: Searchable) -> _Columns:
    """Return the words that the index holds of a text."""
    return (
        index_text(text.title),
        index_text(text.author),
        index_text(text.body[:TEXT_LIMIT]),
        " ".join(link_tokens(text.link)),
    )


def _put_in(
    db: sqlite3.Connection, table: str, entry_id: int, columns: _Columns, counts: Counter[str]
) -> None:
    db.execute(
        f"INSERT INTO {table}(rowid, title, author, body, link) VALUES (?, ?, ?, ?, ?)", (entry_id, *columns)
    )
    counts.update(set(" ".join(columns).split()))


def _take_out(db: sqlite3.Connection, entry_id: int, columns: _Columns, counts: Counter[str]) -> None:
    db.execute(
        "INSERT INTO fts(fts, rowid, title, author, body, link) VALUES ('delete', ?, ?, ?, ?, ?)",
        (entry_id, *columns),
    )
    counts.subtract(set(" ".join(columns).split()))


def _count_terms(db: sqlite3.Connection, counts: Counter[str]) -> None:
    """Add to the table of terms what a batch brought and took."""
    db.executemany(
        "INSERT INTO term(term, entries) VALUES (?, ?) ON CONFLICT DO UPDATE SET entries = entries + excluded.entries",
        sorted((term, count) for term, count in counts.items() if count),
    )
    gone = [(term,) for term, count in counts.items() if count < 0]
    db.executemany("DELETE FROM term WHERE term = ? AND entries <= 0", gone)
