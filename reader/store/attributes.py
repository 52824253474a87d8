"""What another reader's list said of a source besides, kept to be said again when the sources are exported."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from ..model import FeedId


def keep(db: sqlite3.Connection, feed_id: FeedId, attributes: Iterable[tuple[str, str]]) -> None:
    """Remember these attributes of a source, in the place of those kept before."""
    db.execute("UPDATE feed SET attributes = ? WHERE id = ?", (json.dumps(list(attributes)), feed_id))


def kept(db: sqlite3.Connection) -> dict[FeedId, tuple[tuple[str, str], ...]]:
    """Return the attributes of every source that has some."""
    found = db.execute("SELECT id, attributes FROM feed WHERE attributes <> '[]'")
    return {
        FeedId(id_): tuple((str(name), str(value)) for name, value in json.loads(pairs))
        for id_, pairs in found
    }
