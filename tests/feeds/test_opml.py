"""Lists of subscriptions as other readers write them."""

from __future__ import annotations

import gzip
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.errors import ParseError
from reader.feeds.encodings import MAX_BYTES
from reader.feeds.opml import parse_opml
from reader.feeds.outline import MAX_FEEDS, MAX_FOLDERS, Outline, folder_path, tag_name

from ..hostile_text import ALL, FORBIDDEN


def opml(body: str, head: str = "") -> Outline:
    return parse_opml(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0"><head>{head}</head>\n<body>\n{body}\n</body></opml>'.encode()
    )


def test_a_feed_says_its_address_title_home_page_and_tags() -> None:
    (feed,) = opml(
        '<outline type="rss" text="Text" title="Title &amp; more" xmlUrl="https://a.example/f" htmlUrl="https://a.example/"'
        ' category="/news/local,two words, #hash"/>'
    ).feeds
    assert (feed.url, feed.title, feed.site_url) == (
        "https://a.example/f",
        "Title & more",
        "https://a.example/",
    )
    assert feed.tags == ("news/local", "two-words", "hash")
    assert feed.line == 4


def test_folders_are_nested_and_feeds_keep_their_order() -> None:
    outline = opml(
        '<outline text="News"><outline text="Local/City"><outline text="A" xmlUrl="https://a.example/"/></outline>'
        '<outline text="B" xmlUrl="https://b.example/"/></outline><outline text="C" xmlUrl="https://c.example/"/>',
        "<title>Mine</title>",
    )
    assert [(feed.title, feed.folder) for feed in outline.feeds] == [
        ("A", "News/Local-City"),
        ("B", "News"),
        ("C", ""),
    ]
    assert outline.title == "Mine"


def test_attributes_of_other_readers_are_kept() -> None:
    (feed,) = parse_opml(
        b'<opml xmlns:frss="https://freshrss.org/opml"><body><outline text="A" xmlUrl="https://a.example/" frss:cssFullContent="main"'
        b' nnw_isMuted="1" minifluxCrawler="yes"/></body></opml>'
    ).feeds
    assert feed.attributes == (
        ("{https://freshrss.org/opml}cssFullContent", "main"),
        ("nnw_isMuted", "1"),
        ("minifluxCrawler", "yes"),
    )


def test_capitals_in_attribute_names_do_not_matter() -> None:
    (feed,) = opml('<outline TEXT="A" xmlurl="https://a.example/" HTMLURL="https://a.example/home"/>').feeds
    assert (feed.url, feed.title, feed.site_url) == ("https://a.example/", "A", "https://a.example/home")


def test_bare_ampersands_in_addresses_are_understood() -> None:
    (feed,) = opml('<outline text="R&D" xmlUrl="https://a.example/?a=1&b=2&copy=3"/>').feeds
    assert (feed.title, feed.url) == ("R&D", "https://a.example/?a=1&b=2&copy=3")


def test_feeds_inside_feeds_are_found() -> None:
    outline = opml(
        '<outline text="A" xmlUrl="https://a.example/"><outline text="B" xmlUrl="https://b.example/"/></outline>'
    )
    assert [(feed.title, feed.folder) for feed in outline.feeds] == [("A", ""), ("B", "")]


@pytest.mark.parametrize(
    "address",
    [
        "exec:rm -rf /",
        "filter:cat:https://a.example/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "|ls",
        "ftp://a.example/f",
    ],
)
def test_only_web_addresses_are_taken_and_the_rest_is_named_with_its_line(address: str) -> None:
    outline = opml(
        f'<outline text="Good" xmlUrl="https://a.example/"/>\n<outline text="Bad" xmlUrl="{address}"/>'
    )
    assert [feed.title for feed in outline.feeds] == ["Good"]
    assert outline.problems == (f"Line 5: “{address}” is no http or https address.",)


def test_a_source_scraped_by_another_reader_is_taken_and_said_to_be_one() -> None:
    outline = opml('<outline text="A" type="HTML+XPath" xmlUrl="https://a.example/"/>')
    assert len(outline.feeds) == 1
    assert outline.problems == ("Line 4: “A” is taken from a page by rules that cannot be imported.",)


def test_a_damaged_file_gives_what_is_there_and_says_where_it_breaks() -> None:
    outline = parse_opml(
        b'<opml>\n<body><outline text="A" xmlUrl="https://a.example/"/>\n<outline text="B" xmlUrl="htt'
    )
    assert [feed.title for feed in outline.feeds] == ["A"]
    assert outline.problems == (
        "Line 3: the file is damaged here; what could be read of the rest was taken.",
    )


def test_folders_a_thousand_deep_are_taken_into_the_last_one_allowed() -> None:
    deep = "".join(f'<outline text="{n}">' for n in range(1000))
    (feed,) = opml(deep + '<outline text="A" xmlUrl="https://a.example/"/>' + "</outline>" * 1000).feeds
    assert feed.folder == "/".join(str(n) for n in range(MAX_FOLDERS))


@pytest.mark.parametrize(
    "body",
    [
        '<outline text="x">' * 300_000,
        '<outline text="A" xmlUrl="https://a.example/" />' * 150_000,
        f'<outline text="{"x" * 8_000_000}" xmlUrl="https://a.example/"/>',
        '<outline text="A" xmlUrl="https://a.example/" '
        + " ".join(f'a{n}="1"' for n in range(100_000))
        + "/>",
    ],
)
def test_a_file_of_ten_megabytes_ends_soon(body: str) -> None:
    start = time.process_time()
    outline = opml(body)
    assert time.process_time() - start < 6
    assert len(outline.feeds) <= MAX_FEEDS
    assert len(outline.problems) <= 2


def test_a_larger_file_and_another_document_are_refused() -> None:
    with pytest.raises(ParseError, match="10 MB"):
        parse_opml(b"<opml>" + b" " * MAX_BYTES)
    for document in (b"", b"plain", b"<rss/>", b"<html></html>"):
        with pytest.raises(ParseError):
            parse_opml(document)


def test_a_compressed_file_is_read() -> None:
    assert (
        parse_opml(gzip.compress(b'<opml><outline xmlUrl="https://a.example/"/></opml>')).feeds[0].url
        == "https://a.example/"
    )


@pytest.mark.parametrize("text", ALL)
def test_nothing_in_an_outline_can_harm_a_terminal(text: str) -> None:
    sent = "".join(char if char.isalnum() else f"&#{ord(char)};" for char in text)
    outline = opml(
        f'<outline text="{sent}"><outline text="{sent}" xmlUrl="https://a.example/{sent}" category="{sent}" x="{sent}"/>'
        f'<outline text="{sent}" xmlUrl="{sent}"/></outline>'
    )
    assert not FORBIDDEN & set(repr(outline))


@settings(max_examples=100)
@given(st.binary(max_size=100))
def test_random_bytes_give_an_outline_or_an_error(data: bytes) -> None:
    for document in (data, b"<opml>" + data, b'<opml><outline xmlUrl="' + data):
        try:
            parse_opml(document)
        except ParseError:
            continue


def test_names_become_folders_and_tags_that_the_query_language_can_name() -> None:
    assert folder_path(["A/B", " ", "C\n"]) == "A-B/C"
    assert tag_name(' #a "b", c/ ') == "a-b-c"
