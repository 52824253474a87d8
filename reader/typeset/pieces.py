"""The pieces an article is cut into: each knows its own lines and sets them when they are asked for.

A piece is laid out (its line breaks found) when its height is first needed, and a line is made of runs when it is
drawn; between the two lies the difference between a page and a book.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property

from .breaking import break_lines, is_right_to_left
from .flow import Flow, Overlay
from .justify import justified, plain_index
from .line import Line, Run, line_text, line_width


class Piece(ABC):
    """A run of lines that belong together: a paragraph, a table, a listing."""

    text: str
    """What the piece says, for finding, selecting and telling positions."""
    asides: tuple[tuple[int, int], ...] = ()
    """The ranges of ``text`` that are not the author's."""

    def __init__(self, first: Line, rest: Line) -> None:
        self.first = first
        """What stands before the first line: indents, a bullet, the bar of a quote."""
        self.rest = rest
        """What stands before each of the others."""
        self.before = 0
        """Blank lines in front."""
        self.gap: Line = ()
        """What stands on the blank lines: the bar of the quote they are in."""

    @property
    @abstractmethod
    def height(self) -> int:
        """Lines of the piece, without the blank ones in front."""

    @abstractmethod
    def line(self, index: int, shift: int, overlays: Sequence[Overlay]) -> Line:
        """Return a line; what is too wide for the page begins ``shift`` cells further on."""

    @abstractmethod
    def span(self, index: int) -> tuple[int, int]:
        """Return the range of ``text`` that a line shows."""

    @abstractmethod
    def offset(self, index: int, x: int) -> int:
        """Return the offset into ``text`` of the character number ``x`` of a line."""

    @abstractmethod
    def index(self, offset: int) -> int:
        """Return the line on which a character of ``text`` stands."""

    def estimate(self) -> int:
        """Return about how many lines the piece has, without laying it out."""
        return self.height

    @property
    def overhang(self) -> int:
        """Cells by which the widest line goes beyond the page."""
        return 0

    def prefix(self, index: int) -> Line:
        """Return what stands before a line."""
        return self.rest if index else self.first


class TextPiece(Piece):
    """Running text in a measure."""

    def __init__(
        self,
        flow: Flow,
        width: int,
        first: Line = (),
        rest: Line = (),
        *,
        centred: bool = False,
        justify: bool = False,
    ) -> None:
        super().__init__(first, rest)
        self.flow = flow
        self.text = flow.text
        self.asides = flow.asides
        self.width = width
        self._centred = centred
        self._justify = justify

    @cached_property
    def _lines(self) -> list[tuple[int, int]]:
        room = max(2, self.width - line_width(self.rest))
        return break_lines(self.text, max(2, self.width - line_width(self.first)), room)

    @cached_property
    def _right_to_left(self) -> bool:
        return is_right_to_left(self.text)

    @property
    def height(self) -> int:
        """Lines of the text."""
        return len(self._lines)

    def estimate(self) -> int:
        """Return the lines if every one were full."""
        return 1 + len(self.text) // max(2, self.width - line_width(self.rest))

    def span(self, index: int) -> tuple[int, int]:
        """Return the range of a line."""
        return self._lines[index]

    def index(self, offset: int) -> int:
        """Return the line of a character."""
        return max(0, bisect_right(self._lines, offset, key=_begin) - 1)

    def line(self, index: int, shift: int, overlays: Sequence[Overlay]) -> Line:
        """Return a line: flush left, right for a script that runs to the left, centred, or set to both edges."""
        del shift
        return (*self._lead(index), *self._runs(index, overlays))

    def offset(self, index: int, x: int) -> int:
        """Return the offset of a character of a line."""
        start, end = self._lines[index]
        x -= len(line_text(self._lead(index)))
        if self._reaches_the_edge(index):
            x = plain_index(self.flow.runs(start, end), self._runs(index), x)
        return self.flow.offset(start, end, x)

    def _runs(self, index: int, overlays: Sequence[Overlay] = ()) -> Sequence[Run]:
        runs = self.flow.runs(*self._lines[index], overlays)
        if not self._reaches_the_edge(index):
            return runs
        room = self.width - line_width(self.prefix(index))
        return justified(runs, room, from_left=index % 2 == 0)

    def _reaches_the_edge(self, index: int) -> bool:
        """Tell whether a line is set to both edges: the last of a paragraph, or before a break that was asked for, is not."""
        if not self._justify or self._centred or self._right_to_left or index + 1 == len(self._lines):
            return False
        return "\n" not in self.text[self._lines[index][1] : self._lines[index + 1][0]]

    def _lead(self, index: int) -> Line:
        prefix = self.prefix(index)
        if not (self._centred or self._right_to_left):
            return prefix
        used = sum(line_width((run,)) for run in self.flow.runs(*self._lines[index]))
        room = max(0, self.width - line_width(prefix) - used)
        space = room // 2 if self._centred else room
        return (*prefix, Run(" " * space)) if space else prefix


class RulePiece(Piece):
    """A line that says nothing: the sign between two parts of a text."""

    text = ""

    def __init__(self, line: Line) -> None:
        super().__init__(line, line)

    @property
    def height(self) -> int:
        """One line."""
        return 1

    def line(self, index: int, shift: int, overlays: Sequence[Overlay]) -> Line:
        """Return the line."""
        del index, shift, overlays
        return self.first

    def span(self, index: int) -> tuple[int, int]:
        """Return the empty range."""
        del index
        return (0, 0)

    def offset(self, index: int, x: int) -> int:
        """Return the only offset there is."""
        del index, x
        return 0

    def index(self, offset: int) -> int:
        """Return the only line there is."""
        del offset
        return 0


def _begin(line: tuple[int, int]) -> int:
    return line[0]
