"""Searches a large invented library: time of each class of query, and of inserting, against what other readers do.

    python -m tests.benchmarks.library --articles 100000
    python -m tests.benchmarks.library --articles 1000000 --keep /var/tmp/million.db

Builds the library through the same functions as a refresh (``--keep`` builds it once and then reuses it), runs the stored
list of queries, and prints milliseconds of CPU by class beside the bars. As a reference it asks the same words with ``LIKE``
of the same texts, as newsboat and others do it.
"""

from __future__ import annotations

import argparse
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from reader.document import Blocks, Paragraph, Span
from reader.model import Enclosure, EntryId, ParsedEntry, ParsedFeed
from reader.query import parse
from reader.refresh.writing import HEAVIEST
from reader.store import articles, changes, connection, counts, drain, entries, feeds, migrations, search
from reader.store import statistics as statistics_of
from reader.store.compile import compile_query
from reader.store.drain import BATCH, Fresh
from reader.store.indexing import searchable
from reader.texts import ready
from reader.triage import Actor, Field

from .queries import QUERIES, VIEWS, Class
from .vocabulary import RARE, Vocabulary

NOW: Final = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
FEEDS: Final = 2_000
FOLDERS: Final = 40
SPAN_SECONDS: Final = 5 * 365 * 86_400
"""Five years of news."""
WORDS: Final = 260
"""Words of a text on average: 1.65 kB."""
ROUNDS: Final = 5
"""Each query is run so often; its median counts."""
REFERENCE: Final = 100_000
"""Articles that LIKE is tried on at most; the time is scaled."""
BARS: Final = {Class.PLAIN: 5.0, Class.NEWEST: 10.0, Class.RANKED: 40.0}
WORST_BAR: Final = 100.0


# ---------------------------------------------------------------------------------------- building


def build(path: Path, articles_wanted: int, feeds_wanted: int = FEEDS) -> None:
    """Make the library and print what that cost."""
    vocabulary = Vocabulary()
    db = connection.connect_to_write(path)
    connection.use_wal(db)
    migrations.migrate(db)
    db.execute("PRAGMA synchronous = OFF")
    folders = [f"folder {number:02}" for number in range(FOLDERS)]
    sources = [
        feeds.add_feed(
            db,
            f"https://site{number}.example/feed",
            f"{vocabulary.words[1000 + number].title()} News {number}",
            folder=folders[number % FOLDERS],
            now=NOW,
        )
        for number in range(feeds_wanted)
    ]
    preparing = storing = indexing = 0.0
    each = articles_wanted // feeds_wanted
    together = max(1, HEAVIEST // max(1, each))  # as the writer of a refresh does
    fresh: Fresh = {}
    for number, feed_id in enumerate(sources):
        parsed, blocks = _document(vocabulary, number, each)
        start = time.process_time()
        texts = [ready(entry, text) for entry, text in zip(parsed.entries, blocks, strict=True)]
        ready_at = time.process_time()
        if not db.in_transaction:
            db.execute("BEGIN IMMEDIATE")
        stored = entries.store_feed(db, feed_id, parsed, NOW, texts=texts)
        if (number + 1) % together == 0 or number + 1 == feeds_wanted:
            db.execute("COMMIT")
        fresh.update(stored.texts)
        preparing += ready_at - start
        storing += time.process_time() - ready_at
        if (len(fresh) > 2 * BATCH and not db.in_transaction) or number + 1 == feeds_wanted:
            indexing += _drain(db, fresh)
        if (number + 1) * each // 100_000 > number * each // 100_000:
            print(f"  {(number + 1) * each:,} articles", file=sys.stderr)
    print(
        f"preparing (in workers) {articles_wanted / preparing:,.0f}/s, storing {articles_wanted / storing:,.0f}/s,"
        f" indexing {articles_wanted / indexing:,.0f}/s, storing and indexing"
        f" {articles_wanted / (storing + indexing):,.0f} articles per CPU second, bar 2,500"
    )
    _act(db, vocabulary)
    db.execute("ANALYZE")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    print(f"file {path.stat().st_size / articles_wanted:,.0f} bytes an article")


def _drain(db: sqlite3.Connection, fresh: Fresh) -> float:
    start = time.process_time()
    done = 1
    while done:
        db.execute("BEGIN IMMEDIATE")
        done = drain.drain_index(db, BATCH, fresh)
        db.execute("COMMIT")
    return time.process_time() - start


def _document(vocabulary: Vocabulary, feed: int, count: int) -> tuple[ParsedFeed, list[Blocks]]:
    """Return a feed of ``count`` articles spread over the years, and their texts."""
    random = vocabulary.random
    parsed: list[ParsedEntry] = []
    blocks: list[Blocks] = []
    asian = feed % 50 == 7
    for number in range(count):
        length = max(20, int(random.lognormvariate(5.3, 0.7)))
        text = vocabulary.han(2 * length) if asian else vocabulary.text(length)
        if random.random() < len(RARE) / 20_000:
            text += " " + random.choice(RARE)
        title = vocabulary.han(14) if asian else vocabulary.text(random.randrange(5, 13)).capitalize()
        slug = "-".join(title.lower().split()[:4])
        parsed.append(
            ParsedEntry(
                guid=f"{feed}-{number}",
                link=f"https://www.site{feed}.example/{random.randrange(2021, 2027)}/{slug}-{number}",
                title=title,
                published=NOW - timedelta(seconds=random.randrange(SPAN_SECONDS)),
                authors=(
                    f"{vocabulary.words[2000 + random.randrange(400)]} {vocabulary.words[3000 + feed % 700]}".title(),
                ),
                categories=(f"topic {int(random.paretovariate(0.8)) % 500}",),
                enclosures=(Enclosure("https://x.example/a.mp3", "audio/mpeg"),)
                if random.random() < 0.03
                else (),
                language=("ja" if asian else ("en", "en-gb", "de")[feed % 3]),
            )
        )
        blocks.append((Paragraph((Span(text),)),))
    return ParsedFeed("rss", "", "", tuple(parsed)), blocks


def _act(db: sqlite3.Connection, vocabulary: Vocabulary) -> None:
    """Read four fifths, star and put off one in a hundred, tag, and write notes."""
    seconds = int(NOW.timestamp())
    db.execute("BEGIN IMMEDIATE")
    db.execute("UPDATE state SET read_at = arrived + entry_id % 500000 WHERE (entry_id * 7919) % 1000 >= 200")
    db.execute("UPDATE state SET starred_at = ? WHERE (entry_id * 104729) % 1000 < 10", (seconds,))
    db.execute("UPDATE state SET later_at = ? WHERE (entry_id * 15485863) % 1000 < 10", (seconds,))
    db.execute("UPDATE state SET hidden_at = ? WHERE (entry_id * 32452843) % 1000 < 10", (seconds,))
    db.execute(
        "UPDATE state SET arrived = min(?, (entry_id * 15) + 946684800 + (entry_id * 49979687) % 86400)",
        (seconds,),
    )
    for name, per_million in [("big", 100_000), ("mid", 20_000), ("small", 500)] + [
        (f"{'nested/' if number % 2 else ''}tag {number}", 1_000) for number in range(40)
    ]:
        db.execute("INSERT INTO tag(name, folded) VALUES (?, ?)", (name, name))
        (tag_id,) = db.execute("SELECT id FROM tag WHERE name = ?", (name,)).fetchone()
        db.execute(
            "INSERT INTO entry_tag(tag_id, entry_id, added)"
            " SELECT ?, entry_id, ? FROM state WHERE (entry_id * 86028121 + ?) % 1000000 < ?",
            (tag_id, seconds, vocabulary.random.randrange(1_000_000), per_million),
        )
    db.execute(
        "INSERT INTO note(entry_id, text) SELECT entry_id, 'compare with the report of ' || entry_id FROM state"
        " WHERE (entry_id * 67867967) % 1000 < 1"
    )
    db.execute("UPDATE entry SET page = 'failed' WHERE (id * 982451653) % 1000 < 5")
    db.execute("COMMIT")


# ---------------------------------------------------------------------------------------- measuring


def measure(path: Path, *, counting: bool) -> dict[Class, list[tuple[float, str, int]]]:
    """Return the median CPU milliseconds of each query by class, the slowest first, and how many it found.

    For the first fifty rows; ``counting`` counts on to a thousand, as the search bar does once the rows are there.
    """
    db = connection.connect_to_read(path)
    found: dict[Class, list[tuple[float, str, int]]] = {}
    for kind, text in QUERIES:
        times = []
        total = 0
        for _ in range(ROUNDS):
            start = time.process_time()
            compiled = compile_query(parse(text), now=NOW, views=VIEWS)
            result = search.find(db, compiled, 50, count_to=search.TOTAL if counting else 0)
            times.append((time.process_time() - start) * 1000)
            total = result.total
        found.setdefault(kind, []).append((statistics.median(times), text, total))
    db.close()
    return {kind: sorted(times, reverse=True) for kind, times in found.items()}


def report(found: dict[Class, list[tuple[float, str, int]]], *, verbose: bool) -> None:
    """Print each class beside its bar."""
    for kind, times in found.items():
        ordered = sorted(milliseconds for milliseconds, _, _ in times)
        bar = BARS[kind]
        p95 = _percentile(ordered, 0.95)
        verdict = "met" if p95 <= bar else "MISSED"
        print(
            f"{kind.value:8} {len(ordered):3} queries  p50 {_percentile(ordered, 0.5):6.2f}  p95 {p95:6.2f}"
            f"  worst {ordered[-1]:6.2f} ms CPU  bar {bar:g}: {verdict}"
        )
        for milliseconds, text, total in times if verbose else times[:4]:
            print(f"    {milliseconds:8.2f}  {text}  ({total})")
    worst = max(milliseconds for times in found.values() for milliseconds, _, _ in times)
    print(f"worst of all {worst:.1f} ms, bar {WORST_BAR:g}: {'met' if worst <= WORST_BAR else 'MISSED'}")


def _percentile(ordered: list[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def other_bars(path: Path) -> None:
    """Print the list of sources, opening an article and marking ten thousand read."""
    db = connection.connect_to_read(path)
    midnight = NOW.replace(hour=0)
    ids = search.ids(db, compile_query(parse("*"), now=NOW), limit=200)
    print(f"sources with counts    {median_cpu(lambda: counts.sources(db, midnight)):6.2f} ms CPU, bar 5")
    opened = median_cpu(lambda: [articles.load(db, EntryId(id_)) for id_ in ids]) / len(ids)
    print(f"opening an article     {opened:6.2f} ms CPU, bar 1")
    print(f"statistics by feed     {median_cpu(lambda: statistics_of.by_feed(db, NOW)):6.2f} ms CPU")
    db.close()
    print(f"marking 10,000 read    {_marking(path):6.0f} ms CPU, bar 500")


def _marking(path: Path) -> float:
    """Return the milliseconds of one undoable step on ten thousand articles, which is then taken back."""
    db = connection.connect_to_write(path)
    db.execute("BEGIN IMMEDIATE")
    unread = compile_query(parse("is:unread limit:10000"), now=NOW)
    start = time.process_time()
    step = changes.apply_query(
        db,
        unread,
        Field.READ,
        "1",
        label="Marked {n} read",
        actor=Actor.COMMAND_LINE,
        session="benchmark",
        now=NOW,
    )
    elapsed = (time.process_time() - start) * 1000
    assert step is not None
    db.execute("ROLLBACK")
    db.close()
    return elapsed


def reference(path: Path, articles: int) -> None:
    """Print how long ``LIKE`` takes for single words on the same texts, and the ratio."""
    db = connection.connect_to_read(path)
    plain = sqlite3.connect("")
    plain.execute("CREATE TABLE item(id INTEGER PRIMARY KEY, title TEXT, content TEXT)")
    sample = min(articles, REFERENCE)
    plain.executemany("INSERT INTO item VALUES (?, ?, ?)", texts(db, sample))
    for word in ("the", "kernel", "quasar"):
        like = median_cpu(
            lambda word=word: plain.execute(  # type: ignore[misc]
                "SELECT id FROM item WHERE title LIKE ? OR content LIKE ? ORDER BY id DESC",
                (f"%{word}%",) * 2,
            ).fetchall(),
            rounds=3,
        )
        scaled = like * articles / sample
        compiled = compile_query(parse(word), now=NOW)
        ours = median_cpu(lambda compiled=compiled: search.find(db, compiled, 50))  # type: ignore[misc]
        print(f"LIKE %{word}%  {scaled:9.1f} ms, search {ours:6.2f} ms: {scaled / ours:,.0f} times faster")
    plain.close()
    db.close()


def texts(db: sqlite3.Connection, count: int) -> Iterator[tuple[int, str, str]]:
    """Yield id, title and text of the newest articles."""
    for (id_,) in db.execute("SELECT id FROM entry ORDER BY id DESC LIMIT ?", (count,)).fetchall():
        text = searchable(db, id_)
        if text is not None:
            yield id_, text.title, text.body


def median_cpu(run: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the median milliseconds of CPU of some runs."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        run()
        times.append((time.process_time() - start) * 1000)
    return statistics.median(times)


def main() -> int:
    """Build, measure, print."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--articles", type=int, default=100_000)
    options.add_argument("--keep", type=Path, help="file of the library, built if it is not there")
    options.add_argument("--verbose", action="store_true", help="print every query")
    options.add_argument("--no-reference", action="store_true", help="leave LIKE out")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        path = chosen.keep or Path(directory) / "library.db"
        if not path.exists():
            build(path, chosen.articles)
        report(measure(path, counting=False), verbose=chosen.verbose)
        print("with the count up to 1,000:")
        report(measure(path, counting=True), verbose=False)
        other_bars(path)
        if not chosen.no_reference:
            reference(path, chosen.articles)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
