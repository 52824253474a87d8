"""Rules for sites in FiveFilters' form: what they become, and what is named as lost."""

from __future__ import annotations

import pytest

from reader.cleaning import clean_page
from reader.cleaning.fivefilters import convert
from reader.cleaning.siterules import SiteRule, read_rule
from reader.document import plain_text

ADDRESS = "https://site.example/a"
FILLER = "The pier was rebuilt in stone after the storm, and it has stood in the same water ever since."


def test_every_directive_with_a_counterpart_becomes_a_line_of_ours() -> None:
    imported = convert(
        "title: //h1\nbody: //div[@class='a']\nbody: //article\nauthor: //a[@rel='author']\ndate: //time/@datetime\n"
        "strip: //aside\nstrip: .//p[2]\nstrip_image_src: /ads/\nnext_page_link: //a[@rel='next']/@href\n"
        "single_page_link: //a[contains(@href, 'print')]\n"
    )

    rule, problems = read_rule(imported.toml)
    assert (imported.lost, problems) == ((), ())
    assert rule == SiteRule(
        body=("//div[@class='a']", "//article"),
        strip=("//aside", "(.//p[2])", 'img[src*="/ads/"]'),
        title=("//h1",),
        author=("//a[@rel='author']",),
        date=("//time/@datetime",),
        next_page=("//a[contains(@href, 'print')]", "//a[@rel='next']/@href"),
    )


@pytest.mark.parametrize(
    ("line", "lost"),
    [
        ("find_string: <b>", ("line 1: find_string",)),
        ("http_header(user-agent): Mozilla", ("line 1: http_header",)),
        ("body: //p[", ("line 1: body",)),
        ("body: //p[unknown-function(.)]", ("line 1: body",)),
        ("no directive at all", ("line 1: no directive at all",)),
        ("tidy: no", ()),
        ("# body: //p", ()),
        ("body:", ()),
        ("", ()),
    ],
)
def test_what_cannot_be_taken_is_named_with_its_line(line: str, lost: tuple[str, ...]) -> None:
    imported = convert(line)

    assert (imported.toml, imported.lost) == ("", lost)


def test_a_page_is_cleaned_by_a_rule_that_was_taken_over() -> None:
    rule = convert(
        "body: //div[@id='b']\nstrip_id_or_class: promo\nstrip: //nonsense/@href\ntitle: //h2\n"
    ).toml
    page = (
        f"<html><body><h2>Ours</h2><div id='a'><p>{FILLER} Not.</p></div>"
        f"<div id='b'><p>{FILLER}</p><p class='x-promo'>Buy.</p></div></body></html>"
    )

    article = clean_page(page, ADDRESS, site_rule=rule)

    assert (article.title, plain_text(article.blocks)) == ("Ours", FILLER)
