"""``broadsheet show``: an article, as text set for a width, or in the formats of ``export``."""

from __future__ import annotations

import argparse
import shutil
from typing import TYPE_CHECKING

from ...errors import UsageError
from ...store import articles, changes
from ...triage import Actor, Field, Wish
from ..context import SESSION, Context
from ..exits import Exit
from ..output import print_json
from ..targets import add_targets, compiled, given_ids

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from ...model import Article, EntryId, StoredArticle
    from ...store import Connection

EXAMPLES = """
broadsheet show 6121370
broadsheet show 6121370 --format markdown > article.md
broadsheet show --text feed 6121370      what the feed sent, not the cleaned page
broadsheet show 6121370 --part 2         the next article that stood on its page
broadsheet list is:later limit:1 | broadsheet show --mark-read -
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    add_targets(parser)
    parser.add_argument(
        "--format", choices=("text", "markdown", "html", "json"), default="text", help="default: text"
    )
    parser.add_argument(
        "--json", action="store_const", dest="format", const="json", help="the same as --format json"
    )
    parser.add_argument(
        "--text", choices=("cleaned", "feed"), default="cleaned", help="which text (default: cleaned)"
    )
    parser.add_argument(
        "--part",
        type=int,
        default=1,
        metavar="N",
        help="the further articles of its page are the parts from 2 on (default: 1, the article itself)",
    )
    parser.add_argument(
        "--width", type=int, metavar="N", help="columns of text (default: the terminal, at most the measure)"
    )
    parser.add_argument("--mark-read", action="store_true", help="mark it read")


def run(context: Context, arguments: argparse.Namespace) -> int:
    """Print articles, one after the other."""
    now = context.now()
    with context.library() as database:
        ids = database.read_now(_meant, arguments.target, given_ids(arguments.target, context.stdin), now)
        for number, entry_id in enumerate(ids):
            article = database.read_now(articles.load, entry_id)
            if number and arguments.format == "text":
                print(file=context.out)
            _print(context, arguments, _part(article, arguments.part))
        if arguments.mark_read:
            wishes = [Wish(entry_id, Field.READ, "1") for entry_id in ids]
            database.write_now(
                changes.apply,
                wishes,
                label="Marked {n} read",
                actor=Actor.COMMAND_LINE,
                session=SESSION,
                now=now,
            )
    return Exit.OK


def _meant(
    db: Connection, words: Sequence[str], ids: Sequence[EntryId] | None, now: datetime
) -> Sequence[EntryId]:
    from ...model import EntryId
    from ...store import entries

    if ids is not None:
        return ids
    found = [EntryId(entry) for entry in entries.ids(db, compiled(db, " ".join(words), now))]
    if not found:
        raise UsageError("The query finds no article.")
    return found


def _part(article: StoredArticle, number: int) -> StoredArticle | Article:
    """Return an article, or the one of its page with a number from 2 on."""
    from ...export.part import part_of

    if number == 1:
        return article
    others = article.article.appended if article.article is not None else ()
    if article.article is None or not 2 <= number <= len(others) + 1:
        parts = f"parts 1 to {len(others) + 1}" if others else "no other part than 1"
        raise UsageError(f"The page of article {article.row.id} has {parts}, not {number}.")
    return part_of(article.article, others[number - 2])


def _print(context: Context, arguments: argparse.Namespace, article: StoredArticle | Article) -> None:
    from ... import export
    from ...typeset import Options

    match arguments.format:
        case "markdown":
            print(export.to_markdown(article), file=context.out)
        case "html":
            print(export.to_html(article), file=context.out)
        case "json":
            print_json(context.out, export.to_json(article))
        case _:
            measure = context.config.measure
            width = arguments.width or min(measure, shutil.get_terminal_size().columns)
            options = Options(
                measure=width, justify=context.config.justify, scroll=False, text=arguments.text
            )
            print(export.to_text(article, width, options), file=context.out)
