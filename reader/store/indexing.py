"""What search is to find of an entry, and the queue of entries whose index is behind.

The index is contentless: to take an entry out, exactly the text that was put in must be given back. So the old text
goes into the queue before the content changes. The queue is filled in the transaction that changes the content, and
drained by ``drain`` in batches.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from typing import NamedTuple

from ..codec import compress, decode_article, decode_blocks
from ..document import Blocks, plain_text
from ..model import EntryId, Verdict
from .values import verdict_of


class Searchable(NamedTuple):
    """The columns of the index, as they read."""

    title: str
    author: str
    body: str
    link: str


def searchable(db: sqlite3.Connection, entry_id: EntryId) -> Searchable | None:
    """Return the present text of an entry; ``None`` when its content is not there."""
    row = db.execute(
        """
        SELECT entry.title, entry.author, entry.link, entry.verdict, body.blocks, article.document
        FROM entry LEFT JOIN body ON body.entry_id = entry.id LEFT JOIN article ON article.entry_id = entry.id
        WHERE entry.id = ?
        """,
        (entry_id,),
    ).fetchone()
    if row is None:
        return None
    title, author, link, verdict, blocks, document = row
    return Searchable(title, author, plain_text(shown_blocks(verdict, blocks, document), captions=True), link)


def shown_blocks(verdict: str | None, blocks: bytes | None, document: bytes | None) -> Blocks:
    """Return the text that stands for an entry: its page when that was cleaned well, else the feed's own."""
    if document is not None and verdict_of(verdict) in SHOWN:
        article = decode_article(document)
        if article is not None:
            return article.blocks
    return decode_blocks(blocks) if blocks else ()


SHOWN = frozenset({Verdict.GOOD, Verdict.DOUBTFUL})
"""Verdicts with which the cleaned page is shown and searched; with others it is the feed's text."""


def about_to_change(db: sqlite3.Connection, entry_id: EntryId) -> None:
    """Queue an entry for indexing; to be called before its content changes, or goes."""
    if db.execute("SELECT 1 FROM index_queue WHERE entry_id = ?", (entry_id,)).fetchone():
        return
    indexed = db.execute("SELECT 1 FROM fts_docsize WHERE id = ?", (entry_id,)).fetchone()
    old = pack(searchable(db, entry_id)) if indexed else None
    db.execute("INSERT INTO index_queue(entry_id, old) VALUES (?, ?)", (entry_id, old))


def pack(text: Searchable | None) -> bytes | None:
    """Return ``text`` as ``index_queue.old`` keeps it."""
    return None if text is None else compress(json.dumps(text, ensure_ascii=False).encode())


def unpack(old: bytes) -> Searchable:
    """Return the text that ``pack`` made."""
    title, author, body, link = json.loads(zlib.decompress(old))
    return Searchable(title, author, body, link)
