"""Selecting text with the keyboard, by lines or by whole paragraphs. Pure."""

from __future__ import annotations

from typing import Literal

from ..records import dataclass
from ..typeset import Typeset

Unit = Literal["line", "paragraph"]


@dataclass(slots=True)
class Picking:
    """A selection from the line where it began to the line where it has got to, both included."""

    typeset: Typeset
    start: int
    end: int
    unit: Unit = "line"

    def places(self) -> tuple[int, int]:
        """Return the range of places that is selected."""
        first, last = sorted((self.start, self.end))
        start, _ = self.typeset.line_range(first)
        _, end = self.typeset.line_range(last)
        if self.unit == "paragraph":
            start, _ = self.typeset.paragraph(start)
            _, end = self.typeset.paragraph(max(start, end - 1))
        return start, end

    def extend(self, count: int) -> None:
        """Move the end by lines or paragraphs, up when negative; blank lines are passed over."""
        for _ in range(abs(count)):
            self.end = self._next(1 if count > 0 else -1)

    def _next(self, step: int) -> int:
        here = self._paragraph(self.end)
        line = self.end + step
        while line >= 0 and self.typeset.reach(line):
            start, end = self.typeset.line_range(line)
            if start < end and not (self.unit == "paragraph" and self._paragraph(line) == here):
                return line
            line += step
        return self.end

    def _paragraph(self, line: int) -> tuple[int, int]:
        return self.typeset.paragraph(self.typeset.line_range(line)[0])
