"""JSON Feed 1.0 and 1.1."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from reader.errors import NotAFeed, ParseError
from reader.feeds.draft import MAX_ENTRIES
from reader.model import Enclosure

from .documents import parse


def feed_of(*items: object, **more: object) -> str:
    return json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "title": "Feed", "items": items, **more}
    )


def test_a_feed_and_its_entry_are_read() -> None:
    feed = parse(
        feed_of(
            {
                "id": "1",
                "url": "/1",
                "title": "One &amp; more",
                "content_html": "<img src='p.png'>",
                "summary": "Short",
                "date_published": "2026-04-06T08:00:00+02:00",
                "authors": [{"name": "Ann"}, {"url": "https://bo.example/"}],
                "tags": ["news", 7],
                "attachments": [{"url": "/1.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 12.0}],
                "image": "/1.jpg",
                "language": "de",
            },
            home_page_url="https://site.example/",
            feed_url="https://site.example/feed.json",
            language="en",
        )
    )
    (entry,) = feed.entries
    assert (feed.format, feed.title, feed.link) == ("json", "Feed", "https://site.example/")
    assert (entry.guid, entry.link, entry.title) == ("1", "https://site.example/1", "One & more")
    assert entry.content_html == "<img src='https://site.example/feeds/p.png'>"
    assert entry.published == datetime(2026, 4, 6, 6, tzinfo=UTC)
    assert entry.authors == ("Ann", "https://bo.example/")
    assert entry.categories == ("news",)
    assert entry.enclosures == (Enclosure("https://site.example/1.mp3", "audio/mpeg", 12),)
    assert (entry.image_url, entry.language) == ("https://site.example/1.jpg", "de")


def test_ids_may_be_numbers_against_the_rule() -> None:
    assert [entry.guid for entry in parse(feed_of({"id": 7}, {"id": 1.5}, {"id": True})).entries] == [
        "7",
        "1.5",
        "",
    ]


def test_plain_text_becomes_html() -> None:
    assert (
        parse(feed_of({"content_text": "a < b\n\nc\nd"})).entries[0].content_html
        == "<p>a &lt; b</p><p>c<br>d</p>"
    )


def test_an_author_of_version_1_0_and_of_the_feed_are_understood() -> None:
    feed = parse(feed_of({"author": {"name": "Ann"}}, {}, author={"name": "Bo"}))
    assert [entry.authors for entry in feed.entries] == [("Ann",), ("Bo",)]


def test_lone_surrogates_do_not_get_in() -> None:
    (entry,) = parse(
        feed_of({"title": "a\ud800b", "content_html": "<p>\udfff\u0000é</p>", "id": "\ud800"})
    ).entries
    assert entry.title == "ab"
    entry.content_html.encode()


def test_a_million_items_are_bounded() -> None:
    document = '{"version": "https://jsonfeed.org/version/1", "items": [' + "{}," * 1_000_000 + "{}]}"
    assert len(parse(document).entries) == MAX_ENTRIES


@pytest.mark.parametrize(
    "items", [[1, None, "x", [], {}], [{"attachments": 5, "tags": {"a": 1}, "authors": [3]}]]
)
def test_values_of_the_wrong_kind_are_passed_over(items: list[object]) -> None:
    parse(feed_of(*items))


@pytest.mark.parametrize(
    "document", ["{}", "[]", '{"version": "x"}', '{"items": {}}', '{"error": "not found"}']
)
def test_other_json_is_no_feed(document: str) -> None:
    with pytest.raises(NotAFeed):
        parse(document)


@pytest.mark.parametrize(
    "document", ["{", '{"items": [', "[" * 100_000, '{"items": [{"id": ' + "9" * 5000 + "}]}"]
)
def test_damaged_json_is_said_to_be_so(document: str) -> None:
    with pytest.raises(ParseError):
        parse(document)
