"""Tables: columns fitted into the page, long cells wrapped, and sideways scrolling for what fits in no way."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import Final

from ..document import Table
from ..records import dataclass
from .breaking import break_lines
from .cells import cell_width
from .flow import Flow, Links, Overlay, make_flow, within
from .line import Line, Role, Run, line_width
from .pieces import Piece
from .sideways import window

GUTTER: Final = " │ "
MAX_WORD: Final = 14
"""A longer word is broken before a table is made wider than the page for it."""
SCROLLED: Final = 28
"""Cells of a column at most in a table that has to be scrolled anyway."""
MAX_SPAN: Final = 20
"""Columns a cell may span; a table that asks for more wants to be large, not read."""
MAX_SPANNING: Final = 100
"""The column from which on no cell spans others."""

_NUMBER: Final = re.compile(
    r"[^\w\s]{0,3}\d[\d.,\s'’]*\s?(?:%|[^\W\d_]{0,3}|[$€£¥]|°[CF]?)|[-–—]|n/?a|", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Box:
    """A cell in its place."""

    flow: Flow
    column: int
    columns: int
    base: int
    """Where its text begins in the table's."""


class TablePiece(Piece):
    """A data table."""

    def __init__(self, table: Table, width: int, first: Line, rest: Line, links: Links) -> None:
        super().__init__(first, rest)
        self._room = max(2, width - line_width(rest))
        self._boxes, self._columns = _place(table, links)
        self._headers = _header_rows(table)
        texts = ["\t".join(box.flow.text for box in row) for row in self._boxes]
        self.text = "\n".join(texts)
        self.asides = tuple(
            (box.base + start, box.base + end)
            for row in self._boxes
            for box in row
            for start, end in box.flow.asides
        )
        self._starts = [0]
        for text in texts[:-1]:
            self._starts.append(self._starts[-1] + len(text) + 1)

    # -- layout

    @cached_property
    def _needs(self) -> tuple[list[int], list[int]]:
        """The least and the most cells each column has use for."""
        least, most = [1] * self._columns, [1] * self._columns
        for row in self._boxes:
            for box in row:
                if box.columns == 1:
                    low, high = _need(box.flow.text)
                    least[box.column] = max(least[box.column], low)
                    most[box.column] = max(most[box.column], high)
        for box in (box for row in self._boxes for box in row if box.columns > 1):
            low, _ = _need(box.flow.text)  # a cell over several columns is wrapped rather than widening them
            last = box.column + box.columns - 1
            room = sum(least[box.column : last + 1]) + len(GUTTER) * (box.columns - 1)
            least[last] += max(0, low - room)
            most[last] = max(most[last], least[last])
        return least, most

    @cached_property
    def _widths(self) -> list[int]:
        least, most = self._needs
        return fit(least, most, self._room - len(GUTTER) * (self._columns - 1))

    @cached_property
    def _right(self) -> list[bool]:
        """Which columns hold numbers, and are set flush right."""
        right = [True] * self._columns
        seen = [False] * self._columns
        for row in self._boxes[self._headers :]:
            for box in row:
                if box.columns == 1 and right[box.column]:
                    right[box.column] = _NUMBER.fullmatch(box.flow.text.strip()) is not None
                    seen[box.column] = seen[box.column] or bool(box.flow.text.strip())
        return [number and used for number, used in zip(right, seen, strict=True)]

    @cached_property
    def _broken(self) -> list[list[list[tuple[int, int]]]]:
        """The lines of each cell of each row."""
        return [[self._break(box) for box in row] for row in self._boxes]

    def _break(self, box: _Box) -> list[tuple[int, int]]:
        width = self._width(box)
        return break_lines(box.flow.text, width, width)

    @cached_property
    def _tops(self) -> list[int]:
        """The line on which each row begins, rules counted; one more entry for the end.

        There is a rule under the headers, and between two rows of which one takes several lines.
        """
        heights = [max((len(lines) for lines in row), default=1) for row in self._broken]
        tops, at = [0], 0
        for row, (height, following) in enumerate(pairwise([*heights, 0])):
            tall = row >= self._headers and following and max(height, following) > 1
            at += height + (tall or (row + 1 == self._headers and following > 0))
            tops.append(at)
        return tops

    def _width(self, box: _Box) -> int:
        widths = self._widths[box.column : box.column + box.columns]
        return sum(widths) + len(GUTTER) * (len(widths) - 1)

    @cached_property
    def overhang(self) -> int:
        """Cells by which the table goes beyond the page."""
        return max(0, sum(self._widths) + len(GUTTER) * (self._columns - 1) - self._room)

    # -- lines

    @property
    def height(self) -> int:
        """Lines of the table, rules counted."""
        return self._tops[-1]

    def estimate(self) -> int:
        """Return the lines if no cell were wrapped."""
        return len(self._boxes) + 1

    def _at(self, index: int) -> tuple[int, int]:
        """Return the row a line belongs to, and which of its lines it is."""
        row = bisect_right(self._tops, index) - 1
        return row, index - self._tops[row]

    def line(self, index: int, shift: int, overlays: Sequence[Overlay]) -> Line:
        """Return a line of cells, or a rule."""
        row, number = self._at(index)
        parts = self._parts(row, number, within(overlays, *self._row_span(row)))
        runs = [run for _, part in parts for run in part] if parts else self._rule(row)
        return (*self.prefix(index), *window(runs, self._room, min(shift, self.overhang)))

    def _parts(
        self, row: int, number: int, overlays: Sequence[Overlay]
    ) -> list[tuple[_Box | None, list[Run]]]:
        """Return the line ``number`` of a row, cell by cell with what is between them; empty for a rule."""
        broken = self._broken[row]
        if number >= max((len(lines) for lines in broken), default=1):
            return []
        parts: list[tuple[_Box | None, list[Run]]] = []
        column = 0
        role = Role.TABLE_HEADER if row < self._headers else Role.TABLE
        for box, lines in zip(self._boxes[row], broken, strict=True):
            parts.extend(self._blank(column, box.column))
            if box.column:
                parts.append((None, [Run(GUTTER, Role.TABLE_RULE)]))
            inner = [(start - box.base, end - box.base, over) for start, end, over in overlays]
            runs = box.flow.runs(*lines[number], inner) if number < len(lines) else []
            space = Run(" " * (self._width(box) - sum(cell_width(run.text) for run in runs)), role)
            if space.text:
                runs = [space, *runs] if self._right[box.column] and box.columns == 1 else [*runs, space]
            parts.append((box, runs))
            column = box.column + box.columns
        parts.extend(self._blank(column, self._columns))
        return parts

    def _blank(self, column: int, stop: int) -> list[tuple[_Box | None, list[Run]]]:
        """Return empty cells for the columns that a cell of a row above reaches into, or that the row lacks."""
        blanks: list[tuple[_Box | None, list[Run]]] = []
        for at in range(column, stop):
            runs = [Run(GUTTER, Role.TABLE_RULE)] if at else []
            blanks.append((None, [*runs, Run(" " * self._widths[at], Role.TABLE)]))
        return blanks

    def _rule(self, row: int) -> list[Run]:
        sign = "━" if row + 1 == self._headers else "─"
        cross = "┿" if row + 1 == self._headers else "┼"
        return [Run(f"{sign}{cross}{sign}".join(sign * width for width in self._widths), Role.TABLE_RULE)]

    # -- places

    def span(self, index: int) -> tuple[int, int]:
        """Return the range of the row a line belongs to."""
        row, _ = self._at(index)
        return self._row_span(row)

    def _row_span(self, row: int) -> tuple[int, int]:
        end = self._starts[row + 1] - 1 if row + 1 < len(self._starts) else len(self.text)
        return self._starts[row], end

    def offset(self, index: int, x: int) -> int:
        """Return the offset of the character of a line of cells; the row's end for a rule."""
        row, number = self._at(index)
        at = sum(len(run.text) for run in self.prefix(index))
        found = self._row_span(row)[0]
        for (box, runs), lines in self._with_lines(row, number):
            length = sum(len(run.text) for run in runs)
            if box is not None and number < len(lines):
                start, end = lines[number]
                lead = (
                    len(runs[0].text) if runs and self._right[box.column] and not runs[0].text.strip() else 0
                )
                found = box.base + box.flow.offset(start, end, max(0, x - at - lead))
            if at + length > x:
                break
            at += length
        return found

    def _with_lines(
        self, row: int, number: int
    ) -> list[tuple[tuple[_Box | None, list[Run]], list[tuple[int, int]]]]:
        lines = {id(box): broken for box, broken in zip(self._boxes[row], self._broken[row], strict=True)}
        return [(part, lines.get(id(part[0]), [])) for part in self._parts(row, number, ())]

    def index(self, offset: int) -> int:
        """Return the line of a character."""
        row = max(0, bisect_right(self._starts, offset) - 1)
        for box, lines in zip(self._boxes[row], self._broken[row], strict=True):
            if box.base <= offset <= box.base + len(box.flow.text):
                inner = bisect_right(lines, offset - box.base, key=lambda line: line[0]) - 1
                return self._tops[row] + max(0, inner)
        return self._tops[row]


def fit(least: Sequence[int], most: Sequence[int], room: int) -> list[int]:
    """Return the width of each column: as wide as it has use for, else all that need more share alike.

    When even the least is too much the table goes beyond the page, and then it may as well be read in comfort.
    """
    if sum(most) <= room:
        return list(most)
    if sum(least) >= room:
        return [max(small, min(large, SCROLLED)) for small, large in zip(least, most, strict=True)]
    low, high = 1, room
    while low < high:
        level = (low + high + 1) // 2
        taken = sum(max(small, min(large, level)) for small, large in zip(least, most, strict=True))
        low, high = (level, high) if taken <= room else (low, level - 1)
    widths = [max(small, min(large, low)) for small, large in zip(least, most, strict=True)]
    spare = room - sum(widths)
    for column, (width, large) in enumerate(zip(widths, most, strict=True)):
        if spare and width < large:
            widths[column] += 1
            spare -= 1
    return widths


def _need(text: str) -> tuple[int, int]:
    """Return the cells of the longest word, and of the longest line, of a cell."""
    whole = max(map(cell_width, text.split("\n")))
    if whole <= 2:
        return max(1, whole), max(1, whole)
    if not text.isascii() and cell_width(text) > len(text):
        return min(whole, 8), whole
    return min(MAX_WORD, max(map(cell_width, text.split() or [""]))), whole


def _header_rows(table: Table) -> int:
    """Return how many rows at the top are headers."""
    count = 0
    for row in table.rows:
        if not row or not all(cell.header for cell in row):
            break
        count += 1
    return count if count < len(table.rows) else 0


def _place(table: Table, links: Links) -> tuple[list[list[_Box]], int]:
    """Return the cells of each row in their columns, and the number of columns (HTML, section 4.9.12)."""
    rows: list[list[_Box]] = []
    taken: dict[int, int] = {}
    """Rows that a cell above still reaches into, by column."""
    columns, base = 1, 0
    for row in table.rows:
        boxes: list[_Box] = []
        column = 0
        fresh: dict[int, int] = {}
        for cell in row:
            while taken.get(column, 0):
                column += 1
            span = max(1, min(cell.colspan, MAX_SPAN)) if column < MAX_SPANNING else 1
            flow = make_flow(cell.spans, Role.TABLE_HEADER if cell.header else Role.TABLE, links)
            boxes.append(_Box(flow, column, span, base))
            base += len(flow.text) + 1
            if cell.rowspan > 1:
                fresh.update(dict.fromkeys(range(column, column + span), cell.rowspan - 1))
            column += span
            columns = max(columns, column)
        base += not boxes
        taken = {key: left - 1 for key, left in taken.items() if left > 1} | fresh
        rows.append(boxes)
    return rows, columns
