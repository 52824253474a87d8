"""What was shown before an edit is kept, and only then."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest

from reader.document import plain_text
from reader.model import Article, EntryId, Verdict
from reader.store import articles, entries, feeds
from reader.store.former import former

from .builders import NOW, add_feed, document, entry, words

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def entry_id(library: sqlite3.Connection) -> EntryId:
    """An entry of a feed, its text not yet stored."""
    (found,) = entries.store_feed(library, add_feed(library), document(entry(1)), NOW).new
    return found


def clean(
    db: sqlite3.Connection, entry_id: EntryId, text: str, page: bytes, verdict: Verdict = Verdict.GOOD
) -> None:
    article = Article("T", words(text), verdict=verdict)
    articles.save_article(db, entry_id, article, LATER, page, version=1)


def text_before(db: sqlite3.Connection, entry_id: EntryId) -> str:
    found = former(db, entry_id)
    return plain_text(found.blocks) if found else ""


def test_the_first_text_has_none_before_it(library: sqlite3.Connection, entry_id: EntryId) -> None:
    clean(library, entry_id, "one", b"<p>one</p>")
    assert former(library, entry_id) is None


def test_an_edited_page_leaves_its_former_text(library: sqlite3.Connection, entry_id: EntryId) -> None:
    clean(library, entry_id, "one", b"<p>one</p>")
    clean(library, entry_id, "two", b"<p>two</p>")
    assert text_before(library, entry_id) == "one"
    found = former(library, entry_id)
    assert found is not None
    assert found.replaced_at == LATER
    clean(library, entry_id, "two", b"<p>two</p><script>")
    assert text_before(library, entry_id) == "one"


def test_the_same_page_cleaned_anew_is_no_edit(library: sqlite3.Connection, entry_id: EntryId) -> None:
    clean(library, entry_id, "one and a menu", b"<p>one</p>")
    clean(library, entry_id, "one", b"<p>one</p>")
    assert former(library, entry_id) is None


def test_a_text_that_was_not_shown_is_not_kept(library: sqlite3.Connection, entry_id: EntryId) -> None:
    clean(library, entry_id, "no", b"<p>no</p>", Verdict.FAILED)
    clean(library, entry_id, "one", b"<p>one</p>")
    assert former(library, entry_id) is None


def test_an_edited_feed_text_leaves_its_former_one(library: sqlite3.Connection, entry_id: EntryId) -> None:
    feed = feeds.all_feeds(library)[0].id
    for text, at in (("one", NOW), ("two", LATER)):
        edited = replace(entry(1), content_html=f"<p>{text}</p>")
        entries.store_feed(library, feed, document(edited), at, texts=[words(text)])
    assert plain_text(articles.load(library, entry_id).feed_blocks) == "two"
    assert text_before(library, entry_id) == "one"
