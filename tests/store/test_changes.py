from __future__ import annotations

import sqlite3
from datetime import timedelta

import pytest

from reader.errors import UsageError
from reader.model import EntryId
from reader.store import changes, checks, counts, entries, feeds, journal, tags
from reader.triage import Actor, Change, Field, Wish

from .builders import NOW, SESSION, act, add_entries, add_feed


@pytest.fixture
def ids(library: sqlite3.Connection) -> list[EntryId]:
    """Ten unread entries of one feed, newest first."""
    return add_entries(library, add_feed(library), 10)


def unread(db: sqlite3.Connection) -> int:
    return counts.sources(db, NOW).inbox


def test_a_step_holds_what_really_changed(library: sqlite3.Connection, ids: list[EntryId]) -> None:
    act(library, Field.READ, "1", ids[0])
    step = act(library, Field.READ, "1", *ids[:3])
    assert step is not None
    assert step.changes == (
        Change(ids[1], Field.READ, "", "1"),
        Change(ids[2], Field.READ, "", "1"),
    )


def test_what_is_so_already_makes_no_step(library: sqlite3.Connection, ids: list[EntryId]) -> None:
    act(library, Field.STARRED, "1", ids[0])
    assert act(library, Field.STARRED, "1", ids[0]) is None
    assert len(changes.history(library)) == 1


def test_a_wish_for_an_entry_that_does_not_exist_is_passed_over(library: sqlite3.Connection) -> None:
    assert act(library, Field.READ, "1", EntryId(4711)) is None


def test_the_label_can_say_how_many_articles_it_was(library: sqlite3.Connection, ids: list[EntryId]) -> None:
    wishes = [Wish(entry_id, Field.READ, "1") for entry_id in ids]
    step = changes.apply(
        library, wishes, label="Marked {n} read", actor=Actor.WINDOW, session=SESSION, now=NOW
    )
    assert step is not None
    assert step.label == "Marked 10 read"


def test_one_step_can_change_several_things_at_once(library: sqlite3.Connection, ids: list[EntryId]) -> None:
    wishes = [
        Wish(ids[0], Field.READ, "1"),
        Wish(ids[0], Field.TAG, "1", "physics"),
        Wish(ids[0], Field.NOTE, "see page 4"),
    ]
    step = changes.apply(library, wishes, label="Filed", actor=Actor.RULE, session="rule", now=NOW)
    assert step is not None
    assert {change.field for change in step.changes} == {Field.READ, Field.TAG, Field.NOTE}
    (row,) = entries.rows(library, ids[:1])
    assert (row.unread, row.tags, row.has_note) == (False, ("physics",), True)


@pytest.mark.parametrize(
    ("field", "value", "tag"),
    [
        (Field.READ, "1", ""),
        (Field.STARRED, "1", ""),
        (Field.LATER, "1", ""),
        (Field.HIDDEN, "1", ""),
        (Field.SNOOZED, "2026-11-30T08:00:00+00:00", ""),
        (Field.NOTE, "a thought", ""),
        (Field.TAG, "1", "physics"),
    ],
)
def test_undo_and_redo_bring_every_field_back_and_forth(
    library: sqlite3.Connection, ids: list[EntryId], field: Field, value: str, tag: str
) -> None:
    before = entries.rows(library, ids)
    act(library, field, value, *ids[:4], tag=tag)
    after = entries.rows(library, ids)
    assert after != before

    undone = changes.undo(library, SESSION, NOW)
    assert undone is not None
    assert undone.left_alone == 0
    assert entries.rows(library, ids) == before

    changes.redo(library, SESSION, NOW)
    assert entries.rows(library, ids) == after
    assert checks.wrong_counts(library) == ()


def test_undo_tells_what_it_did_and_to_which_step(library: sqlite3.Connection, ids: list[EntryId]) -> None:
    step = act(library, Field.READ, "1", ids[0])
    undone = changes.undo(library, SESSION, NOW)
    assert step is not None
    assert undone is not None
    assert undone.step.id == step.id
    assert undone.step.undone
    assert undone.changes == (Change(ids[0], Field.READ, "1", ""),)


def test_a_value_changed_again_since_is_left_alone_and_counted(
    library: sqlite3.Connection, ids: list[EntryId]
) -> None:
    first = act(library, Field.READ, "1", *ids[:3])
    act(library, Field.READ, "", ids[1], now=NOW + timedelta(minutes=1))
    assert first is not None
    undone = changes.undo(library, SESSION, NOW, first.id)
    assert undone is not None
    assert undone.left_alone == 1
    assert unread(library) == 10


def test_a_mark_taken_off_and_put_on_again_is_a_later_decision(
    library: sqlite3.Connection, ids: list[EntryId]
) -> None:
    first = act(library, Field.STARRED, "1", ids[0])
    act(library, Field.STARRED, "", ids[0], now=NOW + timedelta(minutes=1))
    act(library, Field.STARRED, "1", ids[0], now=NOW + timedelta(minutes=2))
    assert first is not None
    undone = changes.undo(library, SESSION, NOW, first.id)
    assert undone is not None
    assert undone.left_alone == 1
    assert entries.rows(library, ids[:1])[0].starred


def test_undo_walks_back_step_by_step_and_redo_forward(
    library: sqlite3.Connection, ids: list[EntryId]
) -> None:
    for entry_id in ids[:3]:
        act(library, Field.READ, "1", entry_id)
    changes.undo(library, SESSION, NOW)
    changes.undo(library, SESSION, NOW)
    assert unread(library) == 9
    changes.redo(library, SESSION, NOW)
    assert [row.unread for row in entries.rows(library, ids[:3])] == [False, False, True]
    changes.redo(library, SESSION, NOW)
    assert changes.redo(library, SESSION, NOW) is None
    assert unread(library) == 7


def test_doing_something_else_ends_what_can_be_redone(
    library: sqlite3.Connection, ids: list[EntryId]
) -> None:
    act(library, Field.READ, "1", ids[0])
    changes.undo(library, SESSION, NOW)
    act(library, Field.STARRED, "1", ids[0])
    assert changes.redo(library, SESSION, NOW) is None


def test_doing_nothing_leaves_what_can_be_redone(library: sqlite3.Connection, ids: list[EntryId]) -> None:
    act(library, Field.READ, "1", ids[0])
    changes.undo(library, SESSION, NOW)
    act(library, Field.STARRED, "", ids[0])
    assert changes.redo(library, SESSION, NOW) is not None


def test_a_window_undoes_its_own_steps_and_not_those_of_a_rule(
    library: sqlite3.Connection, ids: list[EntryId]
) -> None:
    act(library, Field.READ, "1", ids[0])
    wish = Wish(ids[1], Field.READ, "1")
    changes.apply(library, [wish], label="Rule", actor=Actor.RULE, session="rule", now=NOW)
    undone = changes.undo(library, SESSION, NOW)
    assert undone is not None
    assert undone.changes[0].entry_id == ids[0]
    assert changes.undo(library, SESSION, NOW) is None


def test_after_a_restart_undo_goes_on_with_the_last_windows_steps(
    library: sqlite3.Connection, ids: list[EntryId]
) -> None:
    act(library, Field.READ, "1", ids[0], session="long ago")
    act(library, Field.READ, "1", ids[1], session="before")
    act(library, Field.READ, "1", ids[2], session="now")
    for expected in ids[2], ids[1]:
        undone = changes.undo(library, "now", NOW)
        assert undone is not None
        assert undone.changes[0].entry_id == expected
    assert changes.undo(library, "now", NOW) is None


def test_history_can_undo_any_step_but_none_twice(library: sqlite3.Connection, ids: list[EntryId]) -> None:
    for entry_id in ids[:3]:
        act(library, Field.READ, "1", entry_id)
    _newest, middle, _oldest = changes.history(library)
    assert changes.undo(library, "another", NOW, middle.id) is not None
    assert changes.undo(library, "another", NOW, middle.id) is None
    assert [step.undone for step in changes.history(library)] == [False, True, False]


def test_removing_a_source_hides_its_articles_and_undo_brings_them_back(
    library: sqlite3.Connection, ids: list[EntryId]
) -> None:
    act(library, Field.STARRED, "1", ids[0])
    (feed,) = feeds.all_feeds(library)
    feeds.remove_feed(library, feed.id, session=SESSION, now=NOW)
    assert feeds.all_feeds(library) == ()
    assert counts.sources(library, NOW).total == 1
    assert changes.undo(library, SESSION, NOW) is not None
    assert feeds.all_feeds(library)[0].total == 10
    assert changes.redo(library, SESSION, NOW) is not None
    assert feeds.all_feeds(library) == ()
    assert checks.wrong_counts(library) == ()


def test_a_snoozed_entry_leaves_the_inbox_and_comes_back_when_its_time_comes(
    library: sqlite3.Connection, ids: list[EntryId]
) -> None:
    act(library, Field.SNOOZED, (NOW + timedelta(hours=2)).isoformat(), ids[0])
    assert unread(library) == 9
    assert changes.wake(library, NOW + timedelta(hours=1)) == ()
    assert changes.wake(library, NOW + timedelta(hours=2)) == (ids[0],)
    assert unread(library) == 10
    assert checks.wrong_counts(library) == ()


def test_a_snooze_until_no_time_is_refused(library: sqlite3.Connection, ids: list[EntryId]) -> None:
    with pytest.raises(UsageError, match="soon"):
        act(library, Field.SNOOZED, "soon", ids[0])


def test_a_tag_of_no_letters_is_refused(library: sqlite3.Connection, ids: list[EntryId]) -> None:
    with pytest.raises(UsageError, match="cannot be a tag"):
        act(library, Field.TAG, "1", ids[0], tag=" \u202e, ")


def test_of_two_spellings_of_a_tag_in_one_step_the_last_wish_counts(
    library: sqlite3.Connection, ids: list[EntryId]
) -> None:
    act(library, Field.TAG, "1", ids[0], tag="Zebra")
    before = entries.rows(library, ids)
    wishes = [Wish(ids[0], Field.TAG, "1", "ZEBRA"), Wish(ids[0], Field.TAG, "", "#zebra")]
    step = changes.apply(library, wishes, label="l", actor=Actor.WINDOW, session=SESSION, now=NOW)
    assert step is not None
    assert step.changes == (Change(ids[0], Field.TAG, "1", "", "Zebra"),)
    changes.undo(library, SESSION, NOW)
    assert entries.rows(library, ids) == before


def test_two_spellings_of_a_new_tag_are_one_tag(library: sqlite3.Connection, ids: list[EntryId]) -> None:
    wishes = [Wish(ids[0], Field.TAG, "1", "Lion"), Wish(ids[1], Field.TAG, "1", "LION")]
    step = changes.apply(library, wishes, label="l", actor=Actor.WINDOW, session=SESSION, now=NOW)
    assert step is not None
    assert {change.tag for change in step.changes} == {"Lion"}


def test_a_note_of_nothing_but_control_characters_is_no_note(
    library: sqlite3.Connection, ids: list[EntryId]
) -> None:
    assert act(library, Field.NOTE, "\x1b\x07", ids[0]) is None


def test_a_note_is_kept_without_control_characters(library: sqlite3.Connection, ids: list[EntryId]) -> None:
    step = act(library, Field.NOTE, "a\x1b[31mb", ids[0])
    assert step is not None
    assert step.changes[0].new == "a[31mb"


def test_ten_thousand_articles_are_one_step_and_one_undo(library: sqlite3.Connection) -> None:
    feed_id = add_feed(library)
    library.execute("BEGIN")
    library.executemany(
        "INSERT INTO state(entry_id, feed_id, arrived) VALUES (?, ?, 0)",
        [(number, feed_id) for number in range(1, 10_001)],
    )
    library.execute("COMMIT")
    everything = [EntryId(number) for number in range(1, 10_001)]
    step = act(library, Field.READ, "1", *everything)
    assert step is not None
    assert len(step.changes) == 10_000
    assert counts.sources(library, NOW).inbox == 0
    changes.undo(library, SESSION, NOW)
    assert counts.sources(library, NOW).inbox == 10_000
    assert checks.wrong_counts(library) == ()


def test_old_steps_go_only_when_they_are_many_too(
    library: sqlite3.Connection, ids: list[EntryId], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "KEEP_STEPS", 3)
    for value in ("1", "", "1", "", "1"):
        act(library, Field.READ, value, ids[0])
    assert journal.trim(library, NOW + timedelta(days=29)) == 0
    assert journal.trim(library, NOW + timedelta(days=31)) == 2
    assert len(changes.history(library)) == 3
    assert library.execute("SELECT count(*) FROM change").fetchone() == (3,)


class Everything:
    """A query that finds all entries."""

    def ids_sql(self, limit: int | None = None, after: EntryId | None = None) -> tuple[str, tuple[()]]:
        return "SELECT id FROM entry ORDER BY id DESC", ()


def test_a_query_can_be_acted_upon_as_one_step(library: sqlite3.Connection, ids: list[EntryId]) -> None:
    step = changes.apply_query(
        library,
        Everything(),
        Field.TAG,
        "1",
        tag="all",
        label="Tagged {n}",
        actor=Actor.COMMAND_LINE,
        session="cli",
        now=NOW,
    )
    assert step is not None
    assert step.label == "Tagged 10"
    assert tags.tags_of(library, ids) == {"all": 10}
