"""How the sources are doing: what fails, what is silent, what is sent against what is read, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from ...model import Feed, Health
from ...store import feeds, statistics
from ...store.feeds import FeedEdit
from ...store.statistics import Volume
from ...triage import Undone
from .. import condition, places, words
from ..condition import Condition
from ..linelist import LineList
from ..panes.status import StatusLine
from ..pieceline import PaneHeading
from ..rows import Piece, fit, shown

if TYPE_CHECKING:
    from .main import MainScreen

ROOMY = 64
"""Cells from which the weeks are drawn."""
_MARKS = {
    Condition.GONE: "✗",
    Condition.FAILING: "!",
    Condition.MOVED: "→",
    Condition.PAUSED: "‖",
    Condition.QUIET: "○",
}


class HealthList(LineList):
    """A line for each source."""

    def __init__(self, main: MainScreen) -> None:
        super().__init__(id="health")
        self._main = main
        self.feeds: list[Feed] = []
        self.volumes: dict[int, Volume] = {}
        self.cursor = 0

    @property
    def current(self) -> Feed | None:
        """The highlighted source."""
        return self.feeds[self.cursor] if self.cursor < len(self.feeds) else None

    def show(self, sources: list[Feed], volumes: dict[int, Volume]) -> None:
        """Show sources; the highlight stays on the same one where it can."""
        current = self.current.id if self.current is not None else None
        self.feeds, self.volumes = sources, volumes
        at = next((n for n, feed in enumerate(sources) if feed.id == current), self.cursor)
        self.resize_lines(len(sources))
        self.go(at)

    def go(self, line: int) -> None:
        """Highlight a line; the ends hold."""
        self.cursor = max(0, min(line, len(self.feeds) - 1))
        self.reveal(self.cursor)
        self.refresh()

    def ground(self, line: int) -> str:
        """Return the background of a line."""
        return "row" if line == self.cursor else ""

    def pieces(self, line: int) -> list[Piece]:
        """Return the mark, the name, the condition, and what is sent and read."""
        feed = self.feeds[line]
        volume, now = self.volumes.get(feed.id), self._main.work.clock()
        state = condition.condition(feed, volume)
        worrying = state in condition.WORRYING
        columns = [Piece(f"  {state:<12}", "error" if worrying else "meta")]
        if volume is not None:
            weeks = f"{condition.sparkline(volume.published)}  " if self.text_width >= ROOMY else ""
            columns += [
                Piece(weeks, "tag"),
                Piece(f"{condition.per_week(volume):>4}", "title"),
                Piece(f"{condition.read_share(volume):>6}", "meta"),
            ]
        columns.append(Piece(f"{condition.next_try(feed, now):>8} ", "meta"))
        room = self.text_width - 4 - sum(cell_len(piece.text) for piece in columns)
        return [
            Piece("▸ " if line == self.cursor else "  ", "cursor"),
            Piece(f"{_MARKS.get(state, ' ')} ", "error" if worrying else "meta"),
            Piece(fit(shown(feed.title), room), "title"),
            *columns,
        ]


class HealthScreen(Screen[None]):
    """The sources in a list; keys change the highlighted one on the spot."""

    AUTO_FOCUS: ClassVar[str | None] = ""
    takes_keys = True

    def __init__(self, main: MainScreen) -> None:
        super().__init__()
        self._main = main
        self._list = HealthList(main)
        # Kept, not looked for: what is read may arrive when the screen has been left and its widgets are gone.
        self._columns = Static(markup=False, id="health-columns")
        self._details = Static(markup=False, id="health-details")
        self.heading = PaneHeading("How the sources are doing")
        self.status = StatusLine()

    def compose(self) -> ComposeResult:
        """Compose the heading, the names of the columns, the list, what is known of one source, and the keys."""
        yield self.heading
        yield self._columns
        yield self._list
        yield self._details
        yield Static(Content(self._hint()), markup=False, id="health-hint")
        yield self.status

    def _hint(self) -> str:
        label = self._main.key_label
        return (
            f"Enter opens · {label('edit')} edits · x unsubscribes · Q quiet · - less, + more often · P pauses · "
            f"{label('refresh')} asks now · {label('undo')} undoes · Esc leaves"
        )

    async def on_mount(self) -> None:
        """Read how they are doing."""
        self.heading.show_focus(focused=True)
        self._main.status.mirror = self.status
        self._main.sourcing.done_listeners.append(self._look_again)
        self._main.work.undone_listeners.append(self._undone)
        await self.load()

    def on_unmount(self) -> None:
        """Hear of the reading screen no more."""
        self._main.status.mirror = None
        self._main.sourcing.done_listeners.remove(self._look_again)
        self._main.work.undone_listeners.remove(self._undone)

    def _look_again(self) -> None:
        self.run_worker(self.load())

    def _undone(self, _undone: Undone) -> None:
        self._look_again()

    async def load(self) -> None:
        """Read the sources and their volumes, and show them."""
        work = self._main.work
        sources = await work.recount()
        volumes = {volume.id: volume for volume in await work.db.read(statistics.by_feed, work.clock())}
        self._list.show(condition.in_order(sources.feeds, volumes), volumes)
        self.heading.show(info=f"{words.plural(len(self._list.feeds), 'source')}, {sources.failing} failing")
        self._show_details()

    def on_line_list_resized(self) -> None:
        """Name the columns where they stand now."""
        weeks = f"{'12 weeks':<14}" if self._list.text_width >= ROOMY else ""
        right = f"{'':14}{weeks}{'week':>4}{'read':>6}{'next':>8} "
        names = "    Source".ljust(max(0, self._list.text_width - len(right))) + right
        self._columns.update(Content(names))

    def _show_details(self) -> None:
        feed = self._list.current
        lines = ("There are no sources yet.", "")
        if feed is not None:
            lines = condition.details(feed, self._list.volumes.get(feed.id), self._main.work.clock())
        self._details.update(Content("\n".join(map(shown, lines))))

    # ------------------------------------------------------------------------------------------- keys

    async def press(self, key: str) -> None:
        """Take a key and do what it means here."""
        listed = self._list
        steps = {
            "j": 1, "down": 1, "k": -1, "up": -1, "pagedown": listed.page, "pageup": -listed.page,
            "ctrl+d": listed.page // 2, "ctrl+u": -listed.page // 2, "G": len(listed.feeds), "end": len(listed.feeds),
            "g": -len(listed.feeds), "home": -len(listed.feeds),
        }  # fmt: skip
        if key in steps:
            listed.go(listed.cursor + steps[key])
            self._show_details()
        elif key in ("escape", "q"):
            self.app.pop_screen()
        elif key == "u":
            self._main.work.undo()
        elif listed.current is not None and (deed := self._deeds(listed.current).get(key)) is not None:
            self._main.run(deed())
        else:
            self.status.say("The keys of this page stand below its list.")

    def _deeds(self, feed: Feed) -> dict[str, Callable[[], Coroutine[Any, Any, None]]]:
        sourcing = self._main.sourcing
        place = places.feed(feed)
        return {
            "enter": partial(self._open, feed),
            "e": partial(sourcing.edit, place),
            "x": partial(sourcing.remove, place),
            "delete": partial(sourcing.remove, place),
            "r": partial(self._refresh, feed),
            "Q": partial(self._toggle_quiet, feed),
            "P": partial(self._toggle_pause, feed),
            "minus": partial(self._ask_every, feed, condition.less_often),
            "plus": partial(self._ask_every, feed, condition.more_often),
        }

    async def _open(self, feed: Feed) -> None:
        self.app.pop_screen()
        await self._main.go_to(places.feed(feed))

    async def _refresh(self, feed: Feed) -> None:
        self._main.refreshing.start((feed.id,))

    async def _toggle_quiet(self, feed: Feed) -> None:
        said = "is in the inbox again" if feed.quiet else "is quiet now: fetched, and not in the inbox"
        await self._change(feed, said, {"quiet": not feed.quiet})

    async def _toggle_pause(self, feed: Feed) -> None:
        paused = feed.health is Health.PAUSED
        said = "is asked again" if paused else "is paused: not asked until P"
        await self._change(feed, said, {"health": Health.NEW if paused else Health.PAUSED})

    async def _ask_every(self, feed: Feed, step: Callable[[timedelta | None], timedelta | None]) -> None:
        interval = step(feed.interval)
        span = (
            f"is asked every {words.duration(interval.total_seconds())}"
            if interval
            else "decides itself when it is asked"
        )
        await self._change(feed, span, {"interval": interval})

    async def _change(self, feed: Feed, said: str, what: FeedEdit) -> None:
        change = partial(feeds.edit_feed, feed_id=feed.id, **what)
        await self._main.sourcing.change(change, f"{feed.title} {said}.")

    def on_line_list_pressed(self, event: LineList.Pressed) -> None:
        """Highlight what was clicked; open it on a double click."""
        event.stop()
        self._list.go(event.line)
        self._show_details()
        if event.chain == 2 and self._list.current is not None:
            self._main.run(self._open(self._list.current))
