"""Until when an article should be out of sight."""

from __future__ import annotations

from datetime import datetime

from .. import words
from ..dialog import Choice, Picker

PRESETS = ("3h", "tomorrow", "2d", "monday", "1w", "2w", "1m")


def snooze_picker(now: datetime) -> Picker[str]:
    """Return the dialog; its answer is a span that ``words.parse_span`` reads."""
    choices = [
        Choice(span, span, note=_when(at, now))
        for span in PRESETS
        if (at := words.parse_span(span, now)) is not None
    ]

    def free(typed: str) -> Choice[str] | None:
        at = words.parse_span(typed, now)
        return Choice(typed.strip(), typed, note=_when(at, now)) if at is not None else None

    return Picker(
        "Snooze until",
        choices,
        placeholder="3d, 2w, friday, 2027-01-15",
        hint="back on top of the inbox then · Enter accepts · Esc leaves",
        free=free,
        empty="Not a time to come: try 3d, 2w, friday or 2027-01-15.",
    )


def _when(at: datetime, now: datetime) -> str:
    same_day = at.date() == now.date()
    return (
        f"{at:%H:%M}"
        if same_day
        else f"{words.WEEKDAYS[at.weekday()]}, {at.day} {words.MONTHS[at.month - 1]}, {at:%H:%M}"
    )
