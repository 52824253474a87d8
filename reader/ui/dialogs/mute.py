"""What of an article to mute, and for how long."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from ...model import EntryRow
from ...query import quote
from .. import words
from ..dialog import Choice, Picker

SPANS: Final = (("a day", 1), ("a week", 7), ("a month", 30), ("a year", 365), ("for ever", 0))


def what_to_mute(row: EntryRow) -> Picker[str]:
    """Return the dialog; its answer is the query that finds what is muted."""
    choices = [Choice(f"Source {row.feed_title}", f"feed:{row.feed_id}")]
    host = urlsplit(row.link).hostname or ""
    if host:
        choices.append(Choice(f"Site {host}", f"site:{quote(host)}"))
    if row.author:
        choices.append(Choice(f"Author {row.author}", f"author:{quote(row.author)}"))

    def free(typed: str) -> Choice[str] | None:
        return Choice(f"Articles with {words.quoted(typed.strip())}", quote(typed.strip()))

    return Picker(
        "Mute",
        choices,
        placeholder="a word, or choose below",
        hint="muted articles are hidden, never deleted · Enter goes on · Esc leaves",
        free=free,
    )


def how_long(query: str) -> Picker[int]:
    """Return the dialog; its answer is the number of days, 0 for ever."""
    return Picker(f"Mute {query} for", [Choice(label, days) for label, days in SPANS])


def until(days: int, now: datetime) -> datetime | None:
    """Return when a mute of so many days ends; None for ever."""
    return now + timedelta(days=days) if days else None
