"""``broadsheet export``: subscriptions as OPML; articles as Markdown, HTML, text or JSON."""

from __future__ import annotations

import argparse
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from ...errors import BroadsheetError
from ...links import without_login
from ...model import EntryId, Feed, StoredArticle
from ...store import articles, attributes, entries, feeds, folders
from ...store.library import Library
from ..context import Context
from ..exits import Exit
from ..output import print_json
from ..progress import count
from ..targets import add_targets, compiled, given_ids

EXAMPLES = """
broadsheet export opml > subscriptions.opml
broadsheet export markdown is:starred --to notes/    a file for each article
broadsheet export json tag:tea > tea.jsonl           one object a line
broadsheet export text 6121370
"""

_ENDINGS = {"markdown": "md", "html": "html", "text": "txt", "json": "json"}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("format", choices=("opml", *_ENDINGS), help="what to write")
    add_targets(parser, required=False)
    parser.add_argument(
        "--to",
        metavar="PATH",
        type=Path,
        help="a file for OPML, a directory for articles (default: standard output)",
    )


def run(context: Context, arguments: argparse.Namespace) -> int:
    """Write what was asked for."""
    with context.library() as database:
        if arguments.format == "opml":
            _opml(context, arguments.to, database)
            return Exit.OK
        found = _articles(context, arguments, database)
        if arguments.to is None:
            for article in found:
                if arguments.format == "json":
                    print_json(context.out, _json(article))
                else:
                    print(_written(article, arguments.format), file=context.out)
            return Exit.OK
        written = _into_directory(arguments.to, found, arguments.format)
    context.say(f"Wrote {count(written, 'file')} to {arguments.to}.")
    return Exit.OK


def _opml(context: Context, to: Path | None, database: Library) -> None:
    from ...export.opml import write_opml

    subscriptions = database.read_now(feeds.all_feeds)
    data = write_opml(
        subscriptions, database.read_now(folders.all_paths), attributes=database.read_now(attributes.kept)
    )
    if to is None:
        context.out.write(data.decode())
        _tell_of_passwords(context, subscriptions)
        return
    try:
        to.write_bytes(data)
    except OSError as error:
        raise BroadsheetError(f"{to} cannot be written: {error.strerror}.") from error
    context.say(f"Wrote {count(len(subscriptions), 'subscription')} to {to}.")
    _tell_of_passwords(context, subscriptions)


def _tell_of_passwords(context: Context, subscriptions: Iterable[Feed]) -> None:
    """Say for how many sources a password stayed behind, so that nobody takes the file for a backup of those."""
    private = sum(without_login(feed.url) != feed.url for feed in subscriptions)
    if private:
        context.say(
            f"The name and password in the address of {count(private, 'source')} stayed in the library."
        )


def _articles(context: Context, arguments: argparse.Namespace, database: Library) -> Iterator[StoredArticle]:
    """Yield what is to be exported, one read at a time: a whole library need not fit in memory."""
    ids: Iterable[int] | None = given_ids(arguments.target, context.stdin)
    if ids is None:
        query = database.read_now(compiled, " ".join(arguments.target), context.now())
        ids = database.read_now(entries.ids, query)
    for entry_id in ids:
        yield database.read_now(articles.load, EntryId(entry_id))


def _written(article: StoredArticle, form: str) -> str:
    from ... import export

    return {"markdown": export.to_markdown, "html": export.to_html, "text": export.to_text}[form](article)


def _json(article: StoredArticle) -> dict[str, object]:
    from ... import export

    return export.to_json(article)


def _into_directory(directory: Path, found: Iterator[StoredArticle], form: str) -> int:
    """Write a file for each article and return how many; names are date, title and id, so that none meet."""
    import json

    written = 0
    try:
        directory.mkdir(parents=True, exist_ok=True)
        for article in found:
            text = (
                json.dumps(_json(article), ensure_ascii=False) if form == "json" else _written(article, form)
            )
            (directory / f"{file_stem(article)}.{_ENDINGS[form]}").write_text(text + "\n", encoding="utf-8")
            written += 1
    except OSError as error:
        raise BroadsheetError(
            f"{error.filename or directory} cannot be written: {error.strerror}."
        ) from error
    return written


def file_stem(article: StoredArticle) -> str:
    """Return a file name without its ending: date, title and id, in characters every file system has."""
    row = article.row
    plain = unicodedata.normalize("NFC", row.title).casefold()
    words = re.sub(r"[^\w]+", "-", plain).strip("-_")
    # 255 bytes is the limit of a name on most file systems.
    while len(words.encode()) > 180:
        words = words[:-1]
    return f"{(row.published or row.added):%Y-%m-%d}-{words or 'untitled'}-{row.id}"
