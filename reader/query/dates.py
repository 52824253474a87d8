"""Dates as a person writes them in a query, turned into spans of time.

Absolute dates follow ISO 8601 (a year, a month, a day, or a time to the minute or second); relative ones are
``today``, ``yesterday``, a weekday, or a number of hours, days, weeks, months or years ago. Days begin at midnight in
the time zone of ``now``.
"""

from __future__ import annotations

import calendar
import re
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

from ..records import dataclass

_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WORDS: Final = ("today", "yesterday", *(day[:3] for day in _WEEKDAYS))
"""The words that name a day, as completion offers them."""

_AGO = re.compile(r"(\d{1,6})([hdwmy])", re.ASCII)
_ISO = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:t(\d\d):(\d\d)(?::(\d\d))?(z|[+-]\d\d:?\d\d)?)?)?)?", re.ASCII
)
_EARLIEST: Final = datetime(1, 1, 2, tzinfo=UTC)
_LAST_YEAR: Final = 9998


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time: from ``start`` to just before ``end``; an instant when both are the same."""

    start: datetime
    end: datetime


def is_date(text: str) -> bool:
    """Tell whether ``text`` is a date in one of the forms above; no form depends on the time it is read."""
    try:
        span(text, datetime(2000, 1, 3, tzinfo=UTC))
    except ValueError:
        return False
    return True


def is_duration(text: str) -> bool:
    """Tell whether ``text`` is a length of time such as ``7d``."""
    return _AGO.fullmatch(text.lower()) is not None


def span(text: str, now: datetime) -> Span:
    """Return the stretch that ``text`` names, seen from ``now``.

    ``2026-03`` is the whole month, ``today`` the whole day, ``7d`` the instant seven days ago. Raises ``ValueError``
    when it is no date.
    """
    word = text.lower()
    if _AGO.fullmatch(word):
        instant = ago(word, now)
        return Span(instant, instant)
    if word == "today":
        return _day(now)
    if word == "yesterday":
        return _day(now - timedelta(days=1))
    for number, name in enumerate(_WEEKDAYS):
        if word in (name, name[:3]):
            return _day(now - timedelta(days=(now.weekday() - number - 1) % 7 + 1))
    return _iso(word, now.tzinfo or UTC)


def ago(text: str, now: datetime) -> datetime:
    """Return the instant that lies ``text`` (``12h``, ``7d``, ``2w``, ``3m``, ``1y``) before ``now``.

    Months and years are calendar ones: one month before 31 March is the last day of February. What would lie before
    the first year ends there. Raises ``ValueError`` when it is no length of time.
    """
    found = _AGO.fullmatch(text.lower())
    if found is None:
        raise ValueError(text)
    count = int(found[1])
    match found[2]:
        case "m":
            return _months_ago(now, count)
        case "y":
            return _months_ago(now, 12 * count)
        case unit:
            hours = count * {"h": 1, "d": 24, "w": 168}[unit]
    try:
        return now - timedelta(hours=hours)
    except OverflowError:
        return _EARLIEST


def _months_ago(now: datetime, months: int) -> datetime:
    year, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    if year < 1:
        return _EARLIEST
    return now.replace(year=year, month=month + 1, day=min(now.day, calendar.monthrange(year, month + 1)[1]))


def _day(moment: datetime) -> Span:
    start = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return Span(start, start + timedelta(days=1))


def _iso(text: str, zone: tzinfo) -> Span:
    found = _ISO.fullmatch(text)
    if found is None or not 1 < int(found[1]) <= _LAST_YEAR:
        raise ValueError(text)
    year, month, day, hour, minute, second = (int(part) if part else None for part in found.groups()[:6])
    if found[7]:
        zone = UTC if found[7] == "z" else _offset(found[7])
    start = datetime(year or 1, month or 1, day or 1, hour or 0, minute or 0, second or 0, tzinfo=zone)
    if month is None:
        return Span(start, start.replace(year=start.year + 1))
    if day is None:
        return Span(start, start.replace(year=start.year + month // 12, month=month % 12 + 1))
    if hour is None:
        return Span(start, start + timedelta(days=1))
    return Span(start, start + (timedelta(minutes=1) if second is None else timedelta(seconds=1)))


def _offset(text: str) -> tzinfo:
    zone = datetime.strptime(text, "%z").tzinfo
    assert zone is not None
    return zone
