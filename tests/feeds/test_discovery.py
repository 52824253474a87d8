"""From what a person typed, or a page, to the feeds behind it."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.errors import ParseError
from reader.feeds.discovery import (
    candidates,
    known_site,
    looked_up,
    probes,
    sniff,
    typed_address,
    without_feed,
)

PAGE = "https://site.example/blog/"


def found(html: str, url: str = PAGE, headers: tuple[str, ...] = ()) -> list[str]:
    return [
        candidate.url for candidate in candidates(html.encode(), url, "text/html; charset=utf-8", headers)
    ]


def link(href: str, kind: str = "application/rss+xml", title: str = "", rel: str = "alternate") -> str:
    return f'<link rel="{rel}" type="{kind}" title="{title}" href="{href}">'


# ---------------------------------------------------------------------------------------- what was typed


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("site.example", "https://site.example"),
        ("  https://site.example/a b ", "https://site.example/ab"),
        ("feed://site.example/rss", "https://site.example/rss"),
        ("feed:https://site.example/rss", "https://site.example/rss"),
        ("http://localhost:8080/feed", "http://localhost:8080/feed"),
        ("//site.example/x", "https://site.example/x"),
        ("[::1]:8000", "https://[::1]:8000"),
        ("https://user:secret@site.example/feed", "https://user:secret@site.example/feed"),
    ],
)
def test_what_a_person_types_becomes_an_address(typed: str, address: str) -> None:
    assert typed_address(typed) == address


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "hello world",
        "file:///etc/passwd",
        "ftp://site.example",
        "javascript:alert(1)",
        "https://[",
        "|ls",
    ],
)
def test_what_can_be_no_address_is_none(typed: str) -> None:
    assert typed_address(typed) == ""


# ---------------------------------------------------------------------------------------- what a document is


@pytest.mark.parametrize(
    ("document", "kind"),
    [
        (b'<?xml version="1.0"?><!-- x --><rss version="2.0">', "feed"),
        (b"\xef\xbb\xbf\n<feed xmlns='http://www.w3.org/2005/Atom'>", "feed"),
        (b"<rdf:RDF>", "feed"),
        ('<?xml version="1.0" encoding="utf-16"?><rss>'.encode("utf-16"), "feed"),
        (gzip.compress(b"<rss></rss>", mtime=0), "feed"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": []}', "json"),
        (b"<opml version='2.0'>", "opml"),
        (b"<urlset>", "sitemap"),
        (b"<sitemapindex>", "sitemapindex"),
        (b"<!DOCTYPE html><html>", "html"),
        (b"<!-- <rss> --><html>", "html"),
        (b'{"error": 1}', ""),
        (b"https://site.example/feed\n", ""),
        (b"", ""),
    ],
)
def test_the_bytes_tell_what_a_document_is(document: bytes, kind: str) -> None:
    assert sniff(document) == kind


# ---------------------------------------------------------------------------------------- announcements


def test_link_elements_are_taken_in_order_and_made_absolute() -> None:
    page = f"<head>{link('feed.xml', title='Posts')}{link('/notes.xml', title='Notes')}</head>"
    assert found(page) == ["https://site.example/blog/feed.xml", "https://site.example/notes.xml"]


def test_the_base_element_counts() -> None:
    assert found(f'<head><base href="https://cdn.example/x/">{link("f.xml")}</head>') == [
        "https://cdn.example/x/f.xml"
    ]


@pytest.mark.parametrize(
    "kind",
    ["application/atom+xml", "application/rss+xml; charset=utf-8", "application/rdf+xml", "application/feed+json",
     "application/rss", "text/xml", "application/json"],
)  # fmt: skip
def test_every_type_that_feeds_are_announced_with_is_known(kind: str) -> None:
    assert found(f"<head>{link('/f', kind)}</head>") == ["https://site.example/f"]


def test_other_links_announce_no_feed() -> None:
    page = (
        link("/style.css", "text/css", rel="stylesheet")
        + link("/de/", "", rel="alternate")
        + link("/wp-json/wp/v2/posts/1", "application/json")
        + link("/wp-json/oembed/1.0", "application/json+oembed")
        + link("javascript:alert(1)")
        + link("https://[broken")
    )
    assert found(f"<head>{page}</head>") == []


def test_a_link_header_announces_a_feed() -> None:
    header = '<https://site.example/f.atom>; rel="alternate"; type="application/atom+xml"; title="Posts", </s.css>; rel=stylesheet'
    assert found("<p>x</p>", headers=(header,)) == ["https://site.example/f.atom"]


def test_the_head_comes_before_the_body_and_comments_come_last() -> None:
    page = (
        f"<head>{link('/x', title='Kommentar-Feed')}{link('/feed', title='Posts')}</head>"
        f"<body>{link('/late', title='Late')}</body>"
    )
    assert found(page)[0] == "https://site.example/feed"
    assert len(found(page)) == 3


def test_one_feed_in_several_formats_is_offered_once_as_atom() -> None:
    page = (
        link("/rss", title="Blog (RSS)")
        + link("/atom", "application/atom+xml", "Blog (Atom)")
        + link("/j", "application/feed+json", "Blog JSON feed")
    )
    assert found(f"<head>{page}</head>") == ["https://site.example/atom"]


def test_two_feeds_with_the_same_kind_of_title_stay_two() -> None:
    assert len(found(f"<head>{link('/a', title='News RSS')}{link('/b', title='Sport RSS')}</head>")) == 2


def test_a_page_that_announces_nothing_is_searched_for_links_to_feeds() -> None:
    page = (
        '<a href="/about">About</a><a href="/rss.xml">RSS</a><a href="https://buzzfeed.example/">Buzzfeed</a>'
        '<a href="/?feed=rss2">Feed</a><a href="/feeding-cats">Cats</a>'
    )
    assert found(page) == ["https://site.example/rss.xml", "https://site.example/?feed=rss2"]
    assert found(page + link("/real")) == ["https://site.example/real"]


def test_a_page_may_lead_to_its_feed_by_itself() -> None:
    assert found('<meta http-equiv="refresh" content="0; url=/index.xml">') == [
        "https://site.example/index.xml"
    ]


def test_a_directory_of_feeds_is_cut_short() -> None:
    assert len(found("".join(link(f"/{n}", title=f"Feed number {n}") for n in range(500)))) == 12


def test_well_known_addresses_are_tried_beside_the_page_and_at_the_root() -> None:
    tried = probes("https://site.example/blog/post")
    assert tried[0] == "https://site.example/blog/feed/"
    assert "https://site.example/feed.xml" in tried
    assert len(tried) == 8
    assert len(probes("https://site.example/")) == 8


@settings(max_examples=150)
@given(st.text(alphabet="<>/\"'= abhrefltyp:.?&#\n", max_size=200))
def test_any_page_gives_web_addresses_or_an_error(html: str) -> None:
    try:
        urls = found(html)
    except ParseError:
        return
    assert all(url.startswith(("http://", "https://")) for url in urls)


# ---------------------------------------------------------------------------------------- known sites

KNOWN = {
    "https://www.youtube.com/channel/UCabc123": "https://www.youtube.com/feeds/videos.xml?channel_id=UCabc123",
    "https://youtube.com/playlist?list=PLx": "https://www.youtube.com/feeds/videos.xml?playlist_id=PLx",
    "https://old.reddit.com/r/rust/": "https://www.reddit.com/r/rust/.rss",
    "https://www.reddit.com/r/rust/top/": "https://www.reddit.com/r/rust/top/.rss",
    "https://www.reddit.com/u/spez": "https://www.reddit.com/user/spez/.rss",
    "https://www.reddit.com/search?q=a b": "https://www.reddit.com/search.rss?q=a%20b",
    "https://github.com/python/cpython": "https://github.com/python/cpython/releases.atom",
    "https://github.com/gvanrossum": "https://github.com/gvanrossum.atom",
    "https://github.com/python/cpython/commits/main": "https://github.com/python/cpython/commits/main.atom",
    "https://gitlab.com/group/sub/project": "https://gitlab.com/group/sub/project/-/tags?format=atom",
    "https://gitlab.com/group/project/-/commits/main": "https://gitlab.com/group/project/-/commits/main?format=atom",
    "https://mastodon.example/@ann": "https://mastodon.example/@ann.rss",
    "https://bsky.app/profile/ann.example": "https://bsky.app/profile/ann.example/rss",
    "https://ann.substack.com/p/post": "https://ann.substack.com/feed",
    "https://medium.com/@ann/post": "https://medium.com/feed/@ann",
    "https://medium.com/tag/python": "https://medium.com/feed/tag/python",
    "https://news.ycombinator.com/": "https://news.ycombinator.com/rss",
    "https://lobste.rs/t/rust": "https://lobste.rs/t/rust.rss",
    "https://ann.tumblr.com/": "https://ann.tumblr.com/rss",
    "https://ann.blogspot.com/2020/x.html": "https://ann.blogspot.com/feeds/posts/default",
    "https://ann.wordpress.com": "https://ann.wordpress.com/feed/",
    "https://pypi.org/project/requests/": "https://pypi.org/rss/project/requests/releases.xml",
    "https://stackoverflow.com/questions/tagged/python": "https://stackoverflow.com/feeds/tag/python",
    "https://cooking.stackexchange.com/questions/17/x": "https://cooking.stackexchange.com/feeds/question/17",
    "https://arxiv.org/list/cs.AI/recent": "https://rss.arxiv.org/rss/cs.AI",
    "https://vimeo.com/ann": "https://vimeo.com/ann/videos/rss",
    "https://podcasts.apple.com/us/podcast/x/id123": "https://itunes.apple.com/lookup?id=123&entity=podcast",
}


@pytest.mark.parametrize("page", KNOWN)
def test_the_feed_of_a_known_site_follows_from_the_address(page: str) -> None:
    assert known_site(page)[0].url == KNOWN[page]


@pytest.mark.parametrize(
    "page",
    ["https://site.example/", "https://www.youtube.com/@handle", "https://github.com/pricing", "https://github.com/", "https://medium.com/",
     "https://vimeo.com/12345", "https://substack.com/", "https://site.example/@", "not an address", "https://[", "ftp://github.com/a"],
)  # fmt: skip
def test_any_other_address_is_not_guessed_at(page: str) -> None:
    assert known_site(page) == ()


def test_a_channel_can_be_had_in_parts() -> None:
    titles = [candidate.title for candidate in known_site("https://www.youtube.com/channel/UCx")]
    assert titles == ["Everything", "Videos only", "Shorts only", "Live streams only"]


def test_a_site_without_feeds_says_so() -> None:
    assert without_feed("https://twitter.com/ann") == "X (Twitter) publishes no feeds."
    assert without_feed("https://site.example/") == ""


def test_a_podcast_directory_names_the_feed() -> None:
    assert looked_up(b'{"results": [{"feedUrl": "https://pod.example/feed"}]}') == "https://pod.example/feed"
    for answer in (
        b"",
        b"{}",
        b'{"results": []}',
        b'{"results": [{"feedUrl": "file:///x"}]}',
        b"[" * 100_000,
    ):
        assert looked_up(answer) == ""
