"""Connections to the library's file, and what its errors mean in a person's words."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from ..errors import StoreBusy, StoreError, StoreHindered
from . import functions

BUSY_MILLISECONDS: Final = 10_000
"""How long SQLite waits for a program that holds the file without our lock (a backup, ``sqlite3``)."""
CACHE_KIB: Final = 8_192
"""Pages kept by each connection; more is no faster on a million articles, and there are three."""
WAL_LIMIT_BYTES: Final = 32 * 1024 * 1024
"""To this the write-ahead log is cut after a large transaction."""


def uri(path: Path, mode: str) -> str:
    """Return the address under which SQLite opens a file (sqlite.org/uri.html, section 3.1)."""
    escaped = str(path).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    return f"file:{escaped}?mode={mode}"


def make_private(path: Path) -> None:
    """Create the file where it is missing, for its owner's eyes alone; SQLite gives its log the same permissions."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))


def connect_to_write(path: Path) -> sqlite3.Connection:
    """Return a connection that may change the library; creates the file.

    It changes nothing by itself, so that another program's database stays as it is: ``use_wal`` comes after a look.
    """
    make_private(path)
    db = _connect(path, "rw")
    try:
        if db.execute("PRAGMA page_count").fetchone() == (0,):
            # The space of what is purged is given back bit by bit, without a VACUUM.
            db.execute("PRAGMA auto_vacuum = INCREMENTAL")
        # NORMAL lost acknowledged marks in 57 of 60 simulated power cuts.
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA foreign_keys = ON")
        db.execute(f"PRAGMA journal_size_limit = {WAL_LIMIT_BYTES}")
    except BaseException:
        db.close()
        raise
    return db


def use_wal(db: sqlite3.Connection) -> None:
    """Turn the write-ahead log on, which lasts; raise ``StoreError`` where the file system cannot have one."""
    (mode,) = db.execute("PRAGMA journal_mode = WAL").fetchone()
    if mode != "wal":
        raise StoreError(
            "The library's folder cannot hold a write-ahead log; move the library to another disk with BROADSHEET_HOME."
        )


def connect_to_read(path: Path, *, immutable: bool = False) -> sqlite3.Connection:
    """Return a connection that can change nothing, not even by a checkpoint.

    ``immutable`` reads a file in a directory that cannot be written, where no write-ahead log can be kept.
    """
    db = _connect(path, "ro&immutable=1" if immutable else "ro")
    try:
        db.execute("PRAGMA query_only = ON")
        db.execute("PRAGMA wal_autocheckpoint = 0")
    except BaseException:
        db.close()
        raise
    return db


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    db = sqlite3.connect(
        uri(path, mode),
        uri=True,
        isolation_level=None,
        check_same_thread=False,  # opened by the caller's thread, then used by its lane alone
        cached_statements=256,
    )
    try:
        db.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
        db.execute("PRAGMA trusted_schema = OFF")
        db.execute("PRAGMA cell_size_check = ON")
        db.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        db.execute("PRAGMA temp_store = MEMORY")
        functions.register(db)
    except BaseException:
        db.close()
        raise
    return db


Trouble: Final = (sqlite3.Error, UnicodeDecodeError)
"""What reading a file raises; the second where damage has reached the names in SQLite's own message."""


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what the disk or another program did into a ``StoreError``; a mistake of ours stays what it is."""
    try:
        yield
    except Trouble as error:
        told = explain(error, path)
        if told is None:
            raise
        raise told from error


def explain(error: sqlite3.Error | UnicodeDecodeError, path: Path) -> StoreError | None:
    """Return the sentence for ``error``; ``None`` when it is a bug and no condition of the machine."""
    code = sqlite3.SQLITE_CORRUPT if is_damage(error) else getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StoreBusy(f"Another program keeps {path} locked; nothing was changed.")
    sentence = _SENTENCES.get(code)
    if sentence is None:
        return None
    return (StoreHindered if code in _PASSING else StoreError)(sentence.format(path=path))


def is_damage(error: BaseException | None) -> bool:
    """Tell whether ``error`` says that the file is not a sound database, or that a text in it is none."""
    if isinstance(error, UnicodeDecodeError) or "Could not decode to UTF-8" in str(error):
        return True
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def is_full(error: sqlite3.Error) -> bool:
    """Tell whether ``error`` says that the disk is full."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_FULL


_PASSING: Final = frozenset(
    {
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_PROTOCOL,
    }
)
"""What may be over in a minute, so that what could not be written is tried again."""
_SENTENCES: Final = {
    sqlite3.SQLITE_FULL: "The disk that holds {path} is full; nothing was changed. Make room and try again.",
    sqlite3.SQLITE_READONLY: "{path} cannot be written; reading goes on, but changes are not saved.",
    sqlite3.SQLITE_PERM: "{path} may not be opened; check its permissions.",
    sqlite3.SQLITE_CANTOPEN: "{path} cannot be opened; check that its folder exists and may be written.",
    sqlite3.SQLITE_IOERR: "The disk failed while reading or writing {path}; nothing was changed.",
    sqlite3.SQLITE_CORRUPT: "{path} is damaged. Start Broadsheet again: it will be kept aside and the last backup restored.",
    sqlite3.SQLITE_NOMEM: "There is not enough memory to use {path}.",
    sqlite3.SQLITE_PROTOCOL: "{path} cannot be locked; it may lie on a network drive, where a library cannot live.",
    sqlite3.SQLITE_TOOBIG: "A text is too large to be stored in {path}.",
}
