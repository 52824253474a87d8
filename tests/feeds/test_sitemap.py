"""Sitemaps as the source of a site without a feed."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest

from reader.errors import NotAFeed, ParseError
from reader.feeds.sitemap import PLAIN_LIMIT, in_robots, parse_sitemap, title_of

from .documents import NOW, parse

URL = "https://site.example/news-sitemap.xml"
NEWS = """<?xml version="1.0"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
  xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>https://site.example/old</loc><news:news><news:publication><news:name>The Site</news:name>
  <news:language>en</news:language></news:publication><news:publication_date>2026-05-30</news:publication_date>
  <news:title>Old &amp; good</news:title><news:keywords>a, b</news:keywords></news:news>
  <image:image><image:loc>https://site.example/old.jpg</image:loc></image:image></url>
<url><loc>/new</loc><news:news><news:publication_date>2026-05-31T10:00:00Z</news:publication_date>
  <news:title>New</news:title></news:news></url>
<url><loc>https://site.example/about</loc><lastmod>2026-05-31</lastmod></url>
</urlset>"""


def plain(count: int, dated: bool = True) -> bytes:
    urls = "".join(
        f"<url><loc>https://site.example/2026/05/a-good-title-{n}.html</loc>"
        + (f"<lastmod>2026-05-{1 + n % 28:02}</lastmod>" if dated else "")
        + "</url>"
        for n in range(count)
    )
    return f"<urlset>{urls}</urlset>".encode()


def test_a_news_sitemap_is_a_feed_newest_first() -> None:
    feed = parse_sitemap(NEWS.encode(), URL, NOW).feed
    assert (feed.format, feed.title, feed.link, feed.language) == (
        "sitemap",
        "The Site",
        "https://site.example/",
        "en",
    )
    assert [entry.title for entry in feed.entries] == ["New", "Old & good"]
    new, old = feed.entries
    assert new.guid == new.link == "https://site.example/new"
    assert new.published == datetime(2026, 5, 31, 10, tzinfo=UTC)
    assert (old.categories, old.image_url, old.language) == (("a", "b"), "https://site.example/old.jpg", "en")


def test_a_sitemap_may_be_compressed() -> None:
    assert len(parse_sitemap(gzip.compress(NEWS.encode()), URL, NOW).feed.entries) == 2


def test_a_plain_sitemap_counts_by_its_dates() -> None:
    feed = parse_sitemap(plain(200), URL, NOW).feed
    assert len(feed.entries) == PLAIN_LIMIT
    dates = [entry.published for entry in feed.entries if entry.published]
    assert dates == sorted(dates, reverse=True)
    assert feed.entries[0].title.startswith("A good title")
    assert parse_sitemap(plain(200, dated=False), URL, NOW).feed.entries == ()


def test_an_empty_map_is_no_error() -> None:
    assert parse_sitemap(b"<urlset/>", URL, NOW).feed.entries == ()


def test_an_index_names_the_maps_worth_asking() -> None:
    maps = [("a", "2026-01-01"), ("b", "2026-03-01"), ("c", "2026-02-01")]
    index = "".join(
        f"<sitemap><loc>https://site.example/{n}.xml</loc><lastmod>{d}</lastmod></sitemap>" for n, d in maps
    )
    assert parse_sitemap(f"<sitemapindex>{index}</sitemapindex>".encode(), URL, NOW).children == (
        "https://site.example/b.xml",
        "https://site.example/c.xml",
    )
    news = "<sitemap><loc>https://site.example/news.xml</loc></sitemap>"
    found = parse_sitemap(f"<sitemapindex>{index}{news}</sitemapindex>".encode(), URL, NOW)
    assert found.children == ("https://site.example/news.xml",)


def test_the_parser_of_feeds_reads_a_sitemap_too() -> None:
    assert parse(NEWS, URL).format == "sitemap"


def test_robots_txt_names_maps_those_for_news_first() -> None:
    text = "User-agent: *\nSitemap: https://site.example/sitemap.xml\nsitemap : /news.xml\nSitemap: ftp://x/\n#Sitemap: /no"
    assert in_robots(text, "https://site.example/") == (
        "https://site.example/news.xml",
        "https://site.example/sitemap.xml",
    )


@pytest.mark.parametrize(
    ("url", "title"),
    [
        ("https://a.example/2026/05/17/the-quick_brown-fox.html", "The quick brown fox"),
        ("https://a.example/story-name/12345", "Story name"),
        ("https://a.example/gr%C3%B6%C3%9Fe/", "Größe"),
        ("https://a.example/", ""),
        ("https://a.example/1/2", ""),
    ],
)
def test_an_address_lends_a_title(url: str, title: str) -> None:
    assert title_of(url) == title


def test_other_documents_are_no_sitemap() -> None:
    with pytest.raises(NotAFeed):
        parse_sitemap(b"<rss/>", URL, NOW)
    with pytest.raises(ParseError):
        parse_sitemap(b"plain", URL, NOW)
