"""The sources: lists, views, folders and feeds, tags, each with what is unread in it."""

from __future__ import annotations

from rich.cells import cell_len

from ...model import Sources
from .. import words
from ..linelist import LineList
from ..outline import FeedLines, SourceLine, is_source, is_stop, outline
from ..places import INBOX, Place, PlaceKind
from ..rows import Piece, fit, shown


class SourcesPane(LineList):
    """The outline of the library; the highlighted line and the place that is open are two things."""

    def __init__(self) -> None:
        super().__init__(id="sources")
        self.folded: frozenset[str] = frozenset()
        self.only_unread = False
        self.cursor = 0
        self.open_place: Place = INBOX
        self._sources = Sources()
        self._feed_lines = FeedLines()
        self._lines: tuple[SourceLine, ...] = ()

    # ------------------------------------------------------------------------------------------- what is shown

    def show(self, sources: Sources) -> None:
        """Show a library's sources; the highlight stays on the same one, and only lines that changed are drawn."""
        place, before, cursor = self.current, self._lines, self.cursor
        self._sources = sources
        self._lines = outline(sources, self.folded, only_unread=self.only_unread, lines_of=self._feed_lines)
        if len(before) != len(self._lines):
            self.resize_lines(len(self._lines))
        else:
            top = round(self.scroll_y)
            for line in range(top, min(top + self.size.height, len(before))):
                if before[line] != self._lines[line]:
                    self.refresh_lines(line)
        if place is not None and not self._is_at(place, cursor) and not self.go_to(place, reveal=False):
            self._settle(self.cursor, 1)

    def _is_at(self, place: Place, line: int) -> bool:
        there = self.place_at(line)
        return there is not None and there.identity == place.identity

    def show_open(self, place: Place) -> None:
        """Mark a place as the one whose entries are listed, and highlight it."""
        before, self.open_place = self.open_place, place
        self.go_to(place)
        for identity in {before.identity, place.identity}:
            line = self._line_of(identity)
            if line is not None:
                self.refresh_lines(line)

    def toggle_fold(self) -> bool:
        """Fold or unfold the highlighted folder, or the folder of the highlighted source; tells if there was one."""
        place = self.current
        path = place.key if place is not None and place.kind is PlaceKind.FOLDER else self._folder_of(place)
        if not path:
            return False
        self.folded ^= {path}
        self.show(self._sources)
        for number, line in enumerate(self._lines):
            if line.place is not None and line.place.identity == (PlaceKind.FOLDER, path):
                self._settle(number, 1)
        return True

    def toggle_only_unread(self) -> None:
        """Show all sources, or only those with something unread."""
        self.only_unread = not self.only_unread
        self.show(self._sources)

    def _folder_of(self, place: Place | None) -> str:
        if place is None or place.feed_id is None:
            return ""
        return next((feed.folder for feed in self._sources.feeds if feed.id == place.feed_id), "")

    # ------------------------------------------------------------------------------------------- the highlight

    @property
    def current(self) -> Place | None:
        """The highlighted place."""
        return self._lines[self.cursor].place if 0 <= self.cursor < len(self._lines) else None

    def move(self, steps: int) -> None:
        """Highlight the place so many lines further down, or up; headings are stepped over."""
        self._settle(self.cursor + steps, 1 if steps > 0 else -1)

    def go_to(self, place: Place, *, reveal: bool = True) -> bool:
        """Highlight a place; tells whether it is there."""
        number = self._line_of(place.identity)
        if number is None:
            return False
        self._highlight(number, reveal=reveal)
        return True

    def _line_of(self, identity: tuple[PlaceKind, str]) -> int | None:
        """Return the line of a place, or None."""
        return next(
            (
                number
                for number, line in enumerate(self._lines)
                if line.place is not None and line.place.identity == identity
            ),
            None,
        )

    def _highlight(self, number: int, *, reveal: bool = True) -> None:
        self.refresh_lines(self.cursor)
        self.cursor = number
        self.refresh_lines(number)
        if reveal:
            self.reveal(number)

    def _settle(self, line: int, step: int) -> None:
        """Highlight the first place from a line on in one direction, else in the other."""
        line = max(0, min(line, len(self._lines) - 1))
        for numbers in (
            (range(line, len(self._lines), 1), range(line, -1, -1))
            if step > 0
            else (
                range(line, -1, -1),
                range(line, len(self._lines)),
            )
        ):
            for number in numbers:
                if self._lines[number].place is not None:
                    self._highlight(number)
                    return

    def place_at(self, line: int) -> Place | None:
        """Return the place on a line."""
        return self._lines[line].place if 0 <= line < len(self._lines) else None

    def neighbour(self, step: int, start: Place | None = None, *, sources: bool = False) -> Place | None:
        """Return the next place with something unread after (-1: before) another, or None.

        Views, sources, folded folders and tags are such places; ``sources`` leaves out views and tags.
        """
        origin = self._line_of((start or self.open_place).identity)
        if step > 0:
            numbers = range(0 if origin is None else origin + 1, len(self._lines))
        else:
            numbers = range(len(self._lines) - 1 if origin is None else origin - 1, -1, -1)
        stops = is_source if sources else is_stop
        lines = (self._lines[number] for number in numbers)
        return next((line.place for line in lines if stops(line) and line.count), None)

    # ------------------------------------------------------------------------------------------- drawing

    def show_focus(self) -> None:
        """Draw the highlighted line again: it shows where the keys go."""
        self.refresh_lines(self.cursor)

    def ground(self, line: int) -> str:
        """Return the background of a line."""
        if line != self.cursor:
            return ""
        return "row" if self.has_focus else "row-blurred"

    def pieces(self, line: int) -> list[Piece]:
        """Return what stands on a line."""
        shown_line = self._lines[line] if line < len(self._lines) else SourceLine("")
        width = self.text_width
        if shown_line.place is None:
            return [Piece(fit(f" {shown_line.label}", width), "heading")]
        return self._place_pieces(shown_line, line == self.cursor, width)

    def _place_pieces(self, line: SourceLine, highlighted: bool, width: int) -> list[Piece]:
        place = line.place
        is_open = place is not None and place.identity == self.open_place.identity
        cursor = Piece("▸" if highlighted else " ", "cursor")
        fold = "" if line.folded is None else "▸ " if line.folded else "▾ "
        indent = "  " * line.depth + fold
        count = words.short_number(line.count) if line.count else ""
        room = width - 2 - cell_len(indent) - cell_len(count) - len(line.mark) - 2
        role = "place" if is_open else "unread" if line.count and line.folded is None else "title"
        return [
            cursor,
            Piece(indent, "meta"),
            Piece(fit(shown(line.label), room), role),
            Piece(f" {line.mark}" if line.mark else " ", "error"),
            Piece(f"{count} " if count else " " * 1, "meta"),
        ]
