"""``broadsheet later``."""

from __future__ import annotations

import argparse

from ...triage import Field
from .. import changing
from ..changing import Verb
from ..context import Context

EXAMPLES = """
broadsheet later 6121370 6121374
broadsheet later --off 'is:later is:read'
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("--off", action="store_true", help="take them off the list")
    changing.configure(parser)


def run(context: Context, arguments: argparse.Namespace) -> int:
    """Put articles on the later list, or take them off."""
    verb = (
        Verb("Took {n} off the later list", ((Field.LATER, "", ""),))
        if arguments.off
        else Verb("Put {n} on the later list", ((Field.LATER, "1", ""),))
    )
    return changing.run(context, arguments, verb)
