"""One queue of changes, drained by one task, so that the library gets them in the order they were typed.

The screen shows a change at once and hands it in here; what really changed comes back and is shown again. An undo
typed while its step is still queued simply follows it: the order is the person's own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TypeAlias

from ..errors import BroadsheetError
from ..model import StepId
from ..records import dataclass
from ..store import changes
from ..store.database import Database
from ..triage import Actor, Change, Step, Undone, Wish


@dataclass(frozen=True, slots=True)
class Do:
    """A step to take; ``foreseen`` is what the screen shows already."""

    wishes: tuple[Wish, ...]
    label: str
    foreseen: tuple[Change, ...] = ()
    quiet: bool = False
    """Not worth a word in the status line."""


@dataclass(frozen=True, slots=True)
class Undo:
    """The window's last step, or the one named, to take back."""

    step_id: StepId | None = None


@dataclass(frozen=True, slots=True)
class Redo:
    """The step last taken back, to take again."""


Job: TypeAlias = Do | Undo | Redo


@dataclass(frozen=True, slots=True)
class Written:
    """A job that is on the disk. ``result`` is None when nothing changed or there was nothing to undo."""

    job: Job
    result: Step | Undone | None


@dataclass(frozen=True, slots=True)
class NotWritten:
    """A job the library refused; the screen goes back to what was, and says so."""

    job: Job
    sentence: str


class Writer:
    """Takes jobs and drains them one by one; ``report`` hears of each on the event loop."""

    def __init__(
        self,
        db: Database,
        session: str,
        clock: Callable[[], datetime],
        report: Callable[[Written | NotWritten], None],
    ) -> None:
        self._db = db
        self._session = session
        self._clock = clock
        self._report = report
        self._jobs: asyncio.Queue[Job] = asyncio.Queue()

    def put(self, job: Job) -> None:
        """Queue a job behind those that wait."""
        self._jobs.put_nowait(job)

    async def idle(self) -> None:
        """Wait until all that was queued is on the disk."""
        await self._jobs.join()

    async def drain(self) -> None:
        """Carry out the jobs in their order, for ever."""
        while True:
            await self._next()

    async def aclose(self) -> None:
        """Carry out what is still queued, whether or not ``drain`` runs any more."""
        while not self._jobs.empty():
            await self._next()

    async def _next(self) -> None:
        job = await self._jobs.get()
        try:
            self._report(Written(job, await self._carry_out(job)))
        except BroadsheetError as error:
            self._report(NotWritten(job, str(error)))
        finally:
            self._jobs.task_done()

    async def _carry_out(self, job: Job) -> Step | Undone | None:
        now = self._clock()
        match job:
            case Do(wishes, label):
                apply = partial(
                    changes.apply, label=label, actor=Actor.WINDOW, session=self._session, now=now
                )
                return await self._db.write(apply, wishes)
            case Undo(step_id):
                return await self._db.write(changes.undo, self._session, now, step_id)
            case Redo():
                return await self._db.write(changes.redo, self._session, now)
