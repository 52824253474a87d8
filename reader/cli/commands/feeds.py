"""``broadsheet feeds``: list, edit and remove sources."""

from __future__ import annotations

import argparse
from datetime import timedelta

from ...errors import UsageError
from ...links import masked
from ...model import Feed, FullText, Health
from ...store import feeds
from ...store.library import Library
from ...triage import Actor
from ..context import SESSION, Context
from ..exits import Exit
from ..output import add_format, feed_object, print_columns, print_json, print_plain
from ..sources import the_one

EXAMPLES = """
broadsheet feeds                         every source with its counts
broadsheet feeds --failing               those that fail, and why
broadsheet feeds edit courier --folder News/Local --interval 30
broadsheet feeds edit 12 --quiet --keep 200
broadsheet feeds remove 12               broadsheet undo brings it back
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument(
        "action", nargs="?", choices=("list", "edit", "remove"), default="list", help="default: list"
    )
    parser.add_argument(
        "source", nargs="?", metavar="SOURCE", help="its number, its address or a part of its name"
    )
    parser.add_argument("--failing", action="store_true", help="list only those that fail")
    parser.add_argument("--title", help="edit: your own name for it; empty for the feed's")
    parser.add_argument("--folder", help="edit: where it is, folders separated by /; empty for the top")
    parser.add_argument(
        "--interval", type=int, metavar="MINUTES", help="edit: how often to ask; 0 lets the schedule decide"
    )
    parser.add_argument(
        "--full-text", choices=[each.value for each in FullText], help="edit: which text is shown"
    )
    parser.add_argument(
        "--quiet", action=argparse.BooleanOptionalAction, help="edit: not announced, not in the inbox"
    )
    parser.add_argument("--keep", type=int, metavar="N", help="edit: articles to keep; 0 keeps all")
    parser.add_argument("--tags", metavar="TAG[,TAG]", help="edit: tags that each new article gets")
    add_format(parser)


def run(context: Context, arguments: argparse.Namespace) -> int:
    """List sources, edit one or remove one."""
    with context.library() as database:
        if arguments.action == "list":
            _list(context, arguments, database.read_now(feeds.all_feeds))
            return Exit.OK
        if arguments.source is None:
            raise UsageError(f"broadsheet feeds {arguments.action} takes a source.")
        feed = database.read_now(the_one, arguments.source)
        if arguments.action == "edit":
            return _edit(context, arguments, database, feed)
        database.write_now(
            feeds.remove_feed, feed.id, actor=Actor.COMMAND_LINE, session=SESSION, now=context.now()
        )
    context.say(f"Unsubscribed from {feed.title}. broadsheet undo brings it back.")
    return Exit.OK


def _edit(context: Context, arguments: argparse.Namespace, database: Library, feed: Feed) -> int:
    """Change what was asked for and leave the rest."""
    what: feeds.FeedEdit = {}
    if arguments.title is not None:
        what["title"] = arguments.title
    if arguments.folder is not None:
        what["folder"] = arguments.folder
    if arguments.interval is not None:
        what["interval"] = timedelta(minutes=arguments.interval) if arguments.interval > 0 else None
    if arguments.full_text is not None:
        what["full_text"] = FullText(arguments.full_text)
    if arguments.quiet is not None:
        what["quiet"] = arguments.quiet
    if arguments.keep is not None:
        what["keep"] = arguments.keep if arguments.keep > 0 else None
    if arguments.tags is not None:
        what["tags"] = tuple(tag.strip() for tag in arguments.tags.split(",") if tag.strip())
    if not what:
        raise UsageError("Say what to change, such as --folder or --interval; see broadsheet feeds --help.")
    database.write_now(feeds.edit_feed, feed.id, **what)
    context.say(f"Changed {feed.title}: {', '.join(name.replace('_', ' ') for name in what)}.")
    return Exit.OK


def _list(context: Context, arguments: argparse.Namespace, found: tuple[Feed, ...]) -> None:
    if arguments.failing:
        found = tuple(feed for feed in found if feed.health in (Health.FAILING, Health.GONE))
    if arguments.json:
        for feed in found:
            print_json(context.out, feed_object(feed))
    elif arguments.plain:
        for feed in found:
            print_plain(
                context.out,
                (
                    feed.id,
                    feed.health.value,
                    feed.unread,
                    feed.total,
                    feed.folder,
                    masked(feed.title),
                    masked(feed.url),
                ),
            )
    elif found:
        print_columns(context.out, map(_columns, found), right=(0, 1))


def _columns(feed: Feed) -> tuple[str, ...]:
    name = f"{feed.folder}/{feed.title}" if feed.folder else feed.title
    return (str(feed.id), f"{feed.unread:,}", masked(name), feed.error or masked(feed.url))
