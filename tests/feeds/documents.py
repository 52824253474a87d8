"""Small feed documents for the tests of this room."""

from __future__ import annotations

from datetime import UTC, datetime

from reader.feeds.parse import parse_feed
from reader.model import ParsedEntry, ParsedFeed

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
URL = "https://site.example/feeds/main.xml"

NAMESPACES = (
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"'
    ' xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
    ' xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'
    ' xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"'
)


def rss(channel: str) -> str:
    return f'<?xml version="1.0"?><rss version="2.0" {NAMESPACES}><channel>{channel}</channel></rss>'


def atom(inner: str, attributes: str = "") -> str:
    return f'<feed xmlns="http://www.w3.org/2005/Atom" {attributes}>{inner}</feed>'


def parse(document: str | bytes, url: str = URL, content_type: str | None = None) -> ParsedFeed:
    data = document.encode() if isinstance(document, str) else document
    return parse_feed(data, url, content_type, NOW)


def item(inner: str) -> ParsedEntry:
    """The entry of an RSS feed with this one item."""
    (entry,) = parse(rss(f"<item>{inner}</item>")).entries
    return entry


def atom_entry(inner: str, attributes: str = "") -> ParsedEntry:
    """The entry of an Atom feed with this one entry."""
    (entry,) = parse(atom(f"<entry>{inner}</entry>", attributes)).entries
    return entry
