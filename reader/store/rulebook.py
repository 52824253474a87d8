"""The rules as the library keeps them: written down, ordered, and what each has matched."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final

from ..errors import UsageError
from ..model import EntryId, RuleId
from ..records import dataclass
from ..text import clean_line
from ..triage import Actor, Field
from .clock import from_seconds, from_seconds_or_none, to_seconds, to_seconds_or_none

NAME_LIMIT: Final = 100


class Event(StrEnum):
    """What makes a rule look at an article."""

    NEW = "new"
    UPDATED = "updated"


class Verb(StrEnum):
    """What a rule does with an article that it matches."""

    READ = "read"
    STAR = "star"
    LATER = "later"
    TAG = "tag"
    UNTAG = "untag"
    HIDE = "hide"
    FULL_TEXT = "fulltext"
    NOTIFY = "notify"
    RUN = "run"


@dataclass(frozen=True, slots=True)
class Action:
    """A verb, with the tag, the words of the notification or the command that it needs."""

    verb: Verb
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A query with what is to be done with the articles that it finds."""

    name: str
    query: str
    """As the person wrote it; relative dates are resolved when it runs."""
    actions: tuple[Action, ...]
    events: frozenset[Event] = frozenset({Event.NEW})
    enabled: bool = True
    mute: bool = False
    """Made by muting: what it hides is found by ``is:muted``."""
    until: datetime | None = None
    """Asleep from then on."""
    id: RuleId | None = None
    """``None`` until it is saved."""
    error: str = ""
    """Why it could not run the last time, as a sentence."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule matched an article."""

    rule: str
    at: datetime
    done: tuple[Verb, ...]
    """What that changed; empty when a person's own hand, or the state of the article, left nothing to do."""


@dataclass(frozen=True, slots=True)
class Record:
    """How often a rule has matched, and when last."""

    hits: int
    last: datetime | None


@dataclass(frozen=True, slots=True)
class Task:
    """What a rule asks for outside the library."""

    rule: str
    entry_id: EntryId
    verb: Verb
    argument: str


def all_rules(db: sqlite3.Connection) -> tuple[Rule, ...]:
    """Return the rules in the order in which they run."""
    rows = db.execute(
        "SELECT id, name, query, events, actions, enabled, mute, until, error FROM rule ORDER BY position, id"
    )
    return tuple(
        Rule(
            name,
            query,
            _read_actions(actions),
            frozenset(event for event in Event if event in events.split(",")),
            bool(enabled),
            bool(mute),
            from_seconds_or_none(until),
            RuleId(id_),
            error,
        )
        for id_, name, query, events, actions, enabled, mute, until, error in rows
    )


def find_rule(db: sqlite3.Connection, name: str) -> Rule | None:
    """Return the rule of that name, in any case."""
    folded = name.casefold()
    return next((rule for rule in all_rules(db) if rule.name.casefold() == folded), None)


def put_rule(db: sqlite3.Connection, rule: Rule, now: datetime) -> RuleId:
    """Write a rule down, over the one of its id, else at the end; raise ``UsageError`` when its name is taken or nothing."""
    name = clean_line(rule.name, limit=NAME_LIMIT)
    if not name:
        raise UsageError("A rule needs a name.")
    taken = db.execute("SELECT id FROM rule WHERE name = ?", (name,)).fetchone()
    if taken is not None and taken[0] != rule.id:
        raise UsageError(f"There is a rule called {name} already.")
    columns = {
        "id": rule.id,
        "name": name,
        "query": rule.query,
        "events": ",".join(sorted(rule.events)),
        "actions": json.dumps(
            [[action.verb, action.argument] for action in rule.actions], ensure_ascii=False
        ),
        "enabled": rule.enabled,
        "mute": rule.mute,
        "until": to_seconds_or_none(rule.until),
        "now": to_seconds(now),
    }
    row = db.execute(
        """
        INSERT INTO rule(id, name, query, events, actions, enabled, mute, until, added, position)
        VALUES (:id, :name, :query, :events, :actions, :enabled, :mute, :until, :now,
            (SELECT 1 + coalesce(max(position), 0) FROM rule))
        ON CONFLICT(id) DO UPDATE SET
            name = :name, query = :query, events = :events, actions = :actions, enabled = :enabled, mute = :mute,
            until = :until, error = ''
        RETURNING id
        """,
        columns,
    ).fetchone()
    return RuleId(row[0])


def delete_rule(db: sqlite3.Connection, rule_id: RuleId) -> None:
    """Forget a rule and what it matched; what it did stays done."""
    db.execute("DELETE FROM rule WHERE id = ?", (rule_id,))


def move_rule(db: sqlite3.Connection, rule_id: RuleId, position: int) -> None:
    """Let a rule run at ``position``, counted from 0."""
    order = [rule.id for rule in all_rules(db) if rule.id != rule_id]
    order.insert(max(0, position), rule_id)
    db.executemany("UPDATE rule SET position = ? WHERE id = ?", list(enumerate(order)))


def note_error(db: sqlite3.Connection, rule_id: RuleId, sentence: str) -> None:
    """Remember why a rule could not run; an empty sentence forgets it."""
    db.execute("UPDATE rule SET error = ? WHERE id = ? AND error <> ?", (sentence, rule_id, sentence))


# ---------------------------------------------------------------------------------------- what was matched


def note_hits(
    db: sqlite3.Connection, rule_id: RuleId, done: Mapping[EntryId, Iterable[Verb]], now: datetime
) -> None:
    """Remember that a rule matched these articles, and what it did with each."""
    db.executemany(
        "INSERT OR REPLACE INTO rule_hit(rule_id, entry_id, at, done) VALUES (?, ?, ?, ?)",
        [(rule_id, id_, to_seconds(now), ",".join(verbs)) for id_, verbs in done.items()],
    )


def not_yet_hit(db: sqlite3.Connection, rule_id: RuleId, ids: Iterable[EntryId]) -> tuple[EntryId, ...]:
    """Return those of ``ids`` that a rule has not matched before: it acts once on an article."""
    found = db.execute(
        "SELECT value FROM json_each(?) WHERE value NOT IN (SELECT entry_id FROM rule_hit WHERE rule_id = ?)",
        (json.dumps(list(ids)), rule_id),
    )
    return tuple(EntryId(id_) for (id_,) in found)


def hits_of(db: sqlite3.Connection, entry_id: EntryId) -> tuple[Hit, ...]:
    """Return what rules did to an article, in the order in which they run."""
    rows = db.execute(
        """
        SELECT rule.name, rule_hit.at, rule_hit.done FROM rule_hit JOIN rule ON rule.id = rule_hit.rule_id
        WHERE rule_hit.entry_id = ? ORDER BY rule.position, rule.id
        """,
        (entry_id,),
    )
    return tuple(
        Hit(name, from_seconds(at), tuple(verb for verb in Verb if verb in done.split(",")))
        for name, at, done in rows
    )


def records(db: sqlite3.Connection) -> dict[RuleId, Record]:
    """Return of every rule how often it has matched; one that never did has no ``last``."""
    rows = db.execute(
        """
        SELECT rule.id, count(rule_hit.entry_id), max(rule_hit.at) FROM rule
        LEFT JOIN rule_hit ON rule_hit.rule_id = rule.id GROUP BY rule.id
        """
    )
    return {RuleId(id_): Record(hits, from_seconds_or_none(last)) for id_, hits, last in rows}


def changed(db: sqlite3.Connection, ids: Iterable[EntryId]) -> frozenset[EntryId]:
    """Return those of ``ids`` whose content has changed since they came."""
    rows = db.execute(
        "SELECT id FROM entry WHERE changed_at IS NOT NULL AND id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    )
    return frozenset(EntryId(id_) for (id_,) in rows)


def set_by_hand(
    db: sqlite3.Connection, ids: Iterable[EntryId], field: Field, tag: str = ""
) -> frozenset[EntryId]:
    """Return those of ``ids`` whose field a person has set by hand, as far back as the journal goes."""
    rows = db.execute(
        """
        SELECT DISTINCT change.entry_id FROM json_each(:ids) AS wanted
        CROSS JOIN change ON change.entry_id = wanted.value
        JOIN step ON step.id = change.step_id
        WHERE change.field = :field AND change.tag = :tag AND step.actor <> :rule
        """,
        {"ids": json.dumps(list(ids)), "field": field, "tag": tag, "rule": Actor.RULE},
    )
    return frozenset(EntryId(id_) for (id_,) in rows)


# ---------------------------------------------------------------------------------------- outside the library


def want_pages(db: sqlite3.Connection, ids: Iterable[EntryId]) -> tuple[EntryId, ...]:
    """Have the pages behind these articles fetched; return those for which that was not so already."""
    rows = db.execute(
        """
        UPDATE entry SET page = 'wanted'
        WHERE page = '' AND link GLOB 'http*://*' AND id IN (SELECT value FROM json_each(?)) RETURNING id
        """,
        (json.dumps(list(ids)),),
    ).fetchall()
    return tuple(EntryId(id_) for (id_,) in rows)


def add_tasks(db: sqlite3.Connection, rule_id: RuleId, ids: Iterable[EntryId], action: Action) -> None:
    """Ask for something outside the library, once for each article."""
    db.executemany(
        "INSERT INTO rule_task(rule_id, entry_id, verb, argument) VALUES (?, ?, ?, ?)",
        [(rule_id, id_, action.verb, action.argument) for id_ in ids],
    )


def take_tasks(db: sqlite3.Connection, limit: int = 100) -> tuple[Task, ...]:
    """Take on the oldest tasks: they are gone from the list, and done at most once."""
    rows = db.execute(
        """
        SELECT rule_task.id, rule.name, entry_id, verb, argument FROM rule_task JOIN rule ON rule.id = rule_task.rule_id
        ORDER BY rule_task.id LIMIT ?
        """,
        (limit,),
    ).fetchall()
    db.executemany("DELETE FROM rule_task WHERE id = ?", [(row[0],) for row in rows])
    return tuple(Task(name, EntryId(id_), Verb(verb), argument) for _, name, id_, verb, argument in rows)


def _read_actions(text: str) -> tuple[Action, ...]:
    """Return the actions as they are stored; those of a newer version are left out."""
    known = {verb.value for verb in Verb}
    return tuple(Action(Verb(verb), argument) for verb, argument in json.loads(text) if verb in known)
