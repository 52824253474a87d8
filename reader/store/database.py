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
import sqlite3
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Concatenate, Final, ParamSpec, TypeVar

from ..errors import StoreError, Superseded
from . import backup, migrations, place
from .connection import connect_to_read, explained, is_damage, is_full
from .lane import Lane
from .lock import PATIENCE_SECONDS
from .opening import Opened, mark_suspect, open_library

P = ParamSpec("P")
T = TypeVar("T")

SEARCH_SECONDS: Final = 2.0
"""The deadline of a search; far above what any query of the benchmark takes at a million articles."""
_CHECK_EVERY: Final = 20_000
"""Steps of SQLite's machine between two looks at the clock: about a millisecond."""

_LEAVING_MILLISECONDS: Final = 200
"""How long leaving waits for the readers of another process before it leaves the log to them."""


class Database:
    """An open library; ``Database.open`` makes one, ``aclose`` or ``close`` ends it."""

    def __init__(self, path: Path, opened: Opened) -> None:
        self.path = path
        self.notices = opened.notices
        """What a person should know about opening it, as sentences: a restored backup, a network drive."""
        self._lock = opened.lock
        self._write_db = opened.write
        self._inode = path.stat().st_ino
        self._read_db = connect_to_read(path, immutable=opened.immutable)
        self._search_db = connect_to_read(path, immutable=opened.immutable)
        self._search_db.set_progress_handler(self._give_up, _CHECK_EVERY)
        self._newest_search = 0
        self._running_search = 0
        self._search_deadline = 0.0
        self._writing, self._reading, self._searching = Lane("write"), Lane("read"), Lane("search")
        self._copying: Lane | None = None

    @classmethod
    def open(cls, path: Path) -> Database:
        """Open or create the library at ``path``, and bring it to the present version.

        Blocks. A damaged file is kept aside and replaced by what can be restored, and one that cannot be written is opened
        for reading: ``notices`` says so. Raises ``SchemaTooNew`` for a newer library and ``StoreError`` where FTS5 is
        missing or the file is of no use.
        """
        opened = open_library(path)
        try:
            with explained(path):
                return cls(path, opened)
        except BaseException:
            opened.close()
            raise

    @property
    def writable(self) -> bool:
        """Whether changes can be saved; a library that could only be opened for reading says no."""
        return self._write_db is not None

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

    async def back_up(self, now: datetime) -> Path | None:
        """Make today's backup of state and return it; ``None`` when there is one. Other work goes on meanwhile."""
        self._copying = self._copying or Lane("backup")
        return await asyncio.wrap_future(self._copying.submit(lambda: self._back_up(now)))

    async def aclose(self) -> None:
        """Finish what was asked for and close; the write-ahead log is folded in."""
        for future in self._close_readers():
            await asyncio.wrap_future(future)
        await asyncio.wrap_future(self._close_writer())

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
        for future in self._close_readers():
            future.result()
        self._close_writer().result()

    # ------------------------------------------------------------------------------------ on the threads

    def _in_write(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run ``work`` in a transaction; on a full disk give the spare file up and try once more."""
        with self._explained():
            try:
                return self._transaction(work)
            except sqlite3.OperationalError as error:
                if not is_full(error) or not place.give_up_spare(self.path):
                    raise
                return self._transaction(work)

    def _transaction(self, work: Callable[[sqlite3.Connection], T]) -> T:
        db, lock = self._write_db, self._lock
        if db is None or lock is None:
            raise StoreError(f"{self.path} was opened for reading only: changes are not saved.")
        with lock.held(PATIENCE_SECONDS):
            self._require_same_file()
            db.execute("BEGIN IMMEDIATE")
            try:
                migrations.require_present(db)
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
        with self._explained():
            db.execute("BEGIN")
            try:
                return work(db)
            finally:
                if db.in_transaction:
                    db.execute("ROLLBACK")

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Let errors of the machine out as sentences; damage is remembered for the next start, which looks closely."""
        try:
            with explained(self.path):
                yield
        except StoreError as error:
            if error.__cause__ is not None and is_damage(error.__cause__):
                mark_suspect(self.path)
            raise

    def _data_version(self) -> int:
        with self._explained():
            return int((self._write_db or self._read_db).execute("PRAGMA data_version").fetchone()[0])

    def _back_up(self, now: datetime) -> Path | None:
        with self._explained():
            try:
                return backup.daily(self.path, now)
            except OSError as error:
                raise StoreError(
                    f"The backup of {self.path} could not be written: {error.strerror}."
                ) from error

    def _require_same_file(self) -> None:
        """Refuse to write into a file that is no longer at its place: what is written there vanishes silently."""
        try:
            same = self.path.stat().st_ino == self._inode
        except FileNotFoundError:
            same = False
        if not same:
            raise StoreError(f"{self.path} was moved or replaced while it was open; restart Broadsheet.")

    def _close_readers(self) -> list[Future[None]]:
        """Close what only reads; the writing connection goes last, because the last one clears the log away."""
        self._newest_search += 1  # a search still running gives up
        copying = [self._copying.close(lambda: None)] if self._copying else []
        return [
            *copying,
            self._reading.close(self._read_db.close),
            self._searching.close(self._search_db.close),
        ]

    def _close_writer(self) -> Future[None]:
        return self._writing.close(self._fold_and_close)

    def _fold_and_close(self) -> None:
        """Fold the write-ahead log into the file and close, under the lock; a failure leaves the log for next time."""
        db, lock = self._write_db, self._lock
        if db is None or lock is None:
            return
        try:
            with suppress(sqlite3.Error, StoreError), lock.held(PATIENCE_SECONDS):
                db.execute(f"PRAGMA busy_timeout = {_LEAVING_MILLISECONDS}")
                db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                db.close()  # closing checkpoints too, and belongs under the lock
        finally:
            db.close()
            lock.close()
