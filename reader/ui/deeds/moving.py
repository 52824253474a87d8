"""Moving: rows and lines, panes, the next unread, the next source, and back."""

from __future__ import annotations

from ...actions import Context
from ..arrangement import USUAL
from ..keys import Command
from .family import Family

PANES = (Context.SOURCES, Context.ENTRIES, Context.ARTICLE)


class Moving(Family):
    """Deeds that change where one looks, and nothing else."""

    # ------------------------------------------------------------------------------------------- rows and lines

    def do_down(self, command: Command) -> None:
        """Go down by a row or a line."""
        self._step(command.count or 1)

    def do_up(self, command: Command) -> None:
        """Go up by a row or a line."""
        self._step(-(command.count or 1))

    def do_page_down(self, command: Command) -> None:
        """Go down by a page."""
        self._page(command.count or 1)

    def do_page_up(self, command: Command) -> None:
        """Go up by a page."""
        self._page(-(command.count or 1))

    def do_half_page_down(self, command: Command) -> None:
        """Go down by half a page."""
        self._page((command.count or 1) / 2)

    def do_half_page_up(self, command: Command) -> None:
        """Go up by half a page."""
        self._page(-(command.count or 1) / 2)

    def do_top(self, command: Command) -> None:
        """Go to the first row or line."""
        del command
        self._end(-1)

    def do_bottom(self, command: Command) -> None:
        """Go to the last row or line."""
        del command
        self._end(1)

    def _step(self, steps: int) -> None:
        match self.context:
            case Context.SOURCES:
                self.screen.sources.move(steps)
            case Context.ARTICLE:
                self.screen.article.scroll_lines(steps)
            case _:
                self.screen.highlight(self.listing.cursor + steps)

    def _page(self, pages: float) -> None:
        match self.context:
            case Context.SOURCES:
                self.screen.sources.move(round(pages * self.screen.sources.page))
            case Context.ARTICLE:
                self.screen.article.scroll_lines(round(pages * (self.screen.article.size.height - 1)))
            case _:
                self.screen.highlight(self.listing.cursor + round(pages * self.screen.entries.rows_a_page))

    def _end(self, direction: int) -> None:
        match self.context:
            case Context.SOURCES:
                self.screen.sources.move(direction * 1_000_000)
            case Context.ARTICLE if direction < 0:
                self.screen.article.scroll_to_top()
            case Context.ARTICLE:
                self.screen.article.scroll_to_bottom()
            case _:
                self.screen.highlight(0 if direction < 0 else len(self.listing) - 1)

    # ------------------------------------------------------------------------------------------- panes

    def do_pane_left(self, command: Command) -> None:
        """Go to the pane on the left."""
        del command
        self._pane(-1)

    def do_pane_right(self, command: Command) -> None:
        """Go to the pane on the right; from the sources, open the highlighted one."""
        del command
        self._pane(1)

    def do_next_pane(self, command: Command) -> None:
        """Go to the next pane, round the end."""
        del command
        self.screen.focus_pane(PANES[(PANES.index(self.context) + 1) % 3])

    def do_previous_pane(self, command: Command) -> None:
        """Go to the pane before, round the beginning."""
        del command
        self.screen.focus_pane(PANES[(PANES.index(self.context) - 1) % 3])

    def _pane(self, step: int) -> None:
        place = max(0, min(2, PANES.index(self.context) + step))
        self.screen.focus_pane(PANES[place])

    def do_divider_left(self, command: Command) -> None:
        """Move the divider beside the pane to the left, or up."""
        self.screen.arranging.move_divider(-(command.count or 1))

    def do_divider_right(self, command: Command) -> None:
        """Move the divider beside the pane to the right, or down."""
        self.screen.arranging.move_divider(command.count or 1)

    def do_usual_widths(self, command: Command) -> None:
        """Let the dividers stand where they usually do."""
        del command
        self.screen.arranging.divide(USUAL)
        self.screen.say("The panes are as wide as usual.")

    # ------------------------------------------------------------------------------------------- the next unread

    def do_next_unread(self, command: Command) -> None:
        """Highlight the next unread article, in the next source when this one has none."""
        del command
        self.screen.run(self.screen.reading.to_unread(1))

    def do_previous_unread(self, command: Command) -> None:
        """Highlight the unread article before."""
        del command
        self.screen.run(self.screen.reading.to_unread(-1))

    def do_next_source(self, command: Command) -> None:
        """Open the next source with something unread."""
        del command
        self._source(1)

    def do_previous_source(self, command: Command) -> None:
        """Open the source with something unread before this one."""
        del command
        self._source(-1)

    def _source(self, step: int) -> None:
        start = self.screen.sources.current if self.context is Context.SOURCES else None
        place = self.screen.sources.neighbour(step, start)
        if place is None:
            self.screen.say("Nothing unread further down." if step > 0 else "Nothing unread further up.")
        else:
            self.screen.run(self.work.open(place, unread=True))

    # ------------------------------------------------------------------------------------------- back

    def do_back(self, command: Command) -> None:
        """Leave what is innermost: hints, a selection, zen, the article, a search, the sources."""
        del command
        self.screen.back_out()

    # ------------------------------------------------------------------------------------------- selecting

    def do_select(self, command: Command) -> None:
        """Select the highlighted row, or not, and go down."""
        del command
        self.listing.toggle_selected()
        self.screen.paint_selection()
        self.screen.highlight(self.listing.cursor + 1)

    def do_select_range(self, command: Command) -> None:
        """Begin a range here, or end it."""
        del command
        self.listing.toggle_range()
        self.screen.paint_selection()

    def do_select_all(self, command: Command) -> None:
        """Select all rows, or none."""
        del command
        self.listing.select_all()
        self.screen.paint_selection()
