"""The person's own command for new articles: run beside us, with the sentence as its last word, never through a shell."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from threading import Thread

from ..model import RefreshDone
from .progress import count


def notify(command: Sequence[str], done: RefreshDone) -> str:
    """Start the command when a refresh brought something; returns why it could not be started, or nothing.

    Nobody waits for it, and what it prints goes nowhere: the terminal belongs to somebody else.
    """
    if not command or not done.new:
        return ""
    try:
        started = subprocess.Popen(  # noqa: S603 - the person's own setting, as an argument vector
            [*command, f"{count(done.new, 'new article')}"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        return f"notify_command: {command[0]} cannot be run: {error.strerror}."
    # Somebody has to collect its exit code, or it stays behind as a zombie for as long as the app is open.
    Thread(target=started.wait, name="notify", daemon=True).start()
    return ""
