"""What was found and chosen, stored."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from typing import Final

from ..model import Article, EntryId, FeedId, SourceKind
from ..schedule import INTERVAL, Answered, Got
from ..store import Connection, changes, entries, feeds
from ..store.database import Database
from ..store.outcomes import Fetched, OnNew, store_fetched
from ..triage import Actor, Field, Wish
from .choices import Choice

LEFT_UNREAD: Final = 10
"""Of the links found on a page at first, so many newest stay unread: the rest is what the page always showed."""


async def subscribe(
    db: Database,
    choice: Choice,
    folder: str = "",
    *,
    now: datetime | None = None,
    on_new: OnNew | None = None,
) -> FeedId:
    """Subscribe to a choice and store the document it was found in; a known source is returned as it is."""
    return await db.write(store_choice, choice, folder, now or datetime.now(UTC), on_new)


async def save_article_page(
    db: Database, url: str, article: Article, *, now: datetime | None = None
) -> EntryId:
    """Keep a page that a person asked for in "Saved pages" and return its entry."""
    return await db.write(entries.save_page, url, article, now or datetime.now(UTC))


def store_choice(
    db: Connection, choice: Choice, folder: str, now: datetime, on_new: OnNew | None = None
) -> FeedId:
    """Add the source and what its document holds, in one transaction."""
    known = feeds.find_feed(db, choice.url)
    if known is not None:
        return known.id
    feed_id = feeds.add_feed(
        db,
        choice.url,
        choice.title,
        folder=folder,
        site_url=choice.site_url,
        kind=choice.kind,
        private_host=choice.private_host,
        rule=choice.rule,
        now=now,
    )
    if choice.evidence is not None:
        _store_evidence(db, feed_id, choice, now, on_new)
    return feed_id


def _store_evidence(
    db: Connection, feed_id: FeedId, choice: Choice, now: datetime, on_new: OnNew | None
) -> None:
    """Store the document as the source's first fetch, with when it is to be asked again."""
    evidence = choice.evidence
    due = feeds.due(db, now, ids=(feed_id,), force=True)
    if evidence is None or not due:
        return
    feed = evidence.prepared.feed
    outcome = Answered(
        got=Got.STORED,
        headers=evidence.headers,
        url=evidence.url,
        permanent=evidence.permanent,
        digest=evidence.digest,
        ttl=feed.ttl,
        skip_hours=feed.skip_hours,
        skip_days=feed.skip_days,
    )
    jitter = random.uniform(-1, 1)  # noqa: S311 - spreads requests
    fetched = Fetched(due[0], outcome, now, jitter, feed, evidence.prepared.texts)
    stored = store_fetched(db, fetched, INTERVAL, on_new)
    if choice.kind is SourceKind.PAGE and len(stored.new) > LEFT_UNREAD:
        wishes = [Wish(id_, Field.READ, "1") for id_ in stored.new[LEFT_UNREAD:]]
        label = f"Marked {{n}} older links of {choice.title} read"
        changes.apply(db, wishes, label=label, actor=Actor.RULE, session="", now=now)
