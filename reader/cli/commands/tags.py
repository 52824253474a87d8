"""``broadsheet tags``: list, rename, merge and delete tags."""

from __future__ import annotations

import argparse

from ...errors import UsageError
from ...model import TagCount
from ...store import tags
from ...triage import Actor, Step
from ..context import SESSION, Context
from ..exits import Exit
from ..output import add_format, print_columns, print_json, print_plain

EXAMPLES = """
broadsheet tags                          every tag with its counts
broadsheet tags rename tea drinks/tea
broadsheet tags merge coffee espresso drinks/coffee
broadsheet tags delete misc              broadsheet undo brings it back
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument(
        "action",
        nargs="?",
        choices=("list", "rename", "merge", "delete"),
        default="list",
        help="default: list",
    )
    parser.add_argument(
        "tag", nargs="*", metavar="TAG", help="rename OLD NEW; merge FROM... INTO; delete TAG"
    )
    add_format(parser)


def run(context: Context, arguments: argparse.Namespace) -> int:
    """List tags, or change one as a step that can be undone."""
    with context.library() as database:
        if arguments.action == "list":
            _list(context, arguments, database.read_now(tags.all_tags))
            return Exit.OK
        actor, now, names = Actor.COMMAND_LINE, context.now(), arguments.tag
        _require(arguments)
        step: Step | None
        match arguments.action:
            case "rename":
                step = database.write_now(tags.rename, *names, actor=actor, session=SESSION, now=now)
            case "merge":
                *sources, target = names
                step = database.write_now(tags.merge, sources, target, actor=actor, session=SESSION, now=now)
            case _:
                step = database.write_now(tags.delete, *names, actor=actor, session=SESSION, now=now)
    context.say(f"{step.label}. broadsheet undo takes it back." if step else "Nothing changed.")
    return Exit.OK


def _require(arguments: argparse.Namespace) -> None:
    wanted = {
        "rename": "two tags, OLD and NEW",
        "merge": "at least two tags, FROM... and INTO",
        "delete": "one tag",
    }
    count = len(arguments.tag)
    fits = {"rename": count == 2, "merge": count >= 2, "delete": count == 1}
    if not fits[arguments.action]:
        raise UsageError(f"broadsheet tags {arguments.action} takes {wanted[arguments.action]}.")


def _list(context: Context, arguments: argparse.Namespace, found: tuple[TagCount, ...]) -> None:
    if arguments.json:
        for tag in found:
            value = {"name": tag.name, "total": tag.total, "unread": tag.unread, "colour": tag.colour}
            print_json(context.out, value)
    elif arguments.plain:
        for tag in found:
            print_plain(context.out, (tag.name, tag.total, tag.unread))
    elif found:
        rows = [(f"#{tag.name}", f"{tag.total:,}", f"{tag.unread:,} unread") for tag in found]
        print_columns(context.out, rows, right=(1, 2))
