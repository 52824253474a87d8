"""Broadsheet as a Textual application: what it is handed, its themes, its keys, and how it ends.

Keys are read here, in the order they were typed, before any widget: a key that opens a dialog has opened it before the
next one is looked at, so that fast typing ends up where it was meant.
"""

from __future__ import annotations

import asyncio
import gc
import os
import signal
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar, Final, Protocol, TypeVar, runtime_checkable

from textual import events
from textual.app import App
from textual.binding import BindingType
from textual.reactive import Reactive
from textual.screen import Screen
from textual.worker import WorkerFailed

from ..actions import BY_NAME
from ..config import Config, effective_keys
from ..errors import BroadsheetError
from ..model import EntryId
from ..store.clock import tick
from ..store.database import Database
from ..store.upkeep import limits_of, once_a_day
from . import themes
from .arrangement import Dividers
from .driver import WalledDriver
from .keys import Keymap, KeyReader
from .memory import Memory, recall, remember
from .places import INBOX, Sort, find
from .ports import OpenPort, RefreshPort, SubscribePort
from .screens.main import MainScreen
from .terminal import Title
from .workspace import Workspace

T = TypeVar("T")

POLL_SECONDS: Final = 0.7
"""Between two looks at whether another process has written; what it wrote is shown within a second."""
COLD_OBJECTS: Final = 5_000
"""Allocations before a first-generation collection: at the usual 700, full passes over the widgets took 20 to 40 ms of a
key press; at 50,000 one round during a refresh took 100."""


@runtime_checkable
class TakesKeys(Protocol):
    """A screen on which keys are commands."""

    takes_keys: bool

    async def press(self, key: str) -> None:
        """Do what a key means."""


class BroadsheetApp(App[int]):
    """The reader on the screen. ``return_code`` is what the process should exit with."""

    CSS_PATH = "app.tcss"
    TITLE = "Broadsheet"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = []
    title: Reactive[str] = Reactive("", compute=False, repaint=False)
    """As Textual's own, which paints the whole screen anew; it changes with every article read."""

    def __init__(
        self,
        db: Database,
        config: Config,
        *,
        refresher: RefreshPort | None,
        subscriber: SubscribePort | None,
        opener: OpenPort,
        clock: Callable[[], datetime],
        session: str,
        reload: Callable[[], Config] | None = None,
        memory: Path | None = None,
    ) -> None:
        """``session`` names this window in the journal; ``reload`` reads the settings again.

        ``memory`` is the file in which windows leave each other where one was.
        """
        plain = bool(os.environ.get("NO_COLOR"))
        self._window_title = Title()
        super().__init__(driver_class=WalledDriver, ansi_color=True if plain else None)
        for theme in themes.THEMES:
            self.register_theme(theme)
        self.theme = themes.PLAIN.name if plain else self._known_theme(config.theme)
        self.animation_level = "none"
        self._reload = reload
        self._memory = memory
        self._going_on: set[str] = set()
        self.db = db
        self.work: Workspace
        self.main = MainScreen(
            make_work=lambda screen: Workspace(db, config, clock, session, screen),
            keys=KeyReader(Keymap(effective_keys(config.preset, config.keys))),
            refresher=refresher,
            subscriber=subscriber,
            opener=opener,
            first_id=tick,
        )
        self.work = self.main.work

    # ------------------------------------------------------------------------------------------- looks

    def watch_title(self, title: str) -> None:
        """Show the title on the window."""
        self._window_title.show(title)

    def _known_theme(self, name: str) -> str:
        return name if name in self.available_themes else themes.DARK.name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return values of our own variables until a theme's are worked out."""
        return dict.fromkeys(themes.OWN_VARIABLES, "#808080")

    def get_css_variables(self) -> dict[str, str]:
        """Return the variables of the style sheet, our own mixed for themes that do not define them."""
        variables = super().get_css_variables()
        theme: Mapping[str, str] = self.current_theme.variables
        own = {
            name: value
            for name, value in variables.items()
            if name not in themes.OWN_VARIABLES or name in theme
        }
        mixed = {} if self.current_theme in themes.THEMES else themes.readable(variables)
        return variables | mixed | themes.own_variables(own)

    def get_default_screen(self) -> Screen[Any]:
        """Return the reading screen."""
        return self.main

    # ------------------------------------------------------------------------------------------- life

    async def on_mount(self) -> None:
        """Begin: the inbox first, then everything that goes on beside it."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT):
            with suppress(NotImplementedError, RuntimeError, ValueError):
                loop.add_signal_handler(number, self._stop_for, number)
        self._window_title.take(self._driver)
        self.app_suspend_signal.subscribe(self, lambda _: self._window_title.give_back())
        self.app_resume_signal.subscribe(self, lambda _: self._come_back())
        self.run_worker(self.work.writer.drain(), exit_on_error=True, group="writer")
        self.main.run(self._begin())

    async def _begin(self) -> None:
        left = recall(self._memory)
        self.main.commanding.recall(left.commands)
        self.main.sources.folded = frozenset(left.folded)
        self.main.sources.only_unread = left.only_unread
        self.main.entries.unfolded = left.unfolded
        self.main.arranging.divide(Dividers(left.sources_divider, left.list_divider, left.stacked_divider))
        sources = await self.work.recount()
        place = find(sources, (left.place_kind, left.place_key)) or INBOX
        sort = Sort(left.sort) if left.sort in set(Sort) else Sort.USUAL
        if not await self.work.open(place, sort, at=EntryId(left.entry_id)):
            await self.work.open(INBOX)
        await self.main.starting.welcome_if_empty()
        await self.work.poll()
        self.set_interval(POLL_SECONDS, lambda: self._beside(self.work.poll))
        self.set_interval(60, lambda: self._beside(self._each_minute))
        if await self.work.desk.count_views():
            await self.work.recount()
        for notice in self.db.notices:
            self.main.say(notice)
        if self.work.config.refresh_on_start:
            self.main.refreshing.start(None, force=False, asked_for=False)

    def _beside(self, work: Callable[[], Awaitable[object]]) -> None:
        """Start something that is done again and again, unless the last time is still going on."""
        name = getattr(work, "__name__", "")
        if name in self._going_on:
            return
        self._going_on.add(name)

        async def once() -> None:
            try:
                await work()
            finally:
                self._going_on.discard(name)

        self.main.run(once())

    async def _each_minute(self) -> None:
        """Refresh if it is time, wake what was snoozed, see to the library's upkeep, count the views, let the ages grow."""
        self.main.refreshing.go_round()
        self.main.run(self.main.recleaning.each_minute())
        if self.db.writable:
            try:
                if count := await self.work.wake():
                    self.main.say(f"{count} came back from snoozing.")
                await once_a_day(self.db, self.work.clock(), limits_of(self.work.config))
            except BroadsheetError as error:
                self.main.say(str(error))
        if await self.work.desk.count_views():
            await self.work.recount()
        self.main.entries.tick()

    def on_ready(self) -> None:
        """Take what is there out of the collector's rounds, once the first frame is painted, and let it begin.

        What a start left behind, 0.7 MB, is not looked for: that took 40 ms, for which the first rows would wait.
        """
        if not self.is_headless:
            gc.freeze()
            gc.set_threshold(COLD_OBJECTS, 10, 100)

    async def on_unmount(self) -> None:
        """Write what is still queued, and leave where one was for the next window."""
        self._window_title.give_back()
        await self.work.writer.aclose()
        if self.work.is_open:
            remember(self._memory, self._where())

    def _where(self) -> Memory:
        place, sort = self.main.searching.lasting_place()
        return Memory(
            place_kind=place.kind,
            place_key=place.key,
            entry_id=self.work.listing.current_id or 0,
            sort=sort,
            folded=tuple(sorted(self.main.sources.folded)),
            only_unread=self.main.sources.only_unread,
            unfolded=self.main.entries.unfolded,
            sources_divider=self.main.arranging.dividers.sources,
            list_divider=self.main.arranging.dividers.entries,
            stacked_divider=self.main.arranging.dividers.stacked,
            commands=self.main.commanding.history,
        )

    def _come_back(self) -> None:
        """Take the terminal back from the shell: all is painted anew, which Textual leaves out when the size is the same."""
        self._window_title.take(self._driver)
        self.screen.refresh(layout=True)

    def _stop_for(self, number: int) -> None:
        self.exit(return_code=128 + number)

    @property
    def crash(self) -> Exception | None:
        """The bug that ended the app; ``None`` when there was none. Whoever started the app reports it."""
        error = self._exception
        cause = error.error if isinstance(error, WorkerFailed) else error
        return cause if isinstance(cause, Exception) else error

    def _fatal_error(self) -> None:
        """End after a bug without printing it: Textual's report shows every local, feeds' text and addresses included."""
        self._close_messages_no_wait()

    def reload(self) -> str:
        """Read the settings again; returns what became of it as a sentence."""
        from ..errors import ConfigError

        if self._reload is None:
            return "This window was started without a configuration."
        try:
            config = self._reload()
        except ConfigError as error:
            return str(error)
        self.work.config = config
        self.theme = self._known_theme(config.theme)
        self.main.reader.keymap = Keymap(effective_keys(config.preset, config.keys))
        self.main.footer.refresh()
        return "Read the configuration again."

    # ------------------------------------------------------------------------------------------- keys

    async def on_event(self, event: events.Event) -> None:
        """Take keys that are commands before any widget sees them."""
        if isinstance(event, events.Key) and not event.is_forwarded and await self._press(event):
            return
        await super().on_event(event)

    async def _press(self, event: events.Key) -> bool:
        if event.key == "ctrl+q":
            self.exit()
            return True
        if event.key in self.main.keymap.keys(BY_NAME["suspend"]):
            await self.main.commanding.suspend()
            return True
        screen = self.screen
        if not isinstance(screen, TakesKeys) or not screen.takes_keys:
            return False
        if event.key == "ctrl+c":
            self._copy_or_explain()
        else:
            await screen.press(event.key)
        return True

    def _copy_or_explain(self) -> None:
        text = self.screen.get_selected_text() or self.main.article.selected_text()
        if text:
            self.main.run(self.main.copy(text, "the selection"))
        else:
            self.main.say(f"{self.main.key_label('quit')} leaves; Ctrl+Q leaves at once.")
