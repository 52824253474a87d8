"""Whatever is typed: the library and the screen are what a model of thirty lines says they should be."""

from __future__ import annotations

import asyncio
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.store import entries
from reader.store.database import Database
from reader.ui.places import ALL

from .driving import Driver, reading
from .library import Source, make_library, numbered

KEYS = ("j", "k", "d", "m", "s", "w", "v", "asterisk", "escape", "A", "u", "u", "ctrl+r")
State = dict[tuple[int, str], bool]


@dataclass
class Model:
    """The inbox as it was opened: rows never move, each is unread, starred, for later or not."""

    rows: int
    cursor: int = 0
    on: State = field(default_factory=dict)
    selected: set[int] = field(default_factory=set)
    done: list[State] = field(default_factory=list)
    undone: list[State] = field(default_factory=list)

    def is_on(self, row: int, what: str) -> bool:
        return self.on.get((row, what), what == "unread")

    def press(self, key: str) -> None:
        match key:
            case "j" | "k":
                self.go(self.cursor + (1 if key == "j" else -1))
            case "v":
                self.selected ^= {self.cursor}
                self.go(self.cursor + 1)
            case "asterisk":
                everything = set(range(self.rows))
                self.selected = set() if self.selected == everything else everything
            case "escape":
                self.selected = set()
            case "u" | "ctrl+r":
                self.turn_back(*((self.done, self.undone) if key == "u" else (self.undone, self.done)))
            case "A":
                self.change({(row, "unread"): False for row in range(self.rows)})
            case _:
                self.verb(key)

    def verb(self, key: str) -> None:
        chosen = sorted(self.selected) or [self.cursor]
        what = {"d": "unread", "m": "unread", "s": "starred", "w": "later"}[key]
        if key == "d":
            self.change({(row, what): False for row in chosen})
        elif key == "m":
            value = not any(self.is_on(row, what) for row in chosen)
            self.change({(row, what): value for row in chosen})
        else:
            value = not all(self.is_on(row, what) for row in chosen)
            wished = {(row, what): value for row in chosen}
            if key == "w" and value:
                wished |= {(row, "unread"): False for row in chosen}
            self.change(wished)
        start = self.cursor if self.selected else self.cursor + 1
        self.selected = set()
        if key in "dw":
            self.advance(start)

    def change(self, wished: State) -> None:
        before = {at: self.is_on(*at) for at, value in wished.items() if self.is_on(*at) != value}
        if before:
            self.on |= wished
            self.done.append(before)
            self.undone = []

    def turn_back(self, steps: list[State], others: list[State]) -> None:
        if steps:
            step = steps.pop()
            others.append({at: self.is_on(*at) for at in step})
            self.on |= step
            touched = {row for row, _ in step}
            if self.cursor not in touched:
                self.cursor = min(touched)

    def advance(self, start: int) -> None:
        below = [row for row in range(start, self.rows) if self.is_on(row, "unread")]
        above = [row for row in range(self.cursor) if self.is_on(row, "unread")]
        self.cursor = below[0] if below else above[-1] if above else self.cursor

    def go(self, row: int) -> None:
        self.cursor = max(0, min(row, self.rows - 1))


@settings(max_examples=6)
@given(
    st.lists(st.sampled_from(KEYS), max_size=30),
    st.lists(st.sampled_from(KEYS), max_size=15),
    st.booleans(),
)
def test_library_and_screen_are_what_the_model_says_also_after_a_restart(
    before: list[str], after: list[str], restart: bool
) -> None:
    asyncio.run(_compare(before, after if restart else []))


async def _compare(before: list[str], after: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        library = make_library(Path(folder), numbered("Tide", 6), Source("Ebb", ["Ebb 1", "Ebb 2"]))
        model = Model(8)
        async with reading(library, session="first") as driver:
            ids = [int(one) for one in driver.app.work.listing.ids]
            for key in before:
                model.press(key)
            await driver.press(*before)
            hold(model, library, driver, ids)
            assert driver.app.work.listing.cursor == model.cursor
        library = Database.open(Path(folder) / "library.db")
        async with reading(library, session="second", wait_for_rows=False) as driver:
            await driver.app.work.open(ALL)  # what was read is not in the inbox any more
            await driver.rest()
            after = [key for key in after if key != "escape"]  # which leads to the inbox from elsewhere
            at = ids.index(driver.app.work.listing.current_id or 0)
            model.cursor, model.selected, model.undone = at, set(), []
            for key in after:
                model.press(key)
            await driver.press(*after)
            hold(model, library, driver, ids)


def hold(model: Model, library: Database, driver: Driver, ids: list[int]) -> None:
    """Compare the model with the library and with the rows of the screen."""
    listing = driver.app.work.listing
    assert list(listing.ids) == ids
    for number, row in enumerate(library.read_now(entries.rows, listing.ids)):
        expected = tuple(model.is_on(number, what) for what in ("unread", "starred", "later"))
        assert (row.unread, row.starred, row.later) == expected
        assert listing.row(row.id) == row
