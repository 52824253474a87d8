"""All that the sources pane shows, with exact counts, in a few milliseconds at any size of the library."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from ..model import Folder, FolderId, Health, Sources
from . import feeds, tags, views
from .clock import QUARTER_SECONDS, tick, to_seconds


def sources(db: sqlite3.Connection, today_start: datetime) -> Sources:
    """Return sources, folders, tags and views with their counts; ``today_start`` is midnight where the person is."""
    all_feeds = feeds.all_feeds(db)
    starred, later, total = db.execute(
        "SELECT coalesce(sum(starred), 0), coalesce(sum(later), 0), coalesce(sum(total), 0) FROM feed_count"
    ).fetchone()
    (inbox,) = db.execute(
        """
        SELECT coalesce(sum(unread), 0) FROM feed_count JOIN feed ON feed.id = feed_count.feed_id WHERE NOT feed.quiet
        """
    ).fetchone()
    unread_of: dict[str, int] = {}
    for feed in all_feeds:
        names = feed.folder.split("/") if feed.folder else []
        for depth in range(1, len(names) + 1):
            path = "/".join(names[:depth])
            unread_of[path] = unread_of.get(path, 0) + feed.unread
    folders = db.execute("SELECT id, path, position FROM folder ORDER BY position, path COLLATE NOCASE")
    return Sources(
        feeds=all_feeds,
        folders=tuple(
            Folder(FolderId(folder_id), path, unread_of.get(path, 0), position)
            for folder_id, path, position in folders
        ),
        tags=tags.all_tags(db),
        views=views.all_views(db),
        inbox=inbox,
        today=today(db, today_start),
        later=later,
        starred=starred,
        total=total,
        failing=sum(feed.health in (Health.FAILING, Health.GONE) for feed in all_feeds),
    )


def today(db: sqlite3.Connection, today_start: datetime) -> int:
    """Return how many listed unread entries arrived or were published since ``today_start``.

    Arrivals are counted by the quarter of an hour; what arrived before and is dated today is a short walk along the ids.
    """
    start = to_seconds(today_start)
    (arrived,) = db.execute(
        "SELECT coalesce(sum(unread), 0) FROM arrival_count WHERE quarter >= ?", (start // QUARTER_SECONDS,)
    ).fetchone()
    (dated,) = db.execute(
        """
        SELECT count(*) FROM state JOIN entry ON entry.id = state.entry_id
        WHERE state.entry_id >= ? AND state.read_at IS NULL AND state.listed = 1
            AND state.arrived < ? AND entry.published >= ?
        """,
        (tick(today_start), start - start % QUARTER_SECONDS, start),
    ).fetchone()
    return int(arrived + dated)
