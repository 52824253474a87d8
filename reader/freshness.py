"""What servers ask for: for how long an answer is fresh, when to come again, when not to come at all.

Headers are taken with their names in lower case. Nonsense is no wish: whatever a header holds, a decision comes out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

LONGEST: Final = timedelta(hours=24)
"""No answer puts a source off for longer: a max-age of sixteen years was seen in the wild."""


def freshness(headers: Mapping[str, str]) -> timedelta:
    """Return how long an answer stays fresh (RFC 9111 section 4.2.1); nothing when it must not be cached."""
    control = headers.get("cache-control", "").lower()
    if re.search(r"\bno-(cache|store)\b", control):
        return timedelta(0)
    age = re.search(r"\bmax-age\s*=\s*\"?(\d{1,12})", control)
    if age:
        return timedelta(seconds=min(int(age.group(1)), 10**9))
    expires, date = http_date(headers.get("expires", "")), http_date(headers.get("date", ""))
    if expires is None or date is None:
        return timedelta(0)
    return max(expires - date, timedelta(0))


def retry_after(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """Return how long a server asks to be left alone, within 1 minute and 24 hours; ``None`` for nonsense.

    Seconds, or a date which is read relative to the server's own clock (RFC 9110 section 10.2.3).
    """
    value = headers.get("retry-after", "").strip()
    if re.fullmatch(r"\d+", value, re.ASCII):
        wait = timedelta(seconds=min(int(value[:12]), 10**9))
    else:
        until = http_date(value)
        if until is None:
            return None
        wait = until - (http_date(headers.get("date", "")) or now)
        if wait <= timedelta(0):
            return None
    return min(max(wait, timedelta(minutes=1)), LONGEST)


def http_date(value: str) -> datetime | None:
    """Return a date of an HTTP header in UTC (RFC 9110 section 5.6.7), or ``None``."""
    from email.utils import parsedate_to_datetime

    try:
        date = parsedate_to_datetime(value.strip()) if len(value) < 100 else None
        return date.replace(tzinfo=date.tzinfo or UTC).astimezone(UTC) if date else None
    except (ValueError, OverflowError, IndexError, TypeError):
        return None


def past_skipped(when: datetime, hours: frozenset[int], days: frozenset[int]) -> datetime:
    """Return ``when``, or the first full hour after it in which the publisher does not mind being asked (GMT)."""
    if len(hours) >= 24 or len(days) >= 7:
        return when  # always is never meant
    while when.hour in hours or when.weekday() in days:
        when = when.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return when
