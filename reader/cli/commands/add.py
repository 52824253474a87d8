"""``broadsheet add``: from any address, or a file, to a source or a kept article."""

from __future__ import annotations

import argparse
import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ...errors import BroadsheetError, UsageError
from ...model import FeedId
from ..context import Context
from ..exits import Exit
from ..output import print_json
from ..progress import Progress
from ..sources import KIND_WORDS

if TYPE_CHECKING:
    from ...store.database import Database
    from ...subscribe import Choice, Preview
    from ..engine import Engine

EXAMPLES = """
broadsheet add https://example.org --folder News
broadsheet add example.org --dry-run         only say what is there
broadsheet add https://example.org --choose 2
broadsheet add --article https://example.org/2026/a-long-read
broadsheet add ~/Downloads/page.html         keep an article from a file
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument(
        "address", nargs="+", metavar="ADDRESS|FILE", help="a site, a feed, an article, or a file"
    )
    parser.add_argument("--folder", default="", help="put the source there, folders separated by /")
    parser.add_argument("--choose", type=int, metavar="N", help="take the Nth of what is found there")
    parser.add_argument("--all", action="store_true", help="take everything that is found there")
    parser.add_argument("--article", action="store_true", help="keep the page itself as an article")
    parser.add_argument("--no-pages", action="store_true", help="do not fetch the pages behind teasers now")
    parser.add_argument("-n", "--dry-run", action="store_true", help="only say what is found there")
    parser.add_argument(
        "--json", action="store_true", help="print what was added or found, one JSON object a line"
    )


def run(context: Context, arguments: argparse.Namespace) -> int:
    """Subscribe to each address, or keep the article that it is."""
    with context.database() as database:
        return asyncio.run(_Adding(context, arguments, database).run())


@dataclass
class _Adding:
    """One run of the command."""

    context: Context
    arguments: argparse.Namespace
    database: Database
    failed: bool = False

    async def run(self) -> int:
        """Take the addresses one after the other; one that fails does not keep the others from being taken."""
        from ..engine import engine

        added: list[FeedId] = []
        async with engine(self.context, self.database) as parts:
            for address in self.arguments.address:
                try:
                    added += await self._add(address, parts)
                except BroadsheetError as error:
                    self.context.say(f"{address}: {error}")
                    self.failed = True
            if added and self.context.config.fetch_pages and not self.arguments.no_pages:
                progress = Progress(self.context.err)
                async for event in parts.refresher.refresh(added):
                    progress(event)
        return Exit.FAILED if self.failed else Exit.OK

    async def _add(self, address: str, parts: Engine) -> list[FeedId]:
        """Add what is at one address and return the sources that are new."""
        from ... import rules
        from ...subscribe import preview, subscribe

        if file := _file(address):
            await self._take_file(*file, parts)
            return []
        found = await preview(address, parts.fetcher, parts.pool)
        if self.arguments.dry_run:
            self._list(found)
            return []
        if found.outline is not None:
            await self._import(found.outline)
            return []
        if self._wants_article(found):
            await self._keep(found, parts)
            return []
        added = []
        for choice in self._chosen(found):
            known = await self._is_known(choice.url)
            feed_id = await subscribe(
                self.database, choice, self.arguments.folder, now=self.context.now(), on_new=rules.on_new
            )
            self._tell(choice, feed_id, known=known)
            if not known:
                added.append(feed_id)
        return added

    # -------------------------------------------------------------------------------------- choosing

    def _wants_article(self, found: Preview) -> bool:
        if self.arguments.article:
            return True
        return found.article is not None and not found.choices

    def _chosen(self, found: Preview) -> tuple[Choice, ...]:
        """Return what is to be subscribed to; raises when a person has to say."""
        choices = found.choices
        if not choices:
            raise BroadsheetError(found.sentence or "Nothing to subscribe to was found there.")
        if self.arguments.all or len(choices) == 1:
            return choices
        number = self.arguments.choose
        if number is None:
            number = self._asked(found)
        if not 1 <= number <= len(choices):
            raise UsageError(f"There are {len(choices)} choices; {number} is none of them.")
        return (choices[number - 1],)

    def _asked(self, found: Preview) -> int:
        """Ask on a terminal; elsewhere list the choices and refuse, because guessing is worse."""
        context = self.context
        for number, choice in enumerate(found.choices, start=1):
            context.say(f"{number}  {_line(choice)}")
        if not (context.stdin.isatty() and context.err.isatty()):
            raise UsageError("Several things are there: say which with --choose N, or --all.")
        print("Which? [1] ", end="", file=context.err, flush=True)
        answer = context.stdin.readline().strip() or "1"
        if not answer.isdigit():
            raise UsageError("Nothing was chosen.")
        return int(answer)

    async def _is_known(self, url: str) -> bool:
        from ...store.feeds import find_feed

        return await self.database.read(find_feed, url) is not None

    # ---------------------------------------------------------------------------------------- taking

    async def _keep(self, found: Preview, parts: Engine) -> None:
        """Keep the page as an article in "Saved pages"."""
        from ...fetch import Failure, Request
        from ...prepare import prepare_page
        from ...subscribe import save_article_page

        article = found.article
        if article is None:
            answer = await parts.fetcher.fetch(Request(found.address, kind="page", private_ok=True))
            if isinstance(answer, Failure):
                raise BroadsheetError(answer.sentence)
            rule = self.context.site_rules.of(answer.url)
            article = await parts.pool.run(
                prepare_page, answer.body, answer.url, answer.content_type, "", rule
            )
        entry_id = await save_article_page(
            self.database, article.url or found.address, article, now=self.context.now()
        )
        if self.arguments.json:
            print_json(self.context.out, {"added": "article", "id": entry_id, "title": article.title})
        else:
            self.context.say(f"Kept {article.title or found.address} ({entry_id}).")

    async def _take_file(self, data: bytes, address: str, parts: Engine) -> None:
        """Import a list of subscriptions, or keep the article in a file."""
        from ...subscribe import read_subscriptions, save_article_page
        from ..documents import clean_document, is_list

        if is_list(data):
            await self._import(read_subscriptions(data))
            return
        article = await clean_document(parts.pool, data, address)
        entry_id = await save_article_page(self.database, address, article, now=self.context.now())
        self.context.say(f"Kept {article.title or address} ({entry_id}).")

    async def _import(self, outline: object) -> None:
        from ...feeds.outline import Outline
        from ...subscribe import import_outline

        if isinstance(outline, Outline):
            report = await self.database.write(import_outline, outline, self.context.now())
            self.context.say(report.sentence)

    # --------------------------------------------------------------------------------------- telling

    def _list(self, found: Preview) -> None:
        for choice in found.choices:
            if self.arguments.json:
                print_json(self.context.out, _object(choice))
                continue
            print(_line(choice), file=self.context.out)
            for title in choice.newest_titles:
                print(f"   {title}", file=self.context.out)
        if found.article is not None:
            self.context.say(f"The page itself is an article: {found.article.title}")
        if found.sentence:
            self.context.say(found.sentence)
        self.failed = self.failed or not (found.choices or found.article or found.outline)

    def _tell(self, choice: Choice, feed_id: FeedId, *, known: bool) -> None:
        if self.arguments.json:
            print_json(
                self.context.out, _object(choice) | {"added": None if known else "source", "id": feed_id}
            )
        elif known:
            self.context.say(f"{choice.title} is subscribed to already ({feed_id}).")
        else:
            self.context.say(f"Subscribed to {choice.title} ({feed_id}): {choice.entries:,} articles.")


def _file(address: str) -> tuple[bytes, str] | None:
    """Return the bytes of a local file and its address as a URL, or None when the address names no file."""
    path = Path(address).expanduser()
    if "://" in address or not path.is_file():
        return None
    try:
        return path.read_bytes(), path.resolve().as_uri()
    except OSError as error:
        raise BroadsheetError(f"It cannot be read: {error.strerror}.") from error


def _line(choice: Choice) -> str:
    return f"{choice.title}  {KIND_WORDS[choice.kind]}, {choice.entries:,} articles  {choice.url}"


def _object(choice: Choice) -> dict[str, object]:
    return {
        "title": choice.title,
        "url": choice.url,
        "kind": choice.kind.value,
        "articles": choice.entries,
        "newest": list(choice.newest_titles),
    }
