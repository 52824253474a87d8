"""Kept pages cleaned anew while nobody does anything or when somebody asks, and rules for sites."""

from __future__ import annotations

from contextlib import aclosing
from typing import TYPE_CHECKING, Final

from ..errors import BroadsheetError
from . import words
from .panes.status import Tone

if TYPE_CHECKING:
    from .dialogs.siterule import Selectors
    from .screens.main import MainScreen

IN_A_MINUTE: Final = 60
"""Pages cleaned in a minute in which nobody does anything: about three seconds of a worker."""


class Recleaning:
    """Runs one re-cleaning at a time; what it does is stored page by page."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._running = False
        self._place: object = None
        """Where the person was a minute ago."""

    async def each_minute(self) -> None:
        """Clean some pages anew when there are any, nothing is fetched, and nobody moved since the last minute."""
        screen = self._screen
        before, self._place = self._place, self._where()
        if screen.pages is None or before != self._place or screen.refreshing.is_running or self._running:
            return
        if screen.work.db.writable and await screen.pages.stale():
            await self._run(IN_A_MINUTE)

    def _where(self) -> object:
        screen = self._screen
        return (
            screen.work.listing.cursor,
            screen.work.desk.place,
            screen.article.scroll_offset,
            screen.focused,
        )

    async def all(self) -> None:
        """Clean all stale pages anew, because somebody asks for it."""
        if self._screen.pages is None:
            self._screen.say("This library is shown without cleaning pages.")
        elif self._running:
            self._screen.say(f"That is under way; {self._screen.key_label('stop')} stops it.")
        else:
            self._screen.say(await self._run(None), Tone.DONE)

    async def _run(self, limit: int | None) -> str:
        """Clean pages anew, and return what came of it."""
        screen, cleaned, left = self._screen, 0, 0
        assert screen.pages is not None
        self._running = True
        try:
            with screen.tasks.during("Cleaning kept pages anew") as task:
                async with aclosing(screen.pages.reclean(limit)) as events:
                    async for event in events:
                        cleaned, left = cleaned + (not event.error), left + bool(event.error)
                        label = f"{event.done}/{event.total} pages cleaned anew"
                        screen.tasks.tell(task, label, event.done, event.total)
                        shown = screen.article.article
                        if shown is not None and shown.row.id == event.entry_id:
                            await screen.work.show(event.entry_id)
                task.outcome = _told(cleaned, left)
        finally:
            self._running = False
            screen.work.look_soon()
        return task.outcome

    # ------------------------------------------------------------------------------------------- rules for sites

    async def site_rule(self) -> None:
        """Ask for the rule of the site whose article is shown; save it, and show the article by it."""
        from .dialogs.siterule import SiteRuleDialog

        screen, article = self._screen, self._screen.work.article
        port = screen.pages
        if port is None or article is None:
            screen.say("There is no page here to make a rule for.")
            return
        entry_id = article.row.id
        try:
            draft = await port.draft(entry_id)
        except BroadsheetError as error:
            screen.say(str(error), Tone.ERROR)
            return
        answer = await screen.ask(SiteRuleDialog(port, entry_id, draft))

        async def save(selectors: Selectors) -> None:
            with screen.tasks.during(f"Saving the rule for {draft.host}") as task:
                task.outcome = await port.save_rule(entry_id, selectors)
            screen.say(task.outcome, Tone.DONE, ":reclean all for its other pages")
            shown = screen.article.article
            if shown is not None and shown.row.id == entry_id:
                await screen.work.show(entry_id)
            await screen.work.look_for_new()

        screen.then(answer, save)


def _told(cleaned: int, left: int) -> str:
    if not cleaned and not left:
        return "Every kept page was cleaned by this cleaner already."
    stayed = f"; {words.number(left)} stay as they were" if left else ""
    return f"Cleaned {words.plural(cleaned, 'page')} anew{stayed}."
