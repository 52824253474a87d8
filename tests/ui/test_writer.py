"""The queue of changes: in order, tried again where the disk refuses for the moment, never twice."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from reader.errors import StoreHindered
from reader.model import EntryId
from reader.store.database import Database
from reader.ui import writer as writers

from .driving import reading
from .library import make_library, numbered


class Disk:
    """Stands before a library's ``write`` and refuses as long as it is full."""

    def __init__(self, library: Database, monkeypatch: pytest.MonkeyPatch) -> None:
        self.full = False
        self.refused = 0
        self._write = library.write
        monkeypatch.setattr(library, "write", self.write)
        monkeypatch.setattr(writers, "RETRY_SECONDS", 0.01)

    async def write(self, *args: Any, **kwargs: Any) -> object:
        if self.full:
            self.refused += 1
            raise StoreHindered("The disk is full.")
        return await self._write(*args, **kwargs)


async def test_what_a_full_disk_refuses_stays_on_the_screen_is_told_and_saved_when_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = make_library(tmp_path, numbered("Tide", 3))
    disk = Disk(library, monkeypatch)
    async with reading(library) as driver:
        disk.full = True
        await driver.press("s", "j", "s")
        await driver.until(lambda: "2 changes not saved yet: The disk is full." in driver.said, "it is told")
        rows = [driver.app.work.listing.row(EntryId(one)) for one in driver.app.work.listing.ids]
        assert [row.starred for row in rows if row is not None] == [True, True, False]

        disk.full = False
        await driver.until(lambda: "Everything is saved now." in driver.said, "it is saved")
        await driver.until(lambda: driver.app.work.desk.sources.starred == 2, "and counted")


async def test_undo_typed_while_nothing_can_be_saved_undoes_what_it_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = make_library(tmp_path, numbered("Tide", 2))
    disk = Disk(library, monkeypatch)
    async with reading(library) as driver:
        disk.full = True
        await driver.press("s", "u")
        await driver.until(lambda: disk.refused > 2, "it is tried again")
        disk.full = False
        await driver.until(lambda: not driver.app.work.writer.waiting, "both are written")
        await driver.rest()
        row = driver.app.work.listing.current
        assert row is not None
        assert not row.starred


async def test_leaving_tries_once_more_and_says_what_could_not_be_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = make_library(tmp_path, numbered("Tide", 2))
    disk = Disk(library, monkeypatch)
    async with reading(library) as driver:
        disk.full = True
        await driver.press("s")
        async with asyncio.timeout(2):
            await driver.app.work.writer.aclose()
        assert driver.app.work.unsaved == "1 change could not be saved: The disk is full."
