"""An article as values that JSON can hold."""

from __future__ import annotations

from ..codec import article_to_json, blocks_to_json
from ..model import Article, StoredArticle
from ..typeset import choose
from .head import head_of

SCHEMA = 1
"""Raised when a field changes its meaning; fields are added without."""


def to_json(article: StoredArticle | Article) -> dict[str, object]:
    """Return an article with its state in the library as JSON-able values; ``blocks`` is the text that is shown."""
    head = head_of(article)
    value: dict[str, object] = {
        "schema": SCHEMA,
        "title": head.title,
        "authors": list(head.authors),
        "site": head.site,
        "published": head.published.isoformat() if head.published else None,
        "url": head.source,
        "language": head.language,
        "blocks": blocks_to_json(choose(article).blocks),
    }
    if isinstance(article, Article):
        return value | {"article": article_to_json(article)}
    row = article.row
    return value | {
        "id": row.id,
        "feed": {"id": row.feed_id, "title": row.feed_title},
        "unread": row.unread,
        "starred": row.starred,
        "later": row.later,
        "tags": list(row.tags),
        "note": article.note,
        "highlights": [
            {
                "quote": mark.quote,
                "occurrence": mark.occurrence,
                "note": mark.note,
                "added": mark.added.isoformat(),
            }
            for mark in article.highlights
        ],
        "topics": list(article.topics),
        "comments": article.comments_url,
        "enclosures": [
            {"url": file.url, "type": file.mime_type, "length": file.length, "title": file.title}
            for file in article.enclosures
        ],
        "position": article.position,
        "error": article.page_error,
        "article": article_to_json(article.article) if article.article else None,
    }
