"""An element tree to a feed: RSS 0.9x and 2.0, RSS 1.0 (RDF), Atom 0.3 and 1.0, in any mixture."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Final

from lxml.etree import _Element

from ..errors import NotAFeed
from .draft import MAX_ENTRIES, FeedDraft
from .markup import text_of, without_tags
from .names import local
from .xml_entry import Document, read_entry, read_person

_XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_FORMATS: Final = {"rss": "rss", "rdf": "rdf", "feed": "atom", "entry": "atom", "channel": "rss"}
_PERIODS: Final = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(weeks=1),
    "monthly": timedelta(days=30),
    "yearly": timedelta(days=365),
}
_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def is_cdf(root: _Element) -> bool:
    """Tell whether the document is in Microsoft's Channel Definition Format: RSS' names, addresses in ``HREF``."""
    if local(root) != "channel":
        return False
    owners = [root, *(child for child in root.iterchildren("*") if local(child) == "item")]
    return any(str(name).lower() == "href" for owner in owners for name in owner.attrib)


def read_feed(root: _Element, url: str, now: datetime) -> FeedDraft:
    """Return the feed in the tree at ``root``; raises ``NotAFeed``."""
    kind = _FORMATS.get(local(root))
    if kind is None:
        raise NotAFeed(f"The document is no feed: it begins with <{local(root)[:40]}>.")
    document = Document(url, root, now)
    if local(root) == "entry":
        return FeedDraft(kind, entries=[read_entry(document, root)])
    channel = _channel(root)
    reader = _FeedReader(
        document, FeedDraft(kind, language=channel.get(_XML_LANG) or root.get(_XML_LANG) or "")
    )
    for child in channel.iterchildren("*"):
        handle = _HANDLERS.get(document.names[str(child.tag)])
        if handle is not None:
            handle(reader, child)
    draft = reader.finished()
    draft.entries = [read_entry(document, item) for item in _items(root, channel)]
    if kind == "atom":
        for entry in draft.entries:
            entry.authors = entry.authors or draft.authors  # RFC 4287 section 4.2.1
    return draft


def _channel(root: _Element) -> _Element:
    """Return the element that holds the feed's own title."""
    if local(root) in ("rss", "rdf"):
        for child in root.iterchildren("*"):
            if local(child) == "channel":
                return child
    return root


def _items(root: _Element, channel: _Element) -> list[_Element]:
    """Return the entries' elements: in the channel, beside it (RSS 1.0), else wherever they are."""
    parents = (channel,) if channel is root else (channel, root)
    direct = (
        child for parent in parents for child in parent.iterchildren("*") if local(child) in ("item", "entry")
    )
    return _bounded(direct) or _bounded(child for child in root.iter("*") if local(child) == "item")


def _bounded(items: Iterator[_Element]) -> list[_Element]:
    """Return all items, or of far too many the first and the last: the newest are at one of the ends."""
    first = list(islice(items, MAX_ENTRIES))
    return first + list(deque(items, maxlen=MAX_ENTRIES))


class _FeedReader:
    """A feed being read, element by element."""

    def __init__(self, document: Document, draft: FeedDraft) -> None:
        self.document = document
        self.draft = draft
        self.fallback_title = ""
        self.ttl: timedelta | None = None
        self.period: timedelta | None = None
        self.frequency = 1

    def title(self, element: _Element) -> None:
        self.draft.title = self.draft.title or self.document.title(element)

    def other_title(self, element: _Element) -> None:
        self.fallback_title = self.fallback_title or self.document.title(element)

    def link(self, element: _Element) -> None:
        address = element.get("href")
        if address is None:
            if text := text_of(element):
                self.draft.link = self.document.link(element, text)
            return
        relation = (element.get("rel") or "alternate").strip().lower()
        if relation == "alternate":
            self.draft.link = self.draft.link or self.document.link(element, address)
        elif relation == "self":
            self.draft.self_url = self.draft.self_url or self.document.link(element, address)

    def description(self, element: _Element) -> None:
        self.draft.description = self.draft.description or without_tags(self.document.html(element))

    def language(self, element: _Element) -> None:
        self.draft.language = text_of(element) or self.draft.language

    def author(self, element: _Element) -> None:
        if name := read_person(element):
            self.draft.authors.append(name)

    def image(self, element: _Element) -> None:
        address = element.get("href") or element.get("url")
        for child in element.iterchildren("*"):
            if local(child) == "url":
                address = address or text_of(child)
        if address := address or (text_of(element) if len(element) == 0 else ""):
            self.draft.icon_url = self.draft.icon_url or self.document.link(element, address)

    def minutes(self, element: _Element) -> None:
        if number := _number(element, most=525_600):
            self.ttl = timedelta(minutes=number)

    def update_period(self, element: _Element) -> None:
        self.period = _PERIODS.get(text_of(element).lower())

    def update_frequency(self, element: _Element) -> None:
        self.frequency = _number(element, most=100_000) or 1

    def skip_hours(self, element: _Element) -> None:
        hours = (_number(child, most=24) for child in element.iterchildren("*"))
        self.draft.skip_hours = frozenset(hour % 24 for hour in hours if hour is not None)

    def skip_days(self, element: _Element) -> None:
        names = (text_of(child).lower() for child in element.iterchildren("*"))
        self.draft.skip_days = frozenset(_DAYS.index(name) for name in names if name in _DAYS)

    def finished(self) -> FeedDraft:
        """Return the draft with what only the whole feed can tell."""
        self.draft.title = self.draft.title or self.fallback_title
        waits = [self.ttl, self.period / self.frequency if self.period else None]
        self.draft.ttl = max(filter(None, waits), default=None)
        return self.draft


def _number(element: _Element, *, most: int) -> int | None:
    text = text_of(element)
    return min(int(text), most) if text.isascii() and text.isdigit() and len(text) < 10 else None


_Handler = Callable[[_FeedReader, _Element], None]
_HANDLERS: Final[dict[str, _Handler]] = {
    "title": _FeedReader.title,
    "dc:title": _FeedReader.other_title,
    "link": _FeedReader.link,
    "description": _FeedReader.description,
    "subtitle": _FeedReader.description,
    "tagline": _FeedReader.description,
    "itunes:subtitle": _FeedReader.description,
    "itunes:summary": _FeedReader.description,
    "dc:description": _FeedReader.description,
    "language": _FeedReader.language,
    "dc:language": _FeedReader.language,
    "author": _FeedReader.author,
    "dc:creator": _FeedReader.author,
    "dc:author": _FeedReader.author,
    "managingeditor": _FeedReader.author,
    "itunes:author": _FeedReader.author,
    "icon": _FeedReader.image,
    "logo": _FeedReader.image,
    "image": _FeedReader.image,
    "itunes:image": _FeedReader.image,
    "ttl": _FeedReader.minutes,
    "sy:updateperiod": _FeedReader.update_period,
    "sy:updatefrequency": _FeedReader.update_frequency,
    "skiphours": _FeedReader.skip_hours,
    "skipdays": _FeedReader.skip_days,
}
"""What is done with an element of the channel, by its name as ``Names`` gives it."""
