from __future__ import annotations

import sqlite3

import pytest

from reader.store import checks
from reader.triage import Field

from .builders import act, add_entries, add_feed


@pytest.fixture
def counted(library: sqlite3.Connection) -> sqlite3.Connection:
    """A library with something to count of every kind."""
    ids = add_entries(library, add_feed(library), 6)
    act(library, Field.READ, "1", *ids[:2])
    act(library, Field.STARRED, "1", ids[2])
    act(library, Field.TAG, "1", *ids[:4], tag="x")
    act(library, Field.NOTE, "n", ids[5])
    act(library, Field.HIDDEN, "1", ids[3])
    return library


def test_a_sound_library_has_no_problems(counted: sqlite3.Connection) -> None:
    assert checks.problems(counted) == ()


@pytest.mark.parametrize(
    ("harm", "name"),
    [
        ("UPDATE feed_count SET unread = unread + 1", "feed_count"),
        ("UPDATE feed_count SET later = 7", "feed_count"),
        ("UPDATE tag SET total = total - 1", "tag"),
        ("UPDATE arrival_count SET unread = 0", "arrival_count"),
        ("INSERT INTO arrival_count VALUES (1, 1)", "arrival_count"),
        ("UPDATE state SET tagged = 0", "state.tagged"),
        ("UPDATE state SET noted = 1", "state.noted"),
        ("UPDATE entry_tag SET unread = 1 - unread", "entry_tag"),
    ],
)
def test_a_count_that_is_wrong_is_named_and_can_be_put_right(
    counted: sqlite3.Connection, harm: str, name: str
) -> None:
    counted.execute(harm)
    assert name in checks.wrong_counts(counted)
    assert f"The counts in {name} are wrong." in checks.problems(counted)
    checks.recount(counted)
    assert checks.problems(counted) == ()


def test_a_reference_to_nothing_is_a_problem(counted: sqlite3.Connection) -> None:
    counted.execute("PRAGMA foreign_keys = OFF")
    counted.execute("DELETE FROM state WHERE noted = 1")
    assert "A row of note refers to one of state that is not there." in checks.problems(counted)
