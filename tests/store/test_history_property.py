"""Any sequence of actions, undoings and redoings on any library equals what a naive model says."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from reader.model import EntryId, FeedId, StepId
from reader.store import changes, checks, counts, entries, feeds
from reader.triage import Actor, Field, Wish

from .builders import NOW, add_feed, document, entry, words

SESSIONS = ["one", "two"]
FLAGS = [Field.READ, Field.STARRED, Field.LATER, Field.HIDDEN]
TAGS = ["red", "red/dark", "blue"]

Place = tuple[EntryId, Field, str]
Values = dict[Place, object]
"""Every value that is set: an instant for flags and tags, a text for notes."""


@dataclass
class ModelStep:
    """A step as one would write it down by hand."""

    id: StepId
    session: str
    before: Values
    after: Values
    removed_feed: FeedId | None = None
    undone: bool = False


@dataclass
class Model:
    """The library as one would keep it in a notebook."""

    values: Values = field(default_factory=dict)
    steps: list[ModelStep] = field(default_factory=list)
    redoable: dict[str, list[ModelStep]] = field(default_factory=lambda: {name: [] for name in SESSIONS})
    feed_of: dict[EntryId, FeedId] = field(default_factory=dict)
    removed: set[FeedId] = field(default_factory=set)
    absent: set[EntryId] = field(default_factory=set)

    def get(self, place: Place) -> object:
        return self.values.get(place)

    def put(self, place: Place, value: object) -> None:
        if value is None:
            self.values.pop(place, None)
        else:
            self.values[place] = value

    def listed(self, entry_id: EntryId) -> bool:
        return (
            entry_id not in self.absent
            and self.get((entry_id, Field.HIDDEN, "")) is None
            and self.get((entry_id, Field.SNOOZED, "")) is None
        )

    def unread(self, entry_id: EntryId) -> bool:
        return self.listed(entry_id) and self.get((entry_id, Field.READ, "")) is None

    def remove(self, feed_id: FeedId) -> None:
        self.removed.add(feed_id)
        kept = {
            place[0]
            for place in self.values
            if place[1] in (Field.STARRED, Field.LATER, Field.TAG, Field.NOTE)
        }
        self.absent |= {entry_id for entry_id, owner in self.feed_of.items() if owner == feed_id} - kept

    def restore(self, feed_id: FeedId) -> None:
        if feed_id in self.removed:
            self.removed.discard(feed_id)
            self.absent -= {entry_id for entry_id, owner in self.feed_of.items() if owner == feed_id}


class LibraryMachine(RuleBasedStateMachine):
    """Drives the store and the model side by side."""

    def __init__(self) -> None:
        super().__init__()
        self.db = sqlite3.connect(":memory:", isolation_level=None)
        self.model = Model()
        self.now = NOW
        self.number = 0

    @initialize()
    def fill(self) -> None:
        from reader.store import migrations

        self.db.execute("PRAGMA foreign_keys = ON")
        migrations.migrate(self.db)
        for name in "left", "right":
            feed_id = add_feed(self.db, name)
            self._arrive(feed_id, 3)

    def teardown(self) -> None:
        self.db.close()

    def tick(self) -> datetime:
        self.now += timedelta(seconds=61)
        return self.now

    def _arrive(self, feed_id: FeedId, count: int) -> None:
        parsed = [entry(self.number + offset) for offset in range(count)]
        self.number += count
        stored = entries.store_feed(
            self.db, feed_id, document(*parsed), self.tick(), texts=[words("some text")] * count
        )
        assert len(stored.new) == count
        self.model.feed_of.update(dict.fromkeys(stored.new, feed_id))

    # -- what a person does

    @rule(data=st.data(), session=st.sampled_from(SESSIONS))
    def act(self, data: st.DataObject, session: str) -> None:
        now = self.tick()
        ids = st.sampled_from(sorted(self.model.feed_of))
        until = (now + timedelta(hours=1)).replace(microsecond=0)
        kinds = st.one_of(
            st.builds(lambda flag, on: (flag, "", "1" if on else ""), st.sampled_from(FLAGS), st.booleans()),
            st.builds(
                lambda tag, on: (Field.TAG, tag, "1" if on else ""), st.sampled_from(TAGS), st.booleans()
            ),
            st.builds(lambda text: (Field.NOTE, "", text), st.sampled_from(["", "a", "b"])),
            st.builds(lambda on: (Field.SNOOZED, "", until.isoformat() if on else ""), st.booleans()),
        )
        wished = data.draw(st.dictionaries(ids, kinds, min_size=1, max_size=4))
        wishes = [Wish(entry_id, what, value, tag) for entry_id, (what, tag, value) in wished.items()]
        step = changes.apply(self.db, wishes, label="did", actor=Actor.WINDOW, session=session, now=now)

        before: Values = {}
        after: Values = {}
        for wish in wishes:
            place = (wish.entry_id, wish.field, wish.tag)
            old = self.model.get(place)
            new: object = None
            if wish.value:
                new = {Field.NOTE: wish.value, Field.SNOOZED: until}.get(wish.field, now)
            flag = wish.field not in (Field.NOTE, Field.SNOOZED)
            if (old is None) != (new is None) if flag else old != new:
                before[place], after[place] = old, new
                self.model.put(place, new)
        assert (step is None) == (not after)
        if step is not None:
            assert {(c.entry_id, c.field, c.tag) for c in step.changes} == set(after)
            self.model.redoable[session].clear()
            self.model.steps.append(ModelStep(step.id, session, before, after))

    @rule(session=st.sampled_from(SESSIONS), which=st.sampled_from([0, 1]))
    def remove_source(self, session: str, which: int) -> None:
        feed_id = sorted(set(self.model.feed_of.values()))[which]
        step = feeds.remove_feed(self.db, feed_id, session=session, now=self.tick())
        assert (step is None) == (feed_id in self.model.removed)
        if step is not None:
            self.model.remove(feed_id)
            self.model.redoable[session].clear()
            self.model.steps.append(ModelStep(step.id, session, {}, {}, removed_feed=feed_id))

    @rule(session=st.sampled_from(SESSIONS))
    def undo(self, session: str) -> None:
        undone = changes.undo(self.db, session, self.tick())
        step = self._expected(session)
        assert (undone is None) == (step is None)
        if undone is not None and step is not None:
            assert undone.step.id == step.id
            self._undone(step, session, undone.left_alone)

    @precondition(lambda self: any(not step.undone for step in self.model.steps))
    @rule(data=st.data(), session=st.sampled_from(SESSIONS))
    def undo_any(self, data: st.DataObject, session: str) -> None:
        step = data.draw(st.sampled_from([step for step in self.model.steps if not step.undone]))
        undone = changes.undo(self.db, session, self.tick(), step.id)
        assert undone is not None
        self._undone(step, session, undone.left_alone)

    @rule(session=st.sampled_from(SESSIONS))
    def redo(self, session: str) -> None:
        redone = changes.redo(self.db, session, self.tick())
        stack = self.model.redoable[session]
        assert (redone is None) == (not stack)
        if redone is not None:
            step = stack.pop()
            assert redone.step.id == step.id
            assert redone.left_alone == self._move(step.before, step.after)
            if step.removed_feed is not None:
                self.model.remove(step.removed_feed)
            step.undone = False

    # -- what happens meanwhile

    @rule(which=st.sampled_from([0, 1]))
    def entries_arrive(self, which: int) -> None:
        feed_id = sorted(set(self.model.feed_of.values()))[which]
        if feed_id not in self.model.removed:
            self._arrive(feed_id, 1)

    @rule(hours=st.integers(0, 2))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        woken = changes.wake(self.db, self.now)
        expected = {
            place[0]
            for place, until in self.model.values.items()
            if place[1] is Field.SNOOZED and isinstance(until, datetime) and until <= self.now
        }
        assert set(woken) == expected
        for entry_id in expected:
            self.model.put((entry_id, Field.SNOOZED, ""), None)

    @rule()
    def reopen(self) -> None:
        """Close the library and open it again, as after a restart."""
        stored = self.db.serialize()
        self.db.close()
        self.db = sqlite3.connect(":memory:", isolation_level=None)
        self.db.deserialize(stored)
        self.db.execute("PRAGMA foreign_keys = ON")

    # -- what must hold

    @invariant()
    def entries_are_as_in_the_model(self) -> None:
        get = self.model.get
        for row in entries.rows(self.db, self.model.feed_of):
            assert row.unread == (get((row.id, Field.READ, "")) is None)
            assert row.starred == (get((row.id, Field.STARRED, "")) is not None)
            assert row.later == (get((row.id, Field.LATER, "")) is not None)
            assert row.hidden == (get((row.id, Field.HIDDEN, "")) is not None)
            assert row.has_note == (get((row.id, Field.NOTE, "")) is not None)
            assert row.snoozed_until == get((row.id, Field.SNOOZED, ""))
            assert row.tags == tuple(sorted(tag for tag in TAGS if get((row.id, Field.TAG, tag))))

    @invariant()
    def counts_are_exact(self) -> None:
        sources = counts.sources(self.db, NOW)
        model = self.model
        assert sources.inbox == sum(map(model.unread, model.feed_of))
        assert sources.total == sum(map(model.listed, model.feed_of))
        for what, count in (Field.STARRED, sources.starred), (Field.LATER, sources.later):
            assert count == sum(
                model.listed(entry_id) for entry_id in model.feed_of if model.get((entry_id, what, ""))
            )
        for tag in sources.tags:
            having = [e for e in model.feed_of if model.get((e, Field.TAG, tag.name))]
            assert tag.total == sum(map(model.listed, having))
            assert tag.unread == sum(map(model.unread, having))
        assert {feed.id for feed in sources.feeds} == set(model.feed_of.values()) - model.removed
        assert checks.wrong_counts(self.db) == ()

    # -- the model's side of undoing

    def _expected(self, session: str) -> ModelStep | None:
        own = [step for step in self.model.steps if step.session == session]
        for step in reversed(own):
            if not step.undone:
                return step
        earlier = [step for step in self.model.steps if not own or step.id < own[0].id]
        before = [step for step in earlier if step.session != session]
        if not before:
            return None
        left = [step for step in self.model.steps if step.session == before[-1].session and not step.undone]
        return left[-1] if left else None

    def _undone(self, step: ModelStep, session: str, left_alone: int) -> None:
        assert left_alone == self._move(step.after, step.before)
        if step.removed_feed is not None:
            self.model.restore(step.removed_feed)
        step.undone = True
        self.model.redoable[session].append(step)

    def _move(self, source: Values, target: Values) -> int:
        """Bring values from ``source`` to ``target`` where they still are as in ``source``; count the others."""
        left_alone = 0
        for place, expected in source.items():
            if self.model.get(place) == expected:
                self.model.put(place, target[place])
            else:
                left_alone += 1
        return left_alone


TestHistory = LibraryMachine.TestCase
TestHistory.settings = settings(max_examples=settings().max_examples // 2, stateful_step_count=30)
