"""A parsed feed into the library: new entries, changed ones, and nothing lost of what was there.

    ParsedFeed ── identity.plan ──▶ new      ──▶ id by date, state, identity, content, queue
                                    known    ──▶ unchanged: nothing at all
                                             ──▶ changed: content in place, state untouched, queue
                                    purged   ──▶ identity alone: its content was let go on purpose

Nothing is ever deleted here: what a feed no longer announces stays.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from ..document import Blocks
from ..identity import Planned, plan
from ..model import EntryId, FeedId, ParsedEntry, ParsedFeed, SourceKind
from ..records import dataclass, field, replace
from ..texts import Text, ready
from . import content, feeds
from .clock import FreeIds, to_seconds, to_seconds_or_none
from .content import NewEntry, Source
from .known import KnownFeed, remember

EDITS_FOLLOWED: Final = 24
"""Changes of content stored per entry; some feeds put a clock into theirs (lemon24/reader's cap)."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What a document brought; newest first."""

    new: tuple[EntryId, ...] = ()
    changed: tuple[EntryId, ...] = ()
    texts: tuple[tuple[EntryId, Text], ...] = field(default=(), compare=False, repr=False)
    """The texts of the new entries, which indexing need not read back."""


def store_feed(
    db: sqlite3.Connection,
    feed_id: FeedId,
    feed: ParsedFeed,
    now: datetime,
    *,
    texts: Sequence[Text | Blocks | None] = (),
    body_hash: bytes = b"",
) -> Stored:
    """Store what is new or changed in ``feed`` and return it; queues it for indexing in the same transaction.

    ``texts`` are the cleaned texts of ``feed.entries``, in their order; ``None`` or missing where the entry has none or is
    known to be unchanged (see ``seen``).
    """
    whole = replace(feed, entries=tuple(_to_the_second(entry) for entry in feed.entries))
    given = {id(entry): text for entry, text in zip(whole.entries, texts, strict=False)}
    digests = {entry: text.digest for entry, text in given.items() if isinstance(text, Text)}
    source = _source(db, feed_id, feed.language)
    planned = plan(KnownFeed(db, feed_id), whole, digests)
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
        if entry.id is not None and _update(db, source, entry.id, entry, given.get(id(entry.entry)), now)
    ]
    ids = FreeIds(db)
    new = [
        NewEntry(ids.take(entry.entry.published, now), entry, _text(entry.entry, given.get(id(entry.entry))))
        for entry in _oldest_first(planned.entries)
    ]
    new.sort()  # rows that go in by rising id are put in fastest
    content.insert(db, source, new, now)
    return Stored(
        tuple(entry.id for entry in reversed(new)),
        tuple(sorted(changed, reverse=True)),
        tuple((entry.id, entry.text) for entry in new),
    )


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


def _source(db: sqlite3.Connection, feed_id: FeedId, language: str) -> Source:
    feed = feeds.get_feed(db, feed_id)
    return Source(feed_id, feed.kind, feed.full_text, language.lower(), feed.tags)


def _text(entry: ParsedEntry, text: Text | Blocks | None) -> Text:
    return text if isinstance(text, Text) else ready(entry, text or ())


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


def _update(
    db: sqlite3.Connection,
    source: Source,
    entry_id: EntryId,
    planned: Planned,
    text: Text | Blocks | None,
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
    content.replace(
        db,
        source,
        entry_id,
        planned.entry,
        _text(planned.entry, text),
        to_seconds(now) if has_content else None,
    )
    db.execute("UPDATE state SET absent = 0 WHERE entry_id = ? AND absent = 2", (entry_id,))
    return bool(has_content)
