"""Which key does what, once a person has had their say.

The registry names every action and its default keys; a preset and then the person's own ``[keys]`` replace them by
name. A key given to one action is taken from the others, so that no key ever means two things in one pane.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias

from ..actions import ACTIONS, BY_NAME, Action

Keys: TypeAlias = Mapping[str, tuple[str, ...]]
"""Keys by the name of the action, spelled as the registry spells them."""

PRESETS: Final[dict[str, Keys]] = {
    "default": {},
    "newsboat": {
        "toggle-read": ("N",), "links": ("u",), "save-article": ("s",), "star": ("S",), "tag": ("ctrl+e",),
        "undo": ("U",), "only-unread": ("l",), "settle": ("dollar_sign",), "quit": ("q", "Q"),
    },
}  # fmt: skip
"""Sets of keys to start from, by action name."""


def effective_keys(preset: str, own: Keys) -> dict[str, tuple[str, ...]]:
    """Return the keys of every action by name: defaults, then the preset's, then the person's own.

    A key given to an action is taken from every other action that has it in a shared context, so no key ever
    means two things; a single key also takes the sequences that begin with it.
    """
    keys = {action.name: action.keys for action in ACTIONS}
    for layer in (PRESETS[preset], own):
        for name in layer:
            keys[name] = ()
        for name, given in layer.items():
            for other in keys:
                if other != name and _share_context(BY_NAME[name], BY_NAME[other]):
                    keys[other] = tuple(
                        key for key in keys[other] if not any(_collide(key, new) for new in given)
                    )
            keys[name] = given
    return keys


def clashes(keys: Keys) -> Iterator[tuple[str, str, str]]:
    """Yield (action, earlier action, key) for keys that would mean two things at once."""
    names = list(keys)
    for position, name in enumerate(names):
        for other in names[:position]:
            if _share_context(BY_NAME[name], BY_NAME[other]):
                for key in keys[name]:
                    if any(_collide(key, taken) for taken in keys[other]):
                        yield name, other, key


def _share_context(one: Action, other: Action) -> bool:
    return bool(one.contexts & other.contexts)


def _collide(one: str, other: str) -> bool:
    """Tell whether two keys cannot live side by side: the same, or one the beginning of the other."""
    return one == other or one.startswith(other + " ") or other.startswith(one + " ")
