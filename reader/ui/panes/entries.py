"""The list of entries, drawn by the Line API from a ``Listing``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from ...model import EntryId
from .. import rows
from ..groups import Heading, Layout, RowLine, date_headings
from ..linelist import LineList
from ..listing import Listing
from ..notice import centred
from ..rows import Look, Piece, RowState, Snippet

GROUPED_FROM = 8
"""Shorter lists need no headings."""


class EntriesPane(LineList):
    """Rows of a listing under headings; the screen moves the highlight and says what to repaint."""

    class Window(Message):
        """Rows came into view; ``first`` to ``last`` are their places."""

        def __init__(self, first: int, last: int) -> None:
            super().__init__()
            self.first = first
            self.last = last

    def __init__(
        self,
        *,
        row_lines: int,
        date_groups: bool,
        clock: Callable[[], datetime],
        first_id: Callable[[datetime], int],
    ) -> None:
        super().__init__(id="entries")
        self.listing = Listing()
        self.show_source = True
        self.unfolded = False
        self.snippets: dict[EntryId, Snippet] = {}
        self._row_lines = row_lines
        self._date_groups = date_groups
        self._clock = clock
        self._first_id = first_id
        self._layout = Layout(0)
        self._look = Look(clock(), 80)
        self._extra: tuple[str, ...] = ()
        self._empty: tuple[str, ...] = ()
        self._searched = False
        self._drawn_cursor = 0

    # ------------------------------------------------------------------------------------------- what is shown

    def show(self, listing: Listing, *, show_source: bool = True, searched: bool = False) -> None:
        """Show another listing, its highlighted row in view."""
        self.listing = listing
        self.show_source = show_source
        self.snippets = {}
        self._searched = searched
        self.relayout(anchored=False)

    def relayout(self, *, anchored: bool = True) -> None:
        """Work out the lines anew; the highlighted row stays on its line of the screen if it can."""
        offset = self._layout.line_of(self._drawn_cursor) - round(self.scroll_y) if anchored else 0
        width = self.text_width
        height = rows.auto_height(width, self._row_lines)
        if self._searched:
            height = max(2, height)
        self._look = Look(self._clock(), width, height, self.show_source)
        self._extra = self._unfolded_lines()
        self._layout = self._laid_out()
        self.resize_lines(self._layout.lines)
        self._drawn_cursor = self.listing.cursor
        if anchored:
            self.scroll_to(y=self._layout.line_of(self._drawn_cursor) - offset, animate=False, force=True)
        self._reveal()
        self._tell_window()

    def _laid_out(self) -> Layout:
        grouped = self._date_groups and len(self.listing) >= GROUPED_FROM and not self._searched
        headings = date_headings(self.listing, self._look.now, self._first_id) if grouped else ()
        unfolded = self.listing.cursor if self._extra else None
        return Layout(len(self.listing), headings, self._look.height, unfolded, len(self._extra))

    def grown(self) -> None:
        """Take in rows that came below the others: nothing moves, and only lines that changed are drawn."""
        before, self._layout = self._layout, self._laid_out()
        self.take_size(Size(self.text_width, self._layout.lines))
        top = round(self.scroll_y)
        for line in range(top, top + self.scrollable_content_region.height):
            if before.at(line) != self._layout.at(line):
                self.refresh_lines(line)

    def _unfolded_lines(self) -> tuple[str, ...]:
        row = self.listing.current
        if not self.unfolded or row is None:
            return ()
        return rows.unfold(row, self._look)

    def tick(self) -> None:
        """Let the ages grow; a new day gets its heading."""
        if self._clock().date() != self._look.now.date():
            self.relayout()
        else:
            self._look = Look(self._clock(), self._look.width, self._look.height, self.show_source)
            self.refresh()

    def moved(self) -> None:
        """Show the highlight where it is now."""
        if self.unfolded or self.listing.anchor is not None:
            self.relayout()
            return
        before, self._drawn_cursor = self._drawn_cursor, self.listing.cursor
        self._repaint_row(before)
        self._repaint_row(self._drawn_cursor)
        self._reveal()

    def show_focus(self) -> None:
        """Draw the highlighted row again: it shows where the keys go."""
        self._repaint_row(self._drawn_cursor)

    def repaint(self, entry_ids: Iterable[EntryId]) -> None:
        """Draw the rows of these entries again, as far as they are in view."""
        top = round(self.scroll_y)
        first = self._place_near(top)
        last = self._place_near(top + self.scrollable_content_region.height)
        visible = self.listing.ids[first : last + 1]
        chosen = set(entry_ids)
        for place, entry_id in enumerate(visible, first):
            if entry_id in chosen:
                self._repaint_row(place)

    def _repaint_row(self, index: int) -> None:
        self.refresh_lines(self._layout.line_of(index), self._layout.height_of(index))

    def _reveal(self) -> None:
        cursor = self.listing.cursor
        line, height = self._layout.line_of(cursor), self._layout.height_of(cursor)
        if cursor == 0:
            self.scroll_to(y=0, animate=False, force=True)
        else:
            self.reveal(line, height, margin=2)

    # ------------------------------------------------------------------------------------------- where things are

    @property
    def rows_a_page(self) -> int:
        """Rows of a page, one of which is seen again."""
        return max(1, self.page // self._look.height)

    def index_at(self, line: int) -> int | None:
        """Return the place of the row on a line; None for a heading or below the end."""
        what = self._layout.at(line)
        return what.index if isinstance(what, RowLine) else None

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Tell which rows came into view."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self._tell_window()

    def _tell_window(self) -> None:
        top = round(self.scroll_y)
        first = self._place_near(top)
        last = self._place_near(top + self.scrollable_content_region.height) + 1
        self.post_message(self.Window(first, last))

    def _place_near(self, line: int) -> int:
        what = self._layout.at(min(line, self._layout.lines - 1))
        if isinstance(what, Heading):
            return what.first
        return what.index if what is not None else 0

    # ------------------------------------------------------------------------------------------- drawing

    def show_empty(self, lines: tuple[str, ...]) -> None:
        """Say why there is nothing and what to do, one sentence a line; the first one is the heading."""
        self._empty = lines
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw a line of the visible part, or of what is said when there is nothing."""
        if len(self.listing) or not self._empty:
            return super().render_line(y)
        width, height = self.scrollable_content_region.size
        return self.strip_of(centred(self._empty, y, width, height), width)

    def ground(self, line: int) -> str:
        """Return the background of a line."""
        what = self._layout.at(line)
        if not isinstance(what, RowLine):
            return ""
        if what.index == self.listing.cursor:
            return "row" if self.has_focus else "row-blurred"
        entry_id = self.listing.id_at(what.index)
        chosen = entry_id is not None and self.listing.is_selected(entry_id, what.index)
        return "marked" if chosen else ""

    def pieces(self, line: int) -> list[Piece]:
        """Return what stands on a line."""
        what = self._layout.at(line)
        if isinstance(what, Heading):
            return rows.heading(what.label, what.count, self._look)
        entry_id = None if what is None else self.listing.id_at(what.index)
        if what is None or entry_id is None:
            return []
        state = self._state(entry_id, what.index)
        row = self.listing.row(entry_id)
        if row is None:
            return rows.blank(state, self._look) if what.part == 0 else []
        return rows.line(row, what.part, state, self._look)

    def _state(self, entry_id: EntryId, index: int) -> RowState:
        highlighted = index == self.listing.cursor
        return RowState(
            highlighted,
            self.listing.is_selected(entry_id, index),
            entry_id in self.listing.handled,
            self.snippets.get(entry_id),
            self._extra if highlighted else (),
        )
