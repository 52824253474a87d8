"""Hint mode: letters on the links in view, typed to open or copy one. Pure.

No label is the beginning of another, so a link is chosen as soon as its label is complete.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

from ..records import dataclass
from ..typeset import Line
from ..typeset.cells import cell_width

LETTERS: Final = "asdfghjklweruiop"
"""The home row first; without ``y``, which copies."""

Action = Literal["open", "copy"]


class Hint(NamedTuple):
    """A label over the beginning of a link."""

    label: str
    href: str
    line: int
    x: int
    """Cells from the left edge of the text."""


@dataclass(slots=True)
class Hints:
    """The labels on the screen and what was typed of one."""

    hints: tuple[Hint, ...]
    action: Action = "open"
    typed: str = ""

    def press(self, key: str) -> tuple[str, Action] | bool:
        """Take a key: the address chosen and what to do with it, else whether the mode goes on."""
        if key == "y" and not self.typed:
            self.action = "copy"
            return True
        typed = self.typed + key
        left = self.matching(typed)
        if not left:
            return False
        if left[0].label == typed:
            return left[0].href, self.action
        self.typed = typed
        return True

    def matching(self, typed: str) -> list[Hint]:
        """Return the hints whose label begins with what was typed."""
        return [hint for hint in self.hints if hint.label.startswith(typed)]

    def on_line(self, line: int) -> list[Hint]:
        """Return the hints of a line that can still be chosen, their labels without what was typed."""
        return [
            hint._replace(label=hint.label[len(self.typed) :])
            for hint in self.matching(self.typed)
            if hint.line == line
        ]


def labels(count: int) -> list[str]:
    """Return that many labels, as short as they can be; none is the beginning of another."""
    found = list(LETTERS)
    while len(found) < count:
        first = found.pop(0)
        found.extend(first + letter for letter in LETTERS)
    return sorted(found, key=lambda label: (len(label), [LETTERS.index(letter) for letter in label]))[:count]


def hints_of(lines: Sequence[Line], first: int) -> tuple[Hint, ...]:
    """Return a hint for each address on some lines, at its first place; ``first`` is the number of the first line."""
    places: dict[str, tuple[int, int]] = {}
    for number, line in enumerate(lines, first):
        x = 0
        for run in line:
            if run.link:
                places.setdefault(run.link, (number, x))
            x += cell_width(run.text)
    return tuple(
        Hint(label, href, number, x)
        for label, (href, (number, x)) in zip(labels(len(places)), places.items(), strict=True)
    )
