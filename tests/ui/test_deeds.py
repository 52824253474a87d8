"""The registry and what carries it out: one list."""

from __future__ import annotations

from pathlib import Path

from textual.keys import _get_unicode_name_from_key

from reader.actions import ACTIONS, Context, in_context
from reader.ui.keys import Keymap
from reader.ui.panes.status import Footer
from reader.ui.screens.help import help_choices
from reader.ui.screens.triage import TriageScreen

from .driving import key_event, reading
from .library import make_library, numbered


async def test_every_action_has_one_deed_and_every_deed_an_action(tmp_path: Path) -> None:
    async with reading(make_library(tmp_path, numbered("Tide", 1))) as driver:
        assert set(driver.app.main._deeds) == {action.name for action in ACTIONS}


async def test_every_action_of_triage_mode_does_something_there(tmp_path: Path) -> None:
    async with reading(make_library(tmp_path, numbered("Tide", 1))) as driver:
        await driver.press("T")
        screen = driver.app.screen
        assert isinstance(screen, TriageScreen)

        assert screen.known_actions() >= {action.name for action in in_context(Context.TRIAGE)}


def test_help_lists_every_action_once_under_its_group() -> None:
    choices = help_choices(Keymap(), Context.ENTRIES)

    assert [choice.value for choice in choices if not choice.heading] == [
        action.name
        for group in dict.fromkeys(action.group for action in ACTIONS)
        for action in ACTIONS
        if action.group is group
    ]


def test_the_footer_shows_the_keys_of_where_the_focus_is_and_always_help() -> None:
    footer = Footer(lambda action: action.keys)
    for context in Context:
        footer.show(context)
        for width in (40, 80, 200):
            text = "".join(piece.text for piece in footer.pieces(width))
            assert "? help" in text
            assert len(text) <= width


def test_the_registry_names_keys_as_textual_does() -> None:
    for action in ACTIONS:
        for keys in action.keys:
            for key in keys.split(" "):
                name = key.rpartition("+")[2] or key
                known = len(name) == 1 or key_event(name).character or name in _WITHOUT_CHARACTER
                assert known, f"{action.name}: {key} ({_get_unicode_name_from_key(key)})"


_WITHOUT_CHARACTER = {
    "enter", "escape", "tab", "up", "down", "left", "right", "pageup", "pagedown", "home", "end", "delete", "f1",
}  # fmt: skip
