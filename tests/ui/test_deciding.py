"""Deciding with keys: verbs, selections, sides, undo and redo, tags, and what stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.config import Config
from reader.model import EntryId, EntryRow
from reader.store import changes, entries
from reader.store.database import Database
from reader.triage import Actor, Field, Wish

from .driving import Driver, reading
from .library import NOW, Source, make_library, numbered


def stored(database: Database, driver: Driver, title: str) -> dict[str, object]:
    """Return the state of an entry as the library has it."""
    listing = driver.app.work.listing
    ids = [EntryId(entry_id) for entry_id in listing.ids]
    row = next(row for row in database.read_now(entries.rows, ids) if row.title == title)
    return {
        "unread": row.unread,
        "starred": row.starred,
        "later": row.later,
        "tags": row.tags,
        "hidden": row.hidden,
    }


async def test_d_marks_read_and_goes_to_the_next_unread(tmp_path: Path) -> None:
    library = make_library(tmp_path, numbered("Tide", 4))
    async with reading(library) as driver:
        await driver.press("j", "m", "k", "d")

        assert driver.current == "Tide 3"
        assert stored(library, driver, "Tide 1")["unread"] is False


@pytest.mark.parametrize("pane", ["list", "article"])
async def test_verbs_typed_in_one_go_each_work_on_the_next_article(tmp_path: Path, pane: str) -> None:
    library = make_library(tmp_path, numbered("Tide", 5))
    async with reading(library) as driver:
        if pane == "article":
            await driver.press("enter")
        await driver.type("dws")

        assert driver.current == driver.reading == "Tide 3"
        first, second, third = (stored(library, driver, f"Tide {number}") for number in (1, 2, 3))
        assert (first["unread"], first["later"], first["starred"]) == (False, False, False)
        assert (second["later"], second["starred"]) == (True, False)
        assert (third["unread"], third["later"], third["starred"]) == (True, False, True)


@pytest.mark.parametrize(
    ("advance", "current"), [("next-unread", "Tide 3"), ("next", "Tide 2"), ("stay", "Tide 1")]
)
async def test_the_setting_says_where_a_verb_goes_on(tmp_path: Path, advance: str, current: str) -> None:
    config = Config(advance=advance)  # type: ignore[arg-type]  # one of the three
    async with reading(make_library(tmp_path, numbered("Tide", 4)), config=config) as driver:
        await driver.press("j", "m", "k", "d")

        assert driver.current == current


async def test_w_puts_on_the_later_list_out_of_the_inbox_in_one_step(tmp_path: Path) -> None:
    library = make_library(tmp_path, numbered("Tide", 2))
    async with reading(library) as driver:
        await driver.press("w")
        assert stored(library, driver, "Tide 1")["later"] is True
        assert driver.current == "Tide 2"

        await driver.press("u")
        assert stored(library, driver, "Tide 1") == {
            "unread": True, "starred": False, "later": False, "tags": (), "hidden": False,
        }  # fmt: skip


async def test_done_in_the_later_list_takes_off_the_list(tmp_path: Path) -> None:
    library = make_library(tmp_path, numbered("Tide", 2))
    async with reading(library) as driver:
        await driver.press("w", "g", "l")
        await driver.until(lambda: driver.titles == ["Tide 1"], "the later list is open")
        await driver.press("d")

        assert stored(library, driver, "Tide 1")["later"] is False


async def test_m_and_s_stay_where_they_are(tmp_path: Path) -> None:
    library = make_library(tmp_path, numbered("Tide", 2))
    async with reading(library) as driver:
        await driver.press("m", "s")

        assert driver.current == "Tide 1"
        assert stored(library, driver, "Tide 1")["starred"] is True
        assert stored(library, driver, "Tide 1")["unread"] is False


async def test_a_verb_takes_the_selection_when_there_is_one(tmp_path: Path) -> None:
    library = make_library(tmp_path, numbered("Tide", 5))
    async with reading(library) as driver:
        await driver.press("v", "j", "v", "s")

        assert [stored(library, driver, title)["starred"] for title in driver.titles] == [
            True,
            False,
            True,
            False,
            False,
        ]
        assert driver.app.work.listing.selection_size == 0


async def test_after_a_selection_one_goes_on_from_where_one_is(tmp_path: Path) -> None:
    async with reading(make_library(tmp_path, numbered("Tide", 6))) as driver:
        await driver.press("v", "j", "v", "j", "d")

        assert driver.unread == ["Tide 2", "Tide 4", "Tide 5", "Tide 6"]
        assert driver.current == "Tide 5"


async def test_a_range_is_drawn_from_where_it_began(tmp_path: Path) -> None:
    library = make_library(tmp_path, numbered("Tide", 5))
    async with reading(library) as driver:
        await driver.press("j", "V", "j", "j", "m")

        assert driver.unread == ["Tide 1", "Tide 5"]


async def test_above_and_below_leave_the_row_itself_out(tmp_path: Path) -> None:
    async with reading(make_library(tmp_path, numbered("Tide", 5))) as driver:
        await driver.press("j", "j", "left_square_bracket", "d")
        assert driver.unread == ["Tide 3", "Tide 4", "Tide 5"]
        assert driver.current == "Tide 3"

        await driver.press("right_square_bracket", "d")
        assert driver.unread == ["Tide 3"]


async def test_escape_takes_back_a_side_that_was_typed(tmp_path: Path) -> None:
    async with reading(make_library(tmp_path, numbered("Tide", 3))) as driver:
        await driver.press("right_square_bracket", "escape", "m")

        assert driver.unread == ["Tide 2", "Tide 3"]


async def test_mark_all_read_takes_the_rows_that_are_shown_and_no_other(tmp_path: Path) -> None:
    library = make_library(tmp_path, numbered("Tide", 3))
    async with reading(library) as driver:
        from datetime import timedelta

        from reader.model import FeedId

        from .library import entry, store

        store(library, FeedId(1), [entry("late", "Came later", NOW + timedelta(minutes=1))])
        await driver.press("A")
        assert driver.unread == []

        await driver.press("ctrl+l")
        await driver.until(lambda: driver.titles == ["Came later"], "only what came later is left")

        await driver.press("u")
        await driver.press("ctrl+l")
        await driver.until(lambda: len(driver.titles) == 4, "one undo brings all back")


async def test_undo_and_redo_are_exact_and_say_what_they_did(tmp_path: Path) -> None:
    library = make_library(tmp_path, numbered("Tide", 4))
    async with reading(library) as driver:
        await driver.press("j", "m", "k", "asterisk", "d")
        assert driver.unread == []

        await driver.press("u")
        assert driver.unread == ["Tide 1", "Tide 3", "Tide 4"]
        assert driver.said.startswith("Undone: Marked 4 articles read")

        await driver.press("ctrl+r")
        assert driver.unread == []
        assert driver.said.startswith("Done again: ")


async def test_undo_goes_back_to_the_row_it_concerns(tmp_path: Path) -> None:
    async with reading(make_library(tmp_path, numbered("Tide", 4))) as driver:
        await driver.press("d", "d", "u")

        assert driver.current == "Tide 2"


async def test_undo_typed_while_the_write_is_queued_undoes_that_write(tmp_path: Path) -> None:
    library = make_library(tmp_path, numbered("Tide", 3))
    async with reading(library) as driver:
        work = driver.app.work
        for name in ("toggle-read", "undo", "star"):
            from reader.actions import BY_NAME
            from reader.ui.keys import Command

            await driver.app.main.do(Command(BY_NAME[name]))
        await work.writer.idle()
        await driver.rest()

        assert stored(library, driver, "Tide 1")["unread"] is True
        assert stored(library, driver, "Tide 1")["starred"] is True


async def test_undo_walks_on_after_a_restart(tmp_path: Path) -> None:
    library = make_library(tmp_path, numbered("Tide", 3))
    async with reading(library, session="first") as driver:
        await driver.press("d", "s")
    async with reading(Database.open(tmp_path / "library.db"), session="second") as driver:
        await driver.press("u", "u")
        await driver.press("ctrl+l")
        await driver.until(
            lambda: driver.unread == ["Tide 1", "Tide 2", "Tide 3"], "everything is unread again"
        )


async def test_tags_are_set_with_completion_and_taken_off_again(tmp_path: Path) -> None:
    library = make_library(tmp_path, numbered("Tide", 3))
    async with reading(library) as driver:
        await driver.press("t")
        await driver.type("sea,moon")
        await driver.press("enter")
        assert stored(library, driver, "Tide 1")["tags"] == ("moon", "sea")

        await driver.until(lambda: driver.app.work.desk.sources.tags, "the tags are counted")
        await driver.press("j", "t", "m", "o", "enter")
        assert stored(library, driver, "Tide 2")["tags"] == ("moon",)

        await driver.press("t", "m", "o", "enter")
        assert stored(library, driver, "Tide 2")["tags"] == ()

        await driver.press("u")
        assert stored(library, driver, "Tide 2")["tags"] == ("moon",)


async def test_tags_pasted_in_one_burst_with_tabs_between_them_lose_no_character(tmp_path: Path) -> None:
    library = make_library(tmp_path, numbered("Tide", 2))
    async with reading(library) as driver:
        await driver.press("t")
        await driver.type("ebb\tmoonlight\tsea")
        await driver.press("enter")

        assert stored(library, driver, "Tide 1")["tags"] == ("ebb", "moonlight", "sea")


async def test_escape_leaves_the_tags_as_they_were(tmp_path: Path) -> None:
    library = make_library(tmp_path, numbered("Tide", 2))
    async with reading(library) as driver:
        await driver.press("t", "x", "tab", "escape")

        assert stored(library, driver, "Tide 1")["tags"] == ()


async def test_a_snoozed_article_comes_back_when_its_time_has_come(tmp_path: Path) -> None:
    from datetime import timedelta

    instant = [NOW]
    library = make_library(tmp_path, numbered("Tide", 2))
    async with reading(library, clock=lambda: instant[0]) as driver:
        await driver.press("W")
        await driver.type("2d")
        await driver.press("enter")
        await driver.press("ctrl+l")
        await driver.until(lambda: driver.titles == ["Tide 2"], "the snoozed one is out of sight")

        instant[0] += timedelta(days=3)
        await driver.app.work.wake()
        await driver.until(lambda: driver.app.work.listing.waiting, "it waits to be shown")


async def test_what_cannot_be_saved_is_shown_as_it_was_and_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reader.errors import StoreError

    library = make_library(tmp_path, numbered("Tide", 2))
    async with reading(library) as driver:

        async def refuse(*args: object, **kwargs: object) -> None:
            raise StoreError("The disk is full.")

        monkeypatch.setattr(library, "write", refuse)
        await driver.press("s")
        await driver.until(lambda: "Not saved: The disk is full." in driver.said, "it is said")

        row = driver.app.work.listing.row(EntryId(driver.app.work.listing.ids[0]))
        assert row is not None
        assert not row.starred


async def test_what_another_process_writes_is_shown_and_the_list_stays_still(tmp_path: Path) -> None:
    library = make_library(tmp_path, numbered("Tide", 3))
    async with reading(library) as driver:
        await driver.press("j")
        other = Database.open(tmp_path / "library.db")
        wish = Wish(EntryId(driver.app.work.listing.ids[2]), Field.STARRED, "1")
        other.write_now(
            changes.apply, (wish,), label="Starred", actor=Actor.COMMAND_LINE, session="cli", now=NOW
        )
        other.close()
        await driver.until(lambda: driver.app.work.desk.sources.starred == 1, "the count follows")
        await driver.until(
            lambda: driver.app.work.listing.row(wish.entry_id).starred,  # type: ignore[union-attr]  # it is listed
            "the star is shown",
        )
        assert driver.current == "Tide 2"


async def test_every_row_decided_in_one_go_leaves_the_screen_and_the_library_alike(tmp_path: Path) -> None:
    library = make_library(tmp_path, Source("Ant", [f"Ant {n}" for n in range(30)]))
    async with reading(library) as driver:
        await driver.pilot.press(*"dwdsmdwdjdkdwud")
        await driver.rest()

        listing = driver.app.work.listing
        kept = database_rows(library, driver)
        assert [listing.row(row.id) for row in kept] == list(kept)


def database_rows(database: Database, driver: Driver) -> tuple[EntryRow, ...]:
    """Return the listed rows as the library has them."""
    return database.read_now(entries.rows, [EntryId(listed) for listed in driver.app.work.listing.ids])


async def test_a_muted_source_is_hidden_and_undo_shows_it_again(tmp_path: Path) -> None:
    library = make_library(tmp_path, Source("Ant", ["Ant 1", "Ant 2"]), Source("Bee", ["Bee 1"]))
    async with reading(library) as driver:
        await driver.press("x", "enter")
        await driver.until(
            lambda: "for" in driver.app.screen.query_one(".dialog-title").render_line(0).text, "how long"
        )
        await driver.press("enter")
        await driver.until(lambda: "2 articles hidden" in driver.said, "they are hidden")
        await driver.press("ctrl+l")
        await driver.until(lambda: driver.titles == ["Bee 1"], "they are out of sight")

        await driver.press("u", "ctrl+l")
        await driver.until(lambda: len(driver.titles) == 3, "they are back")


async def test_why_tells_where_an_article_came_from_and_what_touched_it(tmp_path: Path) -> None:
    library = make_library(tmp_path, Source("Ant", ["Ant 1"], "Insects"))
    async with reading(library) as driver:
        await driver.press("s", "i")
        await driver.until(lambda: type(driver.app.screen).__name__ == "TextDialog", "it is told")
        text = "\n".join(driver.app.screen._lines)  # type: ignore[attr-defined]  # of the dialog

        assert "From Ant, folder Insects." in text
        assert "Starred: “Ant 1”" in text
        await driver.press("escape")


async def test_after_undo_the_article_shown_is_the_one_whose_step_was_taken_back(tmp_path: Path) -> None:
    async with reading(make_library(tmp_path, numbered("Tide", 3))) as driver:
        await driver.press("enter", "d", "u")
        assert driver.current == "Tide 1"
        await driver.until(lambda: driver.reading == "Tide 1", "it is shown again")
        await driver.press("w")
        row = driver.app.work.row(EntryId(driver.app.work.listing.ids[0]))
        assert row is not None
        assert row.later
