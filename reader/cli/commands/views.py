"""``broadsheet views``: saved searches."""

from __future__ import annotations

import argparse
from datetime import datetime

from ...errors import QueryError, UsageError
from ...model import View
from ...store import Connection, views
from ..context import Context
from ..exits import Exit
from ..output import add_format, print_columns, print_json, print_plain
from ..targets import compiled

EXAMPLES = """
broadsheet views                         every view with its unread count
broadsheet views save 'Long reads' 'is:unread min:>15'
broadsheet views rename 'Long reads' 'Sunday'
broadsheet views remove Sunday
broadsheet list @Sunday
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument(
        "action",
        nargs="?",
        choices=("list", "save", "rename", "remove"),
        default="list",
        help="default: list",
    )
    parser.add_argument(
        "word", nargs="*", metavar="NAME", help="save NAME QUERY; rename OLD NEW; remove NAME"
    )
    parser.set_defaults(takes_query=True)
    add_format(parser)


def run(context: Context, arguments: argparse.Namespace) -> int:
    """List the saved searches, or change one."""
    now = context.now()
    with context.library() as database:
        if arguments.action == "list":
            _list(context, arguments, database.read_now(_counted, now))
            return Exit.OK
        _require(arguments)
        name, *rest = arguments.word
        match arguments.action:
            case "save":
                query = " ".join(rest)
                database.read_now(compiled, query, now)  # refused here and now, not when it is opened
                database.write_now(views.save_view, name, query)
                context.say(f"Saved the view {name}.")
            case "rename":
                database.write_now(views.rename_view, database.read_now(_named, name).id, rest[0])
                context.say(f"Renamed the view {name} to {rest[0]}.")
            case _:
                view = database.read_now(_named, name)
                database.write_now(views.delete_view, view.id)
                context.say(f"Removed the view {view.name}; it was: {view.query}")
    return Exit.OK


def _require(arguments: argparse.Namespace) -> None:
    count = len(arguments.word)
    fits = {"save": count >= 2, "rename": count == 2, "remove": count == 1}
    takes = {"save": "a NAME and a QUERY", "rename": "OLD and NEW", "remove": "a NAME"}
    if not fits[arguments.action]:
        raise UsageError(f"broadsheet views {arguments.action} takes {takes[arguments.action]}.")


def _named(db: Connection, name: str) -> View:
    for view in views.all_views(db):
        if view.name.casefold() == name.casefold():
            return view
    raise UsageError(f'There is no view "{name}". broadsheet views lists them.')


def _counted(db: Connection, now: datetime) -> list[tuple[View, int | None, str]]:
    """Return the views with their unread counts; one whose query no longer makes sense has a sentence instead."""
    counted: list[tuple[View, int | None, str]] = []
    for view in views.all_views(db):
        try:
            counted.append((view, views.count_view(db, compiled(db, view.query, now)), ""))
        except QueryError as error:
            counted.append((view, None, str(error)))
    return counted


def _list(context: Context, arguments: argparse.Namespace, found: list[tuple[View, int | None, str]]) -> None:
    if arguments.json:
        for view, unread, error in found:
            print_json(
                context.out, {"name": view.name, "query": view.query, "unread": unread, "error": error}
            )
    elif arguments.plain:
        for view, unread, _ in found:
            print_plain(context.out, (view.name, "" if unread is None else unread, view.query))
    elif found:
        rows = [
            (view.name, "?" if unread is None else f"{unread:,} unread", error or view.query)
            for view, unread, error in found
        ]
        print_columns(context.out, rows, right=(1,))
