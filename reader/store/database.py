"""The library as an object: three connections on three threads, and nothing about what is in it.

Writing, reading and searching each have a connection and a thread, so that a row is drawn while a feed is stored and
while a search runs. Functions are handed in as ``fn(db, ...)``; the methods only choose the thread and the transaction:

- ``write`` runs inside ``BEGIN IMMEDIATE``, under the lock that all our processes share, in the order of the calls. It is
  shielded: cancelling the caller never drops a write that was asked for.
- ``read`` sees one snapshot.
- ``search`` is dropped when a newer one arrives, and after a deadline.

What the machine does to us (full disk, read-only folder, damage, another program's lock) comes out as ``StoreError`` with
a sentence, and the object goes on: reading works, and the next write may succeed.
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from typing import Concatenate, Final, ParamSpec, TypeVar

from ..errors import StoreError, Superseded
from . import migrations
from .connection import connect_to_read, connect_to_write, explained
from .lane import Lane
from .lock import FileLock

P = ParamSpec("P")
T = TypeVar("T")

PATIENCE_SECONDS: Final = 30.0
"""How long a write waits for another process; the longest transaction of ours is far below."""
SEARCH_SECONDS: Final = 2.0
"""The deadline of a search; far above what any query of the benchmark takes at a million articles."""
_CHECK_EVERY: Final = 20_000
"""Steps of SQLite's machine between two looks at the clock: about a millisecond."""


class Database:
    """An open library; ``Database.open`` makes one, ``aclose`` or ``close`` ends it."""

    def __init__(self, path: Path, lock: FileLock, write: sqlite3.Connection) -> None:
        self.path = path
        self.notices: tuple[str, ...] = ()
        """What a person should know about opening it, as sentences: a restored backup, a network drive."""
        self._lock = lock
        self._write_db = write
        self._inode = path.stat().st_ino
        self._read_db = connect_to_read(path)
        self._search_db = connect_to_read(path)
        self._search_db.set_progress_handler(self._give_up, _CHECK_EVERY)
        self._newest_search = 0
        self._running_search = 0
        self._search_deadline = 0.0
        self._writing, self._reading, self._searching = Lane("write"), Lane("read"), Lane("search")

    @classmethod
    def open(cls, path: Path) -> Database:
        """Open or create the library at ``path``, and bring it to the present version.

        Blocks. Raises ``SchemaTooNew`` for a newer library and ``StoreError`` where FTS5 is missing or the file cannot be used.
        """
        _require_fts5()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            lock = FileLock(path.with_name(path.name + ".lock"))
        except OSError as error:
            raise StoreError(f"{path} cannot be opened: {error.strerror or error}.") from error
        write: sqlite3.Connection | None = None
        try:
            with explained(path), lock.held(PATIENCE_SECONDS):
                write = connect_to_write(path)
                if migrations.version(write) < migrations.VERSION:
                    migrations.migrate(write)
                return cls(path, lock, write)
        except BaseException:
            if write is not None:
                write.close()
            lock.close()
            raise

    # ------------------------------------------------------------------------------------ asynchronous

    async def write(
        self, fn: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run ``fn(connection, ...)`` in a write transaction; return its result once that is on the disk."""
        future = self._writing.submit(lambda: self._in_write(lambda db: fn(db, *args, **kwargs)))
        return await asyncio.shield(asyncio.wrap_future(future))

    async def read(
        self, fn: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run ``fn(connection, ...)`` on a snapshot that it cannot change."""
        return await asyncio.wrap_future(
            self._reading.submit(lambda: self._in_read(lambda db: fn(db, *args, **kwargs)))
        )

    async def search(
        self, fn: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run ``fn(connection, ...)`` as the newest search; raise ``Superseded`` in every older one.

        Raises ``StoreError`` after ``SEARCH_SECONDS``.
        """
        self._newest_search += 1
        number = self._newest_search
        return await asyncio.wrap_future(
            self._searching.submit(lambda: self._in_search(number, lambda db: fn(db, *args, **kwargs)))
        )

    async def count(
        self, fn: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run ``fn(connection, ...)`` on the search thread; any search takes its place (``Superseded``)."""
        number = self._newest_search
        return await asyncio.wrap_future(
            self._searching.submit(lambda: self._in_search(number, lambda db: fn(db, *args, **kwargs)))
        )

    async def data_version(self) -> int:
        """Return a number that changes when another process has written, and never by our own writing."""
        return await asyncio.wrap_future(self._writing.submit(self._data_version))

    async def aclose(self) -> None:
        """Finish what was asked for and close; the write-ahead log is folded in."""
        for future in self._close():
            await asyncio.wrap_future(future)
        self._lock.close()

    # ------------------------------------------------------------------------------------ blocking

    def write_now(
        self, fn: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """``write`` for the command line: blocks until it is on the disk."""
        return self._writing.submit(lambda: self._in_write(lambda db: fn(db, *args, **kwargs))).result()

    def read_now(
        self, fn: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """``read`` for the command line: blocks."""
        return self._reading.submit(lambda: self._in_read(lambda db: fn(db, *args, **kwargs))).result()

    def close(self) -> None:
        """``aclose`` for the command line: blocks."""
        for future in self._close():
            future.result()
        self._lock.close()

    # ------------------------------------------------------------------------------------ on the threads

    def _in_write(self, work: Callable[[sqlite3.Connection], T]) -> T:
        db = self._write_db
        with explained(self.path), self._lock.held(PATIENCE_SECONDS):
            self._require_same_file()
            db.execute("BEGIN IMMEDIATE")
            try:
                result = work(db)
                db.execute("COMMIT")
            except BaseException:
                if db.in_transaction:  # a full disk has rolled back already
                    db.execute("ROLLBACK")
                raise
            return result

    def _in_read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        return self._snapshot(self._read_db, work)

    def _in_search(self, number: int, work: Callable[[sqlite3.Connection], T]) -> T:
        self._running_search = number
        self._search_deadline = time.monotonic() + SEARCH_SECONDS
        if number != self._newest_search:
            raise Superseded("A newer search took the place of this one.")
        try:
            return self._snapshot(self._search_db, work)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
                raise
            if number != self._newest_search:
                raise Superseded("A newer search took the place of this one.") from None
            raise StoreError(
                f"The search took longer than {SEARCH_SECONDS:g} seconds and was stopped; narrow it down."
            ) from None

    def _give_up(self) -> int:
        """Tell SQLite whether to stop the running search; called every millisecond or so."""
        return self._running_search != self._newest_search or time.monotonic() > self._search_deadline

    def _snapshot(self, db: sqlite3.Connection, work: Callable[[sqlite3.Connection], T]) -> T:
        with explained(self.path):
            db.execute("BEGIN")
            try:
                return work(db)
            finally:
                if db.in_transaction:
                    db.execute("ROLLBACK")

    def _data_version(self) -> int:
        with explained(self.path):
            return int(self._write_db.execute("PRAGMA data_version").fetchone()[0])

    def _require_same_file(self) -> None:
        """Refuse to write into a file that is no longer at its place: what is written there vanishes silently."""
        try:
            same = self.path.stat().st_ino == self._inode
        except FileNotFoundError:
            same = False
        if not same:
            raise StoreError(f"{self.path} was moved or replaced while it was open; restart Broadsheet.")

    def _close(self) -> tuple[Future[None], ...]:
        self._newest_search += 1  # a search still running gives up
        return (
            self._reading.close(self._read_db.close),
            self._searching.close(self._search_db.close),
            self._writing.close(self._fold_and_close),
        )

    def _fold_and_close(self) -> None:
        """Fold the write-ahead log into the file and close, under the lock; a failure leaves the log for next time."""
        try:
            with suppress(sqlite3.Error, StoreError), self._lock.held(PATIENCE_SECONDS):
                self._write_db.execute("PRAGMA optimize")
                self._write_db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            self._write_db.close()


def _require_fts5() -> None:
    """Raise ``StoreError`` where Python's SQLite was built without full-text search."""
    probe = sqlite3.connect(":memory:")
    try:
        probe.execute("CREATE VIRTUAL TABLE probe USING fts5(text)")
    except sqlite3.OperationalError as error:
        raise StoreError(
            f"This Python's SQLite ({sqlite3.sqlite_version}) has no full-text search (FTS5), which the library needs. "
            "Use a Python whose SQLite has it: those of python.org, Debian, Homebrew and uv do."
        ) from error
    finally:
        probe.close()


def file_sizes(path: Path) -> dict[str, int]:
    """Return the bytes of the library's files by name: the database, its write-ahead log."""
    sizes = {}
    for file in (path, path.with_name(path.name + "-wal")):
        with suppress(OSError):
            sizes[file.name] = os.stat(file).st_size  # noqa: PTH116 - a Path.stat of a vanished file costs the same
    return sizes
