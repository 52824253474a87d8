"""``broadsheet note``."""

from __future__ import annotations

import argparse

from ...triage import Field
from .. import changing
from ..changing import Verb
from ..context import Context

EXAMPLES = """
broadsheet note "Compare with last year" 6121370
broadsheet note "" 6121370               take the note away
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("text", metavar="TEXT", help='what to note; "" takes the note away')
    changing.configure(parser)


def run(context: Context, arguments: argparse.Namespace) -> int:
    """Write a note on articles, in the place of the one that is there."""
    label = "Noted on {n}" if arguments.text.strip() else "Took the note off {n}"
    return changing.run(context, arguments, Verb(label, ((Field.NOTE, arguments.text.strip(), ""),)))
