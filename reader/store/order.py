"""The person's own order of sources and folders: each moved among its siblings, step by step.

Siblings are what stands in the same folder. Those nobody has moved have position 0 and go by name; the first move
numbers them all, so that from then on they stand where they were left.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import TypeVar

from ..errors import UsageError
from ..model import FeedId

T = TypeVar("T")


def shift_feed(db: sqlite3.Connection, feed_id: FeedId, steps: int) -> bool:
    """Move a source so many places down among those of its folder, up when negative; tells whether it moved."""
    rows = db.execute(
        """
        SELECT id, position, title FROM feed
        WHERE removed_at IS NULL AND folder_id IS (SELECT folder_id FROM feed WHERE id = ?)
        """,
        (feed_id,),
    ).fetchall()
    siblings = [FeedId(id_) for id_, *_ in sorted(rows, key=lambda row: (row[1], row[2].casefold(), row[0]))]
    moved = _moved(siblings, feed_id, steps)
    db.executemany("UPDATE feed SET position = ? WHERE id = ?", list(enumerate(moved, 1)))
    return moved != siblings


def shift_folder(db: sqlite3.Connection, path: str, steps: int) -> bool:
    """Move a folder so many places down among those beside it, up when negative; tells whether it moved."""
    parent = path.rpartition("/")[0]
    rows = db.execute("SELECT path, position FROM folder").fetchall()
    beside = [row for row in rows if row[0].rpartition("/")[0] == parent]
    siblings = [name for name, _ in sorted(beside, key=lambda row: (row[1], row[0].casefold()))]
    moved = _moved(siblings, path, steps)
    db.executemany("UPDATE folder SET position = ? WHERE path = ?", list(enumerate(moved, 1)))
    return moved != siblings


def _moved(siblings: Sequence[T], one: T, steps: int) -> list[T]:
    if one not in siblings:
        raise UsageError("It is not there any more.")
    others = [other for other in siblings if other != one]
    others.insert(max(0, min(siblings.index(one) + steps, len(others))), one)
    return others
