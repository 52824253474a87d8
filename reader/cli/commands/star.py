"""``broadsheet star``."""

from __future__ import annotations

import argparse

from ...triage import Field
from .. import changing
from ..changing import Verb
from ..context import Context

EXAMPLES = """
broadsheet star 6121370
broadsheet star --off before:1y
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("--off", action="store_true", help="take the star away")
    changing.configure(parser)


def run(context: Context, arguments: argparse.Namespace) -> int:
    """Star articles, or take the star away."""
    verb = (
        Verb("Took the star off {n}", ((Field.STARRED, "", ""),))
        if arguments.off
        else Verb("Starred {n}", ((Field.STARRED, "1", ""),))
    )
    return changing.run(context, arguments, verb)
