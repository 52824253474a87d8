"""``broadsheet import``: subscribe to everything in a file: OPML, a list of addresses, newsboat's ``urls``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ...errors import BroadsheetError
from ...links import masked
from ..context import Context
from ..exits import Exit

EXAMPLES = """
broadsheet import subscriptions.opml
broadsheet import ~/.newsboat/urls       with its tags
broadsheet import - < addresses.txt      one address a line
broadsheet import subscriptions.opml --dry-run
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("file", metavar="FILE|-", help="OPML, or a list of addresses")
    parser.add_argument("-n", "--dry-run", action="store_true", help="only list what is in it")


def run(context: Context, arguments: argparse.Namespace) -> int:
    """Import the file."""
    from ...subscribe import import_outline, read_subscriptions

    outline = read_subscriptions(_read(context, arguments.file))
    for problem in outline.problems:
        context.say(problem)
    if arguments.dry_run:
        for feed in outline.feeds:
            print(
                f"{feed.folder + '/' if feed.folder else ''}{masked(feed.title or feed.url)}\t{masked(feed.url)}",
                file=context.out,
            )
        context.say(f"{len(outline.feeds):,} sources; nothing was imported.")
        return Exit.OK
    with context.library() as database:
        report = database.write_now(import_outline, outline, context.now())
    context.say(report.sentence)
    return Exit.OK


def _read(context: Context, name: str) -> bytes:
    if name == "-":
        data: bytes = getattr(context.stdin, "buffer", sys.stdin.buffer).read()
        return data
    try:
        return Path(name).expanduser().read_bytes()
    except OSError as error:
        raise BroadsheetError(f"{name} cannot be read: {error.strerror}.") from error
