"""``broadsheet hide``."""

from __future__ import annotations

import argparse

from ...triage import Field
from .. import changing
from ..changing import Verb
from ..context import Context

EXAMPLES = """
broadsheet hide feed:courier title:ferry
broadsheet hide --off is:hidden tag:tea
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("--off", action="store_true", help="show them again")
    changing.configure(parser)


def run(context: Context, arguments: argparse.Namespace) -> int:
    """Hide articles, or show them again."""
    verb = (
        Verb("Showed {n} again", ((Field.HIDDEN, "", ""),))
        if arguments.off
        else Verb("Hid {n}", ((Field.HIDDEN, "1", ""),))
    )
    return changing.run(context, arguments, verb)
