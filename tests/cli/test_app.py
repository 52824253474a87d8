"""The app as a process on a terminal: how it opens, how it ends, and what it leaves."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.terminal import Session

from .conftest import Cli

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 30.0
"""For a loaded machine; a test that passes waits for its condition and no longer."""


@dataclass
class Terminals:
    """Starts programs on terminals of their own."""

    home: Path
    temporary: Path
    started: list[Session] = field(default_factory=list)

    def __call__(self, *words: str, script: str = "") -> Session:
        environ = {
            "BROADSHEET_HOME": str(self.home),
            "TMPDIR": str(self.temporary),
            "PYTHONPATH": str(ROOT),
            "TERM": "xterm-256color",
        }
        command = [sys.executable, "-c", script] if script else [sys.executable, "-m", "reader", *words]
        self.started.append(Session(command, columns=120, lines=36, environ=os.environ | environ))
        return self.started[-1]


@pytest.fixture
def terminal(cli: Cli, tmp_path: Path) -> Iterator[Terminals]:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    terminals = Terminals(cli.home, temporary)
    yield terminals
    for started in terminals.started:
        started.close()


def test_the_demo_opens_shows_three_panes_and_leaves_no_trace(terminal: Terminals) -> None:
    demo = terminal("demo")
    demo.wait_for("Inbox", PATIENCE_SECONDS)
    demo.wait_for("The Harbour", PATIENCE_SECONDS)
    demo.wait_for("Port Amelie 2, Saltmarsh 1", PATIENCE_SECONDS)
    assert list(terminal.temporary.iterdir()) != []
    demo.send("q")
    assert demo.wait_exit(PATIENCE_SECONDS) == 0
    assert list(terminal.temporary.iterdir()) == []
    assert not terminal.home.exists()


@pytest.mark.parametrize(
    ("send", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)]
)
def test_a_signal_restores_the_terminal_and_is_told_by_the_exit_code(
    send: signal.Signals, code: int, terminal: Terminals, stocked: Cli
) -> None:
    app = terminal()
    app.wait_for("Inbox", PATIENCE_SECONDS)
    app.kill(send)
    assert app.wait_exit(PATIENCE_SECONDS) == code
    for mode in ("?1049l", "?1000l", "?1003l", "?2004l", "?25h"):
        assert f"\x1b[{mode}".encode() in app.raw


def test_a_bug_restores_the_terminal_and_is_one_line_with_the_report_and_exit_code_70(
    terminal: Terminals, stocked: Cli
) -> None:
    script = """
import sys
from reader.cli import main
from reader.ui.app import BroadsheetApp
async def broken(self):
    secret = "hunter2"
    raise ZeroDivisionError("a bug")
BroadsheetApp._begin = broken
sys.exit(main([]))
"""
    app = terminal(script=script)
    assert app.wait_exit(PATIENCE_SECONDS) == 70
    (report,) = (terminal.home / "state" / "crashes").iterdir()
    assert "ZeroDivisionError: a bug" in report.read_text(encoding="utf-8")
    after = bytes(app.raw).rpartition(b"\x1b[?25h")[2]
    assert b"Broadsheet crashed, which is a bug; the report is " in after
    assert b"Traceback" not in app.raw
    assert b"hunter2" not in app.raw


def test_settings_that_cannot_be_used_are_refused_before_the_screen_is_taken(terminal: Terminals) -> None:
    (terminal.home / "config").mkdir(parents=True)
    (terminal.home / "config" / "config.toml").write_text("measur = 3\n", encoding="utf-8")
    app = terminal()
    assert app.wait_exit(PATIENCE_SECONDS) == 2
    assert b'did you mean "measure"?' in app.raw
    assert b"?1049h" not in app.raw


def test_what_a_window_did_can_be_undone_from_the_command_line(terminal: Terminals, stocked: Cli) -> None:
    app = terminal()
    app.wait_for("Inbox", PATIENCE_SECONDS)
    app.wait_for("Port Amelie 2, Saltmarsh 1", PATIENCE_SECONDS)
    app.send("s")
    app.wait_for("★", PATIENCE_SECONDS)
    app.send("q")
    assert app.wait_exit(PATIENCE_SECONDS) == 0
    (starred,) = stocked.ids("is:starred")
    (step, *_) = stocked("undo", "--list", "--json").objects
    assert step["by"] == "window"
    stocked("undo", str(step["step"]))
    assert stocked.ids("is:starred") == []
    assert starred


def test_what_the_command_line_does_appears_in_an_open_app(terminal: Terminals, stocked: Cli) -> None:
    (entry,) = stocked.ids("--limit", "1")
    app = terminal()
    app.wait_for("Port Amelie 2, Saltmarsh 1", PATIENCE_SECONDS)
    stocked("tag", "zebra", str(entry))
    app.wait_for("zebra", PATIENCE_SECONDS)
    app.send("q")
    assert app.wait_exit(PATIENCE_SECONDS) == 0
