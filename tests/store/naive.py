"""The meaning of a query, written a second time as plainly as possible: a predicate on records in memory.

``test_compile`` holds the SQL against it. Nothing here is fast, shares code with the compiler or knows SQL; the splitting
of text into words and the meaning of dates are those of ``reader.query``, which have tests of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from reader.query import parse
from reader.query.dates import ago, span
from reader.query.tree import (
    And,
    Anything,
    Comparison,
    Node,
    Not,
    Or,
    Pattern,
    Phrase,
    Prefix,
    Query,
    Range,
    Term,
    Unknown,
    Value,
    Word,
)
from reader.query.words import fold, tokens


@dataclass
class Record:
    """An article and all that is known of it."""

    id: int
    feed_id: int
    feed: str
    folder: str
    folder_ids: frozenset[int]
    """Of its folder and those above it."""
    quiet: bool
    title: str
    text: str
    link: str
    published: int
    """Seconds since 1970; of an undated one, as its id says."""
    arrived: int
    authors: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    language: str = ""
    media: frozenset[str] = frozenset()
    image: bool = False
    comments: bool = False
    words: int = 0
    full_text: bool = False
    failed: bool = False
    changed: int | None = None
    read: int | None = None
    starred: int | None = None
    later: bool = False
    hidden: bool = False
    snoozed: bool = False
    note: str = ""
    tags: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class World:
    """What a predicate may look at beside the record."""

    now: datetime
    views: Mapping[str, str]


def found(query: Query, records: Iterable[Record], world: World) -> list[Record]:
    """Return the records that a query finds."""
    unlisted = query.where is not None and _names_unlisted(query.where, world)
    return [
        record
        for record in records
        if (unlisted or not (record.hidden or record.snoozed))
        and (query.where is None or _empty(query.where) or matches(query.where, record, world))
    ]


def _names_unlisted(node: Node, world: World) -> bool:
    match node:
        case And(parts) | Or(parts):
            return any(_names_unlisted(part, world) for part in parts)
        case Not(part):
            return _names_unlisted(part, world)
        case Term("search", values):
            inner = (parse(world.views[_text(value)]).where for value in values)
            return any(node is not None and _names_unlisted(node, world) for node in inner)
        case Term("is", values):
            return any(_text(value) in ("hidden", "muted", "snoozed") for value in values)
        case Term(name):
            return name == "id"
        case Unknown():
            return False


def _empty(node: Node) -> bool:
    """Tell whether only signs without a letter are looked for."""
    match node:
        case And(parts) | Or(parts):
            return all(_empty(part) for part in parts)
        case Not(part):
            return _empty(part)
        case Term("" | "title" | "text" | "author" | "url" | "note", values, Comparison.CONTAINS):
            return all(_is_signs(value) for value in values)
        case _:
            return False


def _is_signs(value: Value) -> bool:
    return isinstance(value, Word | Phrase | Prefix) and not tokens(value.text)


def matches(node: Node, record: Record, world: World) -> bool:
    """Tell whether a record is what a node asks for."""
    match node:
        case And(parts):
            return all(matches(part, record, world) for part in parts if not _empty(part))
        case Or(parts):
            return any(matches(part, record, world) for part in parts if not _empty(part))
        case Not(part):
            return not matches(part, record, world)
        case Unknown(name, value):
            return _has_words([record.title, ", ".join(record.authors), record.text], f"{name} {value.text}")
        case Term("search", values):
            trees = (parse(world.views[_text(value)]).where for value in values)
            return any(tree is None or _empty(tree) or matches(tree, record, world) for tree in trees)
        case Term("no", values):
            return any(not _thing(record, _text(value)) for value in values)
        case Term(name, values, comparison):
            usable = [value for value in values if not _empty(Term(name, (value,), comparison))]
            return any(_value(name, value, comparison, record, world) for value in usable)


def _text(value: Value) -> str:
    assert isinstance(value, Word | Phrase | Prefix)
    return value.text


def _value(name: str, value: Value, comparison: Comparison, record: Record, world: World) -> bool:
    exact = comparison is Comparison.EQUALS
    if name in ("", "title", "text", "author", "url", "note"):
        return _words(name, value, exact, record)
    match name:
        case "feed":
            if isinstance(value, Word) and value.text.isdigit():
                return record.feed_id == int(value.text)
            return isinstance(value, Anything) or _name(value, record.feed, exact, below=False)
        case "folder":
            return _folder(value, record, exact)
        case "tag":
            return any(_label(value, tag, exact, nested=True) for tag in record.tags)
        case "topic":
            return any(_label(value, topic, exact, nested=False) for topic in record.topics)
        case "site":
            host = record.link.split("/")[2].removeprefix("www.")
            anything = isinstance(value, Anything)
            return anything or host == _text(value) or (not exact and host.endswith("." + _text(value)))
        case "lang":
            return _language(value, record.language, exact)
        case "is":
            return _state(record, _text(value), world)
        case "has":
            return _thing(record, _text(value))
        case "words" | "min" | "id":
            number = {"words": record.words, "id": record.id, "min": _minutes(record.words)}[name]
            return _number(value, comparison, number)
        case _:
            return _date(name, value, comparison, record, world)


# ---------------------------------------------------------------------------------------- text


def _words(name: str, value: Value, exact: bool, record: Record) -> bool:
    authors = ", ".join(record.authors)
    match name:
        case "title":
            return _on_text(value, record.title, exact)
        case "text":
            return record.words > 0 if isinstance(value, Anything) else _on_text(value, record.text, False)
        case "author" if exact:
            return fold(_text(value)) in (fold(authors), *map(fold, record.authors))
        case "author":
            return _on_text(value, authors, exact)
        case "url" if exact:
            return record.link == _text(value)
        case "url":
            link = re.sub(r"^https?://(www\.)?", "", record.link)
            return isinstance(value, Anything) or _has(value, [link], without_scheme=True)
        case "note":
            return _on_text(value, record.note, exact)
    if isinstance(value, Pattern):
        return any(_pattern(value, text) for text in (record.title, authors, record.text))
    return isinstance(value, Anything) or _has(value, [record.title, authors, record.text])


def _has_words(texts: list[str], wanted: str, *, prefix: bool = False) -> bool:
    run = tokens(wanted)
    for text in texts:
        have = tokens(text)
        for start in range(len(have) - len(run) + 1):
            piece = have[start : start + len(run)]
            if piece == run or (prefix and piece[:-1] == run[:-1] and piece[-1].startswith(run[-1])):
                return True
    return False


def _has(value: Value, texts: list[str], *, without_scheme: bool = False) -> bool:
    wanted = _text(value)
    if without_scheme:
        wanted = re.sub(r"^https?://(www\.)?", "", wanted)
    return _has_words(texts, wanted, prefix=isinstance(value, Prefix))


def _on_text(value: Value, text: str, exact: bool) -> bool:
    if isinstance(value, Anything):
        return bool(text)
    if isinstance(value, Pattern):
        return bool(text) and _pattern(value, text)
    return fold(text) == fold(_text(value)) if exact else _has(value, [text])


def _pattern(value: Pattern, text: str) -> bool:
    return re.search(value.text, text, re.IGNORECASE if value.ignore_case else 0) is not None


def _name(value: Value, name: str, exact: bool, *, below: bool) -> bool:
    if isinstance(value, Pattern):
        return _pattern(value, name)
    wanted, have = fold(_text(value)), fold(name)
    if isinstance(value, Prefix):
        return have.startswith(wanted)
    if exact:
        return have == wanted or (below and have.startswith(wanted + "/"))
    return wanted in have


def _folder(value: Value, record: Record, exact: bool) -> bool:
    if isinstance(value, Anything):
        return bool(record.folder)
    if isinstance(value, Word) and value.text.isdigit():
        return int(value.text) in record.folder_ids
    return bool(record.folder) and _name(value, record.folder, exact, below=True)


def _label(value: Value, label: str, exact: bool, *, nested: bool) -> bool:
    have = label.casefold()
    if isinstance(value, Anything):
        return True
    if isinstance(value, Pattern):
        return _pattern(value, label)
    wanted = _text(value).casefold()
    if isinstance(value, Prefix):
        return have.startswith(wanted)
    if exact:
        return have == wanted
    return have == wanted or have.startswith(wanted + "/") if nested else wanted in have


def _language(value: Value, language: str, exact: bool) -> bool:
    if isinstance(value, Anything):
        return bool(language)
    wanted = _text(value).lower()
    if isinstance(value, Prefix):
        return language.startswith(wanted)
    return language == wanted or (not exact and language.startswith(wanted + "-"))


# ---------------------------------------------------------------------------------------- state


def _state(record: Record, name: str, world: World) -> bool:
    day_ago = int((world.now - timedelta(hours=24)).timestamp())
    return {
        "unread": record.read is None,
        "read": record.read is not None,
        "starred": record.starred is not None,
        "later": record.later,
        "inbox": record.read is None and not (record.hidden or record.snoozed or record.quiet),
        "new": record.arrived >= day_ago,
        "updated": record.changed is not None,
        "hidden": record.hidden,
        "muted": False,
        "snoozed": record.snoozed,
        "failed": record.failed,
        "fulltext": record.full_text,
    }[name]


def _thing(record: Record, name: str) -> bool:
    return {
        "note": bool(record.note),
        "highlight": False,
        "tag": bool(record.tags),
        "enclosure": bool(record.media),
        "audio": "audio" in record.media,
        "video": "video" in record.media,
        "image": "image" in record.media or record.image,
        "author": bool(record.authors),
        "fulltext": record.full_text,
        "comments": record.comments,
    }[name]


# ---------------------------------------------------------------------------------------- dates and numbers


def _minutes(words: int) -> int:
    return max(1, int(words / 230 + 0.5)) if words else 0


def _number(value: Value, comparison: Comparison, number: int) -> bool:
    if isinstance(value, Range):
        return (not value.low or number >= int(value.low)) and (not value.high or number <= int(value.high))
    return _compared(number, int(_text(value)), int(_text(value)) + 1, comparison)


def _date(name: str, value: Value, comparison: Comparison, record: Record, world: World) -> bool:
    column = {
        "added": record.arrived,
        "updated": record.changed,
        "read": record.read,
        "starred": record.starred,
    }
    instant = column.get(name, record.published)
    if instant is None or isinstance(value, Anything):
        return instant is not None
    if name == "age":
        return _age(value, comparison, instant, world)
    if isinstance(value, Range):
        return (not value.low or instant >= _start(value.low, world)) and (
            not value.high or instant < _end(value.high, world)
        )
    start, end = _start(_text(value), world), _end(_text(value), world)
    if name == "before":
        return instant < start
    if name == "after" or (start == end and comparison in (Comparison.CONTAINS, Comparison.EQUALS)):
        return instant >= start
    return _compared(instant, start, end, comparison)


def _compared(number: int, start: int, end: int, comparison: Comparison) -> bool:
    return {
        Comparison.ABOVE: number >= end,
        Comparison.AT_LEAST: number >= start,
        Comparison.BELOW: number < start,
        Comparison.AT_MOST: number < end,
    }.get(comparison, start <= number < end)


def _age(value: Value, comparison: Comparison, instant: int, world: World) -> bool:
    if isinstance(value, Range):
        return (not value.low or instant < _ago(value.low, world)) and (
            not value.high or instant >= _ago(value.high, world)
        )
    older = comparison in (Comparison.ABOVE, Comparison.AT_LEAST)
    return (instant < _ago(_text(value), world)) if older else instant >= _ago(_text(value), world)


def _start(text: str, world: World) -> int:
    return int(span(text, world.now).start.timestamp())


def _end(text: str, world: World) -> int:
    return int(span(text, world.now).end.timestamp())


def _ago(text: str, world: World) -> int:
    return int(ago(text, world.now).timestamp())
