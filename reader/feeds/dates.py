"""Instants as feeds write them: RFC 822, RFC 3339, ISO 8601 and what lies between and beside.

A date that cannot be read for certain is no date: a wrong one sorts an entry out of sight, a missing one only makes it
as old as the moment it was first seen. So there is no guessing from today's date, no unknown time zone read as UTC,
and nothing before 1990 or more than a day ahead is believed (Hugo's zero date is Monday, 1 January 0001).
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from .months import MONTHS

EARLIEST: Final = datetime(1990, 1, 1, tzinfo=UTC)
"""The web's first year."""
MAX_AHEAD: Final = timedelta(days=1)
"""A publisher's clock or time zone may be this far off."""
MAX_LENGTH: Final = 100
"""Characters; nothing longer is a date."""

_HOURS: Final = {
    "ut": 0, "utc": 0, "gmt": 0, "z": 0, "wet": 0, "bst": 1, "west": 1, "cet": 1, "met": 1, "mez": 1, "cest": 2,
    "mest": 2, "mesz": 2, "eet": 2, "sast": 2, "eest": 3, "msk": 3, "gst": 4, "pkt": 5, "ist": 5.5, "wib": 7, "ict": 7,
    "hkt": 8, "sgt": 8, "awst": 8, "jst": 9, "kst": 9, "acst": 9.5, "aest": 10, "acdt": 10.5, "aedt": 11, "nzst": 12,
    "nzdt": 13, "brt": -3, "art": -3, "nst": -3.5, "ndt": -2.5, "at": -4, "ast": -4, "adt": -3, "est": -5, "edt": -4,
    "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "akst": -9, "akdt": -8, "hst": -10,
}  # fmt: skip
"""Hours east of Greenwich by the names RFC 822 has and publishers use in one sense."""
_PLACES: Final = {
    "et": "America/New_York",
    "ct": "America/Chicago",
    "mt": "America/Denver",
    "pt": "America/Los_Angeles",
}
"""Names that mean the local time of a place, summer or winter."""
_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_NAME = r"[^\W\d_]{3,}"
_CLOCK = r"\d{1,2}:\d\d(?::\d\d)?"
_ISO = re.compile(
    r"""(?P<year>\d{4})
        (?: -(?P<month>\d{1,3}) (?: -(?P<day>\d{1,2}) )? | (?P<month2>\d{2})(?P<day2>\d{2}) )?
        (?: (?:\s*T\s*|\s+) (?P<hour>\d{1,2}) (?: :?(?P<minute>\d{2}) (?: :?(?P<second>\d{2}) (?:[.,]\d+)? )? )? )?
        \s* (?P<zone> Z | UTC | GMT | [+-]\d{2}:?\d{2} | [+-]\d{2} )? Z? (?:\s+[+-]\d{4})? (?:\s+[A-Z]{2,5})? $""",
    re.IGNORECASE | re.VERBOSE,
)
_WEEK = re.compile(r"(\d{4})-?W(\d{2})(?:-?(\d))?$", re.IGNORECASE)
_ORDINAL = re.compile(r"(\d{4})-?(\d{3})$")
_DAY_FIRST = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th|er)?\.?(?:\s+de)?[\s-]+"
    rf"(?P<month>{_NAME})\.?,?(?:\s+de)?[\s-]+(?P<year>\d{{4}}|\d\d)(?![\d:])"
)
_MONTH_FIRST = re.compile(
    rf"(?P<month>{_NAME})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+"
    rf"(?:\D{{0,20}}{_CLOCK}\s+(?:[AP]\.?M\.?\s+)?(?:[A-Z]{{1,5}}\s+|[+-]\d{{4}}\s+)?)?(?P<year>\d{{4}})(?!\d)",
    re.IGNORECASE,
)
_YEAR_THEN_NAME = re.compile(
    rf"(?<!\d)(?P<year>\d{{4}})[\s./-]+(?P<month>{_NAME})[\s./-]+(?P<day>\d{{1,2}})(?!\d)"
)
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})(?:[/.-]|년\s*|年)(\d\d?)(?:[/.-]|월\s*|月)(\d\d?)(?!\d)")
_NUMBERS = re.compile(r"(?<![\d/.:])(\d{1,2})([/. -])(\d{1,2})\2(\d{4}|\d\d)(?![\d:])")
_TIME = re.compile(
    r"(?P<before>오전|오후|上午|下午)?\s*(?<!\d)(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?(?:[.,]\d+)?"
    r"(?:\s*(?P<half>[ap])\.?m\b\.?)?",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"(?:(?:GMT|UTC?)\s*)?([+-])(\d\d?):?(\d\d)(?!\d)", re.IGNORECASE)
_PLACE = re.compile(r"\b[A-Z][A-Za-z]{2,20}/[A-Z][A-Za-z_]{2,30}\b")
_ZONE = re.compile(r"\(?([^\W\d_]{1,5})\)?(?![^\W\d_])")


def parse_date(text: str, now: datetime) -> datetime | None:
    """Return the instant ``text`` names, in UTC, if it names one for certain and a believable one."""
    text = text.strip()
    if not text or len(text) > MAX_LENGTH:
        return None
    try:
        by_number = text[:4].isdecimal()
        instant = (by_number and (_epoch(text) or _iso(text))) or _written(text)
    except (ValueError, OverflowError):
        return None
    return instant if instant and EARLIEST <= instant <= now + MAX_AHEAD else None


def _epoch(text: str) -> datetime | None:
    """Read seconds or milliseconds since 1970."""
    if not text.isascii() or not text.isdigit() or not 9 <= len(text) <= 13:
        return None
    number = int(text)
    return datetime.fromtimestamp(number // 1000 if len(text) > 11 else number, UTC)


def _iso(text: str) -> datetime | None:
    """Read ISO 8601 in the forms that feeds use, also cut short to a month or a year."""
    if match := _ORDINAL.match(text):
        start = datetime(int(match[1]), 1, 1, tzinfo=UTC)
        return start + timedelta(days=int(match[2]) - 1) if 1 <= int(match[2]) <= 366 else None
    if match := _WEEK.match(text):
        return datetime.fromisocalendar(int(match[1]), int(match[2]), int(match[3] or 1)).replace(tzinfo=UTC)
    if not (match := _ISO.match(text)):
        return None
    month, day = match["month"] or match["month2"] or "1", match["day"] or match["day2"] or "1"
    if len(month) == 3 and month[0] != "0":  # "2003-012-31" has a nought too many
        return None
    local = _local(int(match["year"]), int(month), int(day), match)
    return local - _iso_offset(match["zone"])


def _local(year: int, month: int, day: int, clock: re.Match[str], half: str = "") -> datetime:
    """Return the wall-clock time in ``clock``, still to be moved by its zone; 24:00 and a leap second are understood."""
    hour = int(clock["hour"] or 0)
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    days = 0
    if hour == 24 and not int(clock["minute"] or 0):
        days, hour = 1, 0
    second = min(int(clock["second"] or 0), 59)
    return datetime(year, month, day, hour, int(clock["minute"] or 0), second, tzinfo=UTC) + timedelta(
        days=days
    )


def _iso_offset(zone: str | None) -> timedelta:
    if not zone or zone.upper() in ("Z", "UTC", "GMT"):
        return timedelta()
    digits = zone[1:].replace(":", "").ljust(4, "0")
    return _signed(zone[0], int(digits[:2]), int(digits[2:]))


def _written(text: str) -> datetime | None:
    """Read a date with month names, or one of numbers whose order is certain, with a time and a zone where given."""
    day_of = _day(text)
    if day_of is None:
        return None
    clock = _TIME.search(text)
    if clock is None:
        return datetime(*day_of, tzinfo=UTC)
    half = (
        clock["half"] or {"오전": "a", "上午": "a", "오후": "p", "下午": "p"}.get(clock["before"] or "", "")
    ).lower()
    local = _local(*day_of, clock, half)
    offset = _zone_offset(text[clock.end() :], local)
    return None if offset is None else local - offset


def _day(text: str) -> tuple[int, int, int] | None:
    """Return year, month and day."""
    for pattern in (_DAY_FIRST, _MONTH_FIRST, _YEAR_THEN_NAME):
        match = pattern.search(text)
        if match and (month := MONTHS.get(match["month"].lower())):
            return _year(match["year"]), month, int(match["day"])
    if match := _YEAR_FIRST.search(text):
        return int(match[1]), int(match[2]), int(match[3])
    if match := _NUMBERS.search(text):
        return _numbers(int(match[1]), match[2], int(match[3]), _year(match[4]), text[:3].lower())
    return None


def _numbers(first: int, sign: str, second: int, year: int, weekday: str) -> tuple[int, int, int] | None:
    """Return year, month and day where the order is certain.

    That is so when points part them (day first), when one number is no month, or when the weekday fits one order only.
    """
    if sign == "." or first > 12 or first == second:
        return year, second, first
    if second > 12:
        return year, first, second
    if weekday in _WEEKDAYS:
        fitting = [
            (year, month, day)
            for month, day in ((first, second), (second, first))
            if date(year, month, day).weekday() == _WEEKDAYS.index(weekday)
        ]
        return fitting[0] if len(fitting) == 1 else None
    return None


def _year(digits: str) -> int:
    """Return the year of four digits, or of two as RFC 2822 section 4.3 reads them."""
    year = int(digits)
    if len(digits) > 2:
        return year
    return year + (2000 if year < 50 else 1900)


def _zone_offset(rest: str, local: datetime) -> timedelta | None:
    """Return the offset named after the time; none for a zone nobody can know, UTC where there is none."""
    if match := _OFFSET.search(rest):
        return _signed(match[1], int(match[2]), int(match[3]))
    if match := _PLACE.search(rest):
        return _offset_of(match[0], local)
    if not (match := _ZONE.search(rest)):
        return timedelta()
    name = match[1].lower()
    if name in _HOURS:
        return timedelta(hours=_HOURS[name])
    if name in _PLACES:
        return _offset_of(_PLACES[name], local)
    return None if match[1].isupper() else timedelta()


def _offset_of(place: str, local: datetime) -> timedelta | None:
    try:
        return local.replace(tzinfo=ZoneInfo(place)).utcoffset()
    except (KeyError, OSError, ValueError):
        return None


def _signed(sign: str, hours: int, minutes: int) -> timedelta:
    offset = timedelta(hours=hours, minutes=minutes)
    if offset > timedelta(hours=15):
        raise ValueError("no place is further from Greenwich")
    return -offset if sign == "-" else offset
