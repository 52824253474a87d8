"""Kept pages cleaned anew in the app, and a rule for a site made with a preview."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest_asyncio

from reader.errors import BroadsheetError
from reader.model import EntryId, PageDone, Verdict
from reader.ui.dialogs.siterule import SiteRuleDialog
from reader.ui.ports import SiteRuleDraft, Trial

from .driving import Driver, reading
from .library import make_library, numbered

Selectors = Mapping[str, tuple[str, ...]]


@dataclass
class Cleaner:
    """Stands for what cleans pages: a rule finds what it names."""

    waiting: int = 3
    limits: list[int | None] = field(default_factory=list)
    tried: list[Selectors] = field(default_factory=list)
    saved: list[Selectors] = field(default_factory=list)
    known: Selectors = field(default_factory=dict)
    refused: str = ""

    async def stale(self) -> int:
        return self.waiting

    async def reclean(self, limit: int | None = None) -> AsyncGenerator[PageDone, None]:
        self.limits.append(limit)
        total, self.waiting = self.waiting, 0
        for done in range(1, total + 1):
            error = "The page does not say its encoding." if done == 3 else ""
            yield PageDone(EntryId(done), "", Verdict.GOOD, error, done, total)

    async def draft(self, entry_id: EntryId) -> SiteRuleDraft:
        if self.refused:
            raise BroadsheetError(self.refused)
        return SiteRuleDraft("site.example", self.known)

    async def try_rule(self, entry_id: EntryId, selectors: Selectors) -> Trial:
        self.tried.append(selectors)
        broken = any("[" in one for found in selectors.values() for one in found)
        text = f"What {' and '.join(selectors['body']) or 'the cleaner'} finds."
        return Trial("A title", ("Ann",), "", 1234, text, "body: 'p[' is no CSS selector." if broken else "")

    async def save_rule(self, entry_id: EntryId, selectors: Selectors) -> str:
        self.saved.append(selectors)
        return "Saved the rule for site.example in sites/site.example.toml."


@pytest_asyncio.fixture
async def driver(tmp_path: Path) -> AsyncIterator[Driver]:
    async with reading(make_library(tmp_path, numbered("Tide", 3))) as driver:
        driver.app.main.pages = Cleaner()
        yield driver


def cleaner(driver: Driver) -> Cleaner:
    port = driver.app.main.pages
    assert isinstance(port, Cleaner)
    return port


async def command(driver: Driver, line: str) -> None:
    await driver.press("colon")
    await driver.type(line)
    await driver.press("enter")


def dialog(driver: Driver) -> SiteRuleDialog:
    screen = driver.app.screen
    assert isinstance(screen, SiteRuleDialog)
    return screen


async def test_all_kept_pages_are_cleaned_anew_when_asked_and_the_outcome_is_told(driver: Driver) -> None:
    await command(driver, "reclean all")

    assert cleaner(driver).limits == [None]
    assert driver.said == "Cleaned 2 pages anew; 1 stay as they were."
    assert driver.app.main.tasks.over[0].outcome == driver.said


async def test_some_are_cleaned_in_a_minute_in_which_nobody_moves(driver: Driver) -> None:
    recleaning = driver.app.main.recleaning
    await recleaning.each_minute()
    await driver.press("j")
    await recleaning.each_minute()
    assert cleaner(driver).limits == []

    await recleaning.each_minute()
    assert cleaner(driver).limits == [60]
    await recleaning.each_minute()
    assert cleaner(driver).limits == [60]  # nothing is stale any more
    assert not driver.said


async def test_a_rule_is_tried_while_it_is_typed_and_saved_on_enter(driver: Driver) -> None:
    await command(driver, "siterule")
    await driver.until(lambda: cleaner(driver).tried, "the page is shown as it is")
    await driver.type("article ; .story")
    await driver.press("tab")
    await driver.type(".promo")
    await driver.until(
        lambda: "What article and .story finds." in str(dialog(driver)._text.render()), "the text by the rule"
    )
    assert "1,234 words · A title · by Ann" in str(dialog(driver)._facts.render())

    await driver.press("enter")
    await driver.until(lambda: cleaner(driver).saved, "the rule is saved")
    (saved,) = cleaner(driver).saved
    assert {key: value for key, value in saved.items() if value} == {
        "body": ("article", ".story"),
        "strip": (".promo",),
    }
    assert driver.said == "Saved the rule for site.example in sites/site.example.toml."


async def test_a_selector_that_is_none_keeps_the_dialog_open_and_says_so(driver: Driver) -> None:
    await command(driver, "siterule")
    await driver.type("p[")
    await driver.press("enter")

    assert "is no CSS selector" in str(dialog(driver)._hint_line.render())
    await driver.press("escape")
    assert cleaner(driver).saved == []


async def test_the_rule_there_is_can_be_edited(driver: Driver) -> None:
    cleaner(driver).known = {"body": (".a", ".b"), "title": ("h2",)}

    await command(driver, "siterule")

    assert dialog(driver).selectors["body"] == (".a", ".b")
    assert dialog(driver).selectors["title"] == ("h2",)


async def test_an_article_without_a_page_is_a_sentence(driver: Driver) -> None:
    cleaner(driver).refused = "There is no page behind this article to try a rule on."

    await command(driver, "siterule")

    assert driver.said == cleaner(driver).refused


async def test_without_a_cleaner_the_words_say_so(tmp_path: Path) -> None:
    async with reading(make_library(tmp_path, numbered("Tide", 3))) as driver:
        await command(driver, "reclean all")
        assert driver.said == "This library is shown without cleaning pages."
        await command(driver, "siterule")
        assert driver.said == "There is no page here to make a rule for."
        await driver.app.main.recleaning.each_minute()
