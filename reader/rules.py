"""Rules: a saved query with actions, run on articles as they arrive.

    new and changed ids ── each rule in its order ──▶ its query, on these articles alone
                                                      ▶ without those it matched before
                                                      ▶ each action, but never over what a person set by hand
                                                      ▶ one step of the journal, and a hit for each article

It happens in the transaction that stores the articles, so nobody sees one that a rule was still going to hide. The query
is the one of the search bar, compiled by the same code; the text of articles that are not indexed yet is indexed apart.
What lies outside the library (a notification, a command) is written down in the same transaction and done afterwards, at
most once, by whoever takes it on: see ``perform``.
"""

from __future__ import annotations

import asyncio
import json
import logging
import shlex
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from .errors import QueryError, UsageError
from .model import EntryId, EntryRow, RuleId
from .query import parse
from .records import dataclass
from .store import changes, entries, search, views
from .store.compile import Compiled, compile_query
from .store.conditions import texts
from .store.drain import index_apart
from .store.functions import explained
from .store.rulebook import (
    NAME_LIMIT,
    Action,
    Event,
    Rule,
    Task,
    Verb,
    add_tasks,
    all_rules,
    changed,
    not_yet_hit,
    note_error,
    note_hits,
    put_rule,
    set_by_hand,
    want_pages,
)
from .triage import Actor, Field, Step, Wish

__all__ = [
    "NAME_LIMIT", "Action", "Event", "Rule", "Task", "Trial", "Verb", "apply_to_stored", "check", "mute", "on_new", "perform",
    "read_action", "read_actions", "run", "save", "trial", "written",
]  # fmt: skip

log = logging.getLogger(__name__)

COMMAND_SECONDS: Final = 60.0
"""For the command of a rule on one article."""
SAMPLE: Final = 8
"""Articles shown of a trial."""

_FIELDS: Final = {
    Verb.READ: (Field.READ, "1"),
    Verb.STAR: (Field.STARRED, "1"),
    Verb.LATER: (Field.LATER, "1"),
    Verb.HIDE: (Field.HIDDEN, "1"),
    Verb.TAG: (Field.TAG, "1"),
    Verb.UNTAG: (Field.TAG, ""),
}
_FRESH: Final = "fresh"


@dataclass(frozen=True, slots=True)
class Trial:
    """What a rule would match of what is stored."""

    count: int
    sample: tuple[EntryRow, ...]
    """The newest of them."""


# ---------------------------------------------------------------------------------------- making rules


def check(rule: Rule, now: datetime, view_queries: Mapping[str, str]) -> Compiled:
    """Return the query of a rule ready to run; raise ``QueryError`` or ``UsageError`` for a rule that cannot."""
    query = parse(rule.query)
    if query.sort or query.limit is not None:
        raise QueryError("A rule has no order: sort: and limit: make no sense in it.", query.order_column)
    if not rule.actions:
        raise UsageError(f"The rule {rule.name} does nothing; give it an action.")
    for action in rule.actions:
        if action.verb in (Verb.TAG, Verb.UNTAG, Verb.RUN) and not action.argument.strip():
            raise UsageError(f"The action {action.verb} of the rule {rule.name} needs to know what.")
        if action.verb is Verb.RUN:
            _words_of(action.argument)
    return compile_query(query, now=now, views=view_queries, strict=True)


def read_action(text: str) -> Action:
    """Return an action as it is typed: ``star``, ``tag:tea``, ``run:notify-send``; raise ``UsageError`` for none."""
    name, _, argument = text.partition(":")
    try:
        return Action(Verb(name.strip()), argument.strip())
    except ValueError:
        known = ", ".join(verb.value for verb in Verb)
        raise UsageError(f'"{name}" is no action of a rule; there are {known}.') from None


def read_actions(text: str) -> tuple[Action, ...]:
    """Return actions as they are typed on one line, quoted as in a shell where an argument has spaces."""
    try:
        return tuple(map(read_action, shlex.split(text)))
    except ValueError as error:
        raise UsageError(f"The actions cannot be read: {error}.") from error


def written(actions: Iterable[Action]) -> str:
    """Return actions as ``read_actions`` reads them."""
    return " ".join(
        shlex.quote(f"{action.verb}:{action.argument}") if action.argument else action.verb
        for action in actions
    )


def save(db: sqlite3.Connection, rule: Rule, now: datetime) -> RuleId:
    """Check a rule and write it down."""
    check(rule, now, view_queries(db))
    return put_rule(db, rule, now)


def mute(
    db: sqlite3.Connection, query: str, until: datetime | None, now: datetime, *, session: str = ""
) -> tuple[Rule, Step | None]:
    """Hide what a query finds, now and until a time; return the rule and what it hid of what is stored.

    ``session`` is the window whose undo takes the hiding back.
    """
    names = {rule.name for rule in all_rules(db)}
    name = next(name for name in _numbered(f"Mute {query}"[:80]) if name not in names)
    events = frozenset(Event)
    rule = Rule(name, query, (Action(Verb.HIDE),), events, mute=True, until=until)
    save(db, rule, now)
    (saved,) = (one for one in all_rules(db) if one.name == name)
    return saved, apply_to_stored(db, saved, session=session, now=now)


def view_queries(db: sqlite3.Connection) -> dict[str, str]:
    """Return the saved views as a query may name them."""
    return {view.name: view.query for view in views.all_views(db)}


def trial(db: sqlite3.Connection, rule: Rule, now: datetime) -> Trial:
    """Return what a rule would match of what is stored, changing nothing."""
    compiled = check(rule, now, view_queries(db))
    newest = search.ids(db, compiled, limit=SAMPLE)
    return Trial(search.count(db, compiled, most=10**9), entries.rows(db, newest))


# ---------------------------------------------------------------------------------------- running them


def on_new(db: sqlite3.Connection, ids: tuple[EntryId, ...], now: datetime) -> None:
    """Run all rules on entries whose text was just stored: what a refresh calls inside its transaction.

    An entry whose page has been cleaned is new once more, for the rules that did not match what the feed said of it; one
    whose content has changed since it came is updated.
    """
    updated = changed(db, ids)
    run(db, all_rules(db), [id_ for id_ in ids if id_ not in updated], updated, now.astimezone())


def run(
    db: sqlite3.Connection,
    rules: Sequence[Rule],
    new_ids: Iterable[EntryId],
    changed_ids: Iterable[EntryId],
    now: datetime,
) -> dict[RuleId, tuple[EntryId, ...]]:
    """Run rules on articles just stored, inside the transaction that stored them; return what each matched.

    A rule acts once on an article. One that cannot run is passed over, and remembers why.
    """
    by_event = {Event.NEW: tuple(new_ids), Event.UPDATED: tuple(changed_ids)}
    awake = [rule for rule in rules if rule.enabled and (rule.until is None or rule.until > now)]
    named = view_queries(db) if awake else {}
    indexed = False
    matched: dict[RuleId, tuple[EntryId, ...]] = {}
    for rule in awake:
        assert rule.id is not None, "only saved rules run"
        ids = [id_ for event in sorted(rule.events) for id_ in by_event[event]]
        if not ids:
            continue
        try:
            compiled = check(rule, now, named)
            if not indexed and any(True for _ in texts(compiled.condition)):
                index_apart(db, {*by_event[Event.NEW], *by_event[Event.UPDATED]}, _FRESH)
                indexed = True
            found = not_yet_hit(db, rule.id, _matching(db, compiled, ids))
            note_error(db, rule.id, "")
        except (QueryError, UsageError) as error:
            log.warning("the rule %s could not run: %s", rule.name, error)
            note_error(db, rule.id, str(error))
            continue
        if found:
            _act(db, rule, found, session=f"rule {rule.id}", now=now)
            matched[rule.id] = found
    return matched


def _matching(db: sqlite3.Connection, compiled: Compiled, ids: Sequence[EntryId]) -> tuple[EntryId, ...]:
    sql, values = compiled.where(index=_FRESH)
    with explained():
        rows = db.execute(
            f"""
            SELECT state.entry_id FROM json_each(?) AS fresh_id
            CROSS JOIN state ON state.entry_id = fresh_id.value JOIN entry ON entry.id = state.entry_id
            WHERE {sql} ORDER BY state.entry_id DESC
            """,  # noqa: S608 - compiled by us
            (json.dumps(sorted(set(ids))), *values),
        ).fetchall()
    return tuple(EntryId(id_) for (id_,) in rows)


def apply_to_stored(db: sqlite3.Connection, rule: Rule, *, session: str, now: datetime) -> Step | None:
    """Do what a saved rule would have done with everything stored, as one step that can be undone.

    Nothing outside the library is asked for. Returns ``None`` when nothing changed.
    """
    compiled = check(rule, now, view_queries(db))
    found = tuple(EntryId(id_) for id_ in search.ids(db, compiled))
    return _act(db, rule, found, session=session, now=now, outside=False)


def _act(
    db: sqlite3.Connection,
    rule: Rule,
    ids: tuple[EntryId, ...],
    *,
    session: str,
    now: datetime,
    outside: bool = True,
) -> Step | None:
    """Carry out a rule's actions on articles and record its hits."""
    assert rule.id is not None, "only saved rules act"
    done: dict[EntryId, list[Verb]] = {id_: [] for id_ in ids}
    wishes: list[Wish] = []
    for action in rule.actions:
        if action.verb in _FIELDS:
            field, value = _FIELDS[action.verb]
            tag = action.argument.strip() if field is Field.TAG else ""
            kept = set_by_hand(db, ids, field, tag)
            wishes += [Wish(id_, field, value, tag) for id_ in ids if id_ not in kept]
        elif action.verb is Verb.FULL_TEXT:
            for id_ in want_pages(db, ids):
                done[id_].append(action.verb)
        elif outside:
            add_tasks(db, rule.id, ids, action)
            for id_ in ids:
                done[id_].append(action.verb)
    step = changes.apply(
        db, wishes, label=f"Rule {rule.name}: {{n}}", actor=Actor.RULE, session=session, now=now
    )
    for change in step.changes if step is not None else ():
        done[change.entry_id].append(_verb_of(change.field, change.new))
    note_hits(db, rule.id, done, now)
    return step


def _verb_of(field: Field, new: str) -> Verb:
    return next(verb for verb, (of, value) in _FIELDS.items() if of is field and bool(value) == bool(new))


# ---------------------------------------------------------------------------------------- outside the library


async def perform(tasks: Iterable[Task], document: Callable[[EntryId], object]) -> tuple[str, ...]:
    """Run the commands among ``tasks``, one after the other, and return what went wrong, as sentences.

    Each gets the article on its standard input as JSON, which ``document`` makes; no shell is involved. A command has
    ``COMMAND_SECONDS``.
    """
    wrong = []
    for task in tasks:
        if task.verb is Verb.RUN:
            said = await _run_command(task, json.dumps(document(task.entry_id), ensure_ascii=False))
            if said:
                log.warning(said)
                wrong.append(said)
    return tuple(wrong)


async def _run_command(task: Task, text: str) -> str:
    """Run one command; return what went wrong as a sentence, or nothing."""
    named = f"The command of the rule {task.rule}"
    try:
        process = await asyncio.create_subprocess_exec(
            *_words_of(task.argument),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
    except OSError as error:
        return f"{named} cannot be started: {error.strerror}."
    except UsageError as error:
        return str(error)
    try:
        async with asyncio.timeout(COMMAND_SECONDS):
            _, complaint = await process.communicate(text.encode("utf-8", "replace"))
    except TimeoutError:
        return f"{named} took longer than {COMMAND_SECONDS:g} seconds and was ended."
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        last = complaint.decode("utf-8", "replace").strip().rpartition("\n")[2]
        return f"{named} failed with code {process.returncode}{': ' + last if last else ''}."
    return ""


def _words_of(command: str) -> list[str]:
    try:
        return shlex.split(command)
    except ValueError as error:
        raise UsageError(f"The command {command!r} cannot be read: {error}.") from error


def _numbered(name: str) -> Iterable[str]:
    yield name
    yield from (f"{name} ({number})" for number in range(2, 10_000))
