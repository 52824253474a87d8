"""The registry of actions: one list, no key with two meanings."""

from __future__ import annotations

from collections import Counter

import pytest

from reader.actions import ACTIONS, BY_NAME, Context, Group, in_context, key_label


@pytest.mark.parametrize("context", list(Context))
def test_no_key_is_bound_twice_in_one_context(context: Context) -> None:
    keys = Counter(key for action in in_context(context) for key in action.keys)

    assert [key for key, times in keys.items() if times > 1] == []


@pytest.mark.parametrize("context", list(Context))
def test_a_key_that_begins_a_sequence_does_nothing_by_itself(context: Context) -> None:
    keys = [key for action in in_context(context) for key in action.keys]
    first_of_sequences = {key.split(" ")[0] for key in keys if " " in key}

    assert first_of_sequences.isdisjoint(keys)


def test_every_action_has_a_name_of_its_own_and_a_line_of_help() -> None:
    assert len(BY_NAME) == len(ACTIONS)
    for action in ACTIONS:
        assert action.help, action.name
        assert action.help[-1] != ".", action.name
        assert action.contexts, action.name


def test_every_group_of_help_has_actions() -> None:
    assert {action.group for action in ACTIONS} == set(Group)


def test_no_key_needs_alt_which_terminals_and_text_fields_take_for_themselves() -> None:
    assert not [key for action in ACTIONS for key in action.keys if "alt+" in key]


def test_keys_are_shown_as_they_are_engraved() -> None:
    assert key_label("question_mark") == "?"
    assert key_label("ctrl+d") == "Ctrl+D"
    assert key_label("g g") == "g g"
    assert key_label("G") == "G"
