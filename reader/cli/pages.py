"""Kept pages and rules for sites, as the open app uses them."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ..errors import BroadsheetError
from ..model import EntryId, PageDone
from ..records import dataclass
from ..store import articles
from ..store.articles import KeptPage
from ..ui.ports import SiteRuleDraft, Trial

if TYPE_CHECKING:
    from .live import Live


@dataclass(slots=True)
class Pages:
    """Cleans kept pages anew, and tries and saves rules for sites; a ``PagePort``."""

    live: Live
    _tried: tuple[EntryId, KeptPage] | None = None
    """The page that a rule is tried on; kept, because each letter typed tries it again."""

    async def stale(self) -> int:
        """Return how many kept pages an older cleaner cleaned."""
        from ..cleaning import VERSION

        return await self.live.database.read(articles.count_stale, VERSION)

    async def reclean(self, limit: int | None = None) -> AsyncGenerator[PageDone, None]:
        """Clean those anew, newest first, and yield each as it is stored."""
        parts = await self.live.engine()
        async with aclosing(parts.refresher.reclean(limit)) as events:
            async for event in events:
                yield event

    async def draft(self, entry_id: EntryId) -> SiteRuleDraft:
        """Return the rule for the site of an article."""
        from ..cleaning.siterules import KEYS, read_rule

        rules = self.live.context.site_rules
        url = (await self._page(entry_id)).url
        host = rules.host_of(url) or (urlsplit(url).hostname or "").removeprefix("www.")
        path = rules.path_of(host)
        parts = await self.live.engine()
        rule, problems = await parts.pool.run(read_rule, rules.text_of(host))
        problem = f"{path}, line {problems[0].line}: {problems[0].sentence}" if problems else ""
        return SiteRuleDraft(host, {key: getattr(rule, key) for key in KEYS}, problem)

    async def try_rule(self, entry_id: EntryId, selectors: Mapping[str, tuple[str, ...]]) -> Trial:
        """Return what a rule would make of the page behind an article."""
        from ..cleaning.siterules import read_rule, rule_toml
        from ..document import plain_text
        from ..pool import URGENT
        from ..prepare import prepare_page

        kept, toml = await self._page(entry_id), rule_toml(selectors)
        pool = (await self.live.engine()).pool
        _, problems = await pool.run(read_rule, toml, urgency=URGENT)
        toml = "" if problems else toml
        article = await pool.run(prepare_page, kept.page, kept.url, "", kept.title, toml, urgency=URGENT)
        return Trial(
            article.title,
            article.authors,
            article.next_page,
            article.word_count,
            plain_text(article.blocks),
            problems[0].sentence if problems else "",
        )

    async def save_rule(self, entry_id: EntryId, selectors: Mapping[str, tuple[str, ...]]) -> str:
        """Save a rule for the site of an article and clean its page anew; returns what was done as a sentence."""
        from ..cleaning.siterules import rule_toml

        parts, toml = await self.live.engine(), rule_toml(selectors)
        host = (await self.draft(entry_id)).host
        path = self.live.context.site_rules.save(host, toml)
        await self.live.database.write(articles.make_stale, host)
        done = await parts.refresher.reclean_page(entry_id)
        self._tried = None
        if done.error:
            raise BroadsheetError(f"Saved {path}; the article stays as it was: {done.error}")
        return f"Saved the rule for {host} in {path}." if toml else f"Took away the rule for {host}."

    async def _page(self, entry_id: EntryId) -> KeptPage:
        """Return the page behind an article, fetched where it is not kept."""
        if self._tried is not None and self._tried[0] == entry_id:
            return self._tried[1]
        kept = await self.live.database.read(articles.kept_page, entry_id)
        if kept is None:
            await (await self.live.engine()).refresher.fetch_page(entry_id)
            kept = await self.live.database.read(articles.kept_page, entry_id)
        if kept is None:
            raise BroadsheetError("There is no page behind this article to try a rule on.")
        self._tried = entry_id, kept
        return kept
