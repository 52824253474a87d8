"""How the sources are doing: the order, the words, and what each key changes."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from reader.model import Feed, FeedId, Health, SourceKind
from reader.store import feeds
from reader.store.database import Database
from reader.store.statistics import Volume
from reader.ui import condition
from reader.ui.condition import Condition
from reader.ui.screens.health import HealthScreen

from .driving import Driver, reading
from .library import NOW, make_library, numbered


def feed(number: int, title: str, **what: object) -> Feed:
    """Return a source that was fetched an hour ago."""
    known: dict[str, object] = {"health": Health.OK, "last_fetch": NOW - timedelta(hours=1)}
    return Feed(FeedId(number), f"https://{number}.example/", title, **(known | what))  # type: ignore[arg-type]


def volume(number: int, published: tuple[int, ...], read: int = 0) -> Volume:
    """Return what a source brought, with so much of the last week read."""
    nothing = (0,) * len(published)
    return Volume(number, "", published, (*nothing[:-1], read), nothing, nothing)


# ---------------------------------------------------------------------------------------- in words


@pytest.mark.parametrize(
    ("what", "published", "state"),
    [
        ({"health": Health.GONE}, (1,), Condition.GONE),
        ({"health": Health.PAUSED, "error": "It is late."}, (1,), Condition.PAUSED),
        ({"error": "There is no host."}, (1,), Condition.FAILING),
        ({"decision": "moved to a new address; 3 new"}, (1,), Condition.MOVED),
        ({"last_fetch": None}, (0,), Condition.NEW),
        ({}, (9, 0, 0, 0, 0), Condition.SILENT),
        ({"quiet": True}, (1,), Condition.QUIET),
        ({}, (9, 0, 0, 0, 1), Condition.FINE),
    ],
)
def test_each_condition_has_its_word(
    what: dict[str, object], published: tuple[int, ...], state: Condition
) -> None:
    assert condition.condition(feed(1, "Tide", **what), volume(1, published)) is state


def test_what_to_worry_about_comes_first_then_the_least_read_and_saved_pages_are_no_source() -> None:
    sources = [
        feed(1, "Read"), feed(2, "Unread"), feed(3, "Failing", error="No."), feed(4, "Gone", health=Health.GONE),
        feed(5, "Saved pages", kind=SourceKind.SAVED),
    ]  # fmt: skip
    volumes = {1: volume(1, (9,), 9), 2: volume(2, (9,), 1)}

    assert [one.title for one in condition.in_order(sources, volumes)] == [
        "Gone",
        "Failing",
        "Unread",
        "Read",
    ]


def test_a_sparkline_has_its_highest_bar_at_the_most_and_a_point_for_nothing() -> None:
    assert condition.sparkline((0, 1, 4, 8)) == "·▁▄█"
    assert condition.sparkline((0, 0)) == "··"
    assert condition.sparkline((7,)) == "█"
    assert condition.sparkline(()) == ""


def test_intervals_are_stepped_through_up_and_down_and_end_with_the_sources_own() -> None:
    hours = [1, 2, 4, 8, 24, 72, 168]
    interval, up = None, []
    for _ in range(8):
        interval = condition.less_often(interval)
        up.append(interval)
    assert up == [timedelta(hours=n) for n in [*hours, 168]]

    down = []
    while interval is not None:
        interval = condition.more_often(interval)
        down.append(interval)
    assert down == [*(timedelta(hours=n) for n in reversed(hours[:-1])), None]
    assert condition.more_often(timedelta(hours=3)) == timedelta(hours=2)
    assert condition.more_often(timedelta(days=30)) == timedelta(hours=168)
    assert condition.more_often(None) is None


def test_trouble_is_told_with_how_often_and_since_when() -> None:
    trouble, _ = condition.details(
        feed(1, "Tide", error="It answers 500.", failures=3, last_success=NOW - timedelta(days=2)), None, NOW
    )

    assert trouble == "It answers 500. 3 failures in a row, last fetched 2d ago."


def test_the_next_try_is_told() -> None:
    assert condition.next_try(feed(1, "Tide", next_fetch=NOW + timedelta(hours=2)), NOW) == "in 2h"
    assert condition.next_try(feed(1, "Tide", next_fetch=NOW - timedelta(hours=2)), NOW) == "due"
    assert condition.next_try(feed(1, "Tide", health=Health.GONE), NOW) == "–"


# ---------------------------------------------------------------------------------------- on the screen


@pytest.fixture
def library(tmp_path: Path) -> Database:
    """Return a library of two sources, the first the busier."""
    return make_library(tmp_path, numbered("Tide", 5), numbered("Moth", 2))


def shown(driver: Driver) -> HealthScreen:
    """Return the screen, which must be the one that is shown."""
    screen = driver.app.screen
    assert isinstance(screen, HealthScreen)
    return screen


def lines(driver: Driver) -> list[str]:
    """Return the lines of the list."""
    listed = shown(driver)._list
    return ["".join(piece.text for piece in listed.pieces(n)) for n in range(len(listed.feeds))]


async def first(library: Database) -> Feed:
    return next(one for one in await library.read(feeds.all_feeds) if one.title == "Tide")


async def test_it_lists_every_source_with_what_it_sends_and_what_is_read(library: Database) -> None:
    async with reading(library) as driver:
        await driver.press("d", "g", "h")
        await driver.rest()

        tide, moth = lines(driver)
        assert "Tide" in tide
        assert "20%" in tide
        assert "█" in tide
        assert "Moth" in moth
        assert "0%" in moth


async def test_quiet_pause_and_intervals_are_changed_on_the_spot(library: Database) -> None:
    async with reading(library) as driver:
        await driver.press("g", "h", "Q")
        assert (await first(library)).quiet
        await driver.press("minus", "minus")
        assert (await first(library)).interval == timedelta(hours=2)
        await driver.press("plus", "plus")
        assert (await first(library)).interval is None
        await driver.press("P")
        assert (await first(library)).health is Health.PAUSED
        assert "paused" in "".join(lines(driver))
        await driver.press("P", "Q")

        assert (await first(library)).health is not Health.PAUSED
        assert not (await first(library)).quiet


async def test_a_source_is_unsubscribed_and_comes_back_by_undo(library: Database) -> None:
    async with reading(library) as driver:
        await driver.press("g", "h", "x")
        assert len(lines(driver)) == 1
        assert "Removed" in shown(driver).status.message

        await driver.press("u")
        await driver.until(lambda: len(lines(driver)) == 2, "the source is back")


async def test_enter_goes_to_the_source_and_escape_back(library: Database) -> None:
    async with reading(library) as driver:
        await driver.press("g", "h", "j", "enter")
        await driver.until(lambda: driver.app.screen is driver.app.main, "one is back")
        await driver.rest()
        assert driver.app.work.desk.place.title in ("Tide", "Moth")

        await driver.press("g", "h", "escape")
        assert driver.app.screen is driver.app.main


@pytest.mark.parametrize("size", [(240, 70), (80, 24), (60, 15), (40, 10), (12, 4), (1, 1)])
async def test_it_survives_every_size_and_having_no_source(tmp_path: Path, size: tuple[int, int]) -> None:
    async with reading(make_library(tmp_path), size=size, wait_for_rows=False) as driver:
        await driver.press("g", "h", "j", "Q", "x", "enter", "minus", "Z")

        assert shown(driver)._list.current is None


async def test_what_is_read_after_one_has_left_changes_nothing(library: Database) -> None:
    async with reading(library) as driver:
        await driver.press("g", "h")
        left = driver.app.screen
        assert isinstance(left, HealthScreen)
        await driver.press("escape")
        await driver.until(lambda: not left.is_attached, "the page is gone")

        await left.load()

        assert driver.app.screen is driver.app.main
