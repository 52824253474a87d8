"""The pipeline from a due source to a cleaned article, against real servers, a real library and real workers."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Collection, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
import pytest_asyncio

from reader.document import plain_text
from reader.errors import StoreError, UsageError
from reader.feeds.index_page import derive
from reader.fetch import Fetcher, Limits, Manners
from reader.model import (
    EntryId,
    Feed,
    FeedDone,
    FeedId,
    FullText,
    Health,
    PageDone,
    RefreshDone,
    RefreshEvent,
    RefreshStarted,
    SourceKind,
)
from reader.pool import Pool
from reader.refresh import AlreadyRefreshing, Refresher
from reader.refresh.claim import claimed
from reader.store import articles, feeds
from reader.store.database import Database
from tests.servers import Site, answer, conditional, endless, hang, head, raw, redirect, rss

START = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
LONG = " ".join(
    f"<p>Sentence number {number} says something of its own about the harbour.</p>" for number in range(60)
)


@dataclass
class House:
    """A library with its refresher, and a clock that a test moves."""

    db: Database
    refresher: Refresher
    now: datetime = START
    new_ids: list[tuple[EntryId, ...]] = field(default_factory=list)
    site_rule: str = ""

    async def subscribe(self, *urls: str, typed: bool = True) -> list[FeedId]:
        return [
            await self.db.write(feeds.add_feed, url, "", private_host=typed, now=self.now) for url in urls
        ]

    async def refresh(
        self, ids: Collection[FeedId] | None = None, *, force: bool = False, pages: bool = False
    ) -> list[RefreshEvent]:
        return [event async for event in self.refresher.refresh(ids, force, pages)]

    async def done(self, **how: bool) -> RefreshDone:
        last = (await self.refresh(**how))[-1]  # type: ignore[arg-type]
        assert isinstance(last, RefreshDone)
        return last

    async def feed(self, number: int = 1) -> Feed:
        return await self.db.read(feeds.get_feed, FeedId(number))

    async def titles(self) -> list[str]:
        def read(db: sqlite3.Connection) -> list[str]:
            return [title for (title,) in db.execute("SELECT title FROM entry ORDER BY id DESC")]

        return await self.db.read(read)

    async def queued(self) -> int:
        return await self.db.read(
            lambda db: int(db.execute("SELECT count(*) FROM index_queue").fetchone()[0])
        )


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as site:
        yield site


@pytest_asyncio.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    db = Database.open(tmp_path / "library.db")
    manners = Manners(spacing_seconds=0, retry_seconds=0.01, slow_after_seconds=0.2)
    limits = Limits(total_seconds=1.0, connect_seconds=0.5, read_seconds=0.8)
    async with Fetcher(manners=manners, limits=limits, proxies={}) as fetcher, Pool(workers=1) as pool:
        house: House
        refresher = Refresher(
            db,
            fetcher,
            pool,
            clock=lambda: house.now,
            random=Random(1),
            on_new=lambda _db, ids, _now: house.new_ids.append(ids),
            site_rule=lambda _url: house.site_rule,
        )
        house = House(db, refresher)
        yield house
        await refresher.aclose()
    await db.aclose()


# ---- the stream of events


async def test_a_refresh_tells_what_happens_from_start_to_end(site: Site, house: House) -> None:
    await house.subscribe(site.put("/a", answer(rss("One", "Two"))), site.put("/b", answer(b"", 500)))
    events = await house.refresh()
    assert events[0] == RefreshStarted(2)
    told = {event.feed_id: event for event in events[1:3] if isinstance(event, FeedDone)}
    assert len(told[FeedId(1)].new) == 2
    assert "500" in told[FeedId(2)].error
    assert [event.done for event in events[1:3] if isinstance(event, FeedDone)] == [1, 2]
    assert isinstance(events[-1], RefreshDone)
    assert (events[-1].feeds, events[-1].new, events[-1].failed) == (2, 2, 1)
    assert len(events[-1].errors) == 1


async def test_only_what_is_due_is_asked(site: Site, house: House) -> None:
    await house.subscribe(site.put("/a", answer(rss("One"))))
    await house.done()
    assert (await house.done()).feeds == 0
    house.now += timedelta(hours=2)
    assert (await house.done()).feeds == 1


async def test_refreshing_all_by_hand_passes_over_what_was_asked_a_moment_ago(
    site: Site, house: House
) -> None:
    await house.subscribe(site.put("/a", answer(rss("One"))))
    await house.done()
    assert (await house.done(force=True)).feeds == 0
    house.now += timedelta(minutes=11)
    assert (await house.done(force=True)).feeds == 1


async def test_refreshing_one_source_by_hand_asks_it_although_it_is_fresh(site: Site, house: House) -> None:
    ids = await house.subscribe(site.put("/a", answer(rss("One"), cache_control="max-age=9999")))
    await house.done()
    assert isinstance((await house.refresh(ids, force=True))[1], FeedDone)


async def test_not_even_a_person_asks_a_host_that_wants_to_be_left_alone(site: Site, house: House) -> None:
    ids = await house.subscribe(site.put("/a", answer(b"", 429, retry_after="3600")))
    await house.done()
    house.now += timedelta(minutes=59)
    assert (await house.refresh(ids, force=True))[0] == RefreshStarted(0)
    house.now += timedelta(minutes=2)
    assert (await house.refresh(ids, force=True))[0] == RefreshStarted(1)


async def test_a_source_that_waits_for_its_host_has_not_failed(site: Site, house: House) -> None:
    await house.subscribe(
        site.put("/a", answer(b"", 429, retry_after="3600")), site.put("/b", answer(rss("B")))
    )
    house.refresher._tools.fetcher._gates.hold("127.0.0.1", timedelta(hours=1))
    done = await house.done()
    assert (done.failed, done.unchanged) == (0, 2)
    assert "left alone" in (await house.feed(2)).decision


async def test_the_next_fetch_survives_a_restart(site: Site, house: House) -> None:
    await house.subscribe(site.put("/a", answer(rss("One"), cache_control="max-age=7200")))
    await house.done()
    feed = await house.feed()
    assert feed.next_fetch is not None
    assert feed.next_fetch - START > timedelta(minutes=110)
    assert "max-age" in feed.decision


# ---- what is stored, and what is not asked for again


async def test_an_honest_304_is_neither_read_nor_stored(site: Site, house: House) -> None:
    await house.subscribe(site.put("/a", conditional(rss("One"), '"1"')))
    await house.done()
    house.now += timedelta(hours=2)
    done = await house.done()
    assert (done.unchanged, done.changed, done.new) == (1, 0, 0)
    assert site.asked("/a")[1].headers["if-none-match"] == '"1"'
    assert "304" in (await house.feed()).decision


async def test_the_same_body_is_skipped_by_its_hash(site: Site, house: House) -> None:
    await house.subscribe(site.put("/a", answer(rss("One"))))
    await house.done()
    house.now += timedelta(hours=2)
    assert (await house.done()).unchanged == 1
    assert "same content" in (await house.feed()).decision


async def test_validators_are_not_kept_of_what_could_not_be_read(site: Site, house: House) -> None:
    """A 304 must not hide that the document never got into the library."""
    await house.subscribe(site.put("/a", answer("<html>a page</html>", etag='"page"'), answer(rss("One"))))
    await house.done()
    house.now += timedelta(hours=3)
    assert (await house.done()).new == 1
    assert "if-none-match" not in site.asked("/a")[1].headers


async def test_entries_that_vanish_from_the_feed_stay(site: Site, house: House) -> None:
    await house.subscribe(site.put("/a", answer(rss("One", "Two")), answer(rss("Three")), answer(rss())))
    for _ in range(3):
        await house.done()
        house.now += timedelta(days=1)
    assert sorted(await house.titles()) == ["One", "Three", "Two"]


async def test_rules_see_new_and_changed_entries_in_the_transaction_that_stores_them(
    site: Site, house: House
) -> None:
    one, two, moved = rss("One", "Two"), rss("One", "Two", "Three"), rss("Three", "One", "Two")
    await house.subscribe(site.put("/a", answer(one), answer(two), answer(moved)))
    for _ in range(3):
        await house.done()
        house.now += timedelta(hours=2)
    assert [len(ids) for ids in house.new_ids] == [2, 1, 3]


async def test_the_index_is_up_to_date_when_a_refresh_reports_done(site: Site, house: House) -> None:
    await house.subscribe(site.put("/a", answer(rss("Lighthouse"))))
    await house.done()
    assert await house.queued() == 0
    found = await house.db.read(
        lambda db: db.execute("SELECT count(*) FROM fts WHERE fts MATCH 'lighthouse'").fetchone()[0]
    )
    assert found == 1


async def test_a_news_sitemap_is_a_source(site: Site, house: House) -> None:
    site.put("/index.xml", answer(SITEMAP_INDEX.format(url=site.url("/news.xml"))))
    site.put("/news.xml", answer(NEWS_SITEMAP))
    await house.db.write(
        feeds.add_feed, site.url("/index.xml"), "News", kind=SourceKind.SITEMAP, private_host=True
    )
    assert (await house.done()).new == 1
    assert await house.titles() == ["The harbour opens"]


async def test_a_page_without_a_feed_is_a_source_by_its_rule(site: Site, house: House) -> None:
    front = "".join(
        f'<article><h2><a href="/2026/11/story-number-{number}">The story with number {number}</a></h2></article>'
        for number in range(6)
    )
    html = f"<!doctype html><html><body><main>{front}</main></body></html>".encode()
    url = site.put("/", answer(html))
    rule = derive(html, url)
    assert rule is not None
    await house.db.write(
        feeds.add_feed, url, "Front page", kind=SourceKind.PAGE, private_host=True, rule=rule.to_json()
    )
    assert (await house.done()).new == 6


SITEMAP_INDEX = (
    '<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    "<sitemap><loc>{url}</loc></sitemap></sitemapindex>"
)
NEWS_SITEMAP = (
    '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>http://news.example/1</loc><news:news>'
    "<news:publication_date>2026-11-24</news:publication_date><news:title>The harbour opens</news:title>"
    "</news:news></url></urlset>"
)


# ---- failures


async def test_a_web_page_instead_of_a_feed_keeps_what_was_there(site: Site, house: House) -> None:
    portal = answer("<!doctype html><title>Welcome to our WiFi</title><form>")
    await house.subscribe(site.put("/a", answer(rss("One")), portal))
    await house.done()
    house.now += timedelta(hours=2)
    done = await house.done()
    feed = await house.feed()
    assert "web page instead of a feed" in done.errors[0][1]
    assert (feed.title, feed.url, feed.total) == ("Feed", site.url("/a"), 1)


async def test_a_captive_portal_that_redirects_changes_no_address(site: Site, house: House) -> None:
    site.put("/login", answer("<!doctype html><title>Pay for WiFi</title>"))
    await house.subscribe(site.put("/a", redirect("/login", 301)))
    for _ in range(3):
        await house.done(force=True)
        house.now += timedelta(days=2)
    assert (await house.feed()).url == site.url("/a")


async def test_one_bad_source_stops_no_other(site: Site, house: House) -> None:
    bad = [
        site.put("/garbage", raw(bytes(range(256)))),
        site.put("/hang", hang()),
        site.put("/endless", endless(head(None), b"<item>" * 9999)),
        site.put("/truncated", answer(rss("A", "B")[:-60])),
        site.put(
            "/bomb", answer('<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaa">]><rss>' + "<a>" * 99999)
        ),
        "http://nowhere.invalid/feed",
        "http://127.0.0.1:1/feed",
    ]
    await house.subscribe(site.put("/good", answer(rss("Good"))), *bad)
    done = await house.done()
    assert done.feeds == 8
    assert "Good" in await house.titles()
    for title, sentence in done.errors:
        assert sentence.endswith(".")
        assert sentence.isprintable()
        assert title


async def test_a_document_that_takes_a_worker_down_is_a_failure_of_its_source(
    site: Site, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.refresh.sources.prepare_feed", _killed)
    await house.subscribe(site.put("/a", answer(rss("One"))))
    done = await house.done()
    assert "could not be read" in done.errors[0][1]


def _killed(*_: object) -> None:
    os._exit(1)


async def test_410_is_believed_the_second_time_and_then_not_asked_again(site: Site, house: House) -> None:
    await house.subscribe(site.put("/a", answer(rss("One")), answer(b"", 410)))
    for _ in range(5):
        await house.done()
        house.now += timedelta(hours=30)
    feed = await house.feed()
    assert (feed.health, feed.total) == (Health.GONE, 1)
    assert len(site.asked("/a")) == 3


async def test_a_permanent_redirect_is_followed_for_a_day_before_the_address_changes(
    site: Site, house: House
) -> None:
    site.put("/b", answer(rss("One")))
    await house.subscribe(site.put("/a", redirect("/b", 301)))
    await house.done()
    assert (await house.feed()).url == site.url("/a")
    house.now += timedelta(days=1, hours=1)
    await house.done()
    feed = await house.feed()
    assert (feed.url, feed.total) == (site.url("/b"), 1)
    assert (await house.db.read(feeds.find_feed, site.url("/a"))) == feed


async def test_a_source_from_a_feed_or_page_is_not_fetched_from_inside(site: Site, house: House) -> None:
    await house.subscribe(site.put("/a", answer(rss("One"))), typed=False)
    assert "private" in (await house.done()).errors[0][1]
    assert site.requests == []


async def test_sources_that_failed_last_time_are_asked_last(site: Site, house: House) -> None:
    await house.subscribe(
        site.put("/bad", answer(b"", 500)), *(site.put(f"/{n}", answer(rss())) for n in range(6))
    )
    await house.done()
    house.now += timedelta(hours=9)
    site.requests.clear()
    await house.done()
    assert "/bad" in {asked.path for asked in site.requests[-2:]}  # two at a time


# ---- being offline


async def test_when_no_host_answers_we_are_offline_and_nothing_is_counted(house: House) -> None:
    await house.subscribe(*(f"http://127.0.0.1:{port}/feed" for port in (1, 2, 3, 4)))
    done = await house.done()
    feed = await house.feed()
    assert done.offline
    assert (done.failed, done.errors) == (0, ())
    assert (feed.failures, feed.error, feed.health) == (0, "", Health.NEW)
    assert (await house.done()).feeds == 4


async def test_one_host_that_does_not_answer_is_its_own_failure(house: House) -> None:
    await house.subscribe("http://127.0.0.1:1/feed")
    assert not (await house.done()).offline
    assert (await house.feed()).failures == 1


async def test_dead_hosts_count_when_others_answer(site: Site, house: House) -> None:
    await house.subscribe(
        *(f"http://127.0.0.1:{port}/feed" for port in (1, 2, 3)), site.put("/a", answer(rss()))
    )
    done = await house.done()
    assert (done.offline, done.failed) == (False, 3)


async def test_a_network_that_goes_away_in_the_middle_counts_against_nobody(house: House) -> None:
    with Site() as there:

        def last_words(talk: object) -> None:
            answer(rss("One"))(talk)  # type: ignore[arg-type]
            there._server.socket.close()
            talk.close()  # type: ignore[attr-defined]

        await house.subscribe(
            there.put("/a", last_words), *(f"http://127.0.0.1:{port}/feed" for port in (1, 2, 3))
        )
        done = await house.done()
    assert (done.offline, done.new, done.failed) == (True, 1, 0)


# ---- pages


async def test_pages_behind_teasers_are_fetched_cleaned_and_stored(site: Site, house: House) -> None:
    site.put("/0", answer(page("The harbour", LONG)))
    await house.subscribe(site.put("/a", answer(rss("The harbour", link=site.url("")))))
    events = await house.refresh(pages=True)
    (told,) = [event for event in events if isinstance(event, PageDone)]
    stored = await house.db.read(articles.load, told.entry_id)
    assert stored.article is not None
    assert "Sentence number 40" in repr(stored.article.blocks)
    assert await house.queued() == 0


async def test_a_rule_for_its_site_chooses_what_of_a_page_is_kept(site: Site, house: House) -> None:
    house.site_rule = 'body = "#second"'
    site.put("/0", answer(page("The harbour", f"{LONG}<div id='second'><p>Only this is the text.</p></div>")))
    await house.subscribe(site.put("/a", answer(rss("The harbour", link=site.url("")))))
    (told,) = [event for event in await house.refresh(pages=True) if isinstance(event, PageDone)]
    stored = await house.db.read(articles.load, told.entry_id)
    assert stored.article is not None
    assert plain_text(stored.article.blocks) == "Only this is the text."


async def test_the_newest_pages_of_each_source_are_fetched_within_a_budget(
    site: Site, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.refresh.pages.PER_SOURCE", 3)
    titles = [f"Story {number}" for number in range(8)]
    for number in range(8):
        site.put(f"/{number}", answer(page(titles[number], LONG)))
    await house.subscribe(site.put("/a", answer(rss(*titles, link=site.url("")))))
    assert (await house.done(pages=True)).pages == 3
    assert sorted(asked.path for asked in site.requests) == ["/0", "/1", "/2", "/a"]
    assert (await house.done(pages=True)).pages == 3


async def test_a_page_that_fails_says_why_and_is_not_tried_again_by_itself(site: Site, house: House) -> None:
    await house.subscribe(site.put("/a", answer(rss("Gone", link=site.url("")))))
    done = await house.done(pages=True)
    assert (done.pages, done.pages_failed) == (1, 1)
    assert (await house.done(pages=True)).pages == 0
    (entry,) = await house.db.read(lambda db: db.execute("SELECT id FROM entry").fetchall())
    assert "404" in (await house.db.read(articles.load, EntryId(entry[0]))).page_error


@pytest.mark.parametrize(
    ("path", "words"), [("/consent?to=0", "agree"), ("/user/login", "account"), ("/captcha", "robot")]
)
async def test_a_site_that_wants_something_before_it_shows_an_article_says_so(
    site: Site, house: House, path: str, words: str
) -> None:
    site.put("/0", redirect(path, 302))
    site.put(path, answer(page("Please agree", LONG)))
    await house.subscribe(site.put("/a", answer(rss("One", link=site.url("")))))
    events = await house.refresh(pages=True)
    (told,) = [event for event in events if isinstance(event, PageDone)]
    assert words in told.error


async def test_an_article_about_logins_is_no_login(site: Site, house: House) -> None:
    site.put("/0", redirect("/2026/the-challenge-of-login-forms", 301))
    site.put("/2026/the-challenge-of-login-forms", answer(page("The challenge of login forms", LONG)))
    await house.subscribe(site.put("/a", answer(rss("The challenge", link=site.url("")))))
    assert (await house.done(pages=True)).pages_failed == 0


async def test_pages_are_left_alone_when_they_are_not_asked_for(site: Site, house: House) -> None:
    await house.subscribe(site.put("/a", answer(rss("One", link=site.url("")))))
    assert (await house.done(pages=False)).pages == 0


async def test_a_source_that_shows_its_own_text_fetches_no_page(site: Site, house: House) -> None:
    ids = await house.subscribe(site.put("/a", answer(rss("One", link=site.url("")))))
    await house.db.write(feeds.edit_feed, ids[0], full_text=FullText.FEED)
    assert (await house.done(pages=True)).pages == 0


async def test_a_link_of_a_feed_into_the_house_is_not_followed(site: Site, house: House) -> None:
    with Site() as inside:
        await house.subscribe(site.put("/a", answer(rss("Canary", link=inside.url("")))))
        done = await house.done(pages=True)
        assert done.pages_failed == 1
        assert inside.requests == []


async def test_an_article_of_several_pages_is_joined(site: Site, house: House) -> None:
    parts = [LONG.replace("Sentence", f"Part {number} sentence") for number in range(3)]
    for number, part in enumerate(parts):
        following = f'<link rel="next" href="/0?page={number + 2}">' if number < 2 else ""
        path = "/0" if number == 0 else f"/0?page={number + 1}"
        site.put(path, answer(page("A long story", part, following)))
    await house.subscribe(site.put("/a", answer(rss("A long story", link=site.url("")))))
    events = await house.refresh(pages=True)
    (told,) = [event for event in events if isinstance(event, PageDone)]
    article = (await house.db.read(articles.load, told.entry_id)).article
    assert article is not None
    for number in range(3):
        assert f"Part {number} sentence number 30" in repr(article.blocks)


async def test_a_page_can_be_had_at_once(site: Site, house: House) -> None:
    site.put("/0", answer(page("Now", LONG)))
    await house.subscribe(site.put("/a", answer(rss("Now", link=site.url("")))))
    (entry_id,) = [event.new[0] for event in await house.refresh() if isinstance(event, FeedDone)]
    told = await house.refresher.fetch_page(entry_id)
    assert (told.entry_id, told.error) == (entry_id, "")
    assert await house.queued() == 0


async def test_an_entry_without_a_page_says_so(house: House) -> None:
    with pytest.raises(UsageError):
        await house.refresher.fetch_page(EntryId(1))


async def test_a_page_wished_for_comes_in_the_background(site: Site, house: House) -> None:
    site.put("/0", answer(page("Soon", LONG)))
    await house.subscribe(site.put("/a", answer(rss("Soon", link=site.url("")))))
    (entry_id,) = [event.new[0] for event in await house.refresh() if isinstance(event, FeedDone)]
    house.refresher.want_page(entry_id)
    await asyncio.gather(*house.refresher._background)
    assert (await house.db.read(articles.load, entry_id)).article is not None


async def test_a_page_cut_short_by_the_end_of_the_program_has_not_failed(site: Site, house: House) -> None:
    site.put("/0", hang())
    await house.subscribe(site.put("/a", answer(rss("Slow", link=site.url("")))))
    (entry_id,) = [event.new[0] for event in await house.refresh() if isinstance(event, FeedDone)]
    house.refresher.want_page(entry_id)
    await asyncio.sleep(0)
    await house.refresher.aclose()
    assert (await house.db.read(articles.load, entry_id)).page_error == ""
    assert (await house.done(pages=True)).pages == 1


def page(title: str, text: str, more: str = "") -> str:
    return (
        f"<!doctype html><html><head><title>{title}</title>{more}</head><body><article><h1>{title}</h1>{text}"
        "</article></body></html>"
    )


# ---- cancelling, and others


async def test_closing_the_iterator_cancels_within_a_second_and_loses_nothing(
    site: Site, house: House
) -> None:
    hanging = [site.put(f"/hang{number}", hang()) for number in range(5)]
    await house.subscribe(site.put("/a", answer(rss("One"))), *hanging)
    stream = house.refresher.refresh(pages=False)
    async for event in stream:
        if isinstance(event, FeedDone):
            break
    begun = time.monotonic()
    await stream.aclose()  # type: ignore[attr-defined]
    assert time.monotonic() - begun < 0.5
    assert await house.titles() == ["One"]
    assert (await house.feed(2)).failures == 0
    house.now += timedelta(hours=2)
    again = house.refresher.refresh()
    assert await anext(again) == RefreshStarted(6)
    await again.aclose()  # type: ignore[attr-defined]


async def test_stopping_ends_the_stream_with_a_summary(site: Site, house: House) -> None:
    await house.subscribe(site.put("/a", answer(rss("One"))), site.put("/hang", hang()))
    async for event in house.refresher.refresh(pages=False):
        if isinstance(event, FeedDone):
            house.refresher.stop()
    assert isinstance(event, RefreshDone)
    assert (event.cancelled, event.new) == (True, 1)
    await asyncio.gather(*house.refresher._background)
    assert await house.queued() == 0


async def test_stopping_before_the_first_request_is_in_time(site: Site, house: House) -> None:
    await house.subscribe(site.put("/a", answer(rss("One"))))
    stream = house.refresher.refresh()
    beginning = asyncio.ensure_future(anext(stream))
    await asyncio.sleep(0)  # the iterator begins,
    await asyncio.sleep(0)  # and so does its refresh
    house.refresher.stop()
    await beginning
    events = [event async for event in stream]
    assert isinstance(events[-1], RefreshDone)
    assert events[-1].cancelled
    assert site.requests == []


async def test_two_refreshes_of_one_window_ask_no_source_twice(site: Site, house: House) -> None:
    await house.subscribe(*(site.put(f"/{number}", answer(rss("One"))) for number in range(4)))
    await asyncio.gather(house.refresh(), house.refresh())
    assert len(site.requests) == 4


async def test_another_process_that_refreshes_is_named(site: Site, house: House) -> None:
    await house.subscribe(site.put("/a", answer(rss("One"))))
    path = house.db.path.with_name(house.db.path.name + ".refreshing")
    code = (
        "import sys; from pathlib import Path; from reader.refresh.claim import claimed\n"
        "with claimed(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    other = subprocess.Popen(  # noqa: ASYNC220
        [sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(AlreadyRefreshing, match=str(other.pid)):
            await house.refresh()
        other.communicate("")
    assert (await house.done()).new == 1


def test_the_claim_is_given_back_by_whoever_dies(tmp_path: Path) -> None:
    path = tmp_path / "claim"
    code = (
        "import os, sys; from pathlib import Path; from reader.refresh.claim import claimed\n"
        "with claimed(Path(sys.argv[1])): os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=False)
    with claimed(path):
        pass


async def test_a_library_that_cannot_be_written_ends_the_refresh_with_a_sentence(
    site: Site, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: object) -> None:
        raise StoreError("The disk is full.")

    await house.subscribe(site.put("/a", answer(rss("One"))))
    monkeypatch.setattr(house.db, "write", full)
    with pytest.raises(StoreError, match="disk is full"):
        await house.refresh()


async def test_a_bug_in_storing_is_not_swallowed(
    site: Site, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise ZeroDivisionError

    await house.subscribe(site.put("/a", answer(rss("One"))))
    monkeypatch.setattr(house.db, "write", broken)
    with pytest.raises(ZeroDivisionError):
        await house.refresh()


def test_a_claim_where_nothing_can_be_written_says_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be written"), claimed(tmp_path / "missing" / "claim"):
        pass


async def test_a_bug_is_not_swallowed(site: Site, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_: object) -> None:
        raise ZeroDivisionError

    await house.subscribe(site.put("/a", answer(rss("One"))))
    monkeypatch.setattr("reader.refresh.sources.Answered", broken)
    with pytest.raises(ZeroDivisionError):
        await house.refresh()
