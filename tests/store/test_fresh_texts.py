"""Texts at hand save reading them back for the index, and never stand for a text that has changed since."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace

from hypothesis import given as given_texts
from hypothesis import strategies as st

from reader.cleaning import clean_fragment
from reader.model import Article, EntryId
from reader.prepare import prepare_feed
from reader.query.words import TOKENIZER, tokens
from reader.store import articles, entries
from reader.store.drain import drain_index, given

from .builders import NOW, add_feed, document, entry, words


def found(db: sqlite3.Connection, word: str) -> list[int]:
    return [id_ for (id_,) in db.execute("SELECT rowid FROM fts WHERE fts MATCH ?", (word,))]


def test_an_entry_is_indexed_by_the_text_at_hand(library: sqlite3.Connection) -> None:
    stored = entries.store_feed(
        library, add_feed(library), document(entry(0)), NOW, texts=[words("lighthouse")]
    )
    ((id_, text),) = stored.texts
    fresh = {id_: replace(text, plain="at hand")}
    drain_index(library, fresh=fresh)
    assert found(library, "hand") == [id_]
    assert fresh == {}


def test_a_text_that_changed_since_is_read_back(library: sqlite3.Connection) -> None:
    feed = add_feed(library)
    (pair,) = entries.store_feed(library, feed, document(entry(0)), NOW, texts=[words("lighthouse")]).texts
    entries.store_feed(library, feed, document(entry(0, title="Edited")), NOW, texts=[words("harbour")])
    drain_index(library, fresh=dict([pair]))
    assert (found(library, "lighthouse"), found(library, "harbour")) == ([], [pair[0]])


def test_an_entry_whose_page_was_cleaned_since_is_read_back(library: sqlite3.Connection) -> None:
    (pair,) = entries.store_feed(
        library, add_feed(library), document(entry(0)), NOW, texts=[words("teaser")]
    ).texts
    articles.save_article(library, EntryId(pair[0]), Article("Title", words("whole page")), NOW)
    drain_index(library, fresh=dict([pair]))
    assert (found(library, "teaser"), found(library, "page")) == ([], [pair[0]])


HTML = '<p>A <em>lighthouse</em> keeper &amp; his <a href="http://a.example/dog">dog</a>.</p><p>The end.</p>'
DOCUMENT = (
    "<rss version='2.0'><channel><title>F</title><item><guid>1</guid><title>T</title>"
    f"<description><![CDATA[{HTML}]]></description></item></channel></rss>"
)


def store_prepared(db: sqlite3.Connection) -> EntryId:
    """Store the document as a refresh does and return its entry."""
    prepared = prepare_feed(DOCUMENT.encode(), "http://a.example/feed", "application/rss+xml")
    (id_,) = entries.store_feed(db, add_feed(db), prepared.feed, NOW, texts=prepared.texts).new
    return id_


def test_simple_html_is_kept_once_and_read_as_its_blocks(library: sqlite3.Connection) -> None:
    id_ = store_prepared(library)

    assert library.execute("SELECT html FROM body").fetchone() == (b"",)
    assert articles.load(library, id_).feed_blocks == clean_fragment(HTML, "http://a.example/feed")
    assert articles.raw_html(library, id_)[0] == HTML


def test_simple_html_read_back_is_found_by_its_words_and_not_by_its_tags(library: sqlite3.Connection) -> None:
    id_ = store_prepared(library)
    drain_index(library)

    assert found(library, "lighthouse") == [id_]
    assert found(library, "amp") == found(library, "href") == []


@given_texts(
    st.lists(
        st.sampled_from(
            [
                "Don’t",
                "«Łódź»",
                "naïve",
                "東京",
                "a_b",
                "x–y…",
                "£5",
                "I\u0307",
                "\x1f",
                "\u2017",
                "1\u00bd",
                "ﬁn",
            ]
        )
        | st.text(max_size=6)
    ).map(" ".join)
)
def test_the_index_takes_the_words_of_the_query_language_from_what_it_is_given(text: str) -> None:
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute(f'CREATE VIRTUAL TABLE t USING fts5(text, tokenize = "{TOKENIZER}")')
        db.execute("CREATE VIRTUAL TABLE v USING fts5vocab(t, instance)")
        db.execute("INSERT INTO t VALUES (?)", (given(text),))
        assert [term for (term,) in db.execute("SELECT term FROM v ORDER BY offset")] == list(tokens(text))
