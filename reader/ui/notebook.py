"""The notebook: notes and highlights as lines of a width. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from ..store.highlights import Noted
from .rows import when, wrap

MOST_LINES: Final = 40
"""Lines of one passage or note; the article has the rest."""


class NoteLine(NamedTuple):
    """A line of the notebook."""

    article: int
    """Which of the articles it belongs to."""
    text: str
    role: str


def note_lines(noted: Iterable[Noted], width: int) -> list[NoteLine]:
    """Return the lines: of each article its title and source, its note, its passages each with its note."""
    lines: list[NoteLine] = []
    for index, one in enumerate(noted):
        source = f"{one.row.feed_title} · {when(one.row).astimezone():%d %B %Y}"
        lines.append(NoteLine(index, one.row.title or one.row.link, "title"))
        lines.append(NoteLine(index, source, "meta"))
        lines += _wrapped(index, "¶ ", one.note, width, "later")
        for mark in one.highlights:
            lines += _wrapped(index, "▌ ", mark.quote, width, "lede", "▌ ")
            lines += _wrapped(index, "  ¶ ", mark.note, width, "later")
        lines.append(NoteLine(index, "", ""))
    return lines[:-1]


def _wrapped(index: int, lead: str, text: str, width: int, role: str, rest: str = "") -> list[NoteLine]:
    broken = wrap(text, max(10, width - len(lead)), MOST_LINES)
    leads = [lead, *[rest or " " * len(lead)] * len(broken)]
    return [NoteLine(index, lead_ + line, role) for lead_, line in zip(leads, broken, strict=False)]
