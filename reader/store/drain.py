"""From the queue into the text index, a batch at a time, with the table of terms kept in step.

Rows go in sorted by id: FTS5 writes a segment at each step back, and unsorted batches took half as long again.
A batch is one transaction, so an index interrupted anywhere is whole, and the queue knows the rest.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable
from typing import Final, TypeAlias

from ..model import EntryId
from ..query.words import COLUMN_MARKS, FOLDING_VERSION, link_tokens, tokens
from ..texts import Text
from .indexing import Searchable, searchable, unpack

BATCH: Final = 1_000
"""Entries of one batch: about a quarter of a second."""
TEXT_LIMIT: Final = 400_000
"""Characters of one article that are indexed; a novel."""
SAMPLE: Final = 16
"""In the larger batches of a large library the words of one entry in so many are counted, for as many: adding up every
word costs more than indexing it, and the table of terms is asked for orders of magnitude."""
SAMPLE_BATCH: Final = 100
"""Entries from which a batch is large."""
SAMPLE_FROM: Final = 5_000
"""Entries from which a library is large; in a smaller one rare words would be missed for spelling."""

Fresh: TypeAlias = dict[EntryId, Text]
_QUEUED: Final = """
    SELECT queue.entry_id, old, entry.title, author, entry.link, verdict, content_hash
    FROM index_queue AS queue
    LEFT JOIN entry ON entry.id = queue.entry_id LEFT JOIN identity ON identity.entry_id = queue.entry_id
    ORDER BY queue.entry_id LIMIT ?
"""
_PUNCTUATION: Final = re.compile("[\u00a0\u00ab\u00bb\u2010-\u2016\u2018-\u2027]+")
"""What is not ASCII in most English text: quotes, dashes, dots. No letters, before or after folding."""


def drain_index(db: sqlite3.Connection, limit: int = BATCH, fresh: Fresh | None = None) -> int:
    """Index the oldest ``limit`` entries of the queue and return how many there were; 0 when the index is up to date.

    ``fresh`` holds texts of entries stored a moment ago; those of the batch are taken out of it.
    """
    _keep_folding(db)
    queued = db.execute(_QUEUED, (limit,)).fetchall()
    sampled = SAMPLE if len(queued) >= SAMPLE_BATCH and _is_large(db) else 1
    counts: Counter[str] = Counter()
    for entry_id, old, *present in queued:
        counted = counts if is_counted(entry_id, sampled) else None
        if old is not None:
            _take_out(db, entry_id, unpack(old), counted)
        known = fresh.pop(entry_id, None) if fresh else None
        text = _still(known, *present) if known else None
        text = text or searchable(db, entry_id)
        if text is not None:
            _put_in(db, "fts", entry_id, text, counted)
    db.executemany("DELETE FROM index_queue WHERE entry_id = ?", ((entry_id,) for entry_id, *_ in queued))
    _count_terms(db, counts, sampled)
    return len(queued)


def _still(
    known: Text, title: str | None, author: str, link: str, verdict: str | None, digest: bytes
) -> Searchable | None:
    """Return what is to be found of an entry whose text is at hand, if that is still all of its text.

    Saves reading it back and decoding it, half of the cost of indexing.
    """
    if title is None or verdict is not None or digest != known.digest:
        return None
    return Searchable(title, author, known.plain, link)


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
            _put_in(db, table, entry_id, text, None)


def _keep_folding(db: sqlite3.Connection) -> None:
    """Rebuild an index that was made by another folding, since its words could neither be found nor taken out."""
    row = db.execute("SELECT folding FROM search_state").fetchone()
    if row is None:
        db.execute("INSERT INTO search_state(id, folding) VALUES (1, ?)", (FOLDING_VERSION,))
    elif row[0] != FOLDING_VERSION:
        rebuild(db)


def _is_large(db: sqlite3.Connection) -> bool:
    return db.execute("SELECT 1 FROM state LIMIT 1 OFFSET ?", (SAMPLE_FROM,)).fetchone() is not None


def is_counted(entry_id: int, each: int) -> bool:
    """Tell whether an entry is the one of ``each`` whose words are counted; always the same for the same entry.

    Its id is scattered first: by themselves the ids of what is dated by the hour are multiples of 240.
    """
    return (entry_id * 0x9E3779B1 >> 8) % each == 0


def _put_in(
    db: sqlite3.Connection, table: str, entry_id: int, text: Searchable, counts: Counter[str] | None
) -> None:
    db.execute(
        f"INSERT INTO {table}(rowid, title, author, body, link) VALUES (?, ?, ?, ?, ?)",
        (entry_id, *_columns(text)),
    )
    if counts is not None:
        counts.update(_terms(text))


def _take_out(db: sqlite3.Connection, entry_id: int, text: Searchable, counts: Counter[str] | None) -> None:
    db.execute(
        "INSERT INTO fts(fts, rowid, title, author, body, link) VALUES ('delete', ?, ?, ?, ?, ?)",
        (entry_id, *_columns(text)),
    )
    if counts is not None:
        counts.subtract(_terms(text))


def _columns(text: Searchable) -> tuple[str, str, str, str]:
    """Return what the index is given of a text."""
    return (
        given(text.title),
        given(text.author),
        given(text.body[:TEXT_LIMIT]),
        " ".join(link_tokens(text.link)),
    )


def given(text: str) -> str:
    """Return a text from which FTS5 takes the words that ``tokens`` finds in it, in as little time as it takes.

    In ASCII the tokenizer agrees with us, so that the text itself will do.
    """
    if text.isascii():
        return text
    bare = _PUNCTUATION.sub(" ", text)
    return bare if bare.isascii() else " ".join(tokens(text))


def _terms(text: Searchable) -> set[str]:
    """Return under which terms an entry counts."""
    title, author = tokens(text.title), tokens(text.author)
    terms = {*title, *author, *tokens(text.body[:TEXT_LIMIT]), *link_tokens(text.link)}
    for column, words in (
        ("title", title),
        ("author", author),
    ):  # counted apart, beside the count of the word anywhere
        terms.update(COLUMN_MARKS[column] + word for word in words)
    return terms


def _count_terms(db: sqlite3.Connection, counts: Counter[str], each: int) -> None:
    """Add to the table of terms what a batch brought and took, each entry for as many."""
    changed = sorted([(term, count * each) for term, count in counts.items() if count])
    db.executemany(
        "INSERT INTO term(term, entries) VALUES (?, ?) ON CONFLICT DO UPDATE SET entries = entries + excluded.entries",
        changed,
    )
    gone = [(term,) for term, count in changed if count < 0]
    db.executemany("DELETE FROM term WHERE term = ? AND entries <= 0", gone)
