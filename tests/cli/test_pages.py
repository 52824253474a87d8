"""Rules for sites and kept pages, as the open app is handed them: with real files, a real library, real workers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from reader.cli.context import Context
from reader.cli.live import Live
from reader.cli.pages import Pages
from reader.document import Paragraph, Span, plain_text
from reader.errors import BroadsheetError
from reader.model import Article, EntryId, Verdict
from reader.paths import places
from reader.store import articles, entries
from reader.store.database import Database

from .conftest import NOW

URL = "https://www.site.example/a"
TEXT = "The pier was rebuilt in stone after the storm, and it has stood in the same water ever since. " * 4
PAGE = f"<html><body><h1>Pier</h1><article><p>{TEXT}</p><p class='x'>Buy it.</p></article></body></html>"


@pytest_asyncio.fixture
async def pages(tmp_path: Path) -> AsyncIterator[Pages]:
    context = Context(places(None, {"BROADSHEET_HOME": str(tmp_path)}), {}, now=lambda: NOW)
    database = Database.open(context.places.library)
    try:
        async with Live(context, database) as live:
            yield Pages(live)
    finally:
        await database.aclose()


async def keep(pages: Pages, url: str = URL, page: bytes | None = PAGE.encode()) -> EntryId:
    """Keep an article and its page, as an older cleaner left it."""
    old = Article("Pier", (Paragraph((Span("Old."),)),), url=url, verdict=Verdict.GOOD)
    database = pages.live.database
    entry_id = await database.write(entries.save_page, url, old, NOW)
    if page is not None:
        await database.write(articles.save_article, entry_id, old, NOW, page)
    return entry_id


async def text(pages: Pages, entry_id: EntryId) -> str:
    article = (await pages.live.database.read(articles.load, entry_id)).article
    assert article is not None
    return plain_text(article.blocks)


async def test_a_rule_is_tried_saved_and_in_force(pages: Pages, tmp_path: Path) -> None:
    entry_id = await keep(pages)
    draft = await pages.draft(entry_id)
    assert (draft.host, any(draft.selectors.values())) == ("site.example", False)

    trial = await pages.try_rule(entry_id, {"strip": (".x",)})
    assert (trial.text, trial.problem) == (TEXT.strip(), "")
    assert await text(pages, entry_id) == "Old."

    sentence = await pages.save_rule(entry_id, {"strip": (".x",)})
    path = tmp_path / "config" / "sites" / "site.example.toml"
    assert sentence == f"Saved the rule for site.example in {path}."
    assert path.read_text("utf-8") == 'strip = ".x"\n'
    assert await text(pages, entry_id) == TEXT.strip()
    assert (await pages.draft(entry_id)).selectors["strip"] == (".x",)


async def test_the_other_pages_of_its_site_are_stale_once_a_rule_is_saved(pages: Pages) -> None:
    first, second = await keep(pages), await keep(pages, "https://site.example/b")
    assert [event.error async for event in pages.reclean()] == ["", ""]
    assert await pages.stale() == 0

    await pages.save_rule(first, {"strip": (".x",)})

    assert await pages.stale() == 1
    assert [event.entry_id async for event in pages.reclean()] == [second]
    assert await text(pages, second) == TEXT.strip()


async def test_an_empty_rule_is_taken_away(pages: Pages, tmp_path: Path) -> None:
    entry_id = await keep(pages)
    await pages.save_rule(entry_id, {"strip": (".x",)})

    assert await pages.save_rule(entry_id, {}) == "Took away the rule for site.example."
    assert not (tmp_path / "config" / "sites" / "site.example.toml").exists()


async def test_a_selector_that_is_none_is_told_and_the_page_shown_without_the_rule(pages: Pages) -> None:
    trial = await pages.try_rule(await keep(pages), {"body": ("p[",)})

    assert trial.problem == "body: 'p[' is no CSS selector."
    assert trial.text.startswith("The pier")


async def test_a_file_that_cannot_be_read_is_told_when_it_is_to_be_edited(pages: Pages) -> None:
    folder = pages.live.context.places.site_rules
    folder.mkdir(parents=True)
    (folder / "site.example.toml").write_text("body = ", "utf-8")

    draft = await pages.draft(await keep(pages))

    assert "site.example.toml, line 1: this is not TOML" in draft.problem


async def test_an_article_without_a_page_has_nothing_to_try_a_rule_on(pages: Pages) -> None:
    with pytest.raises(BroadsheetError, match="no page"):
        await pages.try_rule(await keep(pages, "http://127.0.0.1:9/gone", None), {})
