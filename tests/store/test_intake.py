from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest

from reader.document import plain_text
from reader.identity import content_hash
from reader.model import Article, Enclosure, EntryId, FeedId, FullText, ParsedEntry, Verdict
from reader.store import articles, checks, clock, content, counts, entries, feeds, intake
from reader.triage import Field

from .builders import NOW, act, add_entries, add_feed, document, entry, words
from .faults import contents


@pytest.fixture
def feed(library: sqlite3.Connection) -> FeedId:
    """A source without entries."""
    return add_feed(library)


def titles(db: sqlite3.Connection, *ids: EntryId) -> list[str]:
    return [row.title for row in entries.rows(db, ids)]


def test_new_entries_are_returned_newest_first(library: sqlite3.Connection, feed: FeedId) -> None:
    stored = entries.store_feed(library, feed, document(entry(2), entry(0), entry(1)), NOW)
    assert titles(library, *stored.new) == ["Title 0", "Title 1", "Title 2"]
    assert stored.changed == ()


def test_ids_follow_the_date(library: sqlite3.Connection, feed: FeedId) -> None:
    stored = entries.store_feed(library, feed, document(entry(0)), NOW)
    published = entry(0).published
    assert published is not None
    assert stored.new == (clock.tick(published),)


def test_undated_entries_keep_the_documents_order(library: sqlite3.Connection, feed: FeedId) -> None:
    undated = [replace(entry(number), published=None) for number in range(4)]
    stored = entries.store_feed(library, feed, document(*undated), NOW)
    assert titles(library, *stored.new) == ["Title 0", "Title 1", "Title 2", "Title 3"]


def test_entries_of_the_same_instant_get_ids_of_their_own(library: sqlite3.Connection, feed: FeedId) -> None:
    twins = [replace(entry(number), published=NOW) for number in range(600)]
    stored = entries.store_feed(library, feed, document(*twins), NOW)
    assert len(set(stored.new)) == 600
    other = add_feed(library, "other")
    assert len(set(entries.store_feed(library, other, document(*twins), NOW).new) - set(stored.new)) == 600


def test_an_entry_from_the_future_is_filed_under_now(library: sqlite3.Connection, feed: FeedId) -> None:
    ahead = replace(entry(0), published=NOW + timedelta(days=900))
    assert entries.store_feed(library, feed, document(ahead), NOW).new == (clock.tick(NOW),)


def test_the_same_document_again_changes_nothing(library: sqlite3.Connection, feed: FeedId) -> None:
    add_entries(library, feed, 5)
    before = contents(library)
    again = entries.store_feed(library, feed, document(*(entry(number) for number in range(5))), NOW)
    assert again == entries.Stored()
    assert contents(library) == before


def test_an_edited_entry_changes_in_place_and_stays_read(library: sqlite3.Connection, feed: FeedId) -> None:
    (entry_id,) = add_entries(library, feed, 1)
    act(library, Field.READ, "1", entry_id)
    edited = entry(0, title="Title 0, corrected")
    stored = entries.store_feed(library, feed, document(edited), NOW, texts=[words("New text")])
    assert stored == entries.Stored(changed=(entry_id,))
    (row,) = entries.rows(library, [entry_id])
    assert (row.title, row.unread, row.lede) == ("Title 0, corrected", False, "New text")


def test_an_entry_that_is_edited_for_ever_is_followed_for_a_while(
    library: sqlite3.Connection, feed: FeedId
) -> None:
    add_entries(library, feed, 1)
    changed = [
        entries.store_feed(library, feed, document(entry(0, title=f"Clock {number}")), NOW).changed
        for number in range(intake.EDITS_FOLLOWED + 6)
    ]
    assert sum(map(len, changed)) == intake.EDITS_FOLLOWED
    assert changed[-1] == ()


def test_what_a_feed_no_longer_announces_stays(library: sqlite3.Connection, feed: FeedId) -> None:
    ids = add_entries(library, feed, 5)
    entries.store_feed(library, feed, document(), NOW)
    entries.store_feed(library, feed, document(entry(9)), NOW)
    assert len(entries.rows(library, ids)) == 5
    assert feeds.get_feed(library, feed).total == 6


def test_entries_whose_guids_changed_are_the_old_ones(library: sqlite3.Connection, feed: FeedId) -> None:
    ids = add_entries(library, feed, 5)
    act(library, Field.READ, "1", *ids)
    renamed = [replace(entry(number), guid=f"https://elsewhere/{number}") for number in range(5)]
    for _refresh in range(2):
        assert entries.store_feed(library, feed, document(*renamed), NOW).new == ()
    assert entries.store_feed(library, feed, document(*map(entry, range(5))), NOW).new == ()
    assert counts.sources(library, NOW).inbox == 0
    assert feeds.get_feed(library, feed).total == 5


def test_a_document_with_microseconds_in_its_dates_matches_again(
    library: sqlite3.Connection, feed: FeedId
) -> None:
    precise = replace(entry(0), guid="", published=NOW.replace(microsecond=123_456))
    entries.store_feed(library, feed, document(precise), NOW)
    moved = replace(precise, link="https://elsewhere.example/0")
    assert entries.store_feed(library, feed, document(moved), NOW).new == ()


def test_a_purged_entry_that_is_still_announced_does_not_come_back(
    library: sqlite3.Connection, feed: FeedId
) -> None:
    (entry_id,) = add_entries(library, feed, 1)
    library.execute("UPDATE state SET purged_at = 1")
    library.execute("DELETE FROM entry")
    stored = entries.store_feed(library, feed, document(entry(0, title="Edited")), NOW)
    assert stored == entries.Stored()
    assert entries.rows(library, [entry_id]) == ()


def test_content_that_was_lost_comes_back_under_its_id_and_state(
    library: sqlite3.Connection, feed: FeedId
) -> None:
    (entry_id,) = add_entries(library, feed, 1)
    act(library, Field.READ, "1", entry_id)
    library.execute("DELETE FROM entry")
    library.execute("UPDATE state SET absent = 2")
    assert entries.seen(library, feed) == frozenset()
    assert entries.store_feed(library, feed, document(entry(0)), NOW) == entries.Stored()
    (row,) = entries.rows(library, [entry_id])
    assert not row.unread
    assert feeds.get_feed(library, feed).total == 1
    assert checks.wrong_counts(library) == ()


def test_new_entries_get_the_tags_of_their_source(library: sqlite3.Connection, feed: FeedId) -> None:
    feeds.edit_feed(library, feed, tags=["physics", "#Work / Later"])
    (entry_id,) = add_entries(library, feed, 1)
    assert entries.rows(library, [entry_id])[0].tags == ("physics", "Work/Later")
    assert checks.wrong_counts(library) == ()


def test_the_feeds_name_for_itself_is_used_until_a_person_chooses_one(
    library: sqlite3.Connection, feed: FeedId
) -> None:
    entries.store_feed(library, feed, document(title="The Daily"), NOW)
    assert feeds.get_feed(library, feed).title == "The Daily"
    feeds.edit_feed(library, feed, title="Mine")
    entries.store_feed(library, feed, document(title="[/] hostile"), NOW)
    assert feeds.get_feed(library, feed).title == "Mine"


@pytest.mark.parametrize(
    ("policy", "count", "wanted"),
    [
        (FullText.AUTO, 20, True),
        (FullText.AUTO, 500, False),
        (FullText.PAGE, 500, True),
        (FullText.FEED, 20, False),
    ],
)
def test_pages_are_wanted_as_the_sources_policy_says(
    library: sqlite3.Connection, feed: FeedId, policy: FullText, count: int, wanted: bool
) -> None:
    feeds.edit_feed(library, feed, full_text=policy)
    add_entries(library, feed, 1, "word " * count)
    assert bool(articles.wanted(library, None, 10)) == wanted


def test_another_policy_holds_for_pages_that_were_not_tried_yet(
    library: sqlite3.Connection, feed: FeedId
) -> None:
    first, *_rest = add_entries(library, feed, 3, "word " * 500)
    feeds.edit_feed(library, feed, full_text=FullText.PAGE)
    articles.save_page_error(library, first, "It could not be fetched.", NOW)
    assert len(articles.wanted(library, [feed], 10)) == 2
    feeds.edit_feed(library, feed, full_text=FullText.FEED)
    assert articles.wanted(library, None, 10) == ()


def test_the_page_of_an_episode_is_not_wanted(library: sqlite3.Connection, feed: FeedId) -> None:
    episode = replace(entry(0), enclosures=(Enclosure("https://news.example/0.mp3", "audio/mpeg"),))
    stored = entries.store_feed(library, feed, document(episode), NOW)
    assert articles.wanted(library, None, 10) == ()
    assert entries.rows(library, stored.new)[0].has_enclosure


@pytest.mark.parametrize("link", ["", "javascript:alert(1)", "file:///etc/passwd", "mailto:a@b"])
def test_only_web_addresses_are_ever_wanted(library: sqlite3.Connection, feed: FeedId, link: str) -> None:
    entries.store_feed(library, feed, document(entry(0, link=link)), NOW)
    assert articles.wanted(library, None, 10) == ()


def test_a_teaser_is_short_or_calls_itself_a_summary() -> None:
    whole = ParsedEntry("g", "", "t", content_html="<p>…</p>")
    assert not content.is_teaser(whole, 150)
    assert content.is_teaser(whole, 50)
    assert content.is_teaser(ParsedEntry("g", "", "t", summary="…"), 150)


@pytest.mark.parametrize(
    ("link", "host"),
    [
        ("https://www.example.org/a", "org.example."),
        ("https://Blog.Example.org:8080/", "org.example.blog."),
        ("", ""),
        ("https://[bad", ""),
    ],
)
def test_hosts_are_stored_so_that_a_domain_is_a_prefix(link: str, host: str) -> None:
    assert content.reversed_host(link) == host


def test_an_entry_is_queued_for_indexing_once_with_the_text_that_is_indexed(
    library: sqlite3.Connection, feed: FeedId
) -> None:
    (entry_id,) = add_entries(library, feed, 1)
    entries.store_feed(library, feed, document(entry(0, title="Edited")), NOW)
    assert library.execute("SELECT entry_id, old FROM index_queue").fetchall() == [(entry_id, None)]


def test_a_page_saved_by_itself_is_an_entry_of_its_own(library: sqlite3.Connection) -> None:
    article = Article("A page", words("Much to read here"), topics=("slow",))
    entry_id = entries.save_page(library, "https://a.example/p?utm_source=x", article, NOW)
    again = entries.save_page(library, "https://a.example/p", replace(article, title="Renamed"), NOW)
    stored = articles.load(library, entry_id)
    assert again == entry_id
    assert stored.row.title == "Renamed"
    assert stored.row.link == "https://a.example/p"
    assert stored.row.feed_title == "Saved pages"
    assert stored.topics == ("slow",)
    assert feeds.due(library, NOW, force=True) == ()


def test_a_cleaned_page_stands_for_the_entry(library: sqlite3.Connection, feed: FeedId) -> None:
    (entry_id,) = add_entries(library, feed, 1, "teaser")
    article = Article("T", words("The whole story " * 20), authors=("Ann",), language="EN", topics=("x",))
    articles.save_article(library, entry_id, article, NOW, b"<html>", version=3)
    stored = articles.load(library, entry_id)
    assert stored.article == article
    assert plain_text(stored.feed_blocks) == "teaser"
    assert (stored.row.words, stored.row.author, stored.row.language) == (60, "Ann", "en")
    assert stored.row.verdict is Verdict.GOOD
    assert articles.raw_page(library, entry_id) == b"<html>"
    assert articles.stale(library, 3) == ()
    assert articles.stale(library, 4) == (entry_id,)


def test_an_entry_without_a_title_gets_the_pages(library: sqlite3.Connection, feed: FeedId) -> None:
    (entry_id,) = entries.store_feed(library, feed, document(entry(0, title="")), NOW).new
    articles.save_article(library, entry_id, Article("Found in the page", words("x")), NOW)
    assert titles(library, entry_id) == ["Found in the page"]
    edited = replace(entry(0, title=""), content_html="<p>Edited</p>")
    assert entries.store_feed(library, feed, document(edited), NOW).changed == (entry_id,)
    assert titles(library, entry_id) == ["Found in the page"]


def test_a_page_that_is_no_article_leaves_the_feeds_text_in_its_place(
    library: sqlite3.Connection, feed: FeedId
) -> None:
    (entry_id,) = add_entries(library, feed, 1, "the feed's own text")
    article = Article("T", words("Log in"), verdict=Verdict.TOO_SHORT, reason="12 words.")
    articles.save_article(library, entry_id, article, NOW)
    (row,) = entries.rows(library, [entry_id])
    assert (row.verdict, row.lede) == (Verdict.TOO_SHORT, "the feed's own text")


def test_an_edit_of_the_feed_keeps_the_words_of_a_cleaned_page(
    library: sqlite3.Connection, feed: FeedId
) -> None:
    (entry_id,) = add_entries(library, feed, 1, "teaser")
    articles.save_article(library, entry_id, Article("T", words("whole " * 50)), NOW)
    entries.store_feed(library, feed, document(entry(0, title="Edited")), NOW, texts=[words("teaser")])
    (row,) = entries.rows(library, [entry_id])
    assert (row.title, row.words) == ("Edited", 50)
    assert articles.wanted(library, None, 10) == ()


def test_a_failed_page_is_told_and_not_wanted_again(library: sqlite3.Connection, feed: FeedId) -> None:
    (entry_id,) = add_entries(library, feed, 1, "teaser")
    articles.save_page_error(library, entry_id, "The server said no.", NOW)
    assert articles.load(library, entry_id).page_error == "The server said no."
    assert articles.wanted(library, None, 10) == ()
    articles.save_article(library, entry_id, Article("T", words("x")), NOW)
    assert articles.load(library, entry_id).page_error == ""


def test_the_reading_position_stays_between_top_and_end(library: sqlite3.Connection, feed: FeedId) -> None:
    (entry_id,) = add_entries(library, feed, 1)
    for asked, kept in (0.25, 0.25), (7.0, 1.0), (-1.0, 0.0):
        articles.set_position(library, entry_id, asked)
        assert articles.load(library, entry_id).position == kept


def test_entries_that_are_stored_need_no_cleaning(library: sqlite3.Connection, feed: FeedId) -> None:
    add_entries(library, feed, 2)
    assert entries.seen(library, feed) == {content_hash(entry(0)), content_hash(entry(1))}


def test_the_feeds_own_html_can_be_had_back(library: sqlite3.Connection, feed: FeedId) -> None:
    (entry_id,) = add_entries(library, feed, 1)
    assert articles.raw_html(library, entry_id) == ("<p>Text 0</p>", "")


def test_a_cleaned_page_stays_when_the_feed_puts_another_session_into_its_link(
    library: sqlite3.Connection, feed: FeedId
) -> None:
    (entry_id,) = add_entries(library, feed, 1, "teaser")
    articles.save_article(library, entry_id, Article("T", words("whole")), NOW)
    for session in range(3):
        moved = entry(0, link=f"https://news.example/0?session={session}")
        assert entries.store_feed(library, feed, document(moved), NOW, texts=[words("teaser")]).new == ()
        assert articles.wanted(library, None, 10) == ()
        assert entries.rows(library, [entry_id])[0].lede == "whole"


def test_a_page_that_failed_is_tried_again_at_another_address(
    library: sqlite3.Connection, feed: FeedId
) -> None:
    (entry_id,) = add_entries(library, feed, 1, "teaser")
    articles.save_page_error(library, entry_id, "No.", NOW)
    moved = entry(0, link="https://elsewhere.example/0")
    entries.store_feed(library, feed, document(moved), NOW, texts=[words("teaser")])
    assert [page.url for page in articles.wanted(library, None, 10)] == ["https://elsewhere.example/0"]


@pytest.mark.parametrize("length", [0, 1, 2, 7, 31, 32, 33, 47, 48, 63, 64, 65, 100, 1000])
def test_the_first_free_id_is_found_behind_a_run_of_any_length(
    library: sqlite3.Connection, feed: FeedId, length: int
) -> None:
    start = clock.tick(NOW)
    taken = [*range(start, start + length), start + length + 1]
    library.executemany(
        "INSERT INTO state(entry_id, feed_id, arrived) VALUES (?, ?, 0)", [(id_, feed) for id_ in taken]
    )
    assert clock.FreeIds(library).take(NOW, NOW) == start + length
