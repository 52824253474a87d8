"""The settings: what is accepted, what is refused and in which words."""

from __future__ import annotations

import dataclasses
import tomllib
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader import config
from reader.actions import ACTIONS, BY_NAME
from reader.errors import ConfigError


def sentences(text: str) -> list[str]:
    """Return the problems of a file of settings as ``line: sentence``."""
    return [f"{problem.line}: {problem.sentence}" for problem in config.read_text(text).problems]


def test_a_missing_file_gives_the_defaults(tmp_path: Path) -> None:
    assert config.load(tmp_path / "config.toml") == config.Config()


def test_every_setting_has_an_explanation_and_a_usable_default() -> None:
    names = [field.name for field in dataclasses.fields(config.Config) if field.name != "keys"]
    assert [option.name for option in config.OPTIONS] == names
    for option in config.OPTIONS:
        default = getattr(config.Config(), option.name)
        value = list(default) if isinstance(default, tuple) else default
        assert option.read(value) == default
        assert option.help.endswith(".")


def test_the_settings_in_the_file_are_used(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(
        'measure = 66\nbrowser = "firefox --new-tab"\n[keys]\ndone = ["x", "?"]\n', encoding="utf-8"
    )
    loaded = config.load(path)
    assert loaded.measure == 66
    assert loaded.browser == ("firefox", "--new-tab")
    assert loaded.keys == {"done": ("x", "question_mark")}


def test_the_commented_default_file_sets_nothing_and_names_everything() -> None:
    text = config.default_file()
    assert config.read_text(text) == config.Reading(config.Config(), {}, ())
    for option in config.OPTIONS:
        assert f"# {option.name} = " in text


def test_the_default_file_with_its_comments_taken_away_means_the_defaults() -> None:
    lines = config.default_file().splitlines()
    settings = "\n".join(line.removeprefix("# ") if " = " in line else line for line in lines)
    reading = config.read_text(settings)
    assert not reading.problems
    assert dataclasses.replace(reading.config, keys={}) == config.Config()
    assert {name: BY_NAME[name].keys for name in reading.config.keys} == reading.config.keys


def test_an_error_names_file_line_key_and_nearest_key(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('# mine\n\nmesure = 66\ntheme = ""\n', encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        config.load(path)
    assert str(caught.value) == (
        f'{path}, line 3: there is no setting "mesure"; did you mean "measure"? (1 more: broadsheet config check)'
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("measure = 3000", "1: measure = 3000: must be a whole number from 30 to 240."),
        ("measure = true", "1: measure = true: must be a whole number from 30 to 240."),
        ("measure = 80.0", "1: measure = 80.0: must be a whole number from 30 to 240."),
        ("mouse = 1", "1: mouse = 1: must be true or false."),
        ('mark_read = "close"', '1: mark_read = "close": must be "open", "end" or "never".'),
        ("theme = ''", '1: theme = "": must be a name.'),
        ("zzz = 1", '1: there is no setting "zzz".'),
        ("keys = 3", '1: keys must be a table: a line [keys], then lines such as done = "x".'),
        ('[keys]\n\ndonne = "x"', '3: there is no action "donne"; did you mean "done"?'),
        ('[keys]\ndone = "Hyper+x"', "2: done = \"Hyper+x\": not a key: 'Hyper+x'."),
        ('[keys]\ndone = "x"\nstar = "x"', '3: "x" cannot mean both "done" and "star" in the same pane.'),
        ('[keys]\ndone = "x y"\nstar = "x"', '3: "x" cannot mean both "done" and "star" in the same pane.'),
    ],
)
def test_what_cannot_be_used_is_said_in_a_sentence(text: str, expected: str) -> None:
    assert sentences(text) == [expected]


def test_text_that_is_not_toml_is_refused_with_its_line() -> None:
    (sentence,) = sentences("measure = 80\nmeasure 90\n")
    assert sentence.startswith("2: this is not TOML: ")


def test_a_file_that_is_not_text_is_refused_with_its_name(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match=r"config\.toml cannot be read: it is not UTF-8 text"):
        config.load(path)


def test_settings_that_can_be_used_are_used_beside_those_that_cannot() -> None:
    reading = config.read_text('measure = 66\nmark_read = "x"\n')
    assert reading.config.measure == 66
    assert reading.config.mark_read == "open"


@given(st.text())
def test_no_text_whatever_breaks_the_reading_of_settings(text: str) -> None:
    for problem in config.read_text(text).problems:
        assert problem.line >= 1


def test_show_tells_every_setting_and_where_it_comes_from() -> None:
    shown = {
        name: (value, line)
        for name, value, line in config.show(config.read_text('\nmeasure = 66\n[keys]\ntop = "g g"'))
    }
    assert shown["measure"] == ("66", 2)
    assert shown["mouse"] == ("true", None)
    assert shown["keys.top"] == ('["g g"]', 4)
    assert tomllib.loads("\n".join(f"{name} = {value}" for name, (value, _) in shown.items()))


# ---------------------------------------------------------------------------------------------------- keys


def clashes(keys: dict[str, tuple[str, ...]]) -> list[tuple[str, str, str]]:
    """Return the pairs of actions that a key would mean at once."""
    return [
        (one.name, other.name, key)
        for one, other in combinations(ACTIONS, 2)
        if one.contexts & other.contexts
        for key in keys[one.name]
        for taken in keys[other.name]
        if key == taken or key.startswith(taken + " ") or taken.startswith(key + " ")
    ]


def test_without_settings_the_keys_are_the_registrys() -> None:
    assert config.effective_keys("default", {}) == {action.name: action.keys for action in ACTIONS}


@pytest.mark.parametrize("preset", sorted(config.PRESETS))
def test_in_no_preset_a_key_means_two_things(preset: str) -> None:
    assert clashes(config.effective_keys(preset, {})) == []


def test_a_key_given_to_one_action_is_taken_from_the_others() -> None:
    keys = config.effective_keys("default", {"star": ("d",)})
    assert keys["star"] == ("d",)
    assert "d" not in keys["done"]
    assert clashes(keys) == []


def test_a_single_key_takes_the_sequences_that_begin_with_it() -> None:
    keys = config.effective_keys("default", {"bottom": ("g",)})
    assert keys["top"] == ("home",)
    assert keys["go-tag"] == ()


def test_two_actions_may_trade_their_keys() -> None:
    keys = config.effective_keys("default", {"star": ("d",), "done": ("s",)})
    assert (keys["star"], keys["done"]) == (("d",), ("s",))


def test_the_persons_own_keys_win_over_the_presets() -> None:
    assert config.effective_keys("newsboat", {"star": ("N",)})["toggle-read"] == ()


def test_every_preset_names_actions_there_are() -> None:
    for keys in config.PRESETS.values():
        assert keys.keys() <= BY_NAME.keys()
