"""A page of its own: a heading, the names of the columns, a list, what is known of one line of it, and the keys below.

The subclass says what stands where and what each key does; leaving, moving and undoing are the same on every page.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from ...triage import Undone
from ..linelist import LineList
from ..panes.status import StatusLine
from ..pieceline import PaneHeading
from ..rows import Piece, shown

if TYPE_CHECKING:
    from .main import MainScreen

PageDeed = Callable[[], Awaitable[None]]


class PageList(LineList):
    """The lines of a page; ``draw`` returns what stands on one, in so many cells."""

    def __init__(self, draw: Callable[[int, int], list[Piece]]) -> None:
        super().__init__()
        self._draw = draw
        self.count = 0
        self.cursor = 0

    def show(self, count: int, cursor: int) -> None:
        """Show so many lines, one of them highlighted."""
        self.count = count
        self.resize_lines(count)
        self.go(cursor)

    def go(self, line: int) -> None:
        """Highlight a line; the ends hold."""
        self.cursor = max(0, min(line, self.count - 1))
        self.reveal(self.cursor)
        self.refresh()

    def ground(self, line: int) -> str:
        """Return the background of a line."""
        return "row" if line == self.cursor else ""

    def pieces(self, line: int) -> list[Piece]:
        """Return what stands on a line."""
        mark = Piece("▸ " if line == self.cursor else "  ", "cursor")
        return [mark, *self._draw(line, self.text_width - 2)]


class PageScreen(Screen[None]):
    """Shows a list of things and does something with the highlighted one."""

    AUTO_FOCUS: ClassVar[str | None] = ""
    DEFAULT_CSS = """
    PageScreen > .page-columns { height: 1; color: $ink-muted; }
    PageScreen > .page-details { height: auto; max-height: 6; padding: 0 1; border-top: solid $rule; }
    PageScreen > .page-hint { height: auto; max-height: 2; padding: 0 1; color: $ink-muted; }
    """
    takes_keys = True

    def __init__(self, main: MainScreen, title: str) -> None:
        super().__init__()
        self._main = main
        # Kept, not looked for: what is read may arrive when the screen has been left and its widgets are gone.
        self.listed = PageList(self.draw)
        self.heading = PaneHeading(title)
        self.status = StatusLine()
        self._columns = Static(markup=False, classes="page-columns")
        self._details = Static(markup=False, classes="page-details")

    def compose(self) -> ComposeResult:
        """Compose the page."""
        yield self.heading
        yield self._columns
        yield self.listed
        yield self._details
        yield Static(Content(self.hint()), markup=False, classes="page-hint")
        yield self.status

    # ------------------------------------------------------------------------------------------- for subclasses

    async def load(self) -> None:
        """Read what is to be shown and hand it to ``show``."""
        raise NotImplementedError

    def hint(self) -> str:
        """Return the keys of the page."""
        raise NotImplementedError

    def columns(self, width: int) -> str:
        """Return the names of the columns."""
        raise NotImplementedError

    def draw(self, line: int, width: int) -> list[Piece]:
        """Return what stands on a line."""
        raise NotImplementedError

    def details(self) -> Sequence[str]:
        """Return what there is to say of the highlighted line."""
        raise NotImplementedError

    def deeds(self) -> Mapping[str, PageDeed]:
        """Return what each key does now."""
        raise NotImplementedError

    # ------------------------------------------------------------------------------------------- what is the same

    def show(self, count: int, cursor: int) -> None:
        """Show so many lines, one of them highlighted, and what belongs to them."""
        self.listed.show(count, cursor)
        self._show_columns()
        self._show_details()

    def _show_columns(self) -> None:
        self._columns.update(Content("  " + self.columns(self.listed.text_width - 2)))

    def _show_details(self) -> None:
        self._details.update(Content("\n".join(map(shown, self.details()))))

    async def on_mount(self) -> None:
        """Read what there is."""
        self.heading.show_focus(focused=True)
        self._main.status.mirror = self.status
        self._main.work.undone_listeners.append(self._undone)
        await self.load()

    def on_unmount(self) -> None:
        """Hear of the reading screen no more."""
        self._main.status.mirror = None
        self._main.work.undone_listeners.remove(self._undone)

    def _undone(self, _undone: Undone) -> None:
        self.run_worker(self.load())

    async def press(self, key: str) -> None:
        """Take a key and do what it means here."""
        listed = self.listed
        steps = {
            "j": 1, "down": 1, "k": -1, "up": -1, "pagedown": listed.page, "pageup": -listed.page,
            "ctrl+d": listed.page // 2, "ctrl+u": -(listed.page // 2), "G": listed.count, "end": listed.count,
            "g": -listed.count, "home": -listed.count,
        }  # fmt: skip
        if key in steps:
            listed.go(listed.cursor + steps[key])
            self._show_details()
        elif key in ("escape", "q"):
            self.app.pop_screen()
        elif key == "u":
            self._main.work.undo()
        elif (deed := self.deeds().get(key)) is not None:
            await deed()
        else:
            self.status.say("The keys of this page stand below its list.")

    def on_line_list_resized(self) -> None:
        """Name the columns where they stand now."""
        self._show_columns()

    async def on_line_list_pressed(self, event: LineList.Pressed) -> None:
        """Highlight what was clicked; a double click is Enter."""
        event.stop()
        self.listed.go(event.line)
        self._show_details()
        if event.chain == 2 and self.listed.count:
            await self.press("enter")
