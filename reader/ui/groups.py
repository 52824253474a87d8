"""Where the rows of a list stand: date headings, rows of several lines, the unfolded one. Pure.

Row ids follow the date, so the first row of a day is found by bisection and a list of a million rows gets its headings
without a look at one of them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta

from ..records import dataclass
from . import words
from .listing import Listing, Order


@dataclass(frozen=True, slots=True)
class Heading:
    """A line above the first row of a day or a month."""

    first: int
    """Place of its first row."""
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class RowLine:
    """One of the lines of a row."""

    index: int
    part: int
    """0 is the row's first line."""


class Layout:
    """Lines to rows and back, for ``rows`` rows of ``height`` lines with headings between them."""

    def __init__(
        self,
        rows: int,
        headings: tuple[Heading, ...] = (),
        height: int = 1,
        unfolded: int | None = None,
        extra: int = 0,
    ) -> None:
        self.rows = rows
        self.headings = headings
        self.height = max(1, height)
        self._unfolded = unfolded if extra else None
        self._extra = extra if unfolded is not None else 0
        self._firsts = [heading.first for heading in headings]
        self._lines = [self._heading_line(order) for order in range(len(headings))]

    @property
    def lines(self) -> int:
        """How many lines the list has."""
        return self.rows * self.height + len(self.headings) + (self._extra if self.rows else 0)

    def _shift(self, index: int) -> int:
        """Return how many lines the unfolded row pushes the row at a place down."""
        return self._extra if self._unfolded is not None and index > self._unfolded else 0

    def _heading_line(self, order: int) -> int:
        first = self._firsts[order]
        return first * self.height + order + self._shift(first)

    def line_of(self, index: int) -> int:
        """Return the first line of the row at a place."""
        return index * self.height + bisect_right(self._firsts, index) + self._shift(index)

    def height_of(self, index: int) -> int:
        """Return how many lines the row at a place has."""
        return self.height + (self._extra if index == self._unfolded else 0)

    def at(self, line: int) -> Heading | RowLine | None:
        """Return what stands on a line."""
        if not 0 <= line < self.lines:
            return None
        order = bisect_right(self._lines, line) - 1
        if order >= 0 and self._lines[order] == line:
            return self.headings[order]
        offset = line - (order + 1)
        if self._unfolded is not None:
            start = self.line_of(self._unfolded)
            if start <= line < start + self.height + self._extra:
                return RowLine(self._unfolded, line - start)
            if line >= start:
                offset -= self._extra
        index, part = divmod(offset, self.height)
        return RowLine(index, part)


def date_headings(
    listing: Listing, now: datetime, first_id: Callable[[datetime], int]
) -> tuple[Heading, ...]:
    """Return the headings of a list ordered by date, none for another order.

    ``first_id`` gives the smallest id an entry of an instant can have; ``now`` is in the person's own zone.
    """
    if listing.order is Order.GIVEN or not len(listing):
        return ()
    oldest = min(listing.ids[0], listing.ids[-1])
    spans = ((label, first_id(start)) for label, start in _spans(now))  # not all months back to 2000
    bounds = list(_until(spans, oldest))
    if listing.order is Order.OLDEST:
        return _place(listing, list(reversed(bounds)))
    return _place(listing, bounds)


def _spans(now: datetime) -> Iterator[tuple[str, datetime]]:
    """Yield label and beginning of each span, newest first, back to the year 2000: seven days, then months."""
    today = now.date()
    for back in range(7):
        at = today - timedelta(days=back)
        yield words.day(at, today), _midnight(at, now)
    at = today - timedelta(days=6)
    begun = at
    while begun.year >= 2000:
        first = (begun - timedelta(days=1)).replace(day=1)
        yield words.month(first), _midnight(first, now)
        begun = first


def _midnight(at: date, now: datetime) -> datetime:
    return datetime.combine(at, time(), tzinfo=now.tzinfo)


def _until(spans: Iterable[tuple[str, int]], oldest: int) -> Iterator[tuple[str, int]]:
    for label, low in spans:
        yield label, low
        if low <= oldest:
            return


def _place(listing: Listing, bounds: list[tuple[str, int]]) -> tuple[Heading, ...]:
    """Return a heading for each span that has rows; ``bounds`` are in list order, with each span's smallest id."""
    newest_first = listing.order is Order.NEWEST
    headings: list[Heading] = []
    start = 0
    for place, (label, low) in enumerate(bounds):
        last = place == len(bounds) - 1
        if last:
            end = len(listing)
        elif newest_first:
            end = _first_below(listing, low)
        else:
            end = _first_from(listing, bounds[place + 1][1])
        if end > start:
            headings.append(Heading(start, label, end - start))
        start = max(start, end)
    return tuple(headings)


def _first_below(listing: Listing, low: int) -> int:
    """Return the place of the first id below ``low`` in a list of falling ids."""
    return bisect_right(listing.ids, -low, key=lambda listed: -listed)


def _first_from(listing: Listing, low: int) -> int:
    """Return the place of the first id of at least ``low`` in a list of rising ids."""
    return bisect_right(listing.ids, low - 1)
