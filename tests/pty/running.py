"""The program itself under a terminal of ours, on a library made beforehand."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.terminal import Session, Terminal

PROJECT = Path(__file__).parents[2]
RESTORED = ("?1049", "?1000", "?1002", "?1003", "?1006", "?2004")
"""Modes that the program turns on and has to leave off: alternate screen, mouse, bracketed paste."""


def start(
    home: Path,
    *arguments: str,
    columns: int = 120,
    lines: int = 36,
    before: Sequence[str] = (),
    **environ: str,
) -> Session:
    """Start ``broadsheet`` with its files under ``home``, where ``data/library.db`` may have been made.

    ``before`` is a program that starts it.
    """
    command = [*before, sys.executable, "-m", "reader", *arguments]
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "BROADSHEET_HOME": str(home),
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(PROJECT),
        **environ,
    }
    return Session(command, columns=columns, lines=lines, environ=environment, cwd=home)


def is_restored(terminal: Terminal) -> bool:
    """Tell whether a shell would find the terminal as it was."""
    return not terminal.modes.intersection(RESTORED) and "?25" in terminal.modes
