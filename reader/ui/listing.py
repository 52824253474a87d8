"""The list that stays still. Pure: no widget, no library.

A listing is the ids of a view as they were when it was opened, newest first or in another order, with the rows of a
window around what is looked at. Handled rows stay where they are, new ones wait until they are asked for, and
whatever changes is anchored on the highlighted entry. A million ids are one ``array``, eight bytes each.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Final

from ..model import EntryId, EntryRow
from ..records import replace
from ..triage import Change, Field
from .keys import Side

KEPT_ROWS: Final = 4_000
"""Rows in memory; at about 1.5 kB each that is 6 MB, and forty screens around the cursor."""


class Order(StrEnum):
    """How the ids of a listing are ordered."""

    NEWEST = "newest"
    OLDEST = "oldest"
    GIVEN = "given"
    """By rank, title or another thing the ids do not tell."""


class Listing:
    """Ids, rows, the highlighted one, the selection, what was handled and what waits."""

    def __init__(
        self, ids: Iterable[int] = (), unread: Iterable[int] = (), order: Order = Order.NEWEST
    ) -> None:
        self.ids: array[int] = ids if isinstance(ids, array) else array("q", ids)
        self.order = order
        self.cursor = 0
        self.selected: set[EntryId] = set()
        self.anchor: EntryId | None = None
        """Where a range selection began."""
        self.handled: set[EntryId] = set()
        """Decided upon during this visit: shown dimmed, in its place."""
        self.waiting: tuple[EntryId, ...] = ()
        """New since the view was opened, not shown yet."""
        self._unread: set[int] = set(unread)
        self._rows: OrderedDict[int, EntryRow] = OrderedDict()
        self._doubtful: set[int] = set()
        """Whose rows may have changed in the library since they were read."""
        self._places: dict[int, int] | None = None

    def __len__(self) -> int:
        return len(self.ids)

    # ------------------------------------------------------------------------------------------- where things are

    def index(self, entry_id: int) -> int | None:
        """Return the place of an entry, or None when it is not listed."""
        if self.order is Order.GIVEN:
            if self._places is None:
                self._places = {listed: place for place, listed in enumerate(self.ids)}
            return self._places.get(entry_id)
        sign = -1 if self.order is Order.NEWEST else 1
        place = bisect_left(self.ids, sign * entry_id, key=lambda listed: sign * listed)
        return place if place < len(self.ids) and self.ids[place] == entry_id else None

    def id_at(self, index: int) -> EntryId | None:
        """Return the entry at a place, or None beyond the ends."""
        return EntryId(self.ids[index]) if 0 <= index < len(self.ids) else None

    @property
    def current_id(self) -> EntryId | None:
        """The highlighted entry."""
        return self.id_at(self.cursor)

    @property
    def current(self) -> EntryRow | None:
        """The highlighted row, or None when the list is empty or the row was not read yet."""
        entry_id = self.current_id
        return None if entry_id is None else self._rows.get(entry_id)

    def go(self, index: int) -> bool:
        """Highlight the row at a place, within the ends; tells whether that is another one."""
        before = self.cursor
        self.cursor = max(0, min(index, len(self.ids) - 1))
        return self.cursor != before

    # ------------------------------------------------------------------------------------------- rows

    def row(self, entry_id: int) -> EntryRow | None:
        """Return what is known of an entry's row."""
        return self._rows.get(entry_id)

    def put(self, rows: Iterable[EntryRow]) -> None:
        """Take rows as the library has them now."""
        for row in rows:
            self._rows[row.id] = row
            self._rows.move_to_end(row.id)
            self._doubtful.discard(row.id)
            self._note_unread(row.id, row.unread)
        while len(self._rows) > KEPT_ROWS:
            gone, _ = self._rows.popitem(last=False)
            self._doubtful.discard(gone)

    def missing(self, first: int, last: int) -> tuple[EntryId, ...]:
        """Return the entries at places ``first`` to ``last`` whose rows are not in memory, or doubtful."""
        window = self.ids[max(0, first) : max(0, last)]
        return tuple(
            EntryId(listed) for listed in window if listed not in self._rows or listed in self._doubtful
        )

    def known(self) -> tuple[EntryId, ...]:
        """Return the entries whose rows are in memory."""
        return tuple(EntryId(listed) for listed in self._rows)

    def near(self, first: int, last: int) -> tuple[EntryId, ...]:
        """Return the entries at places ``first`` to ``last``, and the highlighted one, whose rows are in memory."""
        window = {*self.ids[max(0, first) : max(0, last)], *self.ids[self.cursor : self.cursor + 1]}
        return tuple(EntryId(listed) for listed in window if listed in self._rows)

    def doubt(self, but: Iterable[int]) -> None:
        """Have rows in memory read again when they come into view, all but these."""
        self._doubtful = set(self._rows).difference(but)

    def apply(self, changes: Iterable[Change]) -> None:
        """Change the rows in memory as the library was, or is about to be, changed."""
        for change in changes:
            if change.field is Field.READ:
                self._note_unread(change.entry_id, not change.new)
            row = self._rows.get(change.entry_id)
            if row is not None:
                self._rows[change.entry_id] = patched(row, change)

    def _note_unread(self, entry_id: int, unread: bool) -> None:
        if unread and self.index(entry_id) is not None:
            self._unread.add(entry_id)
        else:
            self._unread.discard(entry_id)

    # ------------------------------------------------------------------------------------------- unread

    def is_unread(self, entry_id: int) -> bool:
        """Tell whether an entry is unread, whether or not its row is in memory."""
        return entry_id in self._unread

    @property
    def unread_count(self) -> int:
        """How many listed entries are unread."""
        return len(self._unread)

    def next_unread(self, start: int, step: int = 1) -> int | None:
        """Return the place of the next unread entry from ``start`` on, itself included, or None."""
        if not self._unread:
            return None
        places = range(max(start, 0), len(self.ids)) if step > 0 else range(min(start, len(self) - 1), -1, -1)
        unread, ids = self._unread, self.ids
        return next((place for place in places if ids[place] in unread), None)

    # ------------------------------------------------------------------------------------------- selection

    def toggle_selected(self) -> None:
        """Select the highlighted row, or not."""
        entry_id = self.current_id
        if entry_id is not None:
            self.selected ^= {entry_id}

    def toggle_range(self) -> None:
        """Begin a range at the highlighted row, or keep the one that was begun."""
        if self.anchor is None:
            self.anchor = self.current_id
        else:
            self.selected.update(self._range())
            self.anchor = None

    def select_all(self) -> None:
        """Select every listed row, or none when all were selected."""
        everything = {EntryId(listed) for listed in self.ids}
        self.selected = set() if self.selected == everything else everything
        self.anchor = None

    def clear_selection(self) -> bool:
        """Select nothing; tells whether something was selected."""
        had = bool(self.selected) or self.anchor is not None
        self.selected.clear()
        self.anchor = None
        return had

    def is_selected(self, entry_id: EntryId, index: int) -> bool:
        """Tell whether the row at a place is selected, by itself or in the range being drawn."""
        if entry_id in self.selected:
            return True
        start = None if self.anchor is None else self.index(self.anchor)
        return start is not None and min(start, self.cursor) <= index <= max(start, self.cursor)

    @property
    def selection_size(self) -> int:
        """How many rows are selected."""
        return len(self.selected.union(self._range())) if self.anchor is not None else len(self.selected)

    def _range(self) -> Iterator[EntryId]:
        start = None if self.anchor is None else self.index(self.anchor)
        if start is None:
            return iter(())
        first, last = sorted((start, self.cursor))
        return (EntryId(listed) for listed in self.ids[first : last + 1])

    def targets(self, side: Side | None = None, count: int | None = None) -> tuple[EntryId, ...]:
        """Return the entries a verb works on, in list order.

        All above or below the highlighted row, without it, when a side was asked for; else the selection; else
        ``count`` rows from the highlighted one on; else the highlighted one.
        """
        if side is Side.ABOVE:
            return _entries(self.ids[: self.cursor])
        if side is Side.BELOW:
            return _entries(self.ids[self.cursor + 1 :])
        chosen = self.selected.union(self._range())
        if chosen:
            placed = ((self.index(entry_id), entry_id) for entry_id in chosen)
            return tuple(entry_id for place, entry_id in sorted((p, e) for p, e in placed if p is not None))
        return _entries(self.ids[self.cursor : self.cursor + max(1, count or 1)])

    # ------------------------------------------------------------------------------------------- what comes later

    def extend(self, ids: Iterable[int], unread: Iterable[int] = ()) -> None:
        """Append the next part of a long list that is read in parts."""
        self.ids.extend(ids)
        self._unread.update(unread)
        self._places = None

    def announce(self, fresh: Sequence[int]) -> bool:
        """Note what of ``fresh``, the first ids of the view as it would open now, is not shown; tells if that changed."""
        waiting = tuple(EntryId(listed) for listed in fresh if self.index(listed) is None)
        changed = waiting != self.waiting
        self.waiting = waiting
        return changed

    def merge(self) -> int:
        """Show what waits, the highlighted entry staying highlighted; returns how many there were."""
        arrived, current = self.waiting, self.current_id
        if not arrived:
            return 0
        if self.order is Order.GIVEN:
            merged: Iterable[int] = (*arrived, *self.ids)
        else:
            merged = sorted((*arrived, *self.ids), reverse=self.order is Order.NEWEST)
        self.ids = array("q", merged)
        self.waiting = ()
        self._places = None
        self._unread.update(arrived)
        if current is not None:
            self.cursor = self.index(current) or 0
        return len(arrived)


def _entries(ids: array[int]) -> tuple[EntryId, ...]:
    return tuple(EntryId(listed) for listed in ids)


def patched(row: EntryRow, change: Change) -> EntryRow:
    """Return the row as it is after the change."""
    match change.field:
        case Field.READ:
            return replace(row, unread=not change.new)
        case Field.STARRED:
            return replace(row, starred=bool(change.new))
        case Field.LATER:
            return replace(row, later=bool(change.new))
        case Field.HIDDEN:
            return replace(row, hidden=bool(change.new))
        case Field.SNOOZED:
            until = datetime.fromisoformat(change.new) if change.new else None
            return replace(row, snoozed_until=until)
        case Field.NOTE:
            return replace(row, has_note=bool(change.new))
        case Field.HIGHLIGHT:  # when one is taken off, only the library knows whether another is left
            return replace(row, has_highlight=True) if change.new else row
        case Field.TAG:
            tags = set(row.tags) | {change.tag} if change.new else set(row.tags) - {change.tag}
            return replace(row, tags=tuple(sorted(tags)))


def value_of(row: EntryRow, field: Field, tag: str = "") -> str:
    """Return a piece of a row's state as the journal writes it; notes and highlights themselves are not in the row."""
    match field:
        case Field.READ:
            return "" if row.unread else "1"
        case Field.STARRED:
            return "1" if row.starred else ""
        case Field.LATER:
            return "1" if row.later else ""
        case Field.HIDDEN:
            return "1" if row.hidden else ""
        case Field.SNOOZED:
            return row.snoozed_until.isoformat() if row.snoozed_until else ""
        case Field.NOTE:
            return "1" if row.has_note else ""
        case Field.HIGHLIGHT:
            return ""
        case Field.TAG:
            return "1" if tag in row.tags else ""
