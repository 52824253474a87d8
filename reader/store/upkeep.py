"""What a library needs once a day: a backup of state, old articles let go, the journal trimmed, space given back."""

from __future__ import annotations

from datetime import datetime

from ..config import Config
from . import retention
from .database import Database
from .retention import Limits


def limits_of(config: Config) -> Limits:
    """Return what the settings keep of sources that have no limit of their own."""
    return Limits(config.keep_articles or None, config.keep_days or None, unread=not config.keep_unread)


async def once_a_day(database: Database, now: datetime, limits: Limits = Limits()) -> bool:  # noqa: B008 - frozen
    """Do what is due and return whether that was anything; cheap to ask every minute.

    The backup comes first, so that whatever happens then, yesterday is safe. Raises ``StoreError`` when it cannot be
    written.
    """
    if not database.writable or await database.back_up(now) is None:
        return False
    await database.write(retention.tidy, limits, now)
    return True
