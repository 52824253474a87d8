"""Whatever a publisher does to a feed between refreshes, nothing is shown twice and nothing done is lost."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import Enum

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from reader.model import Article, EntryId, FeedId, ParsedEntry
from reader.store import articles, checks, counts, drain, entries, retention
from reader.triage import Field

from .builders import NOW, act, add_feed, document, memory, words


class Trick(Enum):
    """What a publisher does to a whole document."""

    NONE = "announces it as it was"
    NEW_GUIDS = "gives every entry a new guid"
    NO_GUIDS = "drops the guids"
    SESSION_LINKS = "puts a session into every link"
    HTTPS = "moves to another scheme and tracks"
    RETITLED = "edits every headline"
    REWRITTEN = "edits every text"
    REVERSED = "turns the order round"
    HALF = "announces every second entry"
    EMPTY = "announces nothing"


@dataclass
class Truth:
    """What one article really is, and what was done to it."""

    number: int
    id: EntryId
    read: bool = False
    starred: bool = False
    purged: bool = False
    texts: set[str] = field(default_factory=set)
    """Words of the text as last stored, that search must find."""


class Publisher(RuleBasedStateMachine):
    """A feed under a publisher's hands, and a notebook."""

    def __init__(self) -> None:
        super().__init__()
        self.db: sqlite3.Connection = memory()
        self.feed: FeedId = add_feed(self.db)
        self.truths: dict[int, Truth] = {}
        self.announced = 0
        self.round = 0

    def teardown(self) -> None:
        self.db.close()

    @property
    def now(self) -> datetime:
        return NOW + timedelta(hours=self.round)

    def original(self, number: int) -> ParsedEntry:
        return ParsedEntry(
            guid=f"guid-{number}",
            link=f"http://news.example/{number}",
            title=f"Headline number {number}",
            published=NOW - timedelta(hours=100 - number),
            content_html=f"<p>original{number}</p>",
        )

    def tricked(self, number: int, trick: Trick) -> ParsedEntry:
        as_was = self.original(number)
        match trick:
            case Trick.NEW_GUIDS:
                return replace(as_was, guid=f"guid-{number}-{self.round}")
            case Trick.NO_GUIDS:
                return replace(as_was, guid="")
            case Trick.SESSION_LINKS:
                return replace(as_was, link=f"{as_was.link}?session={self.round}")
            case Trick.HTTPS:
                return replace(as_was, link=f"https://news.example/{number}?utm_source=round{self.round}")
            case Trick.RETITLED:
                return replace(as_was, title=f"{as_was.title}, edition {self.round}")
            case Trick.REWRITTEN:
                return replace(as_was, content_html=f"<p>rewritten{number}x{self.round}</p>")
            case _:
                return as_was

    @initialize(count=st.integers(1, 4))
    def begin(self, count: int) -> None:
        self.refresh(Trick.NONE, count)

    @rule(trick=st.sampled_from(Trick), count=st.integers(0, 2))
    def refresh(self, trick: Trick, count: int) -> None:
        """Announce what there is and ``count`` new articles, with a trick on the old ones."""
        self.round += 1
        old = list(range(self.announced))[:: 2 if trick is Trick.HALF else 1]
        fresh = list(range(self.announced, self.announced + count))
        self.announced += count
        parsed = [self.tricked(number, trick) for number in old] + [self.original(n) for n in fresh]
        if trick is Trick.EMPTY:
            parsed = parsed[len(old) :]
        if trick is Trick.REVERSED:
            parsed.reverse()
        texts = [words(entry.content_html[3:-4]) for entry in parsed]
        stored = entries.store_feed(self.db, self.feed, document(*parsed), self.now, texts=texts)
        assert len(stored.new) == count
        for number, entry_id in zip(fresh, sorted(stored.new), strict=True):
            self.truths[number] = Truth(number, entry_id, texts={f"original{number}"})
        for truth in self.truths.values():
            if truth.id in stored.changed:
                (row,) = entries.rows(self.db, [truth.id])
                truth.texts = {row.lede}

    @rule(data=st.data(), star=st.booleans())
    def act(self, data: st.DataObject, star: bool) -> None:
        truth = data.draw(st.sampled_from(list(self.truths.values())))
        if star:
            truth.starred = not truth.starred
            act(self.db, Field.STARRED, "1" if truth.starred else "", truth.id, now=self.now)
        else:
            truth.read = not truth.read
            act(self.db, Field.READ, "1" if truth.read else "", truth.id, now=self.now)

    @rule(data=st.data())
    def clean_a_page(self, data: st.DataObject) -> None:
        truth = data.draw(st.sampled_from(list(self.truths.values())))
        if not truth.purged:
            articles.save_article(self.db, truth.id, Article("T", words(f"page{truth.number}")), self.now)
            truth.texts = {f"page{truth.number}"}

    @rule(data=st.data())
    def purge(self, data: st.DataObject) -> None:
        truth = data.draw(st.sampled_from(list(self.truths.values())))
        if not truth.purged:
            retention.let_go(self.db, truth.id, self.now)
            truth.purged, truth.texts = True, set()

    @rule()
    def index(self) -> None:
        while drain.drain_index(self.db, 2):
            pass
        for truth in self.truths.values():
            for word in truth.texts:
                found = self.db.execute("SELECT rowid FROM fts WHERE fts MATCH ?", (f'"{word}"',)).fetchall()
                assert found == [(truth.id,)], word
        (indexed,) = self.db.execute("SELECT count(*) FROM fts_docsize").fetchone()
        assert indexed == sum(not truth.purged for truth in self.truths.values())

    @precondition(lambda self: self.truths)
    @invariant()
    def each_article_is_there_once_and_as_it_was_left(self) -> None:
        there = [truth for truth in self.truths.values() if not truth.purged]
        (stored,) = self.db.execute("SELECT count(*) FROM entry").fetchone()
        assert stored == len(there)
        for row, truth in zip(entries.rows(self.db, [truth.id for truth in there]), there, strict=True):
            assert (row.unread, row.starred) == (not truth.read, truth.starred)
            assert f"number {truth.number}" in row.title
        assert counts.sources(self.db, NOW).inbox == sum(not truth.read for truth in there)
        assert checks.wrong_counts(self.db) == ()


TestRefresh = Publisher.TestCase
TestRefresh.settings = settings(max_examples=settings().max_examples // 2, stateful_step_count=20)
