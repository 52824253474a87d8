"""What was done, as choices to undo."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ...triage import Actor, Step
from .. import words
from ..dialog import Choice


def history_choices(steps: Sequence[Step], now: datetime) -> list[Choice[int]]:
    """Return a choice for each step that can still be undone, and a heading for each that was."""
    return [_choice(step, now) for step in steps]


def _choice(step: Step, now: datetime) -> Choice[int]:
    who = "" if step.actor is Actor.WINDOW else f" · {step.actor}"
    note = f"{words.age(step.at, now)}{who}"
    if step.undone:
        return Choice(f"  ↶ {step.label} (undone)", int(step.id), note, heading=True)
    return Choice(step.label, int(step.id), note)
