"""The terms of the query language, one after the other: what each field means on the rows of an article.

Most give two things: the expression that is true of a row, and the way to the rows for which it is (``source``), which
the planner takes when it is the shortest.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from ..errors import QueryError
from ..query.dates import ago, span
from ..query.fields import Kind, field_named
from ..query.tree import Anything, Comparison, Pattern, Phrase, Prefix, Range, Term, Value, Word
from ..query.words import fold, index_text, link_tokens, site_key, tokens
from .clock import to_seconds
from .conditions import (
    EVERYTHING,
    PUBLISHED,
    Condition,
    Except,
    Group,
    Match,
    Published,
    Rows,
    Test,
    Unread,
    all_of,
    any_of,
    none_of,
)
from .match import Words

WORDS_A_MINUTE: Final = 238
"""Silent reading of English prose (Brysbaert 2019); the same number that rows show."""
NEW_FOR: Final = timedelta(hours=24)
"""How long an article is ``is:new``."""

_INDEXED: Final = {"title": "title", "text": "body", "author": "author", "url": "link", "": ""}
_COLUMNS: Final = {"title": "entry.title", "author": "entry.author", "url": "entry.link"}
_NOTE: Final = "(SELECT note.text FROM note WHERE note.entry_id = state.entry_id)"
_TEXT: Final = (
    "matches_text(?, ?, entry.verdict, (SELECT blocks FROM body WHERE body.entry_id = state.entry_id),"
    " (SELECT document FROM article WHERE article.entry_id = state.entry_id))"
)
_NOTED: Final = Rows("SELECT entry_id AS id FROM note", ordered=True)
_SOME_NOTED: Final = replace(_NOTED, exact=False)


def condition_of(term: Term, now: datetime) -> Condition:
    """Return what ``term`` means, seen from ``now``."""
    field = field_named(term.name)
    if field is None:
        return any_of(*(_anywhere(value) for value in term.values))
    one: Callable[[Value], Condition]
    match field.kind:
        case Kind.WORDS:
            usable = [value for value in term.values if not _wordless(term, value)]
            return any_of(*(_words(term.name, value, term.comparison) for value in usable))
        case Kind.NAME:
            one = lambda value: _named(term.name, value, term.comparison)  # noqa: E731
        case Kind.TAG | Kind.TOPIC:
            one = lambda value: _labelled(term.name, value, term.comparison)  # noqa: E731
        case Kind.SITE:
            one = lambda value: _site(value, term)  # noqa: E731
        case Kind.STATE:
            one = lambda value: _state(_text(value), now)  # noqa: E731
        case Kind.HAS:
            one = lambda value: _has(_text(value))  # noqa: E731
            if term.name == "no":
                return any_of(*(none_of(one(value)) for value in term.values))
        case Kind.BOUND | Kind.DATE | Kind.AGE:
            one = lambda value: _dated(term.name, value, term.comparison, now)  # noqa: E731
        case Kind.NUMBER:
            one = lambda value: _numbered(term.name, value, term.comparison)  # noqa: E731
        case Kind.LANGUAGE:
            one = lambda value: _language(value, term.comparison)  # noqa: E731
        case Kind.VIEW | Kind.SORT | Kind.LIMIT:
            raise AssertionError(f"{term.name}: is no condition")
    return any_of(*(one(value) for value in term.values))


def is_wordless(term: Term) -> bool:
    """Tell whether the term looks for words and has none: signs alone are in no index."""
    return all(_wordless(term, value) for value in term.values)


def _wordless(term: Term, value: Value) -> bool:
    return (
        (term.name in _INDEXED or term.name == "note")
        and term.comparison is Comparison.CONTAINS
        and isinstance(value, Word | Phrase | Prefix)
        and not tokens(value.text)
    )


def _text(value: Value) -> str:
    assert isinstance(value, Word | Phrase), "checked by the parser"
    return value.text


# ---------------------------------------------------------------------------------------- words


def _anywhere(value: Value) -> Condition:
    match value:
        case Anything():
            return EVERYTHING
        case Pattern(text, ignore_case):
            return any_of(
                Test(
                    f"matches(?, ?, entry.title) OR matches(?, ?, entry.author) OR {_TEXT}",
                    (text, ignore_case) * 3,
                )
            )
        case Word(text) | Phrase(text):
            return Match(Words(tokens(text)))
        case Prefix(text):
            return Match(Words(tokens(text), prefix=True))
        case Range():
            raise AssertionError("a range has a field")


def _words(name: str, value: Value, comparison: Comparison) -> Condition:
    """Return the condition on one field of text."""
    if name == "note":
        return _note(value, comparison)
    column = _COLUMNS.get(name)
    match value:
        case Anything():
            return Test(f"{column} <> ''" if column else "entry.words > 0")
        case Pattern(text, ignore_case):
            return Test(f"matches(?, ?, {column})" if column else _TEXT, (text, ignore_case))
        case Word(text) | Phrase(text) | Prefix(text):
            found = link_tokens(text) if name == "url" else tokens(text)
            contains = Match(Words(found, _INDEXED[name], isinstance(value, Prefix))) if found else EVERYTHING
            if comparison is Comparison.CONTAINS or column is None:
                return contains
            return all_of(contains, _whole(name, column, text))
        case Range():
            raise AssertionError(f"{name}: takes no range")


def _whole(name: str, column: str, text: str) -> Condition:
    """Return the condition that a column is ``text`` and no more; of authors, that one of them is."""
    if name == "url":
        return Test("entry.link = ?", (text,))
    folded = fold(text)
    if name == "author":
        return Test("holds(', ' || entry.author || ', ', ?)", (f", {folded}, ",))
    return Test(f"folded({column}) = ?", (folded,))


def _note(value: Value, comparison: Comparison) -> Condition:
    match value:
        case Anything():
            return Test("state.noted = 1", (), _NOTED)
        case Pattern(text, ignore_case):
            return Test(f"state.noted = 1 AND matches(?, ?, {_NOTE})", (text, ignore_case), _SOME_NOTED)
        case Word(text) | Phrase(text) | Prefix(text):
            if comparison is Comparison.EQUALS:
                return Test(f"state.noted = 1 AND folded({_NOTE}) = ?", (fold(text),), _SOME_NOTED)
            prefix = isinstance(value, Prefix)
            return Test(
                f"state.noted = 1 AND has_words({_NOTE}, ?, ?)", (index_text(text), prefix), _SOME_NOTED
            )
        case Range():
            raise AssertionError("note: takes no range")


# ---------------------------------------------------------------------------------------- names


def _named(kind: str, value: Value, comparison: Comparison) -> Condition:
    """Return the condition on the feed, by its own name or by its folder's; a folder holds those below it."""
    column = "feed.title" if kind == "feed" else "folder.path"
    values: tuple[str | int, ...]
    match value:
        case Anything() if kind == "feed":
            return EVERYTHING
        case Anything():
            where, values = "feed.folder_id IS NOT NULL", ()
        case Word(text) if text.isascii() and text.isdigit():
            if kind == "feed":
                where, values = "feed.id = ?", (_bounded(text),)
            else:
                where = (
                    "feed.folder_id IN (SELECT below.id FROM folder AS top JOIN folder AS below ON below.id = top.id"
                    " OR substr(below.path, 1, length(top.path) + 1) = top.path || '/' WHERE top.id = ?)"
                )
                values = (_bounded(text),)
        case Pattern(text, ignore_case):
            where, values = f"matches(?, ?, {column})", (text, ignore_case)
        case Prefix(text):
            where, values = f"substr(folded({column}), 1, ?) = ?", (len(fold(text)), fold(text))
        case Word(text) | Phrase(text) if comparison is Comparison.EQUALS:
            where, values = f"folded({column}) = ?", (fold(text),)
            if kind == "folder":
                where += " OR substr(folded(folder.path), 1, ?) = ?"
                values += (len(fold(text)) + 1, fold(text) + "/")
        case Word(text) | Phrase(text):
            where, values = f"holds({column}, ?)", (fold(text),)
        case Range():
            raise AssertionError(f"{kind}: takes no range")
    joined = " LEFT JOIN folder ON folder.id = feed.folder_id" if kind == "folder" else ""
    if "folder.path" in where:
        where = f"folder.path IS NOT NULL AND ({where})"
    select = f"SELECT feed.id FROM feed{joined} WHERE {where}"
    return Test(f"state.feed_id IN ({select})", values, Group("feed", select, values))


def _labelled(kind: str, value: Value, comparison: Comparison) -> Condition:
    """Return the condition on the person's tags or the feed's topics."""
    values: tuple[str | int, ...]
    match value:
        case Anything() if kind == "tag":
            rows = Rows(
                "SELECT entry_id AS id FROM state INDEXED BY state_tagged WHERE tagged > 0", ordered=True
            )
            return Test("state.tagged > 0", (), rows)
        case Anything():
            where, values = "1", ()
        case Pattern(text, ignore_case):
            where, values = "matches(?, ?, name)", (text, ignore_case)
        case Prefix(text):
            folded = text.casefold()
            where, values = "substr(folded, 1, ?) = ?", (len(folded), folded)
        case Word(text) | Phrase(text):
            folded = text.casefold()
            if comparison is Comparison.EQUALS:
                where, values = "folded = ?", (folded,)
            elif kind == "tag":
                where, values = (
                    "folded = ? OR substr(folded, 1, ?) = ?",
                    (folded, len(folded) + 1, folded + "/"),
                )
            else:
                where, values = "instr(folded, ?) > 0", (folded,)
        case Range():
            raise AssertionError(f"{kind}: takes no range")
    select = f"SELECT id FROM {kind} WHERE {where}"
    sql = (
        f"EXISTS (SELECT 1 FROM entry_{kind} AS given WHERE given.entry_id = state.entry_id"
        f" AND given.{kind}_id IN ({select}))"
    )
    return Test(sql, values, Group(kind, select, values))


def _site(value: Value, term: Term) -> Condition:
    if isinstance(value, Anything):
        return Test("entry.site <> ''")
    key = site_key(_text(value))
    if not key:
        raise QueryError(f"{_text(value)} is no host name, as in site:example.com.", term.column)
    if term.comparison is Comparison.EQUALS:
        rows = Rows("SELECT id FROM entry INDEXED BY entry_site WHERE site = ?", (key,), ordered=True)
        return Test("entry.site = ?", (key,), rows)
    within = (key, key[:-1] + "/")  # '/' follows '.'
    return Test(
        "entry.site >= ? AND entry.site < ?",
        within,
        Rows("SELECT id FROM entry INDEXED BY entry_site WHERE site >= ? AND site < ?", within),
    )


def _language(value: Value, comparison: Comparison) -> Condition:
    match value:
        case Anything():
            return Test("entry.language <> ''")
        case Prefix(text):
            within = (text.lower(), text.lower() + "\U0010ffff")
        case _:
            text = _text(value)
            equal = Test(
                "entry.language = ?",
                (text,),
                Rows(
                    "SELECT id FROM entry INDEXED BY entry_language WHERE language = ?", (text,), ordered=True
                ),
            )
            if comparison is Comparison.EQUALS:
                return equal
            within = (text, text + ".")  # '-' goes before '.': en, en-gb
            return Test(
                "entry.language = ? OR (entry.language >= ? AND entry.language < ?)",
                (text, text + "-", text + "."),
                Rows(
                    "SELECT id FROM entry INDEXED BY entry_language"
                    " WHERE language >= ? AND language < ? AND (language = ? OR language >= ?)",
                    (*within, text, text + "-"),
                ),
            )
    return Test(
        "entry.language >= ? AND entry.language < ?",
        within,
        Rows("SELECT id FROM entry INDEXED BY entry_language WHERE language >= ? AND language < ?", within),
    )


# ---------------------------------------------------------------------------------------- state


def _flag(column: str) -> Test:
    """Return the condition that a person set this flag; its partial index holds those alone, in order."""
    rows = Rows(
        f"SELECT entry_id AS id FROM state INDEXED BY state_{column.split('_')[0]} WHERE {column} IS NOT NULL",
        ordered=True,
    )
    return Test(f"state.{column} IS NOT NULL", (), rows)


_FULL_TEXT: Final = Test(
    "coalesce(entry.verdict IN ('good', 'doubtful'), 0)",
    (),
    Rows(
        "SELECT id FROM entry INDEXED BY entry_fulltext WHERE verdict IN ('good', 'doubtful')", ordered=True
    ),
)
_ANONYMOUS: Final = Test(
    "entry.author = ''",
    (),
    Rows("SELECT id FROM entry INDEXED BY entry_anonymous WHERE author = ''", ordered=True),
)
_UNREAD: Final = Test("state.read_at IS NULL", (), Unread())
_MUTED: Final = "FROM rule_hit JOIN rule ON rule.id = rule_hit.rule_id WHERE rule.mute = 1"  # one hit for each rule and entry
_STATES: Final[dict[str, Condition]] = {
    "unread": _UNREAD,
    "read": none_of(_UNREAD),
    "starred": _flag("starred_at"),
    "later": _flag("later_at"),
    "inbox": all_of(
        _UNREAD, Test("state.listed = 1"), Test("state.feed_id NOT IN (SELECT id FROM feed WHERE quiet = 1)")
    ),
    "updated": Test(
        "entry.changed_at IS NOT NULL",
        (),
        Rows("SELECT id FROM entry INDEXED BY entry_changed WHERE changed_at IS NOT NULL"),
    ),
    "hidden": _flag("hidden_at"),
    "muted": Test(
        f"state.hidden_at IS NOT NULL AND EXISTS (SELECT 1 {_MUTED} AND rule_hit.entry_id = state.entry_id)",
        (),
        Rows(f"SELECT DISTINCT rule_hit.entry_id AS id {_MUTED}", exact=False),
    ),
    "snoozed": Test(
        "state.snoozed_until IS NOT NULL",
        (),
        Rows("SELECT entry_id AS id FROM state INDEXED BY state_snoozed WHERE snoozed_until IS NOT NULL"),
    ),
    "failed": Test(
        "entry.page = 'failed'",
        (),
        Rows("SELECT id FROM entry INDEXED BY entry_page_failed WHERE page = 'failed'", ordered=True),
    ),
    "fulltext": _FULL_TEXT,
}


def _state(name: str, now: datetime) -> Condition:
    if name == "new":
        return _instants("state.arrived", "state", to_seconds(now - NEW_FOR), None)
    return _STATES[name]


def _media(bit: int) -> Test:
    return Test(
        f"entry.media & {bit} > 0",
        (),
        Rows(
            f"SELECT id FROM entry INDEXED BY entry_media WHERE media > 0 AND media & {bit} > 0", ordered=True
        ),
    )


_THINGS: Final[dict[str, Condition]] = {
    "note": Test("state.noted = 1", (), _NOTED),
    "highlight": Test(
        "EXISTS (SELECT 1 FROM highlight WHERE highlight.entry_id = state.entry_id)",
        (),
        Rows("SELECT DISTINCT entry_id AS id FROM highlight"),
    ),
    "tag": _labelled("tag", Anything(), Comparison.CONTAINS),
    "enclosure": _media(1),
    "audio": _media(2),
    "video": _media(4),
    "image": Test("entry.media & 8 > 0 OR entry.image_url <> ''"),
    "author": none_of(_ANONYMOUS),
    "fulltext": _FULL_TEXT,
    "comments": Test(
        "entry.comments_url <> ''",
        (),
        Rows("SELECT id FROM entry INDEXED BY entry_comments WHERE comments_url <> ''", ordered=True),
    ),
}


def _has(name: str) -> Condition:
    return _THINGS[name]


# ---------------------------------------------------------------------------------------- dates and numbers

_INSTANTS: Final = {
    "added": ("state.arrived", "state"),
    "updated": ("entry.changed_at", "entry"),
    "read": ("state.read_at", "state"),
    "starred": ("state.starred_at", "state"),
}


def _dated(name: str, value: Value, comparison: Comparison, now: datetime) -> Condition:
    """Return the condition that an instant lies in the stretch that a value and its sign of comparison name."""
    if isinstance(value, Anything):
        column, table = _INSTANTS.get(name, (PUBLISHED, ""))
        return _instants(column, table, None, None)
    start, end = _aged(value, comparison, now) if name == "age" else _stretch(name, value, comparison, now)
    if name in _INSTANTS:
        return _instants(*_INSTANTS[name], start, end)
    return _between(PUBLISHED, start, end, Published(start, end))


def _stretch(name: str, value: Value, comparison: Comparison, now: datetime) -> tuple[int | None, int | None]:
    """Return the bounds of a date in seconds; a length of time ago is an instant, alone it means since then."""
    if isinstance(value, Range):
        return (
            to_seconds(span(value.low, now).start) if value.low else None,
            to_seconds(span(value.high, now).end) if value.high else None,
        )
    found = span(_text(value), now)
    start, end = to_seconds(found.start), to_seconds(found.end)
    if name in ("after", "before"):
        return (start, None) if name == "after" else (None, start)
    match comparison:
        case Comparison.ABOVE:
            return end, None
        case Comparison.AT_LEAST:
            return start, None
        case Comparison.BELOW:
            return None, start
        case Comparison.AT_MOST:
            return None, end
        case _:
            return start, (end if end > start else None)


def _aged(value: Value, comparison: Comparison, now: datetime) -> tuple[int | None, int | None]:
    """Return the bounds of publication for an age; without a sign of comparison it means at most."""
    if isinstance(value, Range):
        return (
            to_seconds(ago(value.high, now)) if value.high else None,
            to_seconds(ago(value.low, now)) if value.low else None,
        )
    instant = to_seconds(ago(_text(value), now))
    return (None, instant) if comparison in (Comparison.ABOVE, Comparison.AT_LEAST) else (instant, None)


def _instants(column: str, table: str, start: int | None, end: int | None) -> Condition:
    """Return the condition on a column of instants that has an index of its own."""
    name = column.partition(".")[2]
    index, id_ = (f"state_{name.split('_')[0]}", "entry_id") if table == "state" else ("entry_changed", "id")
    condition = _between(column, start, end, None)
    if not table or not isinstance(condition, Test):
        return condition
    inner = _between(name, start, end, None)
    assert isinstance(inner, Test)
    rows = Rows(f"SELECT {id_} AS id FROM {table} INDEXED BY {index} WHERE {inner.sql}", inner.values)
    return Test(condition.sql, condition.values, rows)


def _between(column: str, start: int | None, end: int | None, source: Published | None) -> Condition:
    sides = [f"{column} IS NOT NULL"]
    if start is not None:
        sides.append(f"{column} >= ?")
    if end is not None:
        sides.append(f"{column} < ?")
    return Test(" AND ".join(sides), tuple(side for side in (start, end) if side is not None), source)


def _numbered(name: str, value: Value, comparison: Comparison) -> Condition:
    low, high = _bounds(value, comparison)
    if name == "min":
        low = None if low is None else _words_from(low)
        high = None if high is None else _words_from(high + 1) - 1
    column = "state.entry_id" if name == "id" else "entry.words"
    sides = [f"{{}} >= {low}"] if low is not None else []
    sides += [f"{{}} <= {high}"] if high is not None else []
    plain = " AND ".join(sides)
    if name == "id":
        rows = Rows("SELECT entry_id AS id FROM state WHERE " + plain.format(*["entry_id"] * 2), ordered=True)
    else:
        rows = Rows("SELECT id FROM entry INDEXED BY entry_words WHERE " + plain.format(*["words"] * 2))
    return Test(plain.format(column, column), (), rows)


def _bounds(value: Value, comparison: Comparison) -> tuple[int | None, int | None]:
    """Return the least and the greatest number meant, both included."""
    if isinstance(value, Range):
        return (_bounded(value.low) if value.low else None), (_bounded(value.high) if value.high else None)
    number = _bounded(_text(value))
    match comparison:
        case Comparison.ABOVE:
            return number + 1, None
        case Comparison.AT_LEAST:
            return number, None
        case Comparison.BELOW:
            return None, number - 1
        case Comparison.AT_MOST:
            return None, number
        case _:
            return number, number


def _words_from(minutes: int) -> int:
    """Return the fewest words that are shown as so many minutes: rounded, and at least one minute for any."""
    if minutes <= 1:
        return max(0, minutes)
    return -(-WORDS_A_MINUTE * (2 * minutes - 1) // 2)


def _bounded(text: str) -> int:
    """Return a number that SQLite can hold, whatever is multiplied with it."""
    return min(int(text), 10**15)


__all__ = ["Except", "condition_of", "is_wordless"]
