"""From an older library to the present one, a numbered step at a time.

Each step runs in one transaction that ends by writing its number into ``user_version``: a library is at one version or
the next, never between. A backup is made before the first (see ``backup``). A library of a newer version is refused.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Final, TypeAlias

from ..errors import SchemaTooNew, StoreError
from .schema import APPLICATION_ID, TABLES
from .triggers import TRIGGERS

Migration: TypeAlias = Callable[[sqlite3.Connection], None]


def _create(db: sqlite3.Connection) -> None:
    """Make all tables of the present version."""
    run_script(db, TABLES)
    run_script(db, TRIGGERS)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def _to_second(db: sqlite3.Connection) -> None:
    """Let sources be put in order and have pictures or none, views have an action, and entries a former text."""
    run_script(
        db,
        """
        ALTER TABLE feed ADD COLUMN position INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE feed ADD COLUMN pictures INTEGER;
        ALTER TABLE view ADD COLUMN action TEXT NOT NULL DEFAULT '';
        CREATE TABLE former (
            entry_id INTEGER PRIMARY KEY REFERENCES entry(id) ON DELETE CASCADE,
            blocks BLOB NOT NULL,
            replaced_at INTEGER NOT NULL
        ) STRICT;
        DROP INDEX entry_published;
        DROP INDEX term_entries;
        CREATE INDEX term_frequent ON term(entries) WHERE entries >= 200;
        INSERT INTO fts(fts, rank) VALUES ('hashsize', 8388608);
        INSERT INTO fts(fts, rank) VALUES ('automerge', 8);
        """,
    )


MIGRATIONS: Final[tuple[Migration, ...]] = (_create, _to_second)
"""``MIGRATIONS[n]`` takes version ``n`` to ``n + 1``; version 0 is an empty file, which goes to the present one at once."""
VERSION: Final = len(MIGRATIONS)


def version(db: sqlite3.Connection) -> int:
    """Return the library's version, 0 for an empty file; raise ``StoreError`` for what is no library of ours."""
    (application,) = db.execute("PRAGMA application_id").fetchone()
    (number,) = db.execute("PRAGMA user_version").fetchone()
    (tables,) = db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if application != APPLICATION_ID and (tables or number):
        raise StoreError("The file is a database of another program, not a library of Broadsheet.")
    if number > VERSION:
        raise SchemaTooNew(
            f"The library has version {number}, and this Broadsheet knows versions up to {VERSION}: it was used by a newer "
            "one. Nothing was changed. Upgrade Broadsheet, or choose another library with --profile."
        )
    return int(number)


def require_present(db: sqlite3.Connection) -> None:
    """Raise ``SchemaTooNew`` when another process has brought the library to a newer version since it was opened."""
    (number,) = db.execute("PRAGMA user_version").fetchone()
    if number != VERSION:
        raise SchemaTooNew(
            f"A newer Broadsheet has brought the library to version {number} meanwhile; nothing was changed. Restart this one."
        )


def migrate(db: sqlite3.Connection) -> None:
    """Bring the library from its version to the present one."""
    (number,) = db.execute("PRAGMA user_version").fetchone()
    ways = list(enumerate(MIGRATIONS, start=1))[number:] if number else [(VERSION, MIGRATIONS[0])]
    for target, step in ways:
        db.execute("BEGIN IMMEDIATE")
        try:
            step(db)
            if broken := db.execute("PRAGMA foreign_key_check").fetchone():
                raise StoreError(f"Version {target} of the library would break a reference in {broken[0]}.")
            db.execute(f"PRAGMA user_version = {target}")
        except BaseException:
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise
        db.execute("COMMIT")


def run_script(db: sqlite3.Connection, script: str) -> None:
    """Run the statements of ``script`` inside the open transaction; ``executescript`` would commit it first."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            db.execute(statement)
            statement = ""
