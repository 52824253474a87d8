from __future__ import annotations

import json

import pytest

from reader.codec import blocks_to_json
from reader.export import to_json, to_text
from reader.model import Article, StoredArticle
from tests.articles import NOON, Enclosure, Verdict, article, link, p, row, stored
from tests.typeset.documents import DOCUMENTS


def test_text_is_set_like_the_screen_with_the_addresses_below() -> None:
    written = to_text(
        article(p("See ", link("the report", "https://a.example/r"), "."), title="A report"), 40
    )

    assert written == "A report\n\nSee the report[1].\n\n[1] https://a.example/r\n"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_line_of_text_ends_in_a_space(name: str) -> None:
    assert all(line == line.rstrip() for line in to_text(DOCUMENTS[name]).split("\n"))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_document_of_the_gallery_fits_into_json(name: str) -> None:
    value = json.loads(json.dumps(to_json(DOCUMENTS[name])))

    assert value["schema"] == 1
    assert value["title"]


def test_json_has_the_page_and_the_state_of_an_entry() -> None:
    entry = stored(
        "Body.",
        row=row("T", tags=("a",), unread=False, starred=True),
        note="N",
        topics=("x",),
        position=0.5,
        comments_url="https://a.example/c",
        enclosures=(Enclosure("https://a.example/e", "audio/mpeg", 3, "E"),),
    )
    value = to_json(entry)

    assert value["title"] == "T"
    assert value["url"] == "https://lamp.example/a"
    assert value["published"] == NOON.isoformat()
    assert (value["unread"], value["starred"], value["later"]) == (False, True, False)
    assert (value["tags"], value["note"], value["topics"], value["position"]) == (["a"], "N", ["x"], 0.5)
    assert value["enclosures"] == [
        {"url": "https://a.example/e", "type": "audio/mpeg", "length": 3, "title": "E"}
    ]
    assert isinstance(entry.article, Article)
    assert value["blocks"] == blocks_to_json(entry.article.blocks)


def test_json_has_the_blocks_that_are_shown() -> None:
    short = article("Subscribe.", verdict=Verdict.TOO_SHORT)
    entry: StoredArticle = stored(page=short, feed=("The whole story.",))

    assert to_json(entry)["blocks"] == blocks_to_json(entry.feed_blocks)
