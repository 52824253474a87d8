"""What is offered at the cursor."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.query import Names, complete, parse

from . import texts

NAMES = Names(
    feeds=("Ars Technica", "LWN", "lobste.rs"),
    folders=("tech", "tech/linux"),
    tags=("python", "to read", "cpython"),
    views=("morning",),
    languages=("en", "de"),
)


def offered(text: str, cursor: int | None = None) -> list[str]:
    return [one.text for one in complete(text, len(text) if cursor is None else cursor, NAMES)]


def test_fields_are_offered_at_the_start_of_a_word() -> None:
    assert offered("rust ti") == ["title:"]
    assert "url:" in offered("-inu")
    assert offered("rust ") == []


def test_names_are_offered_after_their_field_quoted_where_they_need_it() -> None:
    assert offered("feed:ars") == ['"Ars Technica"']
    assert offered("(folder:te") == ["tech", "tech/linux"]
    assert offered("@mo") == ["morning"]


def test_a_name_matches_from_its_start_before_one_that_matches_inside() -> None:
    assert offered("#py") == ["python", "cpython"]


def test_the_last_value_of_a_list_is_completed() -> None:
    (first, *_) = complete("tag:python,to", 13, NAMES)
    assert (first.start, first.end, first.text) == (11, 13, '"to read"')
    assert offered('tag:"to') == ['"to read"']


def test_enumerated_values_are_offered() -> None:
    assert offered("is:un") == ["unread"]
    assert "-published" in offered("sort:-")
    assert "7d" in offered("after:")


def test_only_what_stands_before_the_cursor_counts() -> None:
    assert offered("is:un rust", 5) == ["unread"]


@given(texts.noise, st.integers(0, 40))
def test_any_text_can_be_completed_and_offers_stay_inside_it(text: str, cursor: int) -> None:
    cursor = min(cursor, len(text))
    for one in complete(text, cursor, NAMES):
        assert 0 <= one.start <= one.end == cursor


def test_an_accepted_name_can_be_parsed() -> None:
    for text in ("feed:ars", "#to", "@mo", "tag:python,to"):
        first = complete(text, len(text), NAMES)[0]
        assert parse(text[: first.start] + first.text + text[first.end :]).where is not None
