"""How sure cleaning is, what it tells of its decisions, and what a person's rule for a site changes."""

from __future__ import annotations

import pytest

from reader import cleaning
from reader.cleaning import clean_page, explain
from reader.document import plain_text
from reader.model import Verdict

from .invented import ADDRESS, FOOTER, GOLD, HEADER, HEADLINE, OTHERS, OURS, TITLE, p, page, with_parts

APPENDED = f'<article class="story" data-url="/other">{HEADLINE.replace(TITLE, "Glass bridge over the gorge closes")}{p(*OTHERS)}</article>'


def test_a_whole_article_is_good_and_needs_no_reason() -> None:
    article = clean_page(with_parts(), ADDRESS)

    assert (article.verdict, article.reason) == (Verdict.GOOD, "")
    assert article.kept_share > 0.85
    assert article.word_count == len(" ".join(OURS).replace("—", " ").split())


def test_a_few_words_of_a_long_page_are_too_short_and_the_numbers_are_named() -> None:
    long_list = "".join(
        f'<li><a href="/{i}">{text}</a> {text[:79]}</li>' for i, text in enumerate(OTHERS * 12)
    )
    article = clean_page(
        page(f"{HEADER}<div><p>{OURS[0][:90]}</p></div><aside>{p(*OTHERS * 2)}</aside><ul>{long_list}</ul>"),
        ADDRESS,
    )

    assert article.verdict in (Verdict.TOO_SHORT, Verdict.NOT_AN_ARTICLE, Verdict.DOUBTFUL)
    assert article.reason


def test_a_list_of_links_is_not_an_article() -> None:
    teasers = "".join(
        f'<div><h2><a href="/{i}">{text[:70]}</a></h2></div>' for i, text in enumerate(OURS + OTHERS)
    )
    article = clean_page(
        page(f"{HEADER}<main>{teasers}</main>{FOOTER}", title="Town"), "https://news.example/"
    )

    assert article.verdict is Verdict.NOT_AN_ARTICLE


def test_a_page_for_subscribers_is_shown_with_a_doubt() -> None:
    paywalled = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script>'
    )
    article = clean_page(page(f"{HEADER}<article>{HEADLINE}{GOLD}</article>", head=paywalled), ADDRESS)

    assert article.verdict is Verdict.DOUBTFUL
    assert "subscribers" in article.reason


def test_an_appended_article_is_offered_with_its_address() -> None:
    article = clean_page(
        page(f'{HEADER}<main><article class="story">{HEADLINE}{GOLD}</article>{APPENDED}</main>'), ADDRESS
    )

    (other,) = article.appended
    assert (other.title, other.url) == ("Glass bridge over the gorge closes", "https://news.example/other")
    assert plain_text(other.blocks).split("\n") == list(OTHERS)


def test_the_report_names_each_dropped_line_with_its_reason() -> None:
    told = explain(
        with_parts("<p>By Mara Vance</p>", '<div class="newsletter">Sign up</div>', "<p>Tags: oil</p>"),
        ADDRESS,
    )

    assert "a byline" in told
    assert "class word newsletter" in told
    assert "asks to go elsewhere" in told
    assert "verdict: good" in told
    assert OURS[0] in told
    assert f"title:         {TITLE}  (h1)" in told


def test_labels_that_a_drawing_places_are_no_lines_of_the_text() -> None:
    labels = "".join(
        f'<div style="top:{n}.5%;margin-top:-16px;left:{n}%;width:60px"><p>{n} billion</p></div>'
        for n in range(5, 9)
    )
    placed = f'<div style="position:absolute; left: 0%; top: 5%">{p(*OURS[3:5])}</div>'
    html = page(f"<article>{HEADLINE}{p(*OURS[:3])}<div>{labels}</div>{placed}{p(*OURS[5:])}</article>")

    assert plain_text(clean_page(html, ADDRESS).blocks).split("\n") == list(OURS)
    assert "a label placed on a picture" in explain(html, ADDRESS)


def test_what_stands_beside_a_picture_without_a_caption_is_text() -> None:
    box = f'<div class="item no_caption"><h2>{OURS[1]}</h2><img src="/a.jpg" width="600" height="400"></div>'
    html = page(f"<article>{HEADLINE}{p(OURS[0])}{box}{p(*OURS[2:])}</article>")

    assert plain_text(clean_page(html, ADDRESS).blocks).split("\n") == list(OURS)


def test_a_rule_for_a_site_chooses_the_body_and_strips_what_it_names() -> None:
    rule = 'body = "div.b"\nstrip = [".x"]\ntitle = "h2"\nauthor = ".who"\nnext_page = "a.more"'
    html = page(
        f'<h2>The right title</h2><i class="who">Mara Vance</i><div class="a">{p(*OTHERS)}</div>'
        f'<div class="b">{p(*OURS[:2])}<p class="x">{OURS[2]}</p></div><a class="more" href="?p=2">on</a>'
    )
    article = clean_page(html, ADDRESS, site_rule=rule)

    assert plain_text(article.blocks).split("\n") == list(OURS[:2])
    assert (article.title, article.authors) == ("The right title", ("Mara Vance",))
    assert article.next_page == f"{ADDRESS}?p=2"


def test_a_rule_that_matches_nothing_is_no_rule() -> None:
    assert plain_text(clean_page(with_parts(), ADDRESS, site_rule='body = "div.nowhere"').blocks).split(
        "\n"
    ) == list(OURS)


@pytest.mark.parametrize(
    ("rule", "hint"),
    [
        ("body = 3", "line 1: body must be a CSS selector or a list"),
        ("title = 'h1'\nbdy = 'p'", 'line 2: there is no key "bdy"; did you mean "body"?'),
        ("body = 'p['", "line 1: body: 'p[' is no CSS selector"),
        ("body = '//p['", "line 1: body: '//p[' is no CSS selector"),
        ("body", "line 1: this is not TOML"),
    ],
)
def test_a_page_is_cleaned_without_a_rule_that_cannot_be_used_and_says_why(rule: str, hint: str) -> None:
    article = clean_page(with_parts(), ADDRESS, site_rule=rule)

    assert plain_text(article.blocks).split("\n") == list(OURS)
    assert f"The rule for this site is not used, {hint}" in article.reason
    assert hint in explain(with_parts(), ADDRESS, site_rule=rule)


def test_of_several_selectors_the_first_that_finds_something_is_taken_and_xpath_is_one() -> None:
    html = page(
        f'<meta name="who" content="Mara Vance"><div class="a">{p(*OTHERS)}</div><div class="b">{p(*OURS)}</div>'
    )
    rule = """body = [".nowhere", "//div[@class='b']", ".a"]\nauthor = "//meta[@name='who']/@content\""""
    article = clean_page(html, ADDRESS, site_rule=rule)

    assert plain_text(article.blocks).split("\n") == list(OURS)
    assert article.authors == ("Mara Vance",)


def test_a_page_can_be_explained_twice() -> None:
    pages = [explain("<p>A page.</p>", "http://site.example/") for _ in range(2)]

    assert pages[0] == pages[1]
    assert callable(cleaning.explain)  # a module of that name would take the function's place once imported
