"""A thread that owns one connection and does one job after another on it.

Own threads and not asyncio's default executor, whose queue anything may fill and whose threads hold up the exit. They
are daemons: what was acknowledged is on the disk, and a process that must go need not wait for a search.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import TypeVar

from ..errors import StoreError

T = TypeVar("T")


class Lane:
    """Jobs in the order they were handed in, on a thread of their own, which begins with the first."""

    def __init__(self, name: str) -> None:
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._changing = threading.Lock()
        self._closed = False
        self._thread = threading.Thread(target=self._work, name=f"broadsheet-{name}", daemon=True)

    def put(self, job: Callable[[], None]) -> None:
        """Queue ``job``, which keeps its errors to itself; raise ``StoreError`` when the lane is closed."""
        with self._changing:
            if self._closed:
                raise StoreError("The library is closed.")
            self._add(job)

    def run(self, job: Callable[[], T]) -> T:
        """Wait until ``job`` was done and return its result, or raise its exception."""
        answer: SimpleQueue[Callable[[], T]] = SimpleQueue()
        self.put(lambda: answer.put(_outcome(job)))
        return answer.get()()

    def close(self, last: Callable[[], None]) -> bool:
        """Queue ``last`` behind everything and end the thread after it; tell whether that was still to be done."""
        with self._changing:
            if self._closed:
                return False
            self._closed = True
            self._add(last)
            self._jobs.put(None)
            return True

    def close_now(self, last: Callable[[], None]) -> None:
        """Close, and wait until ``last`` was done."""
        answer: SimpleQueue[Callable[[], None]] = SimpleQueue()
        if self.close(lambda: answer.put(_outcome(last))):
            answer.get()()

    def _add(self, job: Callable[[], None]) -> None:
        if self._thread.ident is None:
            self._thread.start()
        self._jobs.put(job)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()


def _outcome(job: Callable[[], T]) -> Callable[[], T]:
    """Do ``job`` and return what gives its result or raises its exception in another thread."""
    try:
        result = job()
    except BaseException as error:  # noqa: BLE001 - it belongs to whoever waits
        failure = error

        def fail() -> T:
            raise failure

        return fail
    return lambda: result
