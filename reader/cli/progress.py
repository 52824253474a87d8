"""How a refresh goes, on standard error: a bar on a terminal, and at the end what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TextIO

from ..model import FeedDone, PageDone, RefreshDone, RefreshEvent, RefreshStarted
from ..text import clean_line
from .output import fit

_BAR: Final = 24
"""Cells of the bar; the rest of the line says what was done last."""


@dataclass
class Progress:
    """Draws one line that is drawn over, or nothing where standard error is no terminal."""

    err: TextIO
    quiet: bool = False

    def __post_init__(self) -> None:
        """Find out once whether there is anything to draw on."""
        self._draws = not self.quiet and self.err.isatty()

    def __call__(self, event: RefreshEvent) -> None:
        """Show an event."""
        match event:
            case RefreshStarted(total):
                self._draw(0, total, "asking the sources")
            case FeedDone(title=title, done=done, total=total):
                self._draw(done, total, title)
            case PageDone(title=title, done=done, total=total):
                self._draw(done, total, f"page: {title}")
            case RefreshDone():
                self.clear()

    def clear(self) -> None:
        """Take the line away."""
        if self._draws:
            self.err.write("\r\x1b[K")
            self.err.flush()

    def _draw(self, done: int, total: int, what: str) -> None:
        if not self._draws:
            return
        filled = _BAR * done // total if total else _BAR
        line = f"{'█' * filled}{'░' * (_BAR - filled)} {done}/{total} {clean_line(what)}"
        # One cell is left free: a terminal wraps a line that fills its last one.
        self.err.write(f"\r\x1b[K{fit(self.err, line, spare=1)}")
        self.err.flush()


def summary(done: RefreshDone) -> list[str]:
    """Return what came of a refresh, in sentences: the first says it all, the others are what failed."""
    if done.offline:
        return [
            "No host answered: this machine seems to be offline. Nothing was counted against the sources."
        ]
    parts = [f"{count(done.new, 'new article')} from {count(done.feeds, 'source')}"]
    if done.changed:
        parts.append(f"{done.changed:,} changed")
    if done.pages:
        parts.append(f"{count(done.pages, 'page')} cleaned")
    if done.failed:
        parts.append(f"{count(done.failed, 'source')} failed")
    first = ", ".join(parts) + ("; stopped before the end." if done.cancelled else ".")
    return [first, *(f"{title}: {sentence}" for title, sentence in done.errors)]


def count(number: int, noun: str) -> str:
    """Return a number with its noun: "1 source", "12 sources"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
