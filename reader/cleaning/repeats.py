"""What is printed twice: once is enough."""

from __future__ import annotations

from collections import Counter
from typing import Final

from ..document import Figure
from .lines import Line
from .log import Log

SHORTEST: Final = 20
"""Characters; shorter lines may repeat ("Yes.", a refrain)."""
SHORTEST_APART: Final = 60
"""Characters of a line that repeats anywhere, not just within three lines."""
MOST: Final = 4
"""Lines that may repeat anywhere; where more do, repeating is the text's own way (a form, a song)."""


def drop_repeats(lines: list[Line], log: Log) -> list[Line]:
    """Return the lines with the later copies of repeated ones left out."""
    often = sum(
        count > 1 for count in Counter(line.words for line in lines if line.length >= SHORTEST_APART).values()
    )
    seen: set[str] = set()
    kept: list[Line] = []
    for line in lines:
        if line.length >= SHORTEST and line.kind not in ("code", "cell", "table"):
            near = any(line.words == other.words for other in kept[-3:])
            if near or (line.words in seen and line.length >= SHORTEST_APART and often <= MOST):
                log.dropped("repeats", line.text, "printed before")
                continue
            seen.add(line.words)
        kept.append(line)
    return kept


def drop_repeated_pictures(lines: list[Line], log: Log) -> list[Line]:
    """Return the lines without pictures that were shown before, unless something is written under them."""
    seen: set[str] = set()
    kept: list[Line] = []
    for line in lines:
        if isinstance(line.block, Figure):
            figure = line.block
            if figure.src in seen and not figure.caption and not figure.credit:
                log.dropped("repeats", line.text or figure.src, "shown before")
                continue
            seen.add(figure.src)
        kept.append(line)
    return kept
