"""What both stages of a refresh work with, and what they have in common."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from random import Random
from typing import Final
from urllib.parse import urlsplit

from ..errors import BroadsheetError, WorkerError
from ..fetch import Fetcher
from ..fetch.addresses import AddressError, same_place, target
from ..model import EntryId
from ..pool import Pool
from ..records import dataclass, field
from ..store.database import Database
from ..store.drain import Fresh
from ..store.outcomes import OnNew
from ..texts import Text

BACKLOG_BYTES: Final = 24 * 1024 * 1024
"""Bodies fetched and not yet stored, beyond which no further request starts."""

UNINDEXED_CHARACTERS: Final = 8_000_000
"""Text kept in memory for indexing; the rounds this makes are large enough to be cheap."""


@dataclass(slots=True)
class Backlog:
    """How much was fetched and not yet stored."""

    size: int = 0
    _room: asyncio.Event = field(default_factory=asyncio.Event)

    async def room(self) -> None:
        """Wait until more can be taken."""
        while self.size > BACKLOG_BYTES:
            self._room.clear()
            await self._room.wait()

    @asynccontextmanager
    async def holding(self, size: int) -> AsyncIterator[None]:
        """Count so many bytes as long as they are held."""
        self.size += size
        try:
            yield
        finally:
            self.size -= size
            self._room.set()


@dataclass(slots=True)
class Unindexed:
    """Texts stored and not yet indexed, kept at hand as long as they are few."""

    texts: Fresh = field(default_factory=dict)
    many: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when it is time to index."""
    _size: int = 0

    def add(self, texts: Iterable[tuple[EntryId, Text]]) -> None:
        """Take texts that were just stored."""
        for entry_id, text in texts:
            self.texts[entry_id] = text
            self._size += len(text.plain)
        if self._size > UNINDEXED_CHARACTERS:
            self.many.set()

    def drained(self) -> None:
        """Let go of all of them: the index is up to date."""
        self.texts.clear()
        self.many.clear()
        self._size = 0


@dataclass(slots=True)
class Toolbox:
    """The rooms below, as a refresh uses them."""

    db: Database
    fetcher: Fetcher
    pool: Pool
    interval: timedelta
    clock: Callable[[], datetime]
    random: Random
    on_new: OnNew | None = None
    site_rule: Callable[[str], str] = lambda _: ""
    """Returns a person's rule for the site of an address, as TOML; empty where there is none."""
    backlog: Backlog = field(default_factory=Backlog)
    unindexed: Unindexed = field(default_factory=Unindexed)


def may_be_private(typed: str, url: str) -> bool:
    """Tell whether an address is at the very host and port of one that a person typed."""
    try:
        return same_place(target(typed), target(url))
    except AddressError:
        return False


def host_of(url: str) -> str:
    """Return the host of an address as it is named in a sentence."""
    return urlsplit(url).hostname or url


def unreadable(what: str, error: BroadsheetError) -> str:
    """Return the sentence for a document that no worker could read; ``what`` begins it."""
    if not isinstance(error, WorkerError):
        return str(error)
    reason = str(error)
    return f"{what} could not be read: {reason[:1].lower()}{reason[1:]}"
