"""Kept pages cleaned anew, by a better cleaner or another rule for their site, without fetching anything.

The version stored with each article says which are left to do: whatever ends this, the next time goes on from there. An
article is never made worse on the way: where the new cleaning finds nothing to read, the old text stays.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from functools import partial
from typing import Final

from ..cleaning import VERSION
from ..cleaning.decoding import tells_its_encoding
from ..errors import BroadsheetError
from ..model import Article, EntryId, PageDone, Verdict
from ..prepare import prepare_page
from ..store import Connection, articles
from ..store.articles import KeptPage
from .toolbox import Toolbox, unreadable

AT_ONCE: Final = 2
"""Pages under way together: as many as there are workers."""
READABLE: Final = frozenset({Verdict.GOOD, Verdict.DOUBTFUL})


async def recleaned(tools: Toolbox, limit: int | None) -> AsyncIterator[PageDone]:
    """Clean up to ``limit`` stale pages anew, newest first, and yield each as it is stored."""
    total = await tools.db.read(articles.count_stale, VERSION)
    total = total if limit is None else min(limit, total)
    done, before = 0, None
    while done < total:
        look = partial(articles.stale, version=VERSION, limit=min(AT_ONCE, total - done), before=before)
        found = await tools.db.read(look)
        if not found:
            return
        before = found[-1]
        for event in await asyncio.gather(*(recleaned_page(tools, entry_id) for entry_id in found)):
            done += 1
            if event is None:
                continue  # purged meanwhile
            yield PageDone(event.entry_id, event.title, event.verdict, event.error, done, total)


async def recleaned_page(tools: Toolbox, entry_id: EntryId) -> PageDone | None:
    """Clean a kept page anew and store it; ``None`` where none is kept."""
    kept = await tools.db.read(articles.kept_page, entry_id)
    if kept is None:
        return None
    article, trouble = await _clean(tools, kept)
    await tools.db.write(_save, entry_id, article, tools.clock())
    return PageDone(entry_id, kept.title, article.verdict if article else None, trouble)


async def _clean(tools: Toolbox, kept: KeptPage) -> tuple[Article | None, str]:
    """Return the article to take the place of the old one, or ``None`` and why the old one stays."""
    if not tells_its_encoding(kept.page):
        return None, "The page does not say its encoding."
    rule = tools.site_rule(kept.url)
    try:
        article = await tools.pool.run(prepare_page, kept.page, kept.url, "", kept.title, rule)
    except BroadsheetError as error:
        return None, unreadable("The page", error)
    if kept.verdict in READABLE and article.verdict not in READABLE:
        return None, "The new cleaning found nothing to read."
    return article, ""


def _save(db: Connection, entry_id: EntryId, article: Article | None, now: datetime) -> None:
    """Store an article cleaned anew, or note that the old one is as good as it gets."""
    if article is None:
        articles.set_version(db, entry_id, VERSION)
    else:
        articles.save_article(db, entry_id, article, now, version=VERSION)
