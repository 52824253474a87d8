"""Whatever is typed: the screen shows what the library holds, and undoing it all brings back the beginning."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.model import EntryId, EntryRow
from reader.store import changes, entries
from reader.store.database import Database

from .driving import Driver, reading
from .library import Source, make_library, numbered

KEYS = (
    *("j", "k", "d", "m", "s", "w", "v", "V", "u", "ctrl+r", "n", "p", "G", "A", "asterisk", "escape", "3"),
    *("left_square_bracket", "right_square_bracket", "ctrl+l", "full_stop", "J", "X"),
)


@settings(max_examples=6)
@given(st.lists(st.sampled_from(KEYS), min_size=5, max_size=40))
def test_the_screen_shows_what_the_library_holds_and_undo_brings_back_the_beginning(keys: list[str]) -> None:
    asyncio.run(_hold(keys))


async def _hold(keys: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        library = make_library(Path(folder), numbered("Tide", 7), Source("Ebb", ["Ebb 1", "Ebb 2"]))
        beginning = rows_of(library)
        async with reading(library) as driver:
            await driver.press(*keys)
            await driver.press("escape", "escape")
            assert shown(driver) == held(library, driver)

            steps = library.read_now(changes.history, 1000)
            for _ in steps:
                driver.app.work.undo()
            await driver.rest()
            assert shown(driver) == held(library, driver)
            assert rows_of(library) == beginning


@settings(max_examples=4)
@given(
    st.lists(st.sampled_from(KEYS), min_size=3, max_size=20),
    st.lists(st.sampled_from(KEYS), min_size=3, max_size=20),
)
def test_a_restart_in_between_changes_nothing_of_that(before: list[str], after: list[str]) -> None:
    asyncio.run(_hold_across_a_restart(before, after))


async def _hold_across_a_restart(before: list[str], after: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        library = make_library(Path(folder), numbered("Tide", 7), Source("Ebb", ["Ebb 1", "Ebb 2"]))
        beginning = rows_of(library)
        async with reading(library, session="first") as driver:
            await driver.press(*before)
            left = rows_of(library)
            done = len(library.read_now(changes.history, 1000))

        library = Database.open(Path(folder) / "library.db")
        assert rows_of(library) == left
        async with reading(library, session="second", wait_for_rows=False) as driver:
            for _ in range(done):
                driver.app.work.undo()
            await driver.rest()
            assert rows_of(library) == beginning
            for _ in range(done):
                driver.app.work.redo()
            await driver.rest()

            await driver.press(*after)
            await driver.press("escape", "escape")
            assert shown(driver) == held(library, driver)

            for step in library.read_now(changes.history, 1000):
                driver.app.work.undo_step(step.id)
            await driver.rest()
            assert shown(driver) == held(library, driver)
            assert rows_of(library) == beginning


def shown(driver: Driver) -> dict[int, EntryRow]:
    """Return the rows of the list as the screen has them."""
    listing = driver.app.work.listing
    return {entry_id: row for entry_id in listing.ids if (row := listing.row(entry_id)) is not None}


def held(library: Database, driver: Driver) -> dict[int, EntryRow]:
    """Return the same rows as the library has them."""
    return {row.id: row for row in library.read_now(entries.rows, list(shown(driver)))}


def rows_of(library: Database) -> tuple[EntryRow, ...]:
    """Return every row of the library."""
    ids = library.read_now(
        lambda db: [EntryId(one) for (one,) in db.execute("SELECT id FROM entry ORDER BY id")]
    )
    return library.read_now(entries.rows, ids)
