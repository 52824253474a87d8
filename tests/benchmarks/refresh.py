"""A refresh of a thousand feeds beside ``newsboat -x reload``, in one run: CPU, time and memory, and their ratios.

    python -m tests.benchmarks.refresh [--feeds 1000] [--latency 0.05] [--rounds 3] [--bad]

Cold: an empty library. Warm: one feed in twenty has a new entry. Unchanged: every answer is 304. Ours is the whole
refresh in a process of its own: start, fetch, read in workers, store, index. newsboat's cache is ANALYZEd before the warm
rounds, without which it is quadratic. ``--bad`` compares ours with and without sources that hang, close or send rubbish.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from .feed_server import urls

_OURS = [sys.executable, "-m", "tests.benchmarks.refresh", "--ours"]


@dataclass
class Cost:
    """What a run took."""

    cpu: float
    wall: float
    memory_mb: float


# ------------------------------------------------------------------------------------------------- ours


async def refresh_ours(library: Path, feeds: list[str]) -> None:
    """Do a whole refresh of a library, subscribed to ``feeds`` at the first time."""
    from reader.fetch import Fetcher
    from reader.model import FeedDone, RefreshDone
    from reader.pool import Pool
    from reader.refresh import Refresher
    from reader.store.database import Database
    from reader.store.feeds import add_feed, all_feeds

    db = Database.open(library)
    if not await db.read(all_feeds):
        await db.write(
            lambda connection: [add_feed(connection, url, url, private_host=True) for url in feeds]
        )
    async with Fetcher() as fetcher, Pool() as pool:
        refresher = Refresher(db, fetcher, pool)
        everything = [feed.id for feed in await db.read(all_feeds)]
        begun, good = time.monotonic(), 0.0
        async for event in refresher.refresh(everything, force=True, pages=False):
            if isinstance(event, FeedDone) and not event.error:
                good = time.monotonic() - begun
        assert isinstance(event, RefreshDone)
        print(
            f"{event.feeds} feeds, {event.failed} failed, {event.new} new; the last good one after {good:.2f} s"
        )
    await db.aclose()


# --------------------------------------------------------------------------------------------- measuring


def run(command: list[str], **environment: str) -> tuple[Cost, str]:
    """Run a program to its end and return what it took, its children included, and what it printed."""
    begun = time.monotonic()
    with tempfile.TemporaryFile("w+") as output:
        process = subprocess.Popen(
            command, stdout=output, stderr=subprocess.STDOUT, env=os.environ | environment
        )
        peak = Peak(process.pid)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        memory = peak.stop()
        output.seek(0)
        text = output.read()
    if process.returncode:
        raise SystemExit(f"{command[0]} failed:\n{text}")
    return Cost(usage.ru_utime + usage.ru_stime, time.monotonic() - begun, memory), text


class Peak(threading.Thread):
    """Watches the memory of a process and its descendants (proportional set size), every 50 ms."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid, self._peak, self._over = pid, 0, threading.Event()
        self.start()

    def run(self) -> None:
        """Look until told to stop."""
        while not self._over.wait(0.05):
            self._peak = max(self._peak, sum(_pss(pid) for pid in _family(self._pid)))

    def stop(self) -> float:
        """Return the peak in megabytes."""
        self._over.set()
        self.join()
        return self._peak / 1024


def _pss(pid: int) -> int:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0


def _family(pid: int) -> Iterator[int]:
    yield pid
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from _family(int(child))


@contextlib.contextmanager
def server(*options: str) -> Iterator[int]:
    """Run the feed server and yield its port."""
    command = [sys.executable, "-m", "tests.benchmarks.feed_server", *options]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield int(process.stdout.readline())
        process.communicate("")


def begin_edition(port: int, number: int) -> None:
    """Let one feed in twenty have a new entry."""
    urllib.request.urlopen(f"http://127.0.0.1:{port}/edition/{number}").read()


# ---------------------------------------------------------------------------------------------- comparing


class Contest:
    """Ours and newsboat on the same server."""

    def __init__(self, folder: Path, port: int, feeds: int) -> None:
        self.folder, self.port = folder, port
        self.urls = folder / "urls"
        self.urls.write_text("\n".join(urls(feeds, port)) + "\n")
        self.last_good = 0.0
        """Seconds until our last good feed was done."""
        (folder / "config").write_text("reload-threads 16\nmax-items 0\n")

    def ours(self, library: str) -> Cost:
        """Refresh a library of ours."""
        cost, text = run([*_OURS, str(self.folder / library), str(self.urls)])
        self.last_good = float(text.rsplit(" after ", 1)[1].split()[0])
        return cost

    def newsboat(self, cache: str) -> Cost | None:
        """Reload with newsboat, its cache analysed as it should be; ``None`` where it is not installed."""
        program = shutil.which("newsboat")
        if program is None:
            return None
        path = self.folder / cache
        if path.exists():
            with contextlib.closing(sqlite3.connect(path)) as db:
                db.execute("ANALYZE")
        cost, _ = run(
            [
                program,
                "-u",
                str(self.urls),
                "-c",
                str(path),
                "-C",
                str(self.folder / "config"),
                "-x",
                "reload",
            ],
            HOME=str(self.folder),
        )
        return cost

    def round(self, name: str, ours: str, cache: str) -> tuple[Cost, Cost | None]:
        """Run both once and print what they took."""
        results = self.ours(ours), self.newsboat(cache)
        for who, cost in zip(("ours", "newsboat"), results, strict=True):
            if cost is not None:
                print(
                    f"  {name:10} {who:9} {cost.cpu:7.2f} CPU s {cost.wall:7.2f} s {cost.memory_mb:6.0f} MB"
                )
        return results


def compare(options: argparse.Namespace) -> None:
    """Run all rounds and print the medians and ratios."""
    results: dict[str, list[tuple[Cost, Cost | None]]] = {"cold": [], "warm": [], "unchanged": []}
    with (
        tempfile.TemporaryDirectory() as folder,
        server("--feeds", str(options.feeds), "--latency", str(options.latency)) as port,
    ):
        contest = Contest(Path(folder), port, options.feeds)
        for number in range(options.rounds):
            library, cache = f"ours-{number}.db", f"newsboat-{number}.db"
            results["cold"].append(contest.round("cold", library, cache))
            begin_edition(port, number + 1)
            results["warm"].append(contest.round("warm", library, cache))
            results["unchanged"].append(contest.round("unchanged", library, cache))
    for name, pairs in results.items():
        ours = [cost for cost, _ in pairs]
        theirs = [cost for _, cost in pairs if cost is not None]
        line = (
            f"{name:10} ours {median(c.cpu for c in ours):6.2f} CPU s, {median(c.wall for c in ours):6.2f} s"
        )
        if theirs:
            cpu = median(c.cpu for c in ours) / median(c.cpu for c in theirs)
            wall = median(c.wall for c in ours) / median(c.wall for c in theirs)
            line += f"; of newsboat's: {cpu:.2f} CPU, {wall:.2f} time"
        else:
            line += "; newsboat is not installed, so there is nothing to compare with"
        print(line)


def compare_bad(options: argparse.Namespace) -> None:
    """Print how much longer the good feeds take beside 150 bad ones."""
    good = options.feeds - 150
    latency = ("--latency", str(options.latency))
    with tempfile.TemporaryDirectory() as folder:
        with server("--feeds", str(good), *latency) as port:
            alone = Contest(Path(folder), port, good)
            alone.ours("alone.db")
        with server("--feeds", str(options.feeds), "--bad-from", str(good), *latency) as port:
            beside = Contest(Path(folder), port, options.feeds)
            whole = beside.ours("beside.db")
    print(
        f"{good} good feeds: {alone.last_good:.2f} s alone, {beside.last_good:.2f} s beside 150 bad ones "
        f"({beside.last_good / alone.last_good:.2f} times); the whole refresh with those took {whole.wall:.2f} s"
    )


def main() -> None:
    """Compare, or be one of the compared."""
    if sys.argv[1:2] == ["--ours"]:
        library, list_of_urls = Path(sys.argv[2]), Path(sys.argv[3])
        asyncio.run(refresh_ours(library, list_of_urls.read_text().split()))
        return
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--feeds", type=int, default=1000)
    parser.add_argument("--latency", type=float, default=0.0)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--bad", action="store_true")
    options = parser.parse_args()
    (compare_bad if options.bad else compare)(options)


if __name__ == "__main__":
    main()
