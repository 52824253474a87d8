"""Sources, folders and views in the order the person puts them in, by keys."""

from __future__ import annotations

from pathlib import Path

from reader.store import views
from reader.ui.outline import outline

from .driving import Driver, reading
from .library import Source, make_library, numbered


def listed(driver: Driver, *wanted: str) -> list[str]:
    """Return those of the lines of the sources pane that are asked for, in their order."""
    lines = outline(driver.app.work.desk.sources)
    return [line.label for line in lines if line.label in wanted]


async def test_a_source_is_moved_by_keys_and_stays_highlighted(tmp_path: Path) -> None:
    library = make_library(tmp_path, numbered("Ferry", 1), numbered("Moon", 1), numbered("Tide", 1))
    async with reading(library) as driver:
        await driver.press("h", "G", "shift+up")
        assert listed(driver, "Ferry", "Moon", "Tide") == ["Ferry", "Tide", "Moon"]
        assert driver.app.main.sources.current is not None
        assert driver.app.main.sources.current.title == "Tide"

        await driver.press("2", "shift+up")
        assert listed(driver, "Ferry", "Moon", "Tide") == ["Tide", "Ferry", "Moon"]
        await driver.press("shift+down")
        assert listed(driver, "Ferry", "Moon", "Tide") == ["Ferry", "Tide", "Moon"]


async def test_a_folder_is_moved_with_what_is_in_it(tmp_path: Path) -> None:
    library = make_library(
        tmp_path, Source("Ferry", ["one"], folder="Boats"), Source("Moon", ["two"], folder="Sky")
    )
    async with reading(library) as driver:
        await driver.press("h", "G", "k", "shift+up")
        assert listed(driver, "Boats", "Ferry", "Sky", "Moon") == ["Sky", "Moon", "Boats", "Ferry"]


async def test_a_view_is_moved_and_a_built_in_list_is_not(tmp_path: Path) -> None:
    library = make_library(tmp_path, numbered("Tide", 1))
    for name in ("First", "Second"):
        library.write_now(views.save_view, name, "is:unread")
    async with reading(library) as driver:
        pane = driver.app.main.sources
        await driver.press("h")
        assert pane.go_to(next(place for place in driver.app.main.all_places() if place.title == "Second"))
        await driver.press("shift+up")
        assert listed(driver, "First", "Second") == ["Second", "First"]

        await driver.press("g", "g", "shift+down")
        assert driver.said == "Only sources, folders and views have an order of yours."
