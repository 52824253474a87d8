"""A refresh as the screen sees it: its progress, what it brought, its failures."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from typing import TYPE_CHECKING

from textual.worker import Worker

from ..errors import BroadsheetError
from ..model import FeedDone, FeedId, PageDone, RefreshDone, RefreshEvent, RefreshStarted
from . import words
from .panes.status import Tone

if TYPE_CHECKING:
    from .screens.main import MainScreen


class Refreshing:
    """Runs one refresh at a time; the list is told what is new, and never moved."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._worker: Worker[None] | None = None
        self._failed = 0

    @property
    def is_running(self) -> bool:
        """Whether a refresh is running."""
        return self._worker is not None and self._worker.is_running

    def start(self, ids: Collection[FeedId] | None, *, force: bool = True) -> bool:
        """Refresh these sources, or all; False when one runs already or nothing can be fetched."""
        refresher = self._screen.refresher
        if refresher is None:
            self._screen.say("This library is shown without fetching.")
            return False
        if self.is_running:
            self._screen.say(f"A refresh is running; {self._screen.key_label('stop')} stops it.")
            return False
        events = refresher.refresh(ids=ids, force=force)
        self._worker = self._screen.run_worker(self._follow(events), exit_on_error=True, group="refresh")
        return True

    def stop(self) -> bool:
        """Stop the refresh that runs; what was stored stays."""
        if self._worker is None or not self.is_running:
            return False
        self._worker.cancel()
        self._screen.status.show_progress("")
        self._screen.say("Stopped the refresh.")
        return True

    async def _follow(self, events: AsyncIterator[RefreshEvent]) -> None:
        self._failed = 0
        try:
            async for event in events:
                self._apply(event)
        except BroadsheetError as error:  # another process is at it, or the library cannot be written
            self._screen.say(str(error), Tone.ERROR)
        finally:
            self._screen.status.show_progress("")
            self._screen.work.recount_soon()
            self._screen.work.look_soon()

    def _apply(self, event: RefreshEvent) -> None:
        status, work = self._screen.status, self._screen.work
        match event:
            case RefreshStarted(total):
                status.show_progress(f"0/{total} sources", 0, total)
            case FeedDone():
                self._failed += bool(event.error)
                failed = f" · {self._failed} failed" if self._failed else ""
                status.show_progress(f"{event.done}/{event.total} sources{failed}", event.done, event.total)
                if event.new or event.changed or event.error:
                    work.recount_soon()
                if event.new or event.changed:
                    work.look_soon()
            case PageDone():
                status.show_progress(f"{event.done}/{event.total} pages", event.done, event.total)
                if (
                    self._screen.work.article is not None
                    and self._screen.work.article.row.id == event.entry_id
                ):
                    self._screen.run(work.show(event.entry_id))
                if work.listing.row(event.entry_id) is not None:
                    work.look_soon()
            case RefreshDone():
                self._screen.say(*summary(event))
                if event.new:
                    self._call(words.plural(event.new, "new article"))

    def _call(self, sentence: str) -> None:
        """Tell somebody who looks elsewhere, in the way the settings ask for; ``sentence`` is ours, not a feed's."""
        app = self._screen.app
        if app.app_focus:
            return
        match self._screen.work.config.notify:
            case "bell":
                app.bell()
            case "terminal":
                driver = app._driver  # noqa: SLF001 - Textual has no public way to send a sequence
                if driver is not None:
                    driver.write(f"\x1b]9;Broadsheet: {sentence}\x1b\\")


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
