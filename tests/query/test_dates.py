"""Dates as a person writes them."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.query.dates import ago, is_date, is_duration, span

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 31, 15, 30, tzinfo=BERLIN)  # a Tuesday


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2026", "2026-01-01", "2027-01-01"),
        ("2026-12", "2026-12-01", "2027-01-01"),
        ("2026-02", "2026-02-01", "2026-03-01"),
        ("2026-02-28", "2026-02-28", "2026-03-01"),
        ("2026-02-28T10:05", "2026-02-28T10:05", "2026-02-28T10:06"),
        ("2026-02-28t10:05:07", "2026-02-28T10:05:07", "2026-02-28T10:05:08"),
        ("today", "2026-03-31", "2026-04-01"),
        ("Yesterday", "2026-03-30", "2026-03-31"),
        ("mon", "2026-03-30", "2026-03-31"),
        ("tue", "2026-03-24", "2026-03-25"),
        ("wednesday", "2026-03-25", "2026-03-26"),
    ],
)
def test_a_date_is_a_stretch_of_time_in_the_persons_zone(text: str, start: str, end: str) -> None:
    found = span(text, NOW)
    assert (found.start, found.end) == (at(start), at(end))


def test_a_day_is_as_long_as_the_clocks_make_it() -> None:
    found = span("2026-03-29", NOW)
    assert found.end.timestamp() - found.start.timestamp() == 23 * 3600


def test_an_offset_is_obeyed() -> None:
    assert span("2026-01-01T00:00Z", NOW).start == datetime.fromisoformat("2026-01-01T00:00+00:00")
    assert span("2026-01-01T00:00-05:30", NOW).start == datetime.fromisoformat("2026-01-01T00:00-05:30")


def test_months_and_years_ago_are_calendar_ones() -> None:
    assert ago("1m", NOW) == at("2026-02-28T15:30")
    assert ago("13m", NOW) == at("2025-02-28T15:30")
    assert ago("2y", NOW) == at("2024-03-31T15:30")
    assert ago("2w", NOW) == NOW - timedelta(days=14)
    assert ago("12h", NOW) == NOW - timedelta(hours=12)


def test_what_lies_before_the_first_year_ends_there() -> None:
    assert ago("999999y", NOW) == ago("999999m", NOW) == ago("999999w", NOW)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "7",
        "d7",
        "2026-13",
        "2026-02-30",
        "26-01-01",
        "tomorrow",
        "2026-01-01T25:00",
        "0000",
        "٣d",
        "9999",
        "2026-01-01T00:00+99:99",
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    assert not is_date(text)


def test_only_a_length_of_time_is_a_duration() -> None:
    assert is_duration("7D")
    assert not is_duration("today")


@given(st.text(max_size=20), st.datetimes(timezones=st.just(timezone(timedelta(hours=14)))))
def test_a_date_can_be_resolved_at_any_time(text: str, now: datetime) -> None:
    if is_date(text):
        span(text, now)
