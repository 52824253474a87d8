"""How a source is doing, in words, marks and small pictures. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final

from ..links import masked
from ..model import Feed, Health, SourceKind
from ..store.statistics import Volume
from . import words

_BARS: Final = "▁▂▃▄▅▆▇█"
_LADDER: Final = tuple(timedelta(hours=hours) for hours in (1, 2, 4, 8, 24, 72, 168))
"""Intervals stepped through by "less often" and "more often"; beyond the first the source decides itself."""
SILENT_WEEKS: Final = 4
"""So many weeks without an entry, after some that had one, are told as silence."""


class Condition(StrEnum):
    """What stands in the list; the first one that is true."""

    GONE = "gone"
    FAILING = "failing"
    MOVED = "moved"
    SILENT = "silent"
    PAUSED = "paused"
    NEW = "not fetched"
    QUIET = "quiet"
    FINE = "fine"


WORRYING: Final = (Condition.GONE, Condition.FAILING)


def condition(feed: Feed, volume: Volume | None) -> Condition:
    """Return how a source is doing."""
    if feed.health is Health.GONE:
        return Condition.GONE
    if feed.health is Health.PAUSED:
        return Condition.PAUSED
    if feed.error or feed.health is Health.FAILING:
        return Condition.FAILING
    if "moved" in feed.decision:
        return Condition.MOVED
    if feed.last_fetch is None:
        return Condition.NEW
    if volume is not None and not any(volume.published[-SILENT_WEEKS:]):
        return Condition.SILENT
    return Condition.QUIET if feed.quiet else Condition.FINE


def in_order(feeds: Sequence[Feed], volumes: dict[int, Volume]) -> list[Feed]:
    """Return the sources that are fetched: those to worry about first, then the least read of what they send."""
    ranks = {each: rank for rank, each in enumerate(Condition)}

    def key(feed: Feed) -> tuple[int, int, str]:
        volume = volumes.get(feed.id)
        state = condition(feed, volume)
        rank = ranks[state] if state not in (Condition.QUIET, Condition.FINE) else len(ranks)
        unread = volume.total - sum(volume.read) if volume is not None else 0
        return rank, -unread, feed.title.casefold()

    return sorted((feed for feed in feeds if feed.kind is not SourceKind.SAVED), key=key)


def sparkline(values: Sequence[int]) -> str:
    """Return a bar for each value, the largest the highest; a value of nothing is a point."""
    most = max(values, default=0)
    return "".join(_BARS[(value * len(_BARS) - 1) // most] if value else "·" for value in values)


def per_week(volume: Volume) -> str:
    """Return the entries of a usual week: a whole number, or one decimal below ten."""
    rate = volume.total / max(1, len(volume.published))
    return words.short_number(round(rate)) if rate >= 10 else f"{rate:.1f}".removesuffix(".0")


def read_share(volume: Volume) -> str:
    """Return the share that was read in percent; nothing where there was nothing to read."""
    return f"{round(100 * volume.read_rate)}%" if volume.total else ""


def next_try(feed: Feed, now: datetime) -> str:
    """Return when a source is asked again: ``in 2h``, ``due``, or nothing when it is not asked at all."""
    if feed.health in (Health.GONE, Health.PAUSED):
        return "–"
    if feed.next_fetch is None or feed.next_fetch <= now:
        return "due"
    return "in " + words.age(now, feed.next_fetch).replace("now", "1m")


def details(feed: Feed, volume: Volume | None, now: datetime) -> tuple[str, str]:
    """Return what there is to say of one source: its trouble or its last fetch; its habits and how it is asked."""
    trouble = feed.decision or "Not fetched yet."
    if feed.health is Health.PAUSED:
        trouble = "Paused: not asked until it is taken up again."
    if feed.error:
        trouble = f"{feed.error} {words.plural(feed.failures, 'failure')} in a row"
        since = (
            f", last fetched {words.age(feed.last_success, now)} ago.".replace("now ago", "just now")
            if feed.last_success
            else ", never fetched."
        )
        trouble += since
    habits = [masked(feed.url)]
    if feed.interval is not None:
        habits.append(f"asked every {words.duration(feed.interval.total_seconds())}")
    if feed.quiet:
        habits.append("quiet")
    if volume is not None and volume.total:
        habits.append(f"{sum(volume.read)} of {volume.total} read in {len(volume.published)} weeks")
    return trouble, " · ".join(habits)


def less_often(interval: timedelta | None) -> timedelta | None:
    """Return the next longer interval; the longest stays."""
    return next((step for step in _LADDER if interval is None or step > interval), _LADDER[-1])


def more_often(interval: timedelta | None) -> timedelta | None:
    """Return the next shorter interval; below the shortest the source decides itself, which is ``None``."""
    if interval is None:
        return None
    if interval > _LADDER[-1]:
        return _LADDER[-1]
    return next((lower for lower, upper in pairwise(_LADDER) if upper >= interval > lower), None)
