"""``broadsheet clean`` on invented pages of the shapes that real ones have."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from reader.cli.documents import is_list, is_markup
from reader.cli.exits import Exit
from reader.demo.articles import publications
from reader.demo.site import BASE, Site

from .conftest import NOW, Cli

COURIER = publications()[0]
FERRY = COURIER.piece("ferry")


@pytest.fixture
def messy(tmp_path: Path) -> Path:
    """A page with its headline twice, its caption six times, "TT", "20" and a second article below."""
    page = Site(BASE, NOW).answer("/courier/ferry")
    assert page is not None
    file = tmp_path / "ferry.html"
    file.write_bytes(page.body)
    return file


def test_text_is_the_body_alone_one_block_a_line(messy: Path, cli: Cli) -> None:
    assert FERRY is not None
    ran = cli("clean", str(messy), "--url", f"{BASE}/courier/ferry")
    assert ran.code == 0
    assert ran.out.splitlines() == FERRY.body.split("\n\n")


def test_json_has_title_caption_authors_date_blocks_and_what_was_split_off(messy: Path, cli: Cli) -> None:
    assert FERRY is not None
    assert FERRY.picture is not None
    (found,) = cli("clean", str(messy), "--format", "json").objects
    assert found["title"] == FERRY.title
    assert found["caption"] == FERRY.picture.caption
    assert found["authors"] == ["Marta Lindqvist"]
    assert found["date"].startswith((NOW - FERRY.age).isoformat()[:16])
    assert [block["kind"] for block in found["blocks"]].count("paragraph") == len(FERRY.body.split("\n\n"))
    assert [other["title"] for other in found["appended"]] == ["Council Votes to Rename Roundabout, Again"]


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_other_formats_have_the_title_once(form: str, messy: Path, cli: Cli) -> None:
    ran = cli("clean", str(messy), "--format", form)
    assert ran.out.replace("<title>", "").count("Ferry Captain Retires") <= 2
    assert "It is a different river every time." in ran.out


def test_explain_tells_what_was_dropped_and_why(messy: Path, cli: Cli) -> None:
    ran = cli("clean", str(messy), "--explain")
    assert ran.code == 0
    assert "TT" in ran.out


def test_standard_input_is_cleaned(messy: Path, cli: Cli) -> None:
    ran = cli("clean", "-", stdin=messy.read_text(encoding="utf-8"))
    assert ran.out.startswith("Captain Rosa Bellamy has crossed")


def test_plain_text_is_cleaned_too(cli: Cli) -> None:
    assert FERRY is not None
    assert FERRY.picture is not None
    caption = FERRY.picture.caption
    lines = [FERRY.title, caption, caption, caption, "TT", "20", FERRY.title, *FERRY.body.split("\n\n")]
    ran = cli("clean", "-", stdin="\n\n".join(lines))
    assert ran.out.splitlines() == FERRY.body.split("\n\n")


def test_a_file_that_is_not_there_is_a_sentence(cli: Cli) -> None:
    ran = cli("clean", "/nowhere/page.html")
    assert (ran.code, ran.out) == (Exit.FAILED, "")
    assert ran.err == "/nowhere/page.html cannot be read: No such file or directory.\n"


def test_a_page_without_an_article_fails_and_says_why(cli: Cli) -> None:
    ran = cli("clean", "-", stdin="<html><body><nav><a href='/'>Home</a></nav></body></html>")
    assert (ran.code, ran.out.strip()) == (Exit.FAILED, "")
    assert ran.err.strip()


@pytest.mark.parametrize(
    ("data", "markup", "listing"),
    [
        (b"<!doctype html><p>x", True, False),
        (b"\xef\xbb\xbf<?xml version='1.0'?><opml version='2.0'>", True, True),
        (b"a < b and c > d", False, False),
        (b'# mine\nhttps://a.example/feed\n\nhttps://b.example/feed "tag"\n', False, True),
        (b"Read https://a.example/feed today.\n", False, False),
        (b"", False, False),
    ],
)
def test_documents_are_told_apart(data: bytes, markup: bool, listing: bool) -> None:
    assert (is_markup(data), is_list(data)) == (markup, listing)


def test_all_kept_pages_are_cleaned_anew_once(stocked: Cli) -> None:
    first, second = stocked("clean", "--all"), stocked("clean", "--all")

    assert (first.code, second.code) == (0, 0)
    assert "anew" in first.err or "already" in first.err
    assert second.err == "Every kept page was cleaned by this cleaner already.\n"


def test_pages_of_a_site_are_cleaned_anew_whichever_cleaner_cleaned_them(stocked: Cli) -> None:
    stocked("clean", "--all")

    assert re.fullmatch(
        r"Cleaned \d+ pages anew.*\.\n",
        stocked("clean", "--all", "--site", urlsplit(BASE).hostname or "").err,
    )


@pytest.mark.parametrize("words", [(), ("--all", "page.html"), ("--import-rules", ".", "page.html")])
def test_one_thing_is_cleaned_at_a_time(cli: Cli, words: tuple[str, ...]) -> None:
    assert cli("clean", *words).code == Exit.USAGE


def test_rules_of_another_program_are_taken_over_and_what_is_lost_is_named(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "www.example.org.txt").write_text(
        "# a comment\nbody: //div[@id='story']\nstrip_id_or_class: promo\nfind_string: <a\ntest_url: http://x/\n"
    )
    (tmp_path / ".there.example.txt").write_text("title: //h1\n")
    sites = cli.home / "config" / "sites"
    sites.mkdir(parents=True)
    (sites / "there.example.toml").write_text("title = 'h2'\n")

    ran = cli("clean", "--import-rules", str(tmp_path))

    assert ran.code == 0
    assert (sites / "example.org.toml").read_text() == (
        """body = "//div[@id='story']"\nstrip = "[id*=\\"promo\\"], [class*=\\"promo\\"]"\n"""
    )
    assert (sites / "there.example.toml").read_text() == "title = 'h2'\n"
    assert "www.example.org.txt: not taken over: line 4: find_string." in ran.err
    assert ".there.example.txt: there is a rule for there.example already" in ran.err
    assert cli("config", "check").code == 0
