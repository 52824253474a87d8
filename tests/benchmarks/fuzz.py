"""Real feeds and pages with their bytes damaged: what crashes our readers, and what the worst case costs.

    python -m tests.benchmarks.fuzz [--minutes 5] [--seed 1]

A reader may refuse a document with one of our own errors; any other exception is a crash, and ends in exit status 1. So
does a document that is not read within the limit or the memory of a worker: it is read in one, which is killed and
replaced. The seed of the worst and of every crash is printed, so that ``--seed N --minutes 0`` tries that one alone again.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import random
import resource
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from reader.cleaning import clean_page
from reader.errors import BroadsheetError, WorkerError
from reader.feeds.parse import parse_feed
from reader.pool import Pool

from .. import corpora

SLOW = 5.0
"""Seconds of work after which a document counts as a hang."""
GIVEN_UP = 30.0
"""Seconds after which it is not waited for any more."""

MARKUP = (
    b"<",
    b">",
    b"<![CDATA[",
    b"]]>",
    b"<!--",
    b"&#0;",
    b"&#x10ffff;",
    b"\x00",
    b"\xff\xfe",
    b"<table>",
    b"\x1b]8;;",
)
"""What breaks readers more often than chance would find it."""


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Return the bytes cut, repeated, swapped and strewn with markup at a few places."""
    text = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(text) + 1)
        size = chance.randint(1, 400)
        match chance.randrange(5):
            case 0:
                del text[at : at + size]
            case 1:
                text[at:at] = text[at : at + size] * chance.randint(1, 40)
            case 2:
                text[at : at + size] = chance.randbytes(min(size, 20))
            case 3:
                text[at:at] = chance.choice(MARKUP) * chance.randint(1, 200)
            case _:
                other = chance.randrange(len(text) + 1)
                text[at:at] = text[other : other + size]
    return bytes(text)


def read_feed(data: bytes) -> object:
    """Read as a feed."""
    return parse_feed(data, "https://site.example/feed")


def read_page(data: bytes) -> object:
    """Read as an article's page."""
    return clean_page(data, "https://site.example/story")


Case = tuple[Callable[[bytes], object], Path]


def real_documents() -> list[Case]:
    """Return the real feeds and pages at hand, each with what reads it."""
    found: list[Case] = []
    if feeds := corpora.path("bench/feeds/open_half"):
        rows = map(json.loads, (feeds / "manifest.jsonl").read_text("utf8").splitlines())
        found += [(read_feed, feeds / row["file"]) for row in rows]
    if pages := corpora.path("bench/extraction/data"):
        found += [(read_page, path) for path in sorted(pages.glob("*/pages/*.html.gz"))]
    return found


def contents(path: Path) -> bytes:
    """Return a document's bytes."""
    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix == ".gz" else data


def attempt(read: Callable[[bytes], object], path: Path, seed: int) -> tuple[float, int, str]:
    """Damage a document as a seed says and read it: CPU time, peak of memory in MiB, and what went wrong if anything."""
    data = damaged(contents(path), random.Random(seed))
    start, wrong = time.process_time(), ""
    try:
        read(data)
    except BroadsheetError:
        pass
    except Exception as error:  # noqa: BLE001 - what is looked for
        wrong = f"{read.__name__} {path}: {error!r}"
    seconds = time.process_time() - start
    if not wrong and seconds > SLOW:
        wrong = f"{read.__name__} {path}: slow"
    return seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, wrong


async def tried(pool: Pool, cases: Sequence[Case], seed: int) -> tuple[float, int, str]:
    """Return what came of an attempt at the document that a seed names, whatever became of the worker."""
    read, path = random.Random(seed).choice(cases)
    try:
        return await pool.run(attempt, read, path, seed, timeout=GIVEN_UP)
    except WorkerError as error:
        return GIVEN_UP, 0, f"{read.__name__} {path}: {error}"


async def fuzz(cases: Sequence[Case], first: int, minutes: float) -> int:
    """Damage and read documents until the time is over; return 1 when any was a crash or a hang."""
    deadline = time.monotonic() + minutes * 60
    seed, bad, worst, peak = first, 0, (0.0, first), (0, first)
    async with Pool(workers=1) as pool:
        while seed == first or time.monotonic() < deadline:
            seconds, mebibytes, wrong = await tried(pool, cases, seed)
            if wrong:
                bad += 1
                print(f"seed {seed}: {wrong} ({seconds:.1f} s)", flush=True)
            worst, peak = max(worst, (seconds, seed)), max(peak, (mebibytes, seed))
            seed += 1
    print(
        f"{seed - first} documents, {bad} crashes or hangs, worst {worst[0]:.2f} s (seed {worst[1]}), "
        f"peak {peak[0]} MiB (seed {peak[1]})"
    )
    return 1 if bad else 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Fuzz the real documents at hand."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    cases = real_documents()
    if not cases:
        print("skipped: the corpora of real feeds and pages are not at hand")
        return 0
    return asyncio.run(fuzz(cases, options.seed, options.minutes))


if __name__ == "__main__":
    # The workers import what they are handed by its name, and this module has none while it is run.
    from tests.benchmarks.fuzz import main as named

    raise SystemExit(named())
