"""Real feeds and pages with their bytes damaged: what crashes our readers, and what the worst case costs.

    python -m tests.benchmarks.fuzz [--minutes 5] [--seed 1]

A reader may refuse a document with one of our own errors; any other exception is a crash, and ends in exit status 1. The
seed of the worst and of every crash is printed, so that ``--seed N --minutes 0`` tries that one alone again.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import resource
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from reader.cleaning import clean_page
from reader.errors import BroadsheetError
from reader.feeds.parse import parse_feed

from .. import corpora

SLOW = 5.0
"""Seconds after which a document counts as a hang."""

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


def attempt(cases: Sequence[Case], seed: int) -> tuple[float, str]:
    """Damage the document that a seed names and read it; return the CPU time and what went wrong, if anything did."""
    chance = random.Random(seed)
    read, path = chance.choice(cases)
    data = damaged(contents(path), chance)
    start = time.process_time()
    try:
        read(data)
    except BroadsheetError:
        wrong = ""
    except Exception as error:  # noqa: BLE001 - what is looked for
        wrong = f"{read.__name__} {path}: {error!r}"
    else:
        wrong = ""
    return time.process_time() - start, wrong


def main(arguments: Sequence[str] | None = None) -> int:
    """Damage and read documents until the time is over; return whether any was a crash or a hang."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    cases = real_documents()
    if not cases:
        print("skipped: the corpora of real feeds and pages are not at hand")
        return 0
    deadline = time.monotonic() + options.minutes * 60
    seed, tried, bad, worst = options.seed, 0, 0, (0.0, options.seed)
    while not tried or time.monotonic() < deadline:
        seconds, wrong = attempt(cases, seed)
        if wrong or seconds > SLOW:
            bad += 1
            print(f"seed {seed}: {wrong or 'slow'} ({seconds:.1f} s)", flush=True)
        worst = max(worst, (seconds, seed))
        seed, tried = seed + 1, tried + 1
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{tried} documents, {bad} crashes or hangs, worst {worst[0]:.2f} s (seed {worst[1]}), peak {peak} MiB"
    )
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main())
