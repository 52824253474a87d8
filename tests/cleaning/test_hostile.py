"""Foreign input of every kind ends in an article or in a reason; nothing hangs, recurses or escapes."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.cleaning import clean_fragment, clean_page, clean_text
from reader.document import (
    MAX_DEPTH,
    Block,
    Code,
    DefinitionList,
    Footnote,
    ListBlock,
    Quote,
    all_spans,
    links,
    plain_text,
)
from reader.model import Article, Verdict
from reader.text import clean, clean_code

from .invented import ADDRESS, OURS, p

BODY = p(*OURS)


def depth(blocks: Iterable[Block]) -> int:
    """How deep quotes and lists are inside each other."""
    inner: list[Iterable[Block]] = []
    for block in blocks:
        match block:
            case Quote(content, _) | Footnote(_, content):
                inner.append(content)
            case ListBlock(items):
                inner += items
            case DefinitionList(definitions):
                inner += [definition.blocks for definition in definitions]
            case _:
                pass
    return 1 + max(map(depth, inner)) if inner else 0


def assert_clean(article: Article) -> None:
    for spans in all_spans(article.blocks):
        for span in spans:
            assert clean(span.text) == span.text
    assert all(clean_code(block.text) == block.text for block in article.blocks if isinstance(block, Code))
    assert all(
        link.href.startswith(("http://", "https://", "mailto:", "#")) for link in links(article.blocks)
    )
    assert clean(article.title) == article.title
    assert depth(article.blocks) <= MAX_DEPTH + 1


@pytest.mark.parametrize(
    "tag",
    ["div", "b", "blockquote", "ul><li", "ol><li", "dl><dd", "table><tr><td", "span", "figure"],
)
def test_a_hundred_thousand_elements_inside_each_other_end_in_an_article(tag: str) -> None:
    article = clean_page(f"<body>{BODY}" + f"<{tag}>" * 100_000 + "deep", ADDRESS)

    assert_clean(article)
    assert OURS[0] in plain_text(article.blocks)


@pytest.mark.parametrize("tag", ["blockquote", "ul><li", "dl><dd"])
def test_a_feeds_containers_are_nested_no_deeper_than_the_document_allows(tag: str) -> None:
    blocks = clean_fragment(f"<{tag}>x" * 60 + "end", ADDRESS)

    assert depth(blocks) <= MAX_DEPTH + 1
    assert plain_text(blocks).endswith("end")


def test_a_page_that_is_too_large_is_refused_with_a_reason() -> None:
    article = clean_page("<p>" + "a b " * 5_000_000, ADDRESS)

    assert article.verdict is Verdict.FAILED
    assert "20,000,003 characters" in article.reason


@pytest.mark.parametrize(
    "trap",
    [
        "<meta x" * 100_000,
        "<meta charset=" * 100_000,
        f'<div class="{"ad_" * 200_000}">',
        f'<div style="{"display:" * 200_000}">',
        f'<img srcset="{"a , " * 200_000}">',
        f'<script type="application/ld+json">{"[" * 200_000}</script>',
        f'<script type="application/ld+json">{{"articleBody": "{"<" * 200_000}"}}</script>',
        "<p>" + " " * 1_000_000 + "</p>",
        "<p>" + "a<br>" * 20_000 + "</p>",
        "<p>" + "related " * 50_000 + "</p>",
        "<h1>" + "one - " * 50_000 + "</h1>",
        "<div class=caption>x" * 2_000,
        "<span class=byline>By Ada Lovelace</span>" * 10_000,
        '<sup><a href="#n">1</a></sup>' * 5_000,
        "<!--" * 100_000,
        "<![CDATA[" * 50_000,
        "&#x202e;" * 50_000,
        "\x00\x1b[31m\x9b" * 10,
    ],
    ids=lambda trap: trap[:24].replace("\x00", "NUL").replace("\x1b", "ESC").replace("\x9b", "CSI"),
)
def test_a_trap_in_the_page_leaves_the_article_standing(trap: str) -> None:
    article = clean_page(f"<html><body><article>{BODY}</article>{trap}", ADDRESS)

    assert_clean(article)
    assert OURS[0] in plain_text(article.blocks)


@pytest.mark.parametrize(
    "nothing",
    [
        "",
        "   \n",
        "\0\0",
        "<html></html>",
        "<!-- -->",
        "<p></p>",
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 50,
    ],
)
def test_a_page_without_text_says_so(nothing: str | bytes) -> None:
    article = clean_page(nothing, ADDRESS)

    assert article.verdict is Verdict.FAILED
    assert article.reason
    assert article.blocks == ()


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "http://[broken",
        "http://",
        "ftp://x.example/",
        " java\nscript:x",
    ],
)
def test_an_address_that_is_not_of_the_web_or_mail_is_no_link(address: str) -> None:
    blocks = clean_fragment(f'<p class="x">See <a href="{address}">this</a>.</p>', ADDRESS)

    assert plain_text(blocks) == "See this."
    assert list(links(blocks)) == []


def test_control_characters_never_come_out() -> None:
    text = "\x1b]0;x\x07 \u202eabc\u2066 \x9b31m \U000e0041 tail"

    for article in (
        clean_page(f"<title>{text}</title><p>{BODY}{text}</p><pre>{text}</pre>", ADDRESS),
        clean_text(f"{text}\n\n{text}"),
    ):
        assert_clean(article)


MARKUP = st.lists(
    st.sampled_from(
        [
            "<p>",
            "</p>",
            "<div>",
            "</div>",
            "<div",
            "class=byline>",
            "<h1>",
            "</h1>",
            "<h2>",
            "<ul>",
            "<li>",
            "</ul>",
            "<ol",
            "start=3>",
            "<blockquote>",
            "</blockquote>",
            "<table>",
            "<tr>",
            "<td>",
            "</table>",
            "<pre>",
            "</pre>",
            "<a",
            "href=/x>",
            "</a>",
            "<a",
            "href=#n>",
            "<b>",
            "</b>",
            "<br>",
            "<hr>",
            "<img",
            "src=/i.jpg",
            "alt=i>",
            "<figure>",
            "<figcaption>",
            "</figure>",
            "<dl>",
            "<dt>",
            "<dd>",
            "<li",
            "id=n>",
            "<article>",
            "</article>",
            "<aside>",
            "</aside>",
            "<form>",
            "&lt;",
            "&amp;",
            "&#0;",
            "&nbsp;",
            "text,",
            "\u202e",
            "\x1b",
            "港",
            "é",
            *list(OURS[:3]),
        ]
    ),
    max_size=60,
).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(MARKUP)
def test_any_soup_of_tags_becomes_clean_blocks(soup: str) -> None:
    assert_clean(clean_page(soup, ADDRESS))
    for spans in all_spans(clean_fragment(soup, ADDRESS)):
        assert all(clean(span.text) == span.text for span in spans)


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_become_an_article_or_a_reason(data: bytes) -> None:
    article = clean_page(data, ADDRESS, content_type="text/html; charset=x")

    assert article.blocks or article.reason


@pytest.mark.parametrize("control", ["&#1;", "\x1b", "&#xffff;", "￾", "\x0b"])
def test_a_character_that_xml_has_no_place_for_costs_nothing_but_itself(control: str) -> None:
    words = "Eighty plain words of an article that goes on and says something. " * 12
    html = (
        f"<article><p>aa</p><script>x</script>b{control}c<p>{words}</p><pre>a<br>{control}b</pre></article>"
    )

    article = clean_page(html, "http://site.example/")

    assert "says something" in plain_text(article.blocks)


@pytest.mark.parametrize(
    ("opened", "closed"),
    [
        ("<div>" * 3000, "</div>" * 3000),
        ("<font size=2>x" * 3000, ""),
        ("<blockquote><p>" * 3000, ""),
        ("<table><tr><td>" * 1500, "</td></tr></table>" * 1500),
    ],
)
def test_what_stands_below_and_behind_too_deep_a_nesting_is_not_lost(opened: str, closed: str) -> None:
    deep = f"The deepest paragraph. {OURS[0]}"
    article = clean_page(f"<body><article>{opened}<p>{deep}</p>{closed}{BODY}</article>", ADDRESS)

    kept = plain_text(article.blocks)
    assert deep in kept
    assert all(text in kept for text in OURS)


def test_paragraphs_stay_apart_below_unclosed_tags() -> None:
    article = clean_page(f"<body><article>{'<b><i>' * 2000}{BODY}</article>", ADDRESS)

    assert plain_text(article.blocks).split("\n") == list(OURS)
