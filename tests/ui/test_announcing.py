"""Telling of new articles while one looks elsewhere, and of a refresh that cannot run."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from pathlib import Path

import pytest

from reader.config import Config, Notify
from reader.errors import BroadsheetError
from reader.model import EntryId, FeedId, PageDone, RefreshDone, RefreshEvent

from .driving import reading
from .library import make_library, numbered


class Brings:
    """A refresh that brings so many articles, or fails as a whole."""

    def __init__(self, new: int, error: str = "") -> None:
        self._new, self._error = new, error

    async def refresh(
        self, ids: Collection[FeedId] | None = None, force: bool = False, pages: bool = True
    ) -> AsyncIterator[RefreshEvent]:
        if self._error:
            raise BroadsheetError(self._error)
        yield RefreshDone(feeds=1, new=self._new)

    asking: tuple[str, ...] = ()

    def want_page(self, entry_id: EntryId) -> None:
        pass

    async def fetch_page(self, entry_id: EntryId) -> PageDone:
        return PageDone(entry_id, "")


@pytest.mark.parametrize(
    ("notify", "focus", "new", "sent"),
    [
        ("terminal", False, 2, ["\x1b]9;Broadsheet: 2 new articles\x1b\\"]),
        ("terminal", True, 2, []),
        ("terminal", False, 0, []),
        ("off", False, 2, []),
    ],
)
async def test_the_terminal_is_asked_to_notify_only_of_news_and_only_when_one_looks_elsewhere(
    notify: Notify, focus: bool, new: int, sent: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = make_library(tmp_path, numbered("Tide", 3))
    async with reading(database, config=Config(notify=notify), refresher=Brings(new)) as driver:
        written: list[str] = []
        assert driver.app._driver is not None
        monkeypatch.setattr(driver.app._driver, "write", written.append)
        driver.app.app_focus = focus
        await driver.press("R")
        assert [text for text in written if "]9;" in text] == sent


async def test_a_refresh_that_cannot_run_is_a_sentence_and_no_crash(tmp_path: Path) -> None:
    database = make_library(tmp_path, numbered("Tide", 3))
    async with reading(
        database, refresher=Brings(0, "Another Broadsheet is refreshing this library.")
    ) as driver:
        await driver.press("R")
        assert driver.said == "Another Broadsheet is refreshing this library."
        await driver.press("j")
