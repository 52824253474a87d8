"""Copies of the library: whole before a migration, and once a day what no feed can give back.

A daily backup holds what a person did and by what entries are known again, and of the content only what they kept
(starred, later, tagged, noted): small, because the rest comes back with the next refresh. ``repair`` restores it.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from .connection import make_private, uri

KEEP_WHOLE: Final = 3
KEEP_DAILY: Final = 7
KEEP_BYTES: Final = 512 * 1024 * 1024
"""Daily backups together; the newest two stay whatever their size."""

DERIVED: Final = frozenset(
    {"feed_count", "arrival_count", "index_queue", "term", "step", "change", "revision"}
)
"""Tables that are made from others, or are of no use without the library as it was."""
CONTENT: Final = {
    "entry": "id",
    "body": "entry_id",
    "article": "entry_id",
    "former": "entry_id",
    "entry_topic": "entry_id",
}
"""Tables of what was fetched, with the column that holds the entry."""
_KEPT: Final = """
    SELECT entry_id FROM library.state
    WHERE starred_at IS NOT NULL OR later_at IS NOT NULL OR tagged > 0 OR noted = 1
"""


def folder(path: Path) -> Path:
    """Return where the backups of the library at ``path`` are."""
    return path.with_name("backups")


def daily_backups(path: Path) -> list[Path]:
    """Return the daily backups of the library at ``path``, newest first."""
    return sorted(folder(path).glob("state-*.db"), reverse=True)


def whole(db: sqlite3.Connection, path: Path, version: int) -> Path:
    """Copy the open library before it leaves ``version`` and return where to; the newest ``KEEP_WHOLE`` are kept."""
    target = folder(path) / f"library-version-{version}.db"
    with _written(target) as copy:
        db.backup(copy)
    copies = sorted(folder(path).glob("library-version-*.db"), key=lambda file: file.stat().st_mtime)
    for old in copies[:-KEEP_WHOLE]:
        old.unlink(missing_ok=True)
    return target


def daily(path: Path, now: datetime) -> Path | None:
    """Make today's backup of state and return it; ``None`` when there is one. Reads a snapshot and blocks nobody."""
    target = folder(path) / f"state-{now:%Y-%m-%d}.db"
    if target.exists():
        return None
    with _written(target) as copy:
        copy_state(path, copy)
    total = 0
    for number, backup in enumerate(daily_backups(path)):
        total += backup.stat().st_size
        if number >= KEEP_DAILY or (number >= 2 and total > KEEP_BYTES):
            backup.unlink(missing_ok=True)
    return target


def copy_state(path: Path, copy: sqlite3.Connection) -> None:
    """Copy what a daily backup holds from the library at ``path`` into the empty database ``copy``."""
    copy.execute("ATTACH ? AS library", (uri(path, "ro"),))
    copy.execute("BEGIN")
    for name in state_tables(copy, "library"):
        kept = f"WHERE {CONTENT[name]} IN ({_KEPT})" if name in CONTENT else ""
        copy.execute(f"CREATE TABLE main.{name} AS SELECT * FROM library.{name} {kept}")  # noqa: S608 - names of our tables
    for pragma in ("application_id", "user_version"):
        (value,) = copy.execute(f"PRAGMA library.{pragma}").fetchone()
        copy.execute(f"PRAGMA main.{pragma} = {value}")
    copy.execute("COMMIT")
    copy.execute("DETACH library")


def state_tables(db: sqlite3.Connection, schema: str) -> list[str]:
    """Return the tables of a library that a backup holds, those first that others refer to."""
    return [name for name in tables(db, schema) if name not in DERIVED]


def tables(db: sqlite3.Connection, schema: str) -> list[str]:
    """Return the tables of a library but for the text index, those first that others refer to."""
    names = db.execute(
        f"SELECT name FROM {schema}.sqlite_schema WHERE type = 'table' ORDER BY rowid"  # noqa: S608 - "main" or "library"
    )
    return [name for (name,) in names if not name.startswith(("fts", "sqlite_"))]


@contextmanager
def _written(target: Path) -> Iterator[sqlite3.Connection]:
    """Open a new database that takes the place of ``target`` once it is complete and on the disk."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(".part")
    draft.unlink(missing_ok=True)
    try:
        make_private(draft)
        with closing(sqlite3.connect(uri(draft, "rw"), uri=True, isolation_level=None)) as copy:
            copy.execute("PRAGMA journal_mode = OFF")
            copy.execute("PRAGMA synchronous = OFF")  # it counts only once it is complete, and is synced then
            yield copy
        _sync(draft)
        draft.replace(target)
        _sync(target.parent)
    except BaseException:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
