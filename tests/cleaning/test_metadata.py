"""What a page says of its article, and where it says it."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from reader.cleaning import clean_page
from reader.cleaning.authors import names_in
from reader.cleaning.dates import date_in_address, read_date
from reader.cleaning.language import detect

from .invented import ADDRESS, GOLD, HEADLINE, SITE, TITLE, page

NOW = datetime(2026, 11, 24, tzinfo=UTC)


def data(**fields: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **fields})}</script>'


def test_the_title_is_the_heading_a_reader_sees_when_data_agrees() -> None:
    article = clean_page(page(f"<h1>{TITLE}, they say</h1>{GOLD}", head=data(headline=TITLE)), ADDRESS)

    assert (article.title, dict(article.origins)["title"]) == (f"{TITLE}, they say", "h1")


def test_a_heading_that_is_the_sites_name_is_no_title() -> None:
    article = clean_page(page(f"<h1>{SITE}</h1><h2>{TITLE}</h2>{GOLD}", head=data(headline=TITLE)), ADDRESS)

    assert (article.title, dict(article.origins)["title"]) == (TITLE, "json-ld")


def test_the_documents_title_loses_the_sites_name() -> None:
    assert clean_page(page(GOLD), ADDRESS).title == TITLE


def test_a_page_without_any_title_takes_the_feeds() -> None:
    assert clean_page(f"<body>{GOLD}", ADDRESS, feed_title=TITLE).title == TITLE


def test_authors_come_from_data_as_names_lists_or_objects() -> None:
    for author in (
        "Mara Vance",
        ["Mara Vance"],
        {"@type": "Person", "name": "Mara Vance"},
        [{"name": ["Mara Vance"]}],
    ):
        assert clean_page(page(GOLD, head=data(author=author)), ADDRESS).authors == ("Mara Vance",)


def test_the_publisher_is_not_the_author_when_a_person_signs() -> None:
    body = f'{HEADLINE}<span class="byline">By Mara Vance</span>{GOLD}'
    article = clean_page(page(body, head=data(author={"@type": "Organization", "name": SITE})), ADDRESS)

    assert article.authors == ("Mara Vance",)


@pytest.mark.parametrize(
    "byline",
    [
        '<a rel="author" href="/mv">Mara Vance</a>',
        '<span itemprop="author"><span itemprop="name">Mara Vance</span></span>',
        '<div class="c-byline__author">By Mara Vance</div>',
        "<p>By <a href='/x'>Mara Vance</a></p>",
        '<p><a href="/authors/mara-vance">Mara Vance</a></p>',
        '<div class="byline"><b>By</b><a href="/m">Mara Vance</a> <a href="/f">Follow</a></div>',
    ],
)
def test_an_author_is_read_from_markup(byline: str) -> None:
    assert clean_page(page(f"{HEADLINE}{byline}{GOLD}"), ADDRESS).authors == ("Mara Vance",)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("By Ada Lovelace and Grace Hopper", ("Ada Lovelace", "Grace Hopper")),
        ("Von Ada Lovelace und Grace Hopper", ("Ada Lovelace", "Grace Hopper")),
        ("Ada Lovelace, Staff Writer, London", ("Ada Lovelace",)),
        ("By ADA LOVELACE | March 4, 2019", ("Ada Lovelace",)),
        ("Ada Lovelace; Grace Hopper", ("Ada Lovelace", "Grace Hopper")),
        ("https://x.example/ada", ()),
        ("admin", ()),
        ("", ()),
        ("By", ()),
    ],
)
def test_names_are_taken_out_of_bylines(text: str, names: tuple[str, ...]) -> None:
    assert names_in(text) == names


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2019-03-04T15:00:00Z", datetime(2019, 3, 4, 15, tzinfo=UTC)),
        ("2019-03-04T15:00:00+02:00", datetime(2019, 3, 4, 13, tzinfo=UTC)),
        ("2019-03-04 15:00", datetime(2019, 3, 4, 15, tzinfo=UTC)),
        ("20190304T150000Z", datetime(2019, 3, 4, 15, tzinfo=UTC)),
        ("2019-03-04", datetime(2019, 3, 4, 12, tzinfo=UTC)),
        ("Mon, 04 Mar 2019 15:00:00 GMT", datetime(2019, 3, 4, 15, tzinfo=UTC)),
        ("March 4, 2019 at 3:05 pm", datetime(2019, 3, 4, 15, 5, tzinfo=UTC)),
        ("4. März 2019", datetime(2019, 3, 4, 12, tzinfo=UTC)),
        ("4 de marzo de 2019", datetime(2019, 3, 4, 12, tzinfo=UTC)),
        ("4 марта 2019", datetime(2019, 3, 4, 12, tzinfo=UTC)),
        ("2019年3月4日", datetime(2019, 3, 4, 12, tzinfo=UTC)),
        ("04.03.2019", datetime(2019, 3, 4, 12, tzinfo=UTC)),
        ("1551711600", datetime(2019, 3, 4, 15, tzinfo=UTC)),
        ("03/04/2019", None),
        ("25/04/2019", datetime(2019, 4, 25, 12, tzinfo=UTC)),
        ("2019-13-44", None),
        ("1812-03-04", None),
        ("2126-03-04", None),
        ("no date", None),
    ],
)
def test_dates_are_read_in_the_dialects_of_machines_and_people(text: str, date: datetime | None) -> None:
    assert read_date(text, NOW) == date


def test_a_date_in_the_address_is_the_last_resort_before_the_text() -> None:
    assert date_in_address("https://news.example/2019/03/04/lamps") == datetime(2019, 3, 4, 12, tzinfo=UTC)
    assert date_in_address("https://news.example/lamps") is None


def test_each_piece_of_data_says_where_it_came_from() -> None:
    head = (
        '<link rel="canonical" href="/lamps"><link rel="next" href="?page=2"><meta property="og:image" content="/lamp.jpg">'
        '<meta name="keywords" content="lamps, oil"><meta property="article:published_time" content="2019-03-04T15:00:00Z">'
        + data(dateModified="2019-03-05", isAccessibleForFree="False")
    )
    article = clean_page(page(f"{HEADLINE}{GOLD}", head=head), ADDRESS)

    assert article.canonical_url == "https://news.example/lamps"
    assert article.next_page == f"{ADDRESS}?page=2"
    assert article.lead_image == "https://news.example/lamp.jpg"
    assert article.topics == ("lamps", "oil")
    assert (article.site, article.language) == (SITE, "en")
    assert article.published == datetime(2019, 3, 4, 15, tzinfo=UTC)
    assert article.modified == datetime(2019, 3, 5, 12, tzinfo=UTC)
    assert article.paywalled
    assert dict(article.origins)["published"] == "meta"
    assert dict(article.origins)["modified"] == "json-ld"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "The lamps burn oil, as they always did, because the guild of keepers would hear of nothing else in the town.",
            "en",
        ),
        (
            "Die Laternen im Hafen brennen wieder, und das ist nicht ohne Folgen für die Zunft, die sich auf den Winter freut.",
            "de",
        ),
        (
            "Les lanternes du port sont de nouveau allumées, et la guilde ne veut pas que la ville paie pour les mèches dans les cafés.",
            "fr",
        ),
        ("港の灯台に九年ぶりに明かりがともり、町の人々が集まった。", "ja"),
        ("港口的灯塔九年来第一次亮起，镇上的人们聚集在码头。", "zh"),
        ("أضيئت فوانيس الميناء من جديد مساء الجمعة", "ar"),
        ("Фонари в гавани снова зажгли в пятницу", "ru"),
        ("Ліхтарі в гавані знову засвітили у п'ятницю", "uk"),
        ("12 34", ""),
        ("", ""),
    ],
)
def test_a_language_that_is_not_declared_is_told_by_script_and_words(text: str, language: str) -> None:
    assert detect(text) == language


def test_the_declared_language_wins_and_an_undeclared_one_is_detected() -> None:
    assert clean_page(page(GOLD, language="de-AT"), ADDRESS).language == "de-at"
    assert clean_page(f"<title>{TITLE}</title>{GOLD}", ADDRESS).language == "en"


def test_the_comments_of_a_page_are_found_by_their_link() -> None:
    for href, found in (
        ("#comments", f"{ADDRESS}#comments"),
        ("/x/7/comments", "https://news.example/x/7/comments"),
    ):
        assert clean_page(page(f'{GOLD}<a href="{href}">12 comments</a>'), ADDRESS).comments_url == found
