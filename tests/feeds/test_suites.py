"""The parser against public test suites and real feeds, so that quality cannot slip unnoticed.

The suites are no part of the project (see ``tests.corpora``); their own scorer says how each assertion is judged.
"""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType

import pytest

from reader.feeds.parse import parse_feed

from .. import corpora

BARS = {
    "feedparser": 98.0,
    "dates": 90.0,
    "encodings": 98.0,
    "reader": 85.0,
    "miniflux": 80.0,
    "gofeed": 92.0,
    "feed-rs": 98.0,
}
"""Per cent of the assertions a reader needs; below 98 where the suite asks for what we decide otherwise (see the room)."""
REAL_BARS = {"entry count": 100.0, "title": 99.5, "link": 99.5, "id": 99.5, "date": 99.5}
"""Per cent of agreement with what two of three other parsers agree on."""


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    found = corpora.path("bench/feeds")
    if found is None:
        pytest.skip("the suites of feeds are not at hand")
    spec = importlib.util.spec_from_file_location("score_feeds", found / "score_feeds.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["score_feeds"] = module
    spec.loader.exec_module(module)
    return module


def test_the_suites_are_passed_as_well_as_before(scorer: ModuleType) -> None:
    tallies, *_ = scorer.score(scorer.load_cases(set(BARS)), {"ours": parse_feed})
    score = {}
    for suite in BARS:
        total = scorer.Tally()
        for (name, group, _), tally in tallies.items():
            if name == suite and (name, group) not in scorer.NOT_HEADLINE:
                total += tally
        score[suite] = scorer.pct(total.ok, total.n)
    assert {suite: points for suite, points in score.items() if points < BARS[suite]} == {}


def test_real_feeds_are_read_as_other_parsers_agree(scorer: ModuleType) -> None:
    counts, *_ = scorer.real_agreement(scorer.load_cases({"real"}), {"ours": parse_feed})
    score = {
        field: scorer.pct(counts["ours"][field, "ok"], counts["ours"][field, "n"]) for field in REAL_BARS
    }
    assert {field: points for field, points in score.items() if points < REAL_BARS[field]} == {}
