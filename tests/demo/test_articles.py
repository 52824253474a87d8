"""The invented texts: enough of them, of every kind, and readable."""

from __future__ import annotations

import re
from datetime import timedelta
from html import escape

import pytest
from lxml import html

from reader.demo.articles import Piece, Publication, publications
from reader.demo.markup import first_paragraph, to_html
from reader.demo.pictures import png

PIECES = [(publication, piece) for publication in publications() for piece in publication.pieces]


def test_there_are_sixty_articles_in_six_formats_and_more() -> None:
    assert len(PIECES) >= 60
    formats = {publication.format for publication in publications()}
    assert formats == {"rss", "rdf", "atom", "json", "podcast", "page"}


def test_the_articles_are_in_many_scripts() -> None:
    languages = {publication.language for publication in publications()}
    assert languages >= {"en", "de", "fr", "ja", "zh", "ar", "he"}


def test_some_feeds_send_teasers_and_some_everything() -> None:
    assert {publication.full for publication in publications()} == {True, False}


def test_there_is_code_and_a_table_and_a_list_and_a_quote_and_a_footnote_and_a_picture() -> None:
    everything = "\n".join(to_html(piece.body) for _, piece in PIECES)
    for element in ("<pre><code", "<table>", "<ol>", "<ul>", "<blockquote>", 'class="footnotes"', "<sup>"):
        assert element in everything
    assert any(piece.picture for _, piece in PIECES)


def test_no_two_articles_have_one_address() -> None:
    addresses = [f"{publication.path}/{piece.slug}" for publication, piece in PIECES]
    assert len(set(addresses)) == len(addresses)


def test_every_publication_is_newest_first_and_the_site_has_news_of_the_hour() -> None:
    for publication in publications():
        ages = [piece.age for piece in publication.pieces]
        assert ages == sorted(ages), publication.name
    assert min(piece.age for _, piece in PIECES) <= timedelta(hours=1)


def test_what_a_page_appends_exists() -> None:
    for publication, piece in PIECES:
        assert not piece.appended or publication.piece(piece.appended), piece.slug


@pytest.mark.parametrize(("publication", "piece"), PIECES, ids=[piece.slug for _, piece in PIECES])
def test_every_article_becomes_html_with_all_its_text(publication: Publication, piece: Piece) -> None:
    root = html.fragment_fromstring(to_html(piece.body), create_parent=True)
    words = " ".join(root.text_content().split())
    assert first_paragraph(piece.body)[:40] in words
    if not re.search(r"language-", to_html(piece.body)):
        assert not re.search(r"\*\*|\[\^|^## ", words)
    assert piece.author


def test_markup_escapes_what_is_html() -> None:
    assert to_html("a < b & *c*") == "<p>a &lt; b &amp; <em>c</em></p>"
    assert to_html("`<i>`") == f"<p><code>{escape('<i>')}</code></p>"


def test_a_blank_line_in_code_ends_nothing() -> None:
    assert to_html("```sh\na\n\nb\n```") == '<pre><code class="language-sh">a\n\nb\n</code></pre>'


def test_a_list_may_hold_a_list() -> None:
    assert to_html("1. a\n    - b\n2. c").replace("\n", "") == (
        "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>"
    )


def test_a_picture_is_the_same_for_the_same_name_and_another_for_another() -> None:
    assert png("a") == png("a") != png("b")
    assert png("a").startswith(b"\x89PNG\r\n\x1a\n")
    assert len(png("a")) < 20_000
