"""How many key presses a decision costs: 200 invented articles brought to zero, in the list and in triage mode.

    python -m tests.benchmarks.triage

The demo's publications, three times over, stand for a morning's inbox. A person of a fixed seed marks most of it done, puts
some off, stars some, reads some to the end, and now and then errs and takes it back. The program runs under a terminal of
ours; what is pressed next is decided by what stands on the screen, and what came of it is read from the library.
"""

from __future__ import annotations

import random
import re
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from reader.demo.site import Answer, Site
from reader.model import EntryId
from reader.prepare import prepare_feed, prepare_page
from reader.query import parse
from reader.store import articles, changes, entries, feeds
from reader.store.compile import compile_query
from reader.store.database import Database
from reader.store.drain import drain_index
from reader.store.search import ids
from reader.triage import Actor, Field, Wish
from tests.pty.running import start
from tests.terminal import Session, Terminal

ARTICLES: Final = 200
EDITIONS: Final = 4
SEED: Final = 200
BAR: Final = 1.15
"""Key presses for an article, those that err and take back included."""
SHARES: Final = {"done": 76, "later": 10, "star": 6, "read": 8}
"""Of a hundred articles, what becomes of them."""
ERRORS: Final = 0.02
"""The share of articles on which the wrong key is pressed, and taken back."""
KEYS: Final = {"done": "d", "later": "w", "star": "s"}
WHERE: Final = re.compile(rf"(\d+)/{ARTICLES}\b")
LONGEST: Final = 60
"""Pages of no article are more."""
END: Final = ARTICLES + 1


def make_inbox(path: Path) -> None:
    """Fill a library with the demo's articles, so many of them unread as are to be decided on."""
    now = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    database = Database.open(path)
    try:
        for number in range(EDITIONS):
            deliver(
                database,
                Site(f"https://port-amelie-{number}.example", now - timedelta(hours=7 * number)),
                now,
            )
        while wanted := database.read_now(articles.wanted, None, ARTICLES):
            for page in wanted:
                document = answer(Site("", now), page.url)
                article = prepare_page(document.body, page.url, document.mime_type, page.title)
                database.write_now(articles.save_article, page.entry_id, article, now)
        unread = database.read_now(ids, compile_query(parse("is:unread"), now=now))
        spare = [Wish(EntryId(entry_id), Field.READ, "1") for entry_id in unread[ARTICLES:]]
        mark = partial(changes.apply, label="Prepared", actor=Actor.COMMAND_LINE, session="", now=now)
        database.write_now(mark, spare)
        while database.write_now(drain_index, ARTICLES):
            pass
    finally:
        database.close()


def deliver(database: Database, site: Site, now: datetime) -> None:
    """Subscribe to the publications of a site that have a feed, and store what these announce."""
    for source in site.sources:
        if source.has_feed:
            document = answer(site, source.url)
            prepared = prepare_feed(document.body, source.url, document.mime_type)
            feed_id = database.write_now(partial(feeds.add_feed, url=source.url, title=source.name, now=now))
            database.write_now(
                partial(
                    entries.store_feed, feed_id=feed_id, feed=prepared.feed, now=now, texts=prepared.texts
                )
            )


def answer(site: Site, url: str) -> Answer:
    """Return what a site has at an address of its own."""
    found = site.answer(urlsplit(url).path)
    assert found is not None, url
    return found


def decisions() -> list[tuple[str, str]]:
    """Return for each article what becomes of it, and the verb that is pressed wrongly before, or nothing."""
    chance = random.Random(SEED)
    made = chance.choices(list(SHARES), list(SHARES.values()), k=ARTICLES)
    wrong = [chance.choice([verb for verb in KEYS if verb != right]) for right in made]
    return [
        (right, verb if chance.random() < ERRORS else "") for right, verb in zip(made, wrong, strict=True)
    ]


class Person:
    """Presses keys, counts them, and looks where that led."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.presses: Counter[str] = Counter()

    def press(self, key: str) -> None:
        """Press a key and wait until the screen has come to rest."""
        self._session.send(key)
        self._session.settle(quiet=0.12)
        self.presses[{" ": "Space", "\r": "Enter"}.get(key, key)] += 1

    def at(self) -> int:
        """Return the article one is at, counted from 1; past the last when the end is told."""
        return place(self._session.terminal)

    def read(self, first: str) -> None:
        """Open an article and press Space until it was read and the next one is there."""
        before = self.at()
        self.press(first)
        for _ in range(LONGEST):
            if self.at() != before:
                return
            self.press(" ")
        raise AssertionError(f"Space leads nowhere:\n{self._session.terminal.text}")


def place(terminal: Terminal) -> int:
    """Return the number of the article that the screen tells."""
    found = WHERE.search(terminal.text)
    return END if "That was all" in terminal.text or found is None else int(found[1])


def in_triage_mode(person: Person, wishes: Sequence[tuple[str, str]]) -> None:
    """Decide on everything in triage mode, where a star is a decision too."""
    person.press("T")
    for right, wrong in wishes:
        if wrong:
            person.press(KEYS[wrong])
            person.press("u")
        if right == "read":
            person.read(" ")
        else:
            person.press(KEYS[right])


def in_the_list(person: Person, wishes: Sequence[tuple[str, str]]) -> None:
    """Decide on everything in the list, where a star says nothing of being done."""
    opening = "\r"
    for number, (right, wrong) in enumerate(wishes):
        if wrong:
            person.press(KEYS[wrong])
            person.press("u")
        if right == "read" and number < len(wishes) - 1:
            person.read(opening)
            opening = " "  # the next one is open from then on
        else:
            person.press(KEYS.get(right, "d"))
            if right == "star":
                person.press("d")


def left_unread(library: Path) -> int:
    """Return how many articles were not decided on."""
    db = sqlite3.connect(library)
    try:
        (count,) = db.execute("SELECT count(*) FROM state WHERE read_at IS NULL").fetchone()
        return int(count)
    finally:
        db.close()


def main() -> int:
    """Measure and print; the exit status tells whether the bar was met."""
    missed = False
    wishes = decisions()
    print(
        f"{ARTICLES} articles: {dict(Counter(right for right, _ in wishes))}, {sum(bool(wrong) for _, wrong in wishes)} errors"
    )
    for name, go in (("the list", in_the_list), ("triage mode", in_triage_mode)):
        with tempfile.TemporaryDirectory() as folder:
            library = Path(folder) / "data" / "library.db"
            library.parent.mkdir()
            make_inbox(library)
            with start(Path(folder)) as session:
                session.wait_for(f"1/{ARTICLES}", 60)
                session.settle(1.0)
                person = Person(session)
                go(person, wishes)
                session.settle(1.0)
            pressed, left = person.presses.total(), left_unread(library)
        over = pressed / ARTICLES > BAR or left > 0
        missed |= over
        keys = ", ".join(f"{count} {key}" for key, count in person.presses.most_common())
        print(
            f"{name:12} {pressed / ARTICLES:.3f} presses an article, {left} left unread ({keys}){'  MISSED' if over else ''}"
        )
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
