"""``broadsheet snooze``: out of sight until a time."""

from __future__ import annotations

import argparse

from ...errors import UsageError
from ...triage import Field
from .. import changing
from ..changing import Verb
from ..context import Context

EXAMPLES = """
broadsheet snooze 3d 6121370             for three days
broadsheet snooze monday tag:tea         until eight in the morning of that day
broadsheet snooze 2027-01-04 6121370
broadsheet snooze now is:snoozed         wake them
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument(
        "until", metavar="UNTIL", help="3h, 3d, 2w, tomorrow, a weekday, a date or a time; now wakes them"
    )
    changing.configure(parser)


def run(context: Context, arguments: argparse.Namespace) -> int:
    """Put articles out of sight until a time, or wake them."""
    from ...ui.words import moment, parse_span

    if arguments.until == "now":
        return changing.run(context, arguments, Verb("Woke {n}", ((Field.SNOOZED, "", ""),)))
    now = context.now().astimezone()
    until = parse_span(arguments.until, now)
    if until is None:
        raise UsageError(
            f'"{arguments.until}" is no time ahead; try 3h, 3d, 2w, tomorrow, monday, 2027-01-04 or now.'
        )
    verb = Verb(f"Snoozed {{n}} until {moment(until, now)}", ((Field.SNOOZED, until.isoformat(), ""),))
    return changing.run(context, arguments, verb)
