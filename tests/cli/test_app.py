"""The app as a process on a terminal: how it opens, how it ends, and what it leaves."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from .conftest import Cli

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 30.0
"""For a loaded machine; a test that passes waits for its condition and no longer."""


@dataclass
class Terminal:
    """A process on a terminal of its own."""

    process: subprocess.Popen[bytes]
    descriptor: int
    seen: bytearray = field(default_factory=bytearray)

    def wait_for(self, text: str) -> None:
        """Read until ``text`` was printed."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while text.encode() not in self.seen:
            assert time.monotonic() < deadline, f"{text!r} never came: {bytes(self.seen[-2000:])!r}"
            assert self._read() or self.process.poll() is None, bytes(self.seen[-2000:])

    def type(self, keys: str) -> None:
        os.write(self.descriptor, keys.encode())

    def end(self) -> int:
        """Read to the end and return the exit code."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while self.process.poll() is None:
            assert time.monotonic() < deadline, bytes(self.seen[-2000:])
            self._read()
        while self._read():
            pass
        return self.process.returncode

    def _read(self) -> bool:
        ready, _, _ = select.select([self.descriptor], [], [], 0.1)
        if not ready:
            return False
        try:
            data = os.read(self.descriptor, 65536)
        except OSError:
            return False
        self.seen += data
        return bool(data)


@dataclass
class Terminals:
    """Starts processes on terminals."""

    home: Path
    temporary: Path
    started: list[Terminal] = field(default_factory=list)

    def __call__(self, *words: str, size: tuple[int, int] = (120, 36), script: str = "") -> Terminal:
        main, side = pty.openpty()
        columns, rows = size
        fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        environ = {
            "BROADSHEET_HOME": str(self.home),
            "TMPDIR": str(self.temporary),
            "PYTHONPATH": str(ROOT),
            "TERM": "xterm-256color",
        }
        command = [sys.executable, "-c", script] if script else [sys.executable, "-m", "reader", *words]
        process = subprocess.Popen(
            command, stdin=side, stdout=side, stderr=side, env=os.environ | environ, start_new_session=True
        )
        os.close(side)
        terminal = Terminal(process, main)
        self.started.append(terminal)
        return terminal


@pytest.fixture
def terminal(cli: Cli, tmp_path: Path) -> Iterator[Terminals]:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    terminals = Terminals(cli.home, temporary)
    yield terminals
    for started in terminals.started:
        if started.process.poll() is None:
            started.process.kill()
            started.process.wait()
        os.close(started.descriptor)


def test_the_demo_opens_shows_three_panes_and_leaves_no_trace(terminal: Terminals) -> None:
    demo = terminal("demo")
    demo.wait_for("Inbox")
    demo.wait_for("The Harbour")
    demo.wait_for("Port Amelie 2, Saltmarsh 1")
    assert list(terminal.temporary.iterdir()) != []
    demo.type("q")
    assert demo.end() == 0
    assert list(terminal.temporary.iterdir()) == []
    assert not terminal.home.exists()


@pytest.mark.parametrize(
    ("send", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)]
)
def test_a_signal_restores_the_terminal_and_is_told_by_the_exit_code(
    send: signal.Signals, code: int, terminal: Terminals, stocked: Cli
) -> None:
    app = terminal()
    app.wait_for("Inbox")
    app.process.send_signal(send)
    assert app.end() == code
    for mode in ("?1049l", "?1000l", "?1003l", "?2004l", "?25h"):
        assert f"\x1b[{mode}".encode() in app.seen


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
    assert app.end() == 70
    (report,) = (terminal.home / "state" / "crashes").iterdir()
    assert "ZeroDivisionError: a bug" in report.read_text(encoding="utf-8")
    after = bytes(app.seen).rpartition(b"\x1b[?25h")[2]
    assert b"Broadsheet crashed, which is a bug; the report is " in after
    assert b"Traceback" not in app.seen
    assert b"hunter2" not in app.seen


def test_settings_that_cannot_be_used_are_refused_before_the_screen_is_taken(terminal: Terminals) -> None:
    (terminal.home / "config").mkdir(parents=True)
    (terminal.home / "config" / "config.toml").write_text("measur = 3\n", encoding="utf-8")
    app = terminal()
    assert app.end() == 2
    assert b'did you mean "measure"?' in app.seen
    assert b"?1049h" not in app.seen


def test_what_a_window_did_can_be_undone_from_the_command_line(terminal: Terminals, stocked: Cli) -> None:
    app = terminal()
    app.wait_for("Inbox")
    app.wait_for("Port Amelie 2, Saltmarsh 1")
    app.type("s")
    app.wait_for("★")
    app.type("q")
    assert app.end() == 0
    (starred,) = stocked.ids("is:starred")
    (step, *_) = stocked("undo", "--list", "--json").objects
    assert step["by"] == "window"
    stocked("undo", str(step["step"]))
    assert stocked.ids("is:starred") == []
    assert starred


def test_what_the_command_line_does_appears_in_an_open_app(terminal: Terminals, stocked: Cli) -> None:
    (entry,) = stocked.ids("--limit", "1")
    app = terminal()
    app.wait_for("Port Amelie 2, Saltmarsh 1")
    stocked("tag", "zebra", str(entry))
    app.wait_for("zebra")
    app.type("q")
    assert app.end() == 0
