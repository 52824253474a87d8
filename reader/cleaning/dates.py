"""Dates as pages write them, to aware datetimes in UTC.

Machines write ISO 8601 in many dialects, people write in their language. What is ambiguous (``03/04/2019``) is read
only when one of its numbers settles it. A date without a time is noon UTC: the same day for most readers.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import Final

EARLIEST: Final = 1990
"""No article on the web is older; such dates are of the subject, or a zero clock."""

_ISO = re.compile(
    r"(?<!\d)(\d{4})-?(\d{2})-?(\d{2})(?:[T\s_]{1,3}(\d{2}):?(\d{2})(?::?(\d{2}))?(?:[.,]\d{1,9})?\s?(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?"
)
_NUMBERS = re.compile(r"(?<![\d.])(\d{4})[/.年-]\s?(\d{1,2})[/.月-]\s?(\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(r"(?<![\d.])(\d{1,2})([/.-])\s?(\d{1,2})\2\s?(\d{4})(?!\d)")
_WORDS: Final = {
    1: "jan january januar janvier enero gennaio janeiro januari stycznia января",
    2: "feb february februar février fevrier febrero febbraio fevereiro februari lutego февраля",
    3: "mar march märz marz mars marzo março marco maart marca марта",
    4: "apr april avril abril aprile kwietnia апреля",
    5: "may mai mayo maggio maio mei maja мая",
    6: "jun june juni juin junio giugno junho czerwca июня",
    7: "jul july juli juillet julio luglio julho lipca июля",
    8: "aug august août aout agosto augustus sierpnia августа",
    9: "sep sept september septembre septiembre settembre setembro września сентября",
    10: "oct october oktober octobre octubre ottobre outubro października октября",
    11: "nov november novembre noviembre novembro listopada ноября",
    12: "dec december dezember décembre decembre diciembre dicembre dezembro grudnia декабря",
}
_MONTHS: Final = {name: number for number, names in _WORDS.items() for name in names.split()}
_MONTH_NAME: Final = "|".join(sorted(_MONTHS, key=len, reverse=True))
_MONTH_DAY = re.compile(rf"\b({_MONTH_NAME})\b\.?\s(\d{{1,2}})(?:st|nd|rd|th)?,?\s(\d{{4}})\b", re.IGNORECASE)
_DAY_MONTH = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th|\.|er)?\s(?:de\s)?({_MONTH_NAME})\b\.?,?\s(?:de\s)?(\d{{4}})\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\b(\d{1,2}):(\d{2})(?::\d{2})?\s?([ap])?\.?m?\.?\b", re.IGNORECASE)
_EPOCH = re.compile(r"^1\d{9}(?:\d{3})?$")


def read_date(text: str, now: datetime | None = None) -> datetime | None:
    """Return the first date in ``text`` in UTC; ``None`` when there is none, or none that an article can have."""
    text = text.strip()[:200]
    found = _epoch(text) or _iso(text) or _rfc(text) or _in_words(text) or _in_numbers(text)
    if found is None:
        return None
    latest = (now or datetime.now(UTC)) + timedelta(days=2)
    return found if found.year >= EARLIEST and found <= latest else None


def date_in_address(url: str) -> datetime | None:
    """Return the date in an address's path (``/2019/03/04/``); ``None`` when there is none."""
    match = re.search(r"/(\d{4})[/-]?(\d{2})[/-]?(\d{2})(?!\d)", url[:2000])
    return _build(*match.groups()) if match else None


def _build(
    year: str,
    month: str | int,
    day: str,
    hour: str | int | None = None,
    minute: str | None = None,
    second: str | None = None,
) -> datetime | None:
    try:
        return datetime(
            int(year),
            int(month),
            int(day),
            12 if hour is None else int(hour),
            int(minute or 0),
            int(second or 0),
            tzinfo=UTC,
        )
    except ValueError:
        return None


def _epoch(text: str) -> datetime | None:
    return datetime.fromtimestamp(int(text[:10]), UTC) if _EPOCH.match(text) else None


def _iso(text: str) -> datetime | None:
    match = _ISO.search(text)
    if match is None:
        return None
    year, month, day, hour, minute, second, zone = match.groups()
    moment = _build(year, month, day, hour, minute, second)
    if moment is None or not zone or zone in ("Z", "UTC", "GMT"):
        return moment
    offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
    if offset >= timedelta(hours=24):
        return moment
    return moment.replace(tzinfo=timezone(-offset if zone[0] == "-" else offset)).astimezone(UTC)


def _rfc(text: str) -> datetime | None:
    """Return an RFC 5322 date (``Mon, 04 Mar 2019 15:00:00 GMT``)."""
    if not re.match(r"(?:[A-Za-z]{3},\s)?\d{1,2}\s[A-Za-z]{3}\s\d{4}\s\d{1,2}:\d{2}", text):
        return None
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, IndexError, TypeError):
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _in_words(text: str) -> datetime | None:
    if match := _MONTH_DAY.search(text):
        month, day, year = match.groups()
    elif match := _DAY_MONTH.search(text):
        day, month, year = match.groups()
    else:
        return None
    hour, minute = _clock(text[match.end() :]) or _clock(text[: match.start()]) or (None, None)
    return _build(year, _MONTHS[month.lower()], day, hour, minute)


def _in_numbers(text: str) -> datetime | None:
    if match := _NUMBERS.search(text):
        return _build(*match.groups(), *(_clock(text[match.end() :]) or ()))
    if match := _DAY_FIRST.search(text):
        first, separator, second, year = match.groups()
        day_first = int(first) > 12 or separator == "."
        if not day_first and int(second) <= 12 and first != second:
            return None
        day, month = (first, second) if day_first else (second, first)
        return _build(year, month, day)
    return None


def _clock(text: str) -> tuple[str, str] | None:
    match = _CLOCK.search(text[:40])
    if match is None:
        return None
    hour, minute, half = int(match.group(1)), match.group(2), (match.group(3) or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return (str(hour), minute) if hour < 24 and int(minute) < 60 else None
