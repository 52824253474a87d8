"""Searching as one types, saved views, jumping, and the command line."""

from __future__ import annotations

from pathlib import Path

from reader.store import views
from reader.ui.places import PlaceKind

from .driving import Driver, reading
from .library import Source, make_library, numbered

SHORES = Source(
    "Shores", ["The lighthouse sleeps", "A boat comes home", "The harbour at night", "Boats and ropes"]
)


async def search(driver: Driver, text: str) -> None:
    """Type a search and wait until it was made."""
    await driver.press("slash")
    await driver.type(text)
    await driver.until(
        lambda: (
            driver.app.work.desk.place.kind is PlaceKind.SEARCH and driver.app.work.desk.place.key == text
        ),
        f"{text} was searched",
    )
    await driver.rest()


async def test_a_search_finds_as_one_types_and_escape_brings_back_what_was_open(tmp_path: Path) -> None:
    async with reading(make_library(tmp_path, SHORES)) as driver:
        await driver.press("j", "d")
        await search(driver, "harbour nig")
        assert driver.titles == ["The harbour at night"]
        assert "1 found" in driver.app.main.searchbar.note.text

        await driver.press("escape")
        assert driver.current == "The harbour at night"
        assert len(driver.titles) == 4
        assert len(driver.unread) == 3


async def test_enter_keeps_the_results_and_verbs_work_on_them(tmp_path: Path) -> None:
    async with reading(make_library(tmp_path, SHORES)) as driver:
        await search(driver, "boat")
        assert driver.titles == ["A boat comes home", "Boats and ropes"]
        await driver.press("enter", "d")
        assert driver.unread == ["Boats and ropes"]

        await driver.press("escape")
        assert driver.unread == ["The lighthouse sleeps", "The harbour at night", "Boats and ropes"]


async def test_the_word_being_typed_is_a_beginning_and_with_a_blank_behind_it_a_word(tmp_path: Path) -> None:
    async with reading(make_library(tmp_path, SHORES)) as driver:
        await search(driver, "boat ")
        assert driver.titles == ["A boat comes home"]


async def test_an_error_stands_under_its_column_and_the_list_stays(tmp_path: Path) -> None:
    async with reading(make_library(tmp_path, SHORES)) as driver:
        await search(driver, "boat")
        await driver.type(" is:wet")
        note = driver.app.main.searchbar.note
        await driver.until(lambda: "wet" in note.text, "the error is shown")

        assert driver.titles == ["A boat comes home", "Boats and ropes"]
        assert note.render_line(0).text.index("▲") == 2 + len("boat is:")


async def test_nothing_found_offers_the_word_as_the_library_spells_it(tmp_path: Path) -> None:
    async with reading(make_library(tmp_path, SHORES)) as driver:
        await search(driver, "lighthuose")
        await driver.until(
            lambda: any("lighthouse" in line for line in driver.painted()), "a better spelling is offered"
        )

        await driver.press("tab")
        await driver.until(lambda: driver.titles == ["The lighthouse sleeps"], "it was taken")


async def test_a_search_is_saved_as_a_view_with_its_count(tmp_path: Path) -> None:
    library = make_library(tmp_path, SHORES)
    async with reading(library) as driver:
        await search(driver, "is:unread boat")
        await driver.press("ctrl+s")
        await driver.type("boats")
        await driver.press("enter")
        await driver.until(lambda: driver.app.work.desk.sources.views, "the view is there")

        assert [(view.name, view.query) for view in library.read_now(views.all_views)] == [
            ("boats", "is:unread boat")
        ]
        await driver.until(lambda: driver.app.work.desk.sources.views[0].unread == 1, "it is counted")


async def test_one_jumps_to_a_source_by_a_few_letters(tmp_path: Path) -> None:
    async with reading(make_library(tmp_path, SHORES, numbered("Tide", 2))) as driver:
        await driver.press("g", "s", "t", "d", "e", "enter")
        await driver.until(lambda: driver.titles == ["Tide 1", "Tide 2"], "the source is open")


async def test_a_bulk_command_shows_what_it_would_do_and_is_one_undo(tmp_path: Path) -> None:
    async with reading(make_library(tmp_path, SHORES, numbered("Tide", 30))) as driver:
        await driver.press("colon")
        await driver.type("done feed:tide")
        await driver.press("enter")
        await driver.until(lambda: type(driver.app.screen).__name__ == "Confirm", "it asks")
        await driver.press("enter")
        await driver.until(lambda: "30 articles" in driver.said, "it is done")
        await driver.until(lambda: len(driver.unread) == 4, "the rows follow")

        await driver.press("u")
        await driver.until(lambda: len(driver.unread) == 34, "one undo takes it back")


async def test_the_command_line_completes_and_says_what_is_wrong(tmp_path: Path) -> None:
    async with reading(make_library(tmp_path, SHORES)) as driver:
        await driver.press("colon")
        await driver.type("doen")
        await driver.press("enter")
        assert type(driver.app.screen).__name__ == "CommandDialog"

        await driver.press("ctrl+u")
        await driver.type("select-al")
        await driver.press("tab", "enter")
        assert driver.app.work.listing.selection_size == 4


async def test_the_order_can_be_chosen(tmp_path: Path) -> None:
    async with reading(make_library(tmp_path, SHORES)) as driver:
        await driver.press("comma")
        await driver.type("title")
        await driver.press("enter")
        await driver.until(lambda: driver.titles == sorted(driver.titles), "the titles are in order")


async def test_help_is_filtered_and_carries_out_what_is_chosen(tmp_path: Path) -> None:
    async with reading(make_library(tmp_path, SHORES)) as driver:
        await driver.press("question_mark")
        await driver.type("star or")
        await driver.press("enter")

        row = driver.app.work.listing.current
        assert row is not None
        assert row.starred


async def test_what_was_done_is_listed_and_any_of_it_undone(tmp_path: Path) -> None:
    async with reading(make_library(tmp_path, SHORES)) as driver:
        await driver.press("s", "d", "d")
        await driver.press("colon")
        await driver.type("history")
        await driver.press("enter")
        await driver.until(lambda: type(driver.app.screen).__name__ == "Picker", "the list is there")
        await driver.type("starred")
        await driver.press("enter")
        await driver.until(lambda: driver.said.startswith("Undone: Starred"), "that step is undone")

        assert len(driver.unread) == 2
