"""Take real feeds and real news pages through the whole program, and say what came out.

    python -m tests.benchmarks.real_input [--feeds 40] [--pages 60] [--keep DIR]

Forty feeds and the news pages of the corpora (see ``tests.corpora``) are served at their own addresses by a proxy on the
loopback address. ``broadsheet add``, ``fetch``, ``list``, ``search``, ``tag`` and ``show`` run as a person would run them, in
a library of their own; then what is stored is looked through for what a reader would stumble over. Prints a line a feed, the
verdicts on the pages, the times, and everything suspicious. ``--keep`` leaves the library for reading it in the app with
``BROADSHEET_HOME=DIR broadsheet``.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

from tests import corpora

PAGE_CORPORA: Final = ("news424", "scrapinghub", "trafilatura")
SUSPICIOUS: Final = re.compile(r"&(?:amp|lt|gt|quot|nbsp|#\d+);|</?[a-z]+[ >]|\{\{|\ufffd|Ã.|â€")
"""References and tags left as text, template braces, text decoded with the wrong encoding."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the proxy answers for an address."""

    body: bytes
    content_type: str


def real_feeds(limit: int) -> dict[str, Answer]:
    """Return real feeds by their address, spread evenly over the corpus."""
    home = _corpus("bench/feeds") / "open_half"
    rows = [json.loads(line) for line in (home / "manifest.jsonl").read_text("utf8").splitlines()]
    real = [row for row in rows if row["suite"] == "real"]
    chosen = real[:: max(1, len(real) // limit)][:limit]
    return {
        row["url"].replace("https://", "http://"): Answer(
            (home / row["file"]).read_bytes(), row["content_type"] or "application/xml"
        )
        for row in chosen
    }


def real_pages(name: str, limit: int) -> dict[str, Answer]:
    """Return real pages of a corpus by their address."""
    home = _corpus("bench/extraction") / "data" / name
    items = json.loads((home / "gold.json").read_text("utf8"))["items"]
    answers: dict[str, Answer] = {}
    for key in sorted(items)[:limit]:
        url = items[key].get("url") or f"http://{items[key]['site']}/{key}"
        page = gzip.decompress((home / "pages" / f"{key}.html.gz").read_bytes())
        answers[url.replace("https://", "http://")] = Answer(page, "text/html; charset=utf-8")
    return answers


def index_of(name: str, pages: Mapping[str, Answer]) -> Answer:
    """Return a feed of teasers, called ``Pages of`` the corpus, that announces the pages."""
    now = datetime.now(UTC)
    items = "".join(
        f"<item><title>{escape(_title(page.body))}</title><link>{escape(url)}</link>"
        f"<pubDate>{format_datetime(now - timedelta(minutes=20 * n))}</pubDate><description>Teaser.</description></item>"
        for n, (url, page) in enumerate(pages.items())
    )
    feed = f'<rss version="2.0"><channel><title>Pages of {name}</title><link>http://pages.example.net/</link>{items}</channel></rss>'
    return Answer(feed.encode(), "application/rss+xml; charset=utf-8")


@contextmanager
def proxy(answers: Mapping[str, Answer]) -> Iterator[str]:
    """Serve ``answers`` by absolute address on the loopback address; yields the proxy's address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer = answers.get(self.path)
            self.send_response(200 if answer else 404)
            self.send_header("Content-Type", answer.content_type if answer else "text/plain")
            self.send_header("Content-Length", str(len(answer.body) if answer else 0))
            self.end_headers()
            if answer:
                self.wfile.write(answer.body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


class Broadsheet:
    """The program, run as a person runs it, in a home of its own behind a proxy."""

    def __init__(self, home: Path, proxy_address: str) -> None:
        self.environment = {
            **{key: value for key, value in os.environ.items() if not key.lower().endswith("_proxy")},
            "BROADSHEET_HOME": str(home),
            "HTTP_PROXY": proxy_address,
            "http_proxy": proxy_address,
        }

    def run(self, *arguments: str) -> str:
        """Run a command, print how long it took, and return what it wrote to standard output."""
        start = time.perf_counter()
        run = self._run(arguments)
        shown = " ".join(arguments[:3])
        print(f"  broadsheet {shown[:70]:<70} exit {run.returncode}  {time.perf_counter() - start:6.2f} s")
        if run.returncode not in (0, 1):
            print("    " + run.stderr.strip().replace("\n", "\n    "))
        return run.stdout

    def run_quietly(self, *arguments: str) -> str:
        """Run a command and return what it wrote to standard output."""
        return self._run(arguments).stdout

    def _run(self, arguments: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "reader", *arguments]
        return subprocess.run(
            command, env=self.environment, capture_output=True, text=True, check=False, timeout=600
        )

    def rows(self, *arguments: str) -> list[dict[str, object]]:
        """Run a command with ``--json`` and return its objects."""
        return [json.loads(line) for line in self.run(*arguments, "--json").splitlines() if line.strip()]


def look_through(program: Broadsheet) -> int:
    """Print what a reader would stumble over; return how many things that is."""
    found = 0
    feeds = program.rows("feeds")
    print(f"\n{len(feeds)} sources")
    for feed in feeds:
        error = str(feed.get("error") or "")
        print(f"  {str(feed.get('title'))[:50]:<50} {feed.get('total')!s:>6}  {error[:60]}")
        found += bool(error)
    entries = program.rows("list", "limit:100000")
    for entry in entries:
        title = str(entry.get("title") or "")
        if not title or SUSPICIOUS.search(title):
            found += 1
            print(f"  title? {title[:100]!r}")
    verdicts: Counter[str] = Counter()
    cleaned = program.rows("list", 'feed:"Pages of" limit:100000')
    for entry in cleaned:
        verdicts[str(entry.get("verdict"))] += 1
        shown = program.run_quietly("show", str(entry["id"]), "--format", "text")
        if hits := sorted(set(SUSPICIOUS.findall(shown))):
            found += 1
            print(f"  text of {entry['id']}? {hits[:4]}  {str(entry.get('title'))[:60]}")
    print(f"  {len(entries)} entries; verdicts on the pages: {dict(verdicts)}")
    return found


def main() -> None:
    """Run the whole and print it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--feeds", type=int, default=40)
    parser.add_argument("--pages", type=int, default=60)
    parser.add_argument("--keep", type=Path, help="keep the library in this directory")
    options = parser.parse_args()
    feeds = real_feeds(options.feeds)
    answers = dict(feeds)
    indexes = []
    for name in PAGE_CORPORA:
        pages = real_pages(name, options.pages // len(PAGE_CORPORA))
        indexes.append(f"http://{name}.example.net/feed.xml")
        answers |= {**pages, indexes[-1]: index_of(name, pages)}
    with tempfile.TemporaryDirectory() as throw_away, proxy(answers) as address:
        program = Broadsheet(options.keep or Path(throw_away), address)
        for url in (*feeds, *indexes):
            program.run("add", url)
        program.run("fetch")
        found = look_through(program)
        program.run("tag", "real", "is:unread limit:5")
        print(f"  tagged: {len(program.rows('list', 'tag:real'))} of 5")
        print(f"  found by a word: {len(program.rows('search', 'government'))}")
        print(f"\n{found} things to look at")


def _corpus(name: str) -> Path:
    home = corpora.path(name)
    if home is None:
        raise SystemExit(
            f"The corpus {name} is not at hand; set BROADSHEET_SHARED to the directory that holds it."
        )
    return home


def _title(page: bytes) -> str:
    match = re.search(rb"<title[^>]*>(.*?)</title", page, re.DOTALL | re.IGNORECASE)
    return match.group(1).decode("utf8", "replace").strip()[:200] if match else "Untitled"


if __name__ == "__main__":
    main()
