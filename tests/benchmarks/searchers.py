"""The same searches of the same texts by us, by ``LIKE`` as newsboat does it, and by the ``reader`` library, in one run.

    python -m tests.benchmarks.searchers [--articles 5000]

Prints the median CPU milliseconds until the first fifty results are there (with ``LIKE`` all), and how many times ours the
others take. The ``reader`` library (lemon24's, 3.18) shares our import name, so it is installed into a virtual environment
that is thrown away and asked in a process of its own; where it cannot be installed, its column is left out and the reason
printed.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

from reader.query import parse
from reader.store import connection, search
from reader.store.compile import compile_query

from .library import NOW, build, median_cpu, texts

FEEDS: Final = 100
SEARCHES: Final = ("the", "kernel", "quasar", "kernel linux", '"open source"', "climate research")
"""Common and rare words, two words, a phrase: what all three understand."""
THEIRS: Final = "reader==3.18"
PATIENCE_SECONDS: Final = 900

_LEMON: Final = r"""
import json, statistics, sys, time
from itertools import islice
from reader import make_reader
library, texts, searches = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
reader = make_reader(library)
reader.add_feed("https://texts.example/feed", allow_invalid_url=True)
with open(texts) as lines:
    for number, line in enumerate(lines):
        title, body = json.loads(line)
        content = [{"value": body, "type": "text/plain"}]
        reader.add_entry({"feed_url": "https://texts.example/feed", "id": str(number), "title": title, "content": content})
reader.enable_search()
reader.update_search()
found = {}
for text in searches:
    times = []
    for _ in range(5):
        start = time.process_time()
        list(islice(reader.search_entries(text, limit=50), 50))
        times.append((time.process_time() - start) * 1000)
    found[text] = statistics.median(times)
print(json.dumps(found))
"""


def ours(path: Path) -> dict[str, float]:
    """Return the milliseconds of each search in our library."""
    with closing(connection.connect_to_read(path)) as db:

        def finder(text: str) -> Callable[[], object]:
            return lambda: search.find(db, compile_query(parse(text), now=NOW), 50)

        return {text: median_cpu(finder(text)) for text in SEARCHES}


def like(found: Sequence[tuple[str, str]]) -> dict[str, float]:
    """Return the milliseconds of each search by ``LIKE`` over all texts, a phrase or each of some words.

    All that match are taken, as newsboat does; in memory, which is to its favour.
    """
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("CREATE TABLE rss_item(id INTEGER PRIMARY KEY, title TEXT, content TEXT)")
        db.executemany("INSERT INTO rss_item(title, content) VALUES (?, ?)", found)

        def finder(text: str) -> Callable[[], object]:
            words = [text.strip('"')] if text.startswith('"') else text.split()
            where = " AND ".join(["(title LIKE ? OR content LIKE ?)"] * len(words))
            asked = f"SELECT id FROM rss_item WHERE {where} ORDER BY id DESC"
            values = [f"%{word}%" for word in words for _ in range(2)]
            return lambda: db.execute(asked, values).fetchall()

        return {text: median_cpu(finder(text)) for text in SEARCHES}


def lemon(found: Sequence[tuple[str, str]], folder: Path) -> dict[str, float] | None:
    """Return the milliseconds of each search by the ``reader`` library; ``None``, with the reason told, where it is not to be had."""
    lines = folder / "texts.jsonl"
    lines.write_text("".join(json.dumps(pair) + "\n" for pair in found))
    venv.create(folder / "venv", with_pip=True)
    python = str(folder / "venv" / "bin" / "python")
    try:
        _run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", THEIRS], folder)
        told = _run(
            [python, "-c", _LEMON, str(folder / "lemon.sqlite"), str(lines), json.dumps(SEARCHES)], folder
        )
    except (subprocess.SubprocessError, OSError) as error:
        reason = getattr(error, "stderr", "") or str(error)
        print(f"{THEIRS} is left out: {reason.strip().splitlines()[-1]}")
        return None
    times: dict[str, float] = json.loads(told)
    return times


def _run(command: Sequence[str], folder: Path) -> str:
    """Run a command in ``folder``, where our own package is not to be imported, and return what it printed."""
    done = subprocess.run(
        command, cwd=folder, check=True, capture_output=True, text=True, timeout=PATIENCE_SECONDS
    )
    return done.stdout


def report(times: Mapping[str, Mapping[str, float] | None]) -> None:
    """Print a line for each search: what each took, and how many times ours."""
    for text in SEARCHES:
        base = (times["ours"] or {})[text]
        columns = [
            f"{who} {found[text]:8.2f} ms ({found[text] / base:6.1f} times)"
            for who, found in times.items()
            if found is not None
        ]
        print(f"{text:18} " + "  ".join(columns))


def main() -> int:
    """Build, ask, print."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--articles", type=int, default=5_000)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        folder = Path(directory)
        path = folder / "library.db"
        build(path, chosen.articles, FEEDS)
        with closing(connection.connect_to_read(path)) as db:
            found = [(title, body) for _id, title, body in texts(db, chosen.articles)]
        found.reverse()  # the oldest first, as they were stored
        report({"ours": ours(path), "LIKE": like(found), "reader": lemon(found, folder)})
    return 0


if __name__ == "__main__":
    sys.exit(main())
