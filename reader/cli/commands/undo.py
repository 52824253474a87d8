"""``broadsheet undo``: take back what was done, here or in the app."""

from __future__ import annotations

import argparse

from ...errors import BroadsheetError
from ...model import StepId
from ...store import changes
from ...triage import Step, Undone
from ..context import SESSION, Context
from ..exits import Exit
from ..output import add_format, date_words, print_json, print_plain

EXAMPLES = """
broadsheet undo                          the last change made on the command line
broadsheet undo --list                   what was done, by whom, newest first
broadsheet undo 217                      one step of that list, whoever made it
broadsheet undo --redo                   do again what was undone last
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("step", nargs="?", type=int, metavar="STEP", help="the step to undo")
    parser.add_argument("--list", action="store_true", help="list the steps instead")
    parser.add_argument("--redo", action="store_true", help="do again what was undone last")
    parser.add_argument("--limit", type=int, default=50, metavar="N", help="list at most N (default: 50)")
    add_format(parser)


def run(context: Context, arguments: argparse.Namespace) -> int:
    """Undo a step, redo one, or list them."""
    now = context.now()
    with context.library() as database:
        if arguments.list:
            for step in database.read_now(changes.history, arguments.limit):
                _print_step(context, arguments, step)
            return Exit.OK
        if arguments.redo:
            done, verb = database.write_now(changes.redo, SESSION, now), "Did again"
        else:
            step_id = None if arguments.step is None else StepId(arguments.step)
            done, verb = database.write_now(changes.undo, SESSION, now, step_id), "Undid"
    if done is None:
        raise BroadsheetError(_nothing(arguments))
    _report(context, arguments, done, verb)
    return Exit.OK


def _nothing(arguments: argparse.Namespace) -> str:
    if arguments.step is not None:
        return f"Step {arguments.step} cannot be undone: it does not exist or was undone already."
    return f"There is nothing to {'redo' if arguments.redo else 'undo'}. broadsheet undo --list shows what was done."


def _print_step(context: Context, arguments: argparse.Namespace, step: Step) -> None:
    if arguments.json:
        value = {
            "step": step.id,
            "label": step.label,
            "at": step.at.isoformat(timespec="seconds"),
            "by": step.actor.value,
            "undone": step.undone,
        }
        print_json(context.out, value)
    elif arguments.plain:
        fields = (step.id, step.at.isoformat(timespec="seconds"), step.actor.value, step.undone, step.label)
        print_plain(context.out, fields)
    else:
        undone = " (undone)" if step.undone else ""
        when = date_words(step.at, context.now())
        print(f"{step.id:>6}  {when:<10}  {step.actor.value:<12}  {step.label}{undone}", file=context.out)


def _report(context: Context, arguments: argparse.Namespace, done: Undone, verb: str) -> None:
    if arguments.json:
        changed = sorted({change.entry_id for change in done.changes})
        print_json(
            context.out,
            {
                "step": done.step.id,
                "label": done.step.label,
                "changed": changed,
                "left_alone": done.left_alone,
            },
        )
        return
    kept = f" {done.left_alone} changed again since and left alone." if done.left_alone else ""
    context.say(f"{verb}: {done.step.label}.{kept}")
