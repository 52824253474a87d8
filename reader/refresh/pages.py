"""The second stage of a refresh: the pages behind entries, newest first, and articles that have several pages.

A source gets so many pages per refresh and the rest another time; a page a person is about to read goes first. An
article whose page names a next one is read to its end and joined.
"""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict, deque
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from ..cleaning import VERSION
from ..cleaning.decoding import telling_its_encoding
from ..document import Blocks, Heading, plain_text
from ..errors import BroadsheetError, UsageError
from ..fetch import Failure, Request, Response
from ..fetch.addresses import AddressError, target
from ..fetch.hosts import registrable
from ..model import Article, EntryId, Feed, FeedId, PageDone
from ..pool import ROUTINE, URGENT
from ..prepare import prepare_page
from ..records import dataclass, field, replace
from ..store import Connection, articles
from ..store.articles import PageWanted
from ..store.feeds import all_feeds, get_feed
from ..store.outcomes import OnNew
from .toolbox import Toolbox, host_of, may_be_private, unreadable
from .writing import Writer

PER_SOURCE: Final = 20
"""Pages of one source in one refresh."""
PER_REFRESH: Final = 1000
PER_HOST: Final = 2
"""Requests to one host at once; ``fetch.politeness`` allows no more."""
PAGES_JOINED: Final = 10
WEIGHT: Final = 40
"""Of storing an article, in entries: its page is compressed on the way."""


@dataclass(slots=True)
class Pages:
    """Fetches, cleans and stores pages."""

    tools: Toolbox
    writer: Writer
    feeds: dict[FeedId, Feed] = field(default_factory=dict)
    """The sources by id: whether their host may be private."""
    under_way: dict[EntryId, asyncio.Task[PageDone]] = field(default_factory=dict)

    async def run(
        self,
        feed_ids: Iterable[FeedId] | None,
        tell: Callable[[PageDone], None],
        more: Callable[[], Awaitable[bool]],
    ) -> None:
        """Bring in the wanted pages of these sources, within the budgets; ``more`` says whether to look again."""
        ids = None if feed_ids is None else tuple(feed_ids)
        budget = Budget()
        done = total = 0

        async def serve(queue: deque[PageWanted]) -> None:
            nonlocal done
            while queue:
                event = await self.fetch(queue.popleft())
                done += 1
                tell(replace(event, done=done, total=total))

        while True:
            self.feeds.update((feed.id, feed) for feed in await self.tools.db.read(all_feeds))
            found = await self.tools.db.read(articles.wanted, ids, 4 * PER_REFRESH)
            chosen = budget.choose(found)
            total += len(chosen)
            async with asyncio.TaskGroup() as group:
                for queue in _by_host(chosen):
                    for _ in range(min(PER_HOST, len(queue))):
                        group.create_task(serve(queue))
                    await asyncio.sleep(0)  # a thousand hosts begun in one turn would hold up the keys
            if not await more():
                return

    async def fetch_now(self, entry_id: EntryId) -> PageDone:
        """Fetch the page behind one entry, before all others; raise ``UsageError`` when it has none."""
        page = await self.tools.db.read(articles.page_of, entry_id)
        if page is None:
            raise UsageError("There is no page behind this entry.")
        self.feeds[page.feed_id] = await self.tools.db.read(get_feed, page.feed_id)
        return await self.fetch(page, URGENT)

    async def fetch(self, page: PageWanted, urgency: int = ROUTINE) -> PageDone:
        """Fetch, clean and store one page; a page that is under way already is waited for instead."""
        running = self.under_way.get(page.entry_id)
        if running is None:
            running = asyncio.create_task(self._fetch(page, urgency))
            self.under_way[page.entry_id] = running
            running.add_done_callback(lambda _: self.under_way.pop(page.entry_id, None))
            try:
                return await running
            except asyncio.CancelledError:
                running.cancel()
                raise
        return await asyncio.shield(running)

    async def _fetch(self, page: PageWanted, urgency: int) -> PageDone:
        answer = await self._get(page, page.url, urgency)
        if isinstance(answer, Failure):
            return await self._failed(page, answer.sentence)
        if answer.hops and (whom := _shown_only(page.url, answer.url)):
            return await self._failed(
                page, f"{host_of(answer.url)} shows this only {whom}: open it in the browser."
            )
        async with self.tools.backlog.holding(len(answer.body)):
            try:
                article = await self._clean(page, answer, urgency)
            except BroadsheetError as error:
                return await self._failed(page, unreadable("The page", error))
            whole = await self._joined(page, article, urgency)
            # A page kept for cleaning it anew must be all there is of the article.
            kept = telling_its_encoding(answer.body, answer.content_type) if whole is article else None
            stored = await self.writer.write(
                WEIGHT, _save, page.entry_id, whole, self.tools.clock(), kept, self.tools.on_new
            )
        trouble = "The page could not be stored." if isinstance(stored, Exception) else ""
        return PageDone(page.entry_id, page.title, whole.verdict, trouble)

    async def _failed(self, page: PageWanted, sentence: str) -> PageDone:
        await self.writer.write(1, articles.save_page_error, page.entry_id, sentence, self.tools.clock())
        return PageDone(page.entry_id, page.title, error=sentence)

    async def _get(self, page: PageWanted, url: str, urgency: int) -> Response | Failure:
        feed = self.feeds.get(page.feed_id)
        private_ok = feed is not None and feed.private_host and may_be_private(feed.url, url)
        request = Request(url, kind="page", private_ok=private_ok, retry=False, urgent=urgency == URGENT)
        return await self.tools.fetcher.fetch(request, self.tools.backlog.room)

    async def _clean(self, page: PageWanted, response: Response, urgency: int) -> Article:
        return await self.tools.pool.run(
            prepare_page,
            response.body,
            response.url,
            response.content_type,
            page.title,
            self.tools.site_rule(response.url),
            urgency=urgency,
        )

    async def _joined(self, page: PageWanted, first: Article, urgency: int) -> Article:
        """Return the article with its further pages; what fails on the way leaves what there is until then."""
        whole, last = first, first
        seen = {first.url, page.url}
        for _ in range(PAGES_JOINED - 1):
            if not last.next_page or last.next_page in seen or not _same_host(last.next_page, page.url):
                break
            seen.add(last.next_page)
            answer = await self._get(page, last.next_page, urgency)
            if isinstance(answer, Failure):
                break
            try:
                last = await self._clean(page, answer, urgency)
            except BroadsheetError:
                break
            blocks = _further(whole, last.blocks)
            if not blocks:
                break
            whole = replace(
                whole, blocks=whole.blocks + blocks, word_count=whole.word_count + last.word_count
            )
        return whole


@dataclass(slots=True)
class Budget:
    """How many pages one refresh may still fetch, in all and of each source."""

    left: int = PER_REFRESH
    taken: Counter[FeedId] = field(default_factory=Counter)

    def choose(self, found: Iterable[PageWanted]) -> list[PageWanted]:
        """Return the first pages of ``found`` that the budget allows, and charge them to it."""
        chosen = []
        for page in found:
            if self.left and self.taken[page.feed_id] < PER_SOURCE:
                self.taken[page.feed_id] += 1
                self.left -= 1
                chosen.append(page)
        return chosen


def _by_host(pages: Iterable[PageWanted]) -> Iterable[deque[PageWanted]]:
    """Return the pages in queues, one for each host, so that a busy host holds up its own pages only."""
    queues: defaultdict[str, deque[PageWanted]] = defaultdict(deque)
    for page in pages:
        queues[registrable(host_of(page.url))].append(page)
    return queues.values()


def _further(whole: Article, blocks: Blocks) -> Blocks:
    """Return the blocks of a further page that the article does not have yet; its repeated headline is left out."""
    known = set(whole.blocks)
    fresh = tuple(block for block in blocks if block not in known)
    if fresh and isinstance(fresh[0], Heading) and plain_text(fresh[:1]).strip() == whole.title:
        fresh = fresh[1:]
    return fresh


_WALLS: Final = {
    "to those who agree to its terms": "consent cookiewall cookie-wall privacy-gate privacygate myprivacy gdpr",
    "to those who have an account": "login log-in signin sign-in auth sso accounts subscribe register",
    "after a robot check": "captcha challenge are-you-human",
}
"""For whom a page is, by the part of an address to which a redirect led instead of the article."""


def _shown_only(asked: str, got: str) -> str:
    """Return for whom alone a site shows an article, when it redirected to an address that wants something first."""
    before, after = urlsplit(asked), urlsplit(got)
    if before.path == after.path:
        return ""
    parts = {(after.hostname or "").partition(".")[0], *after.path.lower().replace(".", "/").split("/")}
    return next((whom for whom, words in _WALLS.items() if parts & set(words.split())), "")


def _same_host(one: str, other: str) -> bool:
    try:
        return target(one).host == target(other).host
    except AddressError:
        return False


def _save(
    db: Connection,
    entry_id: EntryId,
    article: Article,
    now: datetime,
    page: bytes | None,
    on_new: OnNew | None,
) -> None:
    """Store an article; rules look at the entry again, whose text they had not seen."""
    articles.save_article(db, entry_id, article, now, page, version=VERSION)
    if on_new is not None:
        on_new(db, (entry_id,), now)
