"""A parsed feed into the library: new entries, changed ones, and nothing lost of what was there.

    ParsedFeed ── identity.plan ──▶ new      ──▶ id by date, state, identity, content, queue
                                    known    ──▶ unchanged: nothing at all
                                             ──▶ changed: content in place, state untouched, queue
                                    purged   ──▶ identity alone: its content was let go on purpose

Nothing is ever deleted here: what a feed no longer announces stays.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from ..codec import encode_blocks
from ..document import Blocks, plain_text
from ..identity import Planned, plan
from ..model import EntryId, FeedId, FullText, ParsedEntry, ParsedFeed, SourceKind
from . import feeds, indexing, tagging
from .clock import FreeIds, to_seconds, to_seconds_or_none
from .known import KnownFeed, remember

LEDE_LENGTH: Final = 200
TEASER_WORDS: Final = 100
"""A feed's text shorter than this is no article."""
SUMMARY_WORDS: Final = 300
"""Nor is one shorter than this that the feed itself calls a summary."""
EDITS_FOLLOWED: Final = 24
"""Changes of content stored per entry; some feeds put a clock into theirs (lemon24/reader's cap)."""
_HTML_LEVEL: Final = 1
"""zlib's fastest: the feed's HTML is kept for cleaning it anew, and seldom read."""
MEDIA: Final = {"audio": 2, "video": 4, "image": 8}


@dataclass(frozen=True, slots=True)
class Stored:
    """What a document brought; newest first."""

    new: tuple[EntryId, ...] = ()
    changed: tuple[EntryId, ...] = ()


@dataclass(frozen=True, slots=True)
class _Source:
    """What storing an entry needs to know of its feed."""

    id: FeedId
    kind: SourceKind
    full_text: FullText
    language: str
    tags: tuple[str, ...]


def store_feed(
    db: sqlite3.Connection,
    feed_id: FeedId,
    feed: ParsedFeed,
    now: datetime,
    *,
    blocks: Sequence[Blocks | None] = (),
    body_hash: bytes = b"",
) -> Stored:
    """Store what is new or changed in ``feed`` and return it; queues it for indexing in the same transaction.

    ``blocks`` are the cleaned texts of ``feed.entries``, in their order; ``None`` or missing where the entry has none or is
    known to be unchanged (see ``seen``).
    """
    whole = replace(feed, entries=tuple(_to_the_second(entry) for entry in feed.entries))
    texts = {id(entry): text for entry, text in zip(whole.entries, blocks, strict=False)}
    source = _source(db, feed_id, feed.language)
    planned = plan(KnownFeed(db, feed_id), whole)
    if source.kind is not SourceKind.SAVED:
        feeds.describe(
            db,
            feed_id,
            title=feed.title,
            site_url=feed.link,
            description=feed.description,
            language=feed.language,
            icon_url=feed.icon_url,
        )
    db.execute("UPDATE feed SET policy = ? WHERE id = ?", (planned.policy, feed_id))
    if body_hash:
        db.execute("UPDATE feed SET body_hash = ? WHERE id = ?", (body_hash, feed_id))

    changed = [
        entry.id
        for entry in planned.entries
        if entry.id is not None and _update(db, source, entry.id, entry, texts.get(id(entry.entry)), now)
    ]
    ids = FreeIds(db)
    new = [
        _insert(db, source, ids.take(entry.entry.published, now), entry, texts.get(id(entry.entry)), now)
        for entry in _oldest_first(planned.entries)
    ]
    return Stored(tuple(sorted(new, reverse=True)), tuple(sorted(changed, reverse=True)))


def seen(db: sqlite3.Connection, feed_id: FeedId) -> frozenset[bytes]:
    """Return the hashes of what is stored of a feed: an entry that has one of them needs no cleaning.

    What was lost with a damaged file is not among them, and what was purged is.
    """
    found = db.execute(
        """
        SELECT identity.content_hash FROM identity JOIN state USING (entry_id)
        WHERE identity.feed_id = ? AND state.absent <> 2
        """,
        (feed_id,),
    )
    return frozenset(digest for (digest,) in found)


def _source(db: sqlite3.Connection, feed_id: FeedId, language: str) -> _Source:
    feed = feeds.get_feed(db, feed_id)
    return _Source(feed_id, feed.kind, feed.full_text, language.lower(), feed.tags)


def _to_the_second(entry: ParsedEntry) -> ParsedEntry:
    """Return ``entry`` with its date as the library keeps it, so that stored and announced dates compare equal."""
    if entry.published is None or not entry.published.microsecond:
        return entry
    return replace(entry, published=entry.published.replace(microsecond=0))


def _oldest_first(entries: Iterable[Planned]) -> list[Planned]:
    """Return the new entries in the order of their ids: by date, undated ones by place, the first being the newest."""
    new = [entry for entry in entries if entry.id is None]
    new.reverse()
    return sorted(new, key=lambda entry: to_seconds_or_none(entry.entry.published) or 1 << 40)


def _insert(
    db: sqlite3.Connection,
    source: _Source,
    entry_id: EntryId,
    planned: Planned,
    text: Blocks | None,
    now: datetime,
) -> EntryId:
    db.execute(
        "INSERT INTO state(entry_id, feed_id, arrived) VALUES (?, ?, ?)",
        (entry_id, source.id, to_seconds(now)),
    )
    remember(db, source.id, entry_id, planned)
    _put(db, source, entry_id, planned.entry, text or (), None)
    for name in source.tags:
        tagging.put(db, entry_id, name, now)
    return entry_id


def _update(
    db: sqlite3.Connection,
    source: _Source,
    entry_id: EntryId,
    planned: Planned,
    text: Blocks | None,
    now: datetime,
) -> bool:
    """Bring a known entry up to date; return whether what a reader sees of it changed."""
    digest, edits, purged_at, has_content = db.execute(
        """
        SELECT identity.content_hash, identity.edits, state.purged_at, entry.id NOT NULL
        FROM identity JOIN state USING (entry_id) LEFT JOIN entry ON entry.id = identity.entry_id
        WHERE identity.entry_id = ?
        """,
        (entry_id,),
    ).fetchone()
    same = digest == planned.content_hash
    if same and planned.alias is None and (has_content or purged_at is not None):
        return False
    remember(db, source.id, entry_id, planned)
    if purged_at is not None or (has_content and (same or edits >= EDITS_FOLLOWED)):
        return False
    _put(db, source, entry_id, planned.entry, text or (), to_seconds(now) if has_content else None)
    db.execute("UPDATE state SET absent = 0 WHERE entry_id = ? AND absent = 2", (entry_id,))
    return bool(has_content)


def _put(
    db: sqlite3.Connection,
    source: _Source,
    entry_id: EntryId,
    entry: ParsedEntry,
    text: Blocks,
    changed_at: int | None,
) -> None:
    """Write the content of an entry; a page that was cleaned already keeps its words and lede."""
    indexing.about_to_change(db, entry_id)
    plain = plain_text(text)
    words = len(plain.split())
    media = media_bits(entry)
    teaser = is_teaser(entry, words) and not media & (MEDIA["audio"] | MEDIA["video"])
    page = db.execute("SELECT page, link FROM entry WHERE id = ?", (entry_id,)).fetchone()
    page_state = _page_state(source, entry.link, teaser=teaser)
    if page is not None and page[0] in ("done", "failed") and page[1] == entry.link:
        page_state = page[0]
    db.execute(
        """
        INSERT INTO entry(id, feed_id, title, link, site, author, published, updated, changed_at, lede, words, language,
            comments_url, image_url, media, teaser, page)
        VALUES (:id, :feed, :title, :link, :site, :author, :published, :updated, :changed, :lede, :words, :language,
            :comments, :image, :media, :teaser, :page)
        ON CONFLICT(id) DO UPDATE SET
            title = excluded.title, link = excluded.link, site = excluded.site, author = excluded.author,
            published = excluded.published, updated = excluded.updated, changed_at = excluded.changed_at,
            lede = CASE WHEN excluded.page = 'done' THEN lede ELSE excluded.lede END,
            words = CASE WHEN excluded.page = 'done' THEN words ELSE excluded.words END,
            language = CASE WHEN excluded.page = 'done' AND language <> '' THEN language ELSE excluded.language END,
            comments_url = excluded.comments_url, image_url = excluded.image_url, media = excluded.media,
            teaser = excluded.teaser, page = excluded.page
        """,
        {
            "id": entry_id,
            "feed": source.id,
            "title": entry.title,
            "link": entry.link,
            "site": reversed_host(entry.link),
            "author": ", ".join(entry.authors),
            "published": to_seconds_or_none(entry.published),
            "updated": to_seconds_or_none(entry.updated),
            "changed": changed_at,
            "lede": lede(plain),
            "words": words,
            "language": entry.language.lower() or source.language,
            "comments": entry.comments_url,
            "image": entry.image_url,
            "media": media,
            "teaser": teaser,
            "page": page_state,
        },
    )
    files = [[file.url, file.mime_type, file.length, file.title] for file in entry.enclosures]
    db.execute(
        "INSERT OR REPLACE INTO body(entry_id, blocks, html, base_url, enclosures) VALUES (?, ?, ?, ?, ?)",
        (
            entry_id,
            encode_blocks(text),
            pack_html(entry.content_html or entry.summary),
            entry.base_url,
            json.dumps(files, ensure_ascii=False),
        ),
    )
    set_topics(db, entry_id, entry.categories)


def _page_state(source: _Source, link: str, *, teaser: bool) -> str:
    wanted = source.full_text is FullText.PAGE or (source.full_text is FullText.AUTO and teaser)
    fetched_by_itself = source.kind is not SourceKind.SAVED and link.startswith(("http://", "https://"))
    return "wanted" if wanted and fetched_by_itself else ""


# ---------------------------------------------------------------------------------------- small deciding functions


def is_teaser(entry: ParsedEntry, words: int) -> bool:
    """Tell whether a feed's own text of so many words is too little to stand for the article."""
    return words < (TEASER_WORDS if entry.content_html else SUMMARY_WORDS)


def lede(plain: str) -> str:
    """Return the beginning of a text on one line."""
    line = " ".join(plain[: 4 * LEDE_LENGTH].split())
    return line if len(line) <= LEDE_LENGTH else line[: LEDE_LENGTH - 1].rstrip() + "…"


def media_bits(entry: ParsedEntry) -> int:
    """Return what kinds of files go with an entry: 1 for any, and the bits of ``MEDIA``."""
    bits = 1 if entry.enclosures else 0
    for file in entry.enclosures:
        bits |= MEDIA.get(file.mime_type.partition("/")[0].strip().lower(), 0)
    return bits


def reversed_host(link: str) -> str:
    """Return the link's host with its labels reversed and without www, so that a domain is a prefix of its hosts."""
    try:
        host = (urlsplit(link).hostname or "").removeprefix("www.").strip(".")
    except ValueError:
        return ""
    return "".join(label + "." for label in reversed(host.split("."))) if host else ""


def pack_html(html: str) -> bytes:
    """Return HTML as ``body.html`` keeps it."""
    return zlib.compress(html.encode("utf-8", "replace"), _HTML_LEVEL) if html else b""


def set_topics(db: sqlite3.Connection, entry_id: EntryId, topics: Iterable[str]) -> None:
    """Make ``topics`` the categories that feed and page supply for an entry."""
    db.execute("DELETE FROM entry_topic WHERE entry_id = ?", (entry_id,))
    for name in dict.fromkeys(topic for topic in topics if topic):
        db.execute(
            "INSERT INTO topic(name, folded) VALUES (?, ?) ON CONFLICT DO NOTHING", (name, name.casefold())
        )
        db.execute(
            "INSERT OR IGNORE INTO entry_topic(topic_id, entry_id) SELECT id, ? FROM topic WHERE folded = ?",
            (entry_id, name.casefold()),
        )
