"""Any feed document to a ``ParsedFeed``: the door of this room.

The bytes decide what a document is, never the Content-Type, which is wrong too often. Well-formed feeds take the short
way through ``xml_tree`` and ``xml_feed``; what has no entries on that way is shown to ``broken`` before it is given up.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime

from ..errors import ParseError
from ..model import ParsedFeed
from ..records import replace
from .broken import read_broken
from .draft import FeedDraft, finished
from .encodings import MAX_BYTES, inflate
from .json_feed import read_json_feed
from .names import local
from .sitemap import read_urlset
from .xml_feed import is_cdf, read_feed
from .xml_tree import read_tree

_ENTRY = re.compile(rb"<(?:\w+:)?(?:item|entry)\b", re.IGNORECASE)


def parse_feed(
    data: bytes, url: str, content_type: str | None = None, now: datetime | None = None
) -> ParsedFeed:
    """Return the feed in ``data``.

    ``url`` is the address the document came from, after redirects: relative addresses refer to it. ``now`` is the
    present, beyond which no date is believed. Raises ``NotAFeed`` for a readable document of another kind and
    ``ParseError`` for one that cannot be read.
    """
    if len(data) > MAX_BYTES:
        raise ParseError("The document is larger than 10 MB.")
    data = inflate(data)
    if not data.strip():
        raise ParseError("The document is empty.")
    return finished(_draft(data, url, content_type, now or datetime.now(UTC)))


def _draft(data: bytes, url: str, content_type: str | None, now: datetime) -> FeedDraft:
    if data[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"["):
        return read_json_feed(data, url, now)
    try:
        root = read_tree(data, content_type)
    except ParseError:
        return read_broken(data, url, content_type, now)
    if local(root) == "urlset":
        return read_urlset(root, url, now)
    if is_cdf(root):
        return replace(read_broken(data, url, content_type, now), format="cdf")
    draft = read_feed(root, url, now)
    return draft if draft.entries else _second_opinion(draft, data, url, content_type, now)


def _second_opinion(
    draft: FeedDraft, data: bytes, url: str, content_type: str | None, now: datetime
) -> FeedDraft:
    """Return a feed without entries, or what the last resort finds in a document that speaks of some."""
    if _ENTRY.search(data):
        with suppress(ParseError):
            return read_broken(data, url, content_type, now)
    if not any((draft.title, draft.link, draft.description, draft.language, draft.authors)):
        raise ParseError("The document begins like a feed and has nothing in it.")
    return draft
