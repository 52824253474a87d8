"""Small libraries and documents for tests."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

from reader.document import Blocks, Paragraph, Span
from reader.model import EntryId, FeedId, ParsedEntry, ParsedFeed
from reader.store import changes, entries, feeds, functions, migrations
from reader.triage import Actor, Field, Step, Wish

NOW = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)
SESSION = "window 1"


def memory() -> sqlite3.Connection:
    """Return an empty library in memory."""
    return on_disk(":memory:")


def on_disk(path: Path | str) -> sqlite3.Connection:
    """Return a library at ``path``, as the writing connection has it but without a lock."""
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA foreign_keys = ON")
    functions.register(db)
    migrations.migrate(db)
    return db


def words(text: str) -> Blocks:
    """Return ``text`` as one paragraph."""
    return (Paragraph((Span(text),)),)


def entry(number: int, *, link: str | None = None, title: str | None = None) -> ParsedEntry:
    """Return entry ``number``: the larger the older, an hour apart."""
    return ParsedEntry(
        guid=f"guid-{number}",
        link=f"https://news.example/{number}" if link is None else link,
        title=f"Title {number}" if title is None else title,
        published=NOW - timedelta(hours=number + 1),
        content_html=f"<p>Text {number}</p>",
    )


def document(*parsed: ParsedEntry, title: str = "News") -> ParsedFeed:
    """Return a feed document that announces these entries."""
    return ParsedFeed("rss", title, "https://news.example/", parsed)


def add_feed(db: sqlite3.Connection, name: str = "news", *, folder: str = "") -> FeedId:
    """Subscribe to an invented feed."""
    return feeds.add_feed(db, f"https://{name}.example/feed", name.title(), folder=folder, now=NOW)


def add_entries(db: sqlite3.Connection, feed_id: FeedId, count: int, text: str = "") -> list[EntryId]:
    """Store ``count`` entries in a feed and return their ids, newest first."""
    parsed = document(*(entry(number) for number in range(count)))
    blocks = [words(text or f"Text {number}") for number in range(count)]
    return list(entries.store_feed(db, feed_id, parsed, NOW, texts=blocks).new)


def act(
    db: sqlite3.Connection,
    field: Field,
    value: str,
    *ids: EntryId,
    tag: str = "",
    session: str = SESSION,
    now: datetime = NOW,
) -> Step | None:
    """Give entries a value, as one step of a window."""
    wishes = [Wish(entry_id, field, value, tag) for entry_id in ids]
    return changes.apply(db, wishes, label=f"{field} {value}", actor=Actor.WINDOW, session=session, now=now)
