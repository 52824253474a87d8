"""The letters of hint mode: a label for each link on the screen, none the beginning of another. Pure."""

from __future__ import annotations

from typing import Final

LETTERS: Final = "asdfghjklweruiop"
"""The home row first; without ``y``, which copies."""


def labels(count: int) -> list[str]:
    """Return that many labels, as short as they can be; none is the beginning of another."""
    found: list[str] = list(LETTERS)
    while len(found) < count:
        first = found.pop(0)
        found.extend(first + letter for letter in LETTERS)
    return sorted(found[:count], key=lambda label: (len(label), [LETTERS.index(letter) for letter in label]))
