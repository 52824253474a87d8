"""Key presses to commands: counts, two-key sequences, and the side a verb works on. Pure.

One reader stands in front of the panes. It sees every key in order, before any widget, so that fast typing never
reaches a pane that is about to lose the focus.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from ..actions import ACTIONS, BY_NAME, Action, Context, key_label
from ..records import dataclass

MAX_COUNT: Final = 9_999


class Side(StrEnum):
    """Which rows a verb takes, seen from the highlighted one."""

    ABOVE = "above"
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class Command:
    """An action to carry out."""

    action: Action
    count: int | None = None
    side: Side | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """More keys are needed; ``shown`` is what was typed so far, as a person reads it."""

    shown: str


@dataclass(frozen=True, slots=True)
class Unbound:
    """The keys mean nothing here; ``shown`` is what was typed."""

    shown: str


Reading = Command | Waiting | Unbound


class Keymap:
    """Which action a key means in which context, with a person's remaps applied.

    ``remaps`` gives an action other keys by its name; the names and clashes were checked by ``config``.
    """

    def __init__(self, remaps: Mapping[str, tuple[str, ...]] | None = None) -> None:
        self._remaps = dict(remaps or {})
        self._tables: dict[Context, dict[str, Action]] = {context: {} for context in Context}
        for action in ACTIONS:
            for context in action.contexts:
                for key in self.keys(action):
                    self._tables[context].setdefault(key, action)
        self._prefixes = {
            context: {key.split(" ")[0] for key in table if " " in key}
            for context, table in self._tables.items()
        }

    def keys(self, action: Action) -> tuple[str, ...]:
        """Return the keys of an action, the first being the one to show."""
        return self._remaps.get(action.name, action.keys)

    def label(self, name: str) -> str:
        """Return the first key of the action of this name as a person reads it, or nothing."""
        keys = self.keys(BY_NAME[name])
        return key_label(keys[0]) if keys else ""

    def action(self, context: Context, key: str) -> Action | None:
        """Return what a key or a sequence means in a context."""
        return self._tables[context].get(key)

    def begins_a_sequence(self, context: Context, key: str) -> bool:
        """Tell whether a key waits for a second one."""
        return key in self._prefixes[context]


class KeyReader:
    """The state between key presses."""

    def __init__(self, keymap: Keymap) -> None:
        self.keymap = keymap
        self._count = ""
        self._prefix = ""
        self._side: Side | None = None

    @property
    def waiting(self) -> bool:
        """Whether keys were typed that do not make a command yet."""
        return bool(self._count or self._prefix or self._side)

    def shown(self) -> str:
        """Return what was typed so far."""
        side = {Side.ABOVE: "all above: ", Side.BELOW: "all below: ", None: ""}[self._side]
        return side + self._count + (key_label(self._prefix) if self._prefix else "")

    def reset(self) -> None:
        """Forget what was typed so far."""
        self._count = self._prefix = ""
        self._side = None

    def read(self, context: Context, key: str) -> Reading:
        """Take a key and return what it makes."""
        if self._prefix:
            return self._finish(context, f"{self._prefix} {key}")
        if self._is_count(context, key):
            self._count = str(min(MAX_COUNT, int(self._count + key)))
            return Waiting(self.shown())
        if key == "escape" and self.waiting:
            self.reset()
            return Waiting("")
        if self.keymap.begins_a_sequence(context, key):
            self._prefix = key
            return Waiting(self.shown())
        return self._finish(context, key)

    def _is_count(self, context: Context, key: str) -> bool:
        """Tell whether a key is a digit of a count; a leading zero is none, and a bound digit is a key."""
        digit = len(key) == 1 and key.isascii() and key.isdecimal()
        return digit and (key != "0" or bool(self._count)) and self.keymap.action(context, key) is None

    def _finish(self, context: Context, key: str) -> Reading:
        action = self.keymap.action(context, key)
        shown = self.shown()
        if action is None:
            self.reset()
            return Unbound(shown if " " in key else key_label(key))
        if action.name in (Side.ABOVE, Side.BELOW):
            self._prefix, self._side = "", Side(action.name)
            return Waiting(self.shown())
        command = Command(action, int(self._count) if self._count else None, self._side)
        self.reset()
        return command
