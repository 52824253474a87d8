"""Everything hostile at once: servers that hang, trickle, bomb, redirect and lie, through the command line and the app.

    python -m tests.benchmarks.hostile [--no-app]

Some 230 sources, each on a host of its own, are refreshed twice as a person would do it: once by ``broadsheet fetch`` and
once by the app in a terminal, while somebody reads, decides and searches in it. Then the bars are printed, each with what
was found, and the exit status is 1 when one does not hold. Two minutes; the machine should be idle otherwise, because the
longest block of the event loop is measured with a clock.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final

import reader.cli
import reader.cli.app
from reader.cli.context import Context
from reader.fetch import Limits
from reader.store import feeds
from reader.store.database import Database
from tests.hostile.test_text_on_the_terminal import foreign_controls
from tests.hostile_text import FORBIDDEN
from tests.servers import Asked, Script, Site, answer
from tests.terminal import Session

from . import hostile_cases

ROOT: Final = Path(__file__).parents[2]
SECRET: Final = "the-secret-of-this-machine"
SPARE_SECONDS: Final = 5.0
MEMORY_MB: Final = 400
BLOCK_SECONDS: Final = 0.100
TICK_SECONDS: Final = 0.005


@dataclass
class Found:
    """What was seen of a run."""

    wrong: list[str] = field(default_factory=list)
    peak_mb: float = 0.0
    parts: dict[str, float] = field(default_factory=dict)
    """The processes at the moment of the peak, in MB."""


# ------------------------------------------------------------------------------------------- the servers


@dataclass
class Hosts(Site):
    """Many hosts on one port: what answers is chosen by the Host that is asked for."""

    feeds: dict[str, Script] = field(default_factory=dict)
    pages: dict[str, Script] = field(default_factory=dict)

    def script_for(self, asked: Asked) -> Script:
        """Return the page of a host for ``/page`` and its feed for any other path."""
        host = asked.headers.get("host", "").partition(":")[0]
        return (self.pages if asked.path == "/page" else self.feeds).get(host, answer(b"", 404))


@contextmanager
def servers(folder: Path) -> Iterator[tuple[dict[str, str], Site]]:
    """Serve the cases; yield their addresses by name, and the site that nobody may ask."""
    secret = folder / "secret"
    secret.write_text(SECRET)
    with Hosts("0.0.0.0") as hosts, Site("0.0.0.0") as canary:
        canary.put("/canary", answer(f"<html>{SECRET}</html>"))
        where = f"http://127.0.0.1:{canary.port}"
        pages = hostile_cases.pages(where, secret)
        addresses = {}
        for number, (name, script) in enumerate(hostile_cases.feeds(where, secret).items()):
            host = f"127.3.{number // 250}.{number % 250 + 1}"
            addresses[name] = f"http://{host}:{hosts.port}/"
            hosts.feeds[host] = script
            if (page := pages.get(name.removeprefix("page "))) is not None:
                hosts.pages[host] = page
        yield addresses, canary


def subscribe(home: Path, addresses: dict[str, str]) -> None:
    """Make a library that is subscribed to the cases."""
    (home / "data").mkdir(parents=True)
    library = Database.open(home / "data" / "library.db")
    now = datetime.now(UTC)
    for name, url in addresses.items():
        library.write_now(feeds.add_feed, url, name, private_host=True, now=now)
    library.close()


def environ(home: Path) -> dict[str, str]:
    """Return the surroundings of a program whose files lie under ``home``."""
    return {
        "PATH": os.environ["PATH"], "HOME": str(home), "BROADSHEET_HOME": str(home), "LANG": "C.UTF-8",
        "TERM": "xterm-256color", "PYTHONPATH": str(ROOT),
    }  # fmt: skip


# ------------------------------------------------------------------------------------------- memory


@contextmanager
def weighed(pid: int, found: Found) -> Iterator[None]:
    """Note the greatest resident memory that a process and its descendants had together while the block runs."""
    stop = threading.Event()

    def weigh() -> None:
        while not stop.wait(0.05):
            parts = dict(_resident(pid))
            if sum(parts.values()) > found.peak_mb:
                found.peak_mb, found.parts = sum(parts.values()), parts

    thread = threading.Thread(target=weigh, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _resident(pid: int) -> Iterator[tuple[str, float]]:
    with suppress(OSError, ValueError):
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        yield str(pid), pages * os.sysconf("SC_PAGE_SIZE") / 1e6
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from _resident(int(child))


# ------------------------------------------------------------------------------------------- the two runs


def fetch(home: Path, names: Sequence[str]) -> Found:
    """Refresh by the command line; what is wrong is what a bar forbids."""
    found = Found()
    longest = Limits().total_seconds + SPARE_SECONDS
    begun = time.monotonic()
    told: dict[str, str] = {}
    with subprocess.Popen(
        [sys.executable, "-m", "reader", "fetch", "--json"], env=environ(home), cwd=ROOT, text=True,
        stdout=subprocess.PIPE, stderr=(home / "said").open("w"),
    ) as process, weighed(process.pid, found):  # fmt: skip
        assert process.stdout is not None
        said = ""
        for line in process.stdout:
            said += line
            event = json.loads(line)
            if event["event"] == "feed":
                told[event["title"]] = event["error"]
                late = time.monotonic() - begun
                if late > longest:
                    found.wrong.append(f"{event['title']} came to its end after {late:.1f} s")
    said += (home / "said").read_text()
    print(
        f"fetch: {len(told)} sources in {time.monotonic() - begun:.1f} s, {sum(map(bool, told.values()))} of them failed"
    )
    for sentence in sorted(set(filter(None, told.values())), key=len)[-3:]:
        print(f"       {sentence[:120]}")
    found.wrong += [
        f"nothing was heard of {name}" for name in names if name not in told and "texts" not in name
    ]
    found.wrong += [f"{name}: {told[name]}" for name in names if name.startswith("good") and told.get(name)]
    found.wrong += [
        f"{name}: no sentence: {said!r}"
        for name, said in told.items()
        if said and not said.endswith((".", ")"))
    ]
    if process.returncode not in (0, 1):
        found.wrong.append(f"exit status {process.returncode}")
    found.wrong += traces(home, said)
    return found


def app(home: Path) -> Found:
    """Refresh in the app while somebody uses it."""
    found = Found()
    command = [sys.executable, "-m", "tests.benchmarks.hostile", "--watched"]
    with Session(command, columns=120, lines=36, environ=environ(home), cwd=ROOT) as session:
        with weighed(session.pid, found):
            session.wait_for("Inbox")
            begun = time.monotonic()
            session.send("R")
            keys = (
                "g",
                "g",
                *"jjjjjjjjjj",
                "\r",
                "\x1b[6~",
                "\x1b[6~",
                "f",
                "f",
                "f",
                "\x1b",
                "d",
                "s",
                "u",
                "w",
                "/PWN",
                "\x1b",
                "\x1b",
                " ",
                " ",
            )
            over = False
            while not over and time.monotonic() - begun < 120:
                for key in keys:
                    session.send(key)
                    session.read(0.02)
                    session.settle(0.05, seconds=1)
                    over = over or " asked" in session.terminal.text
            if not over:
                found.wrong.append("the refresh in the app did not end within 120 s")
            took = time.monotonic() - begun
            for key in ("\x1b", "\x1b", "q", "q", "q"):
                session.send(key)
                session.settle(0.2, seconds=2)
            try:
                status = session.wait_exit(15)
            except AssertionError as error:
                found.wrong.append(str(error))
                status = -1
        print(f"app:   {took:.1f} s, exit status {status}")
        if status:
            found.wrong.append(f"exit status {status}")
        found.wrong += [
            f"control bytes on the terminal: {text}"
            for text in foreign_controls(session.raw.decode("utf8", "replace"))[:5]
        ]
        found.wrong += [f"unknown to the terminal: {text!r}" for text in session.terminal.unknown[:5]]
    blocks = json.loads((home / "blocks").read_text()) if (home / "blocks").exists() else [[99.0, 99.0]]
    longest = max(blocks)
    over_bar = sum(block[0] > BLOCK_SECONDS for block in blocks)
    print(
        f"       longest blocks of the loop {', '.join(f'{1000 * wall:.0f} ms ({1000 * cpu:.0f} of them its own work)' for wall, cpu in sorted(blocks)[-3:])}"
    )
    if longest[0] > BLOCK_SECONDS:
        found.wrong.append(
            f"the loop stood still for {1000 * longest[0]:.0f} ms, {over_bar} times over the bar"
        )
    found.wrong += traces(home, "")
    return found


def traces(home: Path, said: str) -> list[str]:
    """Return what a run left behind or printed that it should not have."""
    wrong = [f"a crash: {path.name}: {path.read_text()[-300:]}" for path in home.rglob("crash-*")]
    log = "".join(path.read_text() for path in home.rglob("*.log"))
    for what, text in (("printed", said), ("logged", log)):
        if hits := (set(text) & FORBIDDEN) - {"\t"}:
            wrong.append(f"control characters {what}: {sorted(map(ord, hits))}")
        if "Traceback" in text:
            wrong.append(f"a traceback {what}: {text[text.index('Traceback') :][-900:]}")
        if "PWNsecret" in text:
            wrong.append(f"a password {what}")
    with closing(sqlite3.connect(home / "data" / "library.db")) as db:
        stored = "".join(line for line in db.iterdump() if SECRET in line)
    wrong += ["the secret file was read into the library"] * bool(stored)
    wrong += [f"a command ran: {path}" for path in (*home.rglob("PWN"), *ROOT.glob("PWN"))]
    return wrong


def watched() -> int:
    """Run the app with somebody who looks whether its loop turns; the longest blocks go into the file ``blocks``."""
    blocks: list[tuple[float, float]] = []
    opened = reader.cli.app._open

    async def ticking(context: Context, database: Database) -> int:
        ticker = asyncio.create_task(_tick(blocks))
        try:
            return await opened(context, database)
        finally:
            ticker.cancel()
            home = Path(os.environ["BROADSHEET_HOME"])
            (home / "blocks").write_text(json.dumps(sorted(blocks)[-200:]))

    reader.cli.app._open = ticking
    return reader.cli.main([])


async def _tick(blocks: list[tuple[float, float]]) -> None:
    await asyncio.sleep(2)  # the app is coming up
    while True:
        wall, cpu = time.monotonic(), time.thread_time()
        await asyncio.sleep(TICK_SECONDS)
        late = time.monotonic() - wall - TICK_SECONDS
        if late > 0.02:
            blocks.append((late, time.thread_time() - cpu))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run both and print the bars."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--no-app", action="store_true", help="only the command line")
    parser.add_argument("--watched", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.watched:
        return watched()
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as place, servers(Path(place)) as (addresses, canary):
        print(f"{len(addresses)} sources")
        runs: list[tuple[str, Callable[[Path], Found]]] = [("fetch", partial(fetch, names=tuple(addresses)))]
        if not options.no_app:
            runs.append(("app", app))
        for name, run in runs:
            home = Path(place) / name
            subscribe(home, addresses)
            found = run(home)
            print(
                f"       peak of all processes {found.peak_mb:.0f} MB ({', '.join(f'{mb:.0f}' for mb in found.parts.values())})"
            )
            wrong += [f"{name}: {what}" for what in found.wrong]
            if found.peak_mb > MEMORY_MB:
                wrong.append(f"{name}: {found.peak_mb:.0f} MB of memory")
        wrong += [f"a request for {asked.path} that nobody may make" for asked in canary.requests]
    print("\n".join(wrong) if wrong else "every bar holds")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
