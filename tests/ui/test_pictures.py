"""Pictures: fetched when a key or a setting wants them, drawn in place, and never fetched otherwise."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from reader.config import Config
from reader.document import Blocks, Figure, Paragraph, Span
from reader.errors import BroadsheetError
from reader.model import ParsedFeed
from reader.store import entries, feeds
from reader.store.database import Database
from reader.typeset import Picture, line_text
from reader.ui.picturing import is_worth_fetching
from tests.articles import figure, p, quote

from .driving import Driver, reading
from .library import LONG, NOW, entry

LAMP, QUAY = "https://site.example/lamp.png", "https://site.example/quay.png"


@dataclass
class Gallery:
    """Brings pictures of four red pixels; remembers which."""

    why_not: str = ""
    broken: tuple[str, ...] = ()
    asked: list[tuple[str, bool]] = field(default_factory=list)

    def missing(self) -> str:
        return self.why_not

    async def picture(self, url: str, columns: int, rows: int, *, at_home: bool = False) -> Picture:
        self.asked.append((url, at_home))
        if url in self.broken:
            raise BroadsheetError("The picture is too large to be drawn.")
        return Picture(2, 4, b"\xff\0\0" * 8)


def library(folder: Path, *, pictures: bool | None = None) -> Database:
    """Return a library of one article with two pictures and a pixel that counts readers."""
    database = Database.open(folder / "library.db")
    feed_id = database.write_now(
        feeds.add_feed, "https://site.example/rss", "Tide", now=NOW, private_host=True
    )
    database.write_now(feeds.edit_feed, feed_id, pictures=pictures)
    text: Blocks = (
        p(LONG),
        figure(LAMP, "A lamp"),
        quote(figure(QUAY, "The quay"), figure(LAMP, "The lamp again")),
        figure("https://count.example/p.gif", width=1, height=1),
        *(Paragraph((Span(f"{number}. {LONG}"),)) for number in range(6)),
    )
    parsed = ParsedFeed("rss", "", "https://site.example", (entry("1", "Tide", NOW),))
    database.write_now(entries.store_feed, feed_id, parsed, NOW, texts=(text,))
    return database


def cells(driver: Driver) -> int:
    """How many cells of pictures the article has."""
    page = driver.app.main.article.typeset
    assert page is not None
    return sum(len(run.text) for line in page.lines(0, page.height) for run in line if run.halves)


def topmost(driver: Driver) -> str:
    """The line of the article at the top of its pane."""
    pane = driver.app.main.article
    assert pane.typeset is not None
    top = round(pane.scroll_y) - 1
    return line_text(pane.typeset.lines(top, top + 1)[0])


async def test_a_key_fetches_the_pictures_and_takes_them_away_again(tmp_path: Path) -> None:
    gallery = Gallery()
    async with reading(library(tmp_path)) as driver:
        driver.app.main.reading.pictures.port = gallery
        await driver.press("enter")
        assert (gallery.asked, cells(driver)) == ([], 0)

        await driver.press("I")
        await driver.rest()
        assert gallery.asked == [(LAMP, True), (QUAY, True)]
        assert cells(driver) == 3 * 4
        assert driver.app.main.tasks.over[0].outcome == "2 pictures of 2"

        await driver.press("I")
        assert cells(driver) == 0


async def test_the_reader_stays_at_the_same_sentence_when_pictures_come(tmp_path: Path) -> None:
    async with reading(library(tmp_path)) as driver:
        driver.app.main.reading.pictures.port = Gallery()
        await driver.press("enter")
        pane = driver.app.main.article
        assert pane.typeset is not None
        pane.scroll_lines_to(1 + pane.typeset.line_of(pane.typeset.find("3. A sentence")[0][0]))
        before, line = topmost(driver), round(pane.scroll_y)
        await driver.press("I")
        await driver.rest()
        assert round(pane.scroll_y) == line + 3 * 2
        assert topmost(driver) == before


@pytest.mark.parametrize(
    ("setting", "of_the_source", "fetched"),
    [(False, None, 0), (True, None, 2), (True, False, 0), (False, True, 2)],
)
async def test_the_source_or_else_the_settings_say_whether_an_opened_article_gets_its_pictures(
    tmp_path: Path, setting: bool, of_the_source: bool | None, fetched: int
) -> None:
    gallery = Gallery()
    config = Config(pictures=setting)
    async with reading(library(tmp_path, pictures=of_the_source), config=config) as driver:
        driver.app.main.reading.pictures.port = gallery
        await driver.rest()
        assert gallery.asked == []
        await driver.press("enter")
        await driver.rest()
        assert len(gallery.asked) == fetched


async def test_one_picture_that_cannot_be_drawn_leaves_the_others(tmp_path: Path) -> None:
    async with reading(library(tmp_path)) as driver:
        driver.app.main.reading.pictures.port = Gallery(broken=(LAMP,))
        await driver.press("enter", "I")
        await driver.rest()
        assert cells(driver) == 4
        (task,) = driver.app.main.tasks.over
        assert list(task.problems) == ["The picture is too large to be drawn."]


async def test_why_no_picture_is_drawn_is_said(tmp_path: Path) -> None:
    async with reading(library(tmp_path)) as driver:
        await driver.press("enter", "I")
        assert driver.said == "This library is shown without fetching."

        driver.app.main.reading.pictures.port = Gallery(why_not="Pictures need the extra images.")
        await driver.press("I")
        assert driver.said == "Pictures need the extra images."

        driver.app.main.reading.pictures.port = Gallery(broken=(LAMP, QUAY))
        await driver.press("I")
        await driver.rest()
        assert driver.said == "The picture is too large to be drawn."


@pytest.mark.parametrize(
    ("one", "worth"),
    [
        (Figure(LAMP), True),
        (Figure(LAMP, width=1200, height=800), True),
        (Figure("https://count.example/p.gif", width=1, height=1), False),
        (Figure("https://site.example/line.png", height=2), False),
        (Figure("https://site.example/v.mp4", kind="video"), False),
        (Figure("data:image/png;base64,AAAA"), False),
        (Figure(""), False),
    ],
)
def test_only_pictures_on_the_web_that_can_be_seen_are_fetched(one: Figure, worth: bool) -> None:
    assert is_worth_fetching(one) is worth
