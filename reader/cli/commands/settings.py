"""``broadsheet config``: write the commented default, check the settings, show them."""

from __future__ import annotations

import argparse

from ... import config
from ...errors import UsageError
from ..context import Context
from ..exits import Exit
from ..output import print_json

EXAMPLES = """
broadsheet config init                   write a file in which everything is explained
broadsheet config check                  say what in it, and in the rules for sites, cannot be used
broadsheet config show --origin          every setting and where it comes from
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("action", choices=("init", "check", "show"), help="what to do with the settings")
    parser.add_argument("--origin", action="store_true", help="show: say where each setting comes from")
    parser.add_argument("--json", action="store_true", help="show: one JSON object a line")


def run(context: Context, arguments: argparse.Namespace) -> int:
    """Do it."""
    return {"init": _init, "check": _check, "show": _show}[arguments.action](context, arguments)


def _init(context: Context, _arguments: argparse.Namespace) -> int:
    """Write the commented default where there is no file yet; a person's file is never touched."""
    path = context.places.config_file
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(config.default_file())
    except FileExistsError:
        raise UsageError(f"{path} is there already and was left as it is.") from None
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}.") from error
    context.say(f"Wrote {path}: everything in it is a comment until you take the # away.")
    return Exit.OK


def _check(context: Context, _arguments: argparse.Namespace) -> int:
    path = context.places.config_file
    reading = config.read(path)
    problems = [f"{path}, line {problem.line}: {problem.sentence}" for problem in reading.problems]
    problems += context.site_rules.problems()
    for sentence in problems:
        context.say(sentence)
    if problems:
        return Exit.USAGE
    there = path.exists()
    context.say(f"{path} is fine." if there else f"There is no {path}; the defaults are used.")
    return Exit.OK


def _show(context: Context, arguments: argparse.Namespace) -> int:
    path = context.places.config_file
    reading = config.read(path)
    for name, value, line in config.show(reading):
        origin = "default" if line is None else f"{path}:{line}"
        if arguments.json:
            print_json(context.out, {"name": name, "value": value, "origin": origin})
        else:
            print(f"{name} = {value}" + (f"  # {origin}" if arguments.origin else ""), file=context.out)
    return Exit.OK
