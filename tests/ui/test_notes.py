"""Highlights and notes: made in the article, shown in it and in the list, gathered on a page of their own."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest

from reader.actions import Context
from reader.document import Highlight
from reader.export.notes import notes_to_markdown
from reader.opening import Output
from reader.store import highlights
from reader.store.highlights import Noted
from reader.typeset import Role, line_text
from reader.ui.notebook import note_lines
from reader.ui.screens.notes import NotesScreen
from tests.articles import row

from .driving import Driver, reading
from .library import NOW, make_library, numbered


def marked(driver: Driver) -> list[str]:
    """The passages that are shown as highlighted."""
    typeset = driver.app.main.article.typeset
    assert typeset is not None
    return [typeset.copy(start, end) for start, end, role in typeset.overlays if role is Role.HIGHLIGHT]


async def test_a_highlight_is_undone_and_redone_by_key_and_shown_so_at_once(tmp_path: Path) -> None:
    async with reading(make_library(tmp_path, numbered("Tide", 2))) as driver:
        await driver.press("enter", "H")
        assert marked(driver) == ["About Tide 1."]
        await driver.press("u")
        assert marked(driver) == []
        assert "Undone: Highlighted" in driver.said
        await driver.press("ctrl+r")
        assert marked(driver) == ["About Tide 1."]


async def test_a_highlight_taken_off_by_a_second_key_typed_at_once_is_off(tmp_path: Path) -> None:
    async with reading(make_library(tmp_path, numbered("Tide", 1))) as driver:
        await driver.press("enter")
        await driver.type("HHH")
        assert marked(driver) == ["About Tide 1."]


async def test_a_note_stands_above_the_article_and_in_its_row_and_is_undone(tmp_path: Path) -> None:
    async with reading(make_library(tmp_path, numbered("Tide", 2))) as driver:
        await driver.press("enter", "M")
        await driver.type("compare with the harbour")
        await driver.press("enter")
        pane = driver.app.main.article
        assert pane.typeset is not None
        assert pane.typeset.find("Note: compare with the harbour")
        assert "¶ Tide 1" in driver.painted()[0] + driver.painted()[1]
        await driver.press("u")
        assert pane.typeset.find("Note: compare") == []
        assert "¶" not in "".join(driver.painted())


async def test_a_longer_note_is_written_in_the_editor_and_opened_there_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(make_library(tmp_path, numbered("Tide", 1))) as driver:
        monkeypatch.setattr(driver.app, "suspend", nullcontext)
        driver.elsewhere.output = Output("compare\n\n- harbour\n- quay\n")
        await driver.press("enter", "M")
        await driver.type("comp")
        await driver.press("ctrl+g")
        assert driver.elsewhere.edited == [("note.md", "comp")]
        assert driver.app.db.read_now(highlights.noted)[0].note == "compare\n\n- harbour\n- quay"
        page = driver.app.main.article.typeset
        assert page is not None
        lines = [line_text(line) for line in page.lines(0, page.height)]
        assert lines[lines.index("Note: compare") :][:4] == ["Note: compare", "", "- harbour", "- quay"]

        driver.elsewhere.problem = "vi failed (1)."
        await driver.press("M")
        await driver.rest()
        assert driver.elsewhere.edited[1:] == [("note.md", "compare\n\n- harbour\n- quay")]
        assert driver.said == "vi failed (1)."
        assert driver.app.db.read_now(highlights.noted)[0].note.startswith("compare")


async def test_where_no_editor_can_have_the_terminal_the_note_stays_as_it_is(tmp_path: Path) -> None:
    async with reading(make_library(tmp_path, numbered("Tide", 1))) as driver:
        await driver.press("enter", "M")
        await driver.type("comp")
        await driver.press("ctrl+g")
        assert driver.said == "This terminal cannot be handed to another program."
        assert driver.app.db.read_now(highlights.noted) == ()


async def test_with_a_selection_the_note_is_on_the_passage(tmp_path: Path) -> None:
    async with reading(make_library(tmp_path, numbered("Tide", 1))) as driver:
        await driver.press("enter")
        pane = driver.app.main.article
        assert pane.typeset is not None
        pane.find("About Tide")
        await driver.press("v", "M")
        await driver.type("which one?")
        await driver.press("enter")
        (noted,) = driver.app.db.read_now(highlights.noted)
        assert [(mark.quote, mark.note) for mark in noted.highlights] == [("About Tide 1.", "which one?")]
        assert "▌ Tide 1" in "".join(driver.painted())


async def test_an_article_with_highlights_asks_which_of_them_the_note_is_on(tmp_path: Path) -> None:
    async with reading(make_library(tmp_path, numbered("Tide", 1))) as driver:
        await driver.press("enter", "H", "M", "down", "enter")
        await driver.type("why?")
        await driver.press("enter")
        (noted,) = driver.app.db.read_now(highlights.noted)
        assert (noted.note, [mark.note for mark in noted.highlights]) == ("", ["why?"])
        await driver.press("M", "down", "enter", "backspace", "backspace", "backspace", "backspace", "enter")
        (noted,) = driver.app.db.read_now(highlights.noted)
        assert [(mark.quote, mark.note) for mark in noted.highlights] == [("About Tide 1.", "")]


# ---------------------------------------------------------------------------------------- the page of all of them


async def test_the_notes_page_lists_copies_saves_opens_and_undoes(tmp_path: Path) -> None:
    async with reading(make_library(tmp_path, numbered("Tide", 3))) as driver:
        await driver.press("enter", "H", "escape", "j", "j", "enter", "M")
        await driver.type("the third")
        await driver.press("enter", "escape", "g", "n")
        screen = driver.app.screen
        assert isinstance(screen, NotesScreen)
        assert [one.row.title for one in screen._list.noted] == ["Tide 1", "Tide 3"]

        await driver.press("y")
        assert driver.elsewhere.copied[-1].startswith("## Tide 1\n\n")
        await driver.press("S")
        await driver.press(*["backspace"] * len("~/notes.md"))
        await driver.type(str(tmp_path / "kept.md"))
        await driver.press("enter")
        kept = (tmp_path / "kept.md").read_text()
        assert "> About Tide 1." in kept
        assert "the third" in kept

        await driver.press("u")
        assert [one.row.title for one in screen._list.noted] == ["Tide 1"]
        await driver.press("enter")
        assert driver.app.screen is driver.app.main
        assert (driver.reading, driver.context) == ("Tide 1", Context.ARTICLE)


async def test_without_notes_the_page_says_how_to_make_some(tmp_path: Path) -> None:
    async with reading(make_library(tmp_path, numbered("Tide", 1))) as driver:
        await driver.press("g", "n")
        screen = driver.app.screen
        assert isinstance(screen, NotesScreen)
        assert screen.status.message == "Nothing yet: H in an article highlights, M notes."
        await driver.press("y", "S", "enter", "j", "G", "q")
        assert driver.app.screen is driver.app.main


# ---------------------------------------------------------------------------------------- pure


def noted(note: str = "", *marks: tuple[str, str]) -> Noted:
    """Return an article with a note and with highlights, each with its own."""
    return Noted(row("Of *tides*"), note, tuple(Highlight(quote, 0, said, NOW) for quote, said in marks))


def test_notes_become_markdown_with_their_sources() -> None:
    text = notes_to_markdown([noted("All of it.", ("Some * words.", "Why?"), ("Others.", ""))])
    assert text.startswith("## Of \\*tides\\*\n\n")
    assert f"](<{row().link}>)" in text or f"]({row().link})" in text
    assert text.endswith("All of it.\n\n> Some \\* words.\n\nWhy?\n\n> Others.\n")


@pytest.mark.parametrize("width", [20, 30, 90])
def test_the_lines_of_the_notebook_belong_to_their_articles_and_keep_to_the_width(width: int) -> None:
    long = "word " * 30
    lines = note_lines([noted(long, (long, long)), noted("", ("one", ""))], width)
    assert {line.article for line in lines} == {0, 1}
    notes = [line.text for line in lines if line.role in ("later", "lede")]
    assert max(map(len, notes)) <= width
    assert sum(text.count("word") for text in notes) == 90
