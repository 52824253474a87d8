"""Getting things out: saved, piped, sent, paged, edited, played, downloaded."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.config import Config
from reader.document import Highlight
from reader.errors import BroadsheetError
from reader.model import Enclosure, ParsedEntry
from reader.opening import Output
from reader.store import feeds
from reader.store.database import Database
from reader.ui.deeds.outward import exported, piped_form, unusable_form
from reader.ui.dialogs.files import FilesDialog, progress
from reader.ui.dialogs.text import TextDialog
from tests.articles import row, stored

from .driving import Driver, reading
from .library import NOW, make_library, numbered, store

TALE = Enclosure("https://site.example/tale.mp3?utm_source=x", "audio/mpeg", 30_000_000, "A tale")
NOTES = Enclosure("https://site.example/n/notes.pdf", "application/pdf")


class Carrier:
    """Stands for downloads; remembers what it was asked for."""

    def __init__(self, problem: str = "") -> None:
        self.problem = problem
        self.asked: list[tuple[str, str]] = []

    async def download(
        self, url: str, name: str, told: Callable[[int, int], None], *, at_home: bool = False
    ) -> str:
        self.asked.append((url, name))
        told(10, 20)
        if self.problem:
            raise BroadsheetError(self.problem)
        return f"/saved/{name}"


def library_with_files(tmp_path: Path) -> Database:
    """Return a library of one article with two files."""
    database = Database.open(tmp_path / "library.db")
    feed_id = database.write_now(feeds.add_feed, "https://site.example/rss", "Tide", now=NOW)
    store(
        database,
        feed_id,
        [
            ParsedEntry(
                guid="1", link="https://site.example/1", title="Tide", published=NOW, enclosures=(TALE, NOTES)
            )
        ],
    )
    return database


async def typed_over(driver: Driver, before: str, text: str) -> None:
    await driver.press(*["backspace"] * len(before))
    await driver.type(text)
    await driver.press("enter")


@pytest.mark.parametrize("ending", ["md", "html", "txt", "json"])
async def test_an_article_is_saved_in_the_form_its_file_ends_in(tmp_path: Path, ending: str) -> None:
    async with reading(make_library(tmp_path, numbered("Tide", 1))) as driver:
        await driver.press("S")
        await typed_over(driver, "~/tide-1.md", f"{tmp_path}/kept.{ending}")
        text = (tmp_path / f"kept.{ending}").read_text()
        assert text.startswith(
            {"md": "# Tide 1", "html": "<!DOCTYPE html>", "txt": "Tide 1", "json": "{"}[ending]
        )
        assert "About Tide 1." in text
        assert driver.said == f"Saved {tmp_path}/kept.{ending}."


async def test_what_a_piped_command_prints_is_shown_to_be_read(tmp_path: Path) -> None:
    async with reading(make_library(tmp_path, numbered("Tide", 1))) as driver:
        driver.elsewhere.output = Output("one\ntwo\n")
        await driver.press("vertical_line")
        await driver.type(":json jq .title")
        await driver.press("enter")
        ((command, text),) = driver.elsewhere.ran
        assert command == "jq .title"
        assert json.loads(text)["title"] == "Tide 1"
        screen = driver.app.screen
        assert isinstance(screen, TextDialog)
        await driver.press("escape")

        driver.elsewhere.output = Output("", "jq failed (3).")
        await driver.press("vertical_line")
        await driver.type("wc")
        await driver.press("enter")
        assert driver.app.screen is driver.app.main
        assert driver.said == "jq failed (3)."
        assert str(driver.elsewhere.ran[1][1]).startswith("# Tide 1")


async def test_the_article_is_sent_to_a_command_of_the_settings(tmp_path: Path) -> None:
    config = Config(send={"keep": ("keep-it", "--title={title}", "{url}"), "print": ("lp",)})
    async with reading(make_library(tmp_path, numbered("Tide", 1)), config=config) as driver:
        await driver.press("exclamation_mark")
        await driver.press("enter")
        ((command, text),) = driver.elsewhere.ran
        assert command == ("keep-it", "--title=Tide 1", "https://site.example/0-0")
        assert json.loads(text)["url"] == "https://site.example/0-0"
        assert driver.said == "Sent to keep."


async def test_without_commands_in_the_settings_sending_says_where_to_name_them(tmp_path: Path) -> None:
    async with reading(make_library(tmp_path, numbered("Tide", 1))) as driver:
        await driver.press("exclamation_mark")
        assert "send in the configuration" in driver.said


async def test_the_files_of_an_article_are_listed_played_saved_and_copied(tmp_path: Path) -> None:
    files = Carrier()
    async with reading(library_with_files(tmp_path), files=files) as driver:
        await driver.press("g", "f")
        screen = driver.app.screen
        assert isinstance(screen, FilesDialog)
        assert [(choice.label, choice.note) for choice in screen.list.choices] == [
            ("A tale", "audio/mpeg, 30 MB"),
            ("notes.pdf", "application/pdf"),
        ]
        await driver.press("enter")
        assert driver.elsewhere.played == [TALE.url]
        assert driver.said == "Playing A tale."

        await driver.press("g", "f", "down", "ctrl+s")
        assert files.asked == [(NOTES.url, "notes.pdf")]
        assert driver.said == "Saved /saved/notes.pdf."
        assert driver.app.main.tasks.over[0].outcome == "saved as /saved/notes.pdf"

        await driver.press("g", "f", "ctrl+y")
        assert driver.elsewhere.copied == ["https://site.example/tale.mp3"]


async def test_a_download_that_fails_says_why(tmp_path: Path) -> None:
    async with reading(library_with_files(tmp_path), files=Carrier("The disk is full.")) as driver:
        await driver.press("g", "f", "ctrl+s")
        assert driver.said == "The disk is full."
        assert driver.app.main.tasks.over[0].failed


async def test_an_article_without_files_says_so(tmp_path: Path) -> None:
    async with reading(make_library(tmp_path, numbered("Tide", 1))) as driver:
        await driver.press("g", "f")
        assert driver.said == "No file goes with this article."


# ---------------------------------------------------------------------------------------- pure


def test_a_pipe_may_name_the_form_it_wants() -> None:
    assert piped_form(" wc -w ") == (".md", "wc -w")
    assert piped_form(":text fmt") == (".txt", "fmt")
    assert piped_form(":html") == (".html", "")
    assert unusable_form(":pdf lp") == ":pdf is none of :markdown :text :html :json."
    assert unusable_form("wc :x") == ""


def test_every_form_has_the_text_and_the_highlights() -> None:
    article = stored("Some words.", row=row("Of tea"), highlights=(Highlight("Some words.", 0, "Why?", NOW),))
    for ending in (".md", ".html", ".txt", ".json"):
        text = exported(article, ending)
        assert "Of tea" in text
        assert text.count("Some words.") >= 2
        assert "Why?" in text


def test_progress_is_told_in_words() -> None:
    assert progress("tea.mp3", 1_200_000, 30_000_000) == "tea.mp3 1.2 MB of 30 MB"
    assert progress("tea.mp3", 999, 0) == "tea.mp3 999 bytes"
