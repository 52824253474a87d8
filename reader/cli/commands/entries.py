"""``broadsheet list``: the articles a query finds, newest first."""

from __future__ import annotations

import argparse
from itertools import islice

from ...store import listing, search
from ..context import Context
from ..exits import Exit
from ..output import add_format, print_entries
from ..targets import add_targets, compiled, given_ids

EXAMPLES = """
broadsheet list                          the inbox
broadsheet list tag:tea --json           for scripts
broadsheet list is:starred after:7d      starred ones of the last week
broadsheet list '@Long reads' --limit 10
"""

_CHUNK = 500
"""Rows read at a time, so that the first are printed at once however many there are."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    add_targets(parser, required=False)
    parser.add_argument("--limit", type=int, metavar="N", help="print at most N (default: all)")
    add_format(parser)


def run(context: Context, arguments: argparse.Namespace) -> int:
    """List articles."""
    now = context.now()
    with context.library() as database:
        ids = given_ids(arguments.target, context.stdin)
        if ids is None:
            query = database.read_now(compiled, " ".join(arguments.target) or "is:inbox", now)
            for note in query.notes:
                context.say(note)
            found = iter(database.read_now(search.ids, query, limit=arguments.limit))
        else:
            found = iter(ids[: arguments.limit])
        while chunk := list(islice(found, _CHUNK)):
            print_entries(context.out, database.read_now(listing.rows, chunk), arguments, now)
    return Exit.OK
