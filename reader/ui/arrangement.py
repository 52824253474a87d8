"""Which panes stand where, for a size of the terminal. Pure."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from ..actions import Context
from ..records import dataclass

SMALLEST: Final = (40, 10)
"""Columns and rows below which nothing useful fits."""
FOOTER_FROM: Final = 14
"""Rows from which the footer is shown."""


class Shape(StrEnum):
    """How the panes share the screen."""

    TINY = "tiny"
    """Too small for anything but saying so."""
    NARROW = "narrow"
    """One pane at a time."""
    STACKED = "stacked"
    """The list above the article."""
    SIDE = "side"
    """The list beside the article."""
    WIDE = "wide"
    """Sources, list, article."""


def shape(width: int, height: int) -> Shape:
    """Return how the panes share a terminal of this size."""
    if width < SMALLEST[0] or height < SMALLEST[1]:
        return Shape.TINY
    for least, shape_ in ((120, Shape.WIDE), (100, Shape.SIDE), (80, Shape.STACKED)):
        if width >= least:
            return shape_
    return Shape.NARROW


@dataclass(frozen=True, slots=True)
class Shown:
    """Which panes are shown."""

    sources: bool
    entries: bool
    article: bool


def shown(shape_: Shape, focus: Context, *, zen: bool = False) -> Shown:
    """Return which panes a shape shows while the keys go to one of them; zen shows the article alone."""
    if zen and focus is Context.ARTICLE:
        return Shown(sources=False, entries=False, article=True)
    if shape_ in (Shape.NARROW, Shape.TINY):
        return Shown(focus is Context.SOURCES, focus is Context.ENTRIES, focus is Context.ARTICLE)
    return Shown(shape_ is Shape.WIDE or focus is Context.SOURCES, entries=True, article=True)


@dataclass(frozen=True, slots=True)
class Dividers:
    """How far a person has moved the dividers from where they usually stand."""

    sources: int = 0
    """Columns to the right, of what stands right of the sources."""
    entries: int = 0
    """Columns to the right, of what stands between list and article."""
    stacked: int = 0
    """Hundredths of the height downwards, of what stands between list and article in the stacked shape."""


USUAL: Final = Dividers()
LEAST: Final = {"sources": 16, "entries": 24, "article": 30}
"""Columns below which no pane is made by moving a divider."""


def widths(width: int, shape_: Shape, dividers: Dividers = USUAL) -> tuple[int, int]:
    """Return the columns of the sources and of the list; the article takes the rest.

    The list gets two fifths of what the sources leave, the article enough for its measure before the list grows.
    """
    sources = max(22, min(32, width // 5)) if shape_ is Shape.WIDE else 28
    if dividers.sources:
        most = width - LEAST["article"] - (LEAST["entries"] if shape_ is Shape.WIDE else 0)
        sources = max(LEAST["sources"], min(sources + dividers.sources, most))
    rest = width - (sources if shape_ is Shape.WIDE else 0)
    entries = _usual_list(rest)
    if dividers != USUAL:
        entries = max(LEAST["entries"], min(entries + dividers.entries, rest - LEAST["article"]))
    return sources, entries


def _usual_list(rest: int) -> int:
    """Return the columns of the list, of what the sources leave, when nobody has moved the divider."""
    return max(36, min(96, rest * 2 // 5, max(rest - 92, rest * 2 // 5)), rest - 104)


def list_share(dividers: Dividers) -> int:
    """Return how many hundredths of the height the list has above the article."""
    return max(16, min(40 + dividers.stacked, 84))


def possible(wished: Dividers, width: int, shape_: Shape) -> Dividers:
    """Return the dividers as near to what is wished as a terminal of this width lets them stand.

    So that a key pressed once too often need not be pressed back.
    """
    sources, entries = widths(width, shape_, wished)
    usual_list = _usual_list(width - (sources if shape_ is Shape.WIDE else 0))
    return Dividers(
        sources - widths(width, shape_)[0] if wished.sources else 0,
        entries - usual_list if wished.entries else 0,
        list_share(wished) - list_share(USUAL),
    )
