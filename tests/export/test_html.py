from __future__ import annotations

import pytest
from hypothesis import given
from lxml import html as lxml_html

from reader.document import Blocks, Cell, Figure, Mark, Span, Table, plain_text
from reader.export import to_html
from reader.export.html import blocks_to_html
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
    spans,
    stored,
    terms,
)
from tests.typeset.documents import DOCUMENTS
from tests.typeset.strategies import documents


def test_each_block_becomes_its_element() -> None:
    blocks = (
        h(2, "H"), p("a ", em("b"), "\nc"), quote("q"), bullets("x", (p("y"), bullets("z"))), numbers("n", start=3), code("a < b", "c"),
        rule, terms(("t", "d")),
    )  # fmt: skip

    assert blocks_to_html(blocks).split("\n") == [
        "<h2>H</h2>", "<p>a <em>b</em><br>c</p>", "<blockquote><p>q</p></blockquote>", "<ul><li>x</li><li><p>y</p>",
        "<ul><li>z</li></ul></li></ul>", '<ol start="3"><li>n</li></ol>', '<pre><code class="language-c">a &lt; b</code></pre>',
        "<hr>", "<dl><dt>t</dt><dd>d</dd></dl>",
    ]  # fmt: skip


def test_a_figure_keeps_its_address_size_caption_and_credit() -> None:
    written = blocks_to_html(
        (figure("https://a.example/p.jpg", 'A "lamp"', "By hand", credit="Ines", width=4, height=3),)
    )

    assert '<img src="https://a.example/p.jpg" alt="A &quot;lamp&quot;" width="4" height="3">' in written
    assert "<figcaption>By hand (Ines)</figcaption>" in written


def test_a_table_keeps_headers_and_spans() -> None:
    table = Table(
        ((Cell(spans("a"), header=True, colspan=2),), (Cell(spans("b"), rowspan=2), Cell(spans("c")))),
        spans("T"),
    )

    assert blocks_to_html((table,)) == (
        '<table><caption>T</caption><tbody><tr><th colspan="2">a</th></tr><tr><td rowspan="2">b</td><td>c</td></tr></tbody></table>'
    )


def test_a_link_in_several_marks_is_one_link() -> None:
    written = blocks_to_html(
        (p(link("a", "https://a.example/"), link("b", "https://a.example/", Mark.STRONG)),)
    )

    assert written == '<p><a href="https://a.example/" rel="noopener noreferrer">a<strong>b</strong></a></p>'


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", '"onclick="x']
)
def test_only_addresses_of_the_web_become_links(href: str) -> None:
    written = blocks_to_html(
        (p(link("x", href)), Figure(href), Figure(href, kind="video"), Figure(href, kind="embed"))
    )

    assert "javascript:" not in written.replace(">javascript:", "").replace('alt="javascript:', "")
    assert not lxml_html.fromstring(f"<div>{written}</div>").xpath(
        "//@onclick | //@href[contains(., ':')] | //@src[contains(., ':')]"
    )


def test_no_text_becomes_an_element() -> None:
    evil = "<script>alert(1)</script><img src=x onerror=y>&lt;"
    page = to_html(
        stored(
            p(evil, Span(evil, Mark.CODE)),
            code(evil, evil),
            note(evil, evil),
            h(2, evil),
            row=row(evil, tags=(evil,)),
            note=evil,
        )
    )

    assert not lxml_html.fromstring(page).xpath("//script | //img | //@onerror")


@given(documents)
def test_the_text_of_any_blocks_is_in_their_html(blocks: Blocks) -> None:
    written = blocks_to_html(blocks)
    text = lxml_html.fromstring(f"<div>{written}</div>").text_content() if written else ""

    for word in plain_text(blocks).split():
        assert word in text or "\ufeff" in word or not word.isprintable() or _split_by_marks(word, text)


def _split_by_marks(word: str, text: str) -> bool:
    """Tell whether a word is there but for the white space that HTML adds between its parts."""
    return "".join(word.split()) in "".join(text.split())


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_document_of_the_gallery_is_a_page_with_a_title(name: str) -> None:
    page = lxml_html.document_fromstring(to_html(DOCUMENTS[name]))

    assert page.findtext(".//title")
    assert page.findtext(".//h1") == page.findtext(".//title")


def test_the_language_is_declared() -> None:
    assert '<html lang="de">' in to_html(article("x", language="de"))
