"""What each step decided, for a person who asks why a line is missing.

Cleaning passes a ``Log`` from step to step. It costs nothing unless it was asked to remember.
"""

from __future__ import annotations

from typing import Final

from ..records import dataclass, field
from .tree import HtmlElement, fold, names

SNIPPET: Final = 100
"""Characters of a dropped text that are shown."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One step's word on one thing."""

    step: str
    """The room that decided: ``prune``, ``pick``, ``above``, …"""
    kept: bool
    what: str
    why: str


@dataclass(slots=True)
class Log:
    """The decisions of one cleaning, in order; empty unless ``wanted``."""

    wanted: bool = False
    decisions: list[Decision] = field(default_factory=list)

    def dropped(self, step: str, what: HtmlElement | str, why: str) -> None:
        """Remember that something was left out."""
        if self.wanted:
            self.decisions.append(Decision(step, False, describe(what), why))

    def kept(self, step: str, what: HtmlElement | str, why: str) -> None:
        """Remember that something was chosen."""
        if self.wanted:
            self.decisions.append(Decision(step, True, describe(what), why))


def describe(what: HtmlElement | str) -> str:
    """Return an element as its tag, its first class words and the beginning of its text; a text as its beginning."""
    if isinstance(what, str):
        return fold(what)[:SNIPPET]
    words = ".".join(names(what).split()[:2])
    text = ""
    for piece in what.itertext():
        text = fold(f"{text} {piece}")
        if len(text) >= SNIPPET:
            break
    return f"<{what.tag!s}{'.' + words if words else ''}> {text[:SNIPPET]}".rstrip()
