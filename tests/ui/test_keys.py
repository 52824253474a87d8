"""Key presses to commands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.actions import ACTIONS, Context
from reader.config import Config, effective_keys
from reader.ui.keys import Command, Keymap, KeyReader, Reading, Side, Unbound, Waiting


def read(*keys: str, context: Context = Context.ENTRIES) -> Reading:
    """Return what the last of some keys makes."""
    reader = KeyReader(Keymap())
    result: Reading = Waiting("")
    for key in keys:
        result = reader.read(context, key)
    return result


def test_a_key_is_its_action() -> None:
    result = read("d")

    assert isinstance(result, Command)
    assert result.action.name == "done"
    assert result.count is None


def test_digits_before_a_key_are_its_count() -> None:
    result = read("1", "0", "j")

    assert isinstance(result, Command)
    assert (result.action.name, result.count) == ("down", 10)


def test_a_zero_alone_is_no_count() -> None:
    assert read("0") == Unbound("0")


def test_an_endless_count_stays_a_number_one_can_wait_for() -> None:
    result = read(*"99999999", "j")

    assert isinstance(result, Command)
    assert result.count == 9_999


def test_two_keys_make_a_sequence_and_the_first_waits() -> None:
    assert read("g") == Waiting("g")
    result = read("g", "g")
    assert isinstance(result, Command)
    assert result.action.name == "top"


def test_a_sequence_that_means_nothing_says_so_whole() -> None:
    assert isinstance(read("g", "z"), Unbound)


def test_a_side_waits_for_its_verb() -> None:
    assert read("left_square_bracket") == Waiting("all above: ")
    result = read("left_square_bracket", "d")
    assert isinstance(result, Command)
    assert (result.action.name, result.side) == ("done", Side.ABOVE)


def test_escape_forgets_what_was_typed_and_does_nothing_else() -> None:
    assert read("3", "escape") == Waiting("")
    result = read("3", "escape", "j")
    assert isinstance(result, Command)
    assert result.count is None


def test_a_key_means_what_it_means_where_the_focus_is() -> None:
    in_list, in_article = read("v"), read("v", context=Context.ARTICLE)
    assert isinstance(in_list, Command)
    assert isinstance(in_article, Command)
    assert (in_list.action.name, in_article.action.name) == ("select", "select-text")


def test_a_person_s_own_keys_take_the_place_of_the_registry_s() -> None:
    config = Config(keys={"done": ("e",)})
    keymap = Keymap(effective_keys(config.preset, config.keys))

    assert keymap.label("done") == "e"
    action = keymap.action(Context.ENTRIES, "e")
    assert action is not None
    assert action.name == "done"
    assert keymap.action(Context.ENTRIES, "d") is None


@pytest.mark.parametrize("context", list(Context))
def test_every_action_with_a_key_can_be_reached_where_it_works(context: Context) -> None:
    for action in ACTIONS:
        if context in action.contexts:
            for keys in action.keys:
                result = read(*keys.split(" "), context=context)
                if action.name not in ("above", "below"):
                    assert isinstance(result, Command), keys
                    assert result.action is action


@given(
    st.lists(
        st.sampled_from([*"0123456789gdjkvVwsu[]x?", "escape", "left_square_bracket", "ctrl+d", "f7"]),
        max_size=12,
    )
)
def test_no_sequence_of_keys_gets_the_reader_stuck(keys: list[str]) -> None:
    reader = KeyReader(Keymap())
    for key in keys:
        reader.read(Context.ENTRIES, key)
    reader.read(Context.ENTRIES, "escape")
    reader.read(Context.ENTRIES, "escape")

    assert not reader.waiting
    assert isinstance(reader.read(Context.ENTRIES, "j"), Command)
