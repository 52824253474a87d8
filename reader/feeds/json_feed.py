"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TypeAlias

from ..errors import NotAFeed, ParseError
from ..model import Enclosure
from .dates import parse_date
from .draft import MAX_ENTRIES, EntryDraft, FeedDraft
from .markup import absolute, from_plain, resolve, without_tags

Object: TypeAlias = dict[str, object]


def read_json_feed(data: bytes, url: str, now: datetime) -> FeedDraft:
    """Return the feed in ``data``; raises ``NotAFeed`` for other JSON and ``ParseError`` for none."""
    try:
        document = json.loads(data.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError) as error:
        raise ParseError("The document is damaged JSON.") from error
    if not isinstance(document, dict) or not isinstance(document.get("items"), list):
        raise NotAFeed("The document is JSON but no JSON Feed.")
    authors = _authors(document)
    language = _text(document, "language")
    draft = FeedDraft(
        "json",
        title=_text(document, "title"),
        link=absolute(_text(document, "home_page_url"), url),
        self_url=absolute(_text(document, "feed_url"), url),
        description=_text(document, "description"),
        language=language,
        icon_url=absolute(_text(document, "favicon") or _text(document, "icon"), url),
        authors=authors,
    )
    items = document["items"]
    for item in items[:MAX_ENTRIES] + items[MAX_ENTRIES:][-MAX_ENTRIES:]:
        if isinstance(item, dict):
            entry = _entry(item, url, now)
            entry.authors = entry.authors or authors
            draft.entries.append(entry)
    return draft


def _entry(item: Object, url: str, now: datetime) -> EntryDraft:
    html, text = _text(item, "content_html"), _text(item, "content_text")
    return EntryDraft(
        guid=_text(item, "id"),
        link=absolute(_text(item, "url") or _text(item, "external_url"), url),
        title=without_tags(_text(item, "title")),
        published=parse_date(_text(item, "date_published"), now),
        updated=parse_date(_text(item, "date_modified"), now),
        authors=_authors(item),
        summary=from_plain(_text(item, "summary")),
        content=_storable(resolve(html, url) or from_plain(text)),
        base_url=url,
        enclosures=_attachments(item, url),
        categories=[tag for tag in _list(item, "tags") if isinstance(tag, str)],
        language=_text(item, "language"),
        image_url=absolute(_text(item, "image") or _text(item, "banner_image"), url),
    )


def _authors(owner: Object) -> list[str]:
    """Return the names in ``authors`` (1.1) or ``author`` (1.0); the address of an author without a name."""
    people = _list(owner, "authors") or [owner.get("authors"), owner.get("author")]
    found = (
        _text(person, "name") or _text(person, "url") if isinstance(person, dict) else "" for person in people
    )
    return [name for name in found if name]


def _attachments(item: Object, url: str) -> list[Enclosure]:
    return [
        Enclosure(
            absolute(_text(file, "url"), url),
            _text(file, "mime_type"),
            _size(file.get("size_in_bytes")),
            _text(file, "title"),
        )
        for file in _list(item, "attachments")
        if isinstance(file, dict) and _text(file, "url")
    ]


def _size(value: object) -> int | None:
    return int(value) if isinstance(value, int | float) and 0 <= value < 1e15 else None


def _text(owner: Object, key: str) -> str:
    """Return a string, or a number as one: ids are sent as numbers against the rule."""
    value = owner.get(key)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value).strip()


def _list(owner: Object, key: str) -> list[object]:
    value = owner.get(key)
    return value if isinstance(value, list) else []


def _storable(html: str) -> str:
    """Return HTML without lone surrogates, which JSON can spell and no file can hold."""
    return html if html.isascii() else html.encode("utf-8", "ignore").decode("utf-8")
