"""The short way for simple fragments gives exactly what the long way gives."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.cleaning import clean_fragment, simple_fragment_text
from reader.codec import decode_blocks, encode_simple, simple_html
from reader.document import Blocks, plain_text
from reader.runs import Addresses
from reader.simple import simple_lines

BASE = "http://a.example/feed"
PIECES = st.sampled_from(
    [
        "<p>", "</p>", "<br>", "<br/>", "<br />\n", "<b>", "</b>", "<em>", "</em>", "<i>", "</i>", "<span>", "</span>",
        "<code>", "</code>", '<a href="/x?a=1&amp;b=2">', '<a href="mailto:a@b.c" rel="nofollow">', "<a>", "</a>",
        "<a href='#top'>", '<a target="_blank" href="https://b.example/">', "words ", " more words", "\n\n", " ", "x",
        "&amp;", "&nbsp;", "&#8217;", "&#x2014;", "&eacute;", "R & D", "&copy", "&", "a&b", "&#128;", "&foo;", "ünï",
        "日本", "The post <b>Title</b> appeared first on Site.", "\t", "\r\n", "<P>", "<div>", '<p class="caption">',
        '<img src="/a.png">', "<!-- no -->", "<", ">", "<p/>", "\x07", "\u200b", "a\u0301", "<b/>",
        "<a/>", "</p/>", "</b >", "<p >", "<br >",
    ]
)  # fmt: skip


def the_long_way(html: str) -> Blocks:
    with patch("reader.cleaning.fragment.simple_lines", return_value=None):
        return clean_fragment(html, BASE)


@given(st.lists(PIECES, max_size=14).map("".join))
@settings(max_examples=400)
def test_both_ways_lead_to_the_same_blocks(html: str) -> None:
    assert clean_fragment(html, BASE) == the_long_way(html)


@pytest.mark.parametrize(
    "html",
    [
        "<p>One.</p><p>Two <a href='/x'>with a link</a> &amp; <em>more</em>.</p>",
        "Plain<br>lines<br><br>and paragraphs",
        "<p>One<p>Two",
        "",
    ],
)
def test_simple_fragments_go_the_short_way(html: str) -> None:
    assert simple_lines(html, Addresses(BASE)) is not None


@pytest.mark.parametrize(
    "html",
    [
        "<div>x</div>", "<p class=note>x</p>", "<p style='display:none'>x</p>", "<b><p>x</p></b>", "<b>x</p>", "</p>",
        "<b>x", "<a href='/a'>x<a href='/b'>y</a></a>", "a&copy b", "&#0;", "&#128;", "&bogus;", "x\x00", "<script>x</script>",
        "a < b", "<p/>x",
    ],
)  # fmt: skip
def test_whatever_is_not_simple_goes_the_long_way(html: str) -> None:
    assert simple_lines(html, Addresses(BASE)) is None


@given(st.lists(PIECES, max_size=14).map("".join))
@settings(max_examples=400)
def test_simple_html_kept_as_it_is_reads_and_is_found_like_its_blocks(html: str) -> None:
    text = simple_fragment_text(html)
    if text is None:
        return
    blocks = the_long_way(html)
    kept = encode_simple(html, BASE)

    assert text == plain_text(blocks, captions=True)
    assert decode_blocks(kept) == blocks
    assert simple_html(kept) == html


def test_the_line_that_blog_software_adds_is_no_text_of_simple_html_either() -> None:
    html = "<p>Words.</p><p>The post <a href='/x'>Title</a> appeared first on Site.</p>"

    assert simple_fragment_text(html) == "Words."


def test_long_html_is_not_left_to_whoever_opens_it() -> None:
    assert simple_fragment_text("<p>words</p>" * 10_000) is None
