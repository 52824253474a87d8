"""What stands around a text: which text it is, title block and footer, words for numbers, finding, and bare terminals."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from reader.document import Mark, Span, plain_text
from reader.model import FullText, StoredArticle, Verdict
from reader.typeset import Choice, Options, Role, Run, choose, line_text, set_article
from reader.typeset.ansi import hyperlink, to_ansi
from reader.typeset.finding import fold, occurrences
from reader.typeset.words import counted, date_in_words, joined, reading_minutes, size_in_words
from tests.articles import NOON, article, link, p, row, stored

# ------------------------------------------------------------------------------------------- which text


def shown(choice: Choice) -> tuple[str, str]:
    return plain_text(choice.blocks), choice.sentence


def test_a_good_page_is_shown_without_a_word() -> None:
    assert shown(choose(stored("Page.", feed=("Feed.",)))) == ("Page.", "")


def test_a_doubtful_page_is_shown_with_the_reason() -> None:
    page = article("Page.", verdict=Verdict.DOUBTFUL, reason="Half of it is links.")

    assert shown(choose(stored(page=page, feed=("Feed.",)))) == ("Page.", "Half of it is links.")


@pytest.mark.parametrize(
    ("verdict", "facts", "sentence"),
    [
        (Verdict.TOO_SHORT, {"word_count": 12, "kept_share": 0.003}, "12 words of a 4,000-word page"),
        (Verdict.TOO_SHORT, {"word_count": 1, "kept_share": 0.5}, "1 word of a 2-word page"),
        (Verdict.TOO_SHORT, {}, "The page is too short"),
        (Verdict.FAILED, {}, "The page could not be cleaned"),
        (Verdict.FAILED, {"reason": "The page is a picture."}, "The page is a picture"),
        (Verdict.NOT_AN_ARTICLE, {}, "The page is not an article"),
    ],
)
def test_a_bad_page_gives_way_to_the_feeds_text(
    verdict: Verdict, facts: dict[str, Any], sentence: str
) -> None:
    page = article("Page.", verdict=verdict, **facts)

    assert shown(choose(stored(page=page, feed=("Feed.",)))) == (
        "Feed.",
        f"{sentence}: showing the feed's text.",
    )
    assert shown(choose(stored(page=page))) == ("Page.", f"{sentence}.")


def test_a_page_that_was_not_fetched_leaves_the_feeds_text() -> None:
    assert shown(choose(stored(feed=("Feed.",), page_error="No answer."))) == ("Feed.", "No answer.")


def test_a_source_set_to_its_feeds_text_shows_it() -> None:
    entry = stored("Page.", feed=("Feed.",), full_text=FullText.FEED)

    assert shown(choose(entry)) == ("Feed.", "")


def test_the_feeds_text_can_be_asked_for() -> None:
    assert shown(choose(stored("Page.", feed=("Feed.",)), "feed")) == ("Feed.", "")
    assert shown(choose(stored("Page."), "feed")) == (
        "Page.",
        "The feed sends no text: showing the cleaned page.",
    )
    assert shown(choose(stored(), "feed")) == ("", "The feed sends no text.")


def test_the_source_of_a_page_is_a_listing_with_a_word_of_what_it_is() -> None:
    page = set_article(stored("Page."), 60, Options(text="raw", raw="<p>Page.</p>"))
    lines = [line_text(line).strip() for line in page.lines(0, page.height)]

    assert "The page as it was fetched." in lines
    assert "<p>Page.</p>" in lines


# ------------------------------------------------------------------------------------------- the frame


def frame_of(entry: StoredArticle) -> list[str]:
    page = set_article(entry, 80, Options(timezone=UTC))
    return [line_text(line).strip() for line in page.lines(0, page.height)]


def test_the_pages_authors_and_the_feeds_title_win() -> None:
    page = article("Text.", title="The page's title", authors=("Ines Orr", "Tom Bly"), site="The page's site")
    lines = frame_of(stored(page=page, row=row("The feed's title", author="staff")))

    assert lines[0] == "The feed's title"
    assert (
        lines[1].replace("\u00a0", " ")
        == "By Ines Orr and Tom Bly · The Evening Lamp · Tuesday, 24 November 2026"
    )


def test_an_entry_without_a_title_takes_the_pages() -> None:
    assert frame_of(stored(page=article("Text.", title="The page's"), row=row("")))[0] == "The page's"
    assert frame_of(stored("Text.", row=row("x")))[0] == "x"


def test_what_else_was_on_the_page_is_named_below() -> None:
    from reader.model import Appended

    page = article(
        "Text.",
        appended=(Appended("Another story"), Appended("")),
        next_page="https://lamp.example/2",
        topics=("a", "a", "b"),
    )
    lines = frame_of(stored(page=page))

    assert "Also on this page: Another story" in lines
    assert not any(
        "Also" in line for line in frame_of(stored(page=article("Text.", appended=(Appended(""),))))
    )
    assert "Next page: https://lamp.example/2[2]" in lines
    assert "Topics: a, b" in lines


def test_the_body_begins_below_the_title_block() -> None:
    page = set_article(stored("First words.", row=row(tags=("a",))), 40)

    assert line_text(page.lines(page.body_line, page.body_line + 1)[0]) == "First words."


# ------------------------------------------------------------------------------------------- words


def test_a_date_is_told_in_the_time_zone() -> None:
    late = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)

    assert date_in_words(late, UTC) == "Thursday, 31 December 2026"
    assert date_in_words(late, timezone(timedelta(hours=1))) == "Friday, 1 January 2027"
    assert re.fullmatch(r"\w+, \d+ \w+ 2026", date_in_words(NOON))


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (230, 1), (500, 2), (23_000, 100)])
def test_reading_takes_a_minute_at_least(words: int, minutes: int) -> None:
    assert reading_minutes(words) == minutes


@pytest.mark.parametrize(
    ("size", "text"),
    [(0, "0 bytes"), (1, "1 byte"), (999, "999 bytes"), (1000, "1.0 kB"), (9949, "9.9 kB"), (12_345, "12 kB"),
     (999_999, "1,000 kB"), (1_400_000, "1.4 MB"), (5_000_000_000, "5.0 GB"), (3 * 10**15, "3,000 TB")],
)  # fmt: skip
def test_sizes_are_told_in_powers_of_a_thousand(size: int, text: str) -> None:
    assert size_in_words(size) == text


def test_names_and_numbers_are_joined_as_people_do() -> None:
    assert [joined(names) for names in ((), ("a",), ("a", "b"), ("a", "b", "c"))] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
    assert (counted(1, "word"), counted(4000, "word")) == ("1 word", "4,000 words")


# ------------------------------------------------------------------------------------------- finding


@pytest.mark.parametrize(
    ("text", "wanted", "found"),
    [
        ("Lamp lamp LAMP", "lamp", ["Lamp", "lamp", "LAMP"]),
        ("Schöne Straße", "schone strasse", ["Schöne Straße"]),
        ("Lampen\u00adlicht", "lampenlicht", ["Lampen\u00adlicht"]),
        ("x² and ﬁne", "x2 and fine", ["x² and ﬁne"]),
        ("one\ntwo", "one two", ["one\ntwo"]),
        ("aaaa", "aa", ["aa", "aa"]),
        ("الْعَرَبِيَّةُ", "العربية", ["الْعَرَبِيَّةُ"]),
        ("日本語", "本", ["本"]),
        ("lamp", "", []),
    ],
)  # fmt: skip
def test_a_text_is_found_as_a_person_means_it(text: str, wanted: str, found: list[str]) -> None:
    places = [text[start:end] for start, end in occurrences(text, fold(wanted))]

    assert [place.rstrip("\u064f\u0650\u0651\u0652") for place in places] == [
        place.rstrip("\u064f\u0650\u0651\u0652") for place in found
    ]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("lamp", ["lamp"]),
        ("lamp*", ["lamp", "lamp"]),
        ("clamp", ["clamp"]),
        ("amp", []),
        ("*", []),
        ("灯", ["灯"]),
    ],
)
def test_whole_words_and_beginnings_of_words_can_be_asked_for(wanted: str, found: list[str]) -> None:
    text = "a lamp, a lamplighter, a clamp, 街灯中"

    assert [text[start:end] for start, end in occurrences(text, wanted, words=True)] == found


def test_what_is_put_aside_is_as_if_it_were_not_there() -> None:
    text = "é lamp[1]post"
    (place,) = occurrences(text, "lamppost", [(6, 9)])

    assert text[slice(*place)] == "lamp[1]post"


# ------------------------------------------------------------------------------------------- a bare terminal


def test_roles_and_marks_become_attributes() -> None:
    line = (Run("T", Role.TITLE), Run(" "), Run("e", Role.TEXT, Mark.EMPHASIS | Mark.STRONG), Run("   "))

    assert to_ansi(line) == "\x1b[1mT\x1b[0m \x1b[1;3me\x1b[0m"


def test_only_web_addresses_become_hyperlinks() -> None:
    assert to_ansi((Run("x", link="https://a.example/"),)) == (
        "\x1b]8;;https://a.example/\x1b\\\x1b[4;34mx\x1b[0m\x1b]8;;\x1b\\"
    )
    for href in ("javascript:x", "file:///etc/passwd", "#note", "mailto:a@a.example", ""):
        assert hyperlink(href) is None


def test_an_address_cannot_end_its_hyperlink() -> None:
    target = hyperlink("https://a.example/\x1b\\\x07 é\n")

    assert target == "https://a.example/%1B%5C%07%20%C3%A9%0A"


def test_everything_about_an_article_fits_a_bare_terminal() -> None:
    page = set_article(
        stored(p("a ", link("b", "https://a.example/")), p(Span("x", Mark.CODE))), 40, Options(scroll=False)
    )
    written = "\n".join(map(to_ansi, page.lines(0, page.height)))

    assert "\x1b" not in re.sub(r"\x1b\[[\d;]*m|\x1b\]8;;[!-~]*\x1b\\", "", written)
