"""The screen: panes for every size, focus, mouse, what is said where there is nothing, and what is remembered."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.widgets import Input

from reader.actions import BY_NAME, Context
from reader.errors import BroadsheetError
from reader.model import FeedId
from reader.store import feeds
from reader.store.database import Database
from reader.ui.arrangement import Dividers, Shape, possible, shape, shown, widths
from reader.ui.memory import Memory, recall, remember
from reader.ui.ports import Offer, Offers, Taken

from .driving import Driver, reading
from .library import Source, make_library, numbered


def visible(driver: Driver) -> set[str]:
    """Return the names of the panes that are shown."""
    main = driver.app.main
    return {name for name in ("sources", "entries", "article") if main.query_one(f"#{name}-box").display}


@pytest.mark.parametrize(
    ("size", "panes"),
    [
        ((200, 50), {"sources", "entries", "article"}), ((120, 36), {"sources", "entries", "article"}),
        ((100, 30), {"entries", "article"}), ((80, 24), {"entries", "article"}), ((79, 24), {"entries"}),
        ((40, 10), {"entries"}),
    ],
)  # fmt: skip
async def test_each_size_has_its_panes(tmp_path: Path, size: tuple[int, int], panes: set[str]) -> None:
    async with reading(make_library(tmp_path, numbered("Tide", 3)), size=size, wait_for_rows=False) as driver:
        assert visible(driver) == panes


async def test_the_sources_come_in_beside_the_list_when_they_are_asked_for(tmp_path: Path) -> None:
    async with reading(make_library(tmp_path, numbered("Tide", 3)), size=(100, 30)) as driver:
        await driver.press("h")
        assert visible(driver) == {"sources", "entries", "article"}
        assert driver.context is Context.SOURCES

        await driver.press("l")
        assert visible(driver) == {"entries", "article"}


async def test_in_a_narrow_terminal_one_goes_in_with_enter_and_out_with_escape(tmp_path: Path) -> None:
    library = make_library(tmp_path, numbered("Tide", 3))
    async with reading(library, size=(60, 20), wait_for_rows=False) as driver:
        await driver.press("enter")
        assert visible(driver) == {"article"}
        assert driver.reading == "Tide 1"

        await driver.press("escape")
        assert visible(driver) == {"entries"}
        await driver.press("h")
        assert visible(driver) == {"sources"}
        await driver.press("j", "enter")
        assert visible(driver) == {"entries"}


def test_shapes_widths_and_panes_leave_nothing_out() -> None:
    for width in range(1, 260):
        for height in (1, 9, 10, 24, 70):
            form = shape(width, height)
            assert (form is Shape.TINY) == (width < 40 or height < 10)
            sources, entries = widths(width, form)
            if form is Shape.WIDE:
                assert width - sources - entries >= 40
            for focus in (Context.SOURCES, Context.ENTRIES, Context.ARTICLE):
                panes = shown(form, focus)
                assert getattr(panes, focus)


async def test_a_click_highlights_a_row_and_a_second_one_opens_it(tmp_path: Path) -> None:
    async with reading(make_library(tmp_path, numbered("Tide", 5))) as driver:
        line = next(n for n, text in enumerate(driver.painted()) if "Tide 3" in text)
        await driver.pilot.click("#entries", offset=(6, line))
        await driver.rest()
        assert driver.current == "Tide 3"

        await driver.pilot.click("#entries", offset=(6, line), times=2)
        await driver.rest()
        assert driver.context is Context.ARTICLE


async def test_a_click_on_a_source_opens_it_and_one_on_the_footer_presses_its_key(tmp_path: Path) -> None:
    library = make_library(tmp_path, Source("Ant", ["Ant 1"]), Source("Bee", ["Bee 1"]))
    async with reading(library) as driver:
        lines = [driver.app.main.sources.render_line(y).text for y in range(20)]
        await driver.pilot.click(
            "#sources", offset=(4, next(n for n, text in enumerate(lines) if "Bee" in text))
        )
        await driver.until(lambda: driver.titles == ["Bee 1"], "the source is open")

        footer = driver.app.main.footer.render_line(0).text
        await driver.pilot.click("#footer", offset=(footer.index("star"), 0))
        await driver.rest()
        row = driver.app.work.listing.current
        assert row is not None
        assert row.starred


async def test_a_folder_folds_and_its_count_stays(tmp_path: Path) -> None:
    library = make_library(
        tmp_path, Source("Ant", ["Ant 1"], "Insects"), Source("Bee", ["Bee 1"], "Insects/Striped")
    )
    async with reading(library) as driver:
        pane = driver.app.main.sources
        await driver.press("h", "j", "j", "j", "j", "j", "minus")
        lines = [pane.render_line(y).text.strip() for y in range(12)]

        assert any("Insects" in line and line.endswith("2") for line in lines)
        assert not any("Bee" in line for line in lines)


# ---------------------------------------------------------------------------------------- nothing to show


async def test_a_first_start_offers_what_to_do(tmp_path: Path) -> None:
    async with reading(Database.open(tmp_path / "library.db"), wait_for_rows=False) as driver:
        text = "\n".join(driver.painted())

        for words in ("Welcome to Broadsheet", "add a site", ":import", ":demo"):
            assert words in text


async def test_an_empty_inbox_says_so_and_where_to_go(tmp_path: Path) -> None:
    async with reading(make_library(tmp_path, numbered("Tide", 2))) as driver:
        await driver.press("w", "d", "ctrl+l")
        await driver.until(lambda: any("All read" in line for line in driver.painted()), "it says so")
        await driver.until(
            lambda: "1 on the later list: g l goes there" in " ".join(" ".join(driver.painted()).split()),
            "and where to go, once the counts are there",
        )


@pytest.mark.parametrize("sources", [(), (numbered("Tide", 3),)], ids=["nothing", "something"])
async def test_every_action_can_be_begun_and_left_again(tmp_path: Path, sources: tuple[Source, ...]) -> None:
    async with reading(make_library(tmp_path, *sources), wait_for_rows=bool(sources)) as driver:
        for action in driver.app.main._deeds:
            if action == "quit":
                continue
            for key in driver.app.main.keymap.keys(BY_NAME[action])[:1]:
                await driver.press(*key.split(" "))
                while driver.app.screen is not driver.app.main:
                    await driver.press("escape")
            if driver.app.main.searchbar.display:
                await driver.press("escape")

        assert driver.app.is_running


# ---------------------------------------------------------------------------------------- adding


class Subscriber:
    """Offers one feed and one article for any address."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.looked_at: list[str] = []

    async def preview(self, address: str) -> Offers:
        self.looked_at.append(address)
        if "nothing" in address:
            raise BroadsheetError("There is nothing to read at this address.")
        return Offers((Offer("1", "The Gull", "https://gull.example/feed", "feed", ("Gull sees sea",)),))

    async def take(self, offer: Offer, folder: str) -> Taken:
        feed_id = await self._database.write(feeds.add_feed, offer.url, offer.title, folder=folder)
        return Taken(f"Subscribed to {offer.title}.", feed_id)

    async def import_file(self, path: Path) -> str:
        return f"Imported {path.name}."

    async def export_file(self, path: Path) -> str:
        return f"Exported {path.name}."

    async def demo(self) -> str:
        return "Added the demo."


async def test_an_address_is_looked_at_and_what_is_chosen_is_subscribed_to(tmp_path: Path) -> None:
    library = make_library(tmp_path, numbered("Tide", 2))
    async with reading(library, subscriber=Subscriber(library)) as driver:
        await driver.press("a")
        await driver.type("gull.example")
        await driver.press("enter")
        await driver.until(lambda: driver.app.screen.query_one("#folder").display, "the offer is shown")
        await driver.press("tab")
        await driver.type("Birds")
        await driver.press("enter")
        await driver.until(lambda: driver.app.work.desk.place.title == "The Gull", "the source is open")

        feed = library.read_now(feeds.get_feed, FeedId(2))
        assert (feed.title, feed.folder) == ("The Gull", "Birds")


async def test_an_address_with_nothing_behind_it_says_why_and_can_be_mended(tmp_path: Path) -> None:
    library = make_library(tmp_path, numbered("Tide", 2))
    subscriber = Subscriber(library)
    async with reading(library, subscriber=subscriber) as driver:
        await driver.press("a")
        await driver.type("nothing")
        await driver.press("enter")
        hint = driver.app.screen.query_one(".dialog-hint")
        await driver.until(lambda: "nothing to read" in str(hint.render()), "it says why")

        assert driver.app.screen.query_one("#address", Input).value == "nothing"


async def test_a_removed_source_comes_back_by_undo(tmp_path: Path) -> None:
    library = make_library(tmp_path, Source("Ant", ["Ant 1"]), Source("Bee", ["Bee 1"]))
    async with reading(library) as driver:
        await driver.press("h", "G", "delete")
        await driver.until(lambda: len(driver.app.work.desk.sources.feeds) == 1, "it is gone")
        await driver.press("u")
        await driver.until(lambda: len(driver.app.work.desk.sources.feeds) == 2, "it is back")


# ---------------------------------------------------------------------------------------- triage


async def test_triage_goes_through_the_unread_and_ends_with_what_was_decided(tmp_path: Path) -> None:
    async with reading(make_library(tmp_path, numbered("Tide", 5))) as driver:
        await driver.press("T", "d", "w", "s", "n", "d")
        screen = driver.app.screen
        text = "\n".join(screen.query_one("Notice").render_line(y).text for y in range(30))
        assert "5 articles: 2 marked read, 1 for later, 1 starred, 1 left undecided" in text

        await driver.press("l")
        await driver.until(lambda: driver.titles == ["Tide 2"], "the later list is open")


async def test_undo_in_triage_goes_back_to_the_article_it_concerns(tmp_path: Path) -> None:
    async with reading(make_library(tmp_path, numbered("Tide", 3))) as driver:
        await driver.press("T", "d", "d", "u")
        screen = driver.app.screen
        await driver.until(lambda: "2/3" in screen.query_one("PaneHeading").render_line(0).text, "it is back")

        await driver.press("q")
        assert driver.unread == ["Tide 2", "Tide 3"]


# ---------------------------------------------------------------------------------------- memory


async def test_the_next_window_opens_where_this_one_was_left(tmp_path: Path) -> None:
    note = tmp_path / "window.json"
    async with reading(make_library(tmp_path, numbered("Tide", 5)), memory=note) as driver:
        await driver.press("J", "j", "j")
    async with reading(Database.open(tmp_path / "library.db"), memory=note) as driver:
        assert driver.app.work.desk.place.title == "Tide"
        assert driver.current == "Tide 3"


def test_a_damaged_note_of_the_last_window_is_forgotten(tmp_path: Path) -> None:
    note = tmp_path / "window.json"
    for damaged in ("", "{", "[1]", '{"entry_id": "x", "folded": 3, "sort": null}', "\x00" * 10):
        note.write_text(damaged)
        assert recall(note) == Memory()
    remember(note, Memory("feed", "7", 12, folded=("a/b",)))
    assert recall(note) == Memory("feed", "7", 12, folded=("a/b",))
    assert recall(None) == Memory()


# ---------------------------------------------------------------------------------------- dividers


def widths_of(driver: Driver) -> tuple[int, int, int]:
    """Return how wide the three panes are."""
    main = driver.app.main
    return main.sources.size.width, main.entries.size.width, main.article.size.width


async def test_dividers_are_moved_by_keys_and_stand_there_in_the_next_window(tmp_path: Path) -> None:
    note = tmp_path / "window.json"
    async with reading(make_library(tmp_path, numbered("Tide", 5)), memory=note, size=(140, 36)) as driver:
        usual = sources, entries, article = widths_of(driver)
        await driver.press("2", "shift+right")
        assert widths_of(driver) == (sources, entries + 8, article - 8)
        await driver.press("h", "shift+left", "l")
        assert widths_of(driver)[0] == sources - 4
        left = widths_of(driver)
    async with reading(Database.open(tmp_path / "library.db"), memory=note, size=(140, 36)) as driver:
        assert widths_of(driver) == left
        await driver.press("equals_sign")
        assert widths_of(driver) == usual


async def test_in_a_stacked_terminal_the_divider_goes_down_and_up(tmp_path: Path) -> None:
    async with reading(make_library(tmp_path, numbered("Tide", 5)), size=(80, 24)) as driver:
        before = driver.app.main.entries.size.height
        await driver.press(*["shift+right"] * 5)
        assert driver.app.main.entries.size.height > before
        await driver.press(*["shift+left"] * 5)
        assert driver.app.main.entries.size.height == before


@given(st.integers(40, 260), st.lists(st.sampled_from(["sources", "entries"]), max_size=40), st.booleans())
def test_no_divider_can_be_moved_so_far_that_a_pane_is_gone_or_further_than_it_is_seen_to_stand(
    width: int, moved: list[str], right: bool
) -> None:
    form, dividers = shape(width, 36), Dividers()
    for which in moved:
        further = replace(dividers, **{which: getattr(dividers, which) + (4 if right else -4)})
        dividers = possible(further, width, form)
    sources, entries = widths(width, form, dividers)
    if form is Shape.WIDE:
        assert sources >= 16
        assert entries >= 24
        assert width - sources - entries >= 30
    assert possible(dividers, width, form) == dividers
