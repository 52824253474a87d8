"""How long it takes to be there: ``list --json`` beside bare Python, the app's first frame and rows beside a bare Textual app.

    python -m tests.benchmarks.start

CPU seconds of the child processes, the best of five, all in one run: only the ratios mean something on another machine.
"""

from __future__ import annotations

import fcntl
import os
import pty
import resource
import select
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from reader.demo.library import fill
from reader.demo.site import BASE, Site
from reader.store.database import Database

ROUNDS = 5
PATIENCE = 30
STANDARD = "import argparse, sqlite3, json, dataclasses, tomllib, platformdirs"
BARE_APP = """
from textual.app import App
from textual.widgets import Static
class Bare(App):
    def compose(self):
        yield Static("first rows")
Bare().run()
"""


def finished(command: Sequence[str]) -> float:
    """Return the CPU seconds of a command that ends by itself."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def painted(command: Sequence[str], text: bytes) -> float:
    """Return the CPU seconds until a program on a terminal of 120×36 has painted ``text``."""
    main, side = pty.openpty()
    fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", 36, 120, 0, 0))
    environ = os.environ | {"TERM": "xterm-256color"}
    process = subprocess.Popen(
        command, stdin=side, stdout=side, stderr=side, env=environ, start_new_session=True
    )
    os.close(side)
    seen, until = b"", time.monotonic() + PATIENCE
    try:
        while text not in seen:
            if time.monotonic() > until or not select.select([main], [], [], PATIENCE)[0]:
                raise TimeoutError(f"{text!r} was never painted: {seen[-500:]!r}")
            seen += os.read(main, 65536)
        fields = Path(f"/proc/{process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    finally:
        process.kill()
        process.wait()
        os.close(main)


def welcomed() -> float:
    """Return the CPU seconds until the app has painted its welcome, on a machine where it has never been."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["BROADSHEET_HOME"] = home
        return painted([sys.executable, "-m", "reader"], b"demo")


def best(measure: Callable[[], float]) -> float:
    """Return the least of several measurements."""
    return min(measure() for _ in range(ROUNDS))


def main() -> None:
    """Measure and print."""
    python = sys.executable
    with tempfile.TemporaryDirectory() as home:
        os.environ["BROADSHEET_HOME"] = home
        (Path(home) / "data").mkdir()
        database = Database.open(Path(home) / "data" / "library.db")
        fill(database, Site(BASE, datetime.now(UTC)))
        database.close()
        bare = best(lambda: finished([python, "-c", "pass"]))
        standard = best(lambda: finished([python, "-c", STANDARD]))
        listing = best(lambda: finished([python, "-m", "reader", "list", "--json"]))
        print(
            f"list --json    {listing:.3f} s CPU  {listing / bare:.1f} × python -c pass, {listing / standard:.1f} × its imports"
        )
        textual = best(lambda: painted([python, "-c", BARE_APP], b"first rows"))
        app = best(lambda: painted([python, "-m", "reader"], b"Late Own Goal"))
        print(f"first rows     {app:.3f} s CPU  {app / textual:.1f} × a bare Textual app")
        welcome = best(welcomed)
        print(f"welcome        {welcome:.3f} s CPU  {welcome / textual:.1f} × a bare Textual app")


if __name__ == "__main__":
    main()
