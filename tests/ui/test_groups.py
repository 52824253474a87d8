"""Where rows and headings stand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from reader.store.clock import tick
from reader.ui.groups import Heading, Layout, RowLine, date_headings
from reader.ui.listing import Listing, Order

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@given(
    rows=st.integers(1, 40),
    firsts=st.sets(st.integers(0, 39)),
    height=st.integers(1, 3),
    unfolded=st.none() | st.integers(0, 39),
    extra=st.integers(0, 4),
)
def test_each_line_belongs_to_one_row_or_heading_and_each_row_has_its_lines(
    rows: int, firsts: set[int], height: int, unfolded: int | None, extra: int
) -> None:
    headings = tuple(Heading(first, str(first), 1) for first in sorted(firsts) if first < rows)
    unfolded = unfolded if unfolded is not None and unfolded < rows else None
    layout = Layout(rows, headings, height, unfolded, extra)

    expected: list[Heading | RowLine] = []
    for index in range(rows):
        expected += [heading for heading in headings if heading.first == index]
        expected += [RowLine(index, part) for part in range(layout.height_of(index))]

    assert [layout.at(line) for line in range(layout.lines)] == expected
    assert layout.at(-1) is None
    assert layout.at(layout.lines) is None
    for index in range(rows):
        assert layout.at(layout.line_of(index)) == RowLine(index, 0)


def listing_of(*ages: timedelta, order: Order = Order.NEWEST) -> Listing:
    """Return a list of entries of these ages."""
    ids = sorted({tick(NOW - age) for age in ages}, reverse=order is Order.NEWEST)
    return Listing(ids, (), order)


def test_days_of_the_last_week_have_a_heading_each_and_older_ones_their_month() -> None:
    ages = [timedelta(hours=hours) for hours in (1, 2, 13, 40, 24 * 6, 24 * 8, 24 * 30, 24 * 400)]
    headings = date_headings(listing_of(*ages), NOW, tick)

    assert [(heading.label, heading.count) for heading in headings] == [
        ("Today", 2),
        ("Yesterday", 1),
        ("Sunday, 22 November", 1),
        ("Wednesday, 18 November", 1),
        ("November 2026", 1),
        ("October 2026", 1),
        ("October 2025", 1),
    ]


def test_a_list_from_the_oldest_on_has_the_same_headings_the_other_way_round() -> None:
    ages = [timedelta(hours=hours) for hours in (1, 2, 13, 24 * 400)]
    headings = date_headings(listing_of(*ages, order=Order.OLDEST), NOW, tick)

    assert [(heading.first, heading.label, heading.count) for heading in headings] == [
        (0, "October 2025", 1),
        (1, "Yesterday", 1),
        (2, "Today", 2),
    ]


def test_an_entry_dated_ahead_counts_as_of_today() -> None:
    assert [h.label for h in date_headings(listing_of(timedelta(days=-3)), NOW, tick)] == ["Today"]


def test_entries_from_before_the_year_2000_are_under_the_last_heading() -> None:
    headings = date_headings(listing_of(timedelta(days=365 * 40), timedelta(hours=1)), NOW, tick)

    assert sum(heading.count for heading in headings) == 2


def test_a_list_in_another_order_has_no_headings() -> None:
    assert date_headings(Listing((3, 9, 1), (), Order.GIVEN), NOW, tick) == ()
    assert date_headings(Listing(), NOW, tick) == ()
