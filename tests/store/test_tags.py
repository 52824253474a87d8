from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest

from reader.errors import UsageError
from reader.model import EntryId
from reader.store import changes, checks, entries, tags, views
from reader.store.tagging import clean_name
from reader.triage import Actor, Field

from .builders import NOW, SESSION, act, add_entries, add_feed, document, entry

ME = {"actor": Actor.WINDOW, "session": SESSION, "now": NOW}


@pytest.fixture
def ids(library: sqlite3.Connection) -> list[EntryId]:
    """Six unread entries of one feed, newest first."""
    return add_entries(library, add_feed(library), 6)


def named(db: sqlite3.Connection) -> dict[str, tuple[int, int]]:
    return {tag.name: (tag.total, tag.unread) for tag in tags.all_tags(db)}


def test_tags_are_listed_with_exact_counts(library: sqlite3.Connection, ids: list[EntryId]) -> None:
    act(library, Field.TAG, "1", *ids[:3], tag="physics")
    act(library, Field.TAG, "1", ids[0], tag="art")
    act(library, Field.READ, "1", ids[1])
    act(library, Field.HIDDEN, "1", ids[2])
    assert named(library) == {"art": (1, 1), "physics": (2, 1)}


def test_a_tag_is_one_whatever_its_case(library: sqlite3.Connection, ids: list[EntryId]) -> None:
    act(library, Field.TAG, "1", ids[0], tag="Straße")
    act(library, Field.TAG, "1", ids[1], tag="#STRASSE")
    assert named(library) == {"Straße": (2, 2)}


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("  physics ", "physics"),
        ("#physics", "physics"),
        ("C#", "C#"),
        ("a, b", "a b"),
        ("a//b/", "a/b"),
        ("cafe\u0301", "café"),
        ("\x1b]52;c;x\x07", "]52;c;x"),
        ("two\nlines", "two lines"),
        (" / , # ", ""),
    ],
)
def test_names_of_tags_are_made_clean(typed: str, name: str) -> None:
    assert clean_name(typed) == name


def test_tags_of_a_selection_say_how_many_have_them(library: sqlite3.Connection, ids: list[EntryId]) -> None:
    act(library, Field.TAG, "1", ids[0], ids[1], tag="b")
    act(library, Field.TAG, "1", ids[0], tag="a")
    assert tags.tags_of(library, ids[:2]) == {"a": 1, "b": 2}


def test_renaming_a_tag_takes_the_nested_ones_along_and_is_undone_at_once(
    library: sqlite3.Connection, ids: list[EntryId]
) -> None:
    act(library, Field.TAG, "1", ids[0], tag="science")
    act(library, Field.TAG, "1", ids[1], tag="science/physics")
    act(library, Field.TAG, "1", ids[2], tag="sciences")
    before = named(library)
    tags.rename(library, "science", "Research", **ME)  # type: ignore[arg-type]
    assert named(library) == {"Research": (1, 1), "Research/physics": (1, 1), "sciences": (1, 1)}
    changes.undo(library, SESSION, NOW)
    assert named(library) == before
    assert checks.wrong_counts(library) == ()


def test_renaming_onto_an_existing_tag_joins_them(library: sqlite3.Connection, ids: list[EntryId]) -> None:
    act(library, Field.TAG, "1", ids[0], ids[1], tag="ai")
    act(library, Field.TAG, "1", ids[1], ids[2], tag="machines")
    tags.rename(library, "ai", "machines", **ME)  # type: ignore[arg-type]
    assert named(library) == {"machines": (3, 3)}
    changes.undo(library, SESSION, NOW)
    assert named(library) == {"ai": (2, 2), "machines": (2, 2)}


def test_another_spelling_of_a_tag_renames_it_without_touching_an_article(
    library: sqlite3.Connection, ids: list[EntryId]
) -> None:
    act(library, Field.TAG, "1", ids[0], tag="physics")
    assert tags.rename(library, "physics", "Physics", **ME) is None  # type: ignore[arg-type]
    assert named(library) == {"Physics": (1, 1)}


def test_tags_can_be_merged_and_parted_again(library: sqlite3.Connection, ids: list[EntryId]) -> None:
    act(library, Field.TAG, "1", ids[0], tag="a")
    act(library, Field.TAG, "1", ids[0], ids[1], tag="b")
    tags.merge(library, ["a", "b"], "c", **ME)  # type: ignore[arg-type]
    assert named(library) == {"c": (2, 2)}
    changes.undo(library, SESSION, NOW)
    assert named(library) == {"a": (1, 1), "b": (2, 2)}


def test_a_deleted_tag_is_gone_until_it_is_undone(library: sqlite3.Connection, ids: list[EntryId]) -> None:
    act(library, Field.TAG, "1", *ids, tag="a/b")
    tags.set_colour(library, "a/b", "red")
    tags.delete(library, "a/b", **ME)  # type: ignore[arg-type]
    assert tags.all_tags(library) == ()
    changes.undo(library, SESSION, NOW)
    (tag,) = tags.all_tags(library)
    assert (tag.total, tag.colour) == (6, "red")


def test_a_renamed_tag_keeps_its_colour(library: sqlite3.Connection, ids: list[EntryId]) -> None:
    act(library, Field.TAG, "1", ids[0], tag="a")
    tags.set_colour(library, "a", "blue")
    tags.rename(library, "a", "b", **ME)  # type: ignore[arg-type]
    assert tags.all_tags(library)[0].colour == "blue"


def test_what_is_done_to_a_tag_that_does_not_exist_names_it(library: sqlite3.Connection) -> None:
    with pytest.raises(UsageError, match="'nothing'"):
        tags.set_colour(library, "nothing", "red")
    with pytest.raises(UsageError, match="'nothing'"):
        tags.rename(library, "nothing", "b", **ME)  # type: ignore[arg-type]


def test_a_topic_of_feeds_can_be_adopted_as_a_tag(library: sqlite3.Connection) -> None:
    about = [replace(entry(number), categories=("Energy", "News")) for number in range(3)]
    stored = entries.store_feed(library, add_feed(library), document(*about, entry(5)), NOW)
    step = tags.adopt(library, "energy", tag="work/energy", **ME)  # type: ignore[arg-type]
    assert step is not None
    assert step.label == "Tagged 3 with work/energy"
    assert tags.tags_of(library, stored.new) == {"work/energy": 3}
    assert tags.adopt(library, "no such topic", **ME) is None  # type: ignore[arg-type]


def test_suggestions_begin_with_what_was_typed(library: sqlite3.Connection, ids: list[EntryId]) -> None:
    act(library, Field.TAG, "1", ids[0], tag="astrophysics")
    act(library, Field.TAG, "1", ids[0], tag="physics")
    act(library, Field.TAG, "1", ids[0], tag="art")
    assert tags.suggest(library, "phy", [ids[1]]) == ("physics", "astrophysics")


def test_suggestions_put_what_the_article_is_about_first(library: sqlite3.Connection) -> None:
    about = replace(entry(0), categories=("Energy",))
    stored = entries.store_feed(library, add_feed(library), document(about, entry(1), entry(2)), NOW)
    first, second, third = stored.new
    act(library, Field.TAG, "1", second, tag="daily")
    act(library, Field.TAG, "1", third, tag="energy", now=NOW - timedelta(days=9))
    assert tags.suggest(library, "", [first])[0] == "energy"


def test_suggestions_name_what_the_headline_names(library: sqlite3.Connection) -> None:
    about = entry(0, title="Why Whales Sing at Night")
    stored = entries.store_feed(library, add_feed(library), document(about, entry(1), entry(2)), NOW)
    first, second, third = stored.new
    act(library, Field.TAG, "1", second, tag="whales")
    act(library, Field.TAG, "1", third, tag="lately", now=NOW + timedelta(hours=1))
    assert tags.suggest(library, "", [first])[0] == "whales"


def test_suggestions_prefer_the_tags_of_the_same_source(library: sqlite3.Connection) -> None:
    one = add_entries(library, add_feed(library, "one"), 3)
    other = add_entries(library, add_feed(library, "other"), 3)
    act(library, Field.TAG, "1", *one[1:], tag="local")
    act(library, Field.TAG, "1", *other, tag="popular", now=NOW + timedelta(hours=1))
    assert tags.suggest(library, "", [one[0]])[0] == "local"


def test_a_percent_sign_in_a_prefix_is_just_that(library: sqlite3.Connection, ids: list[EntryId]) -> None:
    act(library, Field.TAG, "1", ids[0], tag="50%_off")
    assert tags.suggest(library, "%_", ids) == ("50%_off",)
    assert tags.suggest(library, "'", ids) == ()


def test_views_are_saved_in_order_and_found_by_name(library: sqlite3.Connection) -> None:
    first = views.save_view(library, "@Morning", "is:unread after:today")
    second = views.save_view(library, "Long reads", "words:>2000")
    views.move_view(library, second, 0)
    assert [(view.name, view.query) for view in views.all_views(library)] == [
        ("Long reads", "words:>2000"),
        ("Morning", "is:unread after:today"),
    ]
    assert views.save_view(library, "morning", "is:unread") == first
    assert views.all_views(library)[1].query == "is:unread"


def test_views_are_renamed_and_forgotten(library: sqlite3.Connection) -> None:
    first, second = views.save_view(library, "a", "x"), views.save_view(library, "b", "y")
    with pytest.raises(UsageError, match="already"):
        views.rename_view(library, first, "B")
    views.rename_view(library, first, "c")
    views.delete_view(library, second)
    assert [view.name for view in views.all_views(library)] == ["c"]


def test_a_view_needs_a_name(library: sqlite3.Connection) -> None:
    with pytest.raises(UsageError, match="name"):
        views.save_view(library, "@ ", "x")


def test_a_count_of_a_view_is_remembered(library: sqlite3.Connection) -> None:
    view_id = views.save_view(library, "a", "x")
    assert views.all_views(library)[0].unread is None
    views.note_count(library, view_id, 7, NOW)
    assert views.all_views(library)[0].unread == 7
