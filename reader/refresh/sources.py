"""The first stage of a refresh: one task for each source that is due.

    ask ─▶ failed                    ─▶ record when to try again
        ─▶ 304, or the same bytes    ─▶ record that all is well
        ─▶ a document ─▶ a worker reads it and cleans what is new ─▶ store, record

Sources that failed last time are asked last, so that dead hosts never hold up the living.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from ..errors import BroadsheetError, NotAFeed
from ..fetch import Failure, FailureKind, Request, Response
from ..fetch.values import UNREACHED
from ..model import FeedDone, FeedDue, SourceKind
from ..prepare import PreparedFeed, prepare_feed
from ..records import dataclass, field, replace
from ..schedule import Answered, Failed, FetchOutcome, Got
from ..store import intake
from ..store.outcomes import Fetched, store_fetched
from .toolbox import Toolbox, host_of, may_be_private, unreadable
from .weather import Weather
from .writing import Writer


@dataclass(slots=True)
class Sources:
    """Asks every source in ``due`` and tells of each when it is done."""

    tools: Toolbox
    writer: Writer
    due: Sequence[FeedDue]
    tell: Callable[[FeedDone], None]
    offline: bool = False
    """Nothing was counted against the sources that could not be reached: it is us."""
    done: int = 0
    few_left: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when so few sources are left that their requests leave slots free."""
    fresh: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when entries were stored, and at the end."""
    finished: bool = False
    _weather: Weather = field(default_factory=Weather)

    FEW = 12

    async def run(self) -> None:
        """Ask them all; ends when the last one is recorded."""
        try:
            await self._ask_all()
        finally:
            self.finished = True
            self.fresh.set()

    async def _ask_all(self) -> None:
        self._note_left()
        async with asyncio.TaskGroup() as group:
            for due in sorted(self.due, key=lambda due: due.failed_last_time):
                group.create_task(self._ask(due))
        await self._settle_unreached()

    def _note_left(self) -> None:
        if len(self.due) - self.done - len(self._weather.unreached) <= self.FEW:
            self.few_left.set()

    async def _ask(self, due: FeedDue) -> None:
        request = Request(
            due.url,
            kind="page" if due.kind is SourceKind.PAGE else "feed",
            etag=due.etag,
            last_modified=due.last_modified,
            private_ok=due.private_host,
            retry=not due.failed_last_time,
        )
        answer = await self.tools.fetcher.fetch(request, self.tools.backlog.room)
        if isinstance(answer, Response):
            async with self.tools.backlog.holding(len(answer.body)):
                self._weather.heard(due.url)
                await self._take(due, answer)
        elif answer.kind in UNREACHED:
            self._weather.missed(due, answer)
        else:
            if answer.kind is not FailureKind.HELD:
                self._weather.heard(due.url)
            await self._record(due, _failed(answer))
        self._note_left()

    async def _take(self, due: FeedDue, response: Response) -> None:
        """Record an answer; read and store its document unless the library has exactly that."""
        outcome = Answered(
            got=Got.NOT_MODIFIED if response.not_modified else Got.SAME,
            headers=response.headers,
            url=response.url,
            permanent=response.permanent,
            digest=response.digest,
        )
        if response.not_modified or (due.body_hash and response.digest == due.body_hash):
            await self._record(due, outcome)
            return
        try:
            prepared = await self._prepare(due, response)
        except NotAFeed:
            host = host_of(response.url)
            moved = f" (after a redirect to {host})" if host != host_of(due.url) else ""
            sentence = (
                f"{host_of(due.url)} sent a web page instead of a feed{moved}; what was there before stays."
            )
            await self._record(due, Failed(sentence))
        except BroadsheetError as error:
            await self._record(due, Failed(unreadable(f"What {host_of(due.url)} sent", error)))
        else:
            feed = prepared.feed
            outcome = replace(outcome, ttl=feed.ttl, skip_hours=feed.skip_hours, skip_days=feed.skip_days)
            await self._record(due, outcome, prepared)

    async def _prepare(self, due: FeedDue, response: Response) -> PreparedFeed:
        seen: frozenset[bytes] = frozenset()
        if due.last_success is not None:
            seen = await self.tools.db.read(intake.seen, due.feed_id)
        prepared = await self._read(due, response, seen)
        if prepared.children and not prepared.feed.entries:
            return await self._read_children(due, prepared, seen)
        return prepared

    async def _read(self, due: FeedDue, response: Response, seen: frozenset[bytes]) -> PreparedFeed:
        return await self.tools.pool.run(
            prepare_feed, response.body, response.url, response.content_type, due.kind, due.rule, seen
        )

    async def _read_children(self, due: FeedDue, index: PreparedFeed, seen: frozenset[bytes]) -> PreparedFeed:
        """Return an index of sitemaps with what the maps in it list."""
        entries, texts = index.feed.entries, index.texts
        for url in index.children:
            private_ok = due.private_host and may_be_private(due.url, url)
            answer = await self.tools.fetcher.fetch(
                Request(url, private_ok=private_ok), self.tools.backlog.room
            )
            if isinstance(answer, Response):
                child = await self._read(due, answer, seen)
                entries, texts = entries + child.feed.entries, texts + child.texts
        return PreparedFeed(replace(index.feed, entries=entries), texts)

    async def _record(
        self, due: FeedDue, outcome: FetchOutcome, prepared: PreparedFeed | None = None
    ) -> None:
        """Store what came of asking a source, and tell."""
        fetched = Fetched(due, outcome, self.tools.clock(), self.tools.random.uniform(-1, 1))
        weight = 1
        if prepared is not None:
            fetched = replace(fetched, feed=prepared.feed, texts=prepared.texts)
            weight = 1 + len(prepared.feed.entries)
        stored = await self.writer.write(
            weight, store_fetched, fetched, self.tools.interval, self.tools.on_new
        )
        if isinstance(stored, Exception):
            sentence = f"What {host_of(due.url)} sent could not be stored."
            if prepared is not None:
                await self._record(due, Failed(sentence))
            else:
                self._tell(FeedDone(due.feed_id, due.title, error=sentence))
            return
        if stored.new:
            self.tools.unindexed.add(stored.texts)
            self.fresh.set()
        known = prepared is None and (isinstance(outcome, Answered) or outcome.held)
        error = outcome.sentence if isinstance(outcome, Failed) and not outcome.held else ""
        self._tell(FeedDone(due.feed_id, due.title, stored.new, stored.changed, known, error))

    def _tell(self, event: FeedDone) -> None:
        self.done += 1
        self.tell(replace(event, done=self.done, total=len(self.due)))

    async def _settle_unreached(self) -> None:
        """Record the sources that could not be reached; when this machine is offline, leave them as they were."""
        unreached = self._weather.unreached
        if not unreached:
            return
        self.offline = await self._weather.offline(self.tools.fetcher.reachable)
        if self.offline:
            for due, _ in unreached:
                self._tell(FeedDone(due.feed_id, due.title, unchanged=True))
            return
        async with asyncio.TaskGroup() as group:
            for due, failure in unreached:
                group.create_task(self._record(due, _failed(failure)))


def _failed(failure: Failure) -> Failed:
    return Failed(
        failure.sentence, failure.status, failure.retry_after, held=failure.kind is FailureKind.HELD
    )
