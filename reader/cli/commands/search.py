"""``broadsheet search``: by text, best first, with the place where it was found."""

from __future__ import annotations

import argparse

from ...store import entries, search, snippets
from ..context import Context
from ..exits import Exit
from ..output import add_format, entry_fields, entry_line, entry_object, fit, print_json, print_plain
from ..targets import compiled

EXAMPLES = """
broadsheet search lighthouse keeper
broadsheet search '"second harbour" feed:courier' --json
broadsheet search title:tram OR title:ferry --limit 5
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument(
        "query", nargs="+", metavar="QUERY", help="words, or a query (broadsheet manual queries)"
    )
    parser.add_argument("--limit", type=int, default=20, metavar="N", help="print at most N (default: 20)")
    add_format(parser)


def run(context: Context, arguments: argparse.Namespace) -> int:
    """Find articles by their text."""
    now = context.now()
    with context.library() as database:
        query = database.read_now(compiled, " ".join(arguments.query), now)
        for note in query.notes:
            context.say(note)
        found = database.read_now(search.find, query, arguments.limit)
        rows = database.read_now(entries.rows, found.ids)
        places = database.read_now(snippets.snippets, [row.id for row in rows], query.terms)
    for row in rows:
        snippet = places.get(row.id)
        if arguments.json:
            print_json(context.out, entry_object(row) | {"snippet": snippet.text if snippet else ""})
        elif arguments.plain:
            print_plain(context.out, (*entry_fields(row), snippet.text if snippet else ""))
        else:
            print(fit(context.out, entry_line(row, now)), file=context.out)
            if snippet:
                print(fit(context.out, f"{'':11}{snippet.text}"), file=context.out)
    if found.total > len(rows):
        more = "more than " if found.capped else ""
        context.say(f"{len(rows)} of {more}{found.total:,} shown; --limit N shows more.")
    elif not rows:
        context.say("Nothing found.")
    return Exit.OK
