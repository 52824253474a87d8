"""Pure functions in worker processes: what hangs, crashes or grows is killed and replaced.

Parsing and cleaning take bytes from strangers through C code and regular expressions, and some documents keep them
busy for ever. So they run in processes that cannot touch the world, under a time limit and a memory limit for each
job. Threads would not do: one busy thread of Python turns six wake-ups of the event loop from 7 ms into 82 ms.

    async with Pool() as pool:
        feed = await pool.run(parse_feed, data, url, content_type)

The children are plain interpreters started on ``worker.py``, not ``multiprocessing`` ones: they import neither the
main module nor anything that is not in a job, no resource tracker has to be started before the screen takes the
terminal, and what they answer is unpickled with our own values only. Starting one costs 30 ms and happens at the first
job; a thread for each keeps it (``keeper``), so that nothing here blocks the event loop.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import queue
from collections.abc import Callable
from types import TracebackType
from typing import Final, ParamSpec, Self, TypeVar

from ..errors import WorkerError
from .keeper import Job, Keeper, Queue

P = ParamSpec("P")
T = TypeVar("T")

TIMEOUT_SECONDS: Final = 20.0
MEMORY_BYTES: Final = 400 * 1024 * 1024
"""Address space of a worker. A feed of 10 MB with 5,000 entries, read and cleaned, needs 320 MB."""
HEAVY_BYTES: Final = 2 * 1024 * 1024
"""A document beyond this is worked on alone, so that two of them do not need twice the memory."""
URGENT: Final = 0
ROUTINE: Final = 10


class Pool:
    """Up to ``workers`` processes that run jobs in the order of their urgency."""

    def __init__(self, workers: int | None = None, *, memory_bytes: int = MEMORY_BYTES) -> None:
        """Prepare; no process and no thread is started before the first job."""
        self._most = workers or min(2, os.cpu_count() or 1)
        self._memory = memory_bytes
        self._jobs: Queue = queue.PriorityQueue()
        self._keepers: list[Keeper] = []
        self._numbers = itertools.count()
        self._waiting = 0
        self._closed = False
        self._heavy = asyncio.Lock()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def run(
        self,
        function: Callable[..., T],
        *args: object,
        timeout: float = TIMEOUT_SECONDS,  # noqa: ASYNC109 - the limit of the job, from its start in the worker
        urgency: int = ROUTINE,
    ) -> T:
        """Return ``function(*args)`` as computed in a worker.

        Raises ``WorkerError`` when it hangs, crashes, needs too much memory or raises something unforeseen; a
        ``BroadsheetError`` of the function itself is raised as it is. Cancelling drops a job that has not begun.
        """
        if sum(len(arg) for arg in args if isinstance(arg, bytes | str)) > HEAVY_BYTES:
            async with self._heavy:
                return await self._run(function, args, timeout, urgency)
        return await self._run(function, args, timeout, urgency)

    async def _run(
        self, function: Callable[..., T], args: tuple[object, ...], seconds: float, urgency: int
    ) -> T:
        if self._closed:
            raise WorkerError("The workers have been stopped.")
        answer: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        job = Job(urgency, next(self._numbers), function, args, seconds, answer)
        self._waiting += 1
        self._jobs.put(job)
        self._ensure_keepers()
        try:
            return await answer
        finally:
            self._waiting -= 1
            job.wanted = False

    def _ensure_keepers(self) -> None:
        """Start a worker for the first job, and another when there is more than one job to do."""
        if len(self._keepers) < min(self._most, self._waiting):
            keeper = Keeper(self._jobs, self._memory)
            self._keepers.append(keeper)
            keeper.start()

    @property
    def processes(self) -> tuple[int, ...]:
        """Return the process ids of the workers alive now."""
        return tuple(pid for keeper in self._keepers if (pid := keeper.pid) is not None)

    async def aclose(self) -> None:
        """Kill the workers and fail what they were doing; returns when they are gone."""
        self._closed = True
        for keeper in self._keepers:
            keeper.stop()
        while not self._jobs.empty():
            self._jobs.get_nowait().fail("The workers have been stopped.")
        for _ in self._keepers:
            self._jobs.put(Job.end())
        for keeper in self._keepers:
            while keeper.is_alive():  # noqa: ASYNC110 - the end of a thread is no event of the loop
                await asyncio.sleep(0.002)
        self._keepers.clear()
