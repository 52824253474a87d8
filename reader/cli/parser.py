"""A command line to a command and its arguments: only the module of the command that is asked for is imported."""

from __future__ import annotations

import argparse
import re
import sys
from typing import TYPE_CHECKING, NoReturn

from .. import __version__
from ..errors import UsageError
from .catalogue import BY_NAME, COMMANDS, Command
from .exits import Exit

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

_EPILOG = """\
examples:
  broadsheet                                   open the app
  broadsheet demo                              try it without subscribing to anything
  broadsheet add https://example.org           find the feed of a site and subscribe
  broadsheet list tag:tea --json | jq .title   for scripts

Each command explains itself: broadsheet COMMAND --help. What the exit codes mean: broadsheet manual exit-codes.
"""


class _Parser(argparse.ArgumentParser):
    """A parser that raises ``UsageError`` with a sentence instead of printing its usage at length."""

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        """Print help; argparse would pass over in silence that a full disk does not take it."""
        if message:
            (file or sys.stdout).write(message)

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message[:1].upper()}{message[1:]}. See {self.prog} --help.")


def build_parser(command: Command | None = None) -> argparse.ArgumentParser:
    """Return the parser of the program, or of one command, with its examples."""
    if command is None:
        return _program_parser()
    module = command.load()
    examples = "\n".join(f"  {line}" for line in module.EXAMPLES.strip().splitlines())
    parser = _Parser(
        prog=f"broadsheet {command.name}",
        description=f"{command.help[:1].upper()}{command.help[1:]}.",
        epilog=f"examples:\n{examples}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    module.configure(parser)
    _add_profile(parser)
    return parser


def _program_parser() -> argparse.ArgumentParser:
    width = max(len(command.name) for command in COMMANDS)
    listed = "\n".join(f"  {command.name:{width}}  {command.help}" for command in COMMANDS)
    parser = _Parser(
        prog="broadsheet",
        usage="broadsheet [--profile NAME] [COMMAND ...]",
        description=f"A news reader for the terminal. Without a command it opens the app.\n\ncommands:\n{listed}",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("-V", "--version", action="version", version=f"broadsheet {__version__}")
    _add_profile(parser)
    return parser


def _add_profile(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--profile", metavar="NAME", default=argparse.SUPPRESS, help="use a library and settings of that name"
    )


def parse(words: list[str]) -> tuple[Command | None, argparse.Namespace]:
    """Return the command and what it is given; the program's own options stand before the command."""
    at = _command_position(words)
    before, rest = (words, []) if at is None else (words[:at], words[at:])
    arguments = _program_parser().parse_args(before)
    if not rest:
        return None, arguments
    name = rest[0]
    if name == "help":
        _print_help(rest[1:])
    if name not in BY_NAME:
        raise UsageError(f'There is no command "{name}".{_nearest(name)} See broadsheet --help.')
    command = BY_NAME[name]
    parser = build_parser(command)
    given = _without_dashes(rest[1:]) if parser.get_default("takes_query") else rest[1:]
    return command, parser.parse_args(given, arguments)


def _without_dashes(words: list[str]) -> list[str]:
    """Return the words with the ``-`` that excludes in a query written as ``!``, or argparse takes it for an option.

    Options of one letter stand alone with us, so a single dash before two characters or more is a query's.
    """
    end = words.index("--") if "--" in words else len(words)
    return [re.sub(r"^-(?=[^-].)", "!", word) for word in words[:end]] + words[end:]


def _command_position(words: list[str]) -> int | None:
    skip = False
    for position, word in enumerate(words):
        if skip:
            skip = False
        elif word == "--profile":
            skip = True
        elif not word.startswith("-"):
            return position
    return None


def _print_help(words: list[str]) -> NoReturn:
    command = BY_NAME.get(words[0]) if words else None
    build_parser(command).print_help()
    raise SystemExit(Exit.OK)


def _nearest(name: str) -> str:
    import difflib

    close = difflib.get_close_matches(name, BY_NAME, n=1, cutoff=0.5)
    return f' Did you mean "{close[0]}"?' if close else ""
