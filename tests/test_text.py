from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text import MAX_MARKS, clean, clean_code, clean_line
from tests.hostile_text import TERMINAL

FORBIDDEN = frozenset(
    chr(code)
    for code in range(0x110000)
    if unicodedata.category(chr(code)) in ("Cc", "Cs", "Zl", "Zp")
    or chr(code) in "\u061c\u180e\u200e\u200f\ufeff"
    or 0x202A <= code <= 0x202E
    or 0x2060 <= code <= 0x206F
    or 0xE0000 <= code <= 0xE00FF
)
"""What no string of the model may hold, newline and (in code) tab apart."""

anything = st.text(
    st.one_of(
        st.characters(), st.sampled_from(sorted(FORBIDDEN)), st.sampled_from("\n\r\t \u0301\u200b\u200d")
    )
)


@given(anything)
def test_nothing_that_a_terminal_obeys_is_left(text: str) -> None:
    assert not FORBIDDEN & set(clean(text)) - {"\n"}
    assert not FORBIDDEN & set(clean_line(text))
    assert not FORBIDDEN & set(clean_code(text)) - {"\n", "\t"}


def test_every_forbidden_character_is_gone_or_a_space_wherever_it_stands() -> None:
    for char in FORBIDDEN - {"\n", "\r"}:
        assert clean(f"a{char}b") in ("ab", "a b")
        assert clean_line(f"a{char}b") in ("ab", "a b")


@given(anything)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert clean_line(clean_line(text)) == clean_line(text)
    assert clean_code(clean_code(text)) == clean_code(text)


@given(anything)
def test_a_cleaned_text_is_in_nfc_and_can_be_encoded(text: str) -> None:
    assert unicodedata.is_normalized("NFC", clean(text))
    assert clean(text).encode("utf-8").decode("utf-8") == clean(text)


@given(st.text(st.characters(categories=("L", "N", "P", "S"))))
def test_letters_numbers_and_signs_are_kept(text: str) -> None:
    invisible = "\u3164\uffa0"
    kept = "".join(char for char in unicodedata.normalize("NFC", text) if char not in invisible)

    assert clean(text) == unicodedata.normalize("NFC", kept)


@given(anything)
def test_a_line_is_one_line_without_spaces_at_its_ends_or_doubled(text: str) -> None:
    line = clean_line(text)

    assert line == line.strip()
    assert not any(char.isspace() and char != " " for char in line)
    assert "  " not in line


@given(anything, st.integers(1, 30))
def test_a_limit_holds_and_shows_that_something_is_missing(text: str, limit: int) -> None:
    for cleaner in (clean, clean_line):
        cut = cleaner(text, limit=limit)
        assert len(cut) <= limit
        assert cut == cleaner(text) or cut.endswith("…")


def test_a_text_that_fits_is_not_cut() -> None:
    assert clean("lamp", limit=4) == "lamp"
    assert clean("lamps", limit=4) == "lam…"
    assert clean("la mps", limit=4) == "la…"


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\n"])
def test_line_ends_of_every_system_become_newlines(ending: str) -> None:
    assert clean(f"a{ending}b") == "a\nb"
    assert clean_code(f"a{ending}\tb") == "a\n\tb"
    assert clean_line(f"a{ending}b") == "a b"


@pytest.mark.parametrize("space", ["\t", "\x0b", "\x0c", "\x1c", "\x1f", "\x85", "\u2028", "\u2029"])
def test_other_breaks_become_spaces_except_tabs_in_code(space: str) -> None:
    assert clean(f"a{space}b") == "a b"
    assert clean_code(f"a{space}b") == ("a\tb" if space == "\t" else "a b")


@pytest.mark.parametrize(
    "kept", ["\u200b", "\u200c", "\u200d", "\u00ad", "\ufe0f", "\ufe0e", "\U000e0100", "\u00a0"]
)
def test_joiners_selectors_and_break_opportunities_are_kept(kept: str) -> None:
    assert clean(f"a{kept}b") == f"a{kept}b"


def test_a_line_has_no_break_opportunities_of_no_width() -> None:
    assert clean_line("zero\u200bwidth\u200b") == "zerowidth"


def test_emoji_sequences_survive() -> None:
    for emoji in ("👩‍👩‍👧‍👦", "❤️‍🔥", "🇩🇪", "👍🏽", "1️⃣"):
        assert clean(emoji) == clean_line(emoji) == emoji


@pytest.mark.parametrize(
    "mark", ["\u0301", "\u0e49", "\u064b", "\u20dd", "\u0489", "\u3099", "\ufe0f", "\u200d", "\u05b0"]
)
def test_marks_do_not_pile_up(mark: str) -> None:
    assert clean("a" + mark * 1000 + "b").count(mark) <= MAX_MARKS


def test_ordinary_marks_are_kept() -> None:
    for word in ("क्षत्रिय", "ที่อยู่", "الْعَرَبِيَّةُ", "Việt", "שָׁלוֹם", "မြန်မာ", "ភាសាខ្មែរ"):
        assert clean(word) == unicodedata.normalize("NFC", word)


def test_code_is_not_recomposed() -> None:
    assert clean_code("e\u0301") == "e\u0301"
    assert clean("e\u0301") == "é"


def test_lone_surrogates_are_dropped() -> None:
    assert clean("a\ud800b\udfffc") == "abc"


@pytest.mark.parametrize("text", TERMINAL)
def test_no_control_sequence_survives(text: str) -> None:
    for cleaner in (clean, clean_line, clean_code):
        assert all(
            char.isprintable() or char in "\n\t\u200b\u00ad\u200c\u200d" or not char.isascii()
            for char in cleaner(text)
        )
        assert "\x1b" not in cleaner(text)
        assert not any("\x80" <= char <= "\x9f" for char in cleaner(text))


def test_a_tag_character_cannot_hide_a_message() -> None:
    assert clean("hi" + "".join(chr(0xE0000 + ord(char)) for char in "ignore this")) == "hi"


def test_a_bidirectional_override_cannot_reverse_a_title() -> None:
    assert clean_line("\u202egpj.exe") == "gpj.exe"
