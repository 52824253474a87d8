"""Runs of text as a walk over a tree meets them."""

from __future__ import annotations

from ..document import Mark, Spans
from ..runs import BREAK, MARKS, Addresses, absolute, ends_in_break, set_spans
from ..text import clean
from .tree import HtmlElement, breadth, fold

__all__ = ["MARKS", "Addresses", "Inline", "absolute", "inline_text", "set_spans"]


class Inline:
    """The pieces of one line, in order."""

    __slots__ = ("_pieces", "linked")

    def __init__(self) -> None:
        self._pieces: list[tuple[str, Mark, str]] = []
        self.linked = 0
        """Characters added inside links."""

    def __bool__(self) -> bool:
        return bool(self._pieces)

    def add(self, text: str, marks: Mark = Mark.PLAIN, href: str = "", *, in_link: bool = False) -> None:
        """Add text as the page has it."""
        self._pieces.append((text, marks, href))
        if in_link:
            self.linked += breadth(fold(text))

    def line_break(self, marks: Mark = Mark.PLAIN, href: str = "") -> None:
        """Add a break the author asked for."""
        self._pieces.append((BREAK, marks, href))

    def ends_in_break(self) -> bool:
        """Tell whether the last thing added is a line break, white space aside."""
        return ends_in_break(self._pieces)

    def take(self) -> Spans:
        """Return the pieces as spans, and forget them."""
        pieces, self._pieces, self.linked = self._pieces, [], 0
        return set_spans(pieces)


def inline_text(element: HtmlElement) -> str:
    """Return the text of an element on one line, cleaned."""
    return clean(fold("".join(element.itertext())))
