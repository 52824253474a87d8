"""What ``identity.plan`` asks of the library, answered from the ``identity`` table of one feed."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, Final

from ..identity import KnownEntry, Planned, Policy
from ..model import EntryId, FeedId
from .clock import from_seconds_or_none, to_seconds_or_none

_BATCH: Final = 500
"""Marks in one question; SQLite's own limit of variables is far above."""


class KnownFeed:
    """The ``identity.Known`` of a stored feed."""

    def __init__(self, db: sqlite3.Connection, feed_id: FeedId) -> None:
        self._db = db
        self._feed_id = feed_id
        (policy,) = db.execute("SELECT policy FROM feed WHERE id = ?", (feed_id,)).fetchone()
        self.policy = Policy(policy)

    def by_keys(self, keys: Collection[bytes]) -> Mapping[bytes, KnownEntry]:
        """Return the entries that have one of these keys, now or as an alias."""
        present = "SELECT key, entry_id, key, link, title, published FROM identity WHERE feed_id = ? AND key IN ({})"
        former = """
            SELECT alias.key, i.entry_id, i.key, i.link, i.title, i.published
            FROM identity_alias AS alias JOIN identity AS i ON i.entry_id = alias.entry_id
            WHERE alias.feed_id = ? AND alias.key IN ({})
        """
        found = {row[0]: _known(*row[1:]) for row in self._ask(former, keys)}
        found.update((row[0], _known(*row[1:])) for row in self._ask(present, keys))
        return found

    def by_links(self, links: Collection[bytes]) -> Iterable[KnownEntry]:
        """Return the entries whose link mark is one of these."""
        # "<> x''" repeats the condition of the partial index, without which SQLite would not use it.
        sql = """
            SELECT entry_id, key, link, title, published FROM identity
            WHERE feed_id = ? AND link IN ({}) AND link <> x''
        """
        return [_known(*row) for row in self._ask(sql, links)]

    def by_titles(self, titles: Collection[bytes]) -> Iterable[KnownEntry]:
        """Return the entries whose title mark is one of these."""
        sql = """
            SELECT entry_id, key, link, title, published FROM identity
            WHERE feed_id = ? AND title IN ({}) AND title <> x''
        """
        return [_known(*row) for row in self._ask(sql, titles)]

    def _ask(self, sql: str, marks: Collection[bytes]) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of ``sql`` for batches of ``marks``, which take the place of ``{}``."""
        rest = iter(marks)
        while batch := list(islice(rest, _BATCH)):
            yield from self._db.execute(sql.format(", ".join("?" * len(batch))), (self._feed_id, *batch))


def _known(entry_id: int, key: bytes, link: bytes, title: bytes, published: int | None) -> KnownEntry:
    return KnownEntry(EntryId(entry_id), key, link, title, from_seconds_or_none(published))


def remember(db: sqlite3.Connection, feed_id: FeedId, entry_id: EntryId, planned: Planned) -> None:
    """Store by what an entry of ``plan`` is known again; its former key becomes an alias."""
    db.execute(
        """
        INSERT INTO identity(entry_id, feed_id, key, link, title, published, content_hash)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT(entry_id) DO UPDATE SET
            key = excluded.key, link = excluded.link, title = excluded.title, published = excluded.published,
            edits = edits + (content_hash <> excluded.content_hash), content_hash = excluded.content_hash
        """,
        (
            entry_id,
            feed_id,
            planned.key,
            planned.link,
            planned.title,
            to_seconds_or_none(planned.entry.published),
            planned.content_hash,
        ),
    )
    db.execute("DELETE FROM identity_alias WHERE feed_id = ? AND key = ?", (feed_id, planned.key))
    if planned.alias is not None:
        db.execute(
            "INSERT OR REPLACE INTO identity_alias(feed_id, key, entry_id) VALUES (?, ?, ?)",
            (feed_id, planned.alias, entry_id),
        )
