from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from reader.document import (
    Block,
    Blocks,
    Code,
    Definition,
    DefinitionList,
    Heading,
    ListBlock,
    Mark,
    Paragraph,
    Quote,
    Rule,
    Span,
)
from reader.export import to_markdown
from reader.export.markdown import blocks_to_markdown
from tests.articles import (
    article,
    bullets,
    code,
    em,
    figure,
    h,
    link,
    note,
    numbers,
    p,
    quote,
    row,
    rule,
    stored,
    strong,
    table,
    terms,
)
from tests.export.parsed import blocks_of, normal
from tests.hostile_text import TERMINAL
from tests.typeset.documents import DOCUMENTS

CONSTRUCTS: dict[str, tuple[Block, ...]] = {
    "paragraphs": (p("One."), p("Two.")),
    "marks": (
        p("a ", em("b"), " ", strong("c"), " ", Span("d", Mark.EMPHASIS | Mark.STRONG), " ", Span("e", Mark.STRIKE), "."),
        p(Span("H", Mark.PLAIN), Span("2", Mark.SUB), Span("O", Mark.PLAIN), Span("x", Mark.KBD), Span("y", Mark.HIGHLIGHT)),
    ),
    "marks that touch": (p("a", em("b"), strong("c"), em("d"), "e", strong(".f."), "g", em("«h»"), "i"),),
    "code spans": (p("the ", Span("a`b", Mark.CODE), " and ", Span("`", Mark.CODE), " and ", Span("[x](y)", Mark.CODE)),),
    "links": (p("to ", link("here", "https://a.example/b?c=d&e=f"), " and ", link("there [1]", "https://a.example/(x)"), "!"),),
    "marks in a link": (p(link("plain ", "https://a.example/"), link("bold", "https://a.example/", Mark.STRONG)),),
    "an exclamation mark before a link": (p("Look!", link("here", "https://a.example/")),),
    "line breaks": (p("one\ntwo\nthree"),),
    "headings": (h(2, "Two"), h(3, "C#"), h(6, "Six ", em("x"))),
    "lists": (bullets("a", "b", (p("c"), bullets("d", "e"))), numbers("x", "y", start=7)),
    "loose lists": (bullets((p("a"), p("b")), "c"),),
    "lists of other things": (numbers((code("x\n\ny", "python"),), (quote("q"),), (rule,), (h(3, "h"),)),),
    "lists side by side": (bullets("a"), bullets("b"), bullets("c"), numbers("d"), numbers("e", start=5)),
    "an empty item": (bullets("a", (), "b"),),
    "quotes": (quote("a", quote("b"), "c"), quote(bullets("d"))),
    "listings": (code("a\n\n  b\n```\nc", "c++"), code("    four"), code("~~~\n````")),
    "rules": (p("a"), rule, p("b"), rule),
    "tables": (table(("a", "b | c"), ("1", link("2", "https://a.example/"))),),
    "figures": (figure("https://a.example/p.jpg", "A lamp", "By ", em("hand")), figure("https://a.example/q.jpg")),
    "a link over two lines": (p("to ", link("here\nor there", "https://a.example/"), "."),),
    "definitions": (terms(("Lamp", "It gives light."), ("Pole", "It does not.")),),
    "definitions of several blocks": (
        DefinitionList((Definition((Span("Lamp"),), (p("One."), bullets("a", (p("b"), p("c"))), code("x\n\n  y"), quote("q"))),)),
    ),
    "footnotes": (p("A claim", Span("", Mark.PLAIN, "#1"), "."), note("1", "The note.", "Its second paragraph.")),
}  # fmt: skip


@pytest.mark.parametrize("name", CONSTRUCTS)
def test_another_program_reads_the_same_blocks(name: str) -> None:
    blocks = CONSTRUCTS[name]

    assert blocks_of(blocks_to_markdown(blocks)) == normal(blocks)


def test_definitions_of_several_blocks_hold_no_code_for_a_parser_that_does_not_know_them() -> None:
    blocks = (DefinitionList((Definition((Span("Lamp"),), (p("One."), p("Two."), bullets("a"))),)),)

    html = MarkdownIt("commonmark").render(blocks_to_markdown(blocks))

    assert "<p>Two.</p>" in html
    assert "<li>a</li>" in html


@pytest.mark.parametrize(
    "text",
    [
        "# no heading", "1. no list", "12) no list", "- no list", "+ none", "* none", "> no quote", "---", "===", "***", "```",
        "~~~", "    no code", "<b>no tag</b>", "<https://a.example>", "[no](link)", "![no](picture)", "[no]: link", "[^1]: no note",
        "*no* **mark**", "_no_ __mark__", "snake_case_name", "~~no~~", "`no code`", "a \\ b", "\\*", "&amp; &#35; &nope", "| a | b |",
        ": no definition", "a_", "_a", "5 * 3 * 2", "2. ", "-", "#", "#hash", "a  b", "ends with \\", "ends with !", "[[x]]", "^x^",
    ],
)  # fmt: skip
def test_no_text_is_taken_for_a_mark(text: str) -> None:
    for block in (p(text), h(2, text), quote(text), bullets(text), table((text, "x"), ("y", text))):
        assert blocks_of(blocks_to_markdown((block,))) == normal((block,))
    assert blocks_of(blocks_to_markdown((p(f"before\n{text.strip()}"),))) == (p(f"before\n{text.strip()}"),)


INLINE = st.text(alphabet="ab *_`[]()<>&#!~|\\.1-+:^\"'é日", min_size=1, max_size=12)
SPANS = st.lists(
    st.builds(
        Span,
        INLINE,
        st.sampled_from(
            [Mark.PLAIN, Mark.EMPHASIS, Mark.STRONG, Mark.EMPHASIS | Mark.STRONG, Mark.STRIKE, Mark.SUB]
        ),
        st.sampled_from(["", "", "https://a.example/1", "https://a.example/2"]),
    ),
    min_size=1,
    max_size=5,
).map(tuple)
SIMPLE = st.one_of(
    st.builds(Paragraph, SPANS),
    st.builds(Heading, st.integers(2, 6), SPANS),
    st.builds(
        Code,
        st.text(alphabet="ab`~ \n", min_size=1)
        .filter(lambda text: text.strip() != "")
        .map(lambda t: t.rstrip("\n")),
    ),
    st.just(Rule()),
)
TREES = st.recursive(
    SIMPLE,
    lambda inner: st.one_of(
        st.builds(Quote, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(
            ListBlock,
            st.lists(st.lists(inner, min_size=1, max_size=2).map(tuple), min_size=1, max_size=3).map(tuple),
            st.booleans(),
            st.integers(0, 12),
        ),
    ),
    max_leaves=8,
)


@given(st.lists(TREES, max_size=4).map(tuple))
def test_any_blocks_are_read_back_as_they_were(blocks: Blocks) -> None:
    assert _plain(blocks_of(blocks_to_markdown(blocks))) == _plain(normal(blocks))


def _plain(blocks: Blocks) -> list[object]:
    """Blocks as nested lists with their letters: a space more or less between two marks is no loss."""
    shapes: list[object] = []
    for block in blocks:
        match block:
            case Paragraph(spans) | Heading(_, spans):
                shapes.append(
                    [
                        type(block).__name__,
                        *[
                            (char, span.marks, span.href)
                            for span in spans
                            for char in span.text
                            if char != " "
                        ],
                    ]
                )
            case Quote(inner):
                shapes.append(["quote", _plain(inner)])
            case ListBlock(items, ordered, start):
                shapes.append(["list", ordered, start, [_plain(item) for item in items]])
            case _:
                shapes.append(block)
    return shapes


def test_an_article_comes_with_title_byline_tags_note_and_source() -> None:
    written = to_markdown(
        stored("Body.", row=row("A *title*", tags=("a/b", "c_d"), author="Ines Orr"), note="Read\nthis.")
    )

    assert written == (
        "# A \\*title\\*\n\nBy Ines Orr · The Evening Lamp · 2026-11-24\n\n\\#a/b \\#c_d\n\n> Note: Read\\\n> this.\n\n"
        "Body.\n\nSource: [https://lamp.example/a](https://lamp.example/a)\n"
    )


def test_an_article_of_which_little_is_known_is_short() -> None:
    assert to_markdown(article("Body.", title="")) == "# Untitled\n\nBody.\n"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_document_of_the_gallery_can_be_read_by_another_program(name: str) -> None:
    assert blocks_of(to_markdown(DOCUMENTS[name]))


@pytest.mark.parametrize("text", TERMINAL[:5])
def test_an_address_cannot_leave_its_link(text: str) -> None:
    target = f"https://a.example/) [x](javascript:alert(1)) {text}\n\n# x"
    read = blocks_of(blocks_to_markdown((p(link("here", target)),)))

    assert len(read) == 1
    assert isinstance(read[0], Paragraph)
    assert [span.text for span in read[0].spans] == ["here"]
