"""What was shown of an entry before its last edit, so that the reader can be told what changed."""

from __future__ import annotations

import sqlite3
import zlib
from datetime import datetime

from ..codec import decode_article, decode_blocks, encode_blocks
from ..document import Blocks, plain_text
from ..model import EntryId, Verdict
from ..records import dataclass
from .clock import from_seconds, to_seconds

_SHOWN = frozenset({Verdict.GOOD, Verdict.DOUBTFUL})


@dataclass(frozen=True, slots=True)
class Former:
    """A text that another took the place of."""

    blocks: Blocks
    replaced_at: datetime


def former(db: sqlite3.Connection, entry_id: EntryId) -> Former | None:
    """Return what was shown of an entry before its last edit; ``None`` when nothing else ever was."""
    row = db.execute("SELECT blocks, replaced_at FROM former WHERE entry_id = ?", (entry_id,)).fetchone()
    return Former(decode_blocks(row[0]), from_seconds(row[1])) if row else None


def keep_page_text(
    db: sqlite3.Connection, entry_id: EntryId, after: Blocks, now: datetime, page: bytes | None
) -> None:
    """Keep the cleaned text of an entry that is about to be replaced by another.

    Not when the very same ``page`` was only cleaned anew: the text is another then, and yet nobody edited it.
    """
    row = db.execute("SELECT document, page FROM article WHERE entry_id = ?", (entry_id,)).fetchone()
    if row is None or row[0] is None or page is None or (row[1] and zlib.decompress(row[1]) == page):
        return
    before = decode_article(row[0])
    if before is not None and before.verdict in _SHOWN:
        _keep(db, entry_id, before.blocks, after, now)


def keep_feed_text(db: sqlite3.Connection, entry_id: EntryId, after: bytes, changed_at: int | None) -> None:
    """Keep the feed's own text of an entry that is about to be replaced by another, where it is what is shown."""
    row = db.execute(
        "SELECT body.blocks, entry.verdict FROM body JOIN entry ON entry.id = body.entry_id WHERE entry.id = ?",
        (entry_id,),
    ).fetchone()
    if row is None or changed_at is None or row[0] == after or row[1] in _SHOWN:
        return
    _keep(db, entry_id, decode_blocks(row[0]), decode_blocks(after), from_seconds(changed_at))


def _keep(db: sqlite3.Connection, entry_id: EntryId, before: Blocks, after: Blocks, now: datetime) -> None:
    if not before or plain_text(before) == plain_text(after):
        return
    db.execute(
        "INSERT OR REPLACE INTO former(entry_id, blocks, replaced_at) VALUES (?, ?, ?)",
        (entry_id, encode_blocks(before), to_seconds(now)),
    )
