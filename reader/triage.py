"""What a verb changes, and what undoing it means.

A verb is a tuple of ``Wish``; the store turns it, in one transaction, into a ``Step``: what really changed, with the
old value of each. Undoing a step sets each value back that is still as the step left it; a value changed again since
is left alone and counted, so that undo never takes away what was done later.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from .model import EntryId, StepId
from .records import dataclass


class Field(StrEnum):
    """A piece of state that a person sets on an entry."""

    READ = "read"
    STARRED = "starred"
    LATER = "later"
    HIDDEN = "hidden"
    SNOOZED = "snoozed"
    TAG = "tag"
    NOTE = "note"
    HIGHLIGHT = "highlight"
    """A marked passage, with what was noted beside it."""


@dataclass(frozen=True, slots=True)
class Wish:
    """One entry should have this value.

    ``value`` is "1" or "" for flags and for a tag's presence (``tag`` names it), an ISO 8601 instant or "" for a snooze,
    the text for a note. A highlight is "1" and what is noted beside it; ``tag`` is its ``passage_key``. Text, because
    the journal stores it as it is.
    """

    entry_id: EntryId
    field: Field
    value: str
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What one wish really changed."""

    entry_id: EntryId
    field: Field
    old: str
    new: str
    tag: str = ""


class Actor(StrEnum):
    """Who acted."""

    WINDOW = "window"
    COMMAND_LINE = "command line"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Step:
    """One undoable action with all it changed."""

    id: StepId
    label: str
    """What was done, as a person would say it: "Marked 12 read"."""
    at: datetime
    actor: Actor
    session: str
    """The window that acted; ``u`` walks the steps of its own."""
    changes: tuple[Change, ...] = ()
    undone: bool = False


@dataclass(frozen=True, slots=True)
class Undone:
    """What undoing or redoing a step did."""

    step: Step
    changes: tuple[Change, ...]
    """As applied just now: ``old`` is what stood before, ``new`` what stands now."""
    left_alone: int = 0
    """Values changed again since, and therefore kept."""


def passage_key(words: str, occurrence: int = 0) -> str:
    """Return how a wish names a passage: which occurrence of its words it is, counted from 0, and the words."""
    return f"{occurrence} {words}"


def passage_of(key: str) -> tuple[str, int]:
    """Return the words and the occurrence that a ``passage_key`` names; raises ValueError for any other text."""
    occurrence, _, words = key.partition(" ")
    return words, int(occurrence)


def highlighted(note: str = "") -> str:
    """Return the value of a passage that is highlighted, with what is noted beside it."""
    return f"1 {note}".rstrip()


def inverse(change: Change) -> Change:
    """Return the change that takes ``change`` back."""
    return Change(change.entry_id, change.field, change.new, change.old, change.tag)


def is_noop(change: Change) -> bool:
    """Tell whether the wish found its value already in place."""
    return change.old == change.new
