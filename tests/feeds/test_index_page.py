"""The articles of a page without a feed, found by a rule that says when it no longer holds."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.errors import ParseError
from reader.feeds.index_links import MAX_LINKS, links_of, site_of, word_count
from reader.feeds.index_page import IndexRule, apply, derive
from reader.feeds.pages import read_page
from reader.model import ParsedFeed

from .documents import NOW

URL = "https://paper.example/"
HEADLINES = [
    "Council votes to keep the old harbour crane",
    "Why the river smells of apples this week",
    "Teachers and parents agree on a longer break",
    "A short history of the town's seven bells",
    "Rain expected until the end of the fair",
    "The baker who never sleeps tells all",
]
CLUTTER = """
<nav><ul><li><a href="/politics">Politics and more news</a></li><li><a href="/sport">All of the sport</a></li></ul></nav>
<div class="sidebar"><a href="/2026/05/01/most-read-story-of-all">Most read story of the whole week</a></div>
<footer><a href="/imprint">Who we are and what we do</a></footer>
<p>You can <a href="/2026/01/01/an-older-piece-linked">read an older piece</a> of ours in the middle of a long paragraph.</p>
"""


def path(title: str, number: int) -> str:
    return f"/2026/05/{10 + number}/" + "-".join(title.lower().replace("'", "").split())


def page(entries: str, title: str = "The Paper") -> str:
    return f'<html lang="en"><head><title>{title}</title></head><body>{CLUTTER}<main>{entries}</main></body></html>'


def headline_list(titles: list[str] = HEADLINES) -> str:
    return page(
        "".join(
            f'<div class="teaser t{n}"><a href="{path(title, n)}"><img src="/p{n}.jpg"></a>'
            f'<h2><a href="{path(title, n)}">{title}</a></h2><time datetime="2026-05-{10 + n}T08:00:00Z">May</time>'
            f'<p>Something of more than forty characters is said here about it.</p><a href="{path(title, n)}">Read more</a>'
            f'<a href="{path(title, n)}#comments">12 comments</a></div>'
            for n, title in enumerate(titles)
        )
    )


def plain_list(titles: list[str] = HEADLINES) -> str:
    return page(
        "<ul>" + "".join(f'<li><a href="{path(t, n)}">{t}</a></li>' for n, t in enumerate(titles)) + "</ul>"
    )


def card_list(titles: list[str] = HEADLINES) -> str:
    return page(
        "".join(
            f'<a class="card" href="/stories/{n}"><h3>{title}</h3><p>Something of more than forty characters is said here.</p></a>'
            for n, title in enumerate(titles)
        )
    )


def article_list(titles: list[str] = HEADLINES) -> str:
    return page(
        "".join(
            f'<article><header><h2><a href="/s/{n}">{t}</a></h2></header><p><a href="/s/{n}">{t[:9]}</a></p></article>'
            for n, t in enumerate(titles)
        )
    )


def blog_index(titles: list[str] = HEADLINES) -> str:
    return page(
        "<ul>"
        + "".join(
            f'<li><span>2026-05-{10 + n}</span> – <a href="/{chr(97 + n)}">{t}</a></li>'
            for n, t in enumerate(titles)
        )
        + "</ul>"
    )


def magazine(titles: list[str] = HEADLINES) -> str:
    hero = f'<div class="card hero"><a class="big" href="{path(titles[0], 0)}"><h2>{titles[0]}</h2></a></div>'
    rest = "".join(
        f'<div class="card"><a href="/town/">Town</a><h3><a href="{path(t, n)}">{t}</a></h3><a href="/by/ann-b-{n}">Ann B.</a></div>'
        for n, t in enumerate(titles[1:], start=1)
    )
    return page(hero + rest)


def json_ld_list(titles: list[str] = HEADLINES) -> str:
    things = [
        {"@type": "ListItem", "position": n, "url": f"/j/{n}", "name": title, "datePublished": "2026-05-10"}
        for n, title in enumerate(titles)
    ]
    return page(
        f'<script type="application/ld+json">{json.dumps({"@type": "ItemList", "itemListElement": things})}</script>'
    )


LAYOUTS = [headline_list, plain_list, card_list, article_list, blog_index, magazine, json_ld_list]


def titles(feed: ParsedFeed) -> list[str]:
    return [entry.title for entry in feed.entries]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_articles_of_a_front_page_are_found_and_nothing_else(layout: object) -> None:
    assert callable(layout)
    html = layout().encode()
    rule = derive(html, URL, None, NOW)
    assert rule is not None
    feed = apply(rule, html, URL, None, NOW)
    assert titles(feed) == HEADLINES
    assert (feed.format, feed.title, feed.language) == ("page", "The Paper", "en")


def test_an_entry_gets_date_summary_picture_and_a_stable_id() -> None:
    html = headline_list().encode()
    rule = derive(html, URL, None, NOW)
    assert rule is not None
    entry = apply(rule, html, URL, None, NOW).entries[1]
    assert entry.published == datetime(2026, 5, 11, 8, tzinfo=UTC)
    assert entry.summary == "Something of more than forty characters is said here about it."
    assert entry.image_url == "https://paper.example/p1.jpg"
    assert entry.guid == "//paper.example" + path(HEADLINES[1], 1)


def test_the_date_may_stand_beside_the_title() -> None:
    html = blog_index().encode()
    rule = derive(html, URL, None, NOW)
    assert rule is not None
    assert apply(rule, html, URL, None, NOW).entries[2].published == datetime(2026, 5, 12, tzinfo=UTC)


def test_headlines_in_a_script_without_spaces_are_headlines() -> None:
    headlines = [
        "新しい橋が今日開通した",
        "雨のため祭りは中止になる",
        "市長が辞任を発表した朝",
        "図書館に猫が住みついた",
        "港の古い時計が動き出す",
    ]
    html = page("".join(f'<h3><a href="/n/{n}">{t}</a></h3>' for n, t in enumerate(headlines))).encode()
    rule = derive(html, URL, "text/html; charset=utf-8", NOW)
    assert rule is not None
    assert titles(apply(rule, html, URL, "text/html; charset=utf-8", NOW)) == headlines


def test_the_date_may_be_in_the_address() -> None:
    html = plain_list().encode()
    rule = derive(html, URL, None, NOW)
    assert rule is not None
    assert apply(rule, html, URL, None, NOW).entries[2].published == datetime(2026, 5, 12, tzinfo=UTC)


def test_a_page_whose_whole_body_is_called_a_sidebar_is_a_page_all_the_same() -> None:
    html = (
        headline_list()
        .replace("<main>", '<div class="content-sidebar-wrap">')
        .replace("</main>", "</div>")
        .encode()
    )
    rule = derive(html, URL, None, NOW)
    assert rule is not None
    assert titles(apply(rule, html, URL, None, NOW)) == HEADLINES


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_rule_finds_the_new_articles_of_the_next_day(layout: object) -> None:
    assert callable(layout)
    rule = derive(layout().encode(), URL, None, NOW)
    assert rule is not None
    stored = IndexRule.from_json(rule.to_json())
    assert stored == rule
    tomorrow = ["Two swans", "The mayor resigns after eleven years in office", *HEADLINES[:4]]
    assert titles(apply(stored.to_json(), layout(tomorrow).encode(), URL, None, NOW)) == tomorrow


def test_a_page_whose_layout_has_changed_is_reported() -> None:
    rule = derive(headline_list().encode(), URL, None, NOW)
    assert rule is not None
    with pytest.raises(
        ParseError, match="layout of the page has changed: 0 articles found where there were 6"
    ):
        apply(rule, article_list().encode(), URL, None, NOW)


@pytest.mark.parametrize(
    "html",
    [
        page("<p>" + " ".join(f'Words and <a href="/2026/05/1/some-long-slug-{n}">a link in prose {n}</a> go on and on.' for n in range(9)) + "</p>"),
        page("".join(f'<li><a href="https://other{n}.example/2026/a-b-c-{n}">A headline of another site {n}</a></li>' for n in range(9))),
        page("".join(f'<li><a href="/tag/{n}">A tag with some words {n}</a></li>' for n in range(9))),
        page("".join(f'<li><a href="/2026/05/{n}/a-long-slug">May {n}, 2026</a></li>' for n in range(9))),
        page("".join(f'<li><a href="/2026/05/{n}/a-long-slug">The same words each time</a></li>' for n in range(9))),
        page("".join(f'<li><a href="/2026/05/{n}/a-long-slug">Only three of these {n}</a></li>' for n in range(3))),
        page("".join(f'<li><a href="/files/report-of-the-year-{n}.pdf">A report in a file {n}</a></li>' for n in range(9))),
        "<p>no links</p>",
    ],
)  # fmt: skip
def test_what_is_no_list_of_articles_gives_no_rule(html: str) -> None:
    assert derive(html.encode(), URL, None, NOW) is None


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"mode": 1}', "[" * 100_000])
def test_a_damaged_rule_is_said_to_be_so(text: str) -> None:
    with pytest.raises(ParseError, match="rule of this page is damaged"):
        apply(text, b"<p>x</p>", URL, None, NOW)


@pytest.mark.parametrize(
    "html",
    [
        '<body><a href="/x">' * 60_000,
        "<div>" * 100_000 + '<a href="/2026/05/05/a-b-c">Some words here now</a>',
        "<p>" + '<a href="/2026/05/05/a-b-c">Some words</a> and more. ' * 20_000,
        "".join(f'<li><a href="/2026/05/05/a-b-{n}">Some words {n}</a></li>' for n in range(40_000)),
        '<script type="application/ld+json">' + "[" * 200_000 + "</script>",
    ],
)
def test_a_hostile_page_takes_no_longer_than_its_length(html: str) -> None:
    start = time.process_time()
    derive(html.encode(), URL, None, NOW)
    assert time.process_time() - start < 6


def test_only_so_many_links_are_looked_at() -> None:
    html = "".join(
        f'<li><a href="/2026/05/05/a-b-{n}">Some words {n}</a></li>' for n in range(MAX_LINKS + 100)
    )
    assert len(links_of(read_page(html.encode()), URL, NOW)) == MAX_LINKS


@settings(max_examples=100)
@given(st.text(alphabet="<>/\"'= alihrefdv:.-20\n", max_size=200))
def test_any_page_gives_a_rule_or_none(html: str) -> None:
    try:
        rule = derive(html.encode(), URL, None, NOW)
    except ParseError:
        return
    if rule is not None:
        apply(rule, html.encode(), URL, None, NOW)


@pytest.mark.parametrize(
    ("host", "site"),
    [("www.paper.example", "paper.example"), ("a.b.co.uk", "b.co.uk"), ("blog.b.com.au", "b.com.au"), ("x.de", "x.de"), ("localhost", "localhost")],
)  # fmt: skip
def test_hosts_of_one_site_are_one(host: str, site: str) -> None:
    assert site_of(host) == site


def test_words_are_counted_in_scripts_without_spaces_too() -> None:
    assert word_count("three small words") == 3
    assert word_count("新しい橋が開通した") == 4
