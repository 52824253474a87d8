"""A refresh as the screen sees it: its progress, what it brought, its failures."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from textual.worker import Worker, WorkerCancelled

from ..errors import AlreadyRefreshing, BroadsheetError
from ..model import FeedDone, FeedId, PageDone, RefreshDone, RefreshEvent, RefreshStarted
from . import words
from .panes.status import Tone
from .tasks import Task
from .terminal import notification

if TYPE_CHECKING:
    from .screens.main import MainScreen


PAUSE_SECONDS: Final = 0.6
"""Between two looks at what a refresh has brought: a thousand sources answer in seconds, and each look takes 10 ms."""


class Refreshing:
    """Runs one refresh at a time; the list is told what is new, and never moved."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._worker: Worker[None] | None = None
        self._last_round = screen.work.clock()

    @property
    def is_running(self) -> bool:
        """Whether a refresh is running."""
        return self._worker is not None and self._worker.is_running

    def start(self, ids: Collection[FeedId] | None, *, force: bool = True, asked_for: bool = True) -> bool:
        """Refresh these sources, or all; False when one runs already or nothing can be fetched.

        Nobody is told of the refresh that nobody ``asked_for`` unless it brought something or failed.
        """
        refresher = self._screen.refresher
        if refresher is None:
            if asked_for:
                self._screen.say("This library is shown without fetching.")
            return False
        if self.is_running:
            if asked_for:
                self._screen.say(f"A refresh is running; {self._screen.key_label('stop')} stops it.")
            return False
        title = "Refreshing all sources" if ids is None else f"Refreshing {words.plural(len(ids), 'source')}"
        task = self._screen.tasks.begin(title, stop=self.stop, asking=lambda: refresher.asking)
        events = refresher.refresh(ids=ids, force=force)
        following = self._follow(events, task, asked_for=asked_for)
        self._worker = self._screen.run_worker(following, exit_on_error=True, group="refresh")
        return True

    def go_round(self) -> None:
        """Refresh what is due when the settings ask for it and the last time was long enough ago.

        Once however long the machine slept; and at once when its clock was put back, not when it has caught up.
        """
        work = self._screen.work
        every, now = timedelta(minutes=work.config.refresh_every_minutes), work.clock()
        if every and not timedelta(0) <= now - self._last_round < every:
            self._last_round = now
            self.start(None, force=False, asked_for=False)

    async def pause(self) -> Callable[[], object]:
        """Stop the refresh that runs, and return what takes it up again: what was not asked yet is asked then."""
        worker, was_running = self._worker, self.is_running
        if worker is None or not was_running:
            return lambda: None
        worker.cancel()
        with suppress(WorkerCancelled):
            await worker.wait()
        return lambda: self.start(None, force=False)

    def stop(self) -> bool:
        """Stop the refresh that runs; what was stored stays."""
        if self._worker is None or not self.is_running:
            return False
        self._worker.cancel()
        self._screen.say("Stopped the refresh.")
        return True

    async def _follow(self, events: AsyncIterator[RefreshEvent], task: Task, *, asked_for: bool) -> None:
        tasks = self._screen.tasks
        try:
            async for event in events:
                self._apply(event, task)
                if isinstance(event, RefreshDone):
                    sentence, tone = summary(event)
                    tasks.end(task, sentence, failed=tone is Tone.ERROR)
                    if asked_for or event.new or tone is Tone.ERROR:
                        self._screen.say(sentence, tone)
                    if event.new:
                        self._call(words.plural(event.new, "new article"))
        except AlreadyRefreshing as error:  # what the other process brings is shown as soon as it is stored
            tasks.end(task, str(error))
            if asked_for:
                self._screen.say(str(error))
        except BroadsheetError as error:
            tasks.end(task, str(error), failed=True)
            self._screen.say(str(error), Tone.ERROR)
        finally:
            tasks.end(task, "stopped")
            self._screen.work.recount_soon()
            self._screen.work.look_soon()

    def _apply(self, event: RefreshEvent, task: Task) -> None:
        tasks, work = self._screen.tasks, self._screen.work
        match event:
            case RefreshStarted(total):
                tasks.tell(task, f"0/{total} sources", 0, total)
            case FeedDone(title=title, error=error, done=done, total=total):
                problem = f"{title}: {error}" if error else ""
                failed = len(task.problems) + bool(error)
                failures = f" · {failed} failed" if failed else ""
                tasks.tell(task, f"{done}/{total} sources{failures}", done, total, problem)
                if event.new or event.changed or error:
                    work.recount_soon(PAUSE_SECONDS)
                if event.new or event.changed:
                    work.look_soon(PAUSE_SECONDS)
            case PageDone(title=title, error=error, done=done, total=total):
                tasks.tell(task, f"{done}/{total} pages", done, total, f"{title}: {error}" if error else "")
                if work.article is not None and work.article.row.id == event.entry_id:
                    self._screen.run(work.show(event.entry_id))
                if work.listing.row(event.entry_id) is not None:
                    work.look_soon(PAUSE_SECONDS)

    def _call(self, sentence: str) -> None:
        """Tell somebody who looks elsewhere, in the way the settings ask for; ``sentence`` is ours, not a feed's."""
        app = self._screen.app
        if app.app_focus:
            return
        match self._screen.work.config.notify:
            case "bell":
                app.bell()
            case "terminal" | "terminal-777" as how:
                driver = app._driver  # noqa: SLF001 - Textual has no public way to send a sequence
                if driver is not None:
                    driver.write(notification(sentence, how, os.environ))


def summary(done: RefreshDone) -> tuple[str, Tone]:
    """Return what a refresh did as a sentence, and how it is meant."""
    if done.offline:
        return "No source answered: this machine seems to be offline.", Tone.ERROR
    if done.feeds == 0:
        return "No source is due.", Tone.PLAIN
    parts = [words.plural(done.new, "new article") if done.new else "Nothing new"]
    if done.changed:
        parts.append(f"{words.number(done.changed)} changed")
    parts.append(f"{words.plural(done.feeds, 'source')} asked")
    if done.failed:
        title, sentence = done.errors[0] if done.errors else ("", "")
        told = f": {title}: {sentence}" if sentence else ""
        parts.append(f"{words.number(done.failed)} failed{told}")
    return " · ".join(parts), Tone.ERROR if done.failed else Tone.DONE
