"""Letting old articles go, slowly enough to change one's mind; and giving back the space.

    expire   articles beyond a source's limit, or the general one, are hidden: a step in the journal like any other, which
             can be undone for thirty days. Never what was starred, put on the later list, tagged, noted or highlighted, and
             what is unread only when asked for.
    purge    after that, what is still hidden by such a step loses its content. Its state and by what it is known again
             stay, so that a feed which still announces it does not bring it back.
    compact  pages that became free go back to the file system, a few at a time.

Without a limit nothing ever goes.
"""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta
from typing import Final

from ..model import EntryId
from ..records import dataclass
from ..triage import Actor, Field, Step, Wish
from . import changes, indexing, journal
from .clock import to_seconds

REGRET: Final = timedelta(days=30)
"""How long an expiry can be undone."""
BATCH: Final = 5_000
"""Articles let go in one transaction; what remains goes with the next."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What is kept of sources that have no limit of their own; ``None`` keeps all."""

    articles: int | None = None
    days: int | None = None
    unread: bool = False
    """Unread articles may go too."""


@dataclass(frozen=True, slots=True)
class Size:
    """How large the library is."""

    bytes: int
    """Of the file."""
    free_bytes: int
    """Of it, not in use: ``compact`` gives them back."""
    articles: int
    """With content."""


def expire(db: sqlite3.Connection, limits: Limits, now: datetime) -> Step | None:
    """Hide what is beyond the limits, as one step that can be undone for thirty days; ``None`` when there is nothing."""
    wishes = [Wish(entry_id, Field.HIDDEN, "1") for entry_id in beyond(db, limits, now)]
    return changes.apply(
        db, wishes, label="Let {n} old articles go", actor=Actor.RULE, session=journal.RETENTION, now=now
    )


def beyond(db: sqlite3.Connection, limits: Limits, now: datetime) -> tuple[EntryId, ...]:
    """Return the articles that would be let go, at most ``BATCH``: the dry run of ``expire``."""
    limited = db.execute(
        """
        SELECT id, coalesce(keep, :articles), coalesce(keep_days, :days) FROM feed
        WHERE removed_at IS NULL AND kind <> 'saved' AND coalesce(keep, keep_days, :articles, :days) IS NOT NULL
        """,
        {"articles": limits.articles, "days": limits.days},
    ).fetchall()
    found: list[EntryId] = []
    for feed_id, articles, days in limited:
        rows = db.execute(
            """
            SELECT entry_id FROM state
            WHERE feed_id = :feed AND listed AND (arrived < :arrived OR entry_id < :oldest)
                AND starred_at IS NULL AND later_at IS NULL AND tagged = 0 AND noted = 0
                AND (:unread OR read_at IS NOT NULL)
                AND NOT EXISTS (SELECT 1 FROM highlight WHERE highlight.entry_id = state.entry_id)
            ORDER BY entry_id LIMIT :limit
            """,
            {
                "feed": feed_id,
                "arrived": to_seconds(now) - 86_400 * days if days is not None else 0,
                "oldest": _oldest_kept(db, feed_id, articles),
                "unread": limits.unread,
                "limit": BATCH - len(found),
            },
        )
        found += (EntryId(entry_id) for (entry_id,) in rows)
    return tuple(found)


def _oldest_kept(db: sqlite3.Connection, feed_id: int, articles: int | None) -> int:
    """Return the id of the last article that a limit in number keeps; 0 keeps all."""
    if articles is None:
        return 0
    row = db.execute(
        "SELECT entry_id FROM state WHERE feed_id = ? AND listed ORDER BY entry_id DESC LIMIT 1 OFFSET ?",
        (feed_id, max(articles - 1, 0)),
    ).fetchone()
    if row is None:
        return 0
    return int(row[0]) if articles else int(row[0]) + 1


def purge(db: sqlite3.Connection, now: datetime) -> int:
    """Let the content go of what an expiry hid more than thirty days ago; return of how many articles."""
    steps = db.execute(
        "SELECT id FROM step WHERE session = ? AND at < ?", (journal.RETENTION, to_seconds(now - REGRET))
    ).fetchall()
    purged = 0
    for (step_id,) in steps:
        hidden = db.execute(
            """
            SELECT change.entry_id FROM change JOIN step ON step.id = change.step_id
            JOIN state ON state.entry_id = change.entry_id AND state.hidden_at = change.new
            WHERE change.step_id = ? AND step.undone = 0 AND change.field = ?
            """,
            (step_id, Field.HIDDEN),
        ).fetchall()
        for (entry_id,) in hidden:
            let_go(db, entry_id, now)
        purged += len(hidden)
        db.execute("DELETE FROM step WHERE id = ?", (step_id,))
    return purged


def let_go(db: sqlite3.Connection, entry_id: EntryId, now: datetime) -> None:
    """Delete the content of an entry; what was done to it stays, and it does not come back."""
    indexing.about_to_change(db, entry_id)
    db.execute(
        "UPDATE state SET purged_at = ?, hidden_at = NULL WHERE entry_id = ?", (to_seconds(now), entry_id)
    )
    db.execute("DELETE FROM entry WHERE id = ?", (entry_id,))


def compact(db: sqlite3.Connection, pages: int = 2_000) -> int:
    """Give up to ``pages`` free pages back to the file system and return how many are left; a few milliseconds."""
    db.execute(f"PRAGMA incremental_vacuum({int(pages)})").fetchall()
    return int(db.execute("PRAGMA freelist_count").fetchone()[0])


def size(db: sqlite3.Connection) -> Size:
    """Return how large the library is."""
    page_bytes, pages, free = (
        db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_size", "page_count", "freelist_count")
    )
    (articles,) = db.execute("SELECT count(*) FROM entry").fetchone()
    return Size(page_bytes * pages, page_bytes * free, articles)


def tidy(db: sqlite3.Connection, limits: Limits, now: datetime) -> None:
    """Do all of the above and trim the journal: to be called once a day, in idle time."""
    expire(db, limits, now)
    purge(db, now)
    journal.trim(db, now)
    compact(db)
