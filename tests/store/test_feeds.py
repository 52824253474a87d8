from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from reader.errors import UsageError
from reader.model import Feed, FeedId, FullText, Health, SourceKind
from reader.schedule import FetchRecord
from reader.store import checks, counts, entries, feeds, folders
from reader.triage import Field

from .builders import NOW, act, add_entries, add_feed, document, entry, memory

HOUR = timedelta(hours=1)


def record(feed_id: FeedId, at: datetime = NOW, **what: object) -> FetchRecord:
    """Return what is remembered of a fetch that went well."""
    plain = FetchRecord(
        feed_id=feed_id,
        at=at,
        next_fetch=at + HOUR,
        health=Health.OK,
        failures=0,
        error="",
        decision="nothing new; next in 1 h",
        etag='W/"1"',
        last_modified="Tue, 24 Nov 2026 10:00:00 GMT",
        validators_at=at,
        body_hash=b"\x01" * 32,
        last_fetch=at,
        last_success=at,
        last_new=None,
        moved_to="",
        moved_at=None,
        gone_at=None,
        held_until=None,
    )
    return replace(plain, **what)  # type: ignore[arg-type]


def due_ids(db: sqlite3.Connection, now: datetime = NOW, **how: object) -> list[int]:
    return [due.feed_id for due in feeds.due(db, now, **how)]  # type: ignore[arg-type]


def test_a_source_is_known_by_its_address(library: sqlite3.Connection) -> None:
    feed_id = feeds.add_feed(library, "https://a.example/feed", "A", folder="news/world", now=NOW)
    found = feeds.find_feed(library, "https://a.example/feed")
    assert found is not None
    assert (found.id, found.title, found.folder) == (feed_id, "A", "news/world")
    assert feeds.find_feed(library, "https://b.example/feed") is None


def test_subscribing_twice_is_subscribing_once(library: sqlite3.Connection) -> None:
    first = feeds.add_feed(library, "https://a.example/feed", "A", now=NOW)
    assert feeds.add_feed(library, "https://a.example/feed", "Another", now=NOW) == first
    assert [feed.title for feed in feeds.all_feeds(library)] == ["A"]


def test_a_source_without_a_title_is_called_by_its_host(library: sqlite3.Connection) -> None:
    feed_id = feeds.add_feed(library, "https://a.example/feed", " \x1b ", now=NOW)
    assert feeds.get_feed(library, feed_id).title == "a.example"


def test_a_source_that_does_not_exist_is_an_error_with_its_number(library: sqlite3.Connection) -> None:
    with pytest.raises(UsageError, match="4711"):
        feeds.get_feed(library, FeedId(4711))


def test_everything_a_person_sets_is_kept(library: sqlite3.Connection) -> None:
    feed_id = add_feed(library)
    feeds.edit_feed(
        library,
        feed_id,
        title="Mine",
        folder="a/b",
        full_text=FullText.PAGE,
        interval=timedelta(hours=3),
        quiet=True,
        keep=100,
        tags=["x", "y"],
    )
    feed = feeds.get_feed(library, feed_id)
    assert (feed.title, feed.folder, feed.full_text) == ("Mine", "a/b", FullText.PAGE)
    assert (feed.interval, feed.quiet, feed.keep, feed.tags) == (timedelta(hours=3), True, 100, ("x", "y"))


def test_a_new_source_is_due_at_once_and_then_when_the_schedule_says(library: sqlite3.Connection) -> None:
    feed_id = add_feed(library)
    assert due_ids(library) == [feed_id]
    feeds.record(library, record(feed_id))
    assert due_ids(library) == []
    assert due_ids(library, NOW + HOUR) == [feed_id]


def test_what_the_schedule_knows_comes_back_with_the_source(library: sqlite3.Connection) -> None:
    feed_id = add_feed(library)
    feeds.record(library, record(feed_id, failures=2, error="No.", health=Health.FAILING, last_new=NOW))
    (due,) = feeds.due(library, NOW + HOUR)
    assert (due.etag, due.last_modified) == ('W/"1"', "Tue, 24 Nov 2026 10:00:00 GMT")
    assert (due.body_hash, due.validators_at, due.last_new) == (b"\x01" * 32, NOW, NOW)
    assert (due.failures, due.error, due.health, due.failed_last_time) == (2, "No.", Health.FAILING, True)


def test_the_longest_overdue_is_asked_first(library: sqlite3.Connection) -> None:
    late, later, new = (add_feed(library, name) for name in ("a", "b", "c"))
    feeds.record(library, record(late, NOW - 5 * HOUR))
    feeds.record(library, record(later, NOW - 9 * HOUR))
    assert due_ids(library) == [new, later, late]


def test_refreshing_all_by_hand_passes_over_what_was_just_asked(library: sqlite3.Connection) -> None:
    just, earlier = add_feed(library, "a"), add_feed(library, "b")
    feeds.record(library, record(just, NOW - timedelta(minutes=5)))
    feeds.record(library, record(earlier, NOW - timedelta(minutes=15)))
    assert due_ids(library, force=True) == [earlier]
    assert due_ids(library, force=True, ids=[just]) == [just]


def test_a_host_that_wants_to_be_left_alone_is_left_alone_by_everyone(library: sqlite3.Connection) -> None:
    feed_id = add_feed(library)
    feeds.record(library, record(feed_id, NOW - HOUR, held_until=NOW + HOUR))
    assert due_ids(library, force=True, ids=[feed_id]) == []
    assert due_ids(library, NOW + HOUR, force=True, ids=[feed_id]) == [feed_id]


def test_gone_and_paused_sources_are_asked_only_by_name(library: sqlite3.Connection) -> None:
    feed_id = add_feed(library)
    feeds.edit_feed(library, feed_id, health=Health.PAUSED)
    assert due_ids(library) == []
    assert due_ids(library, force=True) == []
    assert due_ids(library, force=True, ids=[feed_id]) == [feed_id]


def test_a_clock_that_was_ahead_does_not_stop_the_fetching(library: sqlite3.Connection) -> None:
    feed_id = add_feed(library)
    feeds.record(library, record(feed_id, NOW + timedelta(days=3)))
    assert due_ids(library) == [feed_id]


def test_a_moved_source_is_found_under_both_addresses(library: sqlite3.Connection) -> None:
    feed_id = add_feed(library)
    old = feeds.get_feed(library, feed_id).url
    feeds.record(library, record(feed_id, url="https://new.example/feed"))
    assert feeds.get_feed(library, feed_id).url == "https://new.example/feed"
    assert feeds.add_feed(library, old, "Again", now=NOW) == feed_id
    feeds.record(library, record(feed_id, url=old))
    assert feeds.get_feed(library, feed_id).url == old
    assert feeds.add_feed(library, "https://new.example/feed", "Again", now=NOW) == feed_id


def test_a_source_does_not_move_onto_another(library: sqlite3.Connection) -> None:
    one, other = add_feed(library, "one"), add_feed(library, "other")
    target = feeds.get_feed(library, other).url
    assert not feeds.remember_move(library, one, target)
    assert feeds.get_feed(library, one).url == "https://one.example/feed"


def test_removing_a_source_keeps_what_was_kept_and_hides_the_rest(library: sqlite3.Connection) -> None:
    feed_id = add_feed(library)
    starred, later, tagged, noted, *rest = add_entries(library, feed_id, 6)
    act(library, Field.STARRED, "1", starred)
    act(library, Field.LATER, "1", later)
    act(library, Field.TAG, "1", tagged, tag="x")
    act(library, Field.NOTE, "n", noted)
    feeds.remove_feed(library, feed_id, now=NOW)
    listed = [
        id_ for (id_,) in library.execute("SELECT entry_id FROM state WHERE listed ORDER BY entry_id DESC")
    ]
    assert listed == [starred, later, tagged, noted]
    assert len(entries.rows(library, rest)) == 2
    assert due_ids(library, force=True, ids=[feed_id]) == []
    assert checks.wrong_counts(library) == ()


def test_subscribing_again_brings_everything_back_as_it_was(library: sqlite3.Connection) -> None:
    feed_id = add_feed(library)
    ids = add_entries(library, feed_id, 3)
    act(library, Field.READ, "1", ids[0])
    feeds.remove_feed(library, feed_id, now=NOW)
    assert add_feed(library) == feed_id
    assert (feeds.get_feed(library, feed_id).total, feeds.get_feed(library, feed_id).unread) == (3, 2)


def test_folders_are_made_with_their_ancestors_and_count_what_is_in_them(library: sqlite3.Connection) -> None:
    add_entries(library, add_feed(library, "one", folder="News/World"), 2)
    add_entries(library, add_feed(library, "two", folder="News"), 3)
    shown = {folder.path: folder.unread for folder in counts.sources(library, NOW).folders}
    assert shown == {"News": 5, "News/World": 2}


def test_renaming_a_folder_takes_what_is_in_it_along(library: sqlite3.Connection) -> None:
    feed_id = add_feed(library, folder="News/World/Asia")
    folders.rename_folder(library, "News/World", "Abroad")
    assert feeds.get_feed(library, feed_id).folder == "Abroad/Asia"
    assert folders.all_paths(library) == ("Abroad", "Abroad/Asia", "News")


def test_renaming_a_folder_to_one_that_exists_joins_them(library: sqlite3.Connection) -> None:
    one, two = add_feed(library, "one", folder="A"), add_feed(library, "two", folder="B")
    folders.rename_folder(library, "A", "B")
    assert {feeds.get_feed(library, one).folder, feeds.get_feed(library, two).folder} == {"B"}
    assert folders.all_paths(library) == ("B",)


def test_a_folder_cannot_be_moved_into_itself(library: sqlite3.Connection) -> None:
    add_feed(library, folder="A")
    with pytest.raises(UsageError, match="into itself"):
        folders.rename_folder(library, "A", "A/B")
    with pytest.raises(UsageError, match="no folder"):
        folders.rename_folder(library, "C", "D")


def test_a_dissolved_folder_leaves_its_sources_one_level_up(library: sqlite3.Connection) -> None:
    feed_id = add_feed(library, folder="A/B")
    folders.delete_folder(library, "A/B")
    assert feeds.get_feed(library, feed_id).folder == "A"
    folders.delete_folder(library, "A")
    assert feeds.get_feed(library, feed_id).folder == ""
    assert folders.all_paths(library) == ()


@pytest.mark.parametrize(
    ("path", "clean"),
    [
        (" News / World ", "News/World"),
        ("//a///b/", "a/b"),
        ("\x1b[31mRed\u202e", "[31mRed"),
        ("/".join("abcdefghijkl"), "a/b/c/d/e/f/g/h"),
    ],
)
def test_folder_paths_are_made_clean(path: str, clean: str) -> None:
    assert folders.clean_path(path) == clean


def test_saved_pages_are_a_source_that_is_never_asked(library: sqlite3.Connection) -> None:
    feed_id = feeds.saved_pages(library, NOW)
    assert feeds.saved_pages(library, NOW) == feed_id
    assert feeds.get_feed(library, feed_id).kind is SourceKind.SAVED
    assert due_ids(library, force=True, ids=[feed_id]) == []


def test_today_counts_what_arrived_or_is_dated_today(library: sqlite3.Connection) -> None:
    feed_id = add_feed(library)
    today = datetime(2026, 11, 24, tzinfo=UTC)
    ahead = replace(entry(0), published=today + timedelta(hours=3))
    old = replace(entry(1), published=today - timedelta(days=9))
    entries.store_feed(library, feed_id, document(ahead, old), today - timedelta(hours=2))
    assert counts.today(library, today) == 1
    arrived = replace(entry(2), published=today - timedelta(days=5))
    (new,) = entries.store_feed(library, feed_id, document(arrived), NOW).new
    assert counts.today(library, today) == 2
    act(library, Field.READ, "1", new)
    assert counts.today(library, today) == 1


def test_quiet_sources_are_not_in_the_inbox(library: sqlite3.Connection) -> None:
    loud, quiet = add_feed(library, "loud"), add_feed(library, "quiet")
    add_entries(library, loud, 2)
    add_entries(library, quiet, 3)
    feeds.edit_feed(library, quiet, quiet=True)
    sources = counts.sources(library, NOW)
    assert (sources.inbox, sources.total) == (2, 5)


def test_failing_sources_are_counted(library: sqlite3.Connection) -> None:
    feed_id = add_feed(library)
    feeds.record(library, record(feed_id, health=Health.FAILING, error="No.", failures=1))
    assert counts.sources(library, NOW).failing == 1


def test_the_roster_follows_every_change_of_a_source(library: sqlite3.Connection) -> None:
    feed_id = add_feed(library)
    other = add_feed(library, "other", folder="A")

    def roster() -> tuple[Feed, ...]:
        listed = feeds.all_feeds(library)
        assert listed == tuple(feeds.get_feed(library, feed.id) for feed in listed)
        return listed

    assert len(roster()) == 2
    ids = add_entries(library, feed_id, 3)
    assert [feed.unread for feed in roster()] == [3, 0]
    act(library, Field.READ, "1", ids[0])
    assert [feed.unread for feed in roster()] == [2, 0]
    feeds.edit_feed(library, other, title="Another")
    folders.rename_folder(library, "A", "B")
    assert [(feed.title, feed.folder) for feed in roster()] == [("Another", "B"), ("News", "")]
    feeds.remove_feed(library, feed_id, now=NOW)
    assert [feed.id for feed in roster()] == [other]


def test_the_roster_of_one_library_is_not_that_of_another(library: sqlite3.Connection) -> None:
    add_feed(library, "here")
    assert [feed.title for feed in feeds.all_feeds(library)] == ["Here"]
    with closing(memory()) as elsewhere:
        assert feeds.all_feeds(elsewhere) == ()
        add_feed(elsewhere, "there")
        assert [feed.title for feed in feeds.all_feeds(elsewhere)] == ["There"]
    assert [feed.title for feed in feeds.all_feeds(library)] == ["Here"]


def test_what_was_rolled_back_is_not_in_the_roster(library: sqlite3.Connection) -> None:
    feed_id = add_feed(library)
    library.execute("BEGIN")
    feeds.edit_feed(library, feed_id, title="Never")
    assert [feed.title for feed in feeds.all_feeds(library)] == ["Never"]
    library.execute("ROLLBACK")
    assert [feed.title for feed in feeds.all_feeds(library)] == ["News"]
