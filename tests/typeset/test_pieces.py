"""Tables, listings and running text: what the gallery cannot show."""

from __future__ import annotations

import pytest

from reader.document import Cell, Mark, Span, Table
from reader.typeset import Line, Options, Role, Typeset, line_text, line_width, set_article
from reader.typeset.code import MAX_COLOURED, MAX_COLOURED_LINE
from reader.typeset.table import fit
from tests.articles import article, code, link, note, p, spans, table


def page_of(*blocks: object, width: int = 40, **options: object) -> Typeset:
    return set_article(article(*blocks), width, Options(frame=False, **options))  # type: ignore[arg-type]  # a builder's pass-through


def lines_of(page: Typeset, shift: int = 0) -> list[str]:
    return [line_text(line).rstrip() for line in page.lines(0, page.height, shift)]


def roles(line: Line) -> dict[str, Role]:
    return {run.text.strip(): run.role for run in line if run.text.strip()}


# ------------------------------------------------------------------------------------------- columns


def test_columns_are_as_wide_as_they_have_use_for() -> None:
    assert fit([2, 3], [5, 9], 20) == [5, 9]


def test_columns_that_need_more_share_alike() -> None:
    assert fit([1, 1, 1], [4, 100, 100], 44) == [4, 20, 20]
    assert sum(fit([1, 1, 1], [4, 100, 100], 45)) == 45


def test_no_column_is_narrower_than_its_longest_word() -> None:
    assert fit([30, 1], [40, 100], 44) == [30, 14]


def test_a_table_that_cannot_fit_is_set_in_comfort() -> None:
    assert fit([20, 20], [25, 300], 30) == [25, 28]


def test_numbers_stand_flush_right_and_words_flush_left() -> None:
    page = page_of(table(("word", "number"), ("a", "1,234.5"), ("b", "7 %"), ("c", "—")))

    assert lines_of(page)[2:] == ["a    │ 1,234.5", "b    │     7 %", "c    │       —"]


def test_a_column_of_numbers_and_words_is_words() -> None:
    assert lines_of(page_of(table(("x", "y"), ("a", "100"), ("b", "none"))))[2] == "a │ 100"


def test_a_wide_table_is_scrolled_and_the_other_text_is_not() -> None:
    page = page_of(
        "Words.", table(tuple("abcdefgh"), tuple(f"{n} lamps of the street" for n in range(8))), width=30
    )

    assert page.height > 3
    assert page.overhang > 0
    assert lines_of(page, page.overhang)[0] == "Words."
    assert "7 lamps of the street" in lines_of(page, page.overhang)[-1]
    assert lines_of(page, 10_000) == lines_of(page, page.overhang)


def test_without_scrolling_a_wide_table_is_unfolded_row_by_row() -> None:
    page = page_of(table(("Strassenname", "Laternenzahl"), ("Mill Lane", "7")), width=20, scroll=False)

    assert lines_of(page) == ["Strassenname: Mill", "Lane", "Laternenzahl: 7"]


def test_hostile_spans_cost_nothing() -> None:
    page = page_of(Table(tuple((Cell(spans("a"), colspan=10**9, rowspan=10**9),) for _ in range(200))))

    assert page.height > 0
    assert all(line_width(line) <= 40 for line in page.lines(0, page.height))


def test_a_table_without_cells_is_nothing() -> None:
    assert page_of(Table(()), Table(((), ()))).height == 0


# ------------------------------------------------------------------------------------------- listings


def test_a_listing_is_coloured_in_its_language() -> None:
    line = page_of(code("def light(): return 'on'  # now", "python")).lines(0, 1)[0]

    found = roles(line)
    assert found["def"] is Role.CODE_KEYWORD
    assert found["light"] is Role.CODE_NAME
    assert found["'on'"] is Role.CODE_STRING
    assert found["# now"] is Role.CODE_COMMENT


@pytest.mark.parametrize("language", ["", "no such language", "../../etc/passwd"])
def test_a_listing_in_no_known_language_is_plain(language: str) -> None:
    line = page_of(code("def light(): pass", language)).lines(0, 1)[0]

    assert {run.role for run in line} == {Role.CODE}


@pytest.mark.parametrize("text", ["x = 1\n" * MAX_COLOURED, "x = 1; " * MAX_COLOURED_LINE])
def test_a_listing_too_large_to_colour_in_time_is_plain(text: str) -> None:
    line = page_of(code(text, "python")).lines(0, 1)[0]

    assert {run.role for run in line} == {Role.CODE}


def test_a_line_in_the_middle_of_a_listing_has_the_colours_it_has_from_the_top() -> None:
    text = 'x = """\n' + "words\n" * 50 + '"""\ny = 1\n'
    first, second = page_of(code(text, "python")), page_of(code(text, "python"))

    assert first.lines(30, 31) == second.lines(0, 60)[30:31]
    assert roles(first.lines(30, 31)[0])["words"] is Role.CODE_STRING


def test_a_listing_stands_on_ground_of_even_width() -> None:
    page = page_of(code("short\n\na little longer"))

    assert {line_width(line) for line in page.lines(0, 3)} == {40}


def test_a_wrapped_listing_shows_where_a_line_goes_on() -> None:
    page = page_of(code("x" * 50 + "\ny"), width=30, scroll=False)

    assert lines_of(page) == [" " + "x" * 28, "↪" + "x" * 22, " y"]


def test_tabs_stop_every_four_columns() -> None:
    assert lines_of(page_of(code("\ta\tb"))) == ["     a   b"]


# ------------------------------------------------------------------------------------------- text


def test_marks_and_links_are_kept_on_every_line_they_reach() -> None:
    page = page_of(
        p(link("a link that goes on over the line and further", "https://lamp.example/", Mark.STRONG)),
        width=20,
    )
    runs = [run for line in page.lines(0, page.height) for run in line if run.role is Role.TEXT]

    assert len(runs) == 3
    assert all((run.link, run.marks) == ("https://lamp.example/", Mark.STRONG) for run in runs)


def test_link_numbers_can_be_left_out() -> None:
    page = page_of(p(link("a", "https://lamp.example/"), "."), numbers=False)

    assert lines_of(page) == ["a."]
    assert [link.number for link in page.links] == [1]


def test_our_link_numbers_are_neither_found_nor_copied() -> None:
    page = page_of(p("the ", link("old lamp", "https://lamp.example/"), " is out"))

    assert page.find("lamp is") != []
    assert page.find("[1]") == []
    assert page.copy(0, page.length) == "the old lamp is out"


def test_a_footnote_is_an_anchor() -> None:
    page = page_of(p("x", Span("1", Mark.SUP, "#1")), note("1", "The note."))
    place = page.anchor("#1")

    assert place is not None
    assert lines_of(page)[page.line_of(place)] == "[1] The note."
    assert page.anchor("#2") is None


def test_a_soft_hyphen_is_seen_only_where_a_line_ends() -> None:
    assert lines_of(page_of("Lampen\u00adlicht und Lampen\u00adlicht", width=20)) == [
        "Lampenlicht und",
        "Lampenlicht",
    ]


def test_overlays_lie_over_exactly_their_range() -> None:
    page = page_of("one two three")
    page.cover([(4, 7, Role.HIT)])

    assert [(run.text, run.over) for run in page.lines(0, 1)[0]] == [
        ("one ", None),
        ("two", Role.HIT),
        (" three", None),
    ]


def test_a_later_overlay_covers_an_earlier() -> None:
    page = page_of("one two three")
    page.cover([(0, 13, Role.HIGHLIGHT), (4, 7, Role.HIT)])

    assert [run.over for run in page.lines(0, 1)[0]] == [Role.HIGHLIGHT, Role.HIT, Role.HIGHLIGHT]


def test_a_very_narrow_page_is_set_as_if_it_were_a_little_wider() -> None:
    assert page_of("word " * 9, width=1).width == 16


def test_asking_for_a_page_lays_out_little_more() -> None:
    page = page_of(*["word " * 200] * 500)
    page.lines(0, 40)

    assert not page.is_complete
    assert page.known_height < 100
    assert 0.8 < page.estimate() / page.height < 1.3
