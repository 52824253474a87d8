"""One queue of changes, drained by one task, so that the library gets them in the order they were typed.

The screen shows a change at once and hands it in here; what really changed comes back and is shown again. An undo
typed while its step is still queued simply follows it: the order is the person's own. What the disk refuses for the
moment stays in the queue, is told to be unsaved, and is tried again until it is written or the window closes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final, TypeAlias

from ..errors import BroadsheetError, StoreHindered
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


@dataclass(frozen=True, slots=True)
class Unsaved:
    """A job that the library cannot take at the moment; it is tried again, and ``waiting`` with it wait behind it."""

    waiting: int
    sentence: str


Outcome: TypeAlias = Written | NotWritten | Unsaved

RETRY_SECONDS: Final = 3.0
"""Between two attempts at what could not be written."""


class Writer:
    """Takes jobs and drains them one by one; ``report`` hears of each on the event loop."""

    def __init__(
        self,
        db: Database,
        session: str,
        clock: Callable[[], datetime],
        report: Callable[[Outcome], None],
    ) -> None:
        self._db = db
        self._session = session
        self._clock = clock
        self._report = report
        self._jobs: asyncio.Queue[Job] = asyncio.Queue()
        self._current: Job | None = None
        self._hindrance = ""
        self._changed = asyncio.Event()
        self._turn = asyncio.Lock()

    def put(self, job: Job) -> None:
        """Queue a job behind those that wait."""
        self._jobs.put_nowait(job)

    @property
    def waiting(self) -> int:
        """How many jobs are not on the disk yet."""
        return self._jobs.qsize() + (self._current is not None)

    @property
    def hindrance(self) -> str:
        """Why what waits cannot be written at the moment, as a sentence; empty when it can."""
        return self._hindrance

    async def idle(self) -> None:
        """Wait until all that was queued is on the disk, or cannot be written at the moment."""
        while self.waiting and not self._hindrance:
            self._changed.clear()
            await self._changed.wait()

    async def drain(self) -> None:
        """Carry out the jobs in their order, for ever."""
        while True:
            if self._current is None:
                self._current = await self._jobs.get()
            if not await self._take_turn():
                await asyncio.sleep(RETRY_SECONDS)

    async def _take_turn(self) -> bool:
        """Carry out the job in hand, unless ``aclose`` has done so meanwhile; False when it has to be tried again."""
        async with self._turn:
            return self._current is None or await self._attempt(self._current)

    async def aclose(self) -> None:
        """Carry out what is still queued, whether or not ``drain`` runs any more; what cannot be written stays."""
        async with self._turn:
            while self._current is not None or not self._jobs.empty():
                if self._current is None:
                    self._current = self._jobs.get_nowait()
                if not await self._attempt(self._current):
                    return

    async def _attempt(self, job: Job) -> bool:
        """Carry out the job in hand and let go of it; False when it has to be tried again."""
        outcome: Outcome
        try:
            outcome = Written(job, await self._carry_out(job))
        except StoreHindered as error:
            outcome = Unsaved(self.waiting, str(error))
        except BroadsheetError as error:
            outcome = NotWritten(job, str(error))
        except (
            BaseException
        ):  # cancelled, and then written all the same; or a bug, which trying again does not mend
            self._current = None
            raise
        self._hindrance = outcome.sentence if isinstance(outcome, Unsaved) else ""
        if not isinstance(outcome, Unsaved):
            self._current = None
        self._changed.set()
        self._report(outcome)
        return not isinstance(outcome, Unsaved)

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
