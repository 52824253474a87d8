"""When a source is asked again, and what its last answer means: pure decisions, in words a person can read.

The rules are those of a good guest (RFC 9111 freshness, RFC 9110 Retry-After, RSS ``ttl`` and ``skipHours``, and what
owners of feeds ask for in public): never more often than asked, never again at once after a failure, an address
changes only when the server said so twice. Everything decided here is stored, so that a restart resets nothing.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, TypeAlias
from urllib.parse import urlsplit, urlunsplit

from .freshness import LONGEST, freshness, past_skipped
from .model import FeedDue, FeedId, Health
from .records import dataclass, field, replace

INTERVAL: Final = timedelta(minutes=60)
FLOOR: Final = timedelta(minutes=10)
"""No source is asked more often by itself, whatever a person sets."""
CEILING: Final = LONGEST
JITTER: Final = 0.05
"""Share of the interval by which sources drift apart, so that they are not all due at once."""
QUIET_AFTER: Final = timedelta(days=30)
QUIET_INTERVAL: Final = timedelta(hours=6)
SILENT_AFTER: Final = timedelta(days=180)
VALIDATORS_LIVE: Final = timedelta(days=8)
"""Some servers answer 304 for ever; once in this time the question is asked without condition."""
VALIDATOR_BYTES: Final = 1024
CONFIRM_MOVE: Final = timedelta(days=1)
CONFIRM_GONE: Final = timedelta(hours=1)
MISSING_AFTER: Final = timedelta(days=14)
BUSY_WAIT: Final = timedelta(minutes=10)
"""The first wait after a 429 that does not say how long."""
_NO_HOME: Final = re.compile(r"log-?in|sign-?in|landing|consent|captcha|captive|portal", re.IGNORECASE)
"""Words in an address that a permanent redirect of a feed has no business to lead to."""


class Got(StrEnum):
    """What a good answer held."""

    STORED = "stored"
    SAME = "same"
    """200, with the very bytes stored last time."""
    NOT_MODIFIED = "not modified"


@dataclass(frozen=True, slots=True)
class Answered:
    """The source answered, and what it sent was stored or was known already."""

    got: Got
    headers: Mapping[str, str] = field(default_factory=dict)
    """Names in lower case."""
    url: str = ""
    """Where the answer came from."""
    permanent: bool = False
    """There were redirects, and all of them permanent."""
    digest: bytes = b""
    new: int = 0
    """Entries that were new."""
    ttl: timedelta | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Failed:
    """The source did not answer, or not with a feed."""

    sentence: str
    status: int = 0
    """HTTP status, when there was one."""
    retry_after: timedelta | None = None
    held: bool = False
    """It was not asked: its host wants to be left alone for ``retry_after``."""


FetchOutcome: TypeAlias = Answered | Failed


@dataclass(frozen=True, slots=True)
class FetchRecord:
    """What the library is to remember of a source after a fetch: the new value of every column, none left out."""

    feed_id: FeedId
    at: datetime
    next_fetch: datetime
    health: Health
    failures: int
    error: str
    decision: str
    """In words: "unchanged (304); next in 1 h (max-age)"."""
    etag: str
    last_modified: str
    validators_at: datetime | None
    body_hash: bytes
    last_fetch: datetime | None
    last_success: datetime | None
    last_new: datetime | None
    moved_to: str
    moved_at: datetime | None
    gone_at: datetime | None
    held_until: datetime | None
    """The host asked to be left alone until then; not even a person's own refresh asks before."""
    url: str = ""
    """The source's new address, the old one to be kept as an alias; empty when it stays where it is."""


def decide(
    outcome: FetchOutcome, due: FeedDue, now: datetime, jitter: float = 0.0, interval: timedelta = INTERVAL
) -> FetchRecord:
    """Return what to remember of a fetch; ``jitter`` is a random number from -1 to 1, ``interval`` the setting."""
    if isinstance(outcome, Answered):
        return _answered(outcome, due, now, jitter, interval)
    return _failed(outcome, due, now, jitter, interval)


# ------------------------------------------------------------------------------------------- good answers


def _answered(
    outcome: Answered, due: FeedDue, now: datetime, jitter: float, interval: timedelta
) -> FetchRecord:
    last_new = now if outcome.new else due.last_new
    wait, reason = _wait(outcome, due, now, last_new, interval)
    next_fetch = past_skipped(now + wait * (1 + JITTER * jitter), outcome.skip_hours, outcome.skip_days)
    etag, last_modified, validators_at = _validators(outcome, due, now)
    record = FetchRecord(
        feed_id=due.feed_id,
        at=now,
        next_fetch=next_fetch,
        health=Health.OK,
        failures=0,
        error="",
        decision=f"{_what(outcome)}; next in {words(next_fetch - now)}{reason}",
        etag=etag,
        last_modified=last_modified,
        validators_at=validators_at,
        body_hash=outcome.digest or due.body_hash,
        last_fetch=now,
        last_success=now,
        last_new=last_new,
        moved_to="",
        moved_at=None,
        gone_at=None,
        held_until=None,
    )
    return _moved(record, outcome, due, now)


def _what(outcome: Answered) -> str:
    if outcome.got is Got.NOT_MODIFIED:
        return "unchanged (304)"
    if outcome.got is Got.SAME:
        return "unchanged (same content)"
    return f"{outcome.new} new" if outcome.new else "nothing new"


def _wait(
    outcome: Answered, due: FeedDue, now: datetime, last_new: datetime | None, interval: timedelta
) -> tuple[timedelta, str]:
    """Return how long to wait after a good answer, and why in parentheses."""
    if due.interval is not None:
        own, reason = max(due.interval, FLOOR), " (as you set it)"
    else:
        own, reason = max(_adapted(interval, now, last_new or due.added), FLOOR), ""
        if own > interval:
            reason = " (seldom anything new)"
    asked = {"max-age": freshness(outcome.headers), "ttl": outcome.ttl or timedelta(0)}
    name, longest = max(asked.items(), key=lambda item: item[1])
    if min(longest, CEILING) > own:
        return min(longest, CEILING), f" ({name})"
    return own, reason


def _adapted(interval: timedelta, now: datetime, since: datetime | None) -> timedelta:
    """Return the interval of a source that had nothing new since then."""
    if since is None or now - since < QUIET_AFTER:
        return interval
    return max(interval, CEILING if now - since >= SILENT_AFTER else QUIET_INTERVAL)


def _validators(outcome: Answered, due: FeedDue, now: datetime) -> tuple[str, str, datetime | None]:
    """Return ETag, Last-Modified and since when they are held; a 304 refreshes those that it carries."""
    etag = validator(outcome.headers.get("etag", ""))
    last_modified = validator(outcome.headers.get("last-modified", ""))
    since: datetime | None = now
    if outcome.got is Got.NOT_MODIFIED:
        etag, last_modified = etag or due.etag, last_modified or due.last_modified
        since = due.validators_at or now
    if since is not None and now - since >= VALIDATORS_LIVE:
        return "", "", None
    return etag, last_modified, since if etag or last_modified else None


def validator(value: str) -> str:
    """Return a validator exactly as received, or nothing when it is too long or too odd to be sent back."""
    if len(value) > VALIDATOR_BYTES or not value.isprintable():
        return ""
    try:
        value.encode("latin-1")
    except UnicodeEncodeError:
        return ""
    return value


def _moved(record: FetchRecord, outcome: Answered, due: FeedDue, now: datetime) -> FetchRecord:
    """Return ``record`` with what a permanent redirect means: noted at first, believed when it lasts a day.

    The step from http to https on the same host is believed at once.
    """
    target = _with_credentials(outcome.url, due.url)
    if not outcome.permanent or not target or target == due.url or _no_home(target):
        return record
    first_seen = due.moved_at if due.moved_to == target and due.moved_at else now
    if now - first_seen < CONFIRM_MOVE and not _https_upgrade(due.url, target):
        return replace(record, moved_to=target, moved_at=first_seen)
    return replace(
        record,
        url=target,
        # Validators belong to an address (RFC 9110 section 8.8); the new one is asked without condition once.
        etag="",
        last_modified="",
        validators_at=None,
        decision=f"moved to a new address; {record.decision}",
    )


def _with_credentials(url: str, typed: str) -> str:
    """Return an address with the user and password of the typed one; empty when it is at another host.

    Where a source needs a password, only a person may send it somewhere else.
    """
    old, new = urlsplit(typed), urlsplit(url)
    if not url or "@" not in old.netloc:
        return url
    if old.hostname != new.hostname:
        return ""
    user = old.netloc.rpartition("@")[0]
    return urlunsplit(new._replace(netloc=f"{user}@{new.netloc}"))


def _no_home(url: str) -> bool:
    parts = urlsplit(url)
    return bool(_NO_HOME.search(f"{parts.hostname}{parts.path}"))


def _https_upgrade(old: str, new: str) -> bool:
    first, second = urlsplit(old), urlsplit(new)
    same = (first.hostname, first.path or "/", first.query) == (
        second.hostname,
        second.path or "/",
        second.query,
    )
    return same and (first.scheme, second.scheme) == ("http", "https")


# ----------------------------------------------------------------------------------------------- failures


def _failed(outcome: Failed, due: FeedDue, now: datetime, jitter: float, interval: timedelta) -> FetchRecord:
    if outcome.held:
        return _held(outcome, due, now)
    failures = due.failures + 1
    wait = _back_off(outcome, due, failures, interval) * (1 + JITTER * jitter)
    health, gone_at, why = Health.FAILING, None, f"failed {failures} times" if failures > 1 else "failed"
    held_until = now + outcome.retry_after if outcome.retry_after else None
    if held_until:
        # Jitter must not take us back before the time the server named.
        wait, why = max(wait, held_until - now), "asked to wait"
    sentence = outcome.sentence
    if outcome.status == 410:
        gone_at = due.gone_at or now
        if now - gone_at >= CONFIRM_GONE:
            return replace(
                _unasked(due, now),
                health=Health.GONE,
                failures=failures,
                error=f"{sentence} It is not asked for again; its articles stay.",
                decision="gone (410, seen twice); not asked again",
                next_fetch=now + CEILING * 365,
                last_fetch=now,
                gone_at=gone_at,
            )
        wait, why = max(wait, CONFIRM_GONE), "gone (410), asked once more to be sure"
    elif outcome.status == 404 and _missing_for(due, now) >= MISSING_AFTER:
        sentence += " It has been missing for two weeks: add the site again to look for its new address."
    return replace(
        _unasked(due, now),
        health=health,
        failures=failures,
        error=sentence,
        decision=f"{why}; next in {words(wait)}",
        next_fetch=now + wait,
        last_fetch=now,
        gone_at=gone_at,
        held_until=held_until,
    )


def _held(outcome: Failed, due: FeedDue, now: datetime) -> FetchRecord:
    """Return the record of a source that was not asked: nothing counts against it."""
    until = now + (outcome.retry_after or BUSY_WAIT)
    return replace(
        _unasked(due, now),
        decision=f"not asked: its host wants to be left alone; next in {words(until - now)}",
        next_fetch=until,
        held_until=until,
    )


def _unasked(due: FeedDue, now: datetime) -> FetchRecord:
    """Return the record that keeps everything as it stands."""
    return FetchRecord(
        feed_id=due.feed_id,
        at=now,
        next_fetch=now,
        health=due.health,
        failures=due.failures,
        error=due.error,
        decision="",
        etag=due.etag,
        last_modified=due.last_modified,
        validators_at=due.validators_at,
        body_hash=due.body_hash,
        last_fetch=due.last_fetch,
        last_success=due.last_success,
        last_new=due.last_new,
        moved_to=due.moved_to,
        moved_at=due.moved_at,
        gone_at=due.gone_at,
        held_until=None,
    )


def _back_off(outcome: Failed, due: FeedDue, failures: int, interval: timedelta) -> timedelta:
    """Return the wait after a failure: twice as long each time, up to a day."""
    base = max(due.interval or interval, FLOOR)
    if outcome.status == 429:
        base = BUSY_WAIT
    doubled = base * (1 << min(failures - 1, 10))
    return min(doubled, max(CEILING, base))


def _missing_for(due: FeedDue, now: datetime) -> timedelta:
    since = due.last_success or due.added
    return now - since if since else timedelta(0)


def words(wait: timedelta) -> str:
    """Return a length of time as a person says it: "45 s", "10 min", "1 h", "1 h 30 min", "3 d"."""
    seconds = max(0, math.ceil(wait.total_seconds()))
    if seconds < 60:
        return f"{seconds} s"
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    if hours >= 48:
        return f"{hours // 24} d"
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"
