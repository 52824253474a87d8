"""Rules in the app: made from an article after a look at what they find, and looked after on a page of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader import rules
from reader.errors import UsageError
from reader.rules import Action, Event, Rule, Verb
from reader.store import entries, rulebook
from reader.store.database import Database
from reader.ui.dialogs.rule import RuleDialog
from reader.ui.screens.rules import RulesScreen

from .driving import Driver, reading
from .library import NOW, Source, make_library, numbered


def saved(library: Database) -> list[tuple[str, str, str]]:
    """Return name, query and actions of each rule."""
    found = library.read_now(rulebook.all_rules)
    return [(rule.name, rule.query, rules.written(rule.actions)) for rule in found]


def asked(driver: Driver) -> RuleDialog:
    dialog = driver.app.screen
    assert isinstance(dialog, RuleDialog)
    return dialog


def sentences(dialog: RuleDialog) -> str:
    return str(dialog._found.render())


def hint(dialog: RuleDialog) -> str:
    return str(dialog._hint_line.render())


def names(screen: RulesScreen) -> list[str]:
    return [rule.name for rule in screen.rules]


def page(driver: Driver) -> RulesScreen:
    screen = driver.app.screen
    assert isinstance(screen, RulesScreen)
    return screen


def lines(screen: RulesScreen) -> list[str]:
    return [screen.listed.render_line(y).text.rstrip() for y in range(screen.listed.count)]


def add(library: Database, *made: Rule) -> None:
    for rule in made:
        library.write_now(rules.save, rule, NOW)


STAR = (Action(Verb.STAR),)


def test_actions_are_read_as_they_are_written() -> None:
    actions = (Action(Verb.STAR), Action(Verb.TAG, "sea/tides"), Action(Verb.RUN, "notify-send 'high water'"))

    assert rules.read_actions(rules.written(actions)) == actions


@pytest.mark.parametrize("text", ["dance", "run:'half a quotation", "star: dance"])
def test_actions_that_are_none_are_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(UsageError, match=r"there are read, star|cannot be read"):
        rules.read_actions(text)


async def test_a_rule_begins_with_the_source_and_shows_what_it_finds_before_it_is_saved(
    tmp_path: Path,
) -> None:
    library = make_library(tmp_path, numbered("Tide", 3), Source("Ebb", ["Ebb 1"]))
    async with reading(library) as driver:
        await driver.press("F")
        dialog = asked(driver)
        assert "3 stored articles:\n  Tide 1" in sentences(dialog)
        await driver.type(" title:2")
        await driver.until(lambda: "1 stored article:\n  Tide 2" in sentences(dialog), "it is tried again")
        await driver.press("enter")
        await driver.until(lambda: "give it an action" in hint(dialog), "it is refused")
        assert saved(library) == []
        await driver.press("tab")
        await driver.type("star tag:sea")
        await driver.press("enter")
        await driver.until(lambda: "acts on what comes from now on" in driver.said, "it is saved")
        assert saved(library) == [("feed:=Tide title:2", "feed:=Tide title:2", "star tag:sea")]
        assert not any(row.starred for row in library.read_now(entries.rows, driver.app.work.listing.ids))


async def test_a_rule_that_cannot_run_says_why_and_stays_open(tmp_path: Path) -> None:
    library = make_library(tmp_path, numbered("Tide", 1))
    async with reading(library) as driver:
        await driver.press("F")
        await driver.type(" is:nonsense")
        dialog = asked(driver)
        await driver.until(lambda: "stored" not in sentences(dialog), "the error is told")
        await driver.press("tab")
        await driver.type("star")
        before = hint(dialog)
        await driver.press("enter")
        await driver.until(lambda: hint(dialog) != before, "it is refused")
        assert driver.app.screen is dialog
        assert saved(library) == []


async def test_what_is_stored_is_done_as_one_step_when_it_is_asked_for(tmp_path: Path) -> None:
    library = make_library(tmp_path, numbered("Tide", 3))
    async with reading(library) as driver:
        await driver.press("F", "tab")
        await driver.type("later read")
        await driver.press("tab", "tab", "tab", "ctrl+u")
        await driver.type("yes")
        await driver.press("enter")
        await driver.until(lambda: driver.said == "The rule feed:=Tide: 6 changes.", "it is done")
        assert driver.unread == []
        await driver.press("u")
        assert len(driver.unread) == 3


async def test_the_page_tells_which_rules_never_matched_and_switches_moves_and_removes_them(
    tmp_path: Path,
) -> None:
    library = make_library(tmp_path, numbered("Tide", 3))
    add(library, Rule("High", "title:tide", STAR), Rule("Low", "title:ebb", STAR, frozenset(Event)))
    async with reading(library) as driver:
        await driver.press("g", "u")
        screen = page(driver)
        assert [line.split()[-1] for line in lines(screen)] == ["never", "never"]
        assert screen.heading._info == "2 rules, 2 never matched"
        await driver.press("r", "enter")
        await driver.until(
            lambda: screen.heading._info == "2 rules, 1 never matched", "it is done and counted"
        )
        assert [line.split()[-2:] for line in lines(screen)] == [["3", "now"], ["0", "never"]]
        await driver.press("j")
        assert screen.details() == (
            "title:ebb",
            "It looks at new and updated articles and has never matched anything.",
        )
        await driver.press("left_square_bracket")
        await driver.until(lambda: names(screen) == ["Low", "High"], "it runs earlier")
        await driver.press("space")
        await driver.until(lambda: [rule.enabled for rule in screen.rules] == [False, True], "it is off")
        assert screen.current == screen.rules[0]
        await driver.press("x", "enter")
        await driver.until(lambda: names(screen) == ["High"], "it is gone")
        assert [name for name, _, _ in saved(library)] == ["High"]


async def test_a_rule_is_edited_and_its_finds_are_searched_from_the_page(tmp_path: Path) -> None:
    library = make_library(tmp_path, numbered("Tide", 3))
    add(library, Rule("High", "title:tide", STAR))
    async with reading(library) as driver:
        await driver.press("g", "u", "e")
        await driver.type(" title:2")
        await driver.press("enter")
        await driver.until(lambda: page(driver).rules[0].query == "title:tide title:2", "it is changed")
        await driver.press("enter")
        await driver.until(lambda: driver.titles == ["Tide 2"], "what it finds is listed")


async def test_a_library_without_rules_says_how_one_is_made(tmp_path: Path) -> None:
    async with reading(make_library(tmp_path, numbered("Tide", 1))) as driver:
        await driver.press("g", "u", "e", "j")
        assert page(driver).details() == ("There are no rules yet: F on an article makes one.",)
