"""The manual in the app: its pages set like articles, one after the other."""

from __future__ import annotations

from pathlib import Path

from reader import manual
from reader.ui.screens.manual import ManualScreen

from .driving import Driver, reading
from .library import make_library, numbered


def page(driver: Driver) -> str:
    """Return the title of the page that is shown."""
    screen = driver.app.screen
    assert isinstance(screen, ManualScreen)
    assert screen.pane.article is not None
    return screen.pane.article.row.title


async def test_space_reads_the_manual_from_its_first_page_to_its_last(tmp_path: Path) -> None:
    async with reading(make_library(tmp_path, numbered("Tide", 3))) as driver:
        await driver.press("f1")
        seen = [page(driver)]
        for _ in range(200):
            await driver.press("space")
            seen += [page(driver)] if page(driver) != seen[-1] else []
            screen = driver.app.screen
            assert isinstance(screen, ManualScreen)
            if screen.status.message:
                break

        assert seen == list(manual.topics().values())
        assert isinstance(screen, ManualScreen)
        assert screen.status.message == "This is the end of the manual."
        await driver.press("q")
        assert driver.app.screen is driver.app.main


async def test_a_page_is_chosen_from_the_contents(tmp_path: Path) -> None:
    async with reading(make_library(tmp_path, numbered("Tide", 3))) as driver:
        await driver.press("f1", "c", *"privacy", "enter")
        assert page(driver) == "Privacy"

        await driver.press("p")
        assert page(driver) == "Automation"


async def test_words_are_found_in_a_page(tmp_path: Path) -> None:
    async with reading(make_library(tmp_path, numbered("Tide", 3))) as driver:
        await driver.press("f1", "slash", *"publications", "enter")
        screen = driver.app.screen
        assert isinstance(screen, ManualScreen)
        assert screen.pane.match[1] >= 1
