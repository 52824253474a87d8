"""What comes in and what becomes of it: by source, by tag and by day.

Volume goes by the week of publication, along the row ids, so that the first fetch of an old source is not one great wave.
"Read" is what was marked read, by whatever hand; the share put off or starred tells more about a source. A few tens of
milliseconds at a million articles: for the reading thread, not for a key.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final

from ..records import dataclass
from .clock import TICK_SECONDS, tick, to_seconds

WEEKS: Final = 12
DAYS: Final = 84
_WEEK_TICKS: Final = 7 * 86_400 // TICK_SECONDS
_DAY_SECONDS: Final = 86_400


@dataclass(frozen=True, slots=True)
class Volume:
    """What a source brought, or a tag holds, week by week; the last week ends now."""

    id: int
    """Of the feed or the tag."""
    name: str
    published: tuple[int, ...]
    read: tuple[int, ...]
    later: tuple[int, ...]
    """Of each week's articles, those on the later list now."""
    starred: tuple[int, ...]

    @property
    def total(self) -> int:
        """Articles in all weeks."""
        return sum(self.published)

    @property
    def read_rate(self) -> float:
        """The share that was read, 0 to 1; 0 of nothing."""
        return _share(self.read, self.total)

    @property
    def later_rate(self) -> float:
        """The share that was put off."""
        return _share(self.later, self.total)

    @property
    def star_rate(self) -> float:
        """The share that was starred."""
        return _share(self.starred, self.total)


@dataclass(frozen=True, slots=True)
class Day:
    """A day where the person is."""

    day: date
    arrived: int
    read: int
    """Articles marked read on that day."""


def by_feed(db: sqlite3.Connection, now: datetime, *, weeks: int = WEEKS) -> tuple[Volume, ...]:
    """Return the volume of each subscribed source, the largest first, idle ones last."""
    return _volumes(
        db.execute("SELECT id, title FROM feed WHERE removed_at IS NULL ORDER BY title COLLATE NOCASE"),
        db.execute(
            """
            SELECT feed_id, (entry_id - :first) / :week, count(*),
                count(read_at), count(later_at), count(starred_at)
            FROM state NOT INDEXED
            WHERE entry_id BETWEEN :first AND :last GROUP BY 1, 2
            """,
            _bounds(now, weeks),
        ),
        weeks,
    )


def by_tag(db: sqlite3.Connection, now: datetime, *, weeks: int = WEEKS) -> tuple[Volume, ...]:
    """Return the volume of each tag, the largest first."""
    return _volumes(
        db.execute("SELECT id, name FROM tag ORDER BY folded"),
        db.execute(
            """
            SELECT entry_tag.tag_id, (state.entry_id - :first) / :week, count(*),
                count(read_at), count(later_at), count(starred_at)
            FROM entry_tag JOIN state ON state.entry_id = entry_tag.entry_id
            WHERE entry_tag.entry_id BETWEEN :first AND :last GROUP BY 1, 2
            """,
            _bounds(now, weeks),
        ),
        weeks,
    )


def by_day(db: sqlite3.Connection, now: datetime, *, days: int = DAYS) -> tuple[Day, ...]:
    """Return what arrived and what was read on each of the last days, the oldest first; days begin at midnight of ``now``'s zone."""
    offset = int((now.utcoffset() or timedelta()).total_seconds())
    today = (to_seconds(now) + offset) // _DAY_SECONDS
    first = today - days + 1
    start = first * _DAY_SECONDS - offset
    counted = {
        column: dict(
            db.execute(
                f"SELECT ({column} + ?) / ?, count(*) FROM state WHERE {column} >= ? GROUP BY 1",  # noqa: S608
                (offset, _DAY_SECONDS, start),
            ).fetchall()
        )
        for column in ("arrived", "read_at")
    }
    return tuple(
        Day(
            date(1970, 1, 1) + timedelta(days=day),
            counted["arrived"].get(day, 0),
            counted["read_at"].get(day, 0),
        )
        for day in range(first, today + 1)
    )


def library_bytes(db: sqlite3.Connection) -> int:
    """Return the size of the library, without what waits in the log beside it."""
    pages, size = (db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    return int(pages) * int(size)


def _bounds(now: datetime, weeks: int) -> dict[str, int]:
    last = tick(now)
    return {"first": last - weeks * _WEEK_TICKS + 1, "last": last, "week": _WEEK_TICKS}


def _volumes(
    names: Iterable[tuple[int, str]], rows: Iterable[tuple[int, int, int, int, int, int]], weeks: int
) -> tuple[Volume, ...]:
    found = {id_: (name, [[0] * weeks for _ in range(4)]) for id_, name in names}
    for id_, week, *counts in rows:
        if id_ in found:
            for series, count in zip(found[id_][1], counts, strict=True):
                series[week] = count
    volumes = (
        Volume(id_, name, *(tuple(series) for series in counted)) for id_, (name, counted) in found.items()
    )
    return tuple(sorted(volumes, key=lambda volume: -volume.total))


def _share(part: Iterable[int], total: int) -> float:
    return sum(part) / total if total else 0.0
