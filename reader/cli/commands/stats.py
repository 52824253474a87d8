"""``broadsheet stats``: what is in the library, source by source and tag by tag."""

from __future__ import annotations

import argparse

from ...model import Sources
from ...store import counts
from ..context import Context
from ..exits import Exit
from ..output import add_format, print_columns, print_json, print_plain

EXAMPLES = """
broadsheet stats
broadsheet stats --json | jq .unread     for a status bar
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    add_format(parser)


def run(context: Context, arguments: argparse.Namespace) -> int:
    """Count."""
    midnight = context.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    with context.library() as database:
        sources = database.read_now(counts.sources, midnight)
    size = context.places.library.stat().st_size
    counted = {
        "unread": sum(feed.unread for feed in sources.feeds),
        "inbox": sources.inbox,
        "today": sources.today,
        "later": sources.later,
        "starred": sources.starred,
        "articles": sources.total,
        "sources": len(sources.feeds),
        "failing": sources.failing,
        "tags": len(sources.tags),
        "bytes": size,
    }
    if arguments.json:
        print_json(context.out, counted)
    elif arguments.plain:
        for name, value in counted.items():
            print_plain(context.out, (name, value))
    else:
        rows = [(name, f"{value:,}") for name, value in counted.items()]
        print_columns(context.out, [*rows, ("", ""), *_shares(sources)], right=(1,))
    return Exit.OK


def _shares(sources: Sources) -> list[tuple[str, str]]:
    """Return how much of each source was read, the largest first."""
    largest = sorted(sources.feeds, key=lambda feed: feed.total, reverse=True)
    return [
        (feed.title, f"{feed.total - feed.unread:,} of {feed.total:,} read") for feed in largest if feed.total
    ]
