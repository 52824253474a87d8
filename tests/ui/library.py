"""Small libraries to read in: sources with invented entries, made through the store itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from reader.document import Blocks, Paragraph, Span
from reader.model import EntryId, FeedId, ParsedEntry, ParsedFeed
from reader.store import entries, feeds
from reader.store.database import Database
from reader.store.drain import drain_index

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Source:
    """A source and the titles of its entries, the newest first."""

    title: str
    titles: Sequence[str]
    folder: str = ""


LONG = "A sentence about the harbour and its keeper. " * 60


def text_of(title: str) -> Blocks:
    """Return the body of an entry: its title, and enough to fill pages."""
    return (Paragraph((Span(f"About {title}."),)), *(Paragraph((Span(LONG),)) for _ in range(4)))


def make_library(folder: Path, *sources: Source) -> Database:
    """Return an open library with these sources; entries are an hour apart, across sources too."""
    database = Database.open(folder / "library.db")
    hours = 0
    for number, source in enumerate(sources):
        feed_id = database.write_now(
            feeds.add_feed, f"https://feed{number}.example/rss", source.title, folder=source.folder, now=NOW
        )
        announced = []
        for position, title in enumerate(source.titles):
            hours += 1
            announced.append(entry(f"{number}-{position}", title, NOW - timedelta(hours=hours)))
        store(database, feed_id, announced)
    while database.write_now(drain_index, 500):
        pass
    return database


def entry(key: str, title: str, published: datetime) -> ParsedEntry:
    """Return an entry as a feed announces it."""
    return ParsedEntry(guid=key, link=f"https://site.example/{key}", title=title, published=published)


def store(database: Database, feed_id: FeedId, announced: Sequence[ParsedEntry]) -> tuple[EntryId, ...]:
    """Store entries as a refresh does; returns the new ones."""
    feed = ParsedFeed("rss", "", "https://site.example", tuple(announced))
    texts = tuple(text_of(one.title) for one in announced)
    return database.write_now(entries.store_feed, feed_id, feed, NOW, texts=texts).new


def numbered(name: str, count: int) -> Source:
    """Return a source with entries called after it: "Tide 1", "Tide 2", …"""
    return Source(name, [f"{name} {number}" for number in range(1, count + 1)])
