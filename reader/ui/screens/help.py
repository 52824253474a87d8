"""What every key does, as bound now; filtered as one types."""

from __future__ import annotations

from ...actions import ACTIONS, Action, Context, Group, key_label
from ..dialog import Choice, Picker
from ..keys import Keymap

_WHERE = {
    frozenset({Context.ARTICLE}): "article",
    frozenset({Context.ENTRIES}): "list",
    frozenset({Context.SOURCES}): "sources",
    frozenset({Context.TRIAGE}): "triage",
}


class HelpScreen(Picker[str]):
    """The registry by groups; Enter carries the highlighted action out."""

    def __init__(self, keymap: Keymap, context: Context) -> None:
        super().__init__(
            "What every key does",
            help_choices(keymap, context),
            placeholder="type a key or a word to filter",
            hint="Enter does it · Esc leaves · :  takes the names",
            empty="No action answers that.",
        )
        self.add_class("-tall")


def help_choices(keymap: Keymap, context: Context) -> list[Choice[str]]:
    """Return the actions under their groups, those that work in ``context`` marked."""
    choices: list[Choice[str]] = []
    for group in Group:
        actions = [action for action in ACTIONS if action.group is group]
        choices.append(Choice(str(group), "", heading=True))
        choices += [_choice(action, keymap, context) for action in actions]
    return choices


def _choice(action: Action, keymap: Keymap, context: Context) -> Choice[str]:
    keys = "  ".join(key_label(key) for key in keymap.keys(action)) or f":{action.name}"
    where = _WHERE.get(action.contexts, "")
    note = f":{action.name}" + (f" · {where}" if where else "")
    return Choice(
        f"{keys:<14} {action.help}", action.name, note, mark="" if context in action.contexts else "·"
    )
