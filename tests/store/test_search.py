"""Searching: found at once, ranked, counted, shown with its words, spelled right; and the index behind it."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from typing import TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document import Paragraph, Span
from reader.errors import QueryError
from reader.model import Article, EntryId, ParsedEntry
from reader.query import parse
from reader.store import articles, drain, entries, functions, match, plan, search, snippets, steps
from reader.store.compile import Compiled, compile_query

from .builders import NOW, add_entries, add_feed, document, memory, words

Library: TypeAlias = sqlite3.Connection


def compiled(text: str) -> Compiled:
    return compile_query(parse(text), now=NOW)


def index_all(db: Library) -> None:
    while drain.drain_index(db):
        pass


def put(db: Library, *texts: tuple[str, str]) -> list[EntryId]:
    """Store articles of these titles and texts, the first the newest, index them and return their ids."""
    parsed = [
        ParsedEntry(f"{title} {number}", f"https://a.example/{number}", title, NOW - timedelta(hours=number))
        for number, (title, _) in enumerate(texts)
    ]
    stored = entries.store_feed(
        db, add_feed(db), document(*parsed), NOW, texts=[words(text) for _, text in texts]
    )
    index_all(db)
    return sorted(stored.new, reverse=True)


def found(db: Library, text: str) -> list[int]:
    return list(search.find(db, compiled(text), 50).ids)


# ---------------------------------------------------------------------------------------- finding


def test_the_best_match_comes_first_when_asked_for_relevance(library: Library) -> None:
    passing, title, twice = put(
        library,
        ("Notes", "we met a zebra once " + "and much else " * 20),
        ("A zebra", "nothing more"),
        ("Animals", "zebra and zebra"),
    )
    assert found(library, "zebra") == [passing, title, twice]
    assert found(library, "zebra sort:relevance") == [title, twice, passing]
    assert found(library, "zebra -title:zebra sort:relevance") == [twice, passing]
    assert found(library, "is:unread sort:relevance") == [passing, title, twice]


def test_a_total_is_counted_up_to_a_limit(library: Library) -> None:
    add_entries(library, add_feed(library), 30)
    few = search.find(library, compiled("*"), 10, count_to=20)
    assert (len(few.ids), few.total, few.capped) == (10, 20, True)
    exact = search.find(library, compiled("*"), 10, count_to=30)
    assert (exact.total, exact.capped) == (30, False)
    uncounted = search.find(library, compiled("*"), 10, count_to=0)
    assert (uncounted.total, uncounted.capped) == (10, True)
    assert search.count(library, compiled("*")) == 30
    assert search.count(library, compiled("limit:7")) == 7


def test_a_short_prefix_of_a_large_library_stands_for_its_frequent_words(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    common, rare = put(library, ("a", "stone stone"), ("b", "stoat"))
    assert found(library, "st*") == [common, rare]
    monkeypatch.setattr(search, "EXACT_BELOW", 0)
    monkeypatch.setattr(match, "EXPANSION", 1)
    library.execute("UPDATE term SET entries = 9 WHERE term = 'stone'")
    monkeypatch.setattr(search, "frequent", lambda db, column, prefix: match.frequent(db, column, prefix, 1))
    result = search.find(library, compiled("st*"), 50)
    assert list(result.ids) == [common]
    assert result.notes == ("st* stands for its most frequent words until it is longer.",)
    assert list(search.ids(library, compiled("st*"))) == [common, rare]


def test_a_pattern_that_never_ends_is_a_sentence(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    put(library, ("a" * 60 + "!", ""))
    monkeypatch.setattr(functions, "PATTERN_SECONDS", 0.01)
    with pytest.raises(QueryError, match="takes too long"):
        found(library, "title:/(a|aa)+$/")
    assert found(library, "title:/a!$/") != []


def test_a_note_is_searched_at_once_and_in_words(library: Library) -> None:
    (only,) = put(library, ("Title", "text"))
    library.execute("INSERT INTO note(entry_id, text) VALUES (?, 'Compare with Łódź')", (only,))
    assert found(library, "note:lodz") == [only]
    assert found(library, "note:comp*") == [only]
    assert found(library, "note:omp") == []


@pytest.mark.parametrize("text", ["東京", "京タ", "タワー", "kyoto", "cafe", "STRASSE", "서울", "กิน"])
def test_words_are_found_in_any_script_without_accents_and_case(library: Library, text: str) -> None:
    (only, _) = put(
        library,
        ("東京タワー", "Kyōto café Straße 서울에서 ผมกินข้าว"),
        ("other", "東 京 kyo to cafeteria street"),
    )
    assert only in found(library, text)


def test_two_characters_of_a_word_are_not_found_apart(library: Library) -> None:
    together, apart = put(library, ("a", "新聞を読む"), ("b", "新しい話を聞く"))
    assert found(library, "新聞") == [together]
    assert sorted(found(library, "新 聞")) == sorted([together, apart])


# ---------------------------------------------------------------------------------------- plans


@pytest.mark.parametrize(
    ("text", "limit", "way"),
    [
        ("*", 5, "SCAN state"),
        ("is:unread", 5, "SCAN state USING INDEX state_unread"),
        ("quasar", 5, "SCAN fts VIRTUAL TABLE"),
        ("is:starred", 5, "SCAN state USING COVERING INDEX state_starred"),
        ("feed:1 is:unread", 5, "SEARCH state USING INDEX state_feed_unread (feed_id=?)"),
        ("id:7", 5, "SEARCH state USING INTEGER PRIMARY KEY"),
        ("site:nowhere.example", 5, "SEARCH entry USING COVERING INDEX entry_site (site>? AND site<?)"),
    ],
)
def test_the_newest_rows_are_reached_without_sorting(
    library: Library, text: str, limit: int, way: str
) -> None:
    feed = add_feed(library)
    ids = add_entries(library, feed, 300)
    add_entries(library, add_feed(library, "other"), 300)
    library.execute("UPDATE state SET starred_at = 1 WHERE entry_id = ?", (ids[0],))
    library.execute("UPDATE state SET read_at = 1 WHERE entry_id % 3 > 0")
    index_all(library)
    made = plan.make_plan(library, compiled(text).condition, limit=limit)
    (step,) = made.steps
    explained = [row[3] for row in library.execute(f"EXPLAIN QUERY PLAN {step.sql}", step.values)]
    assert explained[0].startswith(way), explained
    assert ("USE TEMP B-TREE FOR ORDER BY" in explained) == text.startswith("site:")


def test_a_rare_filter_leads_and_a_common_one_is_checked(library: Library) -> None:
    feed = add_feed(library)
    ids = add_entries(library, feed, 400, text="the same words")
    library.execute("UPDATE state SET starred_at = 1 WHERE entry_id IN (?, ?)", (ids[3], ids[300]))
    index_all(library)
    made = plan.make_plan(library, compiled("the is:starred").condition, limit=50)
    assert "state_starred" in made.steps[0].sql
    assert list(made.ids(library, 50, newest=True)) == [ids[3], ids[300]]


def test_a_negation_is_searched_in_windows(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "FIRST_WINDOW", 4)
    monkeypatch.setattr(steps, "LAST_WINDOW", 16)
    feed = add_feed(library)
    common = add_entries(library, feed, 150, text="the same words")
    index_all(library)
    library.execute("INSERT INTO index_queue(entry_id, old) SELECT ?, NULL", (common[-1],))
    made = plan.make_plan(library, compiled("-nowhere").condition, limit=149)
    assert [step.windowed for step in made.steps] == [True]
    assert list(made.ids(library, 149, newest=True)) == common[:149]


# ---------------------------------------------------------------------------------------- snippets


def test_a_snippet_is_where_most_of_the_words_are(library: Library) -> None:
    text = (
        "zebra. "
        + "filler words. " * 40
        + "Here a Zebra met a second zébra near the “big river”. "
        + "More filler. " * 30
    )
    (only,) = put(library, ("Title", text))
    ready = compiled('zebra "big river" -nothing')
    snippet = snippets.snippets(library, [only], ready.terms)[only]
    assert [snippet.text[start:end] for start, end in snippet.hits] == ["Zebra", "zébra", "big river"]
    assert snippet.text.startswith("…")
    assert snippet.text.endswith("…")
    assert len(snippet.text) <= 202


def test_a_text_without_the_words_has_no_snippet(library: Library) -> None:
    (only,) = put(library, ("Zebra", "nothing here"))
    assert snippets.snippets(library, [only, EntryId(1)], ("zebra",)) == {}
    assert snippets.snippets(library, [only], ()) == {}


def test_hits_mark_beginnings_phrases_and_unspaced_scripts() -> None:
    def marked(text: str, term: str) -> list[str]:
        return [text[start:end] for start, end in snippets.hits(text, (term,))]

    assert marked("Zebras and a zebra", "zeb*") == ["Zebras", "zebra"]
    assert marked("two words, two Words; two", "two words") == ["two words", "two Words"]
    assert marked("東京タワーと東京", compiled("東京").terms[0]) == ["東京", "東京"]


@given(st.text(max_size=80), st.lists(st.text(max_size=8), max_size=3))
def test_hits_lie_inside_the_text_and_follow_one_another(text: str, terms: list[str]) -> None:
    end = 0
    for start, stop in snippets.hits(text, terms):
        assert end <= start < stop <= len(text)
        end = stop


# ---------------------------------------------------------------------------------------- spelling


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("pyhton", "python"),
        ("Pythn", "python"),
        ("kernle", "kernel"),
        ("python", None),
        ("xyzzy", None),
        ("py", None),
    ],
)
def test_a_slip_of_a_known_word_is_noticed(library: Library, typed: str, meant: str | None) -> None:
    put(library, ("Python", "python kernel"), ("Rust", "python pylon kernel"))
    assert search.spelling(library, typed) == meant


# ---------------------------------------------------------------------------------------- the index


def terms_of(db: Library) -> dict[str, int]:
    return dict(db.execute("SELECT term, entries FROM term ORDER BY term"))


def test_changed_text_is_found_and_the_old_is_not(library: Library) -> None:
    (only,) = put(library, ("Title", "before"))
    article = Article("Title", (Paragraph((Span("after"),)),), word_count=1)
    articles.save_article(library, only, article, NOW)
    assert found(library, "before") == [only]
    index_all(library)
    assert found(library, "before") == []
    assert found(library, "after") == [only]
    assert "before" not in terms_of(library)


def test_the_table_of_terms_knows_how_many_entries_hold_a_word(library: Library) -> None:
    put(library, ("rust go", "rust rust"), ("go", "go far"))
    counted = terms_of(library)
    assert (counted["rust"], counted["go"], counted["far"]) == (1, 2, 1)
    assert match.estimate(library, match.Words(("go",), "title")) == 2
    assert match.frequent(library, "title", "r") == ("rust",)
    assert match.frequent(library, "author", "r") == ()


def test_large_batches_of_a_large_library_are_counted_from_a_sample(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drain, "SAMPLE_FROM", 10)
    monkeypatch.setattr(drain, "SAMPLE", 2)
    monkeypatch.setattr(drain, "SAMPLE_BATCH", 64)
    ids = add_entries(library, add_feed(library), 64, text="zebra")
    assert drain.drain_index(library, 64) == 64
    assert terms_of(library)["zebra"] == 2 * sum(1 for id_ in ids if drain.is_counted(id_, 2))
    assert len(search.ids(library, compiled("zebra"))) == 64


@pytest.mark.parametrize("spacing", [1, 4, 240, 5760])
def test_a_sample_is_fair_to_entries_dated_by_the_minute_the_hour_or_the_day(spacing: int) -> None:
    counted = sum(drain.is_counted(50_000_000 + number * spacing, 16) for number in range(16_000))
    assert 800 < counted < 1_200


def test_a_batch_takes_the_oldest_and_leaves_the_rest(library: Library) -> None:
    ids = add_entries(library, add_feed(library), 5)
    assert drain.drain_index(library, 2) == 2
    assert list(search.ids(library, compiled("text"))) == ids[3:]
    assert [drain.drain_index(library, 2) for _ in range(3)] == [2, 1, 0]


def test_an_index_can_be_built_anew(library: Library) -> None:
    ids = add_entries(library, add_feed(library), 3)
    index_all(library)
    before = terms_of(library)
    assert drain.rebuild(library) == 3
    assert found(library, "text") == []
    index_all(library)
    assert found(library, "text") == ids
    assert terms_of(library) == before


def test_an_index_of_another_folding_is_built_anew(library: Library) -> None:
    ids = add_entries(library, add_feed(library), 3)
    index_all(library)
    library.execute("UPDATE search_state SET folding = 0")
    assert drain.drain_index(library) == 3
    assert found(library, "text") == ids
    assert drain.drain_index(library) == 0


@given(st.lists(st.tuples(st.integers(0, 5), st.text("ab 東é", max_size=6)), max_size=12), st.integers(1, 4))
def test_after_any_changes_the_index_is_as_if_made_at_once(
    changes: list[tuple[int, str]], batch: int
) -> None:
    db = memory()
    ids = add_entries(db, add_feed(db), 6)
    for number, text in changes:
        articles.save_article(db, ids[number], Article("t", (Paragraph((Span(text),)),), word_count=1), NOW)
        drain.drain_index(db, batch)
    index_all(db)
    db.execute("CREATE VIRTUAL TABLE temp.word USING fts5vocab(main, fts, instance)")
    kept = db.execute("SELECT * FROM word").fetchall(), terms_of(db)
    drain.rebuild(db)
    index_all(db)
    assert (db.execute("SELECT * FROM word").fetchall(), terms_of(db)) == kept
    db.close()
