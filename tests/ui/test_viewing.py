"""Editing views: what Enter does in one, its order, its name."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from reader.store import views
from reader.store.database import Database
from reader.ui.dialogs.view import ViewDialog

from .driving import Driver, reading
from .library import make_library, numbered


def with_view(folder: Path, action: str = "") -> Database:
    """Return a library with a view of all that is called after the tide."""
    library = make_library(folder, numbered("Tide", 3))
    view_id = library.write_now(views.save_view, "Tides", "title:tide")
    library.write_now(views.set_action, view_id, action)
    return library


async def go(driver: Driver) -> None:
    """Go to the view."""
    await driver.press("g", "v")
    await driver.type("Tides")
    await driver.press("enter")
    await driver.until(lambda: driver.app.work.desk.place.title == "Tides", "the view is open")
    await driver.until(lambda: driver.reading == "Tide 1", "its first article is shown")


def dialog(driver: Driver) -> ViewDialog:
    found = driver.app.screen
    assert isinstance(found, ViewDialog)
    return found


async def test_enter_does_in_a_view_what_the_view_says(tmp_path: Path) -> None:
    async with reading(with_view(tmp_path, "star")) as driver:
        await go(driver)
        await driver.press("enter")
        row = driver.app.work.listing.current
        assert row is not None
        assert (row.title, row.starred, row.unread) == ("Tide 1", True, True)


async def test_enter_opens_where_the_action_of_a_view_is_not_known_and_in_the_article(tmp_path: Path) -> None:
    async with reading(with_view(tmp_path, "dance")) as driver:
        await go(driver)
        await driver.press("enter")
        assert driver.unread == ["Tide 2", "Tide 3"]


async def test_a_view_gets_another_name_order_and_action_while_it_is_open(tmp_path: Path) -> None:
    library = with_view(tmp_path)
    async with reading(library) as driver:
        await go(driver)
        await driver.press("e")
        await driver.until(lambda: "3 articles now." in str(dialog(driver)._found.render()), "it is counted")
        await driver.type(" sort:published")
        await driver.press("tab")
        await driver.type(" again")
        await driver.press("tab")
        await driver.type("later")
        await driver.press("enter")
        await driver.until(lambda: driver.titles == ["Tide 3", "Tide 2", "Tide 1"], "it has its order")
        assert driver.app.work.desk.place.title == "Tides again"
        (view,) = library.read_now(views.all_views)
        assert (view.name, view.query, view.action) == ("Tides again", "title:tide sort:published", "later")


async def test_what_a_view_cannot_be_is_told_in_the_form(tmp_path: Path) -> None:
    library = with_view(tmp_path)
    async with reading(library) as driver:
        await go(driver)
        await driver.press("e")
        await driver.type(" is:nonsense")
        await driver.press("enter", "tab", "tab")
        await driver.type("dance")
        await driver.press("enter")
        form = dialog(driver)
        await driver.until(
            lambda: "Enter can open, or do one of" in str(form._hint_line.render()), "it is told"
        )
        assert "now." not in str(form._found.render())
        assert library.read_now(views.all_views)[0].query == "title:tide"


async def test_the_name_of_another_view_is_refused(tmp_path: Path) -> None:
    library = with_view(tmp_path)
    library.write_now(partial(views.save_view, name="Ebbs", query="title:ebb"))
    async with reading(library) as driver:
        await go(driver)
        await driver.press("e", "tab", "ctrl+u")
        await driver.type("Ebbs")
        await driver.press("enter")
        await driver.until(lambda: "There is a view called 'Ebbs' already." in driver.said, "it is refused")
        assert [view.query for view in library.read_now(views.all_views)] == ["title:tide", "title:ebb"]
