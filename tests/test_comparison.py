"""What changed between two texts, told in marks."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.comparison import ADDED, compared
from reader.document import Blocks, Mark, Paragraph, Span, all_spans, text_lines
from tests.articles import h, p

LINE = st.lists(st.sampled_from(["tide", "lamp", "harbour,", "12", "die", "Flut."]), min_size=1).map(" ".join)
TEXT = st.lists(LINE, max_size=8).map(lambda lines: tuple(p(line) for line in lines))


def told(before: Blocks, after: Blocks) -> list[str]:
    """Return the lines of a comparison, what went in brackets and what came in braces."""
    signs = {Mark.STRIKE: "[{}]", ADDED: "{{{}}}", Mark.PLAIN: "{}"}
    return [
        "".join(signs[span.marks].format(span.text) for span in one)
        for one in all_spans(compared(before, after))
    ]


def test_equal_texts_have_no_changes() -> None:
    assert compared((p("One."), h(2, "Two")), (p("One."), p("Two"))) == ()
    assert compared((), ()) == ()


def test_a_changed_word_is_told_inside_its_sentence() -> None:
    assert told((p("It cost 12 coins."),), (p("It cost 15 coins."),)) == ["It cost [12]{15} coins."]


def test_another_paragraph_is_told_whole() -> None:
    before, after = (p("The sea rose."),), (p("Nobody knew why, however much they asked."),)
    assert told(before, after) == ["[The sea rose.]", "{Nobody knew why, however much they asked.}"]


def test_of_what_did_not_change_only_the_neighbours_are_shown() -> None:
    same = [f"Paragraph {number}." for number in range(9)]
    before = [*same, "Old end here."]
    after = ["New start.", *same, "New end here."]
    blocks = [tuple(p(line) for line in lines) for lines in (before, after)]
    assert told(*blocks) == [
        "{New start.}", "Paragraph 0.", "…", "Paragraph 8.", "[Old]{New} end here.",
    ]  # fmt: skip


@settings(max_examples=60)
@given(TEXT, TEXT)
def test_what_is_left_when_either_is_taken_away_is_the_other(before: Blocks, after: Blocks) -> None:
    lines = ["".join(span.text for span in spans) for spans in all_spans(compared(before, after))]
    if not lines:
        assert list(text_lines(before)) == list(text_lines(after))
        return
    for mark, text in ((ADDED, before), (Mark.STRIKE, after)):
        kept = [
            "".join(span.text for span in spans if span.marks != mark)
            for spans in all_spans(compared(before, after))
        ]
        known = [line for line in text_lines(text) if line]
        assert all(line in known for line in kept if line and line != "…")


def test_a_comparison_is_made_of_paragraphs_alone() -> None:
    blocks = compared((p("One."),), (p("Two."),))
    assert all(isinstance(block, Paragraph) for block in blocks)
    assert blocks == (Paragraph((Span("One", Mark.STRIKE), Span("Two", ADDED), Span("."))),)
