"""Passages marked and taken off again: exactly undone, and listed with the notes."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

import pytest

from reader.errors import UsageError
from reader.model import EntryId
from reader.query import parse
from reader.store import articles, changes, entries, search
from reader.store.compile import compile_query
from reader.store.highlights import highlights, noted
from reader.triage import Actor, Field, Wish, highlighted, passage_key

from .builders import NOW, SESSION, act, add_entries, add_feed

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def ids(library: sqlite3.Connection) -> list[EntryId]:
    """Three unread entries of one feed, newest first."""
    return add_entries(library, add_feed(library), 3)


def mark(db: sqlite3.Connection, entry_id: EntryId, words: str, note: str = "", occurrence: int = 0) -> None:
    act(db, Field.HIGHLIGHT, highlighted(note), entry_id, tag=passage_key(words, occurrence))


def quotes(db: sqlite3.Connection, entry_id: EntryId) -> list[tuple[str, int, str]]:
    return [(one.quote, one.occurrence, one.note) for one in highlights(db, entry_id)]


def test_a_passage_is_marked_once_however_often_it_is_asked(
    library: sqlite3.Connection, ids: list[EntryId]
) -> None:
    mark(library, ids[0], " some\x1b words ")
    mark(library, ids[0], "some words")
    mark(library, ids[0], "some words", occurrence=1)
    assert quotes(library, ids[0]) == [("some words", 0, ""), ("some words", 1, "")]
    assert articles.load(library, ids[0]).highlights == highlights(library, ids[0])
    assert [row.has_highlight for row in entries.rows(library, ids)] == [True, False, False]


def test_a_highlight_without_words_is_refused(library: sqlite3.Connection, ids: list[EntryId]) -> None:
    for key in ("0 \n", "words"):
        with pytest.raises(UsageError):
            act(library, Field.HIGHLIGHT, "1", ids[0], tag=key)
    assert quotes(library, ids[0]) == []


def test_marking_noting_and_taking_off_are_undone_and_redone_step_by_step(
    library: sqlite3.Connection, ids: list[EntryId]
) -> None:
    states = [highlights(library, ids[0])]
    for value, at in ((highlighted(), NOW), (highlighted("why?"), LATER), ("", LATER)):
        wish = Wish(ids[0], Field.HIGHLIGHT, value, passage_key("the tide"))
        changes.apply(library, [wish], label="did", actor=Actor.WINDOW, session=SESSION, now=at)
        states.append(highlights(library, ids[0]))
    assert [len(state) for state in states] == [0, 1, 1, 0]
    for state in reversed(states[:-1]):
        changes.undo(library, SESSION, LATER + timedelta(days=1))
        assert highlights(library, ids[0]) == state
    for state in states[1:]:
        changes.redo(library, SESSION, LATER + timedelta(days=2))
        assert highlights(library, ids[0]) == state


def test_undo_leaves_a_highlight_alone_that_was_noted_since(
    library: sqlite3.Connection, ids: list[EntryId]
) -> None:
    mark(library, ids[0], "the tide")
    wish = Wish(ids[0], Field.HIGHLIGHT, highlighted("kept"), passage_key("the tide"))
    changes.apply(library, [wish], label="did", actor=Actor.WINDOW, session="another window", now=LATER)
    undone = changes.undo(library, SESSION, LATER)
    assert undone is not None
    assert undone.left_alone == 1
    assert quotes(library, ids[0]) == [("the tide", 0, "kept")]


def test_what_was_noted_is_listed_with_its_articles_the_newest_first(
    library: sqlite3.Connection, ids: list[EntryId]
) -> None:
    mark(library, ids[2], "the oldest words", "a thought")
    act(library, Field.NOTE, "to compare", ids[0])
    listed = noted(library)
    assert [(one.row.id, one.note, [mark.note for mark in one.highlights]) for one in listed] == [
        (ids[0], "to compare", []),
        (ids[2], "", ["a thought"]),
    ]
    assert [one.row.id for one in noted(library, ids[1:])] == [ids[2]]


def test_highlights_and_notes_are_found_by_query(library: sqlite3.Connection, ids: list[EntryId]) -> None:
    mark(library, ids[1], "a passage")
    act(library, Field.NOTE, "Compare with page four", ids[2])

    def found(query: str) -> list[int]:
        return list(search.ids(library, compile_query(parse(query), now=NOW)))

    assert found("has:highlight") == [ids[1]]
    assert found("-has:highlight has:note") == [ids[2]]
    assert found("note:compare") == [ids[2]]
    assert found("note:five") == []
