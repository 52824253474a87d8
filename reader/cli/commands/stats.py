"""``broadsheet stats``: what is in the library, source by source and tag by tag."""

from __future__ import annotations

import argparse
from typing import Final

from ...model import Sources
from ...store import counts, statistics
from ..context import Context
from ..exits import Exit
from ..output import add_format, print_columns, print_json, print_plain

MOST_WEEKS: Final = 520
"""Ten years."""

EXAMPLES = """
broadsheet stats
broadsheet stats --json | jq .unread     for a status bar
broadsheet stats --by feed               what each source sent and how much was read, week by week
broadsheet stats --by tag --json         the same of tags, one object a line
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("--by", choices=("feed", "tag"), help="over time, source by source or tag by tag")
    parser.add_argument(
        "--weeks", type=_weeks, default=statistics.WEEKS, help="weeks up to now (%(default)s)"
    )
    add_format(parser)


def _weeks(text: str) -> int:
    weeks = int(text)
    if not 1 <= weeks <= MOST_WEEKS:
        raise argparse.ArgumentTypeError(f"must be from 1 to {MOST_WEEKS}")
    return weeks


def run(context: Context, arguments: argparse.Namespace) -> int:
    """Count."""
    if arguments.by:
        return _over_time(context, arguments)
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


def _over_time(context: Context, arguments: argparse.Namespace) -> int:
    """Print the volume of each source or tag by the week, with the shares that were read and put off."""
    ask = statistics.by_feed if arguments.by == "feed" else statistics.by_tag
    with context.library() as database:
        volumes = database.read_now(lambda db: ask(db, context.now(), weeks=arguments.weeks))
    if arguments.json:
        for volume in volumes:
            series = {name: getattr(volume, name) for name in ("published", "read", "later", "starred")}
            rates = {
                name: round(getattr(volume, name), 4) for name in ("read_rate", "later_rate", "star_rate")
            }
            print_json(
                context.out,
                {arguments.by: volume.id, "name": volume.name, "total": volume.total, **series, **rates},
            )
    elif arguments.plain:
        for volume in volumes:
            print_plain(context.out, (volume.name, *volume.published))
    else:
        from ...ui.condition import sparkline

        rows = [
            (
                v.name,
                sparkline(v.published),
                f"{v.total:,}",
                f"{v.read_rate:.0%} read",
                f"{v.later_rate:.0%} later",
            )
            for v in volumes
        ]
        print_columns(context.out, rows, right=(2, 3, 4))
    return Exit.OK


def _shares(sources: Sources) -> list[tuple[str, str]]:
    """Return how much of each source was read, the largest first."""
    largest = sorted(sources.feeds, key=lambda feed: feed.total, reverse=True)
    return [
        (feed.title, f"{feed.total - feed.unread:,} of {feed.total:,} read") for feed in largest if feed.total
    ]
