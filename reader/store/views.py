"""Queries saved by name."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from typing import Final

from ..errors import UsageError
from ..model import View, ViewId
from ..text import clean_line
from .changes import Selection
from .clock import to_seconds

NAME_LIMIT: Final = 100
QUERY_LIMIT: Final = 10_000


def all_views(db: sqlite3.Connection) -> tuple[View, ...]:
    """Return the saved views in the person's order, each with its count as last taken."""
    found = db.execute("SELECT id, name, query, position, unread, action FROM view ORDER BY position, id")
    return tuple(View(ViewId(id_), *values) for id_, *values in found)


def save_view(db: sqlite3.Connection, name: str, query: str) -> ViewId:
    """Save ``query`` under ``name`` and return its id; a view of that name gets the new query."""
    name, query = _name(name), clean_line(query, limit=QUERY_LIMIT)
    db.execute(
        """
        INSERT INTO view(name, query, position) VALUES (?, ?, (SELECT 1 + coalesce(max(position), 0) FROM view))
        ON CONFLICT(name) DO UPDATE SET query = excluded.query, unread = NULL
        """,
        (name, query),
    )
    (found,) = db.execute("SELECT id FROM view WHERE name = ?", (name,)).fetchone()
    return ViewId(found)


def rename_view(db: sqlite3.Connection, view_id: ViewId, name: str) -> None:
    """Give a view another name; raise ``UsageError`` when another has it."""
    name = _name(name)
    if db.execute("SELECT 1 FROM view WHERE name = ? AND id <> ?", (name, view_id)).fetchone():
        raise UsageError(f"There is a view called {name!r} already.")
    db.execute("UPDATE view SET name = ? WHERE id = ?", (name, view_id))


def set_action(db: sqlite3.Connection, view_id: ViewId, action: str) -> None:
    """Let Enter do ``action`` in a view; empty for reading."""
    db.execute("UPDATE view SET action = ? WHERE id = ?", (action, view_id))


def edit_view(db: sqlite3.Connection, view_id: ViewId, *, name: str, query: str, action: str) -> None:
    """Change all of a view that a person can; raise ``UsageError`` when another has the name."""
    rename_view(db, view_id, name)
    set_action(db, view_id, action)
    db.execute(
        "UPDATE view SET query = ?, unread = NULL WHERE id = ?",
        (clean_line(query, limit=QUERY_LIMIT), view_id),
    )


def delete_view(db: sqlite3.Connection, view_id: ViewId) -> None:
    """Forget a view; no article changes."""
    db.execute("DELETE FROM view WHERE id = ?", (view_id,))


def move_view(db: sqlite3.Connection, view_id: ViewId, position: int) -> None:
    """Put a view at ``position`` of the list, counted from 0."""
    order = [view.id for view in all_views(db) if view.id != view_id]
    order.insert(max(0, position), view_id)
    db.executemany("UPDATE view SET position = ? WHERE id = ?", list(enumerate(order)))


def count_view(db: sqlite3.Connection, selection: Selection) -> int:
    """Return how many unread listed entries a compiled query finds; to be run on the search thread."""
    sql, parameters = selection.ids_sql()
    (found,) = db.execute(
        f"""
        SELECT count(*) FROM state
        WHERE read_at IS NULL AND listed = 1 AND entry_id IN (SELECT * FROM ({sql}))
        """,  # noqa: S608 - compiled by us, with parameters
        parameters,
    ).fetchone()
    return int(found)


def note_count(db: sqlite3.Connection, view_id: ViewId, unread: int, now: datetime) -> None:
    """Remember a view's count, to be shown until it is taken again."""
    db.execute("UPDATE view SET unread = ?, counted_at = ? WHERE id = ?", (unread, to_seconds(now), view_id))


def _name(name: str) -> str:
    name = clean_line(name.lstrip("@"), limit=NAME_LIMIT)
    if not name:
        raise UsageError("A view needs a name.")
    return name
