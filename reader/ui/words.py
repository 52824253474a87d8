"""Spans of time, numbers and dates as the screen writes them. Pure."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

WORDS_A_MINUTE: Final = 230
"""Silent reading of English prose: 238 words a minute (Brysbaert 2019), a little less for prose with figures."""


def age(at: datetime, now: datetime) -> str:
    """Return how long ago, in at most four cells: ``now``, ``5m``, ``3h``, ``2d``, ``6w``, ``14M``, ``3y``."""
    seconds = (now - at).total_seconds()
    if seconds < 60:
        return "now"
    for limit, unit, name in (
        (3600, 60, "m"),
        (86_400, 3600, "h"),
        (14 * 86_400, 86_400, "d"),
        (120 * 86_400, 7 * 86_400, "w"),
        (730 * 86_400, 30 * 86_400, "M"),
    ):
        if seconds < limit:
            return f"{int(seconds // unit)}{name}"
    return f"{min(999, int(seconds // (365.25 * 86_400)))}y"


def minutes(words: int) -> int:
    """Return the reading time of so many words, at least one minute; 0 for none."""
    return max(1, round(words / WORDS_A_MINUTE)) if words else 0


def reading_time(words: int) -> str:
    """Return a reading time in at most four cells: ``4′``; nothing when the length is not known."""
    whole = minutes(words)
    return f"{min(whole, 999)}′" if whole else ""


def duration(seconds: float) -> str:
    """Return a span as a person says it: ``40 s``, ``6 min``, ``2 h 10 min``."""
    if seconds < 60:
        return f"{max(1, round(seconds))} s"
    whole = round(seconds / 60)
    if whole < 60:
        return f"{whole} min"
    hours, rest = divmod(whole, 60)
    return f"{hours} h {rest} min" if rest and hours < 10 else f"{hours} h"


def number(value: int) -> str:
    """Return a count with thin groups of thousands: ``12,345``."""
    return f"{value:,}"


def short_number(value: int) -> str:
    """Return a count in at most four cells: ``999``, ``9.9k``, ``120k``, ``1.2M``."""
    if value < 1000:
        return str(value)
    if value < 10_000:
        return f"{int(value / 100) / 10:.1f}k".replace(".0k", "k")
    if value < 1_000_000:
        return f"{value // 1000}k"
    return (
        f"{int(value / 100_000) / 10:.1f}M".replace(".0M", "M")
        if value < 10_000_000
        else f"{value // 1_000_000}M"
    )


def megabytes(size: int) -> str:
    """Return a size in bytes as a person says it: ``0.4 MB``, ``12 MB``, ``1.3 GB``."""
    if size >= 1_000_000_000:
        return f"{size / 1_000_000_000:.1f} GB"
    return f"{size / 1_000_000:.1f} MB" if size < 10_000_000 else f"{round(size / 1_000_000)} MB"


def plural(count: int, one: str, many: str = "") -> str:
    """Return ``1 article`` or ``3 articles``."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def quoted(title: str, limit: int = 48) -> str:
    """Return a title between quotation marks, cut to about ``limit`` characters at a word."""
    if len(title) > limit:
        title = title[:limit].rsplit(" ", 1)[0].rstrip(" ,.;:–—-") + "…"
    return f"“{title}”"


MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def day(at: date, today: date) -> str:
    """Return the heading of a day: Today, Yesterday, the weekday within a week, else the date."""
    days = (today - at).days
    if days <= 0:
        return "Today"
    if days == 1:
        return "Yesterday"
    if days < 7:
        return f"{WEEKDAYS[at.weekday()]}, {at.day} {MONTHS[at.month - 1]}"
    return f"{at.day} {MONTHS[at.month - 1]} {at.year}"


def month(at: date) -> str:
    """Return the heading of a month: ``March 2024``."""
    return f"{MONTHS[at.month - 1]} {at.year}"


def moment(at: datetime, now: datetime) -> str:
    """Return an instant to come as a person says it: ``today 18:00``, ``tomorrow``, ``Friday``, ``3 January``."""
    days = (at.date() - now.date()).days
    if days <= 0:
        return f"today {at:%H:%M}"
    if days == 1:
        return "tomorrow"
    if days < 7:
        return WEEKDAYS[at.weekday()]
    year = f" {at.year}" if at.year != now.year else ""
    return f"{at.day} {MONTHS[at.month - 1]}{year}"


def parse_span(text: str, now: datetime) -> datetime | None:
    """Return the instant a person means by ``3d``, ``1w``, ``2026-12-24``, ``tomorrow`` or ``monday``; None if unclear.

    Days begin at eight in the morning of the clock's own zone, which is when a snoozed article is wanted.
    """
    typed = text.strip().lower()
    morning = now.replace(hour=8, minute=0, second=0, microsecond=0)
    if typed == "tomorrow":
        return morning + timedelta(days=1)
    matches = [
        index for index, name in enumerate(WEEKDAYS) if len(typed) >= 3 and name.lower().startswith(typed)
    ]
    if matches:
        return morning + timedelta(days=(matches[0] - now.weekday() - 1) % 7 + 1)
    if typed[:-1].isascii() and typed[:-1].isdecimal() and len(typed) <= 5:
        return _after(int(typed[:-1]), typed[-1], now, morning)
    try:
        at = datetime.fromisoformat(typed)
    except ValueError:
        return None
    if at.tzinfo is None:
        at = at.replace(tzinfo=now.tzinfo)
    if len(typed) <= 10:
        at = at.replace(hour=8)
    return at if at > now else None


def _after(count: int, unit: str, now: datetime, morning: datetime) -> datetime | None:
    match unit:
        case "h":
            return now + timedelta(hours=count)
        case "d":
            return morning + timedelta(days=count)
        case "w":
            return morning + timedelta(weeks=count)
        case "m":
            return morning + timedelta(days=30 * count)
        case _:
            return None
