"""Pasted text, told from what was typed. Pure.

Terminals put what is pasted between two marks (bracketed paste, xterm's control sequences). Textual looks for sequences in
between as well, so that an escape in a pasted text made keys of what followed it: a page copied with its colours
could mark a hundred articles read. Here nothing is looked for between the marks but the second of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..records import dataclass

BEGIN: Final = "\x1b[200~"
END: Final = "\x1b[201~"
MOST_CHARACTERS: Final = 1_000_000
"""More than any field takes; what is pasted beyond it is dropped."""


@dataclass(frozen=True, slots=True)
class Pasted:
    """A text that was pasted, without its marks."""

    text: str


class Pastes:
    """Tells pasted from typed as it comes, in pieces of any size."""

    def __init__(self) -> None:
        self.held = ""
        """The end of what came, which may be the beginning of a mark."""
        self._text: str | None = None

    def feed(self, text: str) -> Iterator[str | Pasted]:
        """Yield what was typed, as text, and each paste that has come to its end."""
        rest, self.held = self.held + text, ""
        while rest:
            if self._text is None:
                typed, begun, rest = rest.partition(BEGIN)
                if begun:
                    self._text = ""
                else:
                    typed, self.held = _without_part_of(BEGIN, typed)
                if typed:
                    yield typed
            else:
                pasted, ended, rest = rest.partition(END)
                if not ended:
                    pasted, self.held = _without_part_of(END, pasted)
                self._text = (self._text + pasted)[:MOST_CHARACTERS]
                if ended:
                    yield Pasted(self._text.replace("\x00", ""))
                    self._text = None

    def release(self) -> str:
        """Return what was held and turned out to be no mark, when nothing follows it: an escape by itself."""
        if self._text is not None:
            return ""
        held, self.held = self.held, ""
        return held


def _without_part_of(mark: str, text: str) -> tuple[str, str]:
    """Return the text without the beginning of a mark at its end, and that beginning."""
    for size in range(min(len(mark) - 1, len(text)), 0, -1):
        if text.endswith(mark[:size]):
            return text[:-size], text[-size:]
    return text, ""
