"""A thread that owns one connection and does one job after another on it.

Own threads and not asyncio's default executor, whose queue anything may fill and whose threads hold up the exit. They
are daemons: what was acknowledged is on the disk, and a process that must go need not wait for a search.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from typing import TypeVar

from ..errors import StoreError

T = TypeVar("T")


class Lane:
    """Jobs in the order they were handed in, on a thread of their own."""

    def __init__(self, name: str) -> None:
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._closing = threading.Lock()
        self._closed = False
        self._thread = threading.Thread(target=self._work, name=f"broadsheet-{name}", daemon=True)
        self._thread.start()

    def submit(self, job: Callable[[], T]) -> Future[T]:
        """Queue ``job``; its result or exception arrives in the future.

        A future that is cancelled before its turn is skipped.
        """
        future: Future[T] = Future()
        with self._closing:
            if self._closed:
                raise StoreError("The library is closed.")
            self._jobs.put(lambda: _run(future, job))
        return future

    def close(self, last: Callable[[], None]) -> Future[None]:
        """Queue ``last`` behind everything and end the thread after it; a second call does nothing."""
        future: Future[None] = Future()
        with self._closing:
            if self._closed:
                future.set_result(None)
                return future
            self._closed = True
            self._jobs.put(lambda: _run(future, last))
            self._jobs.put(None)
        return future

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()


def _run(future: Future[T], job: Callable[[], T]) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        result = job()
    except BaseException as error:  # noqa: BLE001 - it belongs to whoever waits for the future
        future.set_exception(error)
    else:
        future.set_result(result)
