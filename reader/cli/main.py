"""A command line in, an exit code out.

A ``BroadsheetError`` is one sentence on standard error, and so is a full disk; a closed pipe is the reader's right; a
signal is 128 and its number; everything else is a bug, which gets a report, a line that names it and exit code 70.
"""

from __future__ import annotations

import argparse
import errno
import gc
import io
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Final, TextIO

from ..errors import BroadsheetError, UsageError
from ..paths import PROFILE_VARIABLE, is_profile_name, places
from ..text import clean_line
from .catalogue import Command
from .context import Context
from .exits import Exit, code_of
from .parser import parse


class Stopped(BaseException):
    """A signal asked the program to end."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command line (``sys.argv`` by default) and return its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    _open_what_is_closed()
    _never_choke()
    code = _outcome(words)
    return _flushed(code)


def _outcome(words: list[str]) -> int:
    """Return the exit code of a command line; whatever went wrong has been told."""
    context: Context | None = None
    try:
        with _signals():
            command, arguments = parse(words)
            context = _context(arguments)
            return _run(command, context, arguments)
    except BroadsheetError as error:
        _say(str(error))
        return code_of(error)
    except BrokenPipeError:
        return Exit.OK
    except SystemExit as done:  # argparse has printed help or the version
        return done.code if isinstance(done.code, int) else Exit.OK
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except Stopped as stopped:
        return 128 + stopped.number
    except Exception as error:  # noqa: BLE001 - a bug: told in a line, reported in a file
        if isinstance(error, OSError) and error.errno in _NO_ROOM:
            _say(_no_room(error))
            return Exit.FAILED
        return _crashed(error, context)


def _run(command: Command | None, context: Context, arguments: argparse.Namespace) -> int:
    if command is not None:
        return command.load().run(context, arguments)
    usual = gc.get_threshold()
    gc.set_threshold(0)  # what a start loads is kept; the app collects again from its first frame on
    try:
        from .app import run

        return run(context)
    finally:
        gc.set_threshold(*usual)


def _context(arguments: argparse.Namespace) -> Context:
    profile = getattr(arguments, "profile", None) or os.environ.get(PROFILE_VARIABLE) or None
    if profile is not None and not is_profile_name(profile):
        raise UsageError(f'"{profile}" cannot name a profile: use letters, digits, - and _.')
    return Context(places(profile, os.environ), os.environ, profile)


# ----------------------------------------------------------------------------------------------- the ends


@contextmanager
def _signals() -> Iterator[None]:
    """Turn SIGTERM and SIGHUP into ``Stopped`` while the block runs, so that everything open is closed."""

    def stop(number: int, _frame: FrameType | None) -> None:
        raise Stopped(number)

    if threading.current_thread() is not threading.main_thread():
        yield  # whoever runs us in a thread minds the signals
        return
    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _open_what_is_closed() -> None:
    """Put nothing in the place of a stream that whoever started us has closed, so that no file gets its number."""
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        if getattr(sys, name) is None:
            nothing = os.open(os.devnull, os.O_RDWR)
            if nothing != number:
                os.dup2(nothing, number)
                os.close(nothing)
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115 - for good


def _never_choke() -> None:
    """Let a terminal that does not know a character show a sign in its place."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _say(sentence: str) -> None:
    with suppress(OSError):  # the terminal may be gone, and then there is nobody to tell
        print(clean_line(sentence), file=sys.stderr, flush=True)


_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT})


def _no_room(error: OSError) -> str:
    what = f" for {error.filename}" if error.filename else " that was written to"
    return f"There is no room left on the disk{what}."


def _flushed(code: int) -> int:
    """Return the exit code when all that was printed has gone out, and another one when a full disk did not take it.

    A stream that takes no more (a pipe or a terminal that was closed) is pointed at nothing: the interpreter flushes once
    more on its way out, and would put exit code 120 in the place of ours.
    """
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError) as error:
            _let_go_of(stream)
            if isinstance(error, OSError) and error.errno in _NO_ROOM and code == Exit.OK:
                _say(_no_room(error))
                code = Exit.FAILED
    return code


def _let_go_of(stream: TextIO) -> None:
    nothing = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nothing, stream.fileno())
    except (OSError, ValueError, AttributeError):
        pass
    finally:
        os.close(nothing)


def _crashed(error: Exception, context: Context | None) -> Exit:
    from datetime import UTC, datetime

    from .log import write_crash

    home = context.places if context else places(None, os.environ)
    report = write_crash(home, error, datetime.now(UTC))
    told = f"the report is {report}" if report else f"{type(error).__name__}: {error}"
    _say(f"Broadsheet crashed, which is a bug; {told}")
    return Exit.CRASHED
