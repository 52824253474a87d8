"""What comes in and what becomes of it."""

from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime, timedelta, timezone

from reader.model import EntryId, FeedId, ParsedEntry
from reader.store import entries, statistics
from reader.triage import Field

from .builders import NOW, act, add_feed, document


def put(db: sqlite3.Connection, feed: FeedId, *ages: timedelta) -> list[EntryId]:
    """Store an entry of each age and return their ids, newest first."""
    parsed = [
        ParsedEntry(f"{age}", f"https://a.example/{feed}/{age.total_seconds()}", "Title", NOW - age)
        for age in ages
    ]
    return list(entries.store_feed(db, feed, document(*parsed), NOW).new)


def test_a_source_has_its_volume_by_week_of_publication(library: sqlite3.Connection) -> None:
    busy, idle = add_feed(library, "busy"), add_feed(library, "idle")
    now, day, week_ago, _ = put(
        library, busy, timedelta(), timedelta(days=1), timedelta(days=8), timedelta(days=400)
    )
    act(library, Field.READ, "1", now, week_ago)
    act(library, Field.LATER, "1", day)
    act(library, Field.STARRED, "1", day)
    first, second = statistics.by_feed(library, NOW, weeks=3)
    assert (first.id, first.published, first.read, first.later, first.starred) == (
        busy, (0, 1, 2), (0, 1, 1), (0, 0, 1), (0, 0, 1),
    )  # fmt: skip
    assert (first.total, first.read_rate, first.later_rate, first.star_rate) == (3, 2 / 3, 1 / 3, 1 / 3)
    assert (second.id, second.published, second.read_rate) == (idle, (0, 0, 0), 0.0)


def test_a_tag_has_its_volume(library: sqlite3.Connection) -> None:
    ids = put(library, add_feed(library), timedelta(days=1), timedelta(days=2))
    act(library, Field.TAG, "1", *ids, tag="python")
    act(library, Field.TAG, "1", ids[0], tag="rust")
    act(library, Field.READ, "1", ids[0])
    python, rust = statistics.by_tag(library, NOW, weeks=1)
    assert (python.name, python.published, python.read_rate) == ("python", (2,), 0.5)
    assert (rust.name, rust.published, rust.read_rate) == ("rust", (1,), 1.0)


def test_days_begin_at_midnight_where_the_person_is(library: sqlite3.Connection) -> None:
    (only,) = put(library, add_feed(library), timedelta(days=1))
    arrived = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)
    library.execute("UPDATE state SET arrived = ?", (int(arrived.timestamp()),))
    act(library, Field.READ, "1", only)
    east = NOW.astimezone(timezone(timedelta(hours=2)))
    assert statistics.by_day(library, east, days=2) == (
        statistics.Day(date(2026, 11, 23), 0, 0),
        statistics.Day(date(2026, 11, 24), 1, 1),
    )
    assert statistics.by_day(library, NOW, days=2) == (
        statistics.Day(date(2026, 11, 23), 1, 0),
        statistics.Day(date(2026, 11, 24), 0, 1),
    )
