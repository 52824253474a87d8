"""The welcome of an empty library: every way from it to something to read, and no dead end."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from textual.events import Paste
from textual.widgets import Input

from reader.errors import BroadsheetError
from reader.model import EntryId, FeedId, PageDone, RefreshDone, RefreshEvent
from reader.starters import starters
from reader.store import feeds
from reader.store.database import Database
from reader.ui.dialog import ChoiceList
from reader.ui.dialogs.add import AddDialog
from reader.ui.dialogs.importing import ImportDialog
from reader.ui.dialogs.starters import StarterDialog
from reader.ui.ports import Offer, Offers, Taken
from reader.ui.screens.welcome import WelcomeScreen

from .driving import Driver, reading
from .library import NOW, entry, make_library, numbered, store

ADDRESS = "https://feed.example/rss"


@dataclass
class Newsagent:
    """Subscribes without a network: what is taken is in the library at once, with an article."""

    library: Database
    imported: list[Path] = field(default_factory=list)
    refused: str = ""

    async def preview(self, address: str) -> Offers:
        if self.refused:
            return Offers(sentence=self.refused)
        return Offers((Offer("0", "Tides", address, "feed", ("High water", "Low water")),))

    async def take(self, offer: Offer, folder: str) -> Taken:
        return Taken(f"Subscribed to {offer.title}.", feed_id=await self._add(offer.url, offer.title, folder))

    async def _add(self, url: str, title: str, folder: str) -> FeedId:
        feed_id = await self.library.write(feeds.add_feed, url, title)
        await self.library.write(lambda db: feeds.edit_feed(db, feed_id, folder=folder))
        store(self.library, feed_id, [entry(url, f"{title}: high water", NOW)])
        return feed_id

    async def import_file(self, path: Path) -> str:
        if self.refused:
            raise BroadsheetError(self.refused)
        self.imported.append(path)
        await self._add(ADDRESS, "Imported", "")
        return "1 added."

    async def export_file(self, path: Path) -> str:
        raise AssertionError(path)

    async def demo(self) -> str:
        await self._add("https://demo.example/rss", "Invented", "Demo")
        return "Added 1 invented source in the folder Demo."


@dataclass
class Postman:
    """Refreshes nothing, and remembers what it was asked for."""

    asked: list[Collection[FeedId] | None] = field(default_factory=list)

    async def refresh(
        self, ids: Collection[FeedId] | None = None, force: bool = False, pages: bool = True
    ) -> AsyncIterator[RefreshEvent]:
        self.asked.append(ids)
        yield RefreshDone(feeds=1, offline=True)

    asking: tuple[str, ...] = ()

    def want_page(self, entry_id: EntryId) -> None: ...

    async def fetch_page(self, entry_id: EntryId) -> PageDone:
        return PageDone(entry_id, "")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a home directory in which nobody has read anything yet."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    return home


@pytest.fixture
def library(tmp_path: Path) -> Database:
    """Return a library with nothing in it."""
    return Database.open(tmp_path / "library.db")


def lines(driver: Driver) -> str:
    """Return what the menu on the screen says."""
    listed = driver.app.screen.query_one(ChoiceList)
    return "\n".join("".join(piece.text for piece in listed.pieces(n)) for n in range(len(listed.choices)))


async def test_a_library_without_sources_is_welcomed_with_every_way_to_begin_and_its_key(
    library: Database,
) -> None:
    async with reading(library, subscriber=Newsagent(library), wait_for_rows=False) as driver:
        await driver.until(lambda: isinstance(driver.app.screen, WelcomeScreen), "the welcome is shown")
        await driver.rest()

        for way in ("a  Add an address", "i  Import", "s  Choose starter", "d  See the demo"):
            assert way in lines(driver)


async def test_a_library_with_sources_is_not_welcomed(tmp_path: Path) -> None:
    library = make_library(tmp_path, numbered("Tide", 2))
    async with reading(library, subscriber=Newsagent(library)) as driver:
        assert driver.app.screen is driver.app.main


async def test_from_the_welcome_to_the_first_article_are_four_keys_and_the_address(library: Database) -> None:
    async with reading(
        library, subscriber=Newsagent(library), refresher=Postman(), wait_for_rows=False
    ) as driver:
        await driver.until(lambda: isinstance(driver.app.screen, WelcomeScreen), "the welcome is shown")
        await driver.press("a")
        await driver.type("feed.example")
        await driver.press("enter")
        assert "High water" in lines(driver)
        await driver.press("enter")
        await driver.until(lambda: driver.reading, "the new source's article is shown")
        await driver.press("enter")

        assert driver.reading == "Tides: high water"
        assert driver.unread == []


async def test_a_pasted_address_is_looked_at_at_once(library: Database) -> None:
    async with reading(library, subscriber=Newsagent(library), wait_for_rows=False) as driver:
        await driver.until(lambda: isinstance(driver.app.screen, WelcomeScreen), "the welcome is shown")
        driver.app.post_message(Paste(f"{ADDRESS}\n"))
        await driver.until(lambda: isinstance(driver.app.screen, AddDialog), "the dialog is shown")
        await driver.rest()

        assert "Tides" in lines(driver)


async def test_an_address_that_leads_nowhere_names_the_way_that_needs_no_network(library: Database) -> None:
    agent = Newsagent(library, refused="There is no network.")
    async with reading(library, subscriber=agent, wait_for_rows=False) as driver:
        await driver.until(lambda: isinstance(driver.app.screen, WelcomeScreen), "the welcome is shown")
        await driver.press("a", "x", "enter")
        hint = str(driver.app.screen.query_one(".dialog-hint").render())
        assert "There is no network." in hint
        assert ":demo" in hint

        await driver.press("escape")
        await driver.press("d")
        await driver.until(lambda: driver.reading, "the demo is there")
        assert driver.app.screen is driver.app.main


async def test_another_readers_list_is_offered_and_taken_by_one_key(library: Database, home: Path) -> None:
    urls = home / ".newsboat/urls"
    urls.parent.mkdir()
    urls.write_text(ADDRESS, encoding="utf-8")
    agent, postman = Newsagent(library), Postman()
    async with reading(library, subscriber=agent, refresher=postman, wait_for_rows=False) as driver:
        await driver.until(lambda: isinstance(driver.app.screen, WelcomeScreen), "the welcome is shown")
        await driver.until(lambda: "Take over newsboat" in lines(driver), "newsboat's list is offered")
        await driver.press("1")
        await driver.until(lambda: driver.app.screen is driver.app.main, "the welcome makes way")
        await driver.rest()

        assert agent.imported == [urls]
        assert postman.asked == [None]


async def test_a_path_is_completed_and_a_file_in_a_directory_imported(library: Database, home: Path) -> None:
    (home / "Lists").mkdir()
    (home / "Lists/mine.opml").write_text("<opml/>", encoding="utf-8")
    (home / "Lists/other.png").write_bytes(b"")
    agent = Newsagent(library)
    async with reading(library, subscriber=agent, wait_for_rows=False) as driver:
        await driver.until(lambda: isinstance(driver.app.screen, WelcomeScreen), "the welcome is shown")
        await driver.press("i")
        await driver.rest()
        await driver.type("~/li")
        await driver.press("tab")
        assert isinstance(driver.app.screen, ImportDialog)
        assert driver.app.screen.query_one(Input).value == "~/Lists/"
        await driver.rest()
        assert lines(driver).index("mine.opml") < lines(driver).index("other.png")
        await driver.press("enter")
        await driver.until(lambda: agent.imported, "the file is imported")

        assert agent.imported == [home / "Lists/mine.opml"]


async def test_a_file_that_is_not_there_is_not_imported_and_one_that_is_no_list_is_refused_in_words(
    library: Database, home: Path
) -> None:
    (home / "letter.txt").write_text("Dear Sir", encoding="utf-8")
    agent = Newsagent(library, refused="letter.txt lists no addresses.")
    async with reading(library, subscriber=agent, wait_for_rows=False) as driver:
        await driver.until(lambda: isinstance(driver.app.screen, WelcomeScreen), "the welcome is shown")
        await driver.press("i")
        await driver.type("~/nothing.opml")
        await driver.press("enter")
        assert "no file" in str(driver.app.screen.query_one(".dialog-hint").render())
        driver.app.screen.query_one(Input).value = "~/letter.txt"
        await driver.press("enter")
        await driver.until(lambda: isinstance(driver.app.screen, WelcomeScreen), "one is back at the welcome")
        await driver.rest()

        assert driver.app.screen.status.message == "letter.txt lists no addresses."  # type: ignore[attr-defined]


async def test_marked_starters_are_subscribed_in_the_folder_of_their_topic_and_fetched(
    library: Database,
) -> None:
    postman = Postman()
    async with reading(
        library, subscriber=Newsagent(library), refresher=postman, wait_for_rows=False
    ) as driver:
        await driver.until(lambda: isinstance(driver.app.screen, WelcomeScreen), "the welcome is shown")
        await driver.press("s", "space", "space", "enter")
        await driver.until(lambda: driver.app.screen is driver.app.main, "the welcome makes way")
        await driver.rest()

        added = driver.app.work.desk.sources.feeds
        assert {feed.url for feed in added} == {one.url for one in starters()[:2]}
        assert {feed.folder for feed in added} == {starters()[0].topic}
        assert [sorted(ids or ()) for ids in postman.asked] == [sorted(feed.id for feed in added)]
        assert "offline" in driver.said


async def test_a_topic_is_marked_and_unmarked_by_one_key(library: Database) -> None:
    async with reading(library, subscriber=Newsagent(library), wait_for_rows=False) as driver:
        await driver.press("s")
        await driver.until(lambda: isinstance(driver.app.screen, StarterDialog), "the starters are shown")
        await driver.press("t")
        topic = [one for one in starters() if one.topic == starters()[0].topic]
        assert lines(driver).count("✓") == len(topic)

        await driver.press("t")
        assert "✓" not in lines(driver)


async def test_one_can_go_past_the_welcome_and_come_back(library: Database) -> None:
    async with reading(library, subscriber=Newsagent(library), wait_for_rows=False) as driver:
        await driver.until(lambda: isinstance(driver.app.screen, WelcomeScreen), "the welcome is shown")
        await driver.press("escape")
        assert driver.app.screen is driver.app.main
        await driver.press("colon")
        await driver.type("welcome")
        await driver.press("enter")

        await driver.until(lambda: isinstance(driver.app.screen, WelcomeScreen), "the welcome is back")


async def test_a_key_typed_before_the_welcome_is_drawn_does_no_harm(library: Database) -> None:
    async with reading(library, subscriber=Newsagent(library), wait_for_rows=False) as driver:
        await driver.until(lambda: isinstance(driver.app.screen, WelcomeScreen), "the welcome is shown")
        undrawn = WelcomeScreen(driver.app.main)

        await undrawn.press("j")
        await undrawn.press("enter")

        assert not undrawn.is_attached


@pytest.mark.parametrize("size", [(240, 70), (80, 24), (60, 15), (40, 10), (20, 5), (1, 1)])
async def test_the_welcome_survives_every_size(library: Database, size: tuple[int, int]) -> None:
    async with reading(library, subscriber=Newsagent(library), size=size, wait_for_rows=False) as driver:
        await driver.until(lambda: isinstance(driver.app.screen, WelcomeScreen), "the welcome is shown")
        await driver.press("j", "j", "k", "Z")
        await driver.press("s", "j", "escape", "i", "escape")

        assert isinstance(driver.app.screen, WelcomeScreen)


async def test_the_masthead_carries_the_day(library: Database) -> None:
    async with reading(
        library,
        subscriber=Newsagent(library),
        wait_for_rows=False,
        clock=lambda: datetime(2026, 1, 2, 12, 0, tzinfo=UTC),
    ) as driver:
        await driver.until(lambda: bool(driver.app.screen.query("#date")), "the welcome is shown")

        assert str(driver.app.screen.query_one("#date").render()) == "Friday, 2 January 2026"
