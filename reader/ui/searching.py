"""The search bar at work: live results, errors under their column, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.timer import Timer

from ..actions import Context
from ..errors import BroadsheetError, QueryError
from ..model import EntryId, Sources
from ..query import Names, complete
from ..store import views
from . import words
from .desk import Search
from .emptiness import empty_list
from .listing import Listing
from .panes.status import Tone
from .places import Place, PlaceKind, Sort

if TYPE_CHECKING:
    from .screens.main import MainScreen

AROUND: Final = 20
"""Rows beyond the view whose snippets are read with it."""
PAUSE_SECONDS: Final = 0.04
"""A pause in typing after which the search runs; fast typing makes one search of several letters."""


class Searching:
    """What was open before, and what is searched now."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._before: tuple[Place, Sort, Listing, tuple[str, ...]] | None = None
        self._text = ""
        self._timer: Timer | None = None
        self._spelling: str | None = None

    @property
    def is_on(self) -> bool:
        """Whether a search is shown in place of what was open before."""
        return self._before is not None

    def lasting_place(self) -> tuple[Place, Sort]:
        """Return the place that is open under the search, or the open one, with its order."""
        if self._before is not None:
            return self._before[0], self._before[1]
        return self._screen.work.desk.place, self._screen.work.desk.sort

    def begin(self) -> None:
        """Open the bar."""
        screen = self._screen
        if self._before is None:
            self._before = screen.work.desk.leave()
        screen.focus_pane(Context.ENTRIES)
        screen.searchbar.begin(self._text if screen.work.desk.place.kind is PlaceKind.SEARCH else "")
        screen.set_focus(screen.searchbar.input)

    def typed(self, text: str) -> None:
        """Search for a text once the person pauses."""
        self._text = text
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._screen.set_timer(PAUSE_SECONDS, lambda: self._screen.run(self._search(text)))

    async def _search(self, text: str) -> None:
        note = self._screen.searchbar.note
        if not text.strip():
            return
        try:
            found = await self._screen.work.desk.find(text)
        except QueryError as error:
            note.show(str(error), column=error.column)
            return
        except BroadsheetError as error:
            note.show(str(error), column=0)
            return
        if found is None or text != self._text or not self.is_on:
            return
        await self._show(found)

    async def _show(self, found: Search) -> None:
        screen, work = self._screen, self._screen.work
        current = work.listing.current_id
        index = found.listing.index(current) if current is not None else None
        found.listing.go(index or 0)
        work.desk.show_found(found)
        screen.paint_list()
        screen.searchbar.note.show(described(found), right="Enter keeps · Esc leaves · Ctrl+S saves")
        self._spelling = None
        if not len(found.listing):
            self._spelling = await work.desk.spelling(found.text)
            screen.entries.show_empty(
                empty_list(work.desk.place, work.desk.sources, screen.key_label, self._spelling or "")
            )
        await work.preview()

    async def fill_snippets(self, first: int, last: int) -> None:
        """Read where the words stand, for the rows in view and some around them."""
        work, entries = self._screen.work, self._screen.entries
        if work.desk.place.kind is not PlaceKind.SEARCH or not work.desk.terms:
            return
        listing = work.listing
        window = [EntryId(listed) for listed in listing.ids[max(0, first - AROUND) : last + AROUND]]
        wanted = [entry_id for entry_id in window if entry_id not in entries.snippets]
        if wanted:
            found = await work.desk.snippets(wanted)
            if listing is work.listing:
                entries.snippets.update(found)
                entries.refresh()

    def complete(self) -> None:
        """Take the better spelling where nothing was found, else the first completion at the cursor."""
        bar = self._screen.searchbar
        if self._spelling is not None:
            bar.begin(self._spelling)
            self.typed(self._spelling)
            return
        line = bar.input
        offers = complete(line.value, line.cursor_position, names_of(self._screen.work.desk.sources))
        if offers:
            first = offers[0]
            line.value = line.value[: first.start] + first.text + line.value[first.end :]
            line.cursor_position = first.start + len(first.text)

    def keep(self) -> None:
        """Go to what was found; the bar closes, the results stay."""
        self._screen.searchbar.end()
        if not self._text.strip() and self._screen.work.desk.place.kind is not PlaceKind.SEARCH:
            self._before = None
        self._screen.focus_pane(Context.ENTRIES)

    def leave(self) -> None:
        """Go back to what was open before."""
        screen = self._screen
        screen.searchbar.end()
        if self._before is not None:
            searched = screen.work.desk.place.kind is PlaceKind.SEARCH
            screen.work.desk.come_back(self._before)
            self._before = None
            if searched:
                screen.paint_list()
                screen.run(screen.work.preview())
                screen.run(screen.work.look_for_new())
        screen.focus_pane(Context.ENTRIES)

    def forget(self) -> None:
        """Stay where one is now; another place was opened."""
        self._before = None
        self._screen.work.desk.aside = None
        self._screen.searchbar.end()

    async def save_view(self) -> None:
        """Ask for a name and save what is searched, or the place that is open, as a view."""
        place = self._screen.work.desk.place
        query = self._text if self._screen.searchbar.display else place.query
        if not query.strip():
            self._screen.say("Search for something first: a view is a search with a name.")
            return
        from .dialogs.prompt import Prompt

        answer = await self._screen.ask(Prompt(f"Save “{query}” as", placeholder="name of the view"))

        async def save(name: str) -> None:
            work = self._screen.work
            try:
                await work.db.write(views.save_view, name, query)
            except BroadsheetError as error:
                self._screen.say(str(error), Tone.ERROR)
                return
            await work.recount()
            if await work.desk.count_views():
                await work.recount()
            self._screen.say(f"Saved the view {name}.", Tone.DONE)

        self._screen.then(answer, save)


def names_of(sources: Sources) -> Names:
    """Return the names of a library for completion, the most used first."""
    return Names(
        feeds=tuple(feed.title for feed in sorted(sources.feeds, key=lambda feed: -feed.total)),
        folders=tuple(folder.path for folder in sources.folders),
        tags=tuple(tag.name for tag in sorted(sources.tags, key=lambda tag: -tag.total)),
        views=tuple(view.name for view in sources.views),
    )


def described(found: Search) -> str:
    """Return what a search found as a sentence, with what was made of it."""
    count = f"more than {words.number(found.total)}" if found.capped else words.number(found.total)
    text = f"{count} found in {max(1, round(found.milliseconds))} ms"
    return " · ".join([text, *found.notes])
