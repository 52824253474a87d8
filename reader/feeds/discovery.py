"""From an address or a page to the feeds behind it.

The order is that of Miniflux, NetNewsWire and trafilatura put together: what a person typed is made an address; known
sites answer without a request; one request shows what the document is, by its bytes and not by its Content-Type; a
page's ``link`` elements and headers come next, then its links, and last a few well-known paths, which count only when
they parse.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from ..text import clean_line
from .candidate import Candidate
from .encodings import beginning, decode
from .known_sites import known_site, looked_up, without_feed
from .markup import web_address
from .pages import base_of, read_page

__all__ = [
    "Candidate",
    "candidates",
    "known_site",
    "looked_up",
    "probes",
    "sniff",
    "typed_address",
    "without_feed",
]

MAX_CANDIDATES: Final = 12
"""More are a directory of feeds, not the feeds of a page."""
PROBE_PATHS: Final = (
    "feed/",
    "feed.xml",
    "atom.xml",
    "index.xml",
    "rss.xml",
    "rss/",
    "feed.json",
    "feed.atom",
)

_TYPES: Final = {
    "application/atom+xml": "atom",
    "application/atom": "atom",
    "application/rss+xml": "rss",
    "application/rss": "rss",
    "application/rdf+xml": "rss",
    "application/feed+json": "json",
    "application/json": "json",
    "text/xml": "",
    "application/xml": "",
}
_FORMAT_ORDER: Final = ("atom", "rss", "json", "")
"""Of one feed in several formats the first of these is offered."""
_FEED_LINK = re.compile(
    r"(?:^|/)(?:feed|rss|atom)(?:/|\.(?:xml|rss|atom|json))?$|(?:^|/)(?:index|feeds?)\.(?:xml|rss|atom|json)$"
    r"|[?&]feed=(?:rss2?|atom|rdf)|[?&](?:format|type|output|view)=(?:rss|atom)(?:&|$)|/feeds/posts/default",
    re.IGNORECASE,
)
_LINK_HEADER = re.compile(r"<([^<>]{1,2048})>([^<]{0,1024})")
_PARAMETER = re.compile(r";\s*([a-z]+)\s*=\s*(?:\"([^\"]*)\"|([^\s;,\"]+))", re.IGNORECASE)
_FORMAT_WORDS = re.compile(r"\b(?:rss|atom|json|xml|rdf|feeds?|\d\.\d+)\b|[\W_]+", re.IGNORECASE)
_ROOT = re.compile(r"<\s*(?:[\w.-]+:)?([A-Za-z][\w.-]*)")
_COMMENTS = re.compile(r"\bcom+ent|kommentar|reacties|komentarz", re.IGNORECASE)
"""The word for comments in the languages of the large blog systems."""
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_ROOTS: Final = {
    "rss": "feed",
    "feed": "feed",
    "rdf": "feed",
    "channel": "feed",
    "opml": "opml",
    "urlset": "sitemap",
    "sitemapindex": "sitemapindex",
}
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*://")


def typed_address(text: str) -> str:
    """Return what a person typed as an http(s) address; empty when it can be none.

    ``feed:`` and ``feed://`` are taken off, ``https://`` is put before a bare host.
    """
    address = "".join(text.split())
    for prefix in ("feed:", "rss:"):
        if address.lower().startswith(prefix):
            address = address[len(prefix) :].removeprefix("//")
    if not _SCHEME.match(address):
        address = "https://" + address.removeprefix("//")
    found = web_address(address, "")
    host = _host(found)
    return found if "." in host or ":" in host or host == "localhost" else ""


def sniff(data: bytes) -> str:
    """Return what a document is: ``feed``, ``json``, ``opml``, ``sitemap``, ``sitemapindex``, ``html`` or nothing."""
    head = _COMMENT.sub("", decode(beginning(data, 4096))).lstrip("\ufeff \t\r\n")
    if head[:1] == "{":
        is_feed = "jsonfeed.org/version" in head or '"items"' in head or '"version"' in head
        return "json" if is_feed else ""
    root = _ROOT.search(head)
    return _ROOTS.get(root[1].lower(), "html") if root else ""


def candidates(
    data: bytes, url: str, content_type: str | None = None, link_headers: Iterable[str] = ()
) -> tuple[Candidate, ...]:
    """Return the feeds that a page announces, best first; of one feed in several formats only the best.

    Announcements in headers and ``link`` elements win; only a page without any is searched for links to feeds.
    """
    root = read_page(data, content_type)
    base = base_of(root, url)
    found = [*_from_headers(link_headers, url), *_from_links(root, base)]
    if not found:
        found = [*_from_refresh(root, base), *_from_anchors(root, base)]
    return _ranked(found)


def probes(url: str) -> tuple[str, ...]:
    """Return the well-known addresses to try when a page announces nothing: beside the page, then at the root."""
    parts = urlsplit(url)
    root = f"{parts.scheme}://{parts.netloc}/"
    directory = root + parts.path.lstrip("/").rpartition("/")[0]
    directory = directory if directory.endswith("/") else directory + "/"
    places = dict.fromkeys((directory, root))
    tried = PROBE_PATHS if len(places) == 1 else PROBE_PATHS[:4]
    return tuple(place + path for place in places for path in tried)


# ---------------------------------------------------------------------------------------- where feeds are announced


def _from_headers(headers: Iterable[str], url: str) -> Iterator[Candidate]:
    for header in headers:
        for match in _LINK_HEADER.finditer(header[:8192]):
            values = {name.lower(): quoted or bare for name, quoted, bare in _PARAMETER.findall(match[2])}
            if "alternate" in values.get("rel", "").lower().split():
                yield from _candidate(match[1], url, values.get("type", ""), values.get("title", ""), 60)


def _from_links(root: HtmlElement, base: str) -> Iterator[Candidate]:
    place = 0
    for link in root.iter("link"):
        relations = (link.get("rel") or "alternate").lower().split()
        if "alternate" not in relations and "feed" not in relations:
            continue
        in_head = any(parent.tag == "head" for parent in link.iterancestors())
        score = (50 if in_head else 30) - 5 * place
        for candidate in _candidate(
            link.get("href") or "", base, link.get("type") or "", link.get("title") or "", score
        ):
            place += 1
            yield candidate


def _from_refresh(root: HtmlElement, base: str) -> Iterator[Candidate]:
    for meta in root.iter("meta"):
        if (meta.get("http-equiv") or "").lower() == "refresh":
            target = (meta.get("content") or "").partition("=")[2].strip(" '\"")
            if _FEED_LINK.search(_path_and_query(target)):
                yield from _candidate(target, base, "text/xml", "", 40)


def _from_anchors(root: HtmlElement, base: str) -> Iterator[Candidate]:
    place = 0
    for anchor in root.iter("a"):
        address = (anchor.get("href") or "").strip()
        if not address or not _FEED_LINK.search(_path_and_query(address)):
            continue
        title = clean_line(str(anchor.text_content()), limit=200) or anchor.get("title") or ""
        for candidate in _candidate(address, base, "text/xml", title, 20 - 5 * place):
            place += 1
            yield candidate


def _candidate(address: str, base: str, media_type: str, title: str, score: int) -> Iterator[Candidate]:
    """Yield the candidate an announcement makes, unless its type is no feed's or its address no address."""
    kind = _TYPES.get(media_type.partition(";")[0].strip().lower())
    url = web_address(address, base)
    if kind is None or not url or "/wp-json/" in url or "/oembed" in url:
        return
    told = f"{title} {url}"
    score -= (
        10 * bool(_COMMENTS.search(told)) + 10 * ("podcast" in told.lower()) + 5 * ("summary" in told.lower())
    )
    yield Candidate(url, clean_line(title, limit=200), kind or _kind_of(url), score)


def _kind_of(url: str) -> str:
    path = _path_and_query(url).lower()
    return next((kind for kind in ("atom", "json", "rss") if kind in path), "")


# ---------------------------------------------------------------------------------------- ranking


def _ranked(found: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Return the best first; an address once, and one feed in several formats once."""
    by_url: dict[str, Candidate] = {}
    for candidate in found:
        by_url.setdefault(candidate.url, candidate)
    groups: dict[tuple[str, str], Candidate] = {}
    for candidate in by_url.values():
        key = _same_feed(candidate)
        rival = groups.get(key)
        if rival is None:
            groups[key] = candidate
        elif _FORMAT_ORDER.index(candidate.kind) < _FORMAT_ORDER.index(rival.kind):
            score = max(candidate.score, rival.score)
            groups[key] = Candidate(candidate.url, candidate.title or rival.title, candidate.kind, score)
    return tuple(sorted(groups.values(), key=lambda candidate: -candidate.score)[:MAX_CANDIDATES])


def _same_feed(candidate: Candidate) -> tuple[str, str]:
    """Return what two formats of one feed have in common: the title without the words for formats, else the address."""
    title = _FORMAT_WORDS.sub(" ", candidate.title).casefold().split()
    path = _FORMAT_WORDS.sub(" ", _path_and_query(candidate.url)).casefold().split()
    return (" ".join(title), "") if title else ("", _host(candidate.url) + " " + " ".join(path))


def _path_and_query(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
