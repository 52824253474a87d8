"""A damaged library: kept aside, and a new one made from the best that is left.

The best is the damaged file itself when all that a person did can still be read from it (most damage hits the
full-text index and the bodies, which are most of the file); else the newest daily backup that can be read. What was fetched
comes back with the next refresh, under its old ids, read where it was read.

The new library is built beside the old under another name, and only then do two renames swap them; ``finish`` completes
a swap that was cut short.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from ..errors import StoreError
from . import backup, migrations
from .connection import Trouble, connect_to_write, is_full, uri

_KEPT_BY_TRIGGERS: Final = {
    "state": {"tagged", "noted"},
    "tag": {"total", "unread"},
    "entry_tag": {"listed", "unread"},
}
"""Columns that fill themselves when the rows of other tables are put in."""
_LARGE: Final = backup.CONTENT.keys() | {"index_queue", "term"}
_JOURNAL: Final = ("step", "change")
"""Read from the damaged library itself, but not from a backup: what it undoes may not be in there."""


def is_sound(db: sqlite3.Connection, *, thorough: bool) -> bool:
    """Tell whether the tables hold together: all but bodies and index, which are most of the file, or all of them."""
    try:
        if thorough:
            db.execute("INSERT INTO fts(fts) VALUES ('integrity-check')")
            return bool(db.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
        return all(_holds_together(db, name) for name in backup.tables(db, "main") if name not in _LARGE)
    except Trouble:
        return False


def _holds_together(db: sqlite3.Connection, table: str) -> bool:
    try:
        return bool(db.execute(f"PRAGMA quick_check({table})").fetchone() == ("ok",))
    except Trouble:
        return False


def replace_damaged(path: Path, now: datetime) -> str:
    """Put the damaged library at ``path`` aside and a restored one in its place; return what was done, as a sentence."""
    draft = path.with_name(path.name + ".restoring")
    restored_from = _best(path, draft)
    ready = _ready(path)
    draft.replace(ready)
    aside = path.with_name(f"{path.name}.damaged-{now:%Y%m%d-%H%M%S}")
    for suffix in ("-wal", "-shm", ""):
        with suppress(FileNotFoundError):
            path.with_name(path.name + suffix).replace(aside.with_name(aside.name + suffix))
    ready.replace(path)
    if restored_from is None:
        return f"The library was damaged and is kept as {aside}. There was no backup, so a new one was begun."
    came = (
        "all that you did was read from it"
        if restored_from == path
        else f"what you did was restored from the backup {restored_from.name}"
    )
    return (
        f"The library was damaged and is kept as {aside}; {came}. Articles come back with the next refresh."
    )


def finish(path: Path) -> None:
    """Complete a swap that a crash cut short between its two renames."""
    ready = _ready(path)
    if ready.exists():
        if path.exists():
            ready.unlink()  # the damaged file was not put aside yet: it will be found damaged again
        else:
            ready.replace(path)


def _ready(path: Path) -> Path:
    return path.with_name(path.name + ".restored")


def _best(path: Path, draft: Path) -> Path | None:
    """Build the new library at ``draft`` from the first source that can be read; return that source."""
    for source in (path, *backup.daily_backups(path)):
        if source.exists() and source.stat().st_size and _built(draft, source, path):
            return source
    _built(draft, None, path)
    return None


def _built(draft: Path, source: Path | None, damaged: Path) -> bool:
    """Build the new library from ``source``; tell whether that could be read. A full disk is no fault of the source."""
    for suffix in ("", "-wal", "-shm"):
        draft.with_name(draft.name + suffix).unlink(missing_ok=True)
    try:
        with closing(connect_to_write(draft)) as db:
            migrations.migrate(db)
            if source is not None:
                _fill(db, source, _JOURNAL if source == damaged else ())
    except Trouble as error:
        if isinstance(error, sqlite3.Error) and is_full(error):
            raise
        return False
    return True


def _fill(db: sqlite3.Connection, source: Path, besides: Iterable[str]) -> None:
    """Copy state, and what else can be read, from ``source`` into the new library ``db``."""
    tables = _readable(source, besides)
    db.execute("ATTACH ? AS source", (_read_only(source),))
    db.execute("BEGIN IMMEDIATE")
    db.execute("PRAGMA defer_foreign_keys = ON")
    for name in tables:
        _copy(db, name)
    _ask_again(db)
    db.execute("COMMIT")
    db.execute("DETACH source")


def _readable(source: Path, besides: Iterable[str]) -> list[str]:
    """Return the tables of ``source`` that can be copied: those of state, and some ``besides``.

    Raises ``sqlite3.DatabaseError`` when one of state is damaged. They are looked at before, and on a connection of their
    own: once a statement has met damage, SQLite calls the whole of an attached pair malformed.
    """
    with closing(sqlite3.connect(_read_only(source), uri=True)) as db:
        try:
            version = migrations.version(db)
        except StoreError as error:
            raise sqlite3.DatabaseError(f"{source} is no library of this version") from error
        tables = [*backup.state_tables(db, "main"), *besides]
        damaged = {name for name in tables if not _holds_together(db, name)}
    if damaged & set(besides):
        damaged |= set(besides)  # a step is nothing without its changes
    if not version or damaged - backup.CONTENT.keys() - set(besides):
        raise sqlite3.DatabaseError(f"{source} does not hold all that a person did")
    if "entry" in damaged:
        damaged |= backup.CONTENT.keys()
    return [name for name in tables if name not in damaged]


def _read_only(source: Path) -> str:
    return uri(source, "ro")


def _copy(db: sqlite3.Connection, name: str) -> None:
    """Copy the columns of a table that both have and that nothing else keeps."""
    columns = _columns(db, "main", name) & _columns(db, "source", name) - _KEPT_BY_TRIGGERS.get(name, set())
    if columns:
        listed = ", ".join(sorted(columns))
        db.execute(f"INSERT INTO main.{name}({listed}) SELECT {listed} FROM source.{name}")  # noqa: S608


def _columns(db: sqlite3.Connection, schema: str, table: str) -> set[str]:
    found = db.execute(f"PRAGMA {schema}.table_xinfo({table})")
    return {name for _number, name, _type, _not_null, _default, _key, hidden in found if not hidden}


def _ask_again(db: sqlite3.Connection) -> None:
    """Let every feed send everything again, hide entries until their content is back, and index what there is."""
    db.execute(
        "UPDATE feed SET etag = '', last_modified = '', validators_at = NULL, body_hash = x'', next_fetch = NULL"
    )
    db.execute(
        """
        UPDATE state SET absent = 2
        WHERE absent = 0 AND purged_at IS NULL AND entry_id NOT IN (SELECT id FROM entry)
        """
    )
    db.execute("INSERT INTO index_queue(entry_id) SELECT id FROM entry")
