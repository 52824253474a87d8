"""What a person does to entries: applied, journalled, undone and redone, in sets.

Every verb, single or in bulk, takes one road, so that ten thousand articles are marked as exactly as one:

    wishes, or a query ──▶ ``move``: the entries whose value differs, with old and new value
                            ├─▶ the columns of ``state``, ``note``, ``highlight`` or ``entry_tag``
                            └─▶ ``change``, in the journal

Undo walks it backwards: of the step's changes, those whose value still is what the step left become moves. A value changed
again since is left alone and counted. Since a flag is the instant it was set, "changed again" sees even a mark that was
taken off and put on again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Final, Protocol

from ..errors import UsageError
from ..model import EntryId, StepId, TagId
from ..records import dataclass, replace
from ..text import clean
from ..triage import Actor, Field, Step, Undone, Wish, passage_of
from . import feeds, journal
from .clock import from_seconds, to_seconds
from .highlights import clean_key
from .journal import Move, Raw
from .tagging import clean_name, find_tag, make_tag, spelling_of

NOTE_LIMIT: Final = 100_000
"""Characters of a note."""


class Selection(Protocol):
    """A compiled query, as far as a bulk change needs it."""

    def ids_sql(
        self, limit: int | None = None, after: EntryId | None = None
    ) -> tuple[str, Sequence[object] | Mapping[str, object]]:
        """Return a SELECT of one column, the entry ids, and its parameters."""


_SET_OR_NOT: Final = "(now IS NULL) <> (new IS NULL)"
_OTHER_VALUE: Final = "now IS NOT new"


@dataclass(frozen=True, slots=True)
class _Slot:
    """Where a field's value is kept."""

    value: str
    """SQL for its present value; ``s`` is the row of ``state``, ``:tag_id`` the tag."""
    write: tuple[str, ...]
    """SQL that brings all of ``move`` there."""
    differs: str = _SET_OR_NOT
    """SQL for when a wish is a change: for a flag, only whether there is a value counts, not since when."""


def _column(name: str, differs: str = _SET_OR_NOT) -> _Slot:
    write = f"""
        UPDATE state SET {name} = (SELECT new FROM temp.move WHERE move.entry_id = state.entry_id)
        WHERE entry_id IN (SELECT entry_id FROM temp.move)
    """  # noqa: S608 - our own column names
    return _Slot(f"s.{name}", (write,), differs)


_SLOTS: Final = {
    Field.READ: _column("read_at"),
    Field.STARRED: _column("starred_at"),
    Field.LATER: _column("later_at"),
    Field.HIDDEN: _column("hidden_at"),
    Field.SNOOZED: _column("snoozed_until", _OTHER_VALUE),
    Field.NOTE: _Slot(
        "(SELECT text FROM note WHERE entry_id = s.entry_id)",
        (
            "DELETE FROM note WHERE entry_id IN (SELECT entry_id FROM temp.move WHERE new IS NULL)",
            """
            INSERT INTO note(entry_id, text) SELECT entry_id, new FROM temp.move WHERE new IS NOT NULL
            ON CONFLICT DO UPDATE SET text = excluded.text
            """,
        ),
        _OTHER_VALUE,
    ),
    Field.HIGHLIGHT: _Slot(
        # The instant, a space and the note in one: undoing a removal brings back when the passage was marked.
        """
        (SELECT added || ' ' || note FROM highlight
        WHERE entry_id = s.entry_id AND quote = :quote AND occurrence = :occurrence)
        """,
        (
            """
            DELETE FROM highlight
            WHERE quote = :quote AND occurrence = :occurrence AND entry_id IN (SELECT entry_id FROM temp.move)
            """,
            """
            INSERT INTO highlight(entry_id, quote, occurrence, note, added)
            SELECT entry_id, :quote, :occurrence, substr(new, instr(new, ' ') + 1), CAST(new AS INTEGER)
            FROM temp.move WHERE new IS NOT NULL
            """,
        ),
        "substr(now, instr(now, ' ')) IS NOT substr(new, instr(new, ' '))",
    ),
    Field.TAG: _Slot(
        "(SELECT added FROM entry_tag WHERE tag_id = :tag_id AND entry_id = s.entry_id)",
        (
            """
            DELETE FROM entry_tag
            WHERE tag_id = :tag_id AND entry_id IN (SELECT entry_id FROM temp.move WHERE new IS NULL)
            """,
            """
            INSERT INTO entry_tag(tag_id, entry_id, added)
            SELECT :tag_id, entry_id, new FROM temp.move WHERE new IS NOT NULL
            """,
            """
            UPDATE tag SET used_at = max(used_at, (SELECT coalesce(max(new), 0) FROM temp.move)) WHERE id = :tag_id
            """,
        ),
    ),
}


# ---------------------------------------------------------------------------------------- doing


def apply(
    db: sqlite3.Connection,
    wishes: Iterable[Wish],
    *,
    label: str,
    actor: Actor,
    session: str,
    now: datetime,
) -> Step | None:
    """Bring the wishes about as one step and return what really changed; ``None`` when everything was so already.

    Of several wishes for the same value the last counts; entries that do not exist are passed over. ``{n}`` in ``label``
    becomes the number of entries.
    """
    groups: dict[tuple[Field, str], dict[EntryId, Raw]] = {}
    names = _Names(db)
    for wish in wishes:
        group = groups.setdefault((wish.field, names.of(wish.field, wish.tag)), {})
        group[wish.entry_id] = _raw(wish.field, wish.value, now)
    with _step(db, label, actor, session, now) as done:
        for (field, tag), values in groups.items():
            _no_wishes(db)
            db.executemany("INSERT INTO temp.wish(entry_id, new) VALUES (?, ?)", values.items())
            done.extend(_carry_out(db, field, tag))
    return done.step


def apply_query(
    db: sqlite3.Connection,
    selection: Selection,
    field: Field,
    value: str,
    *,
    tag: str = "",
    label: str,
    actor: Actor,
    session: str,
    now: datetime,
) -> Step | None:
    """Give every entry a query finds the same value, as one step."""
    sql, parameters = selection.ids_sql()
    with _step(db, label, actor, session, now) as done:
        _no_wishes(db)
        db.execute(f"INSERT OR IGNORE INTO temp.wish(entry_id) {sql}", parameters)
        db.execute("UPDATE temp.wish SET new = ?", (_raw(field, value, now),))
        done.extend(_carry_out(db, field, _Names(db).of(field, tag)))
    return done.step


def wake(db: sqlite3.Connection, now: datetime) -> tuple[EntryId, ...]:
    """Bring back the entries whose snooze has ended, and return them; cheap enough for every minute."""
    rows = db.execute(
        "UPDATE state SET snoozed_until = NULL WHERE snoozed_until <= ? RETURNING entry_id",
        (to_seconds(now),),
    ).fetchall()
    return tuple(sorted((EntryId(entry_id) for (entry_id,) in rows), reverse=True))


# ---------------------------------------------------------------------------------------- undoing


def undo(db: sqlite3.Connection, session: str, now: datetime, step_id: StepId | None = None) -> Undone | None:
    """Take back a step, or the newest of this session; ``None`` when there is none to take back.

    A session without a step of its own left goes on with those of the last window before it.
    """
    found = step_id if step_id is not None else _newest_step(db, session)
    step = journal.load_step(db, found) if found is not None else None
    if step is None or step.undone:
        return None
    undone = _replay(db, step, now, forward=False)
    db.execute(
        """
        UPDATE step SET undone = 1, undone_by = ?, undone_order = (SELECT 1 + coalesce(max(undone_order), 0) FROM step)
        WHERE id = ?
        """,
        (session, step.id),
    )
    return undone


def redo(db: sqlite3.Connection, session: str, now: datetime) -> Undone | None:
    """Do again what this session undid last; ``None`` when there is nothing, or it did something else since."""
    row = db.execute(
        "SELECT id FROM step WHERE undone_by = ? AND undone = 1 ORDER BY undone_order DESC LIMIT 1",
        (session,),
    ).fetchone()
    step = journal.load_step(db, StepId(row[0])) if row else None
    if step is None:
        return None
    undone = _replay(db, step, now, forward=True)
    db.execute("UPDATE step SET undone = 0, undone_by = NULL, undone_order = NULL WHERE id = ?", (step.id,))
    return undone


def history(db: sqlite3.Connection, limit: int = 100) -> tuple[Step, ...]:
    """Return the newest steps of everyone, undone ones included, without their changes."""
    ids = db.execute("SELECT id FROM step ORDER BY id DESC LIMIT ?", (limit,)).fetchall()
    steps = (journal.load_step(db, StepId(step_id), with_changes=False) for (step_id,) in ids)
    return tuple(step for step in steps if step is not None)


def _newest_step(db: sqlite3.Connection, session: str) -> StepId | None:
    newest = "SELECT id FROM step WHERE session = ? AND undone = 0 ORDER BY id DESC LIMIT 1"
    own = db.execute(newest, (session,)).fetchone()
    if own is not None:
        return StepId(own[0])
    last_window = db.execute(
        """
        SELECT session FROM step
        WHERE actor = :window AND session <> :own
            AND id < coalesce((SELECT min(id) FROM step WHERE session = :own), 9223372036854775807)
        ORDER BY id DESC LIMIT 1
        """,
        {"window": Actor.WINDOW, "own": session},
    ).fetchone()
    before = db.execute(newest, last_window).fetchone() if last_window else None
    return StepId(before[0]) if before else None


def _replay(db: sqlite3.Connection, step: Step, now: datetime, *, forward: bool) -> Undone:
    """Bring a step's values back (or forward again) where they are still as it left them."""
    target, left = ("new", "old") if forward else ("old", "new")
    moves: list[Move] = []
    for field, tag in sorted({(change.field, change.tag) for change in step.changes}):
        _no_wishes(db)
        db.execute(
            f"""
            INSERT INTO temp.wish(entry_id, new, expected)
            SELECT entry_id, {target}, {left} FROM change WHERE step_id = ? AND field = ? AND tag = ?
            """,  # noqa: S608 - our own column names
            (step.id, field, tag),
        )
        moves.extend(_carry_out(db, field, tag, only_expected=True))
    _resubscribe(db, step.id, now, forward=forward)
    changes = tuple(journal.as_change(move) for move in moves)
    return Undone(replace(step, undone=not forward), changes, len(step.changes) - len(changes))


def _resubscribe(db: sqlite3.Connection, step_id: StepId, now: datetime, *, forward: bool) -> None:
    """Bring back the source a step removed, or remove it again."""
    (feed_id,) = db.execute("SELECT removed_feed FROM step WHERE id = ?", (step_id,)).fetchone()
    if feed_id is None:
        return
    if forward:
        feeds.unsubscribe(db, feed_id, now)
    else:
        feeds.restore_feed(db, feed_id)


# ---------------------------------------------------------------------------------------- sets of moves


class _Doing:
    """A step while it is being carried out."""

    def __init__(self) -> None:
        self.moves: list[Move] = []
        self.step: Step | None = None

    def extend(self, moves: Iterable[Move]) -> None:
        """Note what was moved."""
        self.moves.extend(moves)


@contextmanager
def _step(db: sqlite3.Connection, label: str, actor: Actor, session: str, now: datetime) -> Iterator[_Doing]:
    """Journal what is done inside as one step; when nothing changed there is none. ``{n}`` in ``label`` is the number."""
    doing = _Doing()
    yield doing
    if not doing.moves:
        return
    label = label.replace("{n}", f"{len({move.entry_id for move in doing.moves}):,}")
    step_id = journal.open_step(db, label=label, actor=actor, session=session, now=now)
    journal.note(db, step_id, doing.moves)
    changes = tuple(journal.as_change(move) for move in doing.moves)
    doing.step = Step(step_id, label, from_seconds(to_seconds(now)), actor, session, changes)


def _no_wishes(db: sqlite3.Connection) -> None:
    """Make the table of wanted values, or empty it."""
    db.execute("CREATE TEMP TABLE IF NOT EXISTS wish(entry_id INTEGER PRIMARY KEY, new, expected)")
    db.execute("CREATE TEMP TABLE IF NOT EXISTS move(entry_id INTEGER PRIMARY KEY, old, new)")
    db.execute("DELETE FROM temp.wish")
    db.execute("DELETE FROM temp.move")


def _carry_out(db: sqlite3.Connection, field: Field, tag: str, *, only_expected: bool = False) -> list[Move]:
    """Bring about ``temp.wish`` where it differs from what is, and return what moved."""
    slot = _SLOTS[field]
    different = _OTHER_VALUE if only_expected else slot.differs
    expected = "AND now IS expected" if only_expected else ""
    named = {"tag_id": _tag_for(db, field, tag)} | _passage(field, tag)
    db.execute(
        f"""
        INSERT INTO temp.move(entry_id, old, new)
        SELECT entry_id, now, new FROM (
            SELECT s.entry_id, {slot.value} AS now, wish.new, wish.expected
            FROM temp.wish CROSS JOIN state AS s ON s.entry_id = wish.entry_id
        )
        WHERE ({different}) {expected}
        """,  # noqa: S608 - our own expressions
        named,
    )
    for statement in slot.write:
        db.execute(statement, named)
    rows = db.execute("SELECT entry_id, old, new FROM temp.move ORDER BY entry_id DESC")
    return [Move(EntryId(entry_id), field, tag, old, new) for entry_id, old, new in rows]


def _tag_for(db: sqlite3.Connection, field: Field, tag: str) -> TagId | None:
    """Return the tag that the wishes name, made if one of them wants it set."""
    if field is not Field.TAG:
        return None
    wanted = db.execute("SELECT 1 FROM temp.wish WHERE new IS NOT NULL LIMIT 1").fetchone()
    return make_tag(db, tag) if wanted else find_tag(db, tag)


def _passage(field: Field, tag: str) -> dict[str, object]:
    """Return the words and the occurrence of a highlight, by the names that its statements have for them."""
    if field is not Field.HIGHLIGHT:
        return {}
    words, occurrence = passage_of(tag)
    return {"quote": words, "occurrence": occurrence}


class _Names:
    """The one spelling of each tag that wishes name, the library's, else the first of theirs; and of each passage."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._found: dict[str, str] = {}
        self._spelt: dict[str, str] = {}

    def of(self, field: Field, asked: str) -> str:
        """Return the name for ``asked``; raise ``UsageError`` for one that is nothing; empty for fields without."""
        if field is Field.HIGHLIGHT:
            return clean_key(asked)
        if field is not Field.TAG:
            return ""
        if asked not in self._found:
            name = clean_name(asked)
            if not name:
                raise UsageError(f"{asked!r} cannot be a tag: nothing is left of it.")
            self._found[asked] = self._spelt.setdefault(name.casefold(), spelling_of(self._db, name))
        return self._found[asked]


def _raw(field: Field, value: str, now: datetime) -> Raw:
    """Return the column's value for a wish's."""
    if not value:
        return None
    if field is Field.NOTE:
        return clean(value, limit=NOTE_LIMIT) or None
    if field is Field.HIGHLIGHT:
        return f"{to_seconds(now)} {clean(value.partition(' ')[2], limit=NOTE_LIMIT)}"
    if field is not Field.SNOOZED:
        return to_seconds(now)
    try:
        until = datetime.fromisoformat(value)
    except ValueError as error:
        raise UsageError(f"{value!r} is no time to snooze until.") from error
    return to_seconds(until if until.tzinfo else until.replace(tzinfo=UTC))
