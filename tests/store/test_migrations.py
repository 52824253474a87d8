"""Older libraries become what a new one is."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from reader.store import checks, functions, migrations

from .builders import memory

FIRST = Path(__file__).with_name("version_1.sql")


@pytest.fixture
def old() -> Iterator[sqlite3.Connection]:
    """A library of the first version, with a source, an entry and a view."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        functions.register(db)
        db.executescript(FIRST.read_text())
        db.execute("INSERT INTO feed(id, url, title, added) VALUES (1, 'https://a.example/', 'A', 0)")
        db.execute("INSERT INTO state(entry_id, feed_id, arrived, starred_at) VALUES (7, 1, 0, 5)")
        db.execute("INSERT INTO entry(id, feed_id, title, link, published) VALUES (7, 1, 'Harbour', '', 9)")
        db.execute("INSERT INTO view(name, query) VALUES ('mine', 'is:unread')")
        db.execute("INSERT INTO fts(rowid, title) VALUES (7, 'harbour')")
        db.execute("INSERT INTO term VALUES ('harbour', 1)")
        yield db


def shape(db: sqlite3.Connection) -> dict[str, object]:
    """Return the columns of each table, the text of each index and trigger, and the settings of the text index."""
    parts: dict[str, object] = {
        name: " ".join(sql.split("--")[0].split())
        for name, sql in db.execute(
            "SELECT name, sql FROM sqlite_schema WHERE type IN ('index', 'trigger') AND sql <> ''"
        )
    }
    for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
        parts[name] = db.execute(f"PRAGMA table_xinfo({name})").fetchall()
    parts["settings"] = db.execute("SELECT * FROM fts_config ORDER BY k").fetchall()
    return parts


def test_a_migrated_library_has_the_shape_of_a_new_one(old: sqlite3.Connection) -> None:
    migrations.migrate(old)
    with closing(memory()) as new:
        assert shape(old) == shape(new)
    assert migrations.version(old) == migrations.VERSION


def test_a_migrated_library_is_sound_and_has_what_it_had(old: sqlite3.Connection) -> None:
    migrations.migrate(old)
    assert checks.problems(old) == ()
    assert old.execute("SELECT title, position, pictures FROM feed").fetchall() == [("A", 0, None)]
    assert old.execute("SELECT name, action FROM view").fetchall() == [("mine", "")]
    assert old.execute("SELECT rowid FROM fts WHERE fts MATCH 'harbour'").fetchall() == [(7,)]
