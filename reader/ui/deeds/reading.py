"""Reading: opening, reading on, the article alone, and why it is here."""

from __future__ import annotations

from ...actions import Context
from ..keys import Command
from ..viewing import Viewing
from .family import Family


class Reading(Family):
    """Deeds on the article that is highlighted or open."""

    async def do_open(self, command: Command) -> None:
        """Open what is highlighted: a place, or an article; in a view that has an action of its own, do that."""
        del command
        if self.context is Context.SOURCES:
            self.screen.run(self.screen.reading.open_highlighted_place())
        elif self.context is Context.ENTRIES and (action := Viewing(self.screen).on_enter()) is not None:
            await self.screen.do(Command(action))
        else:
            self.screen.reading.open_article()

    def do_read_on(self, command: Command) -> None:
        """Go a page down; at the end go on to the next unread article."""
        del command
        self.screen.run(self.screen.reading.read_on())

    def do_read_back(self, command: Command) -> None:
        """Go a page up; at the top go back to the article before."""
        del command
        self.screen.run(self.screen.reading.read_back())

    def do_zen(self, command: Command) -> None:
        """Show the article alone, or the panes again."""
        del command
        self.screen.toggle_zen()

    def do_unfold(self, command: Command) -> None:
        """Show headline and lede of the highlighted row in full, or not."""
        del command
        self.screen.entries.unfolded = not self.screen.entries.unfolded
        self.screen.entries.relayout()

    def do_why(self, command: Command) -> None:
        """Say where the article came from and what touched it."""
        del command
        self.screen.run(self.screen.reading.explain())
