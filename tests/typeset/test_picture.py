"""Pictures drawn in half-blocks between the lines of an article."""

from __future__ import annotations

import pytest

from reader.typeset import Line, Options, Picture, Typeset, line_text, line_width, set_article
from reader.typeset.picture import MOST_ROWS, UPPER_HALF
from tests.articles import article, figure, quote

SRC = "https://lamp.example/p.png"
RED, GREEN, BLUE, WHITE = 0xFF0000, 0x00FF00, 0x0000FF, 0xFFFFFF


def picture(width: int, height: int, *colours: int) -> Picture:
    return Picture(width, height, b"".join(colour.to_bytes(3, "big") for colour in colours))


def page_of(drawn: Picture, width: int = 40) -> Typeset:
    blocks = article("Before.", figure(SRC, "A lamp", "The last one."), "After.")
    return set_article(blocks, width, Options(frame=False, pictures={SRC: drawn}))


def drawn_lines(page: Typeset) -> list[Line]:
    return [line for line in page.lines(0, page.height) if UPPER_HALF in line_text(line)]


def test_a_cell_holds_two_pixels_one_above_the_other() -> None:
    page = page_of(picture(2, 4, RED, GREEN, BLUE, WHITE, RED, RED, RED, RED))

    first, second = drawn_lines(page)
    assert [(run.text, run.halves) for run in first] == [("▀", (RED, BLUE)), ("▀", (GREEN, WHITE))]
    assert [(run.text, run.halves) for run in second] == [("▀▀", (RED, RED))]


def test_a_picture_stands_above_its_placeholder_and_caption() -> None:
    page = page_of(picture(2, 2, RED, RED, RED, RED))

    texts = [line_text(line) for line in page.lines(0, page.height)]
    assert texts == ["Before.", "", "▀▀", "[Picture] A lamp[1]", "The last one.", "", "After."]


def test_a_picture_has_no_text_to_copy_or_find() -> None:
    page = page_of(picture(2, 2, RED, RED, RED, RED))

    assert UPPER_HALF not in page.copy(0, page.length)
    assert page.find(UPPER_HALF) == []
    assert page.line_of(page.find("After")[0][0]) == 6


@pytest.mark.parametrize("width", [16, 40, 80])
@pytest.mark.parametrize(("wide", "high"), [(160, 48), (48, 160), (1, 500), (500, 1), (1, 1)])
def test_a_picture_fits_the_page_and_keeps_its_shape_as_far_as_cells_allow(
    width: int, wide: int, high: int
) -> None:
    lines = drawn_lines(page_of(picture(wide, high, *[RED] * wide * high), width))

    columns = line_width(lines[0])
    assert 1 <= columns <= min(width, wide)
    assert 1 <= len(lines) <= MOST_ROWS
    assert abs(2 * len(lines) - min(columns * high / wide, 2 * MOST_ROWS)) <= 2


def test_a_picture_in_a_quotation_stands_behind_its_bar() -> None:
    blocks = article(quote(figure(SRC, "A lamp")))
    page = set_article(blocks, 20, Options(frame=False, pictures={SRC: picture(40, 2, *[RED] * 80)}))

    assert line_text(page.lines(0, 1)[0]) == "▎ " + UPPER_HALF * 18
