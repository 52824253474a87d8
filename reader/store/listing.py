"""Entries as the list shows them: rows for a window of the ids that ``search`` found."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from ..model import EntryId, EntryRow, FeedId
from .clock import from_seconds, from_seconds_or_none
from .values import names_of, verdict_of


def rows(db: sqlite3.Connection, ids: Iterable[EntryId | int]) -> tuple[EntryRow, ...]:
    """Return what the list shows of ``ids``, in their order; those without content are left out."""
    wanted = list(ids)
    cursor = db.cursor()
    cursor.row_factory = sqlite3.Row
    found = cursor.execute(
        """
        SELECT entry.*, state.*, feed.title AS feed_title, CASE WHEN state.tagged THEN (
            SELECT json_group_array(name) FROM (
                SELECT tag.name FROM entry_tag JOIN tag ON tag.id = entry_tag.tag_id
                WHERE entry_tag.entry_id = entry.id ORDER BY tag.folded
            )
        ) END AS tags, EXISTS (SELECT 1 FROM highlight WHERE highlight.entry_id = entry.id) AS highlighted
        FROM json_each(?) AS wanted
        JOIN entry ON entry.id = wanted.value
        JOIN state ON state.entry_id = entry.id
        JOIN feed ON feed.id = entry.feed_id
        """,
        (json.dumps(wanted),),
    )
    by_id = {row["id"]: row for row in found}
    return tuple(_row(by_id[entry_id]) for entry_id in wanted if entry_id in by_id)


def _row(row: sqlite3.Row) -> EntryRow:
    return EntryRow(
        id=EntryId(row["id"]),
        feed_id=FeedId(row["feed_id"]),
        feed_title=row["feed_title"],
        title=row["title"],
        published=from_seconds_or_none(row["published"]),
        added=from_seconds(row["arrived"]),
        link=row["link"],
        author=row["author"],
        lede=row["lede"],
        words=row["words"],
        language=row["language"],
        unread=row["read_at"] is None,
        starred=row["starred_at"] is not None,
        later=row["later_at"] is not None,
        hidden=row["hidden_at"] is not None,
        snoozed_until=from_seconds_or_none(row["snoozed_until"]),
        has_note=bool(row["noted"]),
        has_highlight=bool(row["highlighted"]),
        has_enclosure=row["media"] > 0,
        tags=names_of(row["tags"]),
        verdict=verdict_of(row["verdict"]),
    )
