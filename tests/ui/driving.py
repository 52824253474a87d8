"""Driving the app in tests: starting it on a library, pressing keys, waiting for what should come."""

from __future__ import annotations

import asyncio
import unicodedata
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from textual import events
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key
from textual.pilot import Pilot

from reader.actions import Context
from reader.config import Config
from reader.opening import Output
from reader.store.database import Database
from reader.ui.app import BroadsheetApp
from reader.ui.ports import FilePort, RefreshPort, SubscribePort

from .library import NOW


@dataclass
class Elsewhere:
    """Stands for the browser and the clipboard; remembers what they were handed."""

    opened: list[str] = field(default_factory=list)
    copied: list[str] = field(default_factory=list)
    played: list[str] = field(default_factory=list)
    paged: list[str] = field(default_factory=list)
    edited: list[tuple[str, str]] = field(default_factory=list)
    ran: list[tuple[str | Sequence[str], str]] = field(default_factory=list)
    problem: str = ""
    output: Output = field(default_factory=lambda: Output(""))
    """What commands print."""

    async def browse(self, url: str) -> str:
        self.opened.append(url)
        return self.problem

    def takes_the_terminal(self, url: str) -> bool:
        return False

    async def copy(self, text: str) -> bool:
        self.copied.append(text)
        return True

    async def run(self, command: str | Sequence[str], text: str) -> Output:
        self.ran.append((command, text))
        return self.output

    async def page(self, text: str) -> str:
        self.paged.append(text)
        return self.problem

    async def edit(self, text: str, name: str) -> str:
        self.edited.append((name, text))
        return self.problem

    async def compose(self, text: str, name: str) -> Output:
        self.edited.append((name, text))
        return Output(self.output.text, self.problem)

    async def play(self, url: str) -> str:
        self.played.append(url)
        return self.problem


@dataclass
class Driver:
    """The running app and ways to use it."""

    app: BroadsheetApp
    pilot: Pilot[int]
    elsewhere: Elsewhere

    async def press(self, *keys: str) -> None:
        """Press keys one after the other, and let what they begin come to an end.

        Not Pilot's own ``press``: that sleeps until the processor is idle, 45 ms at the least for each key.
        """
        for key in keys:
            self.app.post_message(key_event(key))
            await self.rest()

    async def type(self, text: str) -> None:
        """Type a text."""
        for char in text:
            self.app.post_message(events.Key(char if char.isalnum() else _character_to_key(char), char))
        await self.rest()

    async def rest(self) -> None:
        """Wait until all messages are handled, all changes are written, and nothing is being read."""
        quiet = 0
        while quiet < 2:  # an answered dialog begins its deed a turn of the loop after it is gone
            await self.pilot._wait_for_screen()
            await asyncio.sleep(0.001)
            await self.app.work.writer.idle()
            busy = [worker for worker in self.app.workers if worker.group not in ("writer", "answers")]
            quiet = 0 if any(worker.is_running for worker in busy) else quiet + 1
        self.app.screen._on_timer_update()

    async def until(self, condition: Callable[[], object], what: str) -> None:
        """Wait until a condition holds; fail by its name when it does not come to hold."""
        for _ in range(400):
            if condition():
                return
            await asyncio.sleep(0.01)
        raise AssertionError(f"it never came to this: {what}")

    # ------------------------------------------------------------------------------------------- what is seen

    @property
    def current(self) -> str:
        """The title of the highlighted row."""
        row = self.app.work.listing.current
        return row.title if row is not None else ""

    @property
    def titles(self) -> list[str]:
        """The titles of all listed rows, in order."""
        listing = self.app.work.listing
        rows = (listing.row(entry_id) for entry_id in listing.ids)
        return [row.title if row is not None else "?" for row in rows]

    @property
    def unread(self) -> list[str]:
        """The titles of the listed rows that are unread."""
        listing = self.app.work.listing
        rows = (listing.row(entry_id) for entry_id in listing.ids)
        return [row.title for row in rows if row is not None and row.unread]

    @property
    def reading(self) -> str:
        """The title of the article that is shown."""
        article = self.app.main.article.article
        return article.row.title if article is not None else ""

    @property
    def context(self) -> Context:
        """Where the keys go."""
        return self.app.main.context

    @property
    def said(self) -> str:
        """What the status line says."""
        return self.app.main.status.message

    def painted(self) -> list[str]:
        """Return the lines of the list as they are painted."""
        entries = self.app.main.entries
        return [entries.render_line(y).text.rstrip() for y in range(entries.size.height)]


def key_event(key: str) -> events.Key:
    """Return the event of a key by its name, with the character it types."""
    if len(key) == 1:
        return events.Key(key, key)
    try:
        return events.Key(key, unicodedata.lookup(_get_unicode_name_from_key(REPLACED_KEYS.get(key, key))))
    except KeyError:
        return events.Key(key, None)


@asynccontextmanager
async def reading(
    database: Database,
    *,
    size: tuple[int, int] = (120, 36),
    config: Config | None = None,
    refresher: RefreshPort | None = None,
    subscriber: SubscribePort | None = None,
    files: FilePort | None = None,
    clock: Callable[[], datetime] = lambda: NOW,
    session: str = "test",
    wait_for_rows: bool = True,
    memory: Path | None = None,
) -> AsyncIterator[Driver]:
    """Run the app on a library while the block runs, and close both."""
    elsewhere = Elsewhere()
    app = BroadsheetApp(
        database,
        config or Config(),
        refresher=refresher,
        subscriber=subscriber,
        opener=elsewhere,
        clock=clock,
        session=session,
        memory=memory,
    )
    app.main.files = files
    try:
        async with app.run_test(size=size) as pilot:
            driver = Driver(app, pilot, elsewhere)
            await driver.until(lambda: app.work.is_open, "the first list is open")
            if wait_for_rows:
                await driver.until(lambda: driver.current, "the first row is there")
                await driver.until(lambda: driver.reading, "its article is shown")
            yield driver
    finally:
        await database.aclose()
