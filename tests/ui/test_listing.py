"""The list that stays still, without a screen."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from reader.model import EntryId, EntryRow, FeedId
from reader.triage import Change, Field, inverse
from reader.ui.keys import Side
from reader.ui.listing import KEPT_ROWS, Listing, Order, patched, value_of

NOW = datetime(2026, 11, 24, tzinfo=UTC)


def row(number: int, **what: object) -> EntryRow:
    """Return a row with this id."""
    return EntryRow(EntryId(number), FeedId(1), "Feed", f"Title {number}", None, NOW, **what)  # type: ignore[arg-type]


def test_an_entry_is_found_in_every_order() -> None:
    for ids, order in (((9, 5, 2), Order.NEWEST), ((2, 5, 9), Order.OLDEST), ((5, 9, 2), Order.GIVEN)):
        listing = Listing(ids, (), order)
        assert [listing.index(entry_id) for entry_id in ids] == [0, 1, 2]
        assert listing.index(7) is None


def test_the_highlight_keeps_within_the_ends() -> None:
    listing = Listing((3, 2, 1))

    assert listing.go(99)
    assert listing.current_id == 1
    assert not listing.go(99)
    assert listing.go(-4)
    assert listing.current_id == 3


def test_an_empty_list_has_nothing_highlighted() -> None:
    listing = Listing()

    assert not listing.go(1)
    assert listing.current_id is None
    assert listing.targets() == ()
    assert listing.next_unread(0) is None


def test_new_entries_wait_and_come_in_around_the_highlighted_one() -> None:
    listing = Listing((30, 20, 10), (30, 20, 10))
    listing.go(1)

    assert listing.announce((40, 30, 25, 20, 10))
    assert list(listing.ids) == [30, 20, 10]
    assert listing.waiting == (40, 25)

    assert listing.merge() == 2
    assert list(listing.ids) == [40, 30, 25, 20, 10]
    assert listing.current_id == 20
    assert listing.is_unread(25)
    assert not listing.waiting


def test_what_waits_of_a_list_in_another_order_comes_in_at_its_top() -> None:
    listing = Listing((5, 9, 2), (), Order.GIVEN)
    listing.announce((7, 5, 9, 2))
    listing.merge()

    assert list(listing.ids) == [7, 5, 9, 2]
    assert listing.index(9) == 2


def test_the_rows_of_a_window_are_missing_until_they_are_put() -> None:
    listing = Listing((3, 2, 1))
    listing.put([row(2)])

    assert listing.missing(0, 3) == (3, 1)
    assert listing.missing(-5, 99) == (3, 1)


def test_no_more_rows_are_kept_than_fit() -> None:
    listing = Listing(range(KEPT_ROWS + 50, 0, -1))
    listing.put(row(number) for number in listing.ids)

    assert len(listing.known()) == KEPT_ROWS


def test_targets_are_the_side_then_the_selection_then_a_count_then_the_row() -> None:
    listing = Listing((5, 4, 3, 2, 1))
    listing.go(2)

    assert listing.targets(Side.ABOVE) == (5, 4)
    assert listing.targets(Side.BELOW) == (2, 1)
    assert listing.targets() == (3,)
    assert listing.targets(count=2) == (3, 2)
    assert listing.targets(count=99) == (3, 2, 1)
    listing.selected = {EntryId(1), EntryId(5)}
    assert listing.targets(count=2) == (5, 1)


def test_a_range_follows_the_highlight_until_it_is_kept() -> None:
    listing = Listing((5, 4, 3, 2, 1))
    listing.go(1)
    listing.toggle_range()
    listing.go(3)
    assert listing.targets() == (4, 3, 2)
    assert listing.is_selected(EntryId(3), 2)

    listing.toggle_range()
    listing.go(0)
    assert listing.targets() == (4, 3, 2)
    assert listing.selection_size == 3


def test_selecting_all_twice_selects_nothing() -> None:
    listing = Listing((3, 2, 1))
    listing.select_all()
    assert listing.selection_size == 3

    listing.select_all()
    assert listing.selection_size == 0


@given(
    unread=st.booleans(), starred=st.booleans(), later=st.booleans(), hidden=st.booleans(),
    field=st.sampled_from([Field.READ, Field.STARRED, Field.LATER, Field.HIDDEN]), value=st.sampled_from(["", "1"]),
)  # fmt: skip
def test_a_change_sets_one_value_and_its_inverse_brings_the_row_back(
    unread: bool, starred: bool, later: bool, hidden: bool, field: Field, value: str
) -> None:
    before = row(1, unread=unread, starred=starred, later=later, hidden=hidden)
    change = Change(before.id, field, value_of(before, field), value)
    after = patched(before, change)

    assert value_of(after, field) == value
    assert patched(after, inverse(change)) == before


def test_tags_come_and_go_in_order() -> None:
    tagged = patched(row(1, tags=("m",)), Change(EntryId(1), Field.TAG, "", "1", "a"))
    assert tagged.tags == ("a", "m")
    assert patched(tagged, Change(EntryId(1), Field.TAG, "1", "", "m")).tags == ("a",)


@given(
    ids=st.sets(st.integers(1, 60), min_size=1, max_size=30),
    unread=st.sets(st.integers(1, 60)),
    start=st.integers(-2, 40),
    step=st.sampled_from([1, -1]),
)
def test_the_next_unread_is_the_one_a_person_would_find(
    ids: set[int], unread: set[int], start: int, step: int
) -> None:
    ordered = sorted(ids, reverse=True)
    listing = Listing(ordered, ids & unread)
    places = range(len(ordered)) if step > 0 else range(len(ordered) - 1, -1, -1)
    expected = next(
        (n for n in places if ordered[n] in unread and (n >= start if step > 0 else n <= start)), None
    )

    assert listing.next_unread(start, step) == expected


def test_rows_in_doubt_are_missing_again_when_they_come_into_view_until_they_are_read() -> None:
    listing = Listing((3, 2, 1))
    listing.put(row(number) for number in (3, 2, 1))

    listing.doubt(listing.near(0, 1))
    assert listing.missing(0, 3) == (2, 1)
    assert listing.row(2) is not None

    listing.put([row(2)])
    assert listing.missing(0, 3) == (1,)
