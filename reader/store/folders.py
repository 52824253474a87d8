"""Folders of sources: a path of names for each, every ancestor with a row of its own."""

from __future__ import annotations

import sqlite3
from typing import Final

from ..errors import UsageError
from ..model import FeedId, FolderId
from ..text import clean_line

NAME_LIMIT: Final = 100
"""Characters of a folder's name; longer ones in an import are cut."""
DEPTH_LIMIT: Final = 8
"""Folders inside each other; what an import nests deeper lands in the last of them."""


def clean_path(path: str) -> str:
    """Return ``path`` with each name cleaned, empty ones dropped and the depth bounded."""
    names = (clean_line(name, limit=NAME_LIMIT) for name in path.split("/"))
    return "/".join([name for name in names if name][:DEPTH_LIMIT])


def folder_id(db: sqlite3.Connection, path: str) -> FolderId | None:
    """Return the folder at ``path``, made with its ancestors where missing; ``None`` for the top level."""
    path = clean_path(path)
    if not path:
        return None
    names = path.split("/")
    for depth in range(1, len(names) + 1):
        db.execute("INSERT INTO folder(path) VALUES (?) ON CONFLICT DO NOTHING", ("/".join(names[:depth]),))
    (found,) = db.execute("SELECT id FROM folder WHERE path = ?", (path,)).fetchone()
    return FolderId(found)


def all_paths(db: sqlite3.Connection) -> tuple[str, ...]:
    """Return the paths of all folders, in the order in which they are shown."""
    return tuple(path for (path,) in db.execute("SELECT path FROM folder ORDER BY path COLLATE NOCASE"))


def rename_folder(db: sqlite3.Connection, path: str, new_path: str) -> None:
    """Give a folder and all in it another path; a folder that is there already takes them in.

    Raises ``UsageError`` for a folder that does not exist, or that would be moved into itself.
    """
    path, new_path = clean_path(path), clean_path(new_path)
    if path == new_path:
        return
    if not db.execute("SELECT 1 FROM folder WHERE path = ?", (path,)).fetchone():
        raise UsageError(f"There is no folder called {path!r}.")
    if new_path.startswith(path + "/"):
        raise UsageError(f"The folder {path!r} cannot be moved into itself.")
    inside = db.execute(
        "SELECT id, path FROM folder WHERE path = :path OR substr(path, 1, length(:path) + 1) = :path || '/'",
        {"path": path},
    ).fetchall()
    for old_id, old_path in inside:
        new_id = folder_id(db, new_path + old_path[len(path) :])
        db.execute("UPDATE feed SET folder_id = ? WHERE folder_id = ?", (new_id, old_id))
    db.executemany(
        "DELETE FROM folder WHERE id = ? AND id NOT IN (SELECT folder_id FROM feed WHERE folder_id NOT NULL)",
        [(old_id,) for old_id, old_path in inside if not (new_path + "/").startswith(old_path + "/")],
    )


def delete_folder(db: sqlite3.Connection, path: str) -> None:
    """Dissolve a folder: what is in it moves to its parent."""
    path = clean_path(path)
    parent = path.rpartition("/")[0]
    rename_folder(db, path, parent)


def move_feed(db: sqlite3.Connection, feed_id: FeedId, path: str) -> None:
    """Put a source into the folder at ``path``, which is made when it does not exist."""
    db.execute("UPDATE feed SET folder_id = ? WHERE id = ?", (folder_id(db, path), feed_id))
