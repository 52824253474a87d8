"""The page behind an entry: wanted, cleaned, stored, read; and how far it was read."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Collection
from datetime import datetime
from typing import Final

from ..codec import compress, decode_article, decode_blocks, encode_article, simple_html
from ..document import plain_text
from ..errors import UsageError
from ..model import Article, EntryId, FeedId, StoredArticle, Verdict
from ..records import dataclass
from ..text import clean_code
from ..texts import count_words, lede, unpack_html
from . import former, indexing
from .clock import to_seconds
from .content import set_topics
from .highlights import highlights
from .listing import rows
from .values import enclosures_of, full_text_of

PAGE_LIMIT_BYTES: Final = 4 * 1024 * 1024
"""Pages larger than this are not kept for cleaning them anew."""


@dataclass(frozen=True, slots=True)
class PageWanted:
    """A page to be fetched."""

    entry_id: EntryId
    url: str
    title: str
    feed_id: FeedId


def wanted(db: sqlite3.Connection, feed_ids: Collection[FeedId] | None, limit: int) -> tuple[PageWanted, ...]:
    """Return the newest pages that were not tried yet, of these sources or of all subscribed ones."""
    restriction = "" if feed_ids is None else "AND entry.feed_id IN (SELECT value FROM json_each(:feeds))"
    found = db.execute(
        f"""
        SELECT entry.id, entry.link, entry.title, entry.feed_id
        FROM entry JOIN state ON state.entry_id = entry.id
        WHERE entry.page = 'wanted' AND state.listed = 1 {restriction}
        ORDER BY entry.id DESC LIMIT :limit
        """,  # noqa: S608 - one of two texts of our own
        {"feeds": json.dumps(list(feed_ids or ())), "limit": limit},
    )
    return tuple(
        PageWanted(EntryId(id_), link, title, FeedId(feed_id)) for id_, link, title, feed_id in found
    )


def page_of(db: sqlite3.Connection, entry_id: EntryId) -> PageWanted | None:
    """Return where the page of one entry is, whether it was tried or not; ``None`` when it has none."""
    row = db.execute("SELECT id, link, title, feed_id FROM entry WHERE id = ?", (entry_id,)).fetchone()
    if row is None or not row[1].startswith(("http://", "https://")):
        return None
    return PageWanted(EntryId(row[0]), row[1], row[2], FeedId(row[3]))


def save_article(
    db: sqlite3.Connection,
    entry_id: EntryId,
    article: Article,
    now: datetime,
    page: bytes | None = None,
    *,
    version: int = 0,
) -> None:
    """Store the cleaned page of an entry and queue it for indexing.

    ``page`` is kept, compressed, for cleaning it anew when a better ``version`` comes (see ``stale``).
    """
    if not db.execute("SELECT 1 FROM entry WHERE id = ?", (entry_id,)).fetchone():
        return  # purged while it was fetched
    indexing.about_to_change(db, entry_id)
    former.keep_page_text(db, entry_id, article.blocks, now, page)
    kept = compress(page) if page and len(page) <= PAGE_LIMIT_BYTES else None
    db.execute(
        """
        INSERT INTO article(entry_id, document, page, version, tried_at) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET
            document = excluded.document, page = coalesce(excluded.page, page), version = excluded.version,
            tried_at = excluded.tried_at, error = ''
        """,
        (entry_id, encode_article(article), kept, version, to_seconds(now)),
    )
    db.execute("UPDATE entry SET page = 'done', verdict = ? WHERE id = ?", (article.verdict, entry_id))
    if article.verdict not in indexing.SHOWN:
        return
    text = plain_text(article.blocks)
    db.execute(
        """
        UPDATE entry SET
            words = :words, lede = :lede,
            language = CASE WHEN :language <> '' THEN :language ELSE language END,
            title = CASE WHEN title = '' THEN :title ELSE title END,
            author = CASE WHEN author = '' THEN :author ELSE author END,
            comments_url = CASE WHEN comments_url = '' THEN :comments ELSE comments_url END,
            image_url = CASE WHEN image_url = '' THEN :image ELSE image_url END
        WHERE id = :id
        """,
        {
            "id": entry_id,
            "words": article.word_count or count_words(text),
            "lede": lede(text),
            "language": article.language.lower(),
            "title": article.title,
            "author": ", ".join(article.authors),
            "comments": article.comments_url,
            "image": article.lead_image,
        },
    )
    topics = [name for (name,) in db.execute(_TOPICS, (entry_id,))]
    set_topics(db, entry_id, [*topics, *article.topics])


def save_page_error(db: sqlite3.Connection, entry_id: EntryId, sentence: str, now: datetime) -> None:
    """Note that the page of an entry could not be fetched; an article fetched before stays."""
    db.execute(
        """
        INSERT INTO article(entry_id, tried_at, error) SELECT id, ?, ? FROM entry WHERE id = ?
        ON CONFLICT DO UPDATE SET tried_at = excluded.tried_at, error = excluded.error
        """,
        (to_seconds(now), sentence, entry_id),
    )
    db.execute("UPDATE entry SET page = 'failed' WHERE id = ? AND page <> 'done'", (entry_id,))


def load(db: sqlite3.Connection, entry_id: EntryId) -> StoredArticle:
    """Return all there is to read of an entry; raise ``UsageError`` when it does not exist."""
    found = rows(db, (entry_id,))
    if not found:
        raise UsageError(f"There is no article with the number {entry_id}.")
    document, error, blocks, enclosures, comments, position, note, full_text = db.execute(
        """
        SELECT article.document, coalesce(article.error, ''), body.blocks, coalesce(body.enclosures, '[]'),
            entry.comments_url, state.position, coalesce(note.text, ''), feed.full_text
        FROM entry JOIN state ON state.entry_id = entry.id JOIN feed ON feed.id = entry.feed_id
        LEFT JOIN body ON body.entry_id = entry.id
        LEFT JOIN article ON article.entry_id = entry.id
        LEFT JOIN note ON note.entry_id = entry.id
        WHERE entry.id = ?
        """,
        (entry_id,),
    ).fetchone()
    return StoredArticle(
        row=found[0],
        article=decode_article(document) if document is not None else None,
        feed_blocks=decode_blocks(blocks) if blocks else (),
        enclosures=enclosures_of(enclosures),
        comments_url=comments,
        topics=tuple(name for (name,) in db.execute(_TOPICS, (entry_id,))),
        position=position,
        note=note,
        page_error=error,
        full_text=full_text_of(full_text),
        highlights=highlights(db, entry_id) if found[0].has_highlight else (),
    )


def raw_html(db: sqlite3.Connection, entry_id: EntryId) -> tuple[str, str]:
    """Return the feed's own HTML of an entry, as it was sent, and the address that it is relative to."""
    row = db.execute("SELECT html, blocks, base_url FROM body WHERE entry_id = ?", (entry_id,)).fetchone()
    return (unpack_html(row[0]) or simple_html(row[1]), row[2]) if row else ("", "")


def raw_page(db: sqlite3.Connection, entry_id: EntryId) -> bytes | None:
    """Return the bytes of the page behind an entry, when they were kept."""
    row = db.execute("SELECT page FROM article WHERE entry_id = ?", (entry_id,)).fetchone()
    return zlib.decompress(row[0]) if row and row[0] is not None else None


def raw_source(db: sqlite3.Connection, entry_id: EntryId) -> str:
    """Return the source of the page behind an entry, else the feed's own HTML, made printable for reading."""
    page = raw_page(db, entry_id)
    return clean_code(raw_html(db, entry_id)[0] if page is None else page.decode("utf-8", "replace"))


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page as it was fetched, and what was made of it."""

    page: bytes
    url: str
    """Where it was in the end, after redirects."""
    title: str
    """Of its entry."""
    verdict: Verdict


def kept_page(db: sqlite3.Connection, entry_id: EntryId) -> KeptPage | None:
    """Return the page behind an entry, when it was kept."""
    row = db.execute(
        """
        SELECT article.page, article.document, entry.title, entry.link
        FROM article JOIN entry ON entry.id = article.entry_id
        WHERE article.entry_id = ? AND article.page IS NOT NULL
        """,
        (entry_id,),
    ).fetchone()
    if row is None:
        return None
    article = decode_article(row[1]) if row[1] is not None else None
    url = (article.url if article else "") or row[3]
    return KeptPage(zlib.decompress(row[0]), url, row[2], article.verdict if article else Verdict.FAILED)


def stale(
    db: sqlite3.Connection, version: int, limit: int = 100, before: EntryId | None = None
) -> tuple[EntryId, ...]:
    """Return entries whose kept page was cleaned by an older version, newest first; only those ``before`` an entry."""
    found = db.execute(
        """
        SELECT entry_id FROM article
        WHERE version < ?1 AND page IS NOT NULL AND (?2 IS NULL OR entry_id < ?2)
        ORDER BY entry_id DESC LIMIT ?3
        """,
        (version, before, limit),
    )
    return tuple(EntryId(entry_id) for (entry_id,) in found)


def count_stale(db: sqlite3.Connection, version: int) -> int:
    """Return how many kept pages were cleaned by an older version."""
    (count,) = db.execute(
        "SELECT count(*) FROM article WHERE version < ? AND page IS NOT NULL", (version,)
    ).fetchone()
    return int(count)


def set_version(db: sqlite3.Connection, entry_id: EntryId, version: int) -> None:
    """Note which version of the cleaner found nothing to better in an article."""
    db.execute("UPDATE article SET version = ? WHERE entry_id = ?", (version, entry_id))


def make_stale(db: sqlite3.Connection, host: str) -> int:
    """Let the kept pages of a host and those below it be cleaned anew; return how many there are."""
    changed = db.execute(
        """
        UPDATE article SET version = 0 WHERE page IS NOT NULL AND entry_id IN (
            SELECT id FROM entry
            WHERE link GLOB 'http://' || :host || '/*' OR link GLOB 'https://' || :host || '/*'
                OR link GLOB 'http*://*.' || :host || '/*'
        )
        """,
        {"host": host},
    )
    return changed.rowcount


def set_position(db: sqlite3.Connection, entry_id: EntryId, position: float) -> None:
    """Remember how far an entry was read, 0 to 1."""
    db.execute("UPDATE state SET position = ? WHERE entry_id = ?", (min(1.0, max(0.0, position)), entry_id))


_TOPICS: Final = """
    SELECT topic.name FROM entry_topic JOIN topic ON topic.id = entry_topic.topic_id
    WHERE entry_topic.entry_id = ? ORDER BY topic.folded
"""
