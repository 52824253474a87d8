"""Random libraries, small and dense: a few dozen articles that share a few words, names, dates and states."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from hypothesis import strategies as st

from reader.document import Paragraph, Span
from reader.model import Article, Enclosure, EntryId, FeedId, ParsedEntry, ParsedFeed, Verdict
from reader.query.tree import (
    Anything,
    Comparison,
    Node,
    Pattern,
    Phrase,
    Prefix,
    Range,
    Term,
    Unknown,
    Value,
    Word,
    all_of,
    any_of,
    none_of,
)
from reader.store import articles, changes, drain, entries, feeds
from reader.texts import count_words
from reader.triage import Actor, Field, Wish

from .builders import NOW, memory
from .naive import Record

WORDS = (
    "rust",
    "python",
    "Café",
    "cafe",
    "東京",
    "tokyo",
    "Łódź",
    "open",
    "source",
    "e-mail",
    "opera",
    "ru",
    "新聞",
)
NAMES = ("Jane Doe", "Ana Łęcka", "田中", "O'Brien")
FEEDS = (("Rust Weekly", "tech/lang"), ("Open Café", "tech"), ("東京新聞", ""), ("Daily Rust", "news/world"))
TAGS = ("python", "lang", "lang/rust", "Café", "to read")
TOPICS = ("Security", "Open Source", "rust")
LANGUAGES = ("", "en", "en-gb", "ja", "e")
HOSTS = ("example.com", "blog.example.com", "www.example.org", "notexample.com")
ENTRIES = 40


@dataclass(frozen=True)
class Library:
    """A library, and what is in it."""

    db: sqlite3.Connection
    records: tuple[Record, ...]


def make_library(seed: int) -> Library:
    """Return the random library of a seed, indexed."""
    random = Random(seed)
    db = memory()
    records = [record for name, folder in FEEDS for record in _fill(db, random, name, folder)]
    for record in records:
        _act(db, random, record)
    while drain.drain_index(db, 7):
        pass
    return Library(db, tuple(sorted(records, key=lambda record: -record.id)))


def _fill(db: sqlite3.Connection, random: Random, name: str, folder: str) -> list[Record]:
    """Subscribe to a feed and store its entries."""
    feed_id = feeds.add_feed(db, f"https://{random.random()}.example/feed", name, folder=folder, now=NOW)
    quiet = random.random() < 0.3
    feeds.edit_feed(db, feed_id, title=name, quiet=quiet)
    above = (folder, folder.partition("/")[0])
    folders = frozenset(id_ for id_, path in db.execute("SELECT id, path FROM folder") if path in above)
    parsed = [_entry(random, number) for number in range(ENTRIES // len(FEEDS))]
    texts = [" ".join(random.choices(WORDS, k=random.choice((0, 1, 3, 8)))) for _ in parsed]
    now = NOW - timedelta(hours=random.choice((0, 23, 25, 200)))
    blocks = [(Paragraph((Span(text),)),) if text else () for text in texts]
    stored = entries.store_feed(db, feed_id, ParsedFeed("rss", name, "", tuple(parsed)), now, texts=blocks)
    by_link = dict(db.execute("SELECT link, id FROM entry WHERE feed_id = ?", (feed_id,)))
    assert len(by_link) == len(parsed) == len(stored.new)
    return [
        _record(by_link[entry.link], feed_id, name, folder, folders, quiet, entry, text, now)
        for entry, text in zip(parsed, texts, strict=True)
    ]


def _entry(random: Random, number: int) -> ParsedEntry:
    published = NOW - timedelta(
        minutes=random.choice((1, 5, 50, 2_000, 20_000, 600_000)) * random.randrange(1, 9)
    )
    media = random.choice(((), (), (), ("audio/mpeg",), ("video/mp4", "image/png"), ("text/plain",)))
    return ParsedEntry(
        guid=f"{number}",
        link=f"https://{random.choice(HOSTS)}/{random.choice(('a', 'rust', 'open-source'))}/{number}",
        title=" ".join(random.choices(WORDS, k=random.choice((0, 1, 2, 4)))),
        published=random.choice((None, published, published, published)),
        authors=tuple(random.sample(NAMES, k=random.choice((0, 1, 1, 2)))),
        categories=tuple(random.sample(TOPICS, k=random.choice((0, 1, 2)))),
        enclosures=tuple(Enclosure("https://x.example/f", kind) for kind in media),
        language=random.choice(LANGUAGES),
        comments_url=random.choice(("", "https://x.example/comments")),
        image_url=random.choice(("", "", "https://x.example/i.png")),
    )


def _record(
    id_: int,
    feed_id: FeedId,
    feed: str,
    folder: str,
    folder_ids: frozenset[int],
    quiet: bool,
    entry: ParsedEntry,
    text: str,
    now: datetime,
) -> Record:
    published = int(entry.published.timestamp()) if entry.published else 946_684_800 + 15 * id_
    return Record(
        id_, feed_id, feed, folder, folder_ids, quiet, entry.title, text, entry.link, published, int(now.timestamp()),
        authors=entry.authors,
        topics=entry.categories,
        language=entry.language,
        media=frozenset(file.mime_type.split("/")[0] for file in entry.enclosures),
        image=bool(entry.image_url),
        comments=bool(entry.comments_url),
        words=count_words(text),
    )  # fmt: skip


def _act(db: sqlite3.Connection, random: Random, record: Record) -> None:
    """Do to an article what a person, the page behind it and time could have done."""
    at = NOW - timedelta(minutes=random.choice((0, 90, 3_000, 50_000)))
    seconds = int(at.timestamp())
    chosen: dict[Field, str] = {}
    if random.random() < 0.5:
        chosen[Field.READ], record.read = "1", seconds
    if random.random() < 0.2:
        chosen[Field.STARRED], record.starred = "1", seconds
    if random.random() < 0.2:
        chosen[Field.LATER], record.later = "1", True
    if random.random() < 0.15:
        chosen[Field.HIDDEN], record.hidden = "1", True
    if random.random() < 0.1:
        chosen[Field.SNOOZED], record.snoozed = (NOW + timedelta(days=1)).isoformat(), True
    if random.random() < 0.2:
        record.note = " ".join(random.choices(WORDS, k=2))
        chosen[Field.NOTE] = record.note
    record.tags = set(random.sample(TAGS, k=random.choice((0, 0, 1, 2))))
    wishes = [Wish(EntryId(record.id), name, value) for name, value in chosen.items()]
    wishes += [Wish(EntryId(record.id), Field.TAG, "1", tag) for tag in sorted(record.tags)]
    changes.apply(db, wishes, label="", actor=Actor.WINDOW, session="", now=at)
    if random.random() < 0.3:
        _clean_page(db, random, record)
    if random.random() < 0.1:
        record.failed = True
        db.execute("UPDATE entry SET page = 'failed' WHERE id = ?", (record.id,))
    if random.random() < 0.1:
        record.changed = seconds
        db.execute("UPDATE entry SET changed_at = ? WHERE id = ?", (seconds, record.id))
    if random.random() < 0.1:
        record.published += random.choice((-40, 40)) * 86_400
        db.execute("UPDATE entry SET published = ? WHERE id = ?", (record.published, record.id))


def _clean_page(db: sqlite3.Connection, random: Random, record: Record) -> None:
    verdict = random.choice((Verdict.GOOD, Verdict.DOUBTFUL, Verdict.TOO_SHORT))
    text = " ".join(random.choices(WORDS, k=random.choice((5, 400, 800))))
    article = Article("", (Paragraph((Span(text),)),), verdict=verdict, word_count=len(text.split()))
    articles.save_article(db, EntryId(record.id), article, NOW)
    record.full_text = verdict is not Verdict.TOO_SHORT
    if record.full_text:
        record.text = text
    (record.words, record.language) = db.execute(
        "SELECT words, language FROM entry WHERE id = ?", (record.id,)
    ).fetchone()


# ---------------------------------------------------------------------------------------- queries on them

_texts: st.SearchStrategy[Value] = st.one_of(
    st.sampled_from((*WORDS, "doe", "nothing", "ost")).map(Word),
    st.sampled_from(("open source", "rust python", "東京 tokyo", "Jane Doe", "!", "e mail")).map(Phrase),
    st.sampled_from(("r", "ru", "ope", "c", "東", "x", "open so")).map(Prefix),
)
_patterns: st.SearchStrategy[Value] = st.builds(
    Pattern, st.sampled_from(("r.st", "^open", "O", "京$", "[uy]t")), st.booleans()
)
_anything: st.SearchStrategy[Value] = st.just(Anything())
_dates = st.sampled_from(
    ("today", "yesterday", "7d", "1h", "30d", "2026-11", "2026", "mon", "2026-11-24", "3m")
)
_numbers = st.sampled_from(("0", "1", "2", "3", "8", "400", "900"))
_equal = st.sampled_from((Comparison.CONTAINS, Comparison.EQUALS))


def _several(values: st.SearchStrategy[Value]) -> st.SearchStrategy[tuple[Value, ...]]:
    return st.lists(values, min_size=1, max_size=2, unique=True).map(tuple)


def _ordered(names: tuple[str, ...], sides: st.SearchStrategy[str]) -> st.SearchStrategy[Term]:
    ranges = st.tuples(st.just("") | sides, st.just("") | sides).filter(any).map(lambda pair: Range(*pair))
    single = st.builds(
        Term, st.sampled_from(names), _several(sides.map(Word)), st.sampled_from(list(Comparison))
    )
    return single | st.builds(Term, st.sampled_from(names), _several(ranges))


def _words(*names: str) -> st.SearchStrategy[str]:
    return st.sampled_from(names)


_terms: st.SearchStrategy[Node] = st.one_of(
    (_texts | _patterns | _anything).map(lambda value: Term("", (value,))),
    st.builds(Term, _words("title", "text", "author", "note"), _several(_texts | _patterns | _anything)),
    st.builds(Term, _words("title", "author", "note"), _several(st.sampled_from((*WORDS, *NAMES)).map(Phrase)), _equal),
    st.builds(
        Term,
        st.just("url"),
        _several(st.sampled_from(("rust", "https://blog.example.com/open-source", "example", "open source")).map(Phrase)),
        _equal,
    ),
    st.builds(Term, _words("url"), _several(st.sampled_from(("ru", "exam")).map(Prefix) | _anything)),
    st.builds(Term, _words("feed", "folder"), _several(_texts | _patterns | _anything | _numbers.map(Word))),
    st.builds(
        Term,
        _words("feed", "folder"),
        _several(st.sampled_from(("Rust Weekly", "tech", "news/world", "news")).map(Phrase)),
        _equal,
    ),
    st.builds(Term, _words("tag", "topic"), _several(_patterns | _anything | st.sampled_from(("l", "p")).map(Prefix))),
    st.builds(Term, _words("tag", "topic"), _several(st.sampled_from((*TAGS, *TOPICS, "open")).map(Phrase)), _equal),
    st.builds(Term, st.just("site"), _several(st.sampled_from(("example.com", "example.org", "org")).map(Word)), _equal),
    st.builds(Term, st.just("lang"), _several(st.sampled_from(("en", "en-gb", "ja")).map(Word)), _equal),
    st.builds(Term, st.just("lang"), _several(st.just(Prefix("e")) | _anything)),
    st.builds(
        Term,
        st.just("is"),
        _several(
            st.sampled_from(
                ("unread", "read", "starred", "later", "inbox", "new", "updated", "hidden", "muted", "snoozed",
                 "failed", "fulltext")
            ).map(Word)
        ),
    ),
    st.builds(
        Term,
        _words("has", "no"),
        _several(
            st.sampled_from(
                ("note", "highlight", "tag", "enclosure", "audio", "video", "image", "author", "fulltext", "comments")
            ).map(Word)
        ),
    ),
    st.builds(Term, _words("after", "before"), _several(_dates.map(Word))),
    _ordered(("published", "added", "updated", "read", "starred"), _dates),
    _ordered(("age",), st.sampled_from(("1h", "1d", "7d", "2m"))),
    _ordered(("words", "min"), _numbers),
    st.builds(Term, st.just("id"), _several(st.sampled_from(("1..56597000", "56597000..")).map(lambda t: Range(*t.split(".."))))),
    st.builds(Term, st.just("id"), _several(st.sampled_from(("56540764", "56582761", "1")).map(Word)), _equal),
    st.builds(Term, st.just("search"), _several(st.sampled_from(("a", "b")).map(Word))),
    st.builds(Unknown, st.just("open"), st.just(Word("source"))),
)  # fmt: skip

VIEWS = {"a": "rust OR is:starred", "b": "@a -tag:*"}

nodes: st.SearchStrategy[Node] = st.recursive(
    _terms,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: all_of(tuple(parts))),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: any_of(tuple(parts))),
        inner.map(none_of),
    ),
    max_leaves=6,
)
