"""From the queue into the text index, a batch at a time, with the table of terms kept in step.

Rows go in sorted by id: FTS5 writes a segment at each step back, and unsorted batches took half as long again.
A batch is one transaction, so an index interrupted anywhere is whole, and the queue knows the rest.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable
from typing import Final, TypeAlias

from ..model import EntryId
from ..query.words import COLUMN_MARKS, FOLDING_VERSION, link_tokens, tokens
from ..texts import Text
from .indexing import Searchable, searchable, unpack

BATCH: Final = 500
"""Entries of one batch: about a fifth of a second."""
TEXT_LIMIT: Final = 400_000
"""Characters of one article that are indexed; a novel."""
SAMPLE: Final = 8
"""In the full batches of a large library the words of one entry in so many are counted, for as many: adding up every
word costs more than indexing it, and the table of terms is asked for orders of magnitude."""
SAMPLE_FROM: Final = 5_000
"""Entries from which a library is large; in a smaller one rare words would be missed for spelling."""

# Marks under which the words of a column are counted by themselves, beside the count of the word anywhere.
_COUNTED_APART: Final = ((0, COLUMN_MARKS["title"]), (1, COLUMN_MARKS["author"]))

Fresh: TypeAlias = dict[EntryId, Text]
_Words: TypeAlias = tuple[tuple[str, ...], ...]
"""The words of each column of the index."""


def drain_index(db: sqlite3.Connection, limit: int = BATCH, fresh: Fresh | None = None) -> int:
    """Index the oldest ``limit`` entries of the queue and return how many there were; 0 when the index is up to date.

    ``fresh`` holds texts of entries stored a moment ago; those of the batch are taken out of it.
    """
    _keep_folding(db)
    queued = db.execute(
        "SELECT entry_id, old FROM index_queue ORDER BY entry_id LIMIT ?", (limit,)
    ).fetchall()
    sampled = SAMPLE if len(queued) == limit and _is_large(db) else 1
    counts: Counter[str] = Counter()
    for entry_id, old in queued:
        counted = counts if entry_id % sampled == 0 else None
        if old is not None:
            _take_out(db, entry_id, _words(unpack(old)), counted)
        text = (fresh and _still(db, entry_id, fresh.pop(entry_id, None))) or searchable(db, entry_id)
        if text is not None:
            _put_in(db, "fts", entry_id, _words(text), counted)
    db.executemany("DELETE FROM index_queue WHERE entry_id = ?", ((entry_id,) for entry_id, _ in queued))
    _count_terms(db, counts, sampled)
    return len(queued)


def _still(db: sqlite3.Connection, entry_id: EntryId, known: Text | None) -> Searchable | None:
    """Return what is to be found of an entry whose text is at hand, if that is still all of its text.

    Saves reading it back and decoding it, half of the cost of indexing.
    """
    row = (
        known
        and db.execute(
            """
        SELECT entry.title, entry.author, entry.link FROM entry JOIN identity ON identity.entry_id = entry.id
        WHERE id = ? AND verdict IS NULL AND content_hash = ?
        """,
            (entry_id, known.digest),
        ).fetchone()
    )
    return Searchable(row[0], row[1], known.plain, row[2]) if known and row else None


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
            _put_in(db, table, entry_id, _words(text), None)


def _keep_folding(db: sqlite3.Connection) -> None:
    """Rebuild an index that was made by another folding, since its words could neither be found nor taken out."""
    row = db.execute("SELECT folding FROM search_state").fetchone()
    if row is None:
        db.execute("INSERT INTO search_state(id, folding) VALUES (1, ?)", (FOLDING_VERSION,))
    elif row[0] != FOLDING_VERSION:
        rebuild(db)


def _is_large(db: sqlite3.Connection) -> bool:
    return db.execute("SELECT 1 FROM state LIMIT 1 OFFSET ?", (SAMPLE_FROM,)).fetchone() is not None


def _words(text: Searchable) -> _Words:
    """Return the words that the index holds of a text."""
    return tokens(text.title), tokens(text.author), tokens(text.body[:TEXT_LIMIT]), link_tokens(text.link)


def _put_in(
    db: sqlite3.Connection, table: str, entry_id: int, words: _Words, counts: Counter[str] | None
) -> None:
    db.execute(
        f"INSERT INTO {table}(rowid, title, author, body, link) VALUES (?, ?, ?, ?, ?)",
        (entry_id, *map(" ".join, words)),
    )
    if counts is not None:
        counts.update(_terms(words))


def _take_out(db: sqlite3.Connection, entry_id: int, words: _Words, counts: Counter[str] | None) -> None:
    db.execute(
        "INSERT INTO fts(fts, rowid, title, author, body, link) VALUES ('delete', ?, ?, ?, ?, ?)",
        (entry_id, *map(" ".join, words)),
    )
    if counts is not None:
        counts.subtract(_terms(words))


def _terms(words: _Words) -> set[str]:
    """Return under which terms an entry counts."""
    terms = set().union(*words)
    terms.update(mark + word for column, mark in _COUNTED_APART for word in words[column])
    return terms


def _count_terms(db: sqlite3.Connection, counts: Counter[str], each: int) -> None:
    """Add to the table of terms what a batch brought and took, each entry for as many."""
    changed = sorted(term for term, count in counts.items() if count)
    db.executemany(
        "INSERT INTO term(term, entries) VALUES (?, ?) ON CONFLICT DO UPDATE SET entries = entries + excluded.entries",
        ((term, counts[term] * each) for term in changed),
    )
    gone = [(term,) for term in changed if counts[term] < 0]
    db.executemany("DELETE FROM term WHERE term = ? AND entries <= 0", gone)
