from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len, get_character_cell_size

from reader.text import clean
from reader.typeset.cells import WIDTHS, cell_width, clusters, crop, is_simple, pad

PRINTABLE = [
    char
    for code in range(0x20, 0x30000)
    if (char := chr(code)) and unicodedata.category(char) not in ("Cn", "Cs", "Co", "Cc")
]


def test_every_assigned_character_is_measured_as_the_screen_does() -> None:
    ours = {char: WIDTHS[char] for char in PRINTABLE if char != "\u00ad"}
    theirs = {char: get_character_cell_size(char) for char in ours}

    assert ours == theirs


def test_a_character_younger_than_our_tables_is_never_measured_too_narrow() -> None:
    young = [chr(code) for code in range(0x378, 0x1FC00) if unicodedata.category(chr(code)) == "Cn"]

    assert all(WIDTHS[char] >= get_character_cell_size(char) for char in young)


@given(st.text().map(clean))
def test_a_text_is_never_measured_narrower_than_the_screen_does(text: str) -> None:
    assert cell_width(text) >= cell_len(text.replace("\u00ad", ""))


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("", 0), ("lamp", 4), ("日本", 4), ("한글", 4), ("e\u0301", 1), ("👍🏽", 2), ("👩‍👩‍👧‍👦", 2), ("❤", 1), ("❤️", 2), ("1️⃣", 2),
        ("🇩🇪", 2), ("🇩🇪🇯🇵", 4), ("a\u200bb", 2), ("★ … “”", 6), ("\u1112\u1161\u11ab", 2), ("مَ", 1), ("क्षि", 2), ("①", 1),
    ],
)  # fmt: skip
def test_the_cells_of_a_text_are_those_of_a_terminal(text: str, cells: int) -> None:
    assert cell_width(text) == cells
    assert cell_len(text) == cells


@given(st.text().map(clean))
def test_clusters_follow_one_another_without_a_gap_and_never_are_wider_than_two(text: str) -> None:
    found = list(clusters(text))

    assert "".join(text[start:end] for start, end, _ in found) == text
    assert sum(width for _, _, width in found) == cell_width(text)
    assert all(width <= 2 for _, _, width in found)


@pytest.mark.parametrize("text", ["👩‍👩‍👧‍👦", "e\u0323\u0307", "🇩🇪", "❤️‍🔥", "각"])
def test_what_belongs_together_is_one_cluster(text: str) -> None:
    assert [text[start:end] for start, end, _ in clusters(text)] == [text]


@given(st.text(max_size=30).map(clean), st.integers(0, 20), st.integers(0, 20))
def test_a_cut_has_the_width_that_was_asked_for(text: str, start: int, length: int) -> None:
    part = crop(text, start, start + length)

    assert cell_width(part) == max(0, min(length, cell_width(text) - start))


def test_half_a_wide_character_becomes_a_space() -> None:
    assert crop("日本語", 1, 5) == " 本 "
    assert crop("日本語", 0, 2) == "日"


def test_padding_counts_cells() -> None:
    assert pad("日本", 6) == "日本  "
    assert pad("longer", 3) == "longer"


@given(st.text().map(clean))
def test_a_simple_text_has_a_cell_for_each_character(text: str) -> None:
    assert not is_simple(text) or cell_len(text) == len(text)
