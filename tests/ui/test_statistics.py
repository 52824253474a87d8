"""The page of what came and was read: its figures, its bars, its keys."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from reader.store.statistics import Day, Volume
from reader.ui import volumes
from reader.ui.rows import Piece
from reader.ui.screens.statistics import StatisticsScreen
from reader.ui.volumes import Order

from .driving import Driver, reading
from .library import Source, make_library, numbered


def volume(name: str, came: int, read: int = 0, later: int = 0) -> Volume:
    """Return a volume of one week."""
    return Volume(1, name, (came,), (read,), (later,), (0,))


def text(pieces: Sequence[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("order", "names"),
    [
        (Order.VOLUME, "Brook Ash Dell Cove"),
        (Order.READ, "Ash Dell Brook Cove"),
        (Order.LATER, "Dell Ash Brook Cove"),
        (Order.NAME, "Ash Brook Cove Dell"),
    ],
)
def test_each_order_puts_first_what_it_says(order: Order, names: str) -> None:
    some = [volume("Dell", 4, 2, 4), volume("Cove", 0), volume("Brook", 9, 9), volume("Ash", 6)]

    assert " ".join(one.name for one in volumes.ordered(some, order)) == names


def test_many_weeks_are_gathered_into_few_bars_and_none_is_lost() -> None:
    assert volumes.gathered(range(1, 6), 2) == [1 + 2, 3 + 4 + 5]
    assert volumes.gathered([5] * 52) == [5 * 2, *[5 * 5] * 10]
    assert volumes.gathered([1, 2, 3]) == [1, 2, 3]


def test_a_bar_is_exact_to_an_eighth_of_a_cell_and_never_longer_than_its_room() -> None:
    assert volumes.bar(0.0, 4) == "    "
    assert volumes.bar(0.5, 4) == "██  "
    assert volumes.bar(1 / 32, 4) == "▏   "
    assert volumes.bar(7.0, 4) == "████"


def test_a_share_of_all_is_a_full_bar_and_a_share_of_nothing_a_point() -> None:
    assert volumes.shares([3, 1, 0], [3, 2, 0]) == "█▄·"


@pytest.mark.parametrize("width", [40, 62, 76, 90, 196])
def test_lines_and_the_names_above_them_fill_the_width(width: int) -> None:
    line = text(volumes.row(volume("A source of a name as long as that", 1200, 30, 2), width))

    assert len(line) == width
    assert len(volumes.columns(width)) == width
    assert line.index("1,200") + len("1,200") == volumes.columns(width).index("came") + len("came")


@pytest.mark.parametrize("width", [40, 77, 118])
def test_days_stand_under_the_names_of_their_columns(width: int) -> None:
    line = text(volumes.day_row(Day(date(2026, 11, 24), 12, 7), 12, width))
    names = volumes.day_columns(width)

    assert line.startswith("Tue 24 Nov ")
    assert line.rindex("12") + 2 == names.index("came") + 4
    assert line.rindex("7") + 1 == names.index("read") + 4
    assert len(line) <= width


async def shown(driver: Driver) -> StatisticsScreen:
    """Open the page."""
    await driver.press("g", "w")
    screen = driver.app.screen
    assert isinstance(screen, StatisticsScreen)
    return screen


def lines(screen: StatisticsScreen) -> list[str]:
    listed = screen.listed
    return [listed.render_line(y).text.rstrip() for y in range(listed.count)]


async def test_sources_tags_and_days_are_counted_and_the_size_of_the_library_told(tmp_path: Path) -> None:
    library = make_library(tmp_path, numbered("Tide", 3), Source("Ebb", ["Ebb 1"]))
    async with reading(library) as driver:
        await driver.press("d", "t")
        await driver.type("sea")
        await driver.press("enter")
        screen = await shown(driver)
        assert [line.split()[:2] for line in lines(screen)] == [["▸", "Tide"], ["Ebb", "···········█"]]
        assert "33%" in lines(screen)[0]
        assert screen.heading._info.startswith("12 weeks · 4 articles in 0.")
        await driver.press("tab")
        assert [line.split()[1] for line in lines(screen)] == ["sea"]
        await driver.press("tab", "plus")
        assert len(lines(screen)) == 26 * 7
        assert lines(screen)[0].startswith("▸ Tue 24 Nov")


async def test_enter_opens_the_source_and_an_order_is_told(tmp_path: Path) -> None:
    library = make_library(tmp_path, numbered("Tide", 3), Source("Ebb", ["Ebb 1"]))
    async with reading(library) as driver:
        screen = await shown(driver)
        await driver.press("j", "comma", "comma", "comma", "minus")
        assert screen.order is Order.NAME
        assert screen.status.message == "Sorted: by name."
        assert screen.weeks == 4
        await driver.press("enter")
        assert driver.app.screen is driver.app.main
        assert driver.titles == ["Ebb 1"]


async def test_an_empty_library_and_one_without_tags_say_so(tmp_path: Path) -> None:
    async with reading(make_library(tmp_path), wait_for_rows=False) as driver:
        await driver.press("escape", "escape")
        screen = await shown(driver)
        assert screen.details() == ("There are no sources yet.",)
        await driver.press("enter", "tab", "j")
        assert screen.details() == ("There are no tags yet.",)
