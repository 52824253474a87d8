"""What a verb wishes of which entries, and how it is said. Pure.

A verb is planned from the rows as they are on the screen. When several are chosen, a toggle follows the majority's
opposite in the way of mail readers: it sets unless all are set.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from ..document import Highlight
from ..model import EntryId, EntryRow, StoredArticle
from ..records import dataclass, replace
from ..triage import Change, Field, Wish, highlighted, passage_key, passage_of
from . import words
from .listing import value_of

Rows = Callable[[EntryId], EntryRow | None]


@dataclass(frozen=True, slots=True)
class Plan:
    """A verb about to be carried out."""

    wishes: tuple[Wish, ...]
    label: str
    """What will have been done, as the history keeps it."""
    advances: bool = False


def plan(verb: str, targets: Sequence[EntryId], rows: Rows, *, on_later_list: bool = False) -> Plan | None:
    """Return what ``done``, ``toggle-read``, ``later``, ``star`` or ``hide`` wishes of the targets.

    ``on_later_list`` tells that the Later list is shown: there, done also takes off the list. None for other verbs
    and for no targets.
    """
    if not targets:
        return None
    match verb:
        case "done":
            return mark_done(targets, rows, on_later_list=on_later_list)
        case "toggle-read":
            return toggle_read(targets, rows)
        case "later":
            return later(targets, rows)
        case "star":
            return _toggle(targets, rows, Field.STARRED, "Starred", "Unstarred")
        case "hide":
            return _toggle(targets, rows, Field.HIDDEN, "Hidden", "Shown again", advances=True)
    return None


def mark_done(targets: Sequence[EntryId], rows: Rows, *, on_later_list: bool = False) -> Plan:
    """Return the plan that marks the targets read."""
    wishes = [Wish(entry_id, Field.READ, "1") for entry_id in targets]
    if on_later_list:
        wishes += [Wish(entry_id, Field.LATER, "") for entry_id in targets]
    return Plan(tuple(wishes), say("Marked read", "Marked {} read", targets, rows), advances=True)


def opened(entry_id: EntryId, rows: Rows) -> Plan:
    """Return the plan that marks an entry read because it was opened."""
    return Plan((Wish(entry_id, Field.READ, "1"),), say("Read", "Read {}", (entry_id,), rows))


def toggle_read(targets: Sequence[EntryId], rows: Rows) -> Plan:
    """Return the plan that marks the targets read, or unread when all are read."""
    if all(_has(rows(entry_id), Field.READ) for entry_id in targets):
        wishes = tuple(Wish(entry_id, Field.READ, "") for entry_id in targets)
        return Plan(wishes, say("Marked unread", "Marked {} unread", targets, rows))
    wishes = tuple(Wish(entry_id, Field.READ, "1") for entry_id in targets)
    return Plan(wishes, say("Marked read", "Marked {} read", targets, rows))


def later(targets: Sequence[EntryId], rows: Rows) -> Plan:
    """Return the plan that puts the targets on the later list, or takes them off when all are on it.

    Putting off is a decision, so it also takes out of the inbox: the entry is marked read in the same step.
    """
    if all(_has(rows(entry_id), Field.LATER) for entry_id in targets):
        wishes = tuple(Wish(entry_id, Field.LATER, "") for entry_id in targets)
        return Plan(
            wishes, say("Taken off later", "Took {} off the later list", targets, rows), advances=True
        )
    wishes = tuple(
        wish
        for entry_id in targets
        for wish in (Wish(entry_id, Field.LATER, "1"), Wish(entry_id, Field.READ, "1"))
    )
    return Plan(wishes, say("Later", "Put {} on the later list", targets, rows), advances=True)


def star_and_done(entry_id: EntryId, rows: Rows) -> Plan:
    """Return the plan that stars an entry and takes it out of the inbox, as one decision."""
    wishes = (Wish(entry_id, Field.STARRED, "1"), Wish(entry_id, Field.READ, "1"))
    return Plan(wishes, say("Starred", "Starred {}", (entry_id,), rows), advances=True)


def snooze(targets: Sequence[EntryId], rows: Rows, until: datetime, spoken: str) -> Plan:
    """Return the plan that puts the targets out of sight until an instant, ``spoken`` as a person says it."""
    wishes = tuple(Wish(entry_id, Field.SNOOZED, until.isoformat()) for entry_id in targets)
    return Plan(
        wishes, say(f"Snoozed until {spoken}", f"Snoozed {{}} until {spoken}", targets, rows), advances=True
    )


def tag(targets: Sequence[EntryId], rows: Rows, add: Iterable[str], remove: Iterable[str]) -> Plan:
    """Return the plan that sets and takes off tags."""
    add, remove = tuple(add), tuple(remove)
    wishes = tuple(
        Wish(entry_id, Field.TAG, value, name)
        for entry_id in targets
        for names, value in ((add, "1"), (remove, ""))
        for name in names
    )
    did = "Tagged" if add else "Untagged"
    plus, minus = ("+", "−") if add and remove else ("", "")  # one beside the other; alone they say nothing
    signs = " ".join([*(f"{plus}#{name}" for name in add), *(f"{minus}#{name}" for name in remove)])
    return Plan(wishes, say(f"{did} {signs}", f"{did} {{}} {signs}", targets, rows))


def note(entry_id: EntryId, rows: Rows, text: str) -> Plan:
    """Return the plan that writes a note, or takes it away when it is empty."""
    said = "Note written" if text else "Note removed"
    return Plan((Wish(entry_id, Field.NOTE, text),), say(said, said + " on {}", (entry_id,), rows))


def highlight(
    entry_id: EntryId, rows: Rows, passages: Sequence[tuple[str, int]], known: Iterable[Highlight]
) -> Plan:
    """Return the plan that highlights passages, words and occurrence, or takes the marks off when all have one."""
    marked = {(mark.quote, mark.occurrence) for mark in known}
    if marked.issuperset(passages):
        wishes = tuple(Wish(entry_id, Field.HIGHLIGHT, "", passage_key(*passage)) for passage in passages)
        return Plan(wishes, say("Highlight taken off", "", (entry_id,), rows))
    fresh = [passage for passage in passages if passage not in marked]
    wishes = tuple(Wish(entry_id, Field.HIGHLIGHT, highlighted(), passage_key(*passage)) for passage in fresh)
    return Plan(wishes, say("Highlighted", "", (entry_id,), rows))


def with_marks(article: StoredArticle, wishes: Iterable[Wish], now: datetime) -> StoredArticle:
    """Return the article as it is once the wishes for its highlights have come about."""
    marks = {passage_key(mark.quote, mark.occurrence): mark for mark in article.highlights}
    for wish in wishes:
        mark = marks.pop(wish.tag, None)
        if wish.value:
            added = mark.added if mark is not None else now
            marks[wish.tag] = Highlight(*passage_of(wish.tag), wish.value.partition(" ")[2], added)
    return replace(article, highlights=tuple(marks.values()))


def annotate(entry_id: EntryId, rows: Rows, mark: Highlight, text: str) -> Plan:
    """Return the plan that writes a note beside a highlight, or takes it away when it is empty."""
    wish = Wish(entry_id, Field.HIGHLIGHT, highlighted(text), passage_key(mark.quote, mark.occurrence))
    said = "Note on the highlight written" if text else "Note on the highlight removed"
    return Plan((wish,), say(said, "", (entry_id,), rows))


def foreseen(wishes: Iterable[Wish], rows: Rows) -> tuple[Change, ...]:
    """Return what the wishes will change on the screen, as far as the rows in memory tell."""
    changes = []
    for wish in wishes:
        row = rows(wish.entry_id)
        old = value_of(row, wish.field, wish.tag) if row is not None else ""
        changes.append(Change(wish.entry_id, wish.field, old, wish.value, wish.tag))
    return tuple(changes)


def _toggle(
    targets: Sequence[EntryId], rows: Rows, field: Field, did: str, undid: str, *, advances: bool = False
) -> Plan:
    value = "" if all(_has(rows(entry_id), field) for entry_id in targets) else "1"
    said = did if value else undid
    wishes = tuple(Wish(entry_id, field, value) for entry_id in targets)
    return Plan(wishes, say(said, said + " {}", targets, rows), advances)


def _has(row: EntryRow | None, field: Field) -> bool:
    return row is not None and bool(value_of(row, field))


def say(one: str, several: str, targets: Sequence[EntryId], rows: Rows) -> str:
    """Return the label of a step on one entry, with its title, or on several, with their number."""
    if len(targets) == 1:
        row = rows(targets[0])
        return f"{one}: {words.quoted(row.title)}" if row is not None and row.title else one
    return several.format(words.plural(len(targets), "article"))
