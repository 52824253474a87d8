"""The documents only ``feedparser`` can read: CDF, and XML in which libxml2 finds no entries.

``feedparser`` forgives almost anything and is twenty times slower, so it comes last and gets no large documents. It is
told to leave the HTML alone: sanitising belongs to cleaning and addresses are resolved as everywhere else.
"""

from __future__ import annotations

import calendar
import io
import time
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from ..errors import NotAFeed, ParseError
from ..model import Enclosure
from .dates import EARLIEST, MAX_AHEAD
from .draft import EntryDraft, FeedDraft, person
from .encodings import decode
from .markup import absolute, from_plain, resolve, without_tags
from .xml_tree import repaired

MAX_BYTES: Final = 2 * 1024 * 1024
"""Larger documents would keep a worker busy for its whole time."""


def read_broken(data: bytes, url: str, content_type: str | None, now: datetime) -> FeedDraft:
    """Return what ``feedparser`` makes of ``data``; raises ``NotAFeed`` when that is nothing, ``ParseError`` when it fails."""
    if len(data) > MAX_BYTES:
        raise NotAFeed("The document is no feed that can be read.")
    import feedparser  # 100 ms to import: only for the few that need it

    text = repaired(decode(data, content_type))
    try:
        found = feedparser.parse(
            io.BytesIO(text.encode("utf-8", "replace")),
            response_headers={"content-type": "application/xml; charset=utf-8", "content-location": url},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except MemoryError:
        raise
    except Exception as error:  # it says that it never raises, and does: 21 of 1,428 damaged documents
        raise ParseError("The document is damaged beyond reading.") from error
    if not found.entries and not found.get("version"):
        raise NotAFeed("The document is no feed.")
    kind = found.get("version") or ""
    return FeedDraft(
        "atom" if kind.startswith("atom") else "rss",
        title=without_tags(_text(found.feed, "title")),
        link=absolute(_text(found.feed, "link"), url),
        description=without_tags(_text(found.feed, "subtitle")),
        language=_text(found.feed, "language"),
        entries=[_entry(entry, url, now) for entry in found.entries],
    )


def _entry(entry: dict[str, Any], url: str, now: datetime) -> EntryDraft:
    bodies = [_html(content, url) for content in entry.get("content", ())]
    return EntryDraft(
        guid=_text(entry, "id"),
        link=absolute(_text(entry, "link"), url),
        title=without_tags(_text(entry, "title")),
        published=_instant(entry.get("published_parsed"), now),
        # Asked past feedparser's own get(), which answers with the other date where this one is missing.
        updated=_instant(dict.get(entry, "updated_parsed"), now),
        authors=[
            person(_text(author, "name") or _text(author, "email")) for author in entry.get("authors", ())
        ],
        summary=_html(entry["summary_detail"], url) if entry.get("summary_detail") else "",
        content=max(bodies, key=len, default=""),
        base_url=url,
        enclosures=[
            Enclosure(absolute(_text(file, "href"), url), _text(file, "type"))
            for file in _mappings(entry.get("enclosures", ()))
        ],
        categories=[_text(tag, "label") or _text(tag, "term") for tag in _mappings(entry.get("tags", ()))],
        comments_url=absolute(_text(entry, "comments"), url),
    )


def _html(content: Mapping[str, Any], url: str) -> str:
    value = _text(content, "value")
    return from_plain(value) if content.get("type") == "text/plain" else resolve(value, url)


def _instant(moment: time.struct_time | None, now: datetime) -> datetime | None:
    """Return a time that ``feedparser`` has read, if it is believable."""
    if moment is None:
        return None
    try:
        instant = datetime.fromtimestamp(calendar.timegm(moment), UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return instant if EARLIEST <= instant <= now + MAX_AHEAD else None


def _text(owner: Mapping[str, Any], key: str) -> str:
    value = owner.get(key)
    return value.strip() if isinstance(value, str) else ""


def _mappings(values: Iterable[Any]) -> list[Mapping[str, Any]]:
    return [value for value in values if isinstance(value, Mapping)]
