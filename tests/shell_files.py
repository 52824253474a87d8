"""What the shell is told of us: completions for bash, zsh and fish, and the man page, made from the parsers.

``python -m tests.shell_files`` writes them into ``reader/share``; a test holds them to the parsers, and the wheel puts them where
shells and ``man`` look.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import Final

import shtab

import reader
from reader.cli.catalogue import COMMANDS
from reader.cli.exits import Exit
from reader.cli.parser import build_parser
from reader.manual import TOPICS

from .manual_tables import EXITS

FOLDER: Final = Path(reader.__file__).parent / "share"
FILES: Final = {"bash": "broadsheet.bash", "zsh": "_broadsheet", "fish": "broadsheet.fish"}


_DESCRIPTION = """\
.SH DESCRIPTION
Fetches and cleans articles into a local library, with tagging and search. Without a command it opens the app; ? in it shows
every key. The whole manual: broadsheet manual."""


def whole_parser() -> argparse.ArgumentParser:
    """Return one parser with all commands, as the generator of completions wants it."""
    parser = argparse.ArgumentParser(prog="broadsheet", description="A news reader for the terminal.")
    parser.add_argument("-V", "--version", action="store_true", help="print the version")
    parser.add_argument("--profile", metavar="NAME", help="use a library and settings of that name")
    commands = parser.add_subparsers(dest="command")
    for command in COMMANDS:
        child = commands.add_parser(command.name, help=command.help, add_help=True)
        command.load().configure(child)
        for action in child._actions:
            if action.dest in ("file", "source", "to", "keep") and action.option_strings != ["--keep"]:
                action.complete = shtab.FILE  # type: ignore[attr-defined] # shtab's own way to say it
            if action.dest == "topic":
                action.choices = TOPICS
    return parser


def completion(shell: str) -> str:
    """Return the completions of one shell."""
    return shtab.complete(whole_parser(), shell).rstrip() + "\n"


def man_page() -> str:
    """Return the man page, in the macros of man(7)."""
    parts = [
        '.TH BROADSHEET 1 "" "broadsheet" "User Commands"',
        ".SH NAME\nbroadsheet \\- a news reader for the terminal",
        ".SH SYNOPSIS\n.B broadsheet\n[\\-\\-profile NAME] [COMMAND ...]",
        _DESCRIPTION,
        ".SH COMMANDS",
    ]
    for command in COMMANDS:
        parser = build_parser(command)
        parts.append(f".SS broadsheet {command.name}\n{_roff(parser.description or '')}")
        parts += [
            _option(action)
            for action in parser._actions
            if action.help and action.dest not in ("help", "profile")
        ]
        examples = "\n".join(_roff(line) for line in command.load().EXAMPLES.strip().splitlines())
        parts.append(f".PP\n.nf\n.RS\n{examples}\n.RE\n.fi")
    parts.append(".SH EXIT STATUS")
    parts += [f".TP\n.B {int(code)}\n{_roff(EXITS[code])}" for code in Exit]
    parts.append(
        ".SH ENVIRONMENT\n.TP\n.B BROADSHEET_HOME\nA directory for everything, instead of the platform's own.\n"
        ".TP\n.B BROADSHEET_PROFILE\nThe profile to use.\n.TP\n.B NO_COLOR\nUse no colours.\n"
        ".SH FILES\nbroadsheet paths says where they are."
    )
    return "\n".join(parts) + "\n"


def _option(action: argparse.Action) -> str:
    if action.option_strings:
        value = "" if action.nargs == 0 else f" {action.metavar or action.dest.upper()}"
        name = ", ".join(action.option_strings) + value
    else:
        name = str(action.metavar or "|".join(map(str, action.choices or [action.dest])))
    return f".TP\n.B {_roff(name)}\n{_roff(action.help or '')}"


def _roff(text: str) -> str:
    """Return text in which nothing is taken for a macro."""
    return re.sub(r"^([.'])", r"\\&\1", text.replace("\\", "\\e").replace("-", "\\-"))


def expected() -> dict[str, str]:
    """Return every file by its name."""
    return {name: completion(shell) for shell, name in FILES.items()} | {"broadsheet.1": man_page()}


def main() -> None:
    """Write the files."""
    FOLDER.mkdir(exist_ok=True)
    for name, text in expected().items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
