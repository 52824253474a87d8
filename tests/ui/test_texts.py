"""What else the pane shows of an article: its texts in turn, what changed in it, other articles of its page."""

from __future__ import annotations

from pathlib import Path

from reader.document import Mark
from reader.export.part import part_of
from reader.model import Appended, Article, EntryId
from reader.store import articles
from reader.store.database import Database
from reader.typeset import line_text
from reader.ui.dialogs.others import OthersDialog
from tests.articles import p

from .driving import Driver, reading
from .library import NOW, make_library, numbered

SECOND = Appended("A second tale", "", (p("It begins below the first."),))
THIRD = Appended("", "https://site.example/third", (p("A tale without a title."),))


def library_of(tmp_path: Path, *pages: Article) -> Database:
    """Return a library of one article whose page was cleaned to these, one after the other."""
    database = make_library(tmp_path, numbered("Tide", 1))
    (entry_id,) = database.read_now(
        lambda db: [EntryId(row[0]) for row in db.execute("SELECT id FROM entry")]
    )
    for number, page in enumerate(pages):
        database.write_now(articles.save_article, entry_id, page, NOW, b"page %d" % number)
    return database


def shown(driver: Driver) -> str:
    typeset = driver.app.main.article.typeset
    assert typeset is not None
    return "\n".join(line_text(line) for line in typeset.lines(0, typeset.height))


def page(text: str, *others: Appended) -> Article:
    return Article(
        "Tide 1", (p(text),), url="https://site.example/0-0?utm_source=x", appended=others, word_count=40
    )


async def test_the_texts_are_shown_in_turn_with_what_cleaning_thinks_of_them(tmp_path: Path) -> None:
    async with reading(library_of(tmp_path, page("The page itself."))) as driver:
        await driver.press("f")
        assert "About Tide 1." in shown(driver)
        assert driver.said == "Showing the feed's text."
        await driver.press("f")
        assert "page 0" in shown(driver)
        await driver.press("f")
        assert "The page itself." in shown(driver)
        assert driver.said == "Showing cleaned text: The page was cleaned and looks complete."


async def test_what_changed_is_shown_on_a_key_and_the_article_again_on_the_next(tmp_path: Path) -> None:
    pages = page("It cost 12 coins."), page("It cost 15 coins.")
    async with reading(library_of(tmp_path, *pages)) as driver:
        await driver.press("g", "d")
        text = shown(driver)
        assert "What changed on" in text
        assert "It cost 1215 coins." in text
        typeset = driver.app.main.article.typeset
        assert typeset is not None
        runs = [run for line in typeset.lines(0, typeset.height) for run in line]
        assert [run.text for run in runs if run.marks & Mark.STRIKE] == ["12"]
        await driver.press("s")
        assert "What changed on" in shown(driver)
        await driver.press("g", "d")
        assert "It cost 15 coins." in shown(driver)


async def test_an_article_that_did_not_change_says_so(tmp_path: Path) -> None:
    async with reading(library_of(tmp_path, page("The page itself."))) as driver:
        await driver.press("g", "d")
        assert driver.said == "This article has not changed since it came."


async def test_another_article_of_the_page_is_read_and_kept(tmp_path: Path) -> None:
    async with reading(library_of(tmp_path, page("The page itself.", SECOND, THIRD))) as driver:
        await driver.press("g", "a")
        dialog = driver.app.screen
        assert isinstance(dialog, OthersDialog)
        assert [one.label for one in dialog.list.choices] == ["A second tale", "A tale without a title."]
        await driver.press("enter")
        assert "It begins below the first." in shown(driver)
        assert "The page itself." not in shown(driver)
        await driver.press("f")
        assert "The page itself." in shown(driver)

        await driver.press("g", "a", "ctrl+s")
        await driver.until(
            lambda: driver.said == "Kept “A second tale” in Saved pages.", "it is kept, and says so"
        )
        kept = driver.app.db.read_now(
            lambda db: [row[0] for row in db.execute("SELECT link FROM entry WHERE title = 'A second tale'")]
        )
        assert kept == ["https://site.example/0-0#article-2"]


async def test_without_other_articles_the_key_says_so(tmp_path: Path) -> None:
    async with reading(library_of(tmp_path, page("The page itself."))) as driver:
        await driver.press("g", "a")
        assert driver.said == "No other article stood on this page."


def test_another_article_has_its_own_address_or_its_place_on_the_page() -> None:
    first = page("One.", SECOND, THIRD)
    assert part_of(first, SECOND).url == "https://site.example/0-0#article-2"
    assert part_of(first, THIRD).url == "https://site.example/third"
    assert part_of(first, THIRD).title == "A tale without a title."
