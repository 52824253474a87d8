from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from reader.model import EntryId, FeedId
from reader.store import (
    changes,
    checks,
    connection,
    counts,
    drain,
    entries,
    feeds,
    journal,
    migrations,
    retention,
)
from reader.store.retention import Limits
from reader.triage import Field

from .builders import NOW, SESSION, act, add_entries, add_feed, document, entry

MONTH = timedelta(days=30)


@pytest.fixture
def feed(library: sqlite3.Connection) -> FeedId:
    """A source of ten read articles, one an hour."""
    feed_id = add_feed(library)
    act(library, Field.READ, "1", *add_entries(library, feed_id, 10))
    return feed_id


def ids(db: sqlite3.Connection) -> list[EntryId]:
    return [
        EntryId(entry_id) for (entry_id,) in db.execute("SELECT entry_id FROM state ORDER BY entry_id DESC")
    ]


def shown(db: sqlite3.Connection) -> list[str]:
    listed = db.execute("SELECT entry_id FROM state WHERE listed ORDER BY entry_id DESC")
    return [row.title for row in entries.rows(db, [entry_id for (entry_id,) in listed])]


def test_without_a_limit_nothing_goes(library: sqlite3.Connection, feed: FeedId) -> None:
    assert retention.expire(library, Limits(), NOW + 100 * MONTH) is None


def test_a_number_of_articles_keeps_the_newest(library: sqlite3.Connection, feed: FeedId) -> None:
    step = retention.expire(library, Limits(articles=3), NOW)
    assert step is not None
    assert step.label == "Let 7 old articles go"
    assert shown(library) == ["Title 0", "Title 1", "Title 2"]
    assert retention.expire(library, Limits(articles=3), NOW) is None


def test_a_number_of_days_counts_from_the_arrival(library: sqlite3.Connection, feed: FeedId) -> None:
    assert retention.beyond(library, Limits(days=7), NOW + timedelta(days=7)) == ()
    assert len(retention.beyond(library, Limits(days=7), NOW + timedelta(days=8))) == 10


def test_the_limit_of_a_source_comes_before_the_general_one(
    library: sqlite3.Connection, feed: FeedId
) -> None:
    feeds.edit_feed(library, feed, keep=5)
    retention.expire(library, Limits(articles=1), NOW)
    assert len(shown(library)) == 5


def test_what_was_kept_by_hand_never_goes(library: sqlite3.Connection, feed: FeedId) -> None:
    starred, later, tagged, noted, marked, unread, *_rest = ids(library)
    act(library, Field.STARRED, "1", starred)
    act(library, Field.LATER, "1", later)
    act(library, Field.TAG, "1", tagged, tag="x")
    act(library, Field.NOTE, "n", noted)
    act(library, Field.READ, "", unread)
    act(library, Field.HIGHLIGHT, "1", marked, tag="0 a passage")
    everything = Limits(days=0, articles=0)
    retention.expire(library, everything, NOW + MONTH)
    assert shown(library) == [f"Title {number}" for number in range(6)]
    retention.expire(library, Limits(days=0, unread=True), NOW + MONTH)
    assert shown(library) == [f"Title {number}" for number in range(5)]


def test_what_was_let_go_comes_back_by_undo_for_thirty_days(
    library: sqlite3.Connection, feed: FeedId
) -> None:
    step = retention.expire(library, Limits(articles=3), NOW)
    assert step is not None
    assert retention.purge(library, NOW + MONTH) == 0
    changes.undo(library, SESSION, NOW + MONTH, step.id)
    assert len(shown(library)) == 10
    assert retention.purge(library, NOW + 2 * MONTH) == 0
    assert len(shown(library)) == 10


def test_after_thirty_days_the_content_goes_and_the_state_stays(
    library: sqlite3.Connection, feed: FeedId
) -> None:
    while drain.drain_index(library):
        pass
    retention.expire(library, Limits(articles=3), NOW)
    assert retention.purge(library, NOW + MONTH + timedelta(seconds=1)) == 7
    while drain.drain_index(library):
        pass
    for table, left in {"entry": 3, "body": 3, "fts_docsize": 3, "state": 10, "identity": 10}.items():
        assert library.execute(f"SELECT count(*) FROM {table}").fetchone() == (left,), table
    assert counts.sources(library, NOW).total == 3
    again = entries.store_feed(library, feed, document(*map(entry, range(10))), NOW)
    assert again == entries.Stored()
    assert checks.problems(library) == ()


def test_what_was_shown_again_by_hand_is_not_purged(library: sqlite3.Connection, feed: FeedId) -> None:
    retention.expire(library, Limits(articles=3), NOW)
    oldest = ids(library)[-1]
    act(library, Field.HIDDEN, "", oldest, now=NOW + timedelta(days=1))
    assert retention.purge(library, NOW + 2 * MONTH) == 6
    assert shown(library)[-1] == "Title 9"


def test_steps_of_retention_outlive_the_trimming_of_the_journal(
    library: sqlite3.Connection, feed: FeedId, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "KEEP_STEPS", 0)
    retention.expire(library, Limits(articles=3), NOW)
    journal.trim(library, NOW + 2 * MONTH)
    assert retention.purge(library, NOW + 2 * MONTH) == 7


def test_saved_pages_and_removed_sources_are_left_alone(library: sqlite3.Connection, feed: FeedId) -> None:
    feeds.unsubscribe(library, feed, NOW)
    assert retention.beyond(library, Limits(days=0, articles=0), NOW + MONTH) == ()


def test_the_space_of_what_went_is_given_back(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    with closing(connection.connect_to_write(path)) as db:
        migrations.migrate(db)
        db.execute("BEGIN IMMEDIATE")
        add_entries(db, add_feed(db), 200, "many words " * 200)
        before = retention.size(db)
        assert before.articles == 200
        for entry_id in ids(db):
            retention.let_go(db, entry_id, NOW)
        freed = retention.size(db)
        assert freed.free_bytes > 0
        while retention.compact(db, 50):
            pass
        db.execute("COMMIT")
        after = retention.size(db)
        assert (after.free_bytes, after.articles) == (0, 0)
        assert after.bytes < before.bytes
        assert checks.problems(db) == ()
