"""Entries: stored from feeds, saved one by one, and listed."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from ..identity import strip_tracking
from ..model import Article, EntryId, FeedId, ParsedEntry, ParsedFeed
from . import articles, feeds
from .intake import Stored, seen, store_feed
from .listing import rows
from .search import ids

__all__ = ["Stored", "ids", "rows", "save_page", "seen", "store_feed"]


def save_page(db: sqlite3.Connection, url: str, article: Article, now: datetime) -> EntryId:
    """Keep a page in "Saved pages" and return its entry; a page saved before is brought up to date."""
    feed_id = feeds.saved_pages(db, now)
    link = strip_tracking(article.canonical_url or url)
    entry = ParsedEntry(
        guid=link,
        link=link,
        title=article.title or link,
        published=article.published,
        authors=article.authors,
        comments_url=article.comments_url,
        language=article.language,
        image_url=article.lead_image,
        categories=article.topics,
    )
    stored = store_feed(db, feed_id, ParsedFeed("saved", "", "", (entry,)), now)
    entry_id = (stored.new or stored.changed or (_saved_id(db, feed_id, link),))[0]
    articles.save_article(db, entry_id, article, now)
    return entry_id


def _saved_id(db: sqlite3.Connection, feed_id: FeedId, link: str) -> EntryId:
    (found,) = db.execute(
        "SELECT id FROM entry WHERE feed_id = ? AND link = ? ORDER BY id DESC LIMIT 1", (feed_id, link)
    ).fetchone()
    return EntryId(found)
