"""The welcome: what a library without sources shows, and every way from there to something to read.

It is a menu above the reading screen. Whatever it begins is a flow of the reading screen's own; it goes when the first
source or article is there, and Esc goes past it.
"""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import Paste, Resize
from textual.screen import Screen
from textual.widgets import Static

from ...neighbours import Neighbour, neighbours
from ...records import dataclass
from .. import words
from ..aside import aside
from ..dialog import Choice, ChoiceList
from ..dialogs.importing import tilde
from ..linelist import LineList
from ..panes.status import StatusLine, Tone
from ..rows import shown

if TYPE_CHECKING:
    from .main import MainScreen

WORDMARK = """\
┳┓  ┳┓  ┏┓  ┏┓  ┳┓  ┏┓  ┓┏  ┏┓  ┏┓  ┏┳┓
┣┫  ┣┫  ┃┃  ┣┫  ┃┃  ┗┓  ┣┫  ┣   ┣    ┃\x20
┻┛  ┛┗  ┗┛  ┛┗  ┻┛  ┗┛  ┛┗  ┗┛  ┗┛   ┻\x20"""
MOTTO = "All the news that fits a terminal"
ROOMY = 20
"""Lines from which the masthead is shown in full."""
NEIGHBOURS = 3
"""Other readers' lists that the menu offers by a key of their own; the import dialog offers all."""


@dataclass(frozen=True, slots=True)
class Way:
    """A line of the menu."""

    key: str
    does: str
    note: str
    go: Callable[[], Awaitable[object]]


class WelcomeScreen(Screen[None]):
    """Offers, each by a key: an address, another reader's list, sources to begin with, the demo."""

    AUTO_FOCUS: ClassVar[str | None] = ""
    takes_keys = True

    def __init__(self, main: MainScreen) -> None:
        super().__init__()
        self._main = main
        self._found: Sequence[Neighbour] = ()
        self._is_busy = False
        # Kept, not looked for: Textual 8.2.8 still sends Mount and Resize to a screen whose widgets are gone already.
        self._wordmark = Static(Content(WORDMARK), id="wordmark", markup=False)
        self._list = ChoiceList()
        self.status = StatusLine()

    def compose(self) -> ComposeResult:
        """Compose the masthead, the menu, its keys and the status line."""
        day = self._main.work.desk.local_now()
        date = f"{words.WEEKDAYS[day.weekday()]}, {day.day} {words.MONTHS[day.month - 1]} {day.year}"
        with Vertical(id="welcome-box"), Vertical(id="welcome"):
            with Vertical(id="masthead"):
                yield self._wordmark
                with Horizontal(id="dateline"):
                    yield Static(Content(date), id="date", markup=False)
                    yield Static(Content(MOTTO), id="motto", markup=False)
            yield Static(Content("Nothing to read yet. Begin with:"), id="lead", markup=False)
            yield self._list
            yield Static(Content(self._hint()), id="welcome-hint", markup=False)
        yield self.status

    def _hint(self) -> str:
        label = self._main.key_label
        return (
            f"↑ ↓ choose · Enter does it · {label('help')} all keys · "
            f"{label('manual')} the manual · Esc past this · {label('quit')} quits"
        )

    def on_mount(self) -> None:
        """Show the menu, and look for other readers' lists beside it."""
        self._main.status.mirror = self.status
        self._main.sourcing.done_listeners.append(self._arrived)
        self._show()
        self.run_worker(self._look_around())

    def on_unmount(self) -> None:
        """Hear of the reading screen no more."""
        self._main.status.mirror = None
        if self._arrived in self._main.sourcing.done_listeners:
            self._main.sourcing.done_listeners.remove(self._arrived)

    def on_resize(self, event: Resize) -> None:
        """Leave out what a small terminal has no room for."""
        roomy = event.size.height >= ROOMY
        self._wordmark.update(Content(WORDMARK if roomy else "Broadsheet"))
        self.set_class(not roomy, "-low")

    # ------------------------------------------------------------------------------------------- the menu

    async def _look_around(self) -> None:
        self._found = (await aside(partial(neighbours, dict(os.environ))))[:NEIGHBOURS]
        if self._found:
            self._show()

    def _ways(self) -> list[Way]:
        main = self._main
        return [
            Way("a", "Add an address", "or just paste: a site, feed or article", main.sourcing.add),
            *(
                Way(
                    str(number), f"Take over {one.program or one.path.name}", tilde(one.path), self._take(one)
                )
                for number, one in enumerate(self._found, 1)
            ),
            Way(
                "i",
                "Import subscriptions",
                "OPML, or newsboat's list, from a file",
                main.sourcing.import_file,
            ),
            Way("s", "Choose starter sources", "by topic, in several languages", main.starting.starters),
            Way("d", "See the demo", "invented papers; needs no network", main.sourcing.demo),
        ]

    def _take(self, neighbour: Neighbour) -> Callable[[], Awaitable[object]]:
        return partial(self._main.sourcing.import_file, str(neighbour.path))

    def _show(self) -> None:
        listed = self._list
        if not listed.is_attached:  # one left in the same instant as one came
            return
        ways = [Choice(f"{way.key}  {shown(way.does):<26}", way, way.note) for way in self._ways()]
        listed.styles.height = len(ways)
        listed.show(ways, listed.cursor)

    def _go(self, way: Way) -> None:
        if self._is_busy:
            self.status.say("One thing at a time: something is still being fetched.")
            return

        async def go() -> None:
            self._is_busy = True
            try:
                await way.go()
            finally:
                self._is_busy = False

        self._main.run(go())

    def _arrived(self) -> None:
        """Make way for the reading screen once there is something in the library."""
        sources = self._main.work.desk.sources
        if sources.feeds or sources.total:
            self._leave()

    def _leave(self) -> None:
        if self.is_current:
            self.app.pop_screen()

    # ------------------------------------------------------------------------------------------- keys

    async def press(self, key: str) -> None:
        """Take a key and do what it means on the welcome."""
        listed = self._list
        steps = {"down": 1, "j": 1, "tab": 1, "up": -1, "k": -1, "shift+tab": -1}
        way = next((way for way in self._ways() if way.key == key), None)
        if way is not None:
            self._go(way)
        elif key in steps:
            listed.move(steps[key])
        elif key in ("enter", "space", "l", "right"):
            self._go_highlighted()
        elif key == "escape":
            self._leave()
            self._main.say(":welcome comes back here.")
        elif key == "q":
            self.app.exit()
        elif key in ("question_mark", "f1", "colon"):
            commanding = self._main.commanding
            ask = {
                "question_mark": commanding.help,
                "f1": commanding.manual,
                "colon": commanding.command_line,
            }
            await ask[key]()
        else:
            self.status.say("The keys of this page stand beside its lines.", Tone.PLAIN)

    def _go_highlighted(self) -> None:
        current = self._list.current
        if current is not None and isinstance(current.value, Way):
            self._go(current.value)

    def on_line_list_pressed(self, event: LineList.Pressed) -> None:
        """Do what was clicked."""
        event.stop()
        self._list.move(event.line, from_line=0)
        self._go_highlighted()

    def on_paste(self, event: Paste) -> None:
        """Look at an address that was pasted."""
        address = event.text.strip().split("\n")[0]
        if address:
            self._main.run(self._main.sourcing.add(address))
