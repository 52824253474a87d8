"""Pictures in half-blocks: two pixels a cell, one above the other, which every terminal with colours can draw."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from ..records import dataclass
from .flow import Overlay
from .line import Line, Role, Run, line_width
from .pieces import Piece

MOST_ROWS: Final = 24
"""Lines of a picture at most: a terminal's page, so that it is seen as one."""
UPPER_HALF: Final = "▀"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture scaled to be drawn: its pixels from the top left, line by line, in three bytes each."""

    width: int
    height: int
    pixels: bytes


class PicturePiece(Piece):
    """A picture; it has no text, so that finding and copying pass it by."""

    text = ""

    def __init__(self, picture: Picture, width: int, prefix: Line) -> None:
        super().__init__(prefix, prefix)
        self._picture = picture
        room = max(2, width - line_width(prefix))
        fitting = max(1, MOST_ROWS * 2 * picture.width // picture.height)
        self._columns = min(room, picture.width, fitting)
        self._rows = max(1, min(MOST_ROWS, round(self._columns * picture.height / picture.width / 2)))

    @property
    def height(self) -> int:
        """Lines of the picture."""
        return self._rows

    def line(self, index: int, shift: int, overlays: Sequence[Overlay]) -> Line:
        """Return a line: cells of which the upper and the lower half have a colour each."""
        del shift, overlays
        halves = zip(self._pixels(2 * index), self._pixels(2 * index + 1), strict=True)
        runs = ((colours, len(list(same))) for colours, same in groupby(halves))
        drawn = (Run(UPPER_HALF * cells, Role.PICTURE, halves=colours) for colours, cells in runs)
        return (*self.prefix(index), *drawn)

    def _pixels(self, y: int) -> list[int]:
        """Return the colours of a row of half cells."""
        picture, data = self._picture, self._picture.pixels
        row = min(y * picture.height // (2 * self._rows), picture.height - 1) * picture.width
        starts = (3 * (row + x * picture.width // self._columns) for x in range(self._columns))
        return [int.from_bytes(data[start : start + 3], "big") for start in starts]

    def span(self, index: int) -> tuple[int, int]:
        """Return the empty range."""
        del index
        return (0, 0)

    def offset(self, index: int, x: int) -> int:
        """Return the only offset there is."""
        del index, x
        return 0

    def index(self, offset: int) -> int:
        """Return the first line."""
        del offset
        return 0
