"""``broadsheet paths``: where things live."""

from __future__ import annotations

import argparse

from ..context import Context
from ..exits import Exit
from ..output import add_format, print_columns, print_json, print_plain

EXAMPLES = """
broadsheet paths
broadsheet --profile work paths --json
BROADSHEET_HOME=/media/stick/news broadsheet paths
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    add_format(parser)


def run(context: Context, arguments: argparse.Namespace) -> int:
    """Print where the library, the settings, the cache and the log are."""
    places = context.places
    found = {
        "library": places.library,
        "config": places.config_file,
        "cache": places.cache,
        "log": places.log,
        "crashes": places.crashes,
    }
    if arguments.json:
        print_json(context.out, {name: str(path) for name, path in found.items()})
    elif arguments.plain:
        for name, path in found.items():
            print_plain(context.out, (name, path))
    else:
        print_columns(
            context.out,
            ((name, str(path), "" if path.exists() else "(not there yet)") for name, path in found.items()),
        )
    return Exit.OK
