"""How fast somebody decides, and how long the rest will take. Pure."""

from __future__ import annotations

from collections import deque
from statistics import median
from typing import Final

LONGEST_SECONDS: Final = 90.0
"""A longer pause is a telephone call, not a decision."""
REMEMBERED: Final = 40
FIRST_GUESS: Final = 6.0


class Pace:
    """Seconds between decisions."""

    def __init__(self) -> None:
        self._spans: deque[float] = deque(maxlen=REMEMBERED)
        self._last: float | None = None

    def begin(self, at: float) -> None:
        """Start the clock at an instant in seconds."""
        self._last = at

    def decided(self, at: float) -> None:
        """Note a decision."""
        if self._last is not None and 0 <= at - self._last <= LONGEST_SECONDS:
            self._spans.append(at - self._last)
        self._last = at

    def left(self, articles: int) -> float:
        """Return the seconds that so many articles will take at this pace."""
        return articles * (median(self._spans) if self._spans else FIRST_GUESS)
