"""``broadsheet clean``: the cleaner alone, on an address, a file or standard input; or on all kept pages of the library."""

from __future__ import annotations

import argparse
import asyncio
import re
import sys
from pathlib import Path

from ...errors import BroadsheetError, FetchError, UsageError
from ...model import Article
from ...records import dataclass
from ..context import Context
from ..documents import TIMEOUT_SECONDS, clean_document, is_markup
from ..exits import Exit
from ..output import print_json
from ..recleaning import import_rules, reclean_all

EXAMPLES = """
broadsheet clean https://example.org/story
broadsheet clean page.html --url https://example.org/story --format json
curl -s https://example.org/story | broadsheet clean - --format markdown
broadsheet clean page.html --explain     what was kept, what was dropped, and why
broadsheet clean --all                   kept pages anew, after an update brought a better cleaner
broadsheet clean --all --site example.org    those of a site anew, after you gave it a rule
broadsheet clean --import-rules DIR      take over a folder of FiveFilters' rules for sites
"""


@dataclass(frozen=True, slots=True)
class Page:
    """What is to be cleaned."""

    data: bytes
    url: str
    """The address it stands for; empty when nobody knows."""
    content_type: str | None = None


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument(
        "source", nargs="?", metavar="URL|FILE|-", help="what to clean: a page, or plain text"
    )
    parser.add_argument(
        "--format",
        choices=("text", "markdown", "html", "json"),
        default="text",
        help="text: the body alone, one block a line (default); json: title, caption, authors, date, blocks, appended",
    )
    parser.add_argument("--url", default="", help="the address that a file came from")
    parser.add_argument("--explain", action="store_true", help="say what was kept, what was dropped, and why")
    parser.add_argument(
        "--all",
        action="store_true",
        help="clean the library's kept pages anew, where an older cleaner cleaned them",
    )
    parser.add_argument(
        "--site",
        default="",
        metavar="HOST",
        help="--all: the pages of this site, whichever cleaner cleaned them",
    )
    parser.add_argument(
        "--import-rules",
        metavar="DIR",
        help="take over the rules for sites in a folder of FiveFilters' site patterns",
    )


def run(context: Context, arguments: argparse.Namespace) -> int:
    """Clean one page and print its article; or do what is asked of many."""
    many = arguments.all or arguments.import_rules is not None
    if many == (arguments.source is not None):
        raise UsageError("What is to be cleaned? A URL, a FILE, - for standard input, or --all kept pages.")
    if arguments.import_rules is not None:
        return import_rules(context, Path(arguments.import_rules).expanduser())
    if arguments.all:
        return asyncio.run(reclean_all(context, arguments.site))
    page = _read(context, arguments)
    rule = context.site_rules.of(page.url)
    result = asyncio.run(_clean(page, rule, explain=arguments.explain))
    if isinstance(result, str):
        print(result, file=context.out)
        return Exit.OK
    _print(context, arguments.format, result)
    if result.reason:
        context.say(result.reason)
    return Exit.OK if result.blocks else Exit.FAILED


def _read(context: Context, arguments: argparse.Namespace) -> Page:
    source: str = arguments.source
    if source == "-":
        return Page(getattr(context.stdin, "buffer", sys.stdin.buffer).read(), arguments.url)
    if re.match(r"https?://", source, re.IGNORECASE):
        return asyncio.run(_fetch(source))
    try:
        return Page(Path(source).read_bytes(), arguments.url)
    except OSError as error:
        raise BroadsheetError(f"{source} cannot be read: {error.strerror}.") from error


async def _fetch(url: str) -> Page:
    from ...fetch import Failure, Fetcher, Request

    async with Fetcher() as fetcher:
        answer = await fetcher.fetch(Request(url, kind="page", private_ok=True))
    if isinstance(answer, Failure):
        raise FetchError(answer.sentence)
    return Page(answer.body, answer.url, answer.content_type or None)


async def _clean(page: Page, rule: str, *, explain: bool) -> Article | str:
    """Return the article, or how it was come by."""
    from ... import cleaning
    from ...pool import Pool

    async with Pool(1) as pool:
        if explain and is_markup(page.data):
            return await pool.run(
                cleaning.explain, page.data, page.url, page.content_type, "", rule, timeout=TIMEOUT_SECONDS
            )
        return await clean_document(pool, page.data, page.url, page.content_type, rule)


def _print(context: Context, form: str, article: Article) -> None:
    from ... import export
    from ...codec import article_to_json, blocks_to_json
    from ...document import plain_text

    match form:
        case "text":
            print(plain_text(article.blocks), file=context.out)
        case "markdown":
            print(export.to_markdown(article), file=context.out)
        case "html":
            print(export.to_html(article), file=context.out)
        case _:
            always = {
                "title": article.title,
                "caption": article.caption,
                "authors": list(article.authors),
                "date": article.published.isoformat() if article.published else None,
                "blocks": blocks_to_json(article.blocks),
                "appended": [
                    {"title": other.title, "url": other.url, "blocks": blocks_to_json(other.blocks)}
                    for other in article.appended
                ],
            }
            print_json(
                context.out,
                always | {key: value for key, value in article_to_json(article).items() if key not in always},
            )
