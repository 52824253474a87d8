"""The statements of a plan, and how they are run: in order, merged, a window at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import islice
from typing import Final

from ..records import dataclass
from .conditions import Values

FIRST_WINDOW: Final = 2_000
LAST_WINDOW: Final = 64_000
"""Entries of the first and of the longest stretch of a windowed search."""
_MAX_ID: Final = 2**62


@dataclass(frozen=True, slots=True)
class Step:
    """One statement that gives row ids in order.

    A windowed one is run again and again for the next stretch of ids, put in place of ``{low}`` and ``{high}``, each twice
    as long as the one before.
    """

    sql: str
    values: Values
    windowed: bool = False

    def ids(self, db: sqlite3.Connection, *, newest: bool) -> Iterator[int]:
        """Yield the ids, the newest or the oldest first."""
        if not self.windowed:
            yield from (row[0] for row in db.execute(self.sql, self.values))
            return
        for low, high in _windows(db, newest=newest):
            sql = self.sql.replace("{low}", str(low)).replace("{high}", str(high))
            yield from (row[0] for row in db.execute(sql, self.values))


@dataclass(frozen=True, slots=True)
class Plan:
    """Statements whose results, merged, are the matches in order; ``cost`` in microseconds."""

    steps: tuple[Step, ...]
    cost: float
    matching: float = 0.0
    """Matches expected in all."""

    def ids(self, db: sqlite3.Connection, limit: int | None, *, newest: bool) -> Iterator[int]:
        """Yield the ids of the matches, the newest or the oldest first, each once."""
        streams = [step.ids(db, newest=newest) for step in self.steps]
        together = streams[0] if len(streams) == 1 else _unique(merge(*streams, reverse=newest))
        return together if limit is None else islice(together, limit)


@dataclass(frozen=True, slots=True)
class Bounds:
    """Row ids between which the matches lie, both included; ``None`` is open."""

    low: int | None = None
    high: int | None = None

    def __bool__(self) -> bool:
        return self.low is not None or self.high is not None

    def sql(self, column: str) -> str:
        """Return the bounds as an expression that begins with AND, or nothing."""
        low = f" AND {column} >= {self.low}" if self.low is not None else ""
        return low + (f" AND {column} <= {self.high}" if self.high is not None else "")


def _windows(db: sqlite3.Connection, *, newest: bool) -> Iterator[tuple[int, int]]:
    """Yield stretches of ids from the newest on (or the oldest), each of twice as many entries as the one before."""
    edge, size = (_MAX_ID if newest else 0), FIRST_WINDOW
    farther = "entry_id < ? ORDER BY entry_id DESC" if newest else "entry_id > ? ORDER BY entry_id"
    while True:
        row = db.execute(
            f"SELECT entry_id FROM state WHERE {farther} LIMIT 1 OFFSET ?", (edge, size)
        ).fetchone()
        last = row[0] if row else (0 if newest else _MAX_ID)
        yield (last, edge - 1) if newest else (edge + 1, last)
        if row is None:
            return
        edge, size = last, min(2 * size, LAST_WINDOW)


def _unique(ids: Iterable[int]) -> Iterator[int]:
    """Yield ids that come in order, each once."""
    last = None
    for id_ in ids:
        if id_ != last:
            yield id_
            last = id_
