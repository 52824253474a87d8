"""Reading with keys, from the first screen to the last page."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.actions import Context
from reader.config import Config
from reader.typeset import Role

from .driving import reading
from .library import Source, make_library, numbered


async def test_the_app_opens_on_the_inbox_with_the_newest_article_beside_it(tmp_path: Path) -> None:
    async with reading(make_library(tmp_path, numbered("Tide", 3))) as driver:
        assert driver.titles == ["Tide 1", "Tide 2", "Tide 3"]
        assert driver.current == "Tide 1"
        assert driver.reading == "Tide 1"


async def test_moving_shows_the_article_and_marks_nothing(tmp_path: Path) -> None:
    async with reading(make_library(tmp_path, numbered("Tide", 3))) as driver:
        await driver.press("j")
        await driver.until(lambda: driver.reading == "Tide 2", "the second article is shown")

        assert driver.unread == ["Tide 1", "Tide 2", "Tide 3"]


async def test_enter_opens_and_marks_read_and_escape_comes_back(tmp_path: Path) -> None:
    async with reading(make_library(tmp_path, numbered("Tide", 3))) as driver:
        await driver.press("enter")
        assert driver.context is Context.ARTICLE
        assert driver.unread == ["Tide 2", "Tide 3"]

        await driver.press("escape")
        assert driver.app.main.focused is driver.app.main.entries


async def test_what_is_read_stays_in_the_list_until_the_view_is_left(tmp_path: Path) -> None:
    async with reading(make_library(tmp_path, numbered("Tide", 3))) as driver:
        await driver.press("d", "d")
        assert driver.titles == ["Tide 1", "Tide 2", "Tide 3"]

        await driver.press("ctrl+l")
        await driver.until(lambda: driver.titles == ["Tide 3"], "handled rows are gone")


@pytest.mark.parametrize(("mode", "left"), [("never", 2), ("end", 2), ("open", 1)])
async def test_the_setting_says_when_an_opened_article_is_read(tmp_path: Path, mode: str, left: int) -> None:
    config = Config(mark_read=mode)  # type: ignore[arg-type]  # one of the three
    async with reading(make_library(tmp_path, numbered("Tide", 2)), config=config) as driver:
        await driver.press("enter")

        assert len(driver.unread) == left


async def test_with_the_setting_end_the_end_of_the_article_marks_it_read(tmp_path: Path) -> None:
    async with reading(make_library(tmp_path, numbered("Tide", 2)), config=Config(mark_read="end")) as driver:
        await driver.press("enter", "G")
        await driver.until(lambda: driver.unread == ["Tide 2"], "the first is read")


async def test_space_opens_reads_on_and_goes_on_to_the_next_unread(tmp_path: Path) -> None:
    async with reading(make_library(tmp_path, numbered("Tide", 3))) as driver:
        await driver.press("space")
        assert driver.reading == "Tide 1"
        top = driver.app.main.article.scroll_y

        await driver.press("space")
        assert driver.app.main.article.scroll_y > top

        for _ in range(40):
            if driver.reading == "Tide 2":
                break
            await driver.press("space")
        assert driver.reading == "Tide 2"
        assert driver.unread == ["Tide 3"]


async def test_b_goes_back_the_way_space_came(tmp_path: Path) -> None:
    async with reading(make_library(tmp_path, numbered("Tide", 3))) as driver:
        await driver.press("space", "G", "space")
        await driver.until(lambda: driver.reading == "Tide 2", "the second article is open")

        await driver.press("b")
        await driver.until(lambda: driver.reading == "Tide 1", "the first article is back")
        assert driver.app.main.article.position == 1.0


async def test_space_goes_on_into_the_next_source_and_b_back_into_the_one_before(tmp_path: Path) -> None:
    library = make_library(tmp_path, Source("Ant", ["Ant 1"]), Source("Bee", ["Bee 1"]))
    async with reading(library) as driver:
        await driver.press("J")
        await driver.until(lambda: driver.app.work.desk.place.title == "Ant", "the first source is open")
        await driver.press("space", "G", "space")
        await driver.until(lambda: driver.reading == "Bee 1", "the next source's article is open")

        await driver.press("b")
        await driver.until(lambda: driver.reading == "Ant 1", "the article before is back")
        assert driver.app.work.desk.place.title == "Ant"


async def test_n_and_p_go_over_what_is_read(tmp_path: Path) -> None:
    async with reading(make_library(tmp_path, numbered("Tide", 4))) as driver:
        await driver.press("j", "m", "k")
        await driver.press("n")
        assert driver.current == "Tide 3"

        await driver.press("p")
        assert driver.current == "Tide 1"


async def test_a_number_before_a_key_repeats_it(tmp_path: Path) -> None:
    async with reading(make_library(tmp_path, numbered("Tide", 20))) as driver:
        await driver.press("1", "2", "j")
        assert driver.current == "Tide 13"

        await driver.press("3", "d")
        assert [title for title in driver.titles if title not in driver.unread] == [
            "Tide 13",
            "Tide 14",
            "Tide 15",
        ]
        assert driver.current == "Tide 16"


async def test_o_opens_the_browser_and_y_copies_the_link(tmp_path: Path) -> None:
    async with reading(make_library(tmp_path, numbered("Tide", 2))) as driver:
        await driver.press("o", "y")

        assert driver.elsewhere.opened == ["https://site.example/0-0"]
        assert driver.elsewhere.copied == ["https://site.example/0-0"]


async def test_zen_shows_the_article_alone_and_goes_back(tmp_path: Path) -> None:
    async with reading(make_library(tmp_path, numbered("Tide", 2))) as driver:
        main = driver.app.main
        await driver.press("z")
        assert not main.query_one("#entries-box").display
        assert not main.query_one("#sources-box").display

        await driver.press("z")
        assert main.query_one("#entries-box").display


async def test_keys_typed_at_once_end_up_where_they_were_meant(tmp_path: Path) -> None:
    """A burst as a paste or a slow connection delivers it: nothing may reach the list as a verb."""
    async with reading(make_library(tmp_path, numbered("Tide", 5))) as driver:
        from textual import events

        for key in ("slash", "d", "d", "t"):
            driver.app.post_message(events.Key(key, None if len(key) > 1 else key))
        await driver.until(
            lambda: driver.app.main.searchbar.input.value == "ddt", "the text is in the search bar"
        )

        assert len(driver.app.work.listing) in (0, 5)
        await driver.press("escape")
        assert driver.unread == driver.titles


async def test_the_reading_position_is_kept(tmp_path: Path) -> None:
    async with reading(make_library(tmp_path, numbered("Tide", 2))) as driver:
        await driver.press("enter", "space", "space")
        there = driver.app.main.article.position
        await driver.press("escape", "j")
        await driver.until(lambda: driver.reading == "Tide 2", "another article is shown")
        await driver.press("k")
        await driver.until(lambda: driver.reading == "Tide 1", "the first is shown again")

        assert driver.app.main.article.position == pytest.approx(there, abs=0.02)
        assert there > 0.05


async def test_a_paragraph_is_highlighted_kept_and_let_go(tmp_path: Path) -> None:
    library = make_library(tmp_path, numbered("Tide", 2))
    async with reading(library) as driver:
        pane = driver.app.main.article

        def shown() -> list[str]:
            return (
                [pane.typeset.copy(a, b) for a, b, role in pane.typeset.overlays if role is Role.HIGHLIGHT]
                if pane.typeset
                else []
            )

        await driver.press("enter", "H")
        await driver.until(lambda: len(shown()) == 1, "the paragraph is highlighted")
        marked = shown()
        await driver.press("escape", "j")
        await driver.until(lambda: driver.reading == "Tide 2", "the second article is shown")
        await driver.until(lambda: not shown(), "nothing of it is highlighted")
        await driver.press("k")
        await driver.until(lambda: shown() == marked, "the highlight is shown again")
        await driver.press("enter", "H")
        await driver.until(lambda: not shown(), "the highlight is gone")
