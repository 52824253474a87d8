"""Numbers as a person says them: dates, reading time, sizes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import Final

WORDS_A_MINUTE: Final = 230
"""Silent reading of non-fiction in English: 238 a minute (Brysbaert 2019, a review of 190 studies), rounded down."""

_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_UNITS: Final = ("kB", "MB", "GB", "TB")


def date_in_words(when: datetime, timezone: tzinfo | None = None) -> str:
    """Return a date like ``Tuesday, 24 November 2026``; without a time zone, in the machine's own."""
    local = when.astimezone(timezone)
    return f"{_DAYS[local.weekday()]}, {local.day} {_MONTHS[local.month - 1]} {local.year}"


def reading_minutes(words: int) -> int:
    """Return the minutes a text takes to read, at least one."""
    return max(1, round(words / WORDS_A_MINUTE))


def size_in_words(size: int) -> str:
    """Return bytes like ``640 bytes`` or ``1.4 MB`` (powers of a thousand)."""
    if size < 1000:
        return f"{size} bytes" if size != 1 else "1 byte"
    power = min(len(_UNITS), (len(str(size)) - 1) // 3)
    amount = size / 1000**power
    return f"{amount:.1f} {_UNITS[power - 1]}" if amount < 9.95 else f"{amount:,.0f} {_UNITS[power - 1]}"


def counted(number: int, noun: str) -> str:
    """Return ``1 word``, ``4,000 words``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def joined(names: Sequence[str]) -> str:
    """Return names like ``Ada``, ``Ada and Ben``, ``Ada, Ben and Cleo``."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
