"""Whether the library is sound: what ``doctor`` asks."""

from __future__ import annotations

import sqlite3


def sqlite_version(db: sqlite3.Connection) -> str:
    """Return the version of SQLite that reads the library."""
    return str(db.execute("SELECT sqlite_version()").fetchone()[0])


def problems(db: sqlite3.Connection) -> tuple[str, ...]:
    """Return what SQLite finds wrong with the library, at most ten things; reads the whole file."""
    found = [str(line) for (line,) in db.execute("PRAGMA quick_check(10)")]
    return () if found == ["ok"] else tuple(found)
