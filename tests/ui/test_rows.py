"""How an entry is written in the list: always as wide as the list, whatever it is called."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from reader.model import EntryId, EntryRow, FeedId
from reader.text import clean_line
from reader.ui import rows
from reader.ui.rows import Look, RowState, Snippet
from tests.hostile_text import ALL

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def entry(title: str = "A title", **what: object) -> EntryRow:
    """Return a row with this title."""
    published = NOW - timedelta(hours=3)
    plain = EntryRow(EntryId(1), FeedId(1), "The Harbour Courier", title, published, NOW, words=900)
    return replace(plain, **what)  # type: ignore[arg-type]  # fields of a row by name


def written(row: EntryRow, width: int, part: int = 0, state: RowState = RowState(), height: int = 0) -> str:  # noqa: B008
    """Return a line of a row as text."""
    look = Look(NOW, width, rows.auto_height(width, height))
    return "".join(piece.text for piece in rows.line(row, part, state, look))


def test_a_wide_row_tells_all_on_one_line() -> None:
    line = written(entry(starred=True, tags=("sea",)), 110)

    assert line.split() == ["●", "★", "A", "title", "#sea", "The", "Harbour", "Courier", "4′", "3h"]


def test_a_narrow_row_tells_source_and_length_on_its_second_line() -> None:
    row = entry(starred=True, tags=("sea",))

    assert written(row, 44).split() == ["●", "★", "A", "title", "3h"]
    assert written(row, 44, 1).split() == ["The", "Harbour", "Courier", "·", "4", "min", "#sea"]


def test_read_later_and_noted_rows_say_so_without_colour() -> None:
    assert written(entry(unread=False, later=True, has_note=True), 60).split()[:2] == ["»", "¶"]


def test_the_highlighted_and_the_selected_row_are_told_by_signs() -> None:
    assert written(entry(), 60, state=RowState(highlighted=True)).startswith("▸●")
    assert written(entry(), 60, state=RowState(selected=True)).startswith(" ✓")


def test_a_title_without_text_is_called_so() -> None:
    assert "(without a title)" in written(entry(""), 60)
    assert "A lede" in written(entry("", lede="A lede"), 60)


def test_the_first_hit_of_a_search_is_in_view() -> None:
    text = "word " * 60 + "harbour and more"
    at = text.index("harbour")
    state = RowState(snippet=Snippet(text, ((at, at + 7),)))

    assert "harbour" in written(entry(), 44, 1, state)


@given(title=st.text(max_size=80), width=st.integers(4, 140), part=st.integers(0, 1))
def test_a_line_is_exactly_as_wide_as_the_list(title: str, width: int, part: int) -> None:
    row = entry(clean_line(title), lede=clean_line(title), tags=("a", "長い"))
    line = written(row, width, part, RowState(snippet=Snippet(clean_line(title), ((1, 3),))), height=2)

    assert cell_len(line) == max(width, _least(width, part))


def _least(width: int, part: int) -> int:
    """Return the cells a line needs at least; a list is never narrower than its margin and columns."""
    del width
    return 9 if part == 0 else 3


@pytest.mark.parametrize("text", ALL)
def test_hostile_titles_keep_their_line(text: str) -> None:
    row = entry(clean_line(text), lede=clean_line(text))
    for width in (40, 70, 120):
        assert cell_len(written(row, width)) == width


def test_wrapping_keeps_words_and_ends_in_an_ellipsis() -> None:
    assert rows.wrap("one two three four", 9, 2) == ["one two", "three …"]
    assert rows.wrap("", 9, 2) == []
    assert rows.wrap("x" * 30, 9, 2)[0].startswith("xxxxxxxx")


def test_fit_cuts_wide_characters_at_a_cell() -> None:
    assert rows.fit("路面電車", 5) == "路面…"
    assert cell_len(rows.fit("路面電車", 6)) == 6
    assert rows.fit("ab", 4) == "ab  "
    assert rows.fit("ab", 0) == ""


def test_an_unfolded_row_shows_the_headline_that_was_cut_the_lede_and_the_facts() -> None:
    row = entry(
        "A headline that is a good deal longer than the list is wide", lede="It begins here.", tags=("sea",)
    )
    lines = rows.unfold(row, Look(NOW, 44, 2))

    assert lines[:3] == ("A headline that is a good deal longer", "than the list is wide", "It begins here.")
    assert "The Harbour Courier" in lines[3]
    assert lines[-1].endswith("#sea")
    assert rows.unfold(entry(), Look(NOW, 44, 2))[0].startswith("The Harbour Courier")
