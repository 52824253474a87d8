"""A library of the invented site: subscribed to it, or filled from it without a network.

``subscribe`` is what ``broadsheet demo`` does before it fetches. ``fill`` does the work of a refresh in this process, one
thing after the other and under one clock, so that tests and screenshots have the same library every time.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, TypedDict
from urllib.parse import urlsplit

from ..errors import BroadsheetError
from ..feeds import index_page
from ..model import FeedId, ParsedFeed, SourceKind
from ..prepare import PreparedFeed, prepare_feed, prepare_page
from ..records import replace
from ..schedule import Answered, Got
from ..store import Connection, articles, feeds
from ..store.drain import drain_index
from ..store.library import Library
from ..store.outcomes import Fetched, store_fetched
from ..texts import Text
from .site import Answer, Site, Source

_BATCH: Final = 500
_YESTERDAY: Final = timedelta(days=1, hours=2)
"""Before the clock: what was out by then arrives then, the rest now, as if somebody had fetched on both days."""


class _Document(TypedDict):
    feed: ParsedFeed
    texts: tuple[Text | None, ...]


def subscribe(db: Connection, site: Site, now: datetime, folder: str = "") -> tuple[FeedId, ...]:
    """Subscribe to every publication of the site, in folders inside ``folder``; returns the sources in its order."""
    return tuple(_subscribe(db, site, source, now, folder) for source in site.sources)


def _subscribe(db: Connection, site: Site, source: Source, now: datetime, folder: str) -> FeedId:
    kind, rule = SourceKind.FEED, ""
    if not source.has_feed:
        page = _answer(site, source.url)
        found = index_page.derive(page.body, source.url, page.mime_type, site.now)
        if found is None:
            raise BroadsheetError(f"No articles were found on {source.url}.")
        kind, rule = SourceKind.PAGE, found.to_json()
    return feeds.add_feed(
        db,
        source.url,
        source.name,
        folder=f"{folder}/{source.folder}".strip("/"),
        kind=kind,
        rule=rule,
        private_host=True,  # the demo is served on the loopback address
        now=now,
    )


def fill(database: Library, site: Site, *, pages: bool = True) -> None:
    """Subscribe to the site, and fetch and clean everything, as of the site's own clock."""
    database.write_now(subscribe, site, site.now)
    for due in database.read_now(feeds.due, site.now, force=True):
        answer = _answer(site, due.url)
        prepared = prepare_feed(answer.body, due.url, answer.mime_type, due.kind, due.rule)
        for clock in (site.now - _YESTERDAY, site.now):
            fetched = Fetched(due, Answered(Got.STORED, url=due.url), clock, **_known_at(clock, prepared))
            database.write_now(store_fetched, fetched, timedelta(hours=1))
    while pages and (wanted := database.read_now(articles.wanted, None, _BATCH)):
        for page in wanted:
            answer = _answer(site, page.url)
            article = prepare_page(answer.body, page.url, answer.mime_type, page.title)
            database.write_now(articles.save_article, page.entry_id, article, site.now, answer.body)
    while database.write_now(drain_index, _BATCH):
        pass


def _known_at(clock: datetime, prepared: PreparedFeed) -> _Document:
    """Return the document as it was at that time."""
    shown = [
        (entry, text)
        for entry, text in zip(prepared.feed.entries, prepared.texts, strict=True)
        if entry.published is None or entry.published <= clock
    ]
    feed = replace(prepared.feed, entries=tuple(entry for entry, _ in shown))
    return {"feed": feed, "texts": tuple(text for _, text in shown)}


def _answer(site: Site, url: str) -> Answer:
    answer = site.answer(urlsplit(url).path)
    if answer is None:
        raise BroadsheetError(f"The demo has nothing at {url}.")
    return answer
