"""The refresher: one object for the process, which brings the library up to date and tells how it goes."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import (
    AsyncGenerator,
    AsyncIterator,
    Awaitable,
    Callable,
    Collection,
    Coroutine,
    Iterator,
)
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final

from ..errors import BroadsheetError
from ..fetch import Fetcher
from ..model import EntryId, FeedDone, FeedDue, FeedId, PageDone, RefreshDone, RefreshEvent, RefreshStarted
from ..pool import Pool
from ..schedule import INTERVAL
from ..store import feeds
from ..store.database import Database
from ..store.drain import drain_index
from ..store.outcomes import OnNew
from .claim import claimed
from .pages import Pages
from .recleaning import recleaned, recleaned_page
from .sources import Sources
from .toolbox import Toolbox
from .writing import Writer

INDEX_BATCH: Final = 500
"""Entries indexed in one transaction: about a tenth of a second."""
INDEX_SECONDS: Final = 5.0
"""Between two rounds of indexing while a refresh goes on; few large rounds cost less than many small ones."""


class Refresher:
    """Asks the sources that are due and brings in the pages behind their entries.

    One refresh at a time per library among all processes; within this one, several may run side by side, and no
    source is asked by two of them.
    """

    def __init__(
        self,
        db: Database,
        fetcher: Fetcher,
        pool: Pool,
        *,
        interval: timedelta = INTERVAL,
        on_new: OnNew | None = None,
        site_rule: Callable[[str], str] = lambda _: "",
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        random: Random | None = None,
    ) -> None:
        """Prepare; ``interval`` is the setting for sources without one of their own.

        ``on_new`` runs in the transaction that stores new entries, with their ids (rules). ``site_rule``
        returns a person's rule for the site of an address, as TOML. ``clock`` and ``random`` are there for tests.
        """
        random = random or Random()  # noqa: S311
        self._tools = Toolbox(db, fetcher, pool, interval, clock, random, on_new, site_rule)
        self._writer = Writer(db)
        self._pages = Pages(self._tools, self._writer)
        self._asked: set[FeedId] = set()
        self._runs: set[_Run] = set()
        self._claim = ExitStack()
        self._background: set[asyncio.Task[None]] = set()

    async def refresh(
        self, ids: Collection[FeedId] | None = None, force: bool = False, pages: bool = True
    ) -> AsyncIterator[RefreshEvent]:
        """Ask the sources that are due (of ``ids``, when given) and yield what happens; closing it cancels.

        ``force`` asks even what is not due yet, but never a host that wants to be left alone. Raises
        ``AlreadyRefreshing`` when another process is at it, and ``StoreError`` when the library cannot be written.
        """
        events: asyncio.Queue[RefreshEvent | None] = asyncio.Queue()
        run = _Run(ids, force, pages, events.put_nowait)
        work = asyncio.create_task(self._run(run))
        work.add_done_callback(lambda _: events.put_nowait(None))
        try:
            while (event := await events.get()) is not None:
                yield event
            await work
        finally:
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)

    def stop(self) -> None:
        """End what is running; each refresh still yields its ``RefreshDone``, marked as cancelled."""
        for run in self._runs:
            run.stop()

    @property
    def asking(self) -> tuple[str, ...]:
        """The hosts whose answers are being waited for, the longest ago first."""
        return self._tools.fetcher.asking

    def want_page(self, entry_id: EntryId) -> None:
        """Fetch the page behind an entry in the background, before all others."""
        self._in_background(self._grant(entry_id))

    def _in_background(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.create_task(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    async def _grant(self, entry_id: EntryId) -> None:
        with suppress(BroadsheetError):  # nobody waits for it: what failed is stored with the entry
            event = await self.fetch_page(entry_id)
            for run in self._runs:
                run.tell(event)

    async def fetch_page(self, entry_id: EntryId) -> PageDone:
        """Fetch and clean the page behind an entry now, store and index it; raise ``UsageError`` if it has none.

        While a refresh goes on, the index follows in its next round: a person who waits to read does not wait for that.
        """
        event = await self._pages.fetch_now(entry_id)
        if not self._runs:
            await self._index()
        return event

    async def reclean(self, limit: int | None = None) -> AsyncGenerator[PageDone, None]:
        """Clean kept pages that an older cleaner cleaned, up to ``limit`` of them, newest first; nothing is fetched.

        What was yielded is stored: whoever stops goes on from there the next time.
        """
        try:
            async for event in recleaned(self._tools, limit):
                yield event
            if not self._runs:
                await self._index()
        except (asyncio.CancelledError, GeneratorExit):
            self._in_background(self._index())
            raise

    async def reclean_page(self, entry_id: EntryId) -> PageDone:
        """Clean the kept page of one entry anew; where none is kept, fetch it."""
        event = await recleaned_page(self._tools, entry_id)
        if event is None:
            return await self.fetch_page(entry_id)
        if not self._runs:
            await self._index()
        return event

    async def aclose(self) -> None:
        """Stop what is going on in the background."""
        self.stop()
        for task in tuple(self._background):
            task.cancel()
        await asyncio.gather(*self._background, return_exceptions=True)

    # ------------------------------------------------------------------------------------ one refresh

    async def _run(self, run: _Run) -> None:
        """Do one refresh from its first event to its last."""
        with self._joined(run):
            due = await self._due(run)
            run.tell(RefreshStarted(len(due)))
            run.work = asyncio.create_task(self._stages(run, due))
            try:
                if run.stopped:
                    run.work.cancel()
                await run.work
            except asyncio.CancelledError:
                if not run.stopped:
                    raise
            except BaseExceptionGroup as group:
                raise _plain(group) from group
            finally:
                self._asked -= {feed.feed_id for feed in due}
            run.tell(run.summary())
        if run.stopped:
            self._in_background(self._index())

    @contextmanager
    def _joined(self, run: _Run) -> Iterator[None]:
        """Count a refresh among those that run; the claim is held from the first to the last of them."""
        if not self._runs:
            path = self._tools.db.path
            self._claim.enter_context(claimed(path.with_name(path.name + ".refreshing")))
        self._runs.add(run)
        try:
            yield
        finally:
            self._runs.discard(run)
            if not self._runs:
                self._claim.close()

    async def _due(self, run: _Run) -> tuple[FeedDue, ...]:
        """Return the sources to ask, less those that another refresh of this process is asking."""
        found = await self._tools.db.read(feeds.due, self._tools.clock(), ids=run.ids, force=run.force)
        due = tuple(feed for feed in found if feed.feed_id not in self._asked)
        self._asked |= {feed.feed_id for feed in due}
        return due

    async def _stages(self, run: _Run, due: tuple[FeedDue, ...]) -> None:
        """Ask the sources; begin with the pages when most are done; leave the index up to date."""
        stage = Sources(self._tools, self._writer, due, run.tell)

        async with asyncio.TaskGroup() as group:
            indexing = group.create_task(self._keep_indexing())
            asking = group.create_task(stage.run())
            if run.pages:
                await stage.few_left.wait()
                await self._pages.run(run.ids, run.tell, _until_finished(stage))
            await asking
            indexing.cancel()
        run.offline = stage.offline
        await self._index()

    async def _keep_indexing(self) -> None:
        while True:
            # Not wait_for: in Python 3.11 it can swallow a cancellation that meets the event.
            with suppress(TimeoutError):
                async with asyncio.timeout(INDEX_SECONDS):
                    await self._tools.unindexed.many.wait()
            await self._index()

    async def _index(self) -> None:
        """Drain the queue of entries to be indexed."""
        unindexed = self._tools.unindexed
        while await self._tools.db.write(drain_index, INDEX_BATCH, unindexed.texts):  # noqa: ASYNC110 - batches
            await asyncio.sleep(0)
        unindexed.drained()


def _until_finished(stage: Sources) -> Callable[[], Awaitable[bool]]:
    """Return what tells the pages to look again: when a source brought something, and once after the last one."""
    over = False

    async def more() -> bool:
        nonlocal over
        if over:
            return False
        await stage.fresh.wait()
        stage.fresh.clear()
        over = stage.finished
        return True

    return more


@dataclass(eq=False, slots=True)
class _Run:
    """One refresh: what was asked of it, and the tally that its last event reports."""

    ids: Collection[FeedId] | None
    force: bool
    pages: bool
    put: Callable[[RefreshEvent], None]
    work: asyncio.Task[None] | None = None
    stopped: bool = False
    offline: bool = False
    tally: Counter[str] = field(default_factory=Counter)
    errors: list[tuple[str, str]] = field(default_factory=list)

    def tell(self, event: RefreshEvent) -> None:
        """Hand on an event, and count it."""
        match event:
            case FeedDone():
                self.tally["feeds"] += 1
                self.tally["new"] += len(event.new)
                self.tally["changed"] += len(event.changed)
                self.tally["unchanged"] += event.unchanged
                if event.error:
                    self.tally["failed"] += 1
                    self.errors.append((event.title, event.error))
            case PageDone():
                self.tally["pages"] += 1
                self.tally["pages_failed"] += bool(event.error)
        self.put(event)

    def summary(self) -> RefreshDone:
        """Return the last event."""
        return RefreshDone(
            **self.tally, cancelled=self.stopped, offline=self.offline, errors=tuple(self.errors)
        )

    def stop(self) -> None:
        """Cancel the stages, now or as soon as they begin; the summary follows."""
        if self.work is None or not self.work.done():
            self.stopped = True
        if self.work is not None:
            self.work.cancel()


def _plain(group: BaseExceptionGroup[BaseException]) -> BaseException:
    """Return the one error that a group is about: what the library said, if it did, else the first bug."""
    flat = list(_flattened(group))
    return next((error for error in flat if isinstance(error, BroadsheetError)), flat[0])


def _flattened(group: BaseExceptionGroup[BaseException]) -> Iterator[BaseException]:
    for error in group.exceptions:
        if isinstance(error, BaseExceptionGroup):
            yield from _flattened(error)
        else:
            yield error
