"""Sources: subscribed, edited, due, and what the schedule remembers of each."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, TypedDict, Unpack
from urllib.parse import urlsplit

from ..errors import UsageError
from ..model import Feed, FeedDue, FeedId, FullText, Health, SourceKind
from ..schedule import FetchRecord
from ..text import clean_line
from ..triage import Actor, Step
from . import journal, roster
from .clock import from_seconds, from_seconds_or_none, to_seconds, to_seconds_or_none
from .folders import folder_id
from .roster import all_feeds
from .values import health_of, kind_of

TITLE_LIMIT: Final = 300
SAVED_URL: Final = "broadsheet:saved"
"""The address of the source that holds pages saved one by one."""
NOT_AGAIN_WITHIN: Final = timedelta(minutes=10)
"""Refreshing everything by hand passes over what was asked more recently than this."""
CLOCK_SLACK: Final = timedelta(hours=1)
"""A last fetch further ahead than this was noted by a clock that was wrong: the source is due."""


__all__ = [
    "FeedEdit",
    "add_feed",
    "all_feeds",
    "describe",
    "due",
    "edit_feed",
    "find_feed",
    "get_feed",
    "record",
    "remember_move",
    "remove_feed",
    "restore_feed",
    "saved_pages",
    "unsubscribe",
]


class FeedEdit(TypedDict, total=False):
    """What a person can change about a source."""

    title: str
    """Empty goes back to the feed's own at the next fetch."""
    folder: str
    full_text: FullText
    interval: timedelta | None
    quiet: bool
    keep: int | None
    keep_days: int | None
    pictures: bool | None
    """``None`` goes back to what the settings say."""
    tags: Sequence[str]
    health: Health
    rule: str


# ---------------------------------------------------------------------------------------- asking


def get_feed(db: sqlite3.Connection, feed_id: FeedId) -> Feed:
    """Return a source, subscribed or removed; raise ``UsageError`` when there is none of that number."""
    found = roster.find(db, "WHERE feed.id = ?", (feed_id,))
    if not found:
        raise UsageError(f"There is no source with the number {feed_id}.")
    return found[0]


def find_feed(db: sqlite3.Connection, url: str) -> Feed | None:
    """Return the subscribed source at ``url``, now or under an earlier address."""
    found = _id_of(db, url)
    if found is None:
        return None
    subscribed = roster.find(db, "WHERE feed.id = ? AND removed_at IS NULL", (found,))
    return subscribed[0] if subscribed else None


def due(
    db: sqlite3.Connection, now: datetime, *, ids: Collection[FeedId] | None = None, force: bool = False
) -> tuple[FeedDue, ...]:
    """Return the sources to ask now, the longest overdue first.

    ``ids`` restricts to these; ``force`` ignores the time that was set for the next fetch. What a host's Retry-After
    forbids is never returned; gone and paused sources only when asked for by id.
    """
    at = to_seconds(now)
    conditions = ["removed_at IS NULL", "kind <> 'saved'", "coalesce(held_until, 0) <= :now"]
    if not force:
        conditions.append("(coalesce(next_fetch, 0) <= :now OR last_fetch > :slack)")
    if ids is None:
        conditions.append("health NOT IN ('gone', 'paused')")
        if force:
            conditions.append("(last_fetch IS NULL OR last_fetch <= :recent OR last_fetch > :now)")
    else:
        conditions.append("id IN (SELECT value FROM json_each(:ids))")
    rows = _rows(
        db,
        f"SELECT * FROM feed WHERE {' AND '.join(conditions)} ORDER BY coalesce(next_fetch, 0), id",  # noqa: S608
        {
            "now": at,
            "slack": at + CLOCK_SLACK.total_seconds(),
            "recent": at - NOT_AGAIN_WITHIN.total_seconds(),
            "ids": json.dumps(list(ids or ())),
        },
    )
    return tuple(_due(row) for row in rows)


# ---------------------------------------------------------------------------------------- changing


def add_feed(
    db: sqlite3.Connection,
    url: str,
    title: str,
    *,
    folder: str = "",
    site_url: str = "",
    kind: SourceKind = SourceKind.FEED,
    private_host: bool = False,
    rule: str = "",
    tags: Sequence[str] = (),
    now: datetime | None = None,
) -> FeedId:
    """Subscribe to ``url`` and return its id; what is known by that address already is returned as it is.

    A source that was removed comes back with all its articles and what was done to them.
    """
    found = _id_of(db, url)
    if found is not None:
        restore_feed(db, found)
        return found
    cursor = db.execute(
        """
        INSERT INTO feed(url, title, site_url, kind, private_host, rule, tags, added, folder_id)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        (
            url,
            clean_line(title, limit=TITLE_LIMIT) or _host(url),
            site_url,
            kind,
            private_host,
            rule,
            json.dumps(list(tags)),
            to_seconds(now or datetime.now(UTC)),
            folder_id(db, folder),
        ),
    )
    return FeedId(cursor.lastrowid or 0)


def saved_pages(db: sqlite3.Connection, now: datetime) -> FeedId:
    """Return the source that holds pages saved one by one, made when it does not exist."""
    return add_feed(db, SAVED_URL, "Saved pages", kind=SourceKind.SAVED, now=now)


def edit_feed(db: sqlite3.Connection, feed_id: FeedId, **what: Unpack[FeedEdit]) -> None:
    """Change what is given and leave the rest."""
    values: dict[str, object] = {}
    for name in ("quiet", "keep", "keep_days", "pictures", "health", "rule", "full_text"):
        if name in what:
            values[name] = what[name]
    if "title" in what:
        title = clean_line(what["title"], limit=TITLE_LIMIT)
        values["named"] = bool(title)
        values["title"] = title or _host(get_feed(db, feed_id).url)
    if "folder" in what:
        values["folder_id"] = folder_id(db, what["folder"])
    if "interval" in what:
        values["interval_seconds"] = int(what["interval"].total_seconds()) if what["interval"] else None
    if "tags" in what:
        values["tags"] = json.dumps(list(what["tags"]))
    for column, value in values.items():
        db.execute(f"UPDATE feed SET {column} = ? WHERE id = ?", (value, feed_id))  # noqa: S608 - our own names
    if "full_text" in what:
        _want_pages(db, feed_id, what["full_text"])


def describe(
    db: sqlite3.Connection,
    feed_id: FeedId,
    *,
    title: str,
    site_url: str,
    description: str,
    language: str,
    icon_url: str,
) -> None:
    """Note what a feed says of itself; the person's own name for it stays."""
    db.execute(
        """
        UPDATE feed SET
            title = CASE WHEN named OR :title = '' THEN title ELSE :title END,
            site_url = CASE WHEN :site_url = '' THEN site_url ELSE :site_url END,
            description = :description, language = :language, icon_url = :icon_url
        WHERE id = :id AND kind <> 'saved'
        """,
        {
            "id": feed_id,
            "title": clean_line(title, limit=TITLE_LIMIT),
            "site_url": site_url,
            "description": description,
            "language": language,
            "icon_url": icon_url,
        },
    )


def remove_feed(
    db: sqlite3.Connection,
    feed_id: FeedId,
    *,
    actor: Actor = Actor.WINDOW,
    session: str = "",
    now: datetime | None = None,
) -> Step | None:
    """Unsubscribe from a source as a step that can be undone; ``None`` when it was removed already."""
    now = now or datetime.now(UTC)
    title = get_feed(db, feed_id).title
    if not unsubscribe(db, feed_id, now):
        return None
    label = f"Removed {title}"
    step_id = journal.open_step(db, label=label, actor=actor, session=session, now=now, removed_feed=feed_id)
    return journal.load_step(db, step_id)


def unsubscribe(db: sqlite3.Connection, feed_id: FeedId, now: datetime) -> bool:
    """Remove a source; its articles go out of sight but for starred, later, tagged and noted ones.

    Nothing is deleted. Returns whether it was subscribed. ``remove_feed`` does this as an undoable step.
    """
    removed = db.execute(
        "UPDATE feed SET removed_at = ? WHERE id = ? AND removed_at IS NULL", (to_seconds(now), feed_id)
    ).rowcount
    if removed:
        db.execute(
            """
            UPDATE state SET absent = 1
            WHERE feed_id = ? AND absent = 0
                AND starred_at IS NULL AND later_at IS NULL AND tagged = 0 AND noted = 0
            """,
            (feed_id,),
        )
    return removed > 0


def restore_feed(db: sqlite3.Connection, feed_id: FeedId) -> bool:
    """Subscribe again to a removed source and show its articles; return whether it was removed."""
    restored = db.execute(
        "UPDATE feed SET removed_at = NULL WHERE id = ? AND removed_at NOT NULL", (feed_id,)
    ).rowcount
    if restored:
        db.execute("UPDATE state SET absent = 0 WHERE feed_id = ? AND absent = 1", (feed_id,))
    return restored > 0


def record(db: sqlite3.Connection, outcome: FetchRecord) -> None:
    """Store what was decided after a fetch; a confirmed new address makes the old one an alias."""
    db.execute(
        """
        UPDATE feed SET
            next_fetch = ?, health = ?, failures = ?, error = ?, decision = ?, etag = ?, last_modified = ?,
            validators_at = ?, body_hash = ?, last_fetch = ?, last_success = ?, last_new = ?, moved_to = ?, moved_at = ?,
            gone_at = ?, held_until = ?
        WHERE id = ?
        """,
        (
            to_seconds(outcome.next_fetch),
            outcome.health,
            outcome.failures,
            outcome.error,
            outcome.decision,
            outcome.etag,
            outcome.last_modified,
            to_seconds_or_none(outcome.validators_at),
            outcome.body_hash,
            to_seconds_or_none(outcome.last_fetch),
            to_seconds_or_none(outcome.last_success),
            to_seconds_or_none(outcome.last_new),
            outcome.moved_to,
            to_seconds_or_none(outcome.moved_at),
            to_seconds_or_none(outcome.gone_at),
            to_seconds_or_none(outcome.held_until),
            outcome.feed_id,
        ),
    )
    if outcome.url:
        remember_move(db, outcome.feed_id, outcome.url)


def remember_move(db: sqlite3.Connection, feed_id: FeedId, url: str) -> bool:
    """Give a source a new address and keep the old as an alias; return whether that was possible.

    It is not when another source has that address: both stay as they are, and nothing of either is lost.
    """
    holder = _id_of(db, url)
    if holder is not None and holder != feed_id:
        return False
    db.execute(
        "INSERT OR REPLACE INTO feed_alias(url, feed_id) SELECT url, id FROM feed WHERE id = ?", (feed_id,)
    )
    db.execute("DELETE FROM feed_alias WHERE url = ?", (url,))
    db.execute("UPDATE feed SET url = ? WHERE id = ?", (url, feed_id))
    return True


# ---------------------------------------------------------------------------------------- rows


def _rows(db: sqlite3.Connection, sql: str, parameters: object = ()) -> list[sqlite3.Row]:
    cursor = db.cursor()
    cursor.row_factory = sqlite3.Row
    return cursor.execute(sql, parameters).fetchall()  # type: ignore[arg-type]


def _id_of(db: sqlite3.Connection, url: str) -> FeedId | None:
    found = db.execute(
        "SELECT id FROM feed WHERE url = :url UNION ALL SELECT feed_id FROM feed_alias WHERE url = :url",
        {"url": url},
    ).fetchone()
    return FeedId(found[0]) if found else None


def _want_pages(db: sqlite3.Connection, feed_id: FeedId, policy: FullText) -> None:
    """Want the pages that ``policy`` asks for of entries whose page was not tried yet, and no others."""
    db.execute(
        """
        UPDATE entry SET page = CASE
            WHEN link LIKE 'http%' AND (:policy = 'page' OR :policy = 'auto' AND teaser) THEN 'wanted' ELSE '' END
        WHERE feed_id = :feed AND page IN ('', 'wanted')
        """,
        {"feed": feed_id, "policy": policy},
    )


def _due(row: sqlite3.Row) -> FeedDue:
    return FeedDue(
        feed_id=FeedId(row["id"]),
        url=row["url"],
        title=row["title"],
        kind=kind_of(row["kind"]),
        etag=row["etag"],
        last_modified=row["last_modified"],
        body_hash=row["body_hash"],
        failed_last_time=row["failures"] > 0,
        private_host=bool(row["private_host"]),
        rule=row["rule"],
        interval=_interval(row["interval_seconds"]),
        health=health_of(row["health"]),
        error=row["error"],
        failures=row["failures"],
        added=from_seconds(row["added"]),
        last_fetch=from_seconds_or_none(row["last_fetch"]),
        last_success=from_seconds_or_none(row["last_success"]),
        last_new=from_seconds_or_none(row["last_new"]),
        validators_at=from_seconds_or_none(row["validators_at"]),
        moved_to=row["moved_to"],
        moved_at=from_seconds_or_none(row["moved_at"]),
        gone_at=from_seconds_or_none(row["gone_at"]),
    )


def _interval(seconds: int | None) -> timedelta | None:
    return None if seconds is None else timedelta(seconds=seconds)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or url
    except ValueError:
        return url
