"""What mark, star, later and tag have in common: a change to ids or to what a query finds, as one step to undo."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import datetime

from ..errors import UsageError
from ..model import EntryId
from ..records import dataclass
from ..store import Connection, changes, entries
from ..triage import Actor, Field, Step, Wish
from .context import SESSION, Context
from .exits import Exit
from .output import add_format, print_entries, print_json
from .targets import add_targets, compiled, given_ids


@dataclass(frozen=True, slots=True)
class Verb:
    """A change: values for fields, and the words for it."""

    label: str
    """As the journal says it, ``{n}`` for the number of articles: "Marked {n} read"."""
    values: tuple[tuple[Field, str, str], ...]
    """Field, value and tag, as in ``triage.Wish``."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add what all these commands take."""
    add_targets(parser)
    parser.add_argument("-n", "--dry-run", action="store_true", help="only list what would be changed")
    add_format(parser)


def run(context: Context, arguments: argparse.Namespace, verb: Verb) -> int:
    """Do it, or list what it would be done to."""
    now = context.now()
    ids = given_ids(arguments.target, context.stdin)
    with context.library() as database:
        if arguments.dry_run:
            found = database.read_now(_matching, ids, arguments.target, now)
            print_entries(context.out, database.read_now(entries.rows, found), arguments, now)
            context.say(f"Would change {_articles(len(found))}; nothing was changed.")
            return Exit.OK
        step = database.write_now(_apply, verb, ids, arguments.target, now)
        _report(context, arguments, step)
    return Exit.OK


def _matching(
    db: Connection, ids: Sequence[EntryId] | None, words: Sequence[str], now: datetime
) -> tuple[EntryId, ...]:
    """Return the entries meant; raises UsageError for ids that are not there."""
    if ids is None:
        return tuple(EntryId(found) for found in entries.ids(db, compiled(db, " ".join(words), now)))
    there = {row.id for row in entries.rows(db, ids)}
    missing = [str(entry) for entry in ids if entry not in there]
    if missing:
        raise UsageError(f"There is no article {', '.join(missing[:5])}{' …' if len(missing) > 5 else ''}.")
    return tuple(dict.fromkeys(ids))


def _apply(
    db: Connection, verb: Verb, ids: Sequence[EntryId] | None, words: Sequence[str], now: datetime
) -> Step | None:
    """Bring the change about in one transaction; a single value for a query stays inside SQL, however many it finds."""
    if ids is None and len(verb.values) == 1:
        ((field, value, tag),) = verb.values
        return changes.apply_query(
            db,
            compiled(db, " ".join(words), now),
            field,
            value,
            tag=tag,
            label=verb.label,
            actor=Actor.COMMAND_LINE,
            session=SESSION,
            now=now,
        )
    wishes = [
        Wish(entry, field, value, tag)
        for entry in _matching(db, ids, words, now)
        for field, value, tag in verb.values
    ]
    return changes.apply(db, wishes, label=verb.label, actor=Actor.COMMAND_LINE, session=SESSION, now=now)


def _report(context: Context, arguments: argparse.Namespace, step: Step | None) -> None:
    changed = sorted({change.entry_id for change in step.changes}) if step else []
    if arguments.json:
        label = step.label if step else "Nothing changed"
        value = {"step": step.id if step else None, "label": label, "changed": changed}
        print_json(context.out, value)
    elif arguments.plain:
        for entry in changed:
            print(entry, file=context.out)
    elif step is None:
        context.say("Nothing to change: it was so already, or the query finds nothing.")
    else:
        context.say(f"{step.label}. broadsheet undo takes it back.")


def _articles(count: int) -> str:
    return "1 article" if count == 1 else f"{count:,} articles"
