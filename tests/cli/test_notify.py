"""The command that is told of new articles."""

from __future__ import annotations

import sys
import threading
import time
from pathlib import Path

from reader.cli.notify import notify
from reader.model import RefreshDone


def test_the_command_gets_the_sentence_as_its_last_word(tmp_path: Path) -> None:
    note = tmp_path / "note"
    script = f"import sys, pathlib; pathlib.Path({str(note)!r} + '.part').write_text(sys.argv[-1]); "
    script += f"pathlib.Path({str(note)!r} + '.part').rename({str(note)!r})"
    assert notify([sys.executable, "-c", script], RefreshDone(new=3)) == ""
    deadline = time.monotonic() + 20
    while not note.exists() or any(thread.name == "notify" for thread in threading.enumerate()):
        assert time.monotonic() < deadline
    assert note.read_text() == "3 new articles"


def test_nothing_is_run_when_nothing_came(tmp_path: Path) -> None:
    assert notify(["/nowhere/at-all"], RefreshDone()) == ""


def test_a_command_that_cannot_be_run_is_a_sentence() -> None:
    assert notify(["/nowhere/at-all"], RefreshDone(new=1)) == (
        "notify_command: /nowhere/at-all cannot be run: No such file or directory."
    )
