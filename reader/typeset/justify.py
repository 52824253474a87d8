"""Lines set to both edges: the spaces between words made wider until the last word ends at the edge of the measure.

Nothing is hyphenated, so a line with few words would be more gap than text: it is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ..document import Mark
from ..records import replace
from .line import Line, Role, Run, line_width

JUSTIFIED: Final = frozenset({Role.TEXT, Role.QUOTE})
"""What is set to both edges: the author's running text, no title, caption or label."""
WIDEST_GAP: Final = 3
"""Cells between two words at most; a line that would need more keeps its ragged end."""

_GAP: Final = re.compile("(?<=[^ ]) (?=[^ ])")
"""A space between two words; what is indented or spaced out by more was meant so."""


def justified(runs: Sequence[Run], room: int, *, from_left: bool) -> Sequence[Run]:
    """Return the runs of a line with its gaps widened to fill ``room`` cells, or as they are where that looks worse.

    The cells that cannot be shared out evenly go to the gaps at one end; ``from_left`` says which, and whoever sets
    a paragraph changes it from line to line, so that no river runs down the page.
    """
    lacking = room - line_width(tuple(runs))
    gaps = _gaps(runs)
    if lacking <= 0 or lacking > len(gaps) * (WIDEST_GAP - 1):
        return runs
    every, more = divmod(lacking, len(gaps))
    wider = [every + (index < more if from_left else index >= len(gaps) - more) for index in range(len(gaps))]
    return _widened(runs, dict(zip(gaps, wider, strict=True)))


def _gaps(runs: Sequence[Run]) -> list[int]:
    """Return which characters of a line are spaces that may be made wider; those in code are as they were typed."""
    text = "".join(("x" * len(run.text) if run.marks & (Mark.CODE | Mark.KBD) else run.text) for run in runs)
    return [match.start() for match in _GAP.finditer(text)]


def _widened(runs: Sequence[Run], by: dict[int, int]) -> Line:
    widened: list[Run] = []
    at = 0
    for run in runs:
        spaces = [(place, " " * cells) for place, cells in by.items() if at <= place < at + len(run.text)]
        text, copied = "", at
        for place, more in spaces:
            text += run.text[copied - at : place - at] + more
            copied = place
        widened.append(replace(run, text=text + run.text[copied - at :]) if spaces else run)
        at += len(run.text)
    return tuple(widened)


def plain_index(plain: Line | Sequence[Run], set_: Line | Sequence[Run], x: int) -> int:
    """Return which character of the line as it was is number ``x`` of the justified one; a wide gap is one space."""
    before = "".join(run.text for run in plain)
    after = "".join(run.text for run in set_)[: max(0, x)]
    place = shown = 0
    while shown < len(after) and place < len(before):
        if before[place] == after[shown]:
            place += 1
        shown += 1
    return place + max(0, x - len(after))
