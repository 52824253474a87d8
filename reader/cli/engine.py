"""Fetching, cleaning and refreshing, put together: one client, one set of workers, one refresher for the process."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Final

from .. import allocator, rules
from ..fetch import Fetcher, Manners
from ..fetch.politeness import DEFAULT
from ..pool import Pool
from ..records import dataclass
from ..refresh import Refresher
from ..store.database import Database
from .context import Context

AT_HOME: Final = Manners(per_host=8, spacing_seconds=0.0)
"""For our own site on our own machine: there is nobody to be polite to."""


@dataclass(frozen=True, slots=True)
class Engine:
    """What brings the library up to date."""

    fetcher: Fetcher
    pool: Pool
    refresher: Refresher


@asynccontextmanager
async def engine(
    context: Context, database: Database, manners: Manners | None = None
) -> AsyncIterator[Engine]:
    """Start the engine of a library while the block runs; it must run on the loop it was started on."""
    allocator.give_back()
    interval = timedelta(minutes=context.config.interval_minutes)
    async with Fetcher(manners=manners or DEFAULT) as fetcher, Pool() as pool:
        refresher = Refresher(
            database,
            fetcher,
            pool,
            interval=interval,
            on_new=rules.on_new,
            site_rule=context.site_rules.of,
            clock=context.now,
        )
        try:
            yield Engine(fetcher, pool, refresher)
        finally:
            await refresher.aclose()  # before its workers go: a page cut short is not a page that failed
