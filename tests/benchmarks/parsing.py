"""CPU time of reading a real feed, beside feedparser on the same bytes in the same run.

    python -m tests.benchmarks.parsing [--repeat 3]

The bar is a fifteenth of feedparser's time. Only feeds that both can read are timed; the best of the repeats counts, so
that a busy machine disturbs little.
"""

from __future__ import annotations

import argparse
import json
import time
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path

from reader.feeds.parse import parse_feed

from .. import corpora

RATIO = 1 / 15


def real_feeds(folder: Path) -> list[bytes]:
    """Return the bytes of every real feed of the open half."""
    manifest = folder / "open_half" / "manifest.jsonl"
    rows = map(json.loads, manifest.read_text("utf8").splitlines())
    return [(folder / "open_half" / row["file"]).read_bytes() for row in rows if row["suite"] == "real"]


def ours(data: bytes) -> object:
    """Read with our parser."""
    return parse_feed(data, "https://site.example/feed")


def feedparsers(data: bytes) -> object:
    """Read with feedparser as it comes."""
    import feedparser

    found = feedparser.parse(data)
    if not found.entries:
        raise ValueError("no entries")
    return found


def best(read: Callable[[bytes], object], data: bytes, repeat: int) -> float | None:
    """Return the shortest CPU time in seconds; nothing when ``read`` cannot."""
    times = []
    for _ in range(repeat):
        start = time.process_time()
        try:
            read(data)
        except Exception:  # noqa: BLE001 - what one parser refuses is timed for none
            return None
        times.append(time.process_time() - start)
    return min(times)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the times and whether the bar is kept."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--repeat", type=int, default=3)
    repeat = options.parse_args(arguments).repeat
    folder = corpora.path("bench/feeds")
    if folder is None:
        print("skipped: the corpus of real feeds is not at hand")
        return 0
    warnings.simplefilter("ignore")
    total_ours = total_theirs = 0.0
    size = count = 0
    for data in real_feeds(folder):
        mine, theirs = best(ours, data, repeat), best(feedparsers, data, repeat)
        if mine is not None and theirs is not None:
            total_ours, total_theirs = total_ours + mine, total_theirs + theirs
            size, count = size + len(data), count + 1
    ratio = total_ours / total_theirs
    print(f"{count} feeds, {size / 1e6:.1f} MB, CPU time, best of {repeat}")
    print(f"ours       {1e3 * total_ours / count:7.2f} ms a feed  {size / 1e6 / total_ours:6.1f} MB/s")
    print(f"feedparser {1e3 * total_theirs / count:7.2f} ms a feed  {size / 1e6 / total_theirs:6.1f} MB/s")
    print(f"ratio 1/{1 / ratio:.1f} (bar 1/{1 / RATIO:.0f}): {'kept' if ratio <= RATIO else 'MISSED'}")
    return 0 if ratio <= RATIO else 1


if __name__ == "__main__":
    raise SystemExit(main())
