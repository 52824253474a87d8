"""The doors through which foreign text comes in, each as a function of that text; workers can import them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Final

from reader import cleaning
from reader.config.reading import read_text
from reader.errors import BroadsheetError
from reader.feeds import discovery, index_page, newsboat_filter, sitemap
from reader.feeds.opml import parse_opml
from reader.feeds.parse import parse_feed
from reader.feeds.urls_file import parse_urls
from reader.query import parse as parse_query
from reader.text import clean

URL: Final = "https://site.example/2026/story"


def feed(text: str) -> object:
    """Read as a feed."""
    return parse_feed(text.encode(), URL)


def page(text: str) -> object:
    """Clean as a page."""
    return cleaning.clean_page(text.encode(), URL)


def fragment(text: str) -> object:
    """Clean as the text of an entry."""
    return cleaning.clean_fragment(text, URL)


def plain(text: str) -> object:
    """Clean as plain text."""
    return cleaning.clean_text(text)


def discover(text: str) -> object:
    """Look for feeds in a page."""
    return discovery.sniff(text.encode()), discovery.candidates(text.encode(), URL)


def index(text: str) -> object:
    """Look for a rule for a page."""
    return index_page.derive(text.encode(), URL)


def maps(text: str) -> object:
    """Read as a sitemap and as robots.txt."""
    with suppress(BroadsheetError):
        sitemap.parse_sitemap(text.encode(), URL)
    return sitemap.in_robots(text, URL)


def outline(text: str) -> object:
    """Read as subscriptions of both kinds."""
    with suppress(BroadsheetError):
        parse_opml(text.encode())
    return parse_urls(text), newsboat_filter.translate(text)


def typed(text: str) -> object:
    """Read as what a person types: a query, settings, an address."""
    with suppress(BroadsheetError):
        parse_query(text)
    with suppress(BroadsheetError):
        parse_query(text[:2000])
    with suppress(BroadsheetError):
        discovery.typed_address(text)
    return read_text(text[:20_000]), clean(text)


DOORS: Final[tuple[Callable[[str], object], ...]] = (
    feed, page, fragment, plain, discover, index, maps, outline, typed,
)  # fmt: skip
