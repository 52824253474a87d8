"""Finding: search, saved views, jumping to a source, view or tag, sorting, and what is new."""

from __future__ import annotations

from collections.abc import Sequence

from ...actions import Context
from .. import places, words
from ..dialog import Choice, Picker
from ..keys import Command
from ..places import Place, PlaceKind, Sort
from ..rows import shown
from .family import Family


class Finding(Family):
    """Deeds that change which articles are listed."""

    async def do_search(self, command: Command) -> None:
        """Begin to search, with the last search's words when one is open; in an open article, find in it."""
        del command
        if self.screen.context is Context.ARTICLE and self.screen.article.typeset is not None:
            from ..dialogs.find import FindDialog

            await self.screen.ask(FindDialog(self.screen.article))
        else:
            self.screen.searching.begin()

    async def do_save_view(self, command: Command) -> None:
        """Ask for a name and save the search as a view."""
        del command
        await self.screen.searching.save_view()

    async def do_go_source(self, command: Command) -> None:
        """Ask for a source and go there."""
        del command
        await self._jump("Go to a source", PlaceKind.FEED, PlaceKind.FOLDER)

    async def do_go_view(self, command: Command) -> None:
        """Ask for a view and go there."""
        del command
        await self._jump("Go to a view", PlaceKind.LIST, PlaceKind.VIEW)

    async def do_go_tag(self, command: Command) -> None:
        """Ask for a tag and go there."""
        del command
        await self._jump("Go to a tag", PlaceKind.TAG)

    def do_go_inbox(self, command: Command) -> None:
        """Go to the inbox."""
        del command
        self.screen.run(self.work.open(places.INBOX))

    def do_go_later(self, command: Command) -> None:
        """Go to the later list."""
        del command
        self.screen.run(self.work.open(places.LATER))

    async def _jump(self, title: str, *kinds: PlaceKind) -> None:
        choices = place_choices(self.screen.all_places(), self.screen.count_of, kinds)
        answer = await self.screen.ask(Picker(title, choices, empty="None of that name."))
        self.screen.then(answer, self.screen.go_to)

    async def do_sort(self, command: Command) -> None:
        """Ask for an order."""
        del command
        choices = [Choice(_SORT_NAMES[sort], sort) for sort in Sort]
        answer = await self.screen.ask(Picker("Sort", choices))

        async def apply(sort: Sort) -> None:
            await self.work.open(self.work.desk.place, sort, at=self.listing.current_id)
            self.screen.say(f"Sorted: {_SORT_NAMES[sort].lower()}.")

        self.screen.then(answer, apply)

    def do_merge_new(self, command: Command) -> None:
        """Show the new articles that wait."""
        del command
        count = self.work.merge()
        self.screen.say(f"{words.plural(count, 'new article')} shown." if count else "Nothing new waits.")

    def do_settle(self, command: Command) -> None:
        """Let go of handled rows, show new ones, draw everything anew."""
        del command
        self.screen.run(self.work.settle())
        self.screen.refresh(layout=True)


_SORT_NAMES = {
    Sort.USUAL: "As usual",
    Sort.NEWEST: "Newest first",
    Sort.OLDEST: "Oldest first",
    Sort.UNREAD: "Unread first",
    Sort.FEED: "By source",
    Sort.LONGEST: "Longest first",
    Sort.SHORTEST: "Shortest first",
    Sort.TITLE: "By title",
}


def place_choices(
    all_places: Sequence[Place], counts: dict[tuple[PlaceKind, str], int], kinds: Sequence[PlaceKind]
) -> list[Choice[Place]]:
    """Return places of some kinds as choices, each with what is unread in it."""
    return [
        Choice(
            shown(place.key if place.kind is PlaceKind.FOLDER else place.title), place, _note(place, counts)
        )
        for place in all_places
        if place.kind in kinds
    ]


def _note(place: Place, counts: dict[tuple[PlaceKind, str], int]) -> str:
    count = counts.get(place.identity, 0)
    return words.number(count) if count else ""
