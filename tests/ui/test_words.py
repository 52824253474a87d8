"""Spans of time, numbers and dates as the screen writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from reader.ui import words

NOW = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)
"""A Tuesday."""


@pytest.mark.parametrize(
    ("span", "written"),
    [
        (timedelta(seconds=-5), "now"), (timedelta(seconds=59), "now"), (timedelta(minutes=5), "5m"),
        (timedelta(hours=3), "3h"), (timedelta(days=2), "2d"), (timedelta(days=20), "2w"),
        (timedelta(days=200), "6M"), (timedelta(days=365 * 3), "2y"), (timedelta(days=365 * 400), "399y"),
    ],
)  # fmt: skip
def test_ages_are_short(span: timedelta, written: str) -> None:
    assert words.age(NOW - span, NOW) == written
    assert len(written) <= 4


def test_reading_times_are_in_minutes_and_unknown_lengths_have_none() -> None:
    assert [words.reading_time(count) for count in (0, 10, 230, 1000, 10**9)] == [
        "",
        "1′",
        "1′",
        "4′",
        "999′",
    ]


def test_durations_are_as_a_person_says_them() -> None:
    assert [words.duration(seconds) for seconds in (0, 40, 400, 4000, 40_000)] == [
        "1 s", "40 s", "7 min", "1 h 7 min", "11 h",
    ]  # fmt: skip


def test_counts_take_at_most_four_cells() -> None:
    assert [words.short_number(n) for n in (0, 999, 1000, 9999, 12_345, 1_250_000, 99_000_000)] == [
        "0", "999", "1k", "9.9k", "12k", "1.2M", "99M",
    ]  # fmt: skip


def test_titles_in_messages_are_cut_at_a_word() -> None:
    assert words.quoted("Short") == "“Short”"
    assert (
        words.quoted("A very long headline, about nothing at all, and more", 24) == "“A very long headline…”"
    )


def test_days_are_called_as_a_person_calls_them() -> None:
    today = date(2026, 11, 24)
    assert [words.day(today - timedelta(days=n), today) for n in (-1, 0, 1, 2, 9)] == [
        "Today", "Today", "Yesterday", "Sunday, 22 November", "15 November 2026",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("3h", datetime(2026, 11, 24, 15, 30, tzinfo=UTC)),
        ("tomorrow", datetime(2026, 11, 25, 8, tzinfo=UTC)),
        ("2d", datetime(2026, 11, 26, 8, tzinfo=UTC)),
        ("1w", datetime(2026, 12, 1, 8, tzinfo=UTC)),
        ("fri", datetime(2026, 11, 27, 8, tzinfo=UTC)),
        ("Tuesday", datetime(2026, 12, 1, 8, tzinfo=UTC)),
        ("2027-01-15", datetime(2027, 1, 15, 8, tzinfo=UTC)),
        ("2026-11-24T18:00", datetime(2026, 11, 24, 18, tzinfo=UTC)),
        ("2026-11-23", None), ("soon", None), ("", None), ("d", None), ("99999d", None), ("1x", None),
    ],
)  # fmt: skip
def test_a_time_to_come_is_read_as_it_is_typed(typed: str, at: datetime | None) -> None:
    assert words.parse_span(typed, NOW) == at


def test_a_time_to_come_is_said_shortly() -> None:
    spoken = [words.moment(NOW + timedelta(days=days, hours=2), NOW) for days in (0, 1, 3, 30, 60)]
    assert spoken == ["today 14:30", "tomorrow", "Friday", "24 December", "23 January 2027"]
