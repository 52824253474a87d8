"""What a feed says of an entry, as rows: worked out from the parsed entry, put in by the document or replaced one by one."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from operator import itemgetter
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from ..identity import Planned
from ..model import EntryId, FeedId, FullText, ParsedEntry, SourceKind
from ..records import dataclass
from ..texts import Text
from . import former, indexing, tagging
from .clock import to_seconds, to_seconds_or_none

TEASER_WORDS: Final = 100
"""A feed's text shorter than this is no article."""
SUMMARY_WORDS: Final = 300
"""Nor is one shorter than this that the feed itself calls a summary."""
MEDIA: Final = {"audio": 2, "video": 4, "image": 8}
"""Bits of ``entry.media`` by the first part of an enclosure's type; 1 is for any."""

_COLUMNS: Final = (
    "id", "feed_id", "title", "link", "site", "author", "published", "updated", "changed_at", "lede", "words",
    "language", "comments_url", "image_url", "media", "teaser", "page",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """What storing an entry needs to know of its feed."""

    id: FeedId
    kind: SourceKind
    full_text: FullText
    language: str
    tags: tuple[str, ...]


class NewEntry(NamedTuple):
    """An entry to be put in, under an id that is free."""

    id: EntryId
    planned: Planned
    text: Text


def insert(db: sqlite3.Connection, source: Source, new: Sequence[NewEntry], now: datetime) -> None:
    """Put the new entries of a document in, table by table: a third faster than entry by entry."""
    arrived = to_seconds(now)
    db.executemany(
        "INSERT INTO state(entry_id, feed_id, arrived) VALUES (?, ?, ?)",
        [(entry.id, source.id, arrived) for entry in new],
    )
    db.executemany(
        """
        INSERT INTO identity(entry_id, feed_id, key, link, title, published, content_hash)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
        [
            (
                id_,
                source.id,
                as_.key,
                as_.link,
                as_.title,
                to_seconds_or_none(as_.entry.published),
                as_.content_hash,
            )
            for id_, as_, _text in new
        ],
    )
    db.executemany(
        f"INSERT INTO entry({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})",  # noqa: S608
        [_in_order(_row(source, entry.id, entry.planned.entry, entry.text, None)) for entry in new],
    )
    db.executemany(
        f"INSERT {_INTO_BODY}", [_body(entry.id, entry.planned.entry, entry.text) for entry in new]
    )
    db.executemany("INSERT INTO index_queue(entry_id) VALUES (?)", [(entry.id,) for entry in new])
    _add_topics(db, {entry.id: entry.planned.entry.categories for entry in new})
    for name in source.tags:
        for entry in new:
            tagging.put(db, entry.id, name, now)


def replace(
    db: sqlite3.Connection,
    source: Source,
    entry_id: EntryId,
    entry: ParsedEntry,
    text: Text,
    changed_at: int | None,
) -> None:
    """Write the content of a known entry anew; a page that was cleaned well keeps its words and lede."""
    indexing.about_to_change(db, entry_id)
    row = _row(source, entry_id, entry, text, changed_at)
    old = db.execute("SELECT page, link, verdict FROM entry WHERE id = ?", (entry_id,)).fetchone()
    kept: tuple[str, ...] = ()
    if old is not None:
        page, link, verdict = old
        # Another link is worth another try of a page that failed; one that is there stays, whatever session its link names.
        if page == "done" or (page == "failed" and link == entry.link):
            row["page"] = page
        if verdict in indexing.SHOWN:
            kept = ("lede", "words", "language") if entry.title else ("lede", "words", "language", "title")
    names = [name for name in _COLUMNS if name not in kept]
    # Of a row that is there only the named columns change; one that was lost is put in whole.
    db.execute(
        f"""
        INSERT INTO entry({", ".join(_COLUMNS)}) VALUES ({", ".join(":" + name for name in _COLUMNS)})
        ON CONFLICT(id) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in names)}
        """,  # noqa: S608 - our own column names
        row,
    )
    former.keep_feed_text(db, entry_id, text.blocks, changed_at)
    db.execute(f"INSERT OR REPLACE {_INTO_BODY}", _body(entry_id, entry, text))
    set_topics(db, entry_id, entry.categories)


def set_topics(db: sqlite3.Connection, entry_id: EntryId, topics: Iterable[str]) -> None:
    """Make ``topics`` the categories that feed and page supply for an entry."""
    db.execute("DELETE FROM entry_topic WHERE entry_id = ?", (entry_id,))
    _add_topics(db, {entry_id: topics})


# ---------------------------------------------------------------------------------------- rows


_INTO_BODY: Final = "INTO body(entry_id, blocks, html, base_url, enclosures) VALUES (?, ?, ?, ?, ?)"
_in_order: Final = itemgetter(*_COLUMNS)
"""Gives the values of a row in the order of its columns: bound by place they cost half as much as by name."""


def _row(
    source: Source, entry_id: EntryId, entry: ParsedEntry, text: Text, changed_at: int | None
) -> dict[str, object]:
    media = media_bits(entry)
    teaser = is_teaser(entry, text.words) and not media & (MEDIA["audio"] | MEDIA["video"])
    return {
        "id": entry_id,
        "feed_id": source.id,
        "title": entry.title,
        "link": entry.link,
        "site": reversed_host(entry.link),
        "author": ", ".join(entry.authors),
        "published": to_seconds_or_none(entry.published),
        "updated": to_seconds_or_none(entry.updated),
        "changed_at": changed_at,
        "lede": text.lede,
        "words": text.words,
        "language": entry.language.lower() or source.language,
        "comments_url": entry.comments_url,
        "image_url": entry.image_url,
        "media": media,
        "teaser": teaser,
        "page": "wanted" if wants_page(source, entry.link, teaser=teaser) else "",
    }


def _body(entry_id: EntryId, entry: ParsedEntry, text: Text) -> tuple[object, ...]:
    files = [[file.url, file.mime_type, file.length, file.title] for file in entry.enclosures]
    return (
        entry_id,
        text.blocks,
        text.html,
        entry.base_url,
        json.dumps(files, ensure_ascii=False),
    )


def _add_topics(db: sqlite3.Connection, topics: Mapping[EntryId, Iterable[str]]) -> None:
    pairs: dict[tuple[EntryId, str], str] = {}
    for entry_id, names in topics.items():
        for name in names:
            if name:
                pairs.setdefault((entry_id, name.casefold()), name)
    ids = _topic_ids(db, {folded: name for (_entry_id, folded), name in reversed(pairs.items())})
    db.executemany(
        "INSERT OR IGNORE INTO entry_topic(topic_id, entry_id) VALUES (?, ?)",
        sorted((ids[folded], entry_id) for entry_id, folded in pairs),
    )


def _topic_ids(db: sqlite3.Connection, names: Mapping[str, str]) -> dict[str, int]:
    """Return the ids of topics by their folded names; those that nobody has used are added as they are written."""
    ids: dict[str, int] = {}
    for folded, name in names.items():
        known = db.execute("SELECT id FROM topic WHERE folded = ?", (folded,)).fetchone()
        if known is None:
            db.execute("INSERT INTO topic(name, folded) VALUES (?, ?)", (name, folded))
            known = db.execute("SELECT last_insert_rowid()").fetchone()
        ids[folded] = known[0]
    return ids


# ---------------------------------------------------------------------------------------- small deciding functions


def wants_page(source: Source, link: str, *, teaser: bool) -> bool:
    """Tell whether the page behind an entry is to be fetched by itself."""
    wanted = source.full_text is FullText.PAGE or (source.full_text is FullText.AUTO and teaser)
    return wanted and source.kind is not SourceKind.SAVED and link.startswith(("http://", "https://"))


def is_teaser(entry: ParsedEntry, words: int) -> bool:
    """Tell whether a feed's own text of so many words is too little to stand for the article."""
    return words < (TEASER_WORDS if entry.content_html else SUMMARY_WORDS)


def media_bits(entry: ParsedEntry) -> int:
    """Return what kinds of files go with an entry, as the bits of ``MEDIA``."""
    bits = 1 if entry.enclosures else 0
    for file in entry.enclosures:
        bits |= MEDIA.get(file.mime_type.partition("/")[0].strip().lower(), 0)
    return bits


def reversed_host(link: str) -> str:
    """Return the link's host with its labels reversed and without www, so that a domain is a prefix of its hosts."""
    usual = _USUAL_LINK.match(link)
    try:
        return _reversed(usual[1] if usual else urlsplit(link).hostname or "")
    except ValueError:
        return ""


_USUAL_LINK: Final = re.compile(r"https?://([a-z0-9.-]+)/")
"""A link whose host can be taken as it is; looking at every part of an address takes ten times as long."""


@lru_cache(maxsize=1024)
def _reversed(host: str) -> str:
    bare = host.removeprefix("www.").strip(".")
    return "".join(label + "." for label in reversed(bare.split("."))) if bare else ""
