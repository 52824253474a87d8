"""Which source an article is of, and which addresses are at home with it."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from ..model import Feed, StoredArticle


def feed_of(article: StoredArticle, feeds: Iterable[Feed]) -> Feed | None:
    """Return the source of an article; nothing when it is no longer subscribed to."""
    return next((feed for feed in feeds if feed.id == article.row.feed_id), None)


def is_at_home(url: str, feed: Feed | None) -> bool:
    """Tell whether an address is where its source is, on a host that may be private because a person typed it."""
    return feed is not None and feed.private_host and urlsplit(feed.url).netloc == urlsplit(url).netloc
