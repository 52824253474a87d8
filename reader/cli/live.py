"""What the open app is handed: an engine that starts when it is first needed, and ways in and out for subscriptions.

Importing the HTTP client takes longer than painting the first screen, so neither it nor a worker is there before
somebody refreshes or adds something.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import sys
from collections.abc import AsyncGenerator, AsyncIterator, Collection
from contextlib import AsyncExitStack, aclosing
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, cast

from ..errors import BroadsheetError
from ..model import Article, EntryId, FeedId, Health, PageDone, RefreshDone, RefreshEvent
from ..store import attributes, feeds, folders
from ..store.database import Database
from ..ui.ports import Offer, Offers, Taken
from . import log
from .context import Context
from .progress import count
from .sources import KIND_WORDS

if TYPE_CHECKING:
    from ..feeds.outline import Outline
    from ..subscribe import Choice, Preview
    from .engine import Engine

_log = logging.getLogger(__name__)

_ARTICLE = "article"
_LIST = "list"
"""The keys of the offers to keep the page itself and to import the list that it is; other keys are numbers."""


def _load_engine() -> None:
    """Import what fetches, a quarter of a second's work that the keys need not wait for.

    What was loaded stays: the collector need not look at it in each of its full rounds, of 150 ms otherwise.
    """
    name = f"{__package__}.engine"
    if name not in sys.modules:
        import_module(name)
        gc.freeze()


@dataclass
class Live:
    """The engine of an open app; an asynchronous context manager. It is a ``RefreshPort``."""

    context: Context
    database: Database
    _stack: AsyncExitStack = field(default_factory=AsyncExitStack)
    _starting: asyncio.Lock = field(default_factory=asyncio.Lock)
    _engine: Engine | None = None
    _wanted: list[EntryId] = field(default_factory=list)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.aclose()

    async def engine(self) -> Engine:
        """Return the engine, started now if it was not."""
        async with self._starting:
            if self._engine is None:
                await asyncio.to_thread(_load_engine)
                from .engine import engine

                self._engine = await self._stack.enter_async_context(engine(self.context, self.database))
                for entry_id in self._wanted:
                    self._engine.refresher.want_page(entry_id)
            return self._engine

    async def refresh(
        self, ids: Collection[FeedId] | None = None, force: bool = False, pages: bool = True
    ) -> AsyncIterator[RefreshEvent]:
        """Refresh the library; closing the iterator cancels."""
        parts = await self.engine()
        pages = pages and self.context.config.fetch_pages
        running = parts.refresher.refresh(ids, force=force, pages=pages)
        async with aclosing(cast("AsyncGenerator[RefreshEvent, None]", running)) as events:
            async for event in events:
                log.tell(event)
                await asyncio.sleep(
                    0
                )  # a thousand pages of dead hosts fail in one turn, and each is written down
                yield event
                if isinstance(event, RefreshDone):
                    await self._run_errands(event)

    async def _run_errands(self, done: RefreshDone) -> None:
        from .errands import after_refresh

        for wrong in await after_refresh(self.database, self.context.config, done):
            _log.warning("%s", wrong)

    @property
    def asking(self) -> tuple[str, ...]:
        """The hosts whose answers are being waited for, the longest ago first."""
        return () if self._engine is None else self._engine.refresher.asking

    def want_page(self, entry_id: EntryId) -> None:
        """Put the page behind an entry in front of the queue."""
        if self._engine is None:
            self._wanted.append(entry_id)
        else:
            self._engine.refresher.want_page(entry_id)

    async def fetch_page(self, entry_id: EntryId) -> PageDone:
        """Fetch and clean the page behind an entry now."""
        parts = await self.engine()
        return await parts.refresher.fetch_page(entry_id)


@dataclass
class Subscriptions:
    """Ways in and out for subscriptions; a ``SubscribePort``."""

    live: Live
    _found: Preview | None = None

    async def preview(self, address: str) -> Offers:
        """Look at an address and say what it offers; what was found is kept for ``take``."""
        from ..subscribe import preview

        parts = await self.live.engine()
        found = self._found = await preview(address, parts.fetcher, parts.pool)
        offers = [await self._offer(number, choice) for number, choice in enumerate(found.choices)]
        if found.article is not None:
            offers.append(Offer(_ARTICLE, found.article.title or found.address, found.address, "article"))
        if found.outline is not None:
            listed = count(len(found.outline.feeds), "subscription")
            offers.append(Offer(_LIST, listed, found.address, "list of subscriptions"))
        return Offers(tuple(offers), found.sentence)

    async def _offer(self, number: int, choice: Choice) -> Offer:
        known = await self.live.database.read(feeds.find_feed, choice.url)
        return Offer(
            str(number),
            choice.title,
            choice.url,
            KIND_WORDS[choice.kind],
            choice.newest_titles,
            known is not None,
        )

    async def take(self, offer: Offer, folder: str) -> Taken:
        """Subscribe to a source, or keep an article."""
        from .. import rules
        from ..subscribe import subscribe

        found = self._found
        if found is None:
            raise BroadsheetError("The address has to be looked at again.")
        if offer.key == _ARTICLE and found.article is not None:
            return await self._keep(found.address, found.article)
        if offer.key == _LIST and found.outline is not None:
            return Taken(await self._import(found.outline))
        choice = found.choices[int(offer.key)]
        feed_id = await subscribe(
            self.live.database, choice, folder, now=self.live.context.now(), on_new=rules.on_new
        )
        return Taken(f"Subscribed to {choice.title}.", feed_id=feed_id)

    async def _keep(self, address: str, article: Article) -> Taken:
        from ..subscribe import save_article_page

        entry_id = await save_article_page(
            self.live.database, article.url or address, article, now=self.live.context.now()
        )
        return Taken(f"Kept {article.title or address}.", entry_id=entry_id)

    async def import_file(self, path: Path) -> str:
        """Import OPML or a list of addresses."""
        from ..subscribe import read_subscriptions

        try:
            data = path.expanduser().read_bytes()  # noqa: ASYNC240 - a list of subscriptions is a small local file
        except OSError as error:
            raise BroadsheetError(f"{path} cannot be read: {error.strerror}.") from error
        outline = await (await self.live.engine()).pool.run(read_subscriptions, data)
        return await self._import(outline)

    async def _import(self, outline: Outline) -> str:
        from ..subscribe import import_outline

        report = await self.live.database.write(import_outline, outline, self.live.context.now())
        return report.sentence

    async def export_file(self, path: Path) -> str:
        """Export the subscriptions as OPML."""
        from ..export.opml import write_opml

        library = self.live.database
        subscribed = await library.read(feeds.all_feeds)
        data = write_opml(
            subscribed, await library.read(folders.all_paths), attributes=await library.read(attributes.kept)
        )
        try:
            path.expanduser().write_bytes(data)  # noqa: ASYNC240 - a small local file
        except OSError as error:
            raise BroadsheetError(f"{path} cannot be written: {error.strerror}.") from error
        return f"Wrote {count(len(subscribed), 'subscription')} to {path}."

    async def demo(self) -> str:
        """Add the invented publications, with everything in them, in a folder of their own.

        They are served for as long as it takes to fetch them and are paused afterwards, for there is nothing to ask any more.
        """
        from ..demo.library import subscribe
        from ..demo.server import serve
        from .engine import AT_HOME, engine

        context, database = self.live.context, self.live.database
        with serve(context.now()) as site:
            ids = await database.write(subscribe, site, context.now(), "Demo")
            async with engine(context, database, AT_HOME) as parts:
                async for _ in parts.refresher.refresh(ids):
                    pass
        for feed_id in ids:
            await database.write(feeds.edit_feed, feed_id, health=Health.PAUSED)
        return f"Added {len(ids)} invented sources in the folder Demo."
