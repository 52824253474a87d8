"""What fetches brought, into the library: the write side of a refresh.

Several outcomes share a transaction, because each commit waits for the disk. Where one of them fails, all are done once
more with a savepoint for each, so that one document the library cannot take costs nobody else's.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TypeAlias, TypeVar

from ..model import EntryId, FeedDue, ParsedFeed
from ..records import dataclass, replace
from ..schedule import Answered, FetchOutcome, Got, decide
from ..texts import Text
from . import feeds, intake

log = logging.getLogger(__name__)

T = TypeVar("T")

OnNew: TypeAlias = Callable[[sqlite3.Connection, tuple[EntryId, ...], datetime], None]
"""Called with entries whose text is new or has changed, inside the transaction that stores it; rules are run here."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What asking one source came to."""

    due: FeedDue
    outcome: FetchOutcome
    at: datetime
    jitter: float = 0.0
    """From -1 to 1."""
    feed: ParsedFeed | None = None
    """The document, when there is one to store."""
    texts: tuple[Text | None, ...] = ()
    """The cleaned texts of its entries; ``None`` for those that are known."""


def store_fetched(
    db: sqlite3.Connection, fetched: Fetched, interval: timedelta, on_new: OnNew | None = None
) -> intake.Stored:
    """Store what a source sent and when it is to be asked again; return what was new and what had changed."""
    stored = intake.Stored()
    outcome = fetched.outcome
    if fetched.feed is not None and isinstance(outcome, Answered):
        stored = intake.store_feed(db, fetched.due.feed_id, fetched.feed, fetched.at, texts=fetched.texts)
        if on_new is not None and (stored.new or stored.changed):
            on_new(db, (*stored.new, *stored.changed), fetched.at)
        outcome = replace(outcome, got=Got.STORED, new=len(stored.new))
    feeds.record(db, decide(outcome, fetched.due, fetched.at, fetched.jitter, interval))
    return stored


def run_all(
    db: sqlite3.Connection, works: Sequence[Callable[[sqlite3.Connection], T]]
) -> list[T | Exception]:
    """Run ``works`` and return their results; raise the first error, after which the transaction is to be taken back.

    What is nearly always right costs a sixth less without savepoints, for which SQLite copies every page it changes.
    """
    return [work(db) for work in works]


def run_each(
    db: sqlite3.Connection, works: Sequence[Callable[[sqlite3.Connection], T]]
) -> list[T | Exception]:
    """Run each of ``works`` for itself and return their results, or what took back a work that could not be done.

    Errors of the machine (a full disk, a damaged file) are raised and take back all.
    """
    results: list[T | Exception] = []
    for work in works:
        db.execute("SAVEPOINT one")
        try:
            results.append(work(db))
        except (sqlite3.OperationalError, MemoryError):
            raise
        except Exception as error:
            log.exception("an outcome could not be stored")
            db.execute("ROLLBACK TO one")
            results.append(error)
        db.execute("RELEASE one")
    return results
