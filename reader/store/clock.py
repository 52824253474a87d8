"""Instants as the library keeps them, and the row ids that follow them."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from typing import Final

from ..model import EntryId

TICK_SECONDS: Final = 15
"""Spacing of row ids: finer ticks make the full-text index larger (seconds/16 by a quarter), coarser ones collide."""
ORIGIN: Final = 946_684_800
"""2000-01-01 00:00 UTC, where the ticks begin; what is older shares the first ones."""
QUARTER_SECONDS: Final = 900
"""The buckets of ``arrival_count``: every time zone's midnight falls on a quarter of an hour."""

_LATEST: Final = datetime(9999, 12, 30, tzinfo=UTC)
_EARLIEST: Final = datetime(1, 1, 2, tzinfo=UTC)


def to_seconds(instant: datetime) -> int:
    """Return ``instant`` as whole seconds since 1970."""
    return int(min(max(instant, _EARLIEST), _LATEST).timestamp() // 1)


def to_seconds_or_none(instant: datetime | None) -> int | None:
    """Return ``instant`` as whole seconds since 1970, ``None`` for ``None``."""
    return None if instant is None else to_seconds(instant)


def from_seconds(seconds: int) -> datetime:
    """Return the instant, aware and in UTC; what no calendar holds becomes its nearest end."""
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return _LATEST if seconds > 0 else _EARLIEST


def from_seconds_or_none(seconds: int | None) -> datetime | None:
    """Return the instant, ``None`` for ``None``."""
    return None if seconds is None else from_seconds(seconds)


def tick(instant: datetime) -> int:
    """Return the row id that ``instant`` asks for."""
    return max(1, (to_seconds(instant) - ORIGIN) // TICK_SECONDS)


_TAKEN: Final = "SELECT entry_id FROM state WHERE entry_id >= ? ORDER BY entry_id LIMIT ?"
_SHORT_RUN: Final = 32
"""Taken ids in a row that are read at once; most runs are shorter."""


class FreeIds:
    """Hands out row ids: each the first free one from its instant upwards.

    Good for one transaction. It remembers where the runs it walked over end, so that a thousand entries of the
    same second cost a thousand steps, not half a million.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._next: dict[int, int] = {}

    def take(self, published: datetime | None, now: datetime) -> EntryId:
        """Return a free id for an entry; one without a date, or dated ahead of a day from now, counts as of now."""
        wanted = tick(now if published is None or published > now + timedelta(days=1) else published)
        found = self._free(wanted)
        self._next[wanted] = found + 1
        if found != wanted:
            self._next[found] = found + 1
        return EntryId(found)

    def _free(self, wanted: int) -> int:
        path = []
        candidate = wanted
        while True:
            while candidate in self._next:
                path.append(candidate)
                candidate = self._next[candidate]
            free = self._after_run(candidate)
            if free not in self._next:
                break
            candidate = free
        for visited in path:
            self._next[visited] = free + 1
        return free

    def _after_run(self, start: int) -> int:
        """Return the first id from ``start`` that no row of the library has.

        A short run is read, in one question. Runs are long where many sources date by the day: SQLite skips rows at a
        tenth of what reading them costs, so the end of those is looked for by steps that double, and again from the last
        row that was still in the run.
        """
        while True:
            taken = [id_ for (id_,) in self._db.execute(_TAKEN, (start, _SHORT_RUN))]
            end = next((start + n for n, id_ in enumerate(taken) if id_ != start + n), start + len(taken))
            if end < start + _SHORT_RUN:
                return end
            reach = _SHORT_RUN
            while self._is_run(start, reach):
                reach *= 2
            start += reach // 2

    def _is_run(self, start: int, length: int) -> bool:
        """Tell whether the ids from ``start`` to ``start + length`` are all taken."""
        row = self._db.execute(_TAKEN + " OFFSET ?", (start, 1, length)).fetchone()
        return bool(row == (start + length,))
