"""The person's own order of sources and folders."""

from __future__ import annotations

import sqlite3

import pytest

from reader.errors import UsageError
from reader.model import FeedId
from reader.store import feeds, folders, order


def subscribed(db: sqlite3.Connection, *titles: str, folder: str = "") -> list[FeedId]:
    """Subscribe to sources of these titles and return their ids."""
    return [feeds.add_feed(db, f"https://{title}.example/", title, folder=folder) for title in titles]


def titles(db: sqlite3.Connection) -> list[str]:
    """Return the titles of the sources as they are ordered."""
    listed = sorted(feeds.all_feeds(db), key=lambda feed: (feed.position, feed.title.casefold()))
    return [feed.title for feed in listed]


def paths(db: sqlite3.Connection) -> list[str]:
    """Return the folders as they are ordered among their siblings."""
    return [path for (path,) in db.execute("SELECT path FROM folder ORDER BY position, path COLLATE NOCASE")]


def test_a_source_moves_among_those_beside_it_and_the_ends_hold(library: sqlite3.Connection) -> None:
    _, _, c = subscribed(library, "a", "b", "c")

    assert order.shift_feed(library, c, -1)
    assert titles(library) == ["a", "c", "b"]
    assert order.shift_feed(library, c, -5)
    assert titles(library) == ["c", "a", "b"]
    assert not order.shift_feed(library, c, -1)
    assert order.shift_feed(library, c, 2)
    assert titles(library) == ["a", "b", "c"]


def test_sources_of_other_folders_stay_where_they_are(library: sqlite3.Connection) -> None:
    subscribed(library, "a", "b")
    inside = subscribed(library, "x", "y", folder="News")
    order.shift_feed(library, inside[1], -1)

    assert [(feed.title, feed.position) for feed in feeds.all_feeds(library)] == [
        ("a", 0),
        ("b", 0),
        ("x", 2),
        ("y", 1),
    ]


def test_a_folder_moves_among_those_beside_it(library: sqlite3.Connection) -> None:
    for path in ("Art", "News/World", "News/Zoo", "Science"):
        folders.folder_id(library, path)
    order.shift_folder(library, "Science", -2)
    order.shift_folder(library, "News/Zoo", -1)

    assert [path for path in paths(library) if "/" not in path] == ["Science", "Art", "News"]
    assert [path for path in paths(library) if "/" in path] == ["News/Zoo", "News/World"]


def test_what_is_gone_cannot_be_moved(library: sqlite3.Connection) -> None:
    with pytest.raises(UsageError, match="not there"):
        order.shift_folder(library, "Nowhere", 1)
