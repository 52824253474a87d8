"""A day of refreshes in minutes: many feeds, a moving clock, servers that misbehave; and what must not grow.

    python -m tests.benchmarks.soak [--feeds 500] [--hours 24]

Every quarter of an hour of the library's own clock what is due is refreshed. A third of the feeds change, go away, hang,
break off, send pages, bombs or rubbish, at random but reproducibly. Memory, descriptors, threads, tasks and processes are
printed as they go, and the program ends with an error when one of them has grown after the first quarter of the day.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import sys
import tempfile
import threading
import time
import zlib
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from reader.fetch import Fetcher, Limits, Manners
from reader.model import RefreshDone
from reader.pool import Pool
from reader.refresh import Refresher
from reader.store.database import Database
from reader.store.feeds import add_feed
from tests.servers import Script, Site, Talk, answer, endless, hang, head, raw, redirect, reset, rss

ROUND: Final = timedelta(minutes=15)
GROWTH: Final = 1.1


@dataclass(frozen=True)
class Sizes:
    """What must stay flat."""

    memory_mb: float
    descriptors: int
    threads: int
    tasks: int
    children: int


def sizes() -> Sizes:
    """Return the sizes of this process now."""
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    children = [
        pid for task in Path("/proc/self/task").iterdir() for pid in (task / "children").read_text().split()
    ]
    return Sizes(
        int(status["VmRSS"].split()[0]) / 1024,
        len(list(Path("/proc/self/fd").iterdir())),
        threading.active_count(),
        len(asyncio.all_tasks()),
        len(children),
    )


class Feeds:
    """Feeds that live: each has a mood, and what it serves depends on it and on the time."""

    def __init__(self, count: int, seed: int) -> None:
        self.random = random.Random(seed)
        self.moods = [self.random.choice((*_GOOD, *_BAD)) for _ in range(count)]
        self.news = [0] * count
        bomb = zlib.compressobj(9, wbits=31)
        self.bomb = b"".join(bomb.compress(bytes(1 << 20)) for _ in range(40)) + bomb.flush()

    def advance(self) -> None:
        """Let time pass: some have news, a few change their mood."""
        for number in range(len(self.moods)):
            if self.random.random() < 0.1:
                self.news[number] += 1
            if self.random.random() < 0.02:
                self.moods[number] = self.random.choice((*_GOOD, *_BAD))

    def script(self, number: int) -> Script:
        """Return what a feed does when it is asked."""

        def serve(talk: Talk) -> None:
            last = self.news[number]
            body = rss(*(f"Entry {n} of {number}" for n in range(last + 20, last, -1)))
            self._by_mood(self.moods[number], number, body)(talk)

        return serve

    def _by_mood(self, mood: str, number: int, body: str) -> Script:
        match mood:
            case "good":
                return answer(body, etag=f'"{self.news[number]}"')
            case "shuffled":
                return answer(body.replace("<guid>Entry", f"<guid>{self.random.random()} Entry"))
            case "hang":
                return hang(self.random.choice((b"", head(None), head(None) + body[:99].encode())), seconds=3)
            case "broken off":
                return reset(head(len(body)) + body[:200].encode())
            case "page":
                return answer("<!doctype html><title>Buy this domain</title>")
            case "cut":
                return answer(body[: len(body) // 2])
            case "bomb":
                return answer(self.bomb, content_encoding="gzip")
            case "endless":
                return endless(head(None), b"<item>" * 5000)
            case "rubbish":
                return raw(os.urandom(500))
            case "moved":
                return redirect("/elsewhere", 301)
            case "busy":
                return answer(b"", 503, retry_after="1800")
            case _:
                return answer(b"", self.random.choice((403, 404, 410, 500)))


_GOOD: Final = ("good",) * 16 + ("shuffled",)
_BAD: Final = ("hang", "broken off", "page", "cut", "bomb", "endless", "rubbish", "moved", "busy", "error")


async def soak(feeds: int, hours: int, folder: Path) -> int:
    """Refresh through a day; return 1 when something grew."""
    now = datetime(2026, 11, 24, tzinfo=UTC)
    living = Feeds(feeds, seed=1)
    db = Database.open(folder / "library.db")
    totals: Counter[str] = Counter()
    marks: list[Sizes] = []
    limits = Limits(total_seconds=2, connect_seconds=1, read_seconds=1)
    manners = Manners(spacing_seconds=0, slow_after_seconds=0.2, retry_seconds=0.05)
    with Site("0.0.0.0") as site:
        for number in range(feeds):
            site.put(f"/{number}", living.script(number))
            url = f"http://127.2.{number // 250}.{number % 250 + 1}:{site.port}/{number}"
            await db.write(add_feed, url, f"Feed {number}", private_host=True, now=now)
        async with Fetcher(manners=manners, limits=limits, proxies={}) as fetcher, Pool() as pool:
            refresher = Refresher(db, fetcher, pool, clock=lambda: now)
            for step in range(hours * 4):
                begun = time.monotonic()
                async for event in refresher.refresh(pages=False):
                    if isinstance(event, RefreshDone):
                        totals.update(feeds=event.feeds, new=event.new, failed=event.failed)
                now += ROUND
                living.advance()
                site.requests.clear()
                marks.append(sizes())
                if step % 4 == 3:
                    size = (folder / "library.db").stat().st_size / 1e6
                    took = time.monotonic() - begun
                    print(
                        f"{now:%H:%M} {dict(totals)} {marks[-1]} library {size:.1f} MB, last round {took:.1f} s"
                    )
    await db.aclose()
    early, late = marks[len(marks) // 4], marks[-1]
    grown = [
        name
        for name in ("memory_mb", "descriptors", "threads", "tasks", "children")
        if getattr(late, name) > GROWTH * getattr(early, name) + 3
    ]
    print("grown: " + ", ".join(grown) if grown else "nothing has grown")
    return 1 if grown else 0


def main() -> int:
    """Run the soak."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--feeds", type=int, default=500)
    parser.add_argument("--hours", type=int, default=24)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(soak(options.feeds, options.hours, Path(folder)))


if __name__ == "__main__":
    sys.exit(main())
