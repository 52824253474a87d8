"""Lines wider than the page: the part that is shown, with a sign at each edge beyond which there is more."""

from __future__ import annotations

from collections.abc import Sequence

from .cells import cell_width, crop
from .line import Role, Run

MORE_LEFT = "‹"
MORE_RIGHT = "›"


def window(runs: Sequence[Run], room: int, shift: int) -> list[Run]:
    """Return the ``room`` cells of a line that begin ``shift`` cells further on."""
    width = sum(cell_width(run.text) for run in runs)
    if width <= room and not shift:
        return list(runs)
    left, right = shift, shift + room
    more_left = shift > 0 and width > 0
    more_right = width > right
    left += more_left
    right -= more_right
    shown: list[Run] = []
    if more_left:
        shown.append(Run(MORE_LEFT, runs[0].role, over=Role.MORE))
    at = 0
    for run in runs:
        cells = cell_width(run.text)
        if at + cells > left and at < right:
            text = crop(run.text, left - at, right - at)
            if text:
                shown.append(Run(text, run.role, run.marks, run.link, run.over))
        at += cells
    if more_right:
        shown.append(Run(MORE_RIGHT, runs[-1].role, over=Role.MORE))
    return shown
