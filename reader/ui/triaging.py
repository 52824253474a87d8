"""What came of a triage, counted and told. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from . import words

_TOLD = {
    "done": "marked read",
    "later": "for later",
    "star": "starred",
    "hide": "hidden",
    "snooze": "snoozed",
    "open": "read",
    "skip": "left undecided",
}


class Tally:
    """What was decided on each article; deciding anew replaces the decision."""

    def __init__(self) -> None:
        self._decisions: dict[int, str] = {}

    def decide(self, entry_id: int, verb: str) -> None:
        """Note a decision."""
        self._decisions[entry_id] = verb

    def take_back(self, entry_id: int) -> None:
        """Forget a decision."""
        self._decisions.pop(entry_id, None)

    def counts(self) -> list[tuple[str, int]]:
        """Return how many articles each decision was made on, as it is told, in a fixed order."""
        counted = Counter(self._decisions.values())
        return [(told, counted[verb]) for verb, told in _TOLD.items() if counted[verb]]

    def __len__(self) -> int:
        return len(self._decisions)


def progress(at: int, total: int, seconds_left: float) -> str:
    """Return where one is: ``34/212 · 6 min left``."""
    return f"{words.number(at + 1)}/{words.number(total)} · {words.duration(seconds_left)} left"


def end_lines(tally: Tally, total: int, key: Callable[[str], str]) -> tuple[str, ...]:
    """Return what is said at the end, one sentence a line, the first being the heading."""
    counts = [f"{words.number(count)} {told}" for told, count in tally.counts()]
    return (
        "That was all",
        "",
        words.plural(total, "article") + (": " + ", ".join(counts) if counts else ""),
        "",
        f"{key('go-later')} goes to the later list · {key('leave-triage')} or Esc leaves · {key('undo')} undoes",
    )
