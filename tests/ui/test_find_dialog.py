from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.pilot import Pilot
from textual.widgets import Static

from reader.ui.dialogs.find import FindDialog
from tests.ui.test_article_pane import LONG, Shelf


@asynccontextmanager
async def finding() -> AsyncIterator[tuple[Shelf, FindDialog, Pilot[None]]]:
    app = Shelf()
    async with app.run_test() as pilot:
        await pilot.pause()
        app.pane.show(LONG)
        dialog = FindDialog(app.pane)
        await app.push_screen(dialog)
        await pilot.pause()
        yield app, dialog, pilot


def count(dialog: FindDialog) -> str:
    return str(dialog.query_one(".dialog-count", Static).content)


async def test_the_article_follows_what_is_typed() -> None:
    async with finding() as (app, dialog, pilot):
        await pilot.press(*"number 20")

        assert app.pane.match == (1, 11)
        assert count(dialog) == "1/11"


async def test_the_arrows_go_from_place_to_place_and_enter_stays() -> None:
    async with finding() as (app, dialog, pilot):
        await pilot.press(*"number 20", "down", "down", "up", "enter")
        await pilot.pause()

        assert app.pane.match == (2, 11)
        assert app.screen is not dialog


async def test_escape_lets_go_of_what_was_found() -> None:
    async with finding() as (app, dialog, pilot):
        await pilot.press(*"lamps", "escape")
        await pilot.pause()

        assert app.pane.match == (0, 0)
        assert app.screen is not dialog


async def test_what_is_not_there_is_said() -> None:
    async with finding() as (_, dialog, pilot):
        await pilot.press(*"zeppelin")
        assert count(dialog) == "not found"

        await pilot.press(*["backspace"] * 8)
        assert count(dialog) == ""
