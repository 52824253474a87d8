"""Whether the library is sound: what ``broadsheet doctor`` asks, and what tests hold every change to."""

from __future__ import annotations

import sqlite3
from typing import Final

_COUNTED: Final = {
    "feed_count": """
        SELECT feed.id, total(s.listed), total(s.listed AND s.read_at IS NULL),
            total(s.listed AND s.starred_at IS NOT NULL), total(s.listed AND s.later_at IS NOT NULL)
        FROM feed LEFT JOIN state AS s ON s.feed_id = feed.id GROUP BY feed.id
        EXCEPT SELECT feed_id, total, unread, starred, later FROM feed_count
    """,
    "tag": """
        SELECT tag.id, total(s.listed), total(s.listed AND s.read_at IS NULL)
        FROM tag LEFT JOIN entry_tag ON entry_tag.tag_id = tag.id
        LEFT JOIN state AS s ON s.entry_id = entry_tag.entry_id
        GROUP BY tag.id
        EXCEPT SELECT id, total, unread FROM tag
    """,
    "arrival_count": """
        SELECT quarter, sum(kept), sum(counted) FROM (
            SELECT quarter, unread AS kept, 0 AS counted FROM arrival_count
            UNION ALL SELECT arrived / 900, 0, 1 FROM state WHERE listed AND read_at IS NULL
        ) GROUP BY quarter HAVING sum(kept) <> sum(counted)
    """,
    "state.tagged": """
        SELECT entry_id, (SELECT count(*) FROM entry_tag WHERE entry_id = state.entry_id) FROM state
        EXCEPT SELECT entry_id, tagged FROM state
    """,
    "state.noted": """
        SELECT entry_id, EXISTS (SELECT 1 FROM note WHERE entry_id = state.entry_id) FROM state
        EXCEPT SELECT entry_id, noted FROM state
    """,
    "entry_tag": """
        SELECT tag_id, entry_id, state.listed, state.listed AND state.read_at IS NULL
        FROM entry_tag JOIN state USING (entry_id)
        EXCEPT SELECT tag_id, entry_id, listed, unread FROM entry_tag
    """,
}
"""For each kept count, SQL that returns the rows that are not what counting gives."""


def sqlite_version(db: sqlite3.Connection) -> str:
    """Return the version of SQLite that reads the library."""
    return str(db.execute("SELECT sqlite_version()").fetchone()[0])


def wrong_counts(db: sqlite3.Connection) -> tuple[str, ...]:
    """Return the kept counts that differ from what counting gives; none, unless a trigger was at fault."""
    return tuple(
        name
        for name, sql in _COUNTED.items()
        if db.execute(f"SELECT 1 FROM ({sql}) LIMIT 1").fetchone()  # noqa: S608
    )


_RECOUNTS: Final = (
    "UPDATE state SET tagged = (SELECT count(*) FROM entry_tag WHERE entry_id = state.entry_id)",
    "UPDATE state SET noted = EXISTS (SELECT 1 FROM note WHERE entry_id = state.entry_id)",
    """
    UPDATE feed_count SET (total, unread, starred, later) = (
        SELECT count(*), count(*) FILTER (WHERE read_at IS NULL), count(starred_at), count(later_at)
        FROM state WHERE state.feed_id = feed_count.feed_id AND listed
    )
    """,
    """
    UPDATE entry_tag SET (listed, unread) = (
        SELECT listed, listed AND read_at IS NULL FROM state WHERE state.entry_id = entry_tag.entry_id
    )
    """,
    # After the rows above, whose trigger counts along.
    """
    UPDATE tag SET (total, unread) = (
        SELECT coalesce(sum(listed), 0), coalesce(sum(unread), 0) FROM entry_tag WHERE tag_id = tag.id
    )
    """,
    "DELETE FROM arrival_count",
    """
    INSERT INTO arrival_count(quarter, unread)
    SELECT arrived / 900, count(*) FROM state WHERE listed AND read_at IS NULL GROUP BY 1
    """,
)


def recount(db: sqlite3.Connection) -> None:
    """Set every kept count to what counting gives."""
    for statement in _RECOUNTS:
        db.execute(statement)


def problems(db: sqlite3.Connection) -> tuple[str, ...]:
    """Return all that is wrong with the library, as sentences. Reads every page: seconds for each gigabyte."""
    found = [
        f"The file is damaged: {problem}."
        for (problem,) in db.execute("PRAGMA integrity_check(20)")
        if problem != "ok"
    ]
    found += [
        f"A row of {table} refers to one of {parent} that is not there."
        for table, _row, parent, _key in db.execute("PRAGMA foreign_key_check").fetchmany(20)
    ]
    found += [f"The counts in {name} are wrong." for name in wrong_counts(db)]
    return tuple(found)
