"""When a source is asked again: each line of the table of good behaviour, as a decision."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.freshness import freshness, http_date, past_skipped, retry_after
from reader.model import FeedDue, FeedId, Health
from reader.schedule import (
    CEILING,
    FLOOR,
    Answered,
    Failed,
    FetchOutcome,
    FetchRecord,
    Got,
    decide,
    validator,
    words,
)

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
DUE = FeedDue(
    FeedId(1), "http://a.example/feed", "A", added=NOW - 5 * DAY, last_success=NOW - HOUR, last_new=NOW - HOUR
)
OLD = replace(DUE, etag='"old"', last_modified="then", validators_at=NOW - DAY, body_hash=b"old")


def good(**what: object) -> Answered:
    return replace(Answered(Got.STORED, url=DUE.url), **what)  # type: ignore[arg-type]


def wait(outcome: FetchOutcome, due: FeedDue = DUE, **what: object) -> timedelta:
    return decide(outcome, due, NOW, **what).next_fetch - NOW  # type: ignore[arg-type]


# ---- interval


def test_a_source_is_asked_again_after_an_hour() -> None:
    assert wait(good()) == HOUR


def test_the_setting_changes_the_interval() -> None:
    assert wait(good(), interval=timedelta(minutes=30)) == timedelta(minutes=30)


def test_a_persons_own_interval_wins_but_not_below_the_floor() -> None:
    assert wait(good(), replace(DUE, interval=5 * HOUR)) == 5 * HOUR
    assert wait(good(), replace(DUE, interval=timedelta(seconds=1))) == FLOOR


def test_sources_drift_apart_by_a_twentieth() -> None:
    assert wait(good(), jitter=1.0) == HOUR * 1.05
    assert wait(good(), jitter=-1.0) == HOUR * 0.95


@pytest.mark.parametrize(("silent_days", "expected"), [(29, HOUR), (31, 6 * HOUR), (181, DAY)])
def test_a_source_with_seldom_anything_new_is_asked_less_often(silent_days: int, expected: timedelta) -> None:
    assert wait(good(), replace(DUE, last_new=NOW - silent_days * DAY)) == expected


def test_something_new_brings_a_seldom_source_back_to_the_hour() -> None:
    record = decide(good(new=1), replace(DUE, last_new=NOW - 200 * DAY), NOW)
    assert record.next_fetch - NOW == HOUR
    assert record.last_new == NOW


# ---- earliest next fetch


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"cache-control": "public, max-age=7200"}, 2 * HOUR),
        ({"cache-control": 'MAX-AGE="7200"'}, 2 * HOUR),
        ({"cache-control": "max-age=60"}, HOUR),
        ({"cache-control": "no-cache, max-age=7200"}, HOUR),
        ({"cache-control": "no-store, max-age=7200"}, HOUR),
        ({"cache-control": "max-age=504911232"}, DAY),
        ({"cache-control": "max-age=" + "9" * 4000}, DAY),
        ({"cache-control": "max-age=-5"}, HOUR),
        ({"date": "Tue, 24 Nov 2026 12:00:00 GMT", "expires": "Tue, 24 Nov 2026 15:00:00 GMT"}, 3 * HOUR),
        ({"date": "Tue, 24 Nov 2026 12:00:00 GMT", "expires": "0"}, HOUR),
        ({"expires": "Tue, 24 Nov 2026 15:00:00 GMT"}, HOUR),
    ],
)
def test_what_the_server_calls_fresh_is_not_asked_for(headers: dict[str, str], expected: timedelta) -> None:
    assert wait(good(headers=headers)) == expected


def test_ttl_is_respected_up_to_a_day() -> None:
    assert wait(good(ttl=3 * HOUR)) == 3 * HOUR
    assert wait(good(ttl=300 * DAY)) == DAY


def test_the_longest_wish_counts_and_is_named() -> None:
    record = decide(good(headers={"cache-control": "max-age=7200"}, ttl=3 * HOUR, new=2), DUE, NOW)
    assert record.decision == "2 new; next in 3 h (ttl)"


def test_skip_hours_move_the_next_fetch_past_the_window() -> None:
    record = decide(good(skip_hours=frozenset({13, 14})), DUE, NOW)
    assert record.next_fetch == NOW.replace(hour=15)


def test_skip_days_move_the_next_fetch_past_the_window() -> None:
    assert past_skipped(NOW, frozenset(), frozenset({1, 2})) == datetime(2026, 11, 26, tzinfo=UTC)


def test_a_feed_that_skips_every_hour_is_not_believed() -> None:
    assert past_skipped(NOW, frozenset(range(24)), frozenset()) == NOW
    assert past_skipped(NOW, frozenset(), frozenset(range(7))) == NOW


# ---- conditional requests


def test_validators_are_kept_as_received() -> None:
    headers = {"etag": 'W/"5f-gzip"', "last-modified": "Tue, 1 Jul 2025 08:00:00 +0200"}
    record = decide(good(headers=headers), OLD, NOW)
    assert (record.etag, record.last_modified, record.validators_at) == (*headers.values(), NOW)


def test_304_keeps_the_validators_and_takes_those_it_carries() -> None:
    kept = decide(good(got=Got.NOT_MODIFIED), OLD, NOW)
    assert (kept.etag, kept.last_modified, kept.validators_at) == ('"old"', "then", NOW - DAY)
    taken = decide(good(got=Got.NOT_MODIFIED, headers={"etag": '"new"'}), OLD, NOW)
    assert (taken.etag, taken.last_modified) == ('"new"', "then")


def test_validators_are_dropped_every_eight_days() -> None:
    record = decide(good(got=Got.NOT_MODIFIED), replace(OLD, validators_at=NOW - 8 * DAY), NOW)
    assert (record.etag, record.last_modified, record.validators_at) == ("", "", None)


def test_a_failed_fetch_keeps_the_validators_of_what_is_stored() -> None:
    record = decide(Failed("Not a feed."), OLD, NOW)
    assert (record.etag, record.last_modified, record.body_hash) == ('"old"', "then", b"old")


@pytest.mark.parametrize("value", ["x" * 1025, "a\nb", "a\x1b[0m", "\ud800", "€"])
def test_validators_too_long_or_too_odd_are_not_kept(value: str) -> None:
    assert validator(value) == ""


def test_the_same_body_counts_as_unchanged() -> None:
    assert decide(good(got=Got.SAME), OLD, NOW).decision.startswith("unchanged (same content)")


def test_the_digest_of_what_was_stored_is_kept() -> None:
    assert decide(good(digest=b"new"), OLD, NOW).body_hash == b"new"
    assert decide(good(got=Got.NOT_MODIFIED), OLD, NOW).body_hash == b"old"


# ---- moving


MOVED = good(url="http://b.example/feed", permanent=True)


def test_a_permanent_redirect_is_noted_and_not_yet_believed() -> None:
    record = decide(MOVED, OLD, NOW)
    assert (record.url, record.moved_to, record.moved_at) == ("", "http://b.example/feed", NOW)


def test_a_permanent_redirect_is_believed_when_it_lasts_a_day() -> None:
    seen = replace(OLD, moved_to="http://b.example/feed", moved_at=NOW - DAY)
    record = decide(MOVED, seen, NOW)
    assert record.url == "http://b.example/feed"
    assert (record.moved_to, record.moved_at) == ("", None)
    assert "moved to a new address" in record.decision


def test_validators_are_dropped_when_the_address_changes() -> None:
    seen = replace(OLD, moved_to="http://b.example/feed", moved_at=NOW - DAY)
    assert decide(replace(MOVED, headers={"etag": '"b"'}), seen, NOW).etag == ""


def test_a_redirect_seen_twice_within_a_day_is_not_believed() -> None:
    seen = replace(OLD, moved_to="http://b.example/feed", moved_at=NOW - 23 * HOUR)
    record = decide(MOVED, seen, NOW)
    assert (record.url, record.moved_at) == ("", NOW - 23 * HOUR)


def test_another_target_starts_the_day_anew() -> None:
    seen = replace(OLD, moved_to="http://c.example/feed", moved_at=NOW - 9 * DAY)
    assert decide(MOVED, seen, NOW).moved_at == NOW


def test_a_temporary_redirect_changes_nothing() -> None:
    seen = replace(OLD, moved_to="http://b.example/feed", moved_at=NOW - 9 * DAY)
    record = decide(replace(MOVED, permanent=False), seen, NOW)
    assert (record.url, record.moved_to) == ("", "")


def test_https_of_the_same_address_is_believed_at_once() -> None:
    assert (
        decide(good(url="https://a.example/feed", permanent=True), DUE, NOW).url == "https://a.example/feed"
    )


def test_going_back_from_https_to_http_is_not_believed_at_once() -> None:
    due = replace(DUE, url="https://a.example/feed")
    assert decide(good(url="http://a.example/feed", permanent=True), due, NOW).url == ""


def test_a_password_moves_with_its_source_on_the_same_host_only() -> None:
    due = replace(DUE, url="http://me:pw@a.example/feed", moved_at=NOW - 2 * DAY)
    stays = replace(due, moved_to="http://me:pw@a.example/new")
    assert decide(good(url="http://a.example/new", permanent=True), stays, NOW).url == stays.moved_to
    leaves = replace(due, moved_to="http://b.example/feed")
    assert decide(MOVED, leaves, NOW).url == ""


@pytest.mark.parametrize(
    "path", ["login?next=/feed", "consent/", "Landing", "signin", "sign-in/x", "captive"]
)
def test_a_login_or_landing_page_is_no_new_address(path: str) -> None:
    record = decide(replace(MOVED, url=f"http://b.example/{path}"), OLD, NOW)
    assert (record.url, record.moved_to) == ("", "")


# ---- failures


def test_failures_are_waited_out_twice_as_long_each_time_up_to_a_day() -> None:
    waits = [
        wait(Failed("No.", 500), replace(DUE, failures=count)) / HOUR for count in (0, 1, 2, 3, 4, 5, 60)
    ]
    assert waits == [1, 2, 4, 8, 16, 24, 24]


def test_a_failure_is_counted_and_said() -> None:
    record = decide(Failed("No answer.", 500), replace(DUE, failures=1), NOW)
    assert (record.failures, record.error, record.health) == (2, "No answer.", Health.FAILING)
    assert record.decision == "failed 2 times; next in 2 h"
    assert record.last_success == DUE.last_success


def test_a_success_forgets_the_failures() -> None:
    failing = replace(OLD, failures=7, error="No answer.", health=Health.FAILING, gone_at=NOW - DAY)
    record = decide(good(), failing, NOW)
    assert (record.failures, record.error, record.health, record.gone_at) == (0, "", Health.OK, None)


def test_a_source_missing_for_two_weeks_is_worth_looking_for() -> None:
    assert "new address" not in decide(Failed("Nothing there.", 404), DUE, NOW).error
    lost = replace(DUE, last_success=NOW - 14 * DAY)
    assert "new address" in decide(Failed("Nothing there.", 404), lost, NOW).error


def test_gone_is_believed_when_it_was_said_twice_an_hour_apart() -> None:
    first = decide(Failed("Gone.", 410), DUE, NOW)
    assert (first.health, first.gone_at) == (Health.FAILING, NOW)
    assert first.next_fetch - NOW >= HOUR
    soon = decide(Failed("Gone.", 410), replace(DUE, gone_at=NOW - HOUR / 2), NOW)
    assert soon.health is Health.FAILING
    again = decide(Failed("Gone.", 410), replace(DUE, gone_at=NOW - HOUR), NOW)
    assert again.health is Health.GONE
    assert "articles stay" in again.error


def test_a_server_that_asks_for_time_gets_it() -> None:
    record = decide(Failed("Busy.", 503, retry_after=5 * HOUR), DUE, NOW, jitter=-1)
    assert record.next_fetch == NOW + 5 * HOUR
    assert record.held_until == NOW + 5 * HOUR


def test_429_without_a_time_is_waited_out_from_ten_minutes_on() -> None:
    waits = [wait(Failed("Too often.", 429), replace(DUE, failures=count)) for count in (0, 1, 2)]
    assert waits == [timedelta(minutes=minutes) for minutes in (10, 20, 40)]


def test_a_source_that_was_not_asked_has_nothing_counted_against_it() -> None:
    record = decide(Failed("Held.", retry_after=2 * HOUR, held=True), OLD, NOW)
    assert (record.failures, record.error, record.health) == (0, "", OLD.health)
    assert record.next_fetch == record.held_until == NOW + 2 * HOUR
    assert record.last_fetch == OLD.last_fetch


# ---- Retry-After


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("120", timedelta(seconds=120)),
        (" 7200 ", 2 * HOUR),
        ("0", timedelta(minutes=1)),
        ("1", timedelta(minutes=1)),
        ("9" * 30, CEILING),
        ("Tue, 24 Nov 2026 13:00:00 GMT", HOUR),
        ("Tue, 24 Nov 2026 11:00:00 GMT", None),
        ("-5", None),
        ("soon", None),
        ("1e400", None),
        ("٣", None),
        ("", None),
    ],
)
def test_retry_after_is_read_in_seconds_or_as_a_date(value: str, expected: timedelta | None) -> None:
    assert retry_after({"retry-after": value}, NOW) == expected


def test_a_date_of_retry_after_is_relative_to_the_servers_own_clock() -> None:
    headers = {"retry-after": "Mon, 01 Jan 2024 01:00:00 GMT", "date": "Mon, 01 Jan 2024 00:00:00 GMT"}
    assert retry_after(headers, NOW) == HOUR


@given(st.text(max_size=120))
@settings(max_examples=200)
def test_no_header_value_brings_a_decision_down(value: str) -> None:
    headers = {"retry-after": value, "cache-control": value, "expires": value, "date": value, "etag": value}
    assert freshness(headers) >= timedelta(0)
    assert (retry_after(headers, NOW) or FLOOR) <= CEILING
    assert http_date(value) is None or http_date(value).tzinfo is UTC  # type: ignore[union-attr]
    decide(good(headers=headers), DUE, NOW)


OUTCOMES = st.one_of(
    st.builds(
        Answered,
        got=st.sampled_from(Got),
        new=st.integers(0, 3),
        permanent=st.booleans(),
        url=st.sampled_from(["http://a.example/feed", "https://a.example/feed", "http://b.example/", ""]),
        ttl=st.none() | st.timedeltas(timedelta(0), timedelta(days=9999)),
        skip_hours=st.frozensets(st.integers(0, 23)),
        skip_days=st.frozensets(st.integers(0, 6)),
    ),
    st.builds(
        Failed,
        st.just("No."),
        status=st.sampled_from([0, 401, 404, 410, 429, 503]),
        retry_after=st.none() | st.timedeltas(timedelta(minutes=1), CEILING),
        held=st.booleans(),
    ),
)


@given(st.lists(OUTCOMES, min_size=1, max_size=12), st.floats(-1, 1))
@settings(max_examples=150)
def test_whatever_happens_a_source_is_asked_neither_too_soon_nor_never(
    outcomes: list[FetchOutcome], jitter: float
) -> None:
    due, now = DUE, NOW
    for outcome in outcomes:
        record = decide(outcome, due, now, jitter)
        assert record.next_fetch - now >= min(FLOOR * 0.95, timedelta(minutes=1))
        if record.health is not Health.GONE:
            assert record.next_fetch - now <= CEILING * 1.05 + 8 * DAY
        due, now = _after(due, record), record.next_fetch


def _after(due: FeedDue, record: FetchRecord) -> FeedDue:
    return replace(
        due,
        url=record.url or due.url,
        etag=record.etag,
        failures=record.failures,
        health=record.health,
        last_fetch=record.last_fetch,
        last_success=record.last_success,
        last_new=record.last_new,
        validators_at=record.validators_at,
        moved_to=record.moved_to,
        moved_at=record.moved_at,
        gone_at=record.gone_at,
    )


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (0, "0 s"),
        (45, "45 s"),
        (60, "1 min"),
        (3599, "1 h"),
        (3600, "1 h"),
        (5400, "1 h 30 min"),
        (200_000, "2 d"),
    ],
)
def test_a_wait_is_said_in_words(seconds: int, expected: str) -> None:
    assert words(timedelta(seconds=seconds)) == expected
