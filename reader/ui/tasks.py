"""What the program is busy with: everything that may take longer than half a second, and what came of it.

Whoever begins something long says so here and tells how far it is. The status line shows the newest that is under way,
the panel (``dialogs.tasks``) lists all of them, and each can be stopped where whoever began it says how.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from textual.worker import NoActiveWorker, get_current_worker

REMEMBERED: Final = 30
"""Tasks that are over and still listed."""
PROBLEMS: Final = 200
"""What went wrong in one task is kept up to here."""


@dataclass(eq=False, slots=True)
class Task:
    """Something that goes on, or went on."""

    title: str
    started: datetime
    stop: Callable[[], object] | None = None
    """Ends it before its time; ``None`` where that is not possible."""
    asking: Callable[[], tuple[str, ...]] = tuple
    """Returns what is waited for at this moment: hosts."""
    label: str = ""
    """How far it is, in words: "12/40 sources"."""
    done: int = 0
    total: int = 0
    """0 while nobody knows."""
    problems: deque[str] = field(default_factory=lambda: deque(maxlen=PROBLEMS))
    ended: datetime | None = None
    outcome: str = ""
    failed: bool = False

    @property
    def share(self) -> float:
        """How much of it is done, from 0 to 1."""
        return self.done / self.total if self.total else 0.0


class Tasks:
    """All that is under way, and the last of what is over."""

    def __init__(self, clock: Callable[[], datetime], show: Callable[[str, int, int], None]) -> None:
        """``show`` is called with how far the newest is: words, how much of how much; no words when nothing goes on."""
        self._clock = clock
        self._show = show
        self._running: list[Task] = []
        self._over: deque[Task] = deque(maxlen=REMEMBERED)

    @property
    def running(self) -> tuple[Task, ...]:
        """What is under way, the newest first."""
        return tuple(reversed(self._running))

    @property
    def over(self) -> tuple[Task, ...]:
        """What is over, the last first."""
        return tuple(reversed(self._over))

    def begin(
        self,
        title: str,
        *,
        stop: Callable[[], object] | None = None,
        asking: Callable[[], tuple[str, ...]] = tuple,
    ) -> Task:
        """Take up something that goes on from now; whoever calls this calls ``end`` whatever happens."""
        task = Task(title, self._clock(), stop, asking)
        self._running.append(task)
        self._changed()
        return task

    def _changed(self) -> None:
        newest = next(iter(self.running), None)
        if newest is None:
            self._show("", 0, 0)
        else:
            self._show(newest.label or f"{newest.title}…", newest.done, newest.total)

    def tell(self, task: Task, label: str, done: int = 0, total: int = 0, problem: str = "") -> None:
        """Say how far a task is, and what went wrong in it."""
        task.label, task.done, task.total = label, done, total
        if problem:
            task.problems.append(problem)
        self._changed()

    def end(self, task: Task, outcome: str, *, failed: bool = False) -> None:
        """Say what came of a task; a second end changes nothing."""
        if task.ended is None:
            task.ended, task.outcome, task.failed = self._clock(), outcome, failed
            self._running.remove(task)
            self._over.append(task)
            self._changed()

    @contextmanager
    def during(self, title: str) -> Iterator[Task]:
        """Take up something that goes on while the block runs; in a worker it can be stopped.

        The block may set ``outcome``; what it raises is the outcome otherwise.
        """
        task = self.begin(title, stop=_stop_this_worker())
        try:
            yield task
        except asyncio.CancelledError:
            self.end(task, "stopped")
            raise
        except Exception as error:
            self.end(task, str(error), failed=True)
            raise
        self.end(task, task.outcome or "done")

    def stop(self, task: Task) -> bool:
        """End a task before its time; tells whether it can be."""
        if task.ended is not None or task.stop is None:
            return False
        task.stop()
        return True

    def stop_newest(self) -> Task | None:
        """End the newest task that can be ended, and return it."""
        return next((task for task in self.running if self.stop(task)), None)


def _stop_this_worker() -> Callable[[], object] | None:
    try:
        return get_current_worker().cancel
    except NoActiveWorker:
        return None
