"""What is under way: the status line and the panel show it, a key stops it, and nothing of what was done is lost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from reader.config import Config
from reader.errors import AlreadyRefreshing, BroadsheetError
from reader.model import EntryId, FeedDone, FeedId, PageDone, RefreshDone, RefreshEvent, RefreshStarted
from reader.ui.dialogs.tasks import TasksDialog, details
from reader.ui.tasks import Task, Tasks

from .driving import Driver, reading
from .library import NOW, make_library, numbered


@dataclass
class SlowRefresher:
    """Asks two sources: the first fails at once, the second answers when it is let."""

    asking: tuple[str, ...] = ("slow.example",)
    go_on: asyncio.Event = field(default_factory=asyncio.Event)
    calls: int = 0
    refused: str = ""
    page_error: str = ""

    async def refresh(
        self, ids: Collection[FeedId] | None = None, force: bool = False, pages: bool = True
    ) -> AsyncIterator[RefreshEvent]:
        self.calls += 1
        if self.refused:
            raise AlreadyRefreshing(self.refused)
        yield RefreshStarted(2)
        yield FeedDone(FeedId(1), "Tide", error="it is gone", done=1, total=2)
        await self.go_on.wait()
        yield FeedDone(FeedId(2), "Moon", done=2, total=2)
        yield RefreshDone(feeds=2, failed=1, errors=(("Tide", "it is gone"),))

    def want_page(self, entry_id: EntryId) -> None: ...

    async def fetch_page(self, entry_id: EntryId) -> PageDone:
        return PageDone(entry_id, "", error=self.page_error)


@dataclass
class Watch:
    """A clock that is turned by hand."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


def panel(driver: Driver) -> str:
    """Return what the panel says."""
    dialog = driver.app.screen
    assert isinstance(dialog, TasksDialog)
    dialog._look()
    listed = dialog._list
    lines = ["".join(piece.text for piece in listed.pieces(n)) for n in range(len(listed.tasks))]
    return "\n".join([*lines, str(dialog._details.render())])


async def begin(driver: Driver, key: str) -> None:
    """Press a key that begins a refresh, and wait until its first source was asked."""
    driver.app.main.refreshing.start(None)
    await driver.until(lambda: "1/2" in driver.app.main.status._progress, "one source was asked")
    for one in key.split():
        await driver.app.main.press(one)


async def test_the_panel_shows_how_far_a_refresh_is_whom_it_waits_for_and_what_failed(tmp_path: Path) -> None:
    refresher = SlowRefresher()
    async with reading(make_library(tmp_path, numbered("Tide", 3)), refresher=refresher) as driver:
        await begin(driver, "g p")
        said = panel(driver)
        assert "Refreshing all sources" in said
        assert "1/2 sources · 1 failed" in said
        assert "Waiting for slow.example." in said
        assert "! Tide: it is gone" in said

        refresher.go_on.set()
        await driver.rest()
        said = panel(driver)
        assert "2 sources asked · 1 failed" in said
        assert "Waiting" not in said


async def test_a_task_is_stopped_by_a_key_of_the_panel(tmp_path: Path) -> None:
    async with reading(make_library(tmp_path, numbered("Tide", 3)), refresher=SlowRefresher()) as driver:
        await begin(driver, "g p")
        await driver.press("x")
        await driver.rest()

        assert not driver.app.main.refreshing.is_running
        assert "stopped" in panel(driver)
        await driver.press("x")
        assert "Only what is under way" in str(driver.app.screen.query_one(".dialog-hint").render())


async def test_stop_ends_what_was_begun_last_and_says_what_that_was(tmp_path: Path) -> None:
    async with reading(make_library(tmp_path, numbered("Tide", 3)), refresher=SlowRefresher()) as driver:
        await begin(driver, "ctrl+x")
        await driver.rest()
        assert driver.said == "Stopped: Refreshing all sources."
        assert driver.app.main.status._progress == ""

        await driver.press("ctrl+x")
        assert driver.said == "Nothing is under way."


async def test_a_refresh_goes_round_as_often_as_the_settings_say_and_says_nothing_of_it(
    tmp_path: Path,
) -> None:
    refresher, watch = SlowRefresher(refused="Another one is at it."), Watch()
    library = make_library(tmp_path, numbered("Tide", 3))
    config = Config(refresh_every_minutes=30)
    async with reading(library, refresher=refresher, clock=watch, config=config) as driver:
        for minutes, calls in ((29, 0), (31, 1), (32, 1), (62, 2)):
            watch.now = NOW + timedelta(minutes=minutes)
            driver.app.main.refreshing.go_round()
            await driver.rest()
            assert refresher.calls == calls
        assert driver.said == ""

        await driver.press("R")
        assert driver.said == "Another one is at it."


async def test_after_hours_of_sleep_or_a_clock_put_back_there_is_one_refresh_and_then_the_usual_ones(
    tmp_path: Path,
) -> None:
    refresher, watch = SlowRefresher(refused="Another one is at it."), Watch()
    library = make_library(tmp_path, numbered("Tide", 3))
    config = Config(refresh_every_minutes=30)
    slept, three_days_back = 8 * 60, -3 * 24 * 60
    async with reading(library, refresher=refresher, clock=watch, config=config) as driver:
        for minutes, calls in (
            (slept, 1),
            (slept + 1, 1),
            (three_days_back, 2),
            (three_days_back + 1, 2),
            (three_days_back + 30, 3),
        ):
            watch.now = NOW + timedelta(minutes=minutes)
            driver.app.main.refreshing.go_round()
            await driver.rest()
            assert refresher.calls == calls


async def test_a_page_that_is_fetched_anew_is_listed_with_what_came_of_it(tmp_path: Path) -> None:
    refresher = SlowRefresher(page_error="lamp.example does not answer.")
    async with reading(make_library(tmp_path, numbered("Tide", 3)), refresher=refresher) as driver:
        await driver.press("enter", "colon", *"reclean", "enter")
        await driver.rest()

        (task,) = driver.app.main.tasks.over
        assert task.title == "Fetching the page of “Tide 1”"
        assert (task.outcome, task.failed) == ("lamp.example does not answer.", True)
        assert driver.said == "lamp.example does not answer."


async def test_work_in_a_worker_is_listed_and_can_be_stopped(tmp_path: Path) -> None:
    async with reading(make_library(tmp_path, numbered("Tide", 3))) as driver:
        tasks = driver.app.main.tasks

        async def work() -> None:
            with tasks.during("Importing everything"):
                await asyncio.Event().wait()

        driver.app.main.run(work())
        await driver.until(lambda: tasks.running, "it has begun")
        assert driver.app.main.status._progress == "Importing everything…"
        tasks.stop_newest()
        await driver.rest()

        assert [(task.title, task.outcome) for task in tasks.over] == [("Importing everything", "stopped")]


def shown_nowhere(label: str, done: int, total: int) -> None:
    """Stands for the status line."""


def test_what_a_task_refuses_is_its_outcome_and_goes_on_to_whoever_asked() -> None:
    tasks = Tasks(lambda: NOW, shown_nowhere)
    with pytest.raises(BroadsheetError, match="full"), tasks.during("Exporting"):
        raise BroadsheetError("The disk is full.")

    assert [(task.outcome, task.failed) for task in tasks.over] == [("The disk is full.", True)]


def test_many_problems_are_counted_and_the_last_are_told() -> None:
    task = Task("Refreshing", NOW, asking=lambda: ("a", "b", "c", "d", "e", "f"))
    task.problems.extend(f"source {number}: silent" for number in range(90))

    told = details(task)
    assert told[0] == "Waiting for a, b, c, d and 2 more."
    assert told[1] == "90 problems, the last:"
    assert told[-1] == "! source 89: silent"
    assert len(told) == 6
