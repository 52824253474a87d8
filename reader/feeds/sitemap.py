"""Sitemaps as a source: what a site without a feed publishes for search engines (sitemaps.org, Google News).

A news sitemap lists the articles of two days with title and date: it is a feed but for its bodies. A plain sitemap
serves when it dates its pages; then the newest fifty are taken, named by the words in their addresses.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final
from urllib.parse import unquote, urlsplit

from lxml.etree import _Element

from ..errors import NotAFeed
from ..model import ParsedFeed
from ..records import dataclass, field
from .dates import parse_date
from .draft import EntryDraft, FeedDraft, finished
from .encodings import inflate
from .markup import text_of, web_address
from .names import local
from .xml_tree import read_tree

PLAIN_LIMIT: Final = 50
"""Pages taken of a sitemap without news, newest first."""
CHILD_LIMIT: Final = 2
"""Maps of an index that are worth asking, when none is named for news."""
WELL_KNOWN: Final = ("/sitemap_news.xml", "/news-sitemap.xml", "/sitemap-news.xml", "/sitemap.xml")
"""Where a map may be when ``robots.txt`` names none."""

_ROBOTS = re.compile(r"^[ \t]*sitemap[ \t]*:[ \t]*(\S+)", re.IGNORECASE | re.MULTILINE)
_SLUG = re.compile(r"[\W_]+")
_ENDING = re.compile(r"\.(?:html?|php|aspx?|jsp)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What a map holds: entries, or (an index) further maps worth asking."""

    feed: ParsedFeed
    children: tuple[str, ...] = ()


@dataclass(slots=True)
class _Page:
    """One ``url`` of a map."""

    entry: EntryDraft
    is_news: bool = False
    publication: str = ""
    language: str = ""
    modified: datetime | None = field(default=None)


def parse_sitemap(data: bytes, url: str, now: datetime | None = None) -> Sitemap:
    """Return what the map in ``data`` lists; an empty map is normal and no error. Raises ``NotAFeed``."""
    root = read_tree(inflate(data))
    if local(root) == "sitemapindex":
        return Sitemap(finished(FeedDraft("sitemap", link=_home(url))), _children(root, url))
    return Sitemap(finished(read_urlset(root, url, now or datetime.now(UTC))))


def read_urlset(root: _Element, url: str, now: datetime) -> FeedDraft:
    """Return the pages listed under ``root`` as a feed, newest first."""
    if local(root) != "urlset":
        raise NotAFeed("The document is no sitemap.")
    pages = [page for element in root.iterchildren("*") if (page := _page(element, url, now)) is not None]
    news = [page for page in pages if page.is_news]
    taken = news or [page for page in pages if page.modified]
    taken.sort(key=lambda page: (page.entry.published or page.modified or now).timestamp(), reverse=True)
    if not news:
        taken = taken[:PLAIN_LIMIT]
    return FeedDraft(
        "sitemap",
        title=next((page.publication for page in news if page.publication), _host(url)),
        link=_home(url),
        language=next((page.language for page in news if page.language), ""),
        entries=[page.entry for page in taken],
    )


def in_robots(text: str, url: str) -> tuple[str, ...]:
    """Return the maps that a ``robots.txt`` names, those for news first."""
    found = dict.fromkeys(filter(None, (web_address(match[1], url) for match in _ROBOTS.finditer(text))))
    return tuple(sorted(found, key=lambda address: "news" not in address.lower()))


def _page(element: _Element, url: str, now: datetime) -> _Page | None:
    entry = EntryDraft(base_url=url)
    page = _Page(entry)
    for child in element.iterchildren("*"):
        match local(child):
            case "loc":
                entry.link = entry.guid = web_address(text_of(child), url)
            case "lastmod":
                page.modified = parse_date(text_of(child), now)
            case "news":
                page.is_news = True
                _news(child, page, now)
            case "image":
                entry.image_url = entry.image_url or _image(child)
    if not entry.link:
        return None
    entry.title = entry.title or title_of(entry.link)
    entry.published = entry.published or page.modified
    return page


def _news(element: _Element, page: _Page, now: datetime) -> None:
    """Read a ``news:news`` element; its keywords become categories."""
    for child in element.iter("*"):
        match local(child):
            case "title":
                page.entry.title = text_of(child)
            case "publication_date":
                page.entry.published = parse_date(text_of(child), now)
            case "name":
                page.publication = text_of(child)
            case "language":
                page.language = page.entry.language = text_of(child)
            case "keywords":
                page.entry.categories = text_of(child).split(",")


def _image(element: _Element) -> str:
    return next((text_of(child) for child in element.iterchildren("*") if local(child) == "loc"), "")


def _children(root: _Element, url: str) -> tuple[str, ...]:
    """Return the maps named for news, else the newest by ``lastmod`` (ISO 8601 sorts as text)."""
    maps: list[tuple[str, str]] = []
    for element in root.iterchildren("*"):
        values = {local(child): text_of(child) for child in element.iterchildren("*")}
        if address := web_address(values.get("loc", ""), url):
            maps.append((values.get("lastmod", ""), address))
    news = [address for _, address in maps if "news" in address.lower()]
    if news:
        return tuple(news[:CHILD_LIMIT])
    return tuple(address for _, address in sorted(maps, reverse=True)[:CHILD_LIMIT])


def title_of(url: str) -> str:
    """Return the words in the last telling part of an address, as a title until the page gives its own."""
    parts = [_ENDING.sub("", unquote(part)) for part in urlsplit(url).path.split("/") if part]
    words = [" ".join(_SLUG.sub(" ", part).split()) for part in reversed(parts)]
    telling = next((text for text in words if any(map(str.isalpha, text)) and len(text) > 3), "")
    return telling[:1].upper() + telling[1:]


def _home(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/" if parts.netloc else ""


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""
