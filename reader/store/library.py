"""The library as an object, for whoever may wait: one connection to write, one to read, and nothing about what is in it.

Functions are handed in as ``fn(db, ...)``; the methods only choose the connection and the transaction. ``database`` is the
same for a program that must not wait, and imports asyncio for it; that took a fifth of the time of ``broadsheet list``.

What the machine does to us (full disk, read-only folder, damage, another program's lock) comes out as ``StoreError`` with
a sentence, and the object goes on: reading works, and the next write may succeed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Concatenate, Final, ParamSpec, Self, TypeVar

from ..errors import StoreError
from . import migrations, place
from .connection import connect_to_read, explained, is_damage, is_full
from .lane import Lane
from .lock import PATIENCE_SECONDS
from .opening import Opened, mark_suspect, open_library

P = ParamSpec("P")
T = TypeVar("T")

_LEAVING_MILLISECONDS: Final = 200
"""How long leaving waits for the readers of another process before it leaves the log to them."""


class Library:
    """An open library; ``open`` makes one, ``close`` ends it."""

    def __init__(self, path: Path, opened: Opened) -> None:
        self.path = path
        self.notices = opened.notices
        """What a person should know about opening it, as sentences: a restored backup, a network drive."""
        self._lock = opened.lock
        self._write_db = opened.write
        self._inode = path.stat().st_ino
        self._read_db = connect_to_read(path, immutable=opened.immutable)
        # On a thread even so: a signal's exception belongs to whoever waits, not to a function that SQLite calls.
        self._writing = self._reading = Lane("library")

    @classmethod
    def open(cls, path: Path) -> Self:
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

    def write_now(
        self, fn: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run ``fn(connection, ...)`` in a write transaction and return its result once that is on the disk.

        The transaction is ``BEGIN IMMEDIATE``, under the lock that all our processes share.
        """
        return self._writing.run(lambda: self._in_write(lambda db: fn(db, *args, **kwargs)))

    def read_now(
        self, fn: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run ``fn(connection, ...)`` on a snapshot that it cannot change."""
        return self._reading.run(lambda: self._in_read(lambda db: fn(db, *args, **kwargs)))

    def close(self) -> None:
        """Finish what was asked for and close; the write-ahead log is folded in."""
        self._writing.close_now(self._close_all)

    def _close_all(self) -> None:
        self._read_db.close()
        self._fold_and_close()

    # ------------------------------------------------------------------------------------ on the thread

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

    def _require_same_file(self) -> None:
        """Refuse to write into a file that is no longer at its place: what is written there vanishes silently."""
        try:
            same = self.path.stat().st_ino == self._inode
        except FileNotFoundError:
            same = False
        if not same:
            raise StoreError(f"{self.path} was moved or replaced while it was open; restart Broadsheet.")

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
