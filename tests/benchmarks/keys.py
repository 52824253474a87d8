"""What a key costs: processor time and time to the painted row, on a large library, beside an empty Textual app.

    python -m tests.benchmarks.keys                        a library of 20,000 articles
    python -m tests.benchmarks.keys --articles 100000 --keep /var/tmp/hundred.db

The program runs under a terminal of ours. Each key is pressed many times, each press after the screen has come to rest;
processor time is the main thread's own, as the kernel counts it (Linux), so that a busy machine does not matter.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.pty.running import PROJECT
from tests.terminal import Session

from .library import build

PRESSES: Final = 40
KEYS: Final = (
    ("j", "down a row", 16.0), ("k", "up a row", 16.0), ("d", "done", 16.0), ("s", "star", 16.0), ("u", "undo", 16.0),
    ("\x06", "down a page", 50.0), ("\r", "open an article", 50.0), ("\x1b", "back to the list", 50.0),
    ("gl", "to the later list", 50.0), ("gi", "to the inbox", 50.0),
)  # fmt: skip
"""Keys, what they do, and the most milliseconds of processor time at the 95th percentile."""
EMPTY_APP: Final = """
from textual.app import App
from textual.widgets import Static
class Empty(App):
    def compose(self): yield Static("ready")
    def on_key(self, event): self.query_one(Static).update(event.key)
Empty().run()
"""


@dataclass(frozen=True)
class Cost:
    """Milliseconds of one press."""

    cpu: float
    wall: float


def cpu_ms(pid: int) -> float:
    """Return the processor time of a process's main thread so far."""
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e6


def press(session: Session, key: str) -> Cost:
    """Press a key and wait until the screen has come to rest."""
    before, start, size = cpu_ms(session.pid), time.perf_counter(), len(session.raw)
    session.send(key)
    last, painted = start, start
    while time.perf_counter() - last < 0.06:
        session.read(0.005)
        if len(session.raw) != size:
            size = len(session.raw)
            last = painted = time.perf_counter()
        if time.perf_counter() - start > 3:
            break
    return Cost(cpu_ms(session.pid) - before, (painted - start) * 1000)


def measure(session: Session, keys: Sequence[str], presses: int) -> list[list[Cost]]:
    """Return the costs of each key; keys are pressed in turn, so that each finds something to do."""
    costs: list[list[Cost]] = [[] for _ in keys]
    for _ in range(presses):
        for number, key in enumerate(keys):
            costs[number].append(press(session, key))
    return costs


def told(costs: Sequence[Cost]) -> str:
    """Return median and 95th percentile of processor time, and of the time to the last byte painted."""
    cpu = sorted(cost.cpu for cost in costs)
    wall = sorted(cost.wall for cost in costs)
    late = min(len(cpu) - 1, int(len(cpu) * 0.95))
    return f"cpu {statistics.median(cpu):6.1f} / {cpu[late]:6.1f} ms   painted {statistics.median(wall):6.1f} / {wall[late]:6.1f} ms"


def main() -> int:
    """Measure and print; the exit status tells whether the bars were met."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--articles", type=int, default=20_000)
    options.add_argument("--keep", type=Path, help="file of the library, built if it is not there")
    options.add_argument("--presses", type=int, default=PRESSES)
    arguments = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        kept = arguments.keep or home / "built.db"
        if not kept.exists():
            build(kept, arguments.articles)
        (home / "data").mkdir()
        shutil.copy(kept, home / "data" / "library.db")
        return _run(home, arguments.presses)


def _run(home: Path, presses: int) -> int:
    environ = {
        "PATH": os.environ["PATH"], "HOME": str(home), "BROADSHEET_HOME": str(home), "PYTHONPATH": str(PROJECT),
        "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8",
    }  # fmt: skip
    with Session([sys.executable, "-c", EMPTY_APP], columns=140, lines=40, environ=environ) as session:
        session.wait_for("ready")
        session.settle()
        (empty,) = measure(session, ["j"], presses)
    print(f"{'an empty Textual app':24} {told(empty)}")
    failed = False
    start = time.perf_counter()
    with Session(
        [sys.executable, "-m", "reader"], columns=140, lines=40, environ=environ, cwd=home
    ) as session:
        session.wait_for("●", 60)
        print(f"{'first rows after':24} {(time.perf_counter() - start) * 1000:.0f} ms")
        session.settle(1.0)
        for (_, name, bar), costs in zip(
            KEYS, measure(session, [key for key, _, _ in KEYS], presses), strict=True
        ):
            late = sorted(cost.cpu for cost in costs)[min(len(costs) - 1, int(len(costs) * 0.95))]
            failed |= late > bar
            print(f"{name:24} {told(costs)}   bar {bar:.0f} ms{'  MISSED' if late > bar else ''}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
