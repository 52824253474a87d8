"""What holds for every article at every width."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from reader.document import Blocks, Code, links, text_lines
from reader.model import Article
from reader.typeset import Line, Options, Role, Typeset, line_text, line_width, set_article
from reader.typeset.finding import fold
from tests.typeset.strategies import documents

widths = st.integers(16, 100)
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b\u00ad\u2028\u2029]")


def page_of(blocks: Blocks, width: int, **options: object) -> Typeset:
    article = Article("", blocks)
    return set_article(article, width, Options(measure=200, frame=False, **options))  # type: ignore[arg-type]  # a builder's pass-through


def every_line(page: Typeset) -> list[Line]:
    """All lines, and again with everything beyond the page scrolled into view."""
    lines = page.lines(0, page.height)
    for shift in range(10, page.overhang + 10, 10):
        lines += page.lines(0, page.height, shift)
    return lines


def words(line: Line) -> list[str]:
    """What stands between the spaces of a line."""
    return [word for word in line_text(line).split(" ") if word]


def letters(text: str) -> str:
    """Letters and digits of a text as they are compared: raised and lowered ones like any other."""
    return "".join(char for char in fold(unicodedata.normalize("NFKD", text)) if char.isalnum())


@given(documents, widths, st.booleans())
def test_no_line_is_wider_than_the_page(blocks: Blocks, width: int, scroll: bool) -> None:
    for line in every_line(page_of(blocks, width, scroll=scroll)):
        assert line_width(line) <= width


@given(documents, widths)
def test_the_screen_measures_every_line_as_we_do_or_narrower(blocks: Blocks, width: int) -> None:
    page = page_of(blocks, width)
    for line in page.lines(0, page.height):
        assert cell_len(line_text(line)) <= line_width(line)


@given(documents, widths, st.booleans())
def test_no_line_holds_a_control_character_or_a_break_opportunity(
    blocks: Blocks, width: int, scroll: bool
) -> None:
    for line in every_line(page_of(blocks, width, scroll=scroll)):
        assert not CONTROL.search(line_text(line))


@given(documents, widths)
def test_no_text_is_lost(blocks: Blocks, width: int) -> None:
    page = page_of(blocks, width, scroll=False, numbers=False)
    shown = Counter(letters("".join(map(line_text, page.lines(0, page.height)))))

    assert Counter(letters("".join(text_lines(blocks, captions=True)))) <= shown


@given(documents, widths, st.booleans())
def test_every_link_is_on_some_line(blocks: Blocks, width: int, scroll: bool) -> None:
    page = page_of(blocks, width, scroll=scroll)
    shown = {run.link for line in page.lines(0, page.height) for run in line}
    if scroll:
        shown |= {run.link for line in every_line(page) for run in line}

    for span in links(blocks):
        assert not span.text.strip("\u200b\u200c\u200d\u00ad\ufe0f \n") or span.href in shown


@given(documents, widths)
def test_every_address_is_numbered_once_in_reading_order(blocks: Blocks, width: int) -> None:
    page = page_of(blocks, width)

    assert [link.number for link in page.links] == list(range(1, len(page.links) + 1))
    assert len({link.href for link in page.links}) == len(page.links)


@given(documents, widths)
def test_lines_are_the_same_in_whatever_order_they_are_asked_for(blocks: Blocks, width: int) -> None:
    whole = page_of(blocks, width)
    lines = whole.lines(0, whole.height)
    page = page_of(blocks, width)

    assert [page.lines(number, number + 1)[0] for number in reversed(range(len(lines)))] == lines[::-1]
    assert page.lines(len(lines), len(lines) + 5) == []


@given(documents, widths)
def test_a_place_leads_to_its_line_and_back(blocks: Blocks, width: int) -> None:
    page = page_of(blocks, width)
    for number in range(page.height):
        start, end = page.line_range(number)

        assert 0 <= start <= end <= page.length + 1
        assert page.line_range(page.line_of(start))[0] <= start
        for x in range(0, width, 7):
            assert 0 <= page.place(number, x) <= page.length


@given(documents, widths, widths)
def test_a_place_means_the_same_at_another_width(blocks: Blocks, width: int, other: int) -> None:
    page, wider = page_of(blocks, width), page_of(blocks, other)

    assert page.length == wider.length
    assert page.copy(0, page.length) == wider.copy(0, wider.length)


@given(documents, widths)
def test_lines_set_to_both_edges_are_the_same_lines_with_wider_gaps(blocks: Blocks, width: int) -> None:
    ragged, even = page_of(blocks, width), page_of(blocks, width, justify=True)
    lines = every_line(ragged)

    assert [words(line) for line in every_line(even)] == [words(line) for line in lines]
    assert all(line_width(line) <= width for line in every_line(even))
    assert all(
        [run.link for run in wide if run.text.strip()] == [run.link for run in line if run.text.strip()]
        for wide, line in zip(every_line(even), lines, strict=True)
    )


@given(documents, widths)
def test_a_word_is_at_the_same_place_when_its_line_is_set_to_both_edges(blocks: Blocks, width: int) -> None:
    ragged, even = page_of(blocks, width), page_of(blocks, width, justify=True)
    for number in range(ragged.height):
        line, wide = (line_text(page.lines(number, number + 1)[0]) for page in (ragged, even))
        before = [x for x, char in enumerate(line) if char != " "]
        after = [x for x, char in enumerate(wide) if char != " "]

        assert [even.place(number, x) for x in after] == [ragged.place(number, x) for x in before]


@given(documents, widths, st.data())
def test_what_is_found_is_what_was_looked_for(blocks: Blocks, width: int, data: st.DataObject) -> None:
    page = page_of(blocks, width)
    texts = [word for line in text_lines(blocks) for word in re.findall(r"\w+", line) if word.isascii()]
    if not texts:
        return
    word = data.draw(st.sampled_from(texts))
    found = page.find(word)

    assert all(letters(word) in letters(page.copy(start, end)) for start, end in found)


@given(documents, widths)
@settings(max_examples=40)
def test_what_lies_over_a_text_changes_nothing_else(blocks: Blocks, width: int) -> None:
    page = page_of(blocks, width)
    before = [line_text(line) for line in page.lines(0, page.height)]
    page.cover([(3, 9, Role.HIT), (5, 40, Role.HIGHLIGHT), (0, page.length, Role.HIT_HERE)])

    assert [line_text(line) for line in page.lines(0, page.height)] == before


@given(documents, widths)
@settings(max_examples=40)
def test_code_is_copied_as_it_was_typed(blocks: Blocks, width: int) -> None:
    page = page_of(blocks, width)
    whole = page.copy(0, page.length)

    for block in blocks:
        if isinstance(block, Code) and "\t" not in block.text:
            assert block.text.strip("\n") in whole
