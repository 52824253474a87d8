"""What a key costs: processor time and time to the painted row, on a large library, beside an empty Textual app.

    python -m tests.benchmarks.keys                        100,000 articles of 1,000 sources
    python -m tests.benchmarks.keys --articles 20000 --feeds 200

The program runs under a terminal of ours. Each key is pressed many times, each press after the screen has come to rest;
processor time is the main thread's own, as the kernel counts it (Linux), so that a busy machine does not matter. Then all
sources are refreshed from a server of this machine and keys are pressed all the while: how late the event loop came to
what was due, and what it computed at a stretch. The library is made once and kept among the temporary files.
"""

from __future__ import annotations

import argparse
import itertools
import math
import os
import shutil
import sqlite3
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

from .feed_server import urls
from .library import build
from .refresh import server

PRESSES: Final = 40
REST_SECONDS: Final = 0.1
"""So long nothing computes before a press counts as done; counts are read again 80 ms after a verb."""
KEYS: Final = (
    ("j", "down a row", 16.0), ("k", "up a row", 16.0), ("d", "done", 16.0), ("s", "star", 16.0), ("u", "undo", 16.0),
    ("\x06", "down a page", 50.0), ("\r", "open an article", 50.0), ("\x1b", "back to the list", 50.0),
    ("gl", "to the later list", 50.0), ("gi", "to the inbox", 50.0), ("J", "to the next source", 50.0),
    ("gi", "back to the inbox", 50.0),
)  # fmt: skip
"""Keys, what they do, and the most milliseconds of processor time at the 95th percentile."""
MEDIAN_BAR: Final = 5.0
"""Milliseconds of the verbs and of moving by a row, at the median."""
LATE_BARS: Final = (50.0, 100.0)
"""Milliseconds the event loop may be late during a refresh: at the 99th percentile, and at the worst."""
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

    answer: float
    """Processor time until something was painted: the row."""
    cpu: float
    """Processor time of all that the press led to: the article beside the list and the counts too."""
    wall: float
    """Until something was painted."""


def cpu_ms(pid: int) -> float:
    """Return the processor time of a process's main thread so far."""
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e6


def is_asleep(pid: int) -> bool:
    """Tell whether every thread of a process waits for something other than a processor."""
    states = (
        (task / "stat").read_text().rpartition(")")[2].split()[0]
        for task in Path(f"/proc/{pid}/task").iterdir()
    )
    return all(state == "S" for state in states)


def press(session: Session, key: str) -> Cost:
    """Press a key and wait until all it led to has come to rest."""
    pid, before, start, size = session.pid, cpu_ms(session.pid), time.perf_counter(), len(session.raw)
    session.send(key)
    answer = wall = 0.0
    last, seen = start, before
    while time.perf_counter() - last < REST_SECONDS and time.perf_counter() - start < 5:
        session.read(0.002)
        if not wall and len(session.raw) != size:
            answer, wall = cpu_ms(pid) - before, (time.perf_counter() - start) * 1000
        if (used := cpu_ms(pid)) != seen or not is_asleep(pid):
            last, seen = time.perf_counter(), used
    return Cost(answer, seen - before, wall)


def measure(session: Session, keys: Sequence[str], presses: int) -> list[list[Cost]]:
    """Return the costs of each key; keys are pressed in turn, so that each finds something to do."""
    costs: list[list[Cost]] = [[] for _ in keys]
    for _ in range(presses):
        for number, key in enumerate(keys):
            costs[number].append(press(session, key))
    return costs


def told(costs: Sequence[Cost]) -> str:
    """Return median and 95th percentile of each of the three."""
    columns = ("answer", "cpu", "wall")
    ordered = [sorted(getattr(cost, column) for cost in costs) for column in columns]
    return "   ".join(f"{statistics.median(times):6.1f} /{late(times, 0.95):6.1f}" for times in ordered)


def late(ordered: Sequence[float], share: float) -> float:
    """Return the value below which a share of the ordered ones lies."""
    return ordered[max(0, math.ceil(len(ordered) * share) - 1)]


def main() -> int:
    """Measure and print; the exit status tells whether the bars were met."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--articles", type=int, default=100_000)
    options.add_argument("--feeds", type=int, default=1_000)
    options.add_argument("--presses", type=int, default=PRESSES)
    options.add_argument("--no-refresh", action="store_true", help="leave the refresh out")
    arguments = options.parse_args()
    kept = library_of(arguments.articles, arguments.feeds)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "data").mkdir()
        shutil.copy(kept, home / "data" / "library.db")
        missed = press_in_peace(home, arguments.presses)
        if not arguments.no_refresh:
            with server("--feeds", str(arguments.feeds)) as port:
                move_sources(home / "data" / "library.db", urls(arguments.feeds, port))
                missed |= press_during_a_refresh(home)
    return int(missed)


def library_of(articles: int, feeds: int) -> Path:
    """Return a library of this size, made now or kept from another time."""
    path = Path(tempfile.gettempdir()) / f"broadsheet-{articles}x{feeds}.db"
    if not path.exists():
        draft = path.with_suffix(".draft")
        draft.unlink(missing_ok=True)
        build(draft, articles, feeds)
        draft.rename(path)
    return path


def move_sources(library: Path, addresses: Sequence[str]) -> None:
    """Let the sources of a library be at these addresses."""
    db = sqlite3.connect(library)
    with db:
        ids = [feed_id for (feed_id,) in db.execute("SELECT id FROM feed ORDER BY id")]
        db.executemany(
            "UPDATE feed SET url = ?, private_host = 1 WHERE id = ?", zip(addresses, ids, strict=True)
        )
    db.close()


def environment(home: Path) -> dict[str, str]:
    """Return the environment of a program with its files under ``home``."""
    return {
        "PATH": os.environ["PATH"], "HOME": str(home), "BROADSHEET_HOME": str(home), "PYTHONPATH": str(PROJECT),
        "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8",
    }  # fmt: skip


# ---------------------------------------------------------------------------------------- in peace


def press_in_peace(home: Path, presses: int) -> bool:
    """Press every key while nothing else happens and print what it costs; tells whether a bar was missed."""
    with Session(
        [sys.executable, "-c", EMPTY_APP], columns=140, lines=40, environ=environment(home)
    ) as session:
        session.wait_for("ready")
        session.settle()
        (empty,) = measure(session, ["j"], presses)
    print(f"{'ms, median / p95':24} {'CPU to the paint':>14} {'CPU in all':>16} {'time to the paint':>20}")
    print(f"{'an empty Textual app':24} {told(empty)}")
    missed = False
    start = time.perf_counter()
    with Session(
        [sys.executable, "-m", "reader"], columns=140, lines=40, environ=environment(home), cwd=home
    ) as session:
        session.wait_for("●", 60)
        print(f"{'first rows after':24} {(time.perf_counter() - start) * 1000:.0f} ms")
        session.settle(1.0)
        measured = measure(session, [key for key, _, _ in KEYS], presses)
    for (_, name, bar), costs in zip(KEYS, measured, strict=True):
        # the bar of a row is for its paint, that of a view or an article for all of it
        cpu = sorted(cost.answer if bar < 50 else cost.cpu for cost in costs)
        over = late(cpu, 0.95) > bar or (bar < 50 and statistics.median(cpu) > MEDIAN_BAR)
        missed |= over
        print(f"{name:24} {told(costs)}   bar {bar:.0f}{'  MISSED' if over else ''}")
    return missed


# ---------------------------------------------------------------------------------------- during a refresh


def press_during_a_refresh(home: Path) -> bool:
    """Press keys while all sources are refreshed and print how late the loop was; tells whether a bar was missed."""
    samples = home / "samples.csv"
    painted = []
    with Session(
        [sys.executable, "-m", "tests.benchmarks.watched", str(samples)],
        columns=140, lines=40, environ=environment(home), cwd=home,
    ) as session:  # fmt: skip
        session.wait_for("●", 60)
        session.settle(1.0)
        begun = time.monotonic()
        session.send("R")
        session.wait_for("sources", 60)
        for key in itertools.cycle("jdjs"):
            painted.append(first_answer(session, key))
            if "asked" in session.terminal.text or time.monotonic() - begun > 600:
                break
        over = time.monotonic()
        session.settle(1.0)
        print(
            f"a refresh of {over - begun:.1f} s:", session.terminal.line(session.terminal.lines - 2).strip()
        )
        session.send("qq")
        session.wait_exit()
    looks = [tuple(map(float, line.split(","))) for line in samples.read_text().splitlines()]
    delays = sorted(delay for at, delay, _ in looks if begun <= at <= over)
    stretches = sorted(used for at, _, used in looks if begun <= at <= over)
    painted.sort()
    print(
        f"{len(painted)} keys painted after {statistics.median(painted):.1f} / {late(painted, 0.95):.1f} ms"
    )
    for name, times in (("loop late by", delays), ("computed at a stretch", stretches)):
        print(f"{name:24} p99 {late(times, 0.99):6.1f} ms, longest {times[-1]:6.1f} ms")
    return late(delays, 0.99) > LATE_BARS[0] or delays[-1] > LATE_BARS[1]


def first_answer(session: Session, key: str) -> float:
    """Press a key and return the milliseconds until something was painted, 200 ms after the press before at least."""
    start, size = time.perf_counter(), len(session.raw)
    session.send(key)
    while len(session.raw) == size and time.perf_counter() - start < 3:
        session.read(0.005)
    answered = (time.perf_counter() - start) * 1000
    while time.perf_counter() - start < 0.2:
        session.read(0.01)
    return answered


if __name__ == "__main__":
    sys.exit(main())
