"""The library as an object, for a program that must not wait: three connections on three threads.

Writing, reading and searching each have a connection and a thread, so that a row is drawn while a feed is stored and
while a search runs. The methods to await only choose the thread; what happens on it is ``library``'s:

- ``write`` runs inside ``BEGIN IMMEDIATE``, under the lock that all our processes share, in the order of the calls. It is
  shielded: cancelling the caller never drops a write that was asked for.
- ``read`` sees one snapshot.
- ``search`` is dropped when a newer one arrives, and after a deadline.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime
from pathlib import Path
from typing import Concatenate, Final, ParamSpec, TypeVar

from ..errors import StoreError, Superseded
from . import backup
from .connection import connect_to_read
from .lane import Lane
from .library import Library
from .opening import Opened

P = ParamSpec("P")
T = TypeVar("T")

SEARCH_SECONDS: Final = 2.0
"""The deadline of a search; far above what any query of the benchmark takes at a million articles."""
_CHECK_EVERY: Final = 20_000
"""Steps of SQLite's machine between two looks at the clock: about a millisecond."""


class Database(Library):
    """An open library with threads; ``Database.open`` makes one, ``aclose`` or ``close`` ends it."""

    def __init__(self, path: Path, opened: Opened) -> None:
        super().__init__(path, opened)
        self._search_db = connect_to_read(path, immutable=opened.immutable)
        self._search_db.set_progress_handler(self._give_up, _CHECK_EVERY)
        self._newest_search = 0
        self._running_search = 0
        self._search_deadline = 0.0
        self._writing, self._reading, self._searching = Lane("write"), Lane("read"), Lane("search")
        self._copying: Lane | None = None

    async def write(
        self, fn: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run ``fn(connection, ...)`` in a write transaction; return its result once that is on the disk."""
        future = _begun(self._writing, lambda: self._in_write(lambda db: fn(db, *args, **kwargs)))
        return await asyncio.shield(asyncio.wrap_future(future))

    async def read(
        self, fn: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run ``fn(connection, ...)`` on a snapshot that it cannot change."""
        return await asyncio.wrap_future(
            _begun(self._reading, lambda: self._in_read(lambda db: fn(db, *args, **kwargs)))
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
            _begun(self._searching, lambda: self._in_search(number, lambda db: fn(db, *args, **kwargs)))
        )

    async def count(
        self, fn: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run ``fn(connection, ...)`` on the search thread; any search takes its place (``Superseded``)."""
        number = self._newest_search
        return await asyncio.wrap_future(
            _begun(self._searching, lambda: self._in_search(number, lambda db: fn(db, *args, **kwargs)))
        )

    async def data_version(self) -> int:
        """Return a number that changes when another process has written, and never by our own writing."""
        return await asyncio.wrap_future(_begun(self._writing, self._data_version))

    async def back_up(self, now: datetime) -> Path | None:
        """Make today's backup of state and return it; ``None`` when there is one. Other work goes on meanwhile."""
        self._copying = self._copying or Lane("backup")
        return await asyncio.wrap_future(_begun(self._copying, lambda: self._back_up(now)))

    async def aclose(self) -> None:
        """Finish what was asked for and close; the write-ahead log is folded in."""
        for future in self._close_readers():
            await asyncio.wrap_future(future)
        await asyncio.wrap_future(self._close_writer())

    def close(self) -> None:
        """``aclose`` for whoever may wait."""
        for future in self._close_readers():
            future.result()
        self._close_writer().result()

    # ------------------------------------------------------------------------------------ on the threads

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

    def _close_readers(self) -> list[Future[None]]:
        """Close what only reads; the writing connection goes last, because the last one clears the log away."""
        self._newest_search += 1  # a search still running gives up
        copying = [_closed(self._copying, lambda: None)] if self._copying else []
        return [
            *copying,
            _closed(self._reading, self._read_db.close),
            _closed(self._searching, self._search_db.close),
        ]

    def _close_writer(self) -> Future[None]:
        return _closed(self._writing, self._fold_and_close)


def _begun(lane: Lane, job: Callable[[], T]) -> Future[T]:
    """Queue ``job`` on a lane; one whose future is cancelled before its turn is skipped."""
    future: Future[T] = Future()
    lane.put(lambda: _run(future, job))
    return future


def _closed(lane: Lane, last: Callable[[], None]) -> Future[None]:
    """Close a lane; the future tells when that is done."""
    future: Future[None] = Future()
    if not lane.close(lambda: _run(future, last)):
        future.set_result(None)
    return future


def _run(future: Future[T], job: Callable[[], T]) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        result = job()
    except BaseException as error:  # noqa: BLE001 - it belongs to whoever waits for the future
        future.set_exception(error)
    else:
        future.set_result(result)
