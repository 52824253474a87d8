"""The commands, in the order of ``broadsheet --help``, each a module that is imported when it is asked for.

A command's module has ``EXAMPLES``, lines of ``command   # what it does``; ``configure(parser)``, which adds its options; and
``run(context, arguments)``, which does it and returns the exit code.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from importlib import import_module
from typing import Final, Protocol, cast

from ..records import dataclass
from .context import Context


class Module(Protocol):
    """What the module of a command has."""

    EXAMPLES: str
    configure: Callable[[argparse.ArgumentParser], None]
    run: Callable[[Context, argparse.Namespace], int]


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its name, the module that does it, and what it does in a line."""

    name: str
    module: str
    help: str

    def load(self) -> Module:
        """Import the command's module."""
        return cast("Module", import_module(f".commands.{self.module}", __package__))


COMMANDS: Final[tuple[Command, ...]] = (
    Command("add", "add", "subscribe to a feed or a site, or keep an article"),
    Command("fetch", "fetch", "ask the sources that are due for new articles"),
    Command("list", "entries", "list articles"),
    Command("search", "search", "find articles by their text, best first"),
    Command("show", "show", "print an article"),
    Command("mark", "mark", "mark articles read or unread"),
    Command("star", "star", "star articles, or take the star away"),
    Command("later", "later", "put articles on the later list, or take them off"),
    Command("snooze", "snooze", "put articles out of sight until a time"),
    Command("hide", "hide", "hide articles, or show them again"),
    Command("note", "note", "write a note on articles, or take it away"),
    Command("tag", "tag", "tag articles, or take tags away"),
    Command("tags", "tags", "list, rename, merge and delete tags"),
    Command("undo", "undo", "undo what was done, or list it"),
    Command("feeds", "feeds", "list, edit and remove sources"),
    Command("views", "views", "list, save and remove saved searches"),
    Command("rules", "rules", "list, make, try and switch rules for what arrives"),
    Command("stats", "stats", "count what is in the library, source by source"),
    Command("import", "importing", "subscribe to everything in a file: OPML, addresses, newsboat's urls"),
    Command(
        "export", "exporting", "write subscriptions as OPML, or articles as Markdown, HTML, text or JSON"
    ),
    Command("clean", "clean", "clean one page and print its article, or clean kept pages anew"),
    Command("config", "settings", "write, check and show the settings"),
    Command("paths", "paths", "say where things live"),
    Command("doctor", "doctor", "say whether this machine has what is needed"),
    Command("demo", "demo", "try it on a bundled site of invented articles"),
    Command("manual", "manual", "read the manual"),
)

BY_NAME: Final = {command.name: command for command in COMMANDS}
