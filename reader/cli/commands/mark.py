"""``broadsheet mark``: read or unread."""

from __future__ import annotations

import argparse

from ...triage import Field
from .. import changing
from ..changing import Verb
from ..context import Context

EXAMPLES = """
broadsheet mark read 6121370             one article
broadsheet mark read feed:courier        everything of a source
broadsheet mark read 'is:unread before:2w' --dry-run
broadsheet mark unread tag:tea
"""

_VERBS = {
    "read": Verb("Marked {n} read", ((Field.READ, "1", ""),)),
    "unread": Verb("Marked {n} unread", ((Field.READ, "", ""),)),
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("state", choices=tuple(_VERBS), help="what they become")
    changing.configure(parser)


def run(context: Context, arguments: argparse.Namespace) -> int:
    """Mark articles read or unread."""
    return changing.run(context, arguments, _VERBS[arguments.state])
