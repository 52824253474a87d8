"""Quality cannot slip unnoticed: floors on a part of the public corpora, where they are at hand."""

from __future__ import annotations

import json

import pytest

from reader.cleaning import clean_page, clean_text
from reader.document import plain_text

from .. import corpora
from ..benchmarks.cleaning import pages, score

FLOORS = {
    "scrapinghub": (2, 0.982),
    "news424": (5, 0.948),
    "mozilla": (2, 0.941),
    "trafilatura": (6, 0.909),
    "append2": (5, 0.945),
}
"""Every how many pages, and the F1 these reach; raised when cleaning gets better, never lowered."""


@pytest.mark.parametrize("corpus", FLOORS)
def test_a_corpus_is_cleaned_no_worse_than_before(corpus: str) -> None:
    step, floor = FLOORS[corpus]
    part = pages(corpus, step)
    if part is None:
        pytest.skip("the corpora of real pages are not at hand")

    assert score(list(part)) >= floor


@pytest.mark.parametrize("shape", ["seed.html", "seed_flat.html", "seed.txt"])
def test_the_page_the_project_starts_from_is_cleaned_exactly_in_each_shape(shape: str) -> None:
    seed = corpora.path("corpus/seed")
    if seed is None:
        pytest.skip("the corpora of real pages are not at hand")
    expected = json.loads((seed / "expected.json").read_text("utf-8"))
    given = (seed / shape).read_text("utf-8")

    article = clean_text(given) if shape.endswith(".txt") else clean_page(given, "https://news.example/a")

    assert article.title == expected["title"]
    assert article.caption == expected["caption"]
    assert plain_text(article.blocks).split("\n") == expected["body"]
    assert [(other.title, plain_text(other.blocks).split("\n")) for other in article.appended] == [
        (expected["second"]["title"], expected["second"]["body"])
    ]
