"""What is typed on the command line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.actions import ACTIONS
from reader.query import Names
from reader.ui.commands import Bulk, Named, Word, offers, read
from reader.ui.pace import FIRST_GUESS, Pace

NAMES = Names(feeds=("Der Salzstreuer", "Lantern"), tags=("sea", "season"), views=("Morning",))


def test_every_action_is_a_line() -> None:
    for action in ACTIONS:
        meant = read(action.name)
        assert isinstance(meant, Named | Word), action.name


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("done is:unread older:7d", Bulk("done", "is:unread older:7d")),
        (":later feed:lantern", Bulk("later", "feed:lantern")),
        ("tag #sea is:starred", Bulk("tag", "is:starred", "sea")),
        ("search boats OR ropes", Word("search", "boats OR ropes")),
        ("open #sea", Word("open", "#sea")),
        ("demo", Word("demo", "")),
    ],
)
def test_a_line_is_read_as_it_is_meant(line: str, meant: object) -> None:
    assert read(line) == meant


def test_a_verb_without_a_query_is_the_action_on_the_row() -> None:
    meant = read("done")
    assert isinstance(meant, Named)
    assert meant.action.name == "done"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("selct", "Did you mean select?"), ("", "Type the name"), ("quit now", "takes nothing"),
        ("done (is:unread", "At column"), ("tag sea", "Which articles?"),
    ],
)  # fmt: skip
def test_a_line_that_means_nothing_says_why(line: str, said: str) -> None:
    meant = read(line)
    assert isinstance(meant, str)
    assert said in meant


@given(st.text(max_size=40), st.integers(0, 40))
def test_no_line_whatever_breaks_reading_or_completing(line: str, cursor: int) -> None:
    read(line)
    for offer in offers(line, min(cursor, len(line)), NAMES, {}):
        assert 0 <= offer.start <= offer.end <= len(line)


def test_actions_fields_sources_and_tags_are_completed() -> None:
    assert [offer.text for offer in offers("sel", 3, NAMES, {})][:2] == ["select", "select-range"]
    assert any(offer.text.startswith("feed") for offer in offers("done fee", 8, NAMES, {}))
    assert [offer.text for offer in offers("done feed:lan", 13, NAMES, {})] == ["Lantern"]
    assert [offer.text for offer in offers("open lan", 8, NAMES, {})] == ["Lantern"]
    assert [offer.text for offer in offers("tag se", 6, NAMES, {})] == ["sea ", "season "]


def test_the_time_left_follows_a_person_s_own_pace_and_forgets_telephone_calls() -> None:
    pace = Pace()
    assert pace.left(10) == 10 * FIRST_GUESS
    pace.begin(0.0)
    for at in (2.0, 4.0, 6.0, 1000.0, 1002.0):
        pace.decided(at)
    assert pace.left(30) == 60.0
