"""Typeset lines made into strips: the margin, the colours, what is selected, and the labels of hint mode."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from ..typeset import Line
from ..typeset.cells import cell_width
from .hints import Hint
from .roles import HINT, Palette


def draw(line: Line, palette: Palette, margin: int, width: int) -> Strip:
    """Return a line of the article as a strip ``width`` cells wide, its text ``margin`` cells in."""
    text, style = " " * margin, palette.base
    segments: list[Segment] = []
    for run in line:
        own = palette.style(run)
        if own is style:
            text += run.text  # a segment costs more than a character: neighbours of one style are joined
        else:
            segments.append(Segment(text, style))
            text, style = run.text, own
    segments.append(Segment(text, style))
    return Strip(segments).adjust_cell_length(width, palette.base)


def draw_centred(text: str, palette: Palette, name: str, width: int) -> Strip:
    """Return a line of a component class in the middle of an empty strip."""
    lead = max(0, width - cell_width(text)) // 2
    segments = [Segment(" " * lead, palette.base), Segment(text, palette.component(name))]
    return Strip(segments).adjust_cell_length(width, palette.base)


def with_selection(strip: Strip, start: int, end: int, style: Style) -> Strip:
    """Return a strip with a style over the characters from ``start`` to ``end`` (-1: to its end)."""
    text = strip.text
    left = cell_width(text[:start])
    right = strip.cell_length if end < 0 else cell_width(text[:end])
    if left >= right:
        return strip
    middle = Strip([Segment(part, (own or Style()) + style) for part, own, _ in strip.crop(left, right)])
    return Strip.join([strip.crop(0, left), middle, strip.crop(right, strip.cell_length)])


def with_hints(strip: Strip, hints: Sequence[Hint], margin: int, palette: Palette) -> Strip:
    """Return a strip with labels drawn over the beginnings of their links."""
    style = palette.component(HINT)
    for hint in hints:
        left = margin + hint.x
        label = Strip([Segment(hint.label, style)]).crop(0, strip.cell_length - left)
        strip = Strip.join(
            [strip.crop(0, left), label, strip.crop(left + label.cell_length, strip.cell_length)]
        )
    return strip
