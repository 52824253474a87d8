"""``broadsheet tag``: put tags on articles, or take them away."""

from __future__ import annotations

import argparse

from ...errors import UsageError
from ...store.tagging import clean_name
from ...triage import Field
from .. import changing
from ..changing import Verb
from ..context import Context

EXAMPLES = """
broadsheet tag tea 6121370
broadsheet tag tea,kitchen feed:salzstreuer
broadsheet tag --remove tea before:1y --dry-run
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("--remove", action="store_true", help="take the tags away")
    parser.add_argument("tags", metavar="TAG[,TAG]", help="the tags; / nests one in another")
    changing.configure(parser)


def run(context: Context, arguments: argparse.Namespace) -> int:
    """Tag articles, or take tags away."""
    names = list(dict.fromkeys(filter(None, map(clean_name, arguments.tags.split(",")))))
    if not names:
        raise UsageError(f'"{arguments.tags}" names no tag.')
    listed = " ".join(f"#{name}" for name in names).replace("{", "{{").replace("}", "}}")
    label = f"Took {listed} off {{n}}" if arguments.remove else f"Tagged {{n}} {listed}"
    value = "" if arguments.remove else "1"
    return changing.run(context, arguments, Verb(label, tuple((Field.TAG, value, name) for name in names)))
