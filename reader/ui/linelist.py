"""A list of lines drawn by the Line API: the sources and the entries are two of them.

Replacing 5,000 rows takes such a list 15 ms where ``OptionList`` takes 282 and ``DataTable`` 794 (measured on Textual
8.2.8), and ``OptionList`` crashes at four cells. Only what is visible is drawn; a key repaints two lines.
"""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual.events import Click, Resize
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from .inks import Inks
from .rows import Piece
from .scrolling import QuietScrollView


class LineList(QuietScrollView, can_focus=True, inherit_bindings=False):
    """Lines, one of which may be highlighted; what stands on them is the subclass's."""

    DEFAULT_CSS = """
    LineList {
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "line--cursor", "line--mark", "line--star", "line--later", "line--selected", "line--title", "line--unread",
        "line--handled", "line--meta", "line--source", "line--tag", "line--heading", "line--rule", "line--lede",
        "line--match", "line--row", "line--row-blurred", "line--marked", "line--error", "line--place",
    }  # fmt: skip

    class Pressed(Message):
        """A line was clicked; ``chain`` is 2 for a double click."""

        def __init__(self, sender: LineList, line: int, chain: int) -> None:
            super().__init__()
            self.sender = sender
            self.line = line
            self.chain = chain

        @property
        def control(self) -> LineList:
            """The list that was clicked."""
            return self.sender

    class Resized(Message):
        """The width of the list changed, and with it what stands on a line."""

        def __init__(self, sender: LineList) -> None:
            super().__init__()
            self.sender = sender

        @property
        def control(self) -> LineList:
            """The list that was resized."""
            return self.sender

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._inks = Inks(self, "line--")

    # ------------------------------------------------------------------------------------------- for subclasses

    def pieces(self, line: int) -> list[Piece]:
        """Return what stands on a line, filling ``text_width`` cells."""
        raise NotImplementedError

    def ground(self, line: int) -> str:
        """Return the component class of a line's background: ``row``, ``marked``, or nothing."""
        raise NotImplementedError

    @property
    def text_width(self) -> int:
        """Cells of a line, the scroll bar not counted."""
        return max(1, self.scrollable_content_region.width)

    def resize_lines(self, count: int) -> None:
        """Say how many lines there are now."""
        self.take_size(Size(self.text_width, count))
        self.refresh()

    # ------------------------------------------------------------------------------------------- drawing

    def render_line(self, y: int) -> Strip:
        """Draw one line of the visible part."""
        width = self.scrollable_content_region.width
        line = y + self.scroll_offset.y
        if not 0 <= line < self.virtual_size.height:
            return Strip.blank(width, self._inks.of())
        return self.strip_of(self.pieces(line), width, self.ground(line))

    def strip_of(self, pieces: list[Piece], width: int, ground: str = "") -> Strip:
        """Return pieces as a strip of a width, on a ground."""
        ink = self._inks.of
        segments = [Segment(piece.text, ink(piece.role, ground)) for piece in pieces]
        return Strip(segments).adjust_cell_length(width, ink("", ground))

    def notify_style_update(self) -> None:
        """Forget the colours of the old theme."""
        super().notify_style_update()
        self._inks.forget()

    def show_focus(self) -> None:
        """Draw all lines again; a subclass knows which ones show the focus."""
        self.refresh()

    # ------------------------------------------------------------------------------------------- moving about

    def reveal(self, line: int, height: int = 1, margin: int = 1) -> None:
        """Scroll, by as little as possible, until the lines from ``line`` on are in view with a margin around them."""
        visible = self.scrollable_content_region.height
        if visible <= 0:
            return
        margin = min(margin, max(0, (visible - height) // 2))
        top = round(self.scroll_y)
        wanted = min(max(top, line + height + margin - visible), max(0, line - margin))
        if wanted != top:
            self.scroll_to(y=wanted, animate=False, force=True)

    @property
    def page(self) -> int:
        """Lines of a page, one of which is seen again."""
        return max(1, self.scrollable_content_region.height - 1)

    def on_click(self, event: Click) -> None:
        """Tell which line was clicked."""
        offset = event.get_content_offset(self)
        if offset is not None:
            self.post_message(self.Pressed(self, offset.y + round(self.scroll_y), event.chain))

    def on_resize(self, _event: Resize) -> None:
        """Tell that lines have another width."""
        self.post_message(self.Resized(self))
