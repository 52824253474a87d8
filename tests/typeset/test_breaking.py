from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document import Span
from reader.text import clean
from reader.typeset.breaking import NO_END, NO_START, break_lines, is_right_to_left
from reader.typeset.cells import cell_width
from reader.typeset.flow import Links, make_flow
from reader.typeset.line import Role
from tests.typeset.strategies import texts


def broken(text: str, width: int, first: int | None = None) -> list[str]:
    """The lines of a text as they are cut, break opportunities and all."""
    return [text[start:end] for start, end in break_lines(text, first or width, width)]


def test_a_line_ends_at_the_last_space_that_fits() -> None:
    assert broken("one two three four", 9) == ["one two", "three", "four"]


def test_a_space_may_hang_over_the_edge() -> None:
    assert broken("one two", 3) == ["one", "two"]
    assert broken("日本 日本", 4) == ["日本", "日本"]


def test_the_first_line_may_be_shorter() -> None:
    assert broken("one two three", 9, first=5) == ["one", "two three"]


def test_a_newline_always_ends_a_line() -> None:
    assert broken("one\n\ntwo three", 20) == ["one", "", "two three"]


def test_an_empty_text_has_one_line() -> None:
    assert broken("", 10) == [""]


def test_several_spaces_inside_a_line_are_kept() -> None:
    assert broken("a  b c", 4) == ["a  b", "c"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a well-known fact", ["a well-", "known", "fact"]),
        ("in 2020-2024 x", ["in", "2020-2024", "x"]),
        ("a -5 degrees", ["a -5", "degrees"]),
        ("word—word", ["word—", "word"]),
        ("word — word", ["word —", "word"]),
    ],
)
def test_a_line_may_end_after_a_hyphen_between_letters_and_after_a_dash(text: str, lines: list[str]) -> None:
    assert broken(text, 9 if "20" in text else 8) == lines


def test_what_is_tied_by_no_break_spaces_and_hyphens_stays_together() -> None:
    assert broken("say 10\u00a0km now", 8) == ["say", "10\u00a0km", "now"]
    assert broken("a non\u2011stop", 8) == ["a", "non\u2011stop"]
    assert broken("日本\u00a0語 x", 6) == ["日", "本\u00a0語", "x"]


def test_a_word_longer_than_a_line_is_cut() -> None:
    assert broken("a " + "x" * 12, 5) == ["a", "xxxxx", "xxxxx", "xx"]


def test_a_long_address_is_cut_after_a_delimiter() -> None:
    assert broken("https://a.example/one/two-three?four", 20) == ["https://a.example/", "one/two-three?four"]


def test_a_long_word_of_wide_characters_is_cut_between_clusters() -> None:
    assert broken("👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧", 5) == ["👩‍👩‍👧👩‍👩‍👧", "👩‍👩‍👧"]
    assert broken("e\u0301" * 5, 2) == ["e\u0301e\u0301", "e\u0301e\u0301", "e\u0301"]


def test_a_soft_hyphen_is_a_place_to_break_when_the_hyphen_has_room() -> None:
    assert broken("Lampen\u00adlicht", 8) == ["Lampen\u00ad", "licht"]
    assert broken("Lampen\u00adlicht", 7) == ["Lampen\u00ad", "licht"]
    assert broken("Lampen\u00adlicht", 6) == ["Lampen", "\u00adlicht"]
    assert broken("Lampen\u00adlicht", 11) == ["Lampen\u00adlicht"]


def test_a_zero_width_space_is_a_place_to_break() -> None:
    assert broken("lamp\u200blight", 6) == ["lamp\u200b", "light"]


def test_chinese_and_japanese_break_between_any_two_characters() -> None:
    assert broken("日本語の文章です", 6) == ["日本語", "の文章", "です"]


def test_closing_punctuation_takes_its_character_along() -> None:
    assert broken("日本語。文", 6) == ["日本", "語。文"]
    assert broken("ランプー、灯", 6) == ["ラン", "プー、", "灯"]
    assert broken("これです。", 8) == ["これで", "す。"]


def test_opening_punctuation_goes_with_what_follows() -> None:
    assert broken("日本「語」", 6) == ["日本", "「語」"]
    assert broken("说了“你好”", 5) == ["说了", "“你", "好”"]


def test_a_latin_word_in_chinese_stays_whole() -> None:
    assert broken("用Python写", 7) == ["用", "Python", "写"]


def test_korean_words_stay_whole() -> None:
    assert broken("다툼 거리의 점등원이", 11) == ["다툼 거리의", "점등원이"]


def test_thai_breaks_between_letters_but_not_before_their_vowels() -> None:
    lines = broken("คนจุดโคมไฟแห่งถนนทะเลาะ", 6)

    assert len(lines) > 2
    assert all(line[-1] not in "เแโใไ" and line[0] not in "ะาำๅๆ" for line in lines)


@given(texts, st.integers(2, 60), st.integers(2, 60))
def test_no_line_is_too_wide_and_no_character_but_spaces_is_lost(text: str, first: int, rest: int) -> None:
    text = make_flow((Span(text),), Role.TEXT, Links()).text
    lines = break_lines(text, first, rest)

    for number, (start, end) in enumerate(lines):
        hyphen = 1 if end > start and text[end - 1] == "\u00ad" else 0
        assert cell_width(text[start:end].replace("\u00ad", "")) + hyphen <= (rest if number else first)
    lost = [text[end:start] for (_, end), (start, _) in pairwise(lines)]
    assert all(not gap.strip(" \n") for gap in lost)
    assert lines[0][0] == 0


@given(st.text(alphabet="日本語ー、。「」（）…ab 1é", max_size=60), st.integers(8, 30))
def test_kinsoku_holds_wherever_a_line_can_be_broken_otherwise(text: str, width: int) -> None:
    lines = break_lines(text, width, width)

    for (start, end), (following, _) in pairwise(lines):
        if end == following and len(set(text[start:end])) > 3:
            forced = all(
                char in NO_START or char in NO_END or char.isascii() or char == "é"
                for char in text[start + 1 : end]
            )
            assert (
                forced
                or (text[following] not in NO_START and text[end - 1] not in NO_END)
                or _is_tied(text[start : following + 1])
            )


def _is_tied(text: str) -> bool:
    """Tell whether no two neighbours in a text may be parted."""
    pairs = pairwise(text)
    return all(
        a in NO_END or b in NO_START or (a.isascii() and b.isascii()) or "é" in a + b for a, b in pairs
    )


@given(st.text().map(clean), st.integers(2, 50))
def test_any_text_whatever_can_be_broken(text: str, width: int) -> None:
    assert break_lines(text, width, width)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("lamp", False), ("مصباح", True), ("פנס", True), ("(123) פנס", True), ("lamp פנס", False), ("123 …", False),
        ("", False), ("é מ", False), ("日本 פנס", False),
    ],
)  # fmt: skip
def test_the_first_letter_with_a_direction_decides(text: str, expected: bool) -> None:
    assert is_right_to_left(text) is expected
