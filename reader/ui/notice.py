"""Sentences in the middle of an empty place, the first being the heading."""

from __future__ import annotations

from textual.strip import Strip

from .linelist import LineList
from .rows import Piece, wrap


class Notice(LineList):
    """Shows sentences where there is nothing else to show."""

    def __init__(self) -> None:
        super().__init__()
        self._sentences: tuple[str, ...] = ()

    def show(self, sentences: tuple[str, ...]) -> None:
        """Show sentences, one a line."""
        self._sentences = sentences
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw a line of what is said."""
        width, height = self.scrollable_content_region.size
        return self.strip_of(centred(self._sentences, y, width, height), width)


def centred(sentences: tuple[str, ...], line: int, width: int, height: int) -> list[Piece]:
    """Return a line of sentences set in the middle of a place, a third from the top."""
    wrapped = [
        (part, number == 0)
        for number, text in enumerate(sentences)
        for part in wrap(text, width - 4, 9) or [""]
    ]
    at = line - max(1, (height - len(wrapped)) // 3)
    if not 0 <= at < len(wrapped):
        return []
    text, is_heading = wrapped[at]
    return [Piece(text.center(width), "unread" if is_heading else "lede")]
