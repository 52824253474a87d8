"""The journal of steps: written with the change it records, in the same transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from ..model import EntryId, FeedId, StepId
from ..records import replace
from ..triage import Actor, Change, Field, Step, highlighted
from .clock import from_seconds, to_seconds

KEEP_STEPS: Final = 1_000
KEEP_TIME: Final = timedelta(days=30)
"""A step goes when it is both older than this and not among the newest ``KEEP_STEPS``."""
_TRIM_EVERY: Final = 64
RETENTION: Final = "retention"
"""The session of the steps by which old articles are let go."""

Raw = int | str | None
"""A value as its column holds it: an instant in seconds, a text, or NULL."""


class Move(NamedTuple):
    """A value that changed, as the columns hold it."""

    entry_id: EntryId
    field: Field
    tag: str
    old: Raw
    new: Raw


def open_step(
    db: sqlite3.Connection,
    *,
    label: str,
    actor: Actor,
    session: str,
    now: datetime,
    removed_feed: FeedId | None = None,
) -> StepId:
    """Begin a step; what the session had undone can no longer be redone."""
    db.execute("UPDATE step SET undone_by = NULL WHERE undone_by = ? AND undone = 1", (session,))
    cursor = db.execute(
        "INSERT INTO step(label, at, actor, session, removed_feed) VALUES (?, ?, ?, ?, ?)",
        (label, to_seconds(now), actor, session, removed_feed),
    )
    step_id = StepId(cursor.lastrowid or 0)
    if step_id % _TRIM_EVERY == 0:
        trim(db, now)
    return step_id


def note(db: sqlite3.Connection, step_id: StepId, moves: Sequence[Move]) -> None:
    """Write down what a step changed."""
    db.executemany(
        "INSERT INTO change(step_id, entry_id, field, tag, old, new) VALUES (?, ?, ?, ?, ?, ?)",
        [(step_id, *move) for move in reversed(moves)],
    )
    db.execute("UPDATE step SET size = ? WHERE id = ?", (len(moves), step_id))


def trim(db: sqlite3.Connection, now: datetime) -> int:
    """Forget steps that are both old and many; return how many. Those of retention go when it is done with them."""
    return db.execute(
        "DELETE FROM step WHERE at < ? AND id <= (SELECT max(id) FROM step) - ? AND session <> ?",
        (to_seconds(now - KEEP_TIME), KEEP_STEPS, RETENTION),
    ).rowcount


def load_step(db: sqlite3.Connection, step_id: StepId, *, with_changes: bool = True) -> Step | None:
    """Return a step, with all it changed."""
    row = db.execute("SELECT label, at, actor, session, undone FROM step WHERE id = ?", (step_id,)).fetchone()
    if row is None:
        return None
    label, at, actor, session, undone = row
    changes = tuple(as_change(move) for move in moves_of(db, step_id)) if with_changes else ()
    return Step(step_id, label, from_seconds(at), Actor(actor), session, changes, bool(undone))


def touching(db: sqlite3.Connection, entry_id: EntryId, limit: int = 20) -> tuple[Step, ...]:
    """Return the newest steps that changed an entry, each with its changes to that entry alone."""
    rows = db.execute(
        """
        SELECT step_id, field, tag, old, new FROM change WHERE entry_id = ? ORDER BY step_id DESC, field, tag LIMIT ?
        """,
        (entry_id, limit),
    ).fetchall()
    changes: dict[StepId, list[Change]] = {}
    for step_id, field, tag, old, new in rows:
        change = as_change(Move(entry_id, Field(field), tag, old, new))
        changes.setdefault(StepId(step_id), []).append(change)
    steps = ((load_step(db, step_id, with_changes=False), of) for step_id, of in changes.items())
    return tuple(replace(step, changes=tuple(of)) for step, of in steps if step is not None)


def moves_of(db: sqlite3.Connection, step_id: StepId) -> list[Move]:
    """Return what a step changed, as the columns hold it."""
    rows = db.execute(
        "SELECT entry_id, field, tag, old, new FROM change WHERE step_id = ? ORDER BY entry_id DESC, field, tag",
        (step_id,),
    )
    return [Move(EntryId(entry_id), Field(field), tag, old, new) for entry_id, field, tag, old, new in rows]


def as_change(move: Move) -> Change:
    """Return ``move`` in a person's terms: "1" or "" for flags, an ISO instant or "" for a snooze."""
    return Change(
        move.entry_id, move.field, as_value(move.field, move.old), as_value(move.field, move.new), move.tag
    )


def as_value(field: Field, raw: Raw) -> str:
    """Return a column's value as a ``Wish`` would ask for it."""
    if raw is None:
        return ""
    if field is Field.NOTE:
        return str(raw)
    if field is Field.HIGHLIGHT:
        return highlighted(str(raw).partition(" ")[2])
    return from_seconds(int(raw)).isoformat() if field is Field.SNOOZED else "1"
