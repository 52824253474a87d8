"""What comes while one reads: a refresh, other processes, a new day; the list stays still."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection
from datetime import timedelta
from pathlib import Path

import pytest

from reader.errors import StoreError
from reader.model import (
    EntryId,
    FeedDone,
    FeedId,
    PageDone,
    RefreshDone,
    RefreshEvent,
    RefreshStarted,
)  # fmt: skip
from reader.store.database import Database

from .driving import key_event, reading
from .library import NOW, Source, entry, make_library, numbered, store


class Refresher:
    """Stores one new entry a refresh, when it is let."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.asked: list[Collection[FeedId] | None] = []
        self.go_on = asyncio.Event()
        self.error = ""

    async def refresh(
        self, ids: Collection[FeedId] | None = None, force: bool = False, pages: bool = True
    ) -> AsyncIterator[RefreshEvent]:
        self.asked.append(ids)
        yield RefreshStarted(1)
        await self.go_on.wait()
        number = len(self.asked)
        fresh = store(
            self._database,
            FeedId(1),
            [entry(f"new{number}", f"Fresh {number}", NOW + timedelta(minutes=number))],
        )
        yield FeedDone(FeedId(1), "Tide", fresh, error=self.error, done=1, total=1)
        errors = (("Tide", self.error),) if self.error else ()
        yield RefreshDone(feeds=1, new=len(fresh), failed=len(errors), errors=errors)

    asking: tuple[str, ...] = ()

    def want_page(self, entry_id: EntryId) -> None:
        pass

    async def fetch_page(self, entry_id: EntryId) -> PageDone:
        return PageDone(entry_id, "")


async def test_new_articles_wait_until_they_are_asked_for(tmp_path: Path) -> None:
    library = make_library(tmp_path, numbered("Tide", 5))
    refresher = Refresher(library)
    refresher.go_on.set()
    async with reading(library, refresher=refresher) as driver:
        await driver.press("j", "j")
        before = driver.painted()
        await driver.press("R")
        await driver.until(lambda: driver.app.work.listing.waiting, "a new article waits")

        assert driver.current == "Tide 3"
        assert driver.painted() == before
        assert "1 new" in driver.app.main.query_one("#entries-heading").render_line(0).text

        await driver.press("full_stop")
        await driver.until(lambda: driver.titles[0] == "Fresh 1", "the new article is listed")
        assert driver.current == "Tide 3"


async def test_the_highlighted_row_keeps_its_line_when_new_ones_come_in_above(tmp_path: Path) -> None:
    library = make_library(tmp_path, numbered("Tide", 60))
    refresher = Refresher(library)
    refresher.go_on.set()
    async with reading(library, refresher=refresher) as driver:
        await driver.press("3", "0", "j", "R")
        await driver.until(lambda: driver.app.work.listing.waiting, "a new article waits")
        line = next(number for number, text in enumerate(driver.painted()) if text.startswith("▸"))
        await driver.press("full_stop")

        assert driver.current == "Tide 31"
        assert next(number for number, text in enumerate(driver.painted()) if text.startswith("▸")) == line


async def test_a_refresh_shows_how_far_it_is_and_what_it_brought(tmp_path: Path) -> None:
    library = make_library(tmp_path, numbered("Tide", 2))
    refresher = Refresher(library)
    async with reading(library, refresher=refresher) as driver:
        driver.app.post_message(key_event("R"))
        await driver.until(
            lambda: "0/1 sources" in driver.app.main.status.render_line(0).text, "progress is shown"
        )
        refresher.go_on.set()
        await driver.until(lambda: driver.said.startswith("1 new article"), "the result is told")

        assert "0/1" not in driver.app.main.status.render_line(0).text


async def test_a_failed_source_is_told_with_its_sentence(tmp_path: Path) -> None:
    library = make_library(tmp_path, numbered("Tide", 2))
    refresher = Refresher(library)
    refresher.error = "The server answered 500."
    refresher.go_on.set()
    async with reading(library, refresher=refresher) as driver:
        await driver.press("R")
        await driver.until(lambda: "Tide: The server answered 500." in driver.said, "the failure is told")


async def test_a_refresh_can_be_stopped_and_only_one_runs(tmp_path: Path) -> None:
    library = make_library(tmp_path, numbered("Tide", 2))
    refresher = Refresher(library)
    async with reading(library, refresher=refresher) as driver:
        driver.app.post_message(key_event("R"))
        await driver.until(lambda: refresher.asked, "the refresh runs")
        driver.app.post_message(key_event("R"))
        await driver.until(lambda: "is running" in driver.said, "a second one is refused")
        driver.app.post_message(key_event("ctrl+x"))
        await driver.until(lambda: not driver.app.main.refreshing.is_running, "it has stopped")

        assert len(refresher.asked) == 1


async def test_r_refreshes_the_source_that_is_open(tmp_path: Path) -> None:
    library = make_library(tmp_path, numbered("Tide", 2), Source("Ebb", ["Ebb 1"]))
    refresher = Refresher(library)
    refresher.go_on.set()
    async with reading(library, refresher=refresher) as driver:
        await driver.press("J", "r")
        await driver.until(lambda: refresher.asked, "the refresh ran")

        assert refresher.asked == [(driver.app.work.desk.place.feed_id,)]


async def test_a_long_list_is_read_to_its_end_behind_the_first_screen(tmp_path: Path) -> None:
    library = make_library(tmp_path, numbered("Tide", 1_100))
    async with reading(library) as driver:
        await driver.until(lambda: len(driver.app.work.listing) == 1_100, "the whole list is there")
        await driver.press("G")
        await driver.until(lambda: driver.current == "Tide 1100", "the last row was read")
        assert driver.app.work.listing.unread_count == 1_100


async def test_a_library_that_cannot_be_read_for_a_moment_is_told_and_the_app_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = make_library(tmp_path, numbered("Tide", 3))
    async with reading(library) as driver:

        async def refuse(*args: object, **kwargs: object) -> None:
            raise StoreError("The library is on a disk that went away.")

        with monkeypatch.context() as patch:
            patch.setattr(library, "read", refuse)
            await driver.press("j")
            await driver.press("g", "l")
            await driver.until(lambda: "went away" in driver.said, "it is told")
        await driver.press("g", "i")
        await driver.until(lambda: driver.titles == ["Tide 1", "Tide 2", "Tide 3"], "it goes on")
