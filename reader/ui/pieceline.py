"""A line of the screen made of pieces: pane headings, the status line, the footer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from .inks import Inks
from .rows import Piece, fit


class PieceLine(Widget):
    """One line; the subclass says what stands on it."""

    DEFAULT_CSS = """
    PieceLine { height: 1; width: 1fr; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "piece--title", "piece--title-focused", "piece--rule", "piece--rule-focused", "piece--muted", "piece--key",
        "piece--error", "piece--done", "piece--bar", "piece--bar-rest", "piece--new", "piece--text", "piece--caret",
    }  # fmt: skip

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._inks = Inks(self, "piece--")

    def pieces(self, width: int) -> list[Piece]:
        """Return what stands on the line, in at most ``width`` cells."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        """Draw the line."""
        width = self.size.width
        base = self._inks.of()
        if y:
            return Strip.blank(width, base)
        segments = [Segment(piece.text, self._inks.of(piece.role)) for piece in self.pieces(width)]
        return Strip(segments).adjust_cell_length(width, base)

    def notify_style_update(self) -> None:
        """Forget the colours of the old theme."""
        super().notify_style_update()
        self._inks.forget()


def spread(left: Sequence[Piece], right: Sequence[Piece], width: int, fill: Piece) -> list[Piece]:
    """Return pieces at both ends of a line; where there is no room for both, the left ones are cut."""
    right_width = sum(cell_len(piece.text) for piece in right)
    room = max(0, width - right_width)
    kept: list[Piece] = []
    used = 0
    for piece in left:
        size = cell_len(piece.text)
        if used + size > room:
            if room > used:
                kept.append(Piece(fit(piece.text, room - used), piece.role))
            used = room
            break
        kept.append(piece)
        used += size
    return [*kept, Piece(fill.text * (room - used), fill.role), *right]


class PaneHeading(PieceLine):
    """The line above a pane: its title, a rule, and what there is to know; heavy where the keys go."""

    def __init__(self, title: str, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._title = title
        self._news = ""
        self._info = ""
        self._focused = False

    def show(self, title: str | None = None, *, news: str | None = None, info: str | None = None) -> None:
        """Show another title, news (what waits) or information; what is not given stays."""
        before = self._title, self._news, self._info
        self._title = self._title if title is None else title
        self._news = self._news if news is None else news
        self._info = self._info if info is None else info
        if before != (self._title, self._news, self._info):
            self.refresh()

    def show_focus(self, focused: bool) -> None:
        """Show whether the keys go to the pane below."""
        if focused != self._focused:
            self._focused = focused
            self.refresh()

    def pieces(self, width: int) -> list[Piece]:
        """Return the title, the rule and the information."""
        suffix = "-focused" if self._focused else ""
        rule = "━" if self._focused else "─"
        left = [Piece(rule, f"rule{suffix}"), Piece(f" {self._title} ", f"title{suffix}")]
        right = []
        if self._news and width > len(self._news) + 12:
            right.append(Piece(f" {self._news} ", "new"))
        if self._info and width > len(self._info) + len(self._news) + 16:
            right.append(Piece(f" {self._info} ", "muted"))
        return spread(left, right, width, Piece(rule, f"rule{suffix}"))
