"""Kept pages cleaned anew: what changes, what stays, and how far it is after it was stopped."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest_asyncio

from reader.cleaning import VERSION
from reader.document import Paragraph, Span, plain_text
from reader.fetch import Fetcher
from reader.model import Article, EntryId, PageDone, Verdict
from reader.pool import Pool
from reader.refresh import Refresher
from reader.store import articles, entries, former
from reader.store.database import Database

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
TEXT = "The pier was rebuilt in stone after the storm, and it has stood in the same water ever since. "
PAGE = (
    f"<html><body><h1>Pier</h1><article><p>{TEXT * 4}</p><p>It is 80 metres long.</p></article></body></html>"
)


@dataclass
class House:
    """A library with its refresher."""

    db: Database
    refresher: Refresher
    rules: dict[str, str] = field(default_factory=dict)

    async def keep(
        self, number: int, page: bytes = PAGE.encode(), verdict: Verdict = Verdict.GOOD, version: int = 0
    ) -> EntryId:
        """Store an entry whose page was cleaned by an older cleaner, badly."""
        url = f"https://site{number}.example/a"
        old = Article(
            "Pier", (Paragraph((Span("What the older cleaner found."),)),), url=url, verdict=verdict
        )

        def write(db: sqlite3.Connection) -> EntryId:
            entry_id = entries.save_page(db, url, old, NOW)
            articles.save_article(db, entry_id, old, NOW, page, version=version)
            return entry_id

        return await self.db.write(write)

    async def reclean(self, limit: int | None = None) -> list[PageDone]:
        return [event async for event in self.refresher.reclean(limit)]

    async def text(self, entry_id: EntryId) -> str:
        article = (await self.db.read(articles.load, entry_id)).article
        assert article is not None
        return plain_text(article.blocks)

    async def left(self) -> int:
        return await self.db.read(articles.count_stale, VERSION)


@pytest_asyncio.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    db = Database.open(tmp_path / "library.db")
    async with Fetcher(proxies={}) as fetcher, Pool(workers=1) as pool:
        house: House
        refresher = Refresher(
            db, fetcher, pool, clock=lambda: NOW, site_rule=lambda url: house.rules.get(url, "")
        )
        house = House(db, refresher)
        yield house
        await refresher.aclose()
    await db.aclose()


async def test_pages_of_an_older_cleaner_are_cleaned_anew_and_found_by_their_new_words(house: House) -> None:
    kept = [await house.keep(number) for number in range(3)]
    current = await house.keep(9, version=VERSION)

    events = await house.reclean()

    assert [(event.done, event.total, event.error) for event in events] == [(n, 3, "") for n in (1, 2, 3)]
    assert [event.entry_id for event in events] == sorted(kept, reverse=True)
    assert all(["80 metres" in await house.text(entry_id) for entry_id in kept])
    assert await house.text(current) == "What the older cleaner found."
    assert await house.left() == 0
    assert await house.db.read(lambda db: db.execute("SELECT count(*) FROM index_queue").fetchone()[0]) == 0


async def test_nobody_is_told_that_an_article_was_edited_because_it_was_cleaned_anew(house: House) -> None:
    entry_id = await house.keep(1)

    await house.reclean()

    assert await house.db.read(former.former, entry_id) is None


async def test_it_goes_on_where_it_was_stopped(house: House) -> None:
    for number in range(5):
        await house.keep(number)

    async with aclosing(house.refresher.reclean()) as events:
        async for _ in events:
            break
    left = await house.left()

    assert 0 < left < 5
    assert len(await house.reclean()) == left
    assert await house.reclean() == []


async def test_so_many_are_done_as_were_asked_for(house: House) -> None:
    for number in range(4):
        await house.keep(number)

    assert [event.total for event in await house.reclean(3)] == [3, 3, 3]
    assert await house.left() == 1


async def test_a_text_stays_where_the_new_cleaning_finds_none_and_is_not_tried_again(house: House) -> None:
    nothing = await house.keep(1, b"<html><body><nav>Home</nav></body></html>")
    film = await house.keep(2, b"%PDF-1.7 \xff")
    unknown = await house.keep(3, PAGE.replace("80", "achtzig große").encode("cp1251", "replace") + b"\xff")

    events = await house.reclean()

    assert {event.entry_id: event.error for event in events} == {
        nothing: "The new cleaning found nothing to read.",
        film: "The page does not say its encoding.",
        unknown: "The page does not say its encoding.",
    }
    for entry_id in (nothing, film, unknown):
        assert await house.text(entry_id) == "What the older cleaner found."
    assert await house.left() == 0


async def test_a_rule_given_to_a_site_is_in_its_kept_pages_once_they_are_cleaned_anew(house: House) -> None:
    ours, other = await house.keep(1, version=VERSION), await house.keep(2, version=VERSION)
    house.rules["https://site1.example/a"] = 'strip = "article p:last-child"'

    assert await house.db.write(articles.make_stale, "site1.example") == 1
    await house.reclean()

    assert await house.text(ours) == (TEXT * 4).strip()
    assert await house.text(other) == "What the older cleaner found."
