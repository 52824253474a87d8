"""A feed in the making: what the readers of each format fill in, and how it becomes a ``ParsedFeed``.

The formats put raw strings in here; ``finished`` is the one place where they are made printable, bounded and of one
kind, so that no format can forget it.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from hashlib import blake2b
from heapq import nlargest
from typing import Final
from unicodedata import combining
from urllib.parse import quote

from ..model import Enclosure, ParsedEntry, ParsedFeed
from ..records import dataclass, field
from ..text import clean_line
from .markup import MAX_URL

MAX_ENTRIES: Final = 5000
"""Entries kept of one document: the newest."""
MAX_TITLE: Final = 1000
"""Characters of titles and guids."""
MAX_NAME: Final = 200
"""Characters of an author, a category, a language, a media type."""
MAX_DESCRIPTION: Final = 5000
MAX_BODY: Final = 2 * 1024 * 1024
"""Characters of one entry's HTML."""
LONGEST_PERSON: Final = 500
"""Beyond this a text is no "address (name)", and looking for one takes quadratic time."""
MAX_AUTHORS: Final = 20
MAX_CATEGORIES: Final = 50
MAX_ENCLOSURES: Final = 50

_SCHEMES: Final = frozenset(
    {"http", "https", "ftp", "ftps", "gemini", "gopher", "magnet", "mailto", "news", "nntp"}
)
"""Schemes an entry may lead to; nothing a browser or a shell would run."""
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_URL_WHITE = re.compile(r"[\t\n\r]")
_MAIL = re.compile(r"\S+@\S+\.\S+")
_BRACKETS = re.compile(r"[()<>]")


@dataclass(slots=True)
class EntryDraft:
    """An entry as its format gives it; HTML where ``ParsedEntry`` has HTML, text elsewhere."""

    guid: str = ""
    link: str = ""
    title: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    authors: list[str] = field(default_factory=list)
    summary: str = ""
    content: str = ""
    base_url: str = ""
    enclosures: list[Enclosure] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)
    comments_url: str = ""
    language: str = ""
    image_url: str = ""


@dataclass(slots=True)
class FeedDraft:
    """A feed as its format gives it."""

    format: str
    title: str = ""
    link: str = ""
    self_url: str = ""
    description: str = ""
    language: str = ""
    icon_url: str = ""
    authors: list[str] = field(default_factory=list)
    ttl: timedelta | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()
    entries: list[EntryDraft] = field(default_factory=list)


def finished(draft: FeedDraft) -> ParsedFeed:
    """Return the draft as a feed whose every string is printable and bounded."""
    return ParsedFeed(
        format=draft.format,
        title=clean_line(draft.title, limit=MAX_TITLE),
        link=url_of(draft.link),
        entries=tuple(map(_finished_entry, _newest(draft.entries))),
        self_url=url_of(draft.self_url),
        description=clean_line(draft.description, limit=MAX_DESCRIPTION),
        language=_language(draft.language),
        icon_url=url_of(draft.icon_url),
        authors=_names(draft.authors, MAX_AUTHORS),
        ttl=draft.ttl,
        skip_hours=draft.skip_hours,
        skip_days=draft.skip_days,
    )


def person(text: str) -> str:
    """Return the name in "me@example.org (Name)" or "Name <me@example.org>"; the address where there is no name."""
    if "@" not in text or len(text) > LONGEST_PERSON:
        return text
    parts = [part.strip(" \t\r\n,;\"'") for part in _BRACKETS.split(text)]
    names = [part for part in parts if part and not _MAIL.fullmatch(part)]
    return " ".join(names) if names else next(filter(None, parts), "")


def url_of(text: str) -> str:
    """Return an address fit to be kept and opened, or nothing.

    Its characters are never recomposed: to a server an accent on a letter and the two in one are two addresses.
    """
    url = _URL_WHITE.sub("", text).strip()
    if url.isascii():
        url = clean_line(url)
    else:
        url = "".join(quote(char) if combining(char) else char for char in url if char.isprintable())
    url = url.replace(" ", "%20")
    if len(url) > MAX_URL:
        return ""
    if url.startswith(("https://", "http://")):
        return url
    scheme = _SCHEME.match(url)
    return url if scheme is None or scheme[1].lower() in _SCHEMES else ""


def _finished_entry(draft: EntryDraft) -> ParsedEntry:
    summary, content = draft.summary[:MAX_BODY], draft.content[:MAX_BODY]
    return ParsedEntry(
        guid=_guid(draft.guid),
        link=url_of(draft.link),
        title=clean_line(draft.title, limit=MAX_TITLE),
        published=draft.published,
        updated=draft.updated,
        authors=_names(draft.authors, MAX_AUTHORS),
        summary=summary,
        content_html=content,
        base_url=url_of(draft.base_url),
        enclosures=_enclosures(draft.enclosures),
        categories=_names(draft.categories, MAX_CATEGORIES),
        comments_url=url_of(draft.comments_url),
        language=_language(draft.language),
        image_url=url_of(draft.image_url),
    )


def _newest(entries: list[EntryDraft]) -> list[EntryDraft]:
    """Return the entries in the document's order, of more than ``MAX_ENTRIES`` only the newest."""
    if len(entries) <= MAX_ENTRIES:
        return entries
    dated = [(entry.published or entry.updated, -place) for place, entry in enumerate(entries)]
    ranked = nlargest(
        MAX_ENTRIES, ((moment.timestamp() if moment else 0.0, place) for moment, place in dated)
    )
    return [entries[place] for place in sorted(-place for _, place in ranked)]


def _guid(text: str) -> str:
    """Return the guid; of an overlong one the beginning and a digest, so that two of them stay two."""
    guid = clean_line(text)
    if len(guid) <= MAX_TITLE:
        return guid
    return guid[: MAX_TITLE - 40] + blake2b(guid.encode(), digest_size=16).hexdigest()


def _names(names: list[str], most: int) -> tuple[str, ...]:
    cleaned = dict.fromkeys(clean_line(name, limit=MAX_NAME) for name in names[: 4 * most])
    cleaned.pop("", None)
    return tuple(cleaned)[:most]


def _enclosures(enclosures: list[Enclosure]) -> tuple[Enclosure, ...]:
    kept: dict[str, Enclosure] = {}
    for enclosure in enclosures[: 4 * MAX_ENCLOSURES]:
        url = url_of(enclosure.url)
        if url and url not in kept:
            kept[url] = Enclosure(
                url,
                clean_line(enclosure.mime_type, limit=MAX_NAME),
                enclosure.length,
                clean_line(enclosure.title, limit=MAX_TITLE),
            )
    return tuple(kept.values())[:MAX_ENCLOSURES]


def _language(text: str) -> str:
    """Return a language tag in the model's form; what is none is dropped."""
    tag = text.strip().replace("_", "-")
    return tag if len(tag) <= 35 and re.fullmatch(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*", tag) else ""
