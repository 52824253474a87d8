"""Rules: what they match, what they do, and what they leave alone."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from reader import rules
from reader.errors import QueryError, UsageError
from reader.model import Article, EntryId, FeedId, ParsedEntry
from reader.rules import Action, Event, Rule, Task, Verb
from reader.store import (
    articles,
    changes,
    connection,
    drain,
    entries,
    migrations,
    rulebook,
    search,
    tags,
    views,
)
from reader.triage import Actor, Field

from .store.builders import NOW, act, add_feed, document, entry, words


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A library as the application opens it, in one transaction."""
    library = connection.connect_to_write(tmp_path / "library.db")
    migrations.migrate(library)
    library.execute("BEGIN")
    yield library
    library.close()


@pytest.fixture
def feed(db: sqlite3.Connection) -> FeedId:
    return add_feed(db)


def rule(
    name: str, query: str, *actions: Action | Verb, events: frozenset[Event] = frozenset({Event.NEW})
) -> Rule:
    listed = tuple(one if isinstance(one, Action) else Action(one) for one in actions)
    return Rule(name, query, listed, events)


def arrive(db: sqlite3.Connection, feed: FeedId, *titles: str, text: str = "Some text.") -> list[EntryId]:
    """Store entries with these titles, the first being the newest, and run the rules on them."""
    start = db.execute("SELECT count(*) FROM entry").fetchone()[0]
    parsed = [entry(start + number, title=title) for number, title in enumerate(titles)]
    stored = entries.store_feed(db, feed, document(*parsed), NOW, texts=[words(text)] * len(parsed))
    rules.on_new(db, stored.new, NOW)
    by_guid = dict(db.execute("SELECT link, id FROM entry"))
    return [EntryId(by_guid[one.link]) for one in parsed]


def found(db: sqlite3.Connection, query: str) -> list[int]:
    from reader.query import parse
    from reader.store.compile import compile_query

    return list(search.ids(db, compile_query(parse(query), now=NOW)))


def test_a_rule_acts_on_what_arrives_and_matches(db: sqlite3.Connection, feed: FeedId) -> None:
    rules.save(db, rule("Rust", "title:rust", Verb.STAR, Action(Verb.TAG, "lang/rust")), NOW)
    rust, _ = arrive(db, feed, "Rust 2.0", "Something else")
    assert found(db, "is:starred") == [rust]
    assert tags.tags_of(db, [rust]) == {"lang/rust": 1}


def test_a_rule_finds_words_of_the_text_before_the_library_indexes_them(
    db: sqlite3.Connection, feed: FeedId
) -> None:
    rules.save(db, rule("Sponsors", '"paid partnership" OR #nothing', Verb.READ), NOW)
    (advert,) = arrive(db, feed, "A title", text="This is a paid partnership with us.")
    (news,) = arrive(db, feed, "Another title")
    assert found(db, "is:read") == [advert]
    assert found(db, "is:unread") == [news]


def test_rules_run_in_their_order_and_a_hidden_article_is_out_of_sight_of_the_next(
    db: sqlite3.Connection, feed: FeedId
) -> None:
    rules.save(db, rule("Star", "title:rust", Verb.STAR), NOW)
    hide = rules.save(db, rule("Hide", "title:rust", Verb.HIDE), NOW)
    rulebook.move_rule(db, hide, 0)
    (rust,) = arrive(db, feed, "Rust")
    assert found(db, "is:hidden") == [rust]
    assert found(db, "is:starred is:hidden") == []


def test_a_rule_never_overrules_a_persons_hand(db: sqlite3.Connection, feed: FeedId) -> None:
    (old,) = arrive(db, feed, "Rust")
    act(db, Field.READ, "1", old)
    act(db, Field.READ, "", old)
    act(db, Field.TAG, "", old, tag="rust")
    saved = rules.save(db, rule("Rust", "rust", Verb.READ, Action(Verb.TAG, "rust"), Verb.LATER), NOW)
    while drain.drain_index(db):
        pass
    step = rules.apply_to_stored(db, _saved(db, saved), session="w", now=NOW)
    assert step is not None
    assert {change.field for change in step.changes} == {Field.TAG, Field.LATER}
    assert found(db, "is:unread is:later #rust") == [old]


def _saved(db: sqlite3.Connection, rule_id: int) -> Rule:
    return next(one for one in rulebook.all_rules(db) if one.id == rule_id)


def test_what_was_undone_is_not_done_again(db: sqlite3.Connection, feed: FeedId) -> None:
    saved = rules.save(db, rule("Rust", "title:rust", Verb.READ, events=frozenset(Event)), NOW)
    (rust,) = arrive(db, feed, "Rust")
    assert changes.undo(db, f"rule {saved}", NOW) is not None
    db.execute("UPDATE entry SET changed_at = 1")
    rules.on_new(db, (rust,), NOW)
    assert found(db, "is:unread") == [rust]


def test_only_its_events_wake_a_rule(db: sqlite3.Connection, feed: FeedId) -> None:
    rules.save(db, rule("Updated", "title:rust", Verb.STAR, events=frozenset({Event.UPDATED})), NOW)
    (rust,) = arrive(db, feed, "Rust")
    assert found(db, "is:starred") == []
    db.execute("UPDATE entry SET changed_at = 1")
    rules.on_new(db, (rust,), NOW)
    assert found(db, "is:starred") == [rust]


def test_a_rule_looks_again_when_the_page_has_been_cleaned(db: sqlite3.Connection, feed: FeedId) -> None:
    rules.save(db, rule("Rust", "text:rust", Verb.STAR), NOW)
    (teaser,) = arrive(db, feed, "A title", text="Read more")
    assert found(db, "is:starred") == []
    article = Article("A title", words("All about Rust and nothing else"), word_count=6)
    articles.save_article(db, teaser, article, NOW)
    rules.on_new(db, (teaser,), NOW)
    assert found(db, "is:starred") == [teaser]


def test_a_rule_sleeps_when_it_is_off_or_its_time_is_over(db: sqlite3.Connection, feed: FeedId) -> None:
    off = Rule("Off", "*", (Action(Verb.STAR),), enabled=False)
    over = Rule("Over", "*", (Action(Verb.STAR),), until=NOW - timedelta(seconds=1))
    for one in (off, over):
        rules.save(db, one, NOW)
    arrive(db, feed, "Rust")
    assert found(db, "is:starred") == []


def test_a_rule_that_cannot_run_costs_no_other_rule_and_says_why(
    db: sqlite3.Connection, feed: FeedId
) -> None:
    view = views.save_view(db, "mine", "rust")
    broken = rules.save(db, rule("Broken", "@mine", Verb.STAR), NOW)
    rules.save(db, rule("Good", "rust", Verb.LATER), NOW)
    views.delete_view(db, view)
    (rust,) = arrive(db, feed, "Rust")
    assert found(db, "is:later") == [rust]
    assert _saved(db, broken).error == "There is no view called mine."
    views.save_view(db, "mine", "rust")
    arrive(db, feed, "More rust")
    assert _saved(db, broken).error == ""


def test_hits_say_what_a_rule_did_and_when(db: sqlite3.Connection, feed: FeedId) -> None:
    saved = rules.save(db, rule("Rust", "rust", Verb.STAR, Verb.READ), NOW)
    idle = rules.save(db, rule("Idle", "cobol", Verb.STAR), NOW)
    (rust,) = arrive(db, feed, "Rust")
    assert rulebook.hits_of(db, rust) == (rulebook.Hit("Rust", NOW, (Verb.READ, Verb.STAR)),)
    assert rulebook.records(db) == {saved: rulebook.Record(1, NOW), idle: rulebook.Record(0, None)}


def test_a_trial_counts_and_shows_and_changes_nothing(db: sqlite3.Connection, feed: FeedId) -> None:
    arrive(db, feed, *(f"Rust {number}" for number in range(12)), "Go")
    while drain.drain_index(db):
        pass
    trial = rules.trial(db, rule("Rust", "rust", Verb.STAR), NOW)
    assert trial.count == 12
    assert [row.title for row in trial.sample] == [f"Rust {number}" for number in range(rules.SAMPLE)]
    assert found(db, "is:starred") == []


def test_a_rule_on_what_is_stored_is_one_step_that_undo_takes_back(
    db: sqlite3.Connection, feed: FeedId
) -> None:
    arrive(db, feed, "Rust", "Rust again", "Go")
    while drain.drain_index(db):
        pass
    saved = rules.save(db, rule("Rust", "rust", Verb.STAR, Action(Verb.TAG, "x")), NOW)
    step = rules.apply_to_stored(db, _saved(db, saved), session="window 1", now=NOW)
    assert step is not None
    assert (step.label, step.actor, len(step.changes)) == ("Rule Rust: 2", Actor.RULE, 4)
    changes.undo(db, "window 1", NOW)
    assert found(db, "is:starred OR #x") == []


def test_muting_hides_what_is_there_and_what_comes_until_its_time(
    db: sqlite3.Connection, feed: FeedId
) -> None:
    (old,) = arrive(db, feed, "Election news")
    while drain.drain_index(db):
        pass
    muted, step = rules.mute(db, "election", NOW + timedelta(days=30), NOW)
    assert step is not None
    (new,) = arrive(db, feed, "More election news")
    assert sorted(found(db, "is:muted")) == sorted([old, new])
    assert muted.until == NOW + timedelta(days=30)
    assert rules.mute(db, "election", None, NOW)[0].name == "Mute election (2)"


def test_a_rule_wants_the_full_text(db: sqlite3.Connection, feed: FeedId) -> None:
    rules.save(db, rule("Whole", "title:rust", Verb.FULL_TEXT), NOW)
    long = " ".join(["word"] * 400)
    stored = entries.store_feed(
        db,
        feed,
        document(ParsedEntry("g", "https://a.example/1", "Rust", content_html=long)),
        NOW,
        texts=[words(long)],
    )
    before = db.execute("SELECT page FROM entry").fetchone()[0]
    rules.on_new(db, stored.new, NOW)
    assert (before, db.execute("SELECT page FROM entry").fetchone()[0]) == ("", "wanted")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (rule("x", "a sort:title", Verb.STAR), "no order"),
        (rule("x", "a limit:5", Verb.STAR), "no order"),
        (rule("x", "titel:a", Verb.STAR), "Did you mean title:"),
        (rule("x", "a"), "does nothing"),
        (rule("x", "a", Verb.TAG), "needs to know what"),
        (rule("x", "a", Action(Verb.RUN, "say 'x")), "cannot be read"),
        (rule(" ", "a", Verb.STAR), "needs a name"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(db: sqlite3.Connection, wrong: Rule, said: str) -> None:
    with pytest.raises((QueryError, UsageError), match=said):
        rules.save(db, wrong, NOW)


def test_two_rules_cannot_share_a_name(db: sqlite3.Connection) -> None:
    saved = rules.save(db, rule("Rust", "rust", Verb.STAR), NOW)
    with pytest.raises(UsageError, match="already"):
        rules.save(db, rule("RUST", "go", Verb.STAR), NOW)
    rulebook.delete_rule(db, saved)
    rules.save(db, rule("RUST", "go", Verb.STAR), NOW)


def test_an_edited_rule_keeps_its_place_and_its_hits(db: sqlite3.Connection, feed: FeedId) -> None:
    saved = rules.save(db, rule("Rust", "rust", Verb.STAR), NOW)
    rules.save(db, rule("Go", "go", Verb.STAR), NOW)
    arrive(db, feed, "Rust")
    edited = Rule("Rust!", "rust OR c", (Action(Verb.READ),), frozenset(Event), id=saved)
    rules.save(db, edited, NOW)
    assert [one.name for one in rulebook.all_rules(db)] == ["Rust!", "Go"]
    assert rulebook.all_rules(db)[0] == edited
    assert rulebook.records(db)[saved].hits == 1


# ---------------------------------------------------------------------------------------- outside the library


def test_tasks_are_taken_on_once_and_not_for_what_is_stored(db: sqlite3.Connection, feed: FeedId) -> None:
    saved = rules.save(db, rule("Tell", "rust", Action(Verb.RUN, "say it"), Verb.NOTIFY), NOW)
    (rust,) = arrive(db, feed, "Rust")
    rules.apply_to_stored(db, _saved(db, saved), session="w", now=NOW)
    assert rulebook.take_tasks(db) == (
        Task("Tell", rust, Verb.RUN, "say it"),
        Task("Tell", rust, Verb.NOTIFY, ""),
    )
    assert rulebook.take_tasks(db) == ()


async def test_a_command_gets_the_article_as_json(tmp_path: Path) -> None:
    script = tmp_path / "keep.py"
    script.write_text("import sys\nopen(sys.argv[1], 'w').write(sys.stdin.read())\n")
    kept = tmp_path / "a file"
    task = Task("Keep", EntryId(7), Verb.RUN, f'{sys.executable} {script} "{kept}"')
    assert await rules.perform([task], lambda id_: {"id": id_, "title": "Łódź"}) == ()
    assert json.loads(kept.read_text()) == {"id": 7, "title": "Łódź"}


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("/nowhere/command", "cannot be started"),
        (
            f"{sys.executable} -c \"import sys; sys.exit('no such thing')\"",
            "failed with code 1: no such thing.",
        ),
    ],
)
async def test_a_command_that_fails_is_a_sentence(command: str, said: str) -> None:
    (sentence,) = await rules.perform([Task("Keep", EntryId(1), Verb.RUN, command)], lambda _: {})
    assert said in sentence


async def test_a_command_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "COMMAND_SECONDS", 0.05)
    task = Task("Wait", EntryId(1), Verb.RUN, f'{sys.executable} -c "import time; time.sleep(60)"')
    (sentence,) = await rules.perform([task], lambda _: {})
    assert "was ended" in sentence
