"""What the open app is handed: refreshing, adding, importing, the demo."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from reader.cli.context import Context
from reader.cli.engine import AT_HOME
from reader.cli.live import Live, Subscriptions
from reader.demo.server import serve
from reader.demo.site import Site
from reader.errors import BroadsheetError
from reader.model import Health, RefreshDone
from reader.paths import places
from reader.store import counts, feeds
from reader.store.database import Database

from .conftest import NOW


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setattr("reader.cli.engine.DEFAULT", AT_HOME)
    with serve(NOW) as site:
        yield site


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[Subscriptions]:
    """Yield the ports of an app on an empty library."""
    context = Context(places(None, {"BROADSHEET_HOME": str(folder)}), {}, now=lambda: NOW)
    database = Database.open(context.places.library)
    try:
        async with Live(context, database) as live:
            yield Subscriptions(live)
    finally:
        await database.aclose()


async def test_nothing_is_started_before_it_is_needed(tmp_path: Path) -> None:
    async with opened(tmp_path) as ports:
        assert ports.live._engine is None


async def test_a_site_is_offered_with_its_newest_titles_and_taken(site: Site, tmp_path: Path) -> None:
    async with opened(tmp_path) as ports:
        offers = await ports.preview(f"{site.base}/tramway/")
        (offer,) = offers.offers
        assert (offer.title, offer.kind, offer.subscribed) == ("Carnets du tramway", "feed", False)
        assert offer.newest[0] == "Le tramway de minuit"
        taken = await ports.take(offer, "Essays")
        assert taken.feed_id is not None
        feed = await ports.live.database.read(feeds.get_feed, taken.feed_id)
        assert (feed.folder, feed.total) == ("Essays", 5)
        (again,) = (await ports.preview(f"{site.base}/tramway/")).offers
        assert again.subscribed


async def test_an_article_is_offered_and_kept(site: Site, tmp_path: Path) -> None:
    async with opened(tmp_path) as ports:
        offers = await ports.preview(f"{site.base}/lantern/ice")
        offer = next(each for each in offers.offers if each.kind == "article")
        taken = await ports.take(offer, "")
        assert taken.sentence == "Kept What the Ice Remembers."
        assert taken.entry_id is not None


async def test_a_list_of_subscriptions_is_offered_and_imported(site: Site, tmp_path: Path) -> None:
    async with opened(tmp_path) as ports:
        (offer,) = (await ports.preview(f"{site.base}/subscriptions.opml")).offers
        assert (offer.title, offer.kind) == ("11 subscriptions", "list of subscriptions")
        await ports.take(offer, "")
        assert len(await ports.live.database.read(feeds.all_feeds)) == 11


async def test_subscriptions_go_out_to_a_file_and_come_in_again(site: Site, tmp_path: Path) -> None:
    file = tmp_path / "subscriptions.opml"
    async with opened(tmp_path / "one") as ports:
        (offer,) = (await ports.preview(f"{site.base}/tramway/")).offers
        await ports.take(offer, "Essays")
        assert await ports.export_file(file) == f"Wrote 1 subscription to {file}."
    async with opened(tmp_path / "two") as ports:
        await ports.import_file(file)
        (feed,) = await ports.live.database.read(feeds.all_feeds)
        assert (feed.title, feed.folder) == ("Carnets du tramway", "Essays")


async def test_a_file_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    async with opened(tmp_path) as ports:
        with pytest.raises(BroadsheetError, match="cannot be read: No such file"):
            await ports.import_file(tmp_path / "nothing.opml")
        with pytest.raises(BroadsheetError, match="cannot be written: No such file"):
            await ports.export_file(tmp_path / "no" / "where.opml")


async def test_a_refresh_asks_the_sources_and_ends_with_what_came(site: Site, tmp_path: Path) -> None:
    async with opened(tmp_path) as ports:
        live = ports.live
        (offer,) = (await ports.preview(f"{site.base}/tramway/")).offers
        taken = await ports.take(offer, "")
        assert taken.feed_id is not None
        *_, done = [event async for event in live.refresh([taken.feed_id], force=True)]
        assert isinstance(done, RefreshDone)
        assert (done.feeds, done.failed) == (1, 0)


async def test_closing_a_refresh_early_ends_it(site: Site, tmp_path: Path) -> None:
    async with opened(tmp_path) as ports:
        await ports.take((await ports.preview(f"{site.base}/courier/feed.xml")).offers[0], "")
        events = ports.live.refresh()
        await anext(events)
        await asyncio.wait_for(events.aclose(), 10)  # type: ignore[attr-defined] # it is a generator
        await asyncio.wait_for(anext(ports.live.refresh()), 10)


async def test_the_demo_comes_in_a_folder_of_its_own_and_asks_nobody_afterwards(tmp_path: Path) -> None:
    async with opened(tmp_path) as ports:
        assert await ports.demo() == "Added 12 invented sources in the folder Demo."
        database = ports.live.database
        held = await database.read(counts.sources, NOW)
        assert held.total == 73
        assert {feed.health for feed in held.feeds} == {Health.PAUSED}
        assert all(feed.folder.startswith("Demo/") for feed in held.feeds)
        *_, done = [event async for event in ports.live.refresh()]
        assert isinstance(done, RefreshDone)
        assert done.feeds == 0
