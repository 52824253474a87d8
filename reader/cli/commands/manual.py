"""``broadsheet manual``: the manual, page by page."""

from __future__ import annotations

import argparse
import shutil

from ... import export
from ...errors import UsageError
from ...manual import article, topics
from ..context import Context
from ..exits import Exit

EXAMPLES = """
broadsheet manual                        the list of its pages
broadsheet manual queries | less
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("topic", nargs="?", help="a page of the manual (default: list them)")


def run(context: Context, arguments: argparse.Namespace) -> int:
    """Print a page of the manual, or the list of its pages."""
    known = topics()
    if arguments.topic is None:
        width = max(map(len, known))
        for name, title in known.items():
            print(f"{name:{width}}  {title}", file=context.out)
        return Exit.OK
    if arguments.topic not in known:
        raise UsageError(f'The manual has no page "{arguments.topic}"; it has {", ".join(known)}.')
    width = min(context.config.measure, shutil.get_terminal_size().columns)
    print(export.to_text(article(arguments.topic), width), file=context.out)
    return Exit.OK
