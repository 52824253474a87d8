"""Listings: kept as typed, coloured where the page names the language, scrolled sideways or wrapped at the edge."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, Final

from ..document import Code
from .cells import cell_width, clusters
from .flow import Flow, Overlay, Stretch
from .line import Line, Role, Run, line_width
from .pieces import Piece
from .sideways import window

TAB: Final = 4
"""Columns between tab stops."""
MAX_COLOURED: Final = 20_000
"""Characters above which a listing stays plain: Pygments reads about half a million a second, and we wait for it."""
MAX_COLOURED_LINE: Final = 2_000
"""Characters in a line above which a listing stays plain: minified code, on which some lexers take quadratic time."""

_ROLES: Final = {
    "Keyword": Role.CODE_KEYWORD, "Operator.Word": Role.CODE_KEYWORD, "Name.Function": Role.CODE_NAME,
    "Name.Class": Role.CODE_NAME, "Name.Decorator": Role.CODE_NAME, "Name.Builtin": Role.CODE_NAME,
    "Name.Tag": Role.CODE_KEYWORD, "Name.Attribute": Role.CODE_NAME, "Name.Exception": Role.CODE_NAME,
    "Name.Constant": Role.CODE_NUMBER, "Literal.String": Role.CODE_STRING, "Literal.Number": Role.CODE_NUMBER,
    "Comment": Role.CODE_COMMENT, "Generic.Deleted": Role.CODE_KEYWORD, "Generic.Inserted": Role.CODE_STRING,
    "Generic.Heading": Role.CODE_NAME, "Generic.Output": Role.CODE_COMMENT,
}  # fmt: skip
"""Pygments' token types, by the longest name that fits."""


class CodePiece(Piece):
    """A listing, a cell in from the edge of its ground on both sides."""

    def __init__(self, code: Code, width: int, first: Line, rest: Line, *, wrap: bool) -> None:
        super().__init__(first, rest)
        self.text = code.text.strip("\n").expandtabs(TAB)
        self._room = max(2, width - line_width(rest) - 2)
        self._wrap = wrap
        self._stretches: list[Stretch] = [Stretch(0, Role.CODE)]
        self._flow = Flow(self.text, self._stretches)
        self._language = code.language
        self._tokens: Iterator[tuple[int, Role]] | None = None

    @cached_property
    def _lines(self) -> list[tuple[int, int]]:
        lines: list[tuple[int, int]] = []
        start = 0
        for typed in self.text.split("\n"):
            end = start + len(typed)
            lines.extend(self._wrapped(start, end) if self._wrap else ((start, end),))
            start = end + 1
        return lines

    def _wrapped(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the lines of one typed line, cut at the edge wherever that is."""
        used, first = 0, start
        for begin, _, cells in clusters(self.text, start, end):
            if used + cells > self._room:
                yield first, begin
                first, used = begin, 0
            used += cells
        yield first, end

    @property
    def height(self) -> int:
        """Lines of the listing."""
        return len(self._lines)

    def estimate(self) -> int:
        """Return the lines as typed."""
        return self.text.count("\n") + 1

    @cached_property
    def overhang(self) -> int:
        """Cells by which the longest line goes beyond the page."""
        if self._wrap:
            return 0
        return max(0, max(map(cell_width, self.text.split("\n"))) - self._room)

    def span(self, index: int) -> tuple[int, int]:
        """Return the range of a line."""
        return self._lines[index]

    def index(self, offset: int) -> int:
        """Return the line of a character."""
        return max(0, bisect_right(self._lines, offset, key=lambda line: line[0]) - 1)

    def offset(self, index: int, x: int) -> int:
        """Return the offset of a character of a line that is not shifted."""
        start, end = self._lines[index]
        lead = sum(len(run.text) for run in self.prefix(index)) + 1
        return max(start, min(end, start + x - lead))

    def line(self, index: int, shift: int, overlays: Sequence[Overlay]) -> Line:
        """Return a line on its ground, shifted when any line of the listing goes beyond the page."""
        start, end = self._lines[index]
        self._colour(end)
        runs = self._flow.runs(start, end, overlays)
        shown = window(runs, self._room, min(shift, self.overhang))
        used = sum(cell_width(run.text) for run in shown)
        goes_on = self._wrap and index > 0 and start == self._lines[index - 1][1] and end > start
        margin = Run("↪", Role.CODE, over=Role.MORE) if goes_on else Run(" ", Role.CODE)
        return (*self.prefix(index), margin, *shown, Run(" " * (self._room - used + 1), Role.CODE))

    def _colour(self, end: int) -> None:
        """Read on in the listing until the stretches reach ``end``."""
        if self._tokens is None:
            self._tokens = _tokens(self.text, self._language)
        while self._stretches[-1].start < end and (token := next(self._tokens, None)):
            start, role = token
            last = self._stretches[-1]
            if start == last.start:
                self._stretches[-1] = Stretch(start, role)
            elif start > last.start and role is not last.role:
                self._stretches.append(Stretch(start, role))


def _tokens(text: str, language: str) -> Iterator[tuple[int, Role]]:
    """Yield the start and role of each token; nothing for a language nobody knows or a listing too large."""
    if not language or len(text) > MAX_COLOURED or max(map(len, text.split("\n"))) > MAX_COLOURED_LINE:
        return
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(language)
    except ClassNotFound:
        return
    for start, kind, _ in lexer.get_tokens_unprocessed(text):
        yield start, _role(kind)


def _role(kind: Any) -> Role:
    """Return the role of a Pygments token type."""
    names = tuple(kind)
    while names:
        if role := _ROLES.get(".".join(names)):
            return role
        names = names[:-1]
    return Role.CODE
