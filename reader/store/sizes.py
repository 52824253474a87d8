"""How much there is: what a plan needs to know of the library, counted exactly where counters are kept."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Final

from .conditions import NOTHING, All, Any, Condition, Except, Group, Match, Published, Rows, Test, Unread
from .match import Text, estimate
from .steps import Bounds

COUNTED: Final = 4_000
"""Rows counted of a source without counters, 0.2 ms at most; with more it counts as a third of the library."""
UNKNOWN: Final = 0.5
"""The share of rows assumed to pass a check without a source."""


class Sizes:
    """The sizes of a library and of what a query asks of it; each is found out once."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._resolved: dict[Group, tuple[int, ...]] = {}
        self._known: dict[object, int] = {}
        counted = db.execute(
            "SELECT sum(total), sum(unread), sum(starred), sum(later) FROM feed_count"
        ).fetchone()
        self._counters = dict(zip(("total", "unread", "starred", "later"), counted, strict=True))
        self.total: int = self._counters["total"] or 1
        """Listed entries, at least one."""
        self.unread: int = self._counters["unread"] or 0
        self._first: int = db.execute("SELECT coalesce(min(entry_id), 1) FROM state").fetchone()[0]
        self._last: int = db.execute("SELECT coalesce(max(entry_id), 1) FROM state").fetchone()[0]

    def is_nothing(self, part: Condition) -> bool:
        """Tell whether no row can pass: no feed, tag or topic has the name that is asked for."""
        named = isinstance(part, Test) and isinstance(part.source, Group) and not self.ids(part.source)
        return part == NOTHING or named

    def selectivity(self, part: Condition) -> float:
        """Return the share of the library for which a condition is assumed to hold."""
        total = self.total
        match part:
            case Match(text):
                return min(1.0, self.estimated(text) / total)
            case Test(source=Rows() as rows):
                return min(1.0, self.counted(rows) / total)
            case Test(source=Group() as group):
                return min(1.0, self.group_size(group, unread=False) / total)
            case Test(source=Unread()):
                return min(1.0, self.unread / total)
            case Test(sql="state.listed = 1") | Test(source=Published()):
                return 1.0
            case Except(inner):
                return max(0.02, 1.0 - self.selectivity(inner))
            case All(parts):
                share = 1.0
                for inner in parts:
                    share *= self.selectivity(inner)
                return share
            case Any(parts):
                return min(1.0, sum(self.selectivity(inner) for inner in parts))
            case _:
                return UNKNOWN

    def share(self, bounds: Bounds) -> float:
        """Return the share of the library that lies inside the bounds."""
        if not bounds:
            return 1.0
        counted: int = self._db.execute(
            f"SELECT count(*) FROM (SELECT 1 FROM state WHERE 1{bounds.sql('entry_id')} LIMIT {COUNTED})"
        ).fetchone()[0]
        if counted < COUNTED:
            return counted / self.total
        low = max(bounds.low or self._first, self._first)
        high = min(bounds.high or self._last, self._last)
        return max(COUNTED / self.total, (high - low + 1) / (self._last - self._first + 1))

    def estimated(self, text: Text) -> int:
        """Return about how many entries a text matches."""
        if text not in self._known:
            self._known[text] = min(estimate(self._db, text), self.total)
        return self._known[text]

    def counted(self, rows: Rows) -> int:
        """Return how many rows a source has, or a guess when they are many."""
        if rows.counter:
            return self._counters[rows.counter] or 0
        if rows not in self._known:
            sql = f"SELECT count(*) FROM (SELECT 1 FROM ({rows.select}) LIMIT {COUNTED})"
            counted: int = self._db.execute(sql, rows.values).fetchone()[0]
            self._known[rows] = counted if counted < COUNTED else max(COUNTED, self.total // 3)
        return self._known[rows]

    def ids(self, group: Group) -> tuple[int, ...]:
        """Return the feeds, tags or topics that a group names."""
        if group not in self._resolved:
            self._resolved[group] = tuple(row[0] for row in self._db.execute(group.select, group.values))
        return self._resolved[group]

    def group_size(self, group: Group, *, unread: bool) -> int:
        """Return how many entries the feeds, tags or topics of a group have together."""
        key = (group, unread)
        if key not in self._known:
            written, column = listed(self.ids(group)), "unread" if unread else "total"
            if group.kind == "topic":
                sql = f"SELECT count(*) FROM (SELECT 1 FROM entry_topic WHERE topic_id IN ({written}) LIMIT {COUNTED})"
            elif group.kind == "tag":
                sql = f"SELECT coalesce(sum({column}), 0) FROM tag WHERE id IN ({written})"
            else:
                sql = f"SELECT coalesce(sum({column}), 0) FROM feed_count WHERE feed_id IN ({written})"
            self._known[key] = self._db.execute(sql).fetchone()[0]
        return self._known[key]


def listed(ids: Iterable[int]) -> str:
    """Return ids as SQL lists them."""
    return ",".join(map(str, ids))
