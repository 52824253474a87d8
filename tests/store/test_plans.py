"""Nothing that a key or a refresh does walks through the whole library."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from datetime import timedelta

import pytest

from reader.model import Article, EntryId
from reader.store import (
    articles,
    changes,
    counts,
    entries,
    feeds,
    highlights,
    journal,
    retention,
    tags,
    views,
)
from reader.triage import Actor, Field

from .builders import NOW, SESSION, act, add_entries, add_feed, document, entry, words

LARGE = {
    "state",
    "s",
    "entry",
    "identity",
    "identity_alias",
    "i",
    "body",
    "article",
    "entry_tag",
    "entry_topic",
    "change",
    "note",
    "fts",
    "term",
}
"""Tables, and the names they go by, that hold a row or more for each entry."""
COVERED = {"state_snoozed", "entry_page_wanted"}
"""Indexes that hold little, and may be walked."""

ACTIONS: dict[str, Callable[[sqlite3.Connection, list[EntryId]], object]] = {
    "show the sources": lambda db, _ids: counts.sources(db, NOW),
    "list rows": lambda db, ids: entries.rows(db, ids),
    "open": lambda db, ids: articles.load(db, ids[0]),
    "remember the position": lambda db, ids: articles.set_position(db, ids[0], 0.5),
    "mark read": lambda db, ids: act(db, Field.READ, "1", *ids),
    "star": lambda db, ids: act(db, Field.STARRED, "1", *ids),
    "snooze": lambda db, ids: act(db, Field.SNOOZED, "2026-12-01", *ids),
    "tag": lambda db, ids: act(db, Field.TAG, "1", *ids, tag="x"),
    "untag": lambda db, ids: act(db, Field.TAG, "", *ids, tag="old"),
    "note": lambda db, ids: act(db, Field.NOTE, "n", *ids),
    "undo": lambda db, _ids: changes.undo(db, SESSION, NOW),
    "redo": lambda db, _ids: (changes.undo(db, SESSION, NOW), changes.redo(db, SESSION, NOW)),
    "look at the history": lambda db, _ids: changes.history(db),
    "wake": lambda db, _ids: changes.wake(db, NOW),
    "trim the journal": lambda db, _ids: journal.trim(db, NOW),
    "suggest tags": lambda db, ids: tags.suggest(db, "o", ids),
    "show tags": lambda db, ids: tags.tags_of(db, ids),
    "rename a tag": lambda db, _ids: tags.rename(
        db, "old", "new", actor=Actor.WINDOW, session=SESSION, now=NOW
    ),
    "save a view": lambda db, _ids: views.save_view(db, "v", "is:unread"),
    "find the due": lambda db, _ids: feeds.due(db, NOW),
    "store a feed": lambda db, _ids: entries.store_feed(
        db, feeds.all_feeds(db)[0].id, document(entry(3, title="Edited"), entry(99)), NOW
    ),
    "find wanted pages": lambda db, _ids: articles.wanted(db, None, 10),
    "find wanted pages of a source": lambda db, _ids: articles.wanted(db, [feeds.all_feeds(db)[0].id], 10),
    "store an article": lambda db, ids: articles.save_article(db, ids[0], Article("T", words("x")), NOW),
    "note a failed page": lambda db, ids: articles.save_page_error(db, ids[0], "No.", NOW),
    "save a page": lambda db, _ids: entries.save_page(db, "https://a.example/", Article("T", ()), NOW),
    "remove a source": lambda db, _ids: feeds.remove_feed(db, feeds.all_feeds(db)[0].id, now=NOW),
    "mark a passage": lambda db, ids: act(db, Field.HIGHLIGHT, "1", ids[0], tag="0 words"),
    "list what was noted of some": lambda db, ids: highlights.noted(db, ids),
    "let old articles go": lambda db, _ids: retention.expire(db, retention.Limits(articles=2), NOW),
    "purge": lambda db, _ids: (
        retention.expire(db, retention.Limits(articles=2), NOW),
        retention.purge(db, NOW + timedelta(days=31)),
    ),
}


@pytest.mark.parametrize("action", ACTIONS)
def test_no_statement_walks_a_large_table(library: sqlite3.Connection, action: str) -> None:
    ids = add_entries(library, add_feed(library), 10)
    act(library, Field.TAG, "1", *ids, tag="old")
    act(library, Field.READ, "1", ids[0])
    statements: list[str] = []
    library.set_trace_callback(statements.append)
    ACTIONS[action](library, ids[:3])
    library.set_trace_callback(None)
    assert statements
    walks = [(walk, sql) for sql in dict.fromkeys(statements) for walk in scans(library, sql)]
    assert walks == []


def scans(db: sqlite3.Connection, sql: str) -> list[str]:
    """Return the steps of the plan of ``sql`` that walk through a large table."""
    if not re.match(r"\s*(?:SELECT|INSERT|UPDATE|DELETE|WITH)", sql):
        return []  # a trigger's statement comes as a comment, with the plan of the whole
    plan = [row[3] for row in db.execute("EXPLAIN QUERY PLAN " + sql)]
    return [
        step
        for step in plan
        if (walk := re.match(r"SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?", step))
        and walk[1] in LARGE
        and walk[2] not in COVERED
    ]
