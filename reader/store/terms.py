"""The terms of the query language, one after the other: what each field means on the rows of an article.

Most give two things: the expression that is true of a row, and the way to the rows for which it is (``source``), which
the planner takes when it is the shortest.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from ..errors import QueryError
from ..query.fields import Kind, field_named
from ..query.tree import Anything, Comparison, Pattern, Phrase, Prefix, Range, Term, Value, Word
from ..query.words import fold, index_text, link_tokens, site_key, tokens
from ..records import replace
from .conditions import (
    EVERYTHING,
    Condition,
    Group,
    Match,
    Rows,
    Test,
    all_of,
    any_of,
    none_of,
)
from .match import Words
from .moments import bounded, dated, listed, numbered, text_of
from .standing import NOTED, TAGGED, state, thing

_INDEXED: Final = {"title": "title", "text": "body", "author": "author", "url": "link", "": ""}
_COLUMNS: Final = {"title": "entry.title", "author": "entry.author", "url": "entry.link"}
_NOTE: Final = "(SELECT note.text FROM note WHERE note.entry_id = state.entry_id)"
_TEXT: Final = (
    "matches_text(?, ?, entry.verdict, (SELECT blocks FROM body WHERE body.entry_id = state.entry_id),"
    " (SELECT document FROM article WHERE article.entry_id = state.entry_id))"
)
_SOME_NOTED: Final = replace(NOTED, exact=False)


def condition_of(term: Term, now: datetime) -> Condition:
    """Return what ``term`` means, seen from ``now``: any of its values."""
    if _lists_numbers(term):
        return listed(term.values)
    return any_of(*(_one(term, value, now) for value in term.values if not _wordless(term, value)))


def _one(term: Term, value: Value, now: datetime) -> Condition:
    """Return what one value of a term means."""
    field, comparison = field_named(term.name), term.comparison
    if field is None:
        return _anywhere(value)
    match field.kind:
        case Kind.WORDS:
            return _words(term.name, value, comparison)
        case Kind.NAME:
            return _named(term.name, value, comparison)
        case Kind.TAG | Kind.TOPIC:
            return _labelled(term.name, value, comparison)
        case Kind.SITE:
            return _site(value, term)
        case Kind.STATE:
            return state(text_of(value), now)
        case Kind.HAS:
            found = thing(text_of(value))
            return none_of(found) if term.name == "no" else found
        case Kind.BOUND | Kind.DATE | Kind.AGE:
            return dated(term.name, value, comparison, now)
        case Kind.NUMBER:
            return numbered(term.name, value, comparison)
        case Kind.LANGUAGE:
            return _language(value, comparison)
        case Kind.VIEW | Kind.SORT | Kind.LIMIT:
            raise AssertionError(f"{term.name}: is no condition on an article")


def _lists_numbers(term: Term) -> bool:
    """Tell whether a term is ``id:12,13``, which may be long."""
    equal = term.comparison in (Comparison.CONTAINS, Comparison.EQUALS)
    return term.name == "id" and equal and all(isinstance(value, Word) for value in term.values)


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
            return Test("state.noted = 1", (), NOTED)
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
                where, values = "feed.id = ?", (bounded(text),)
            else:
                where = (
                    "feed.folder_id IN (SELECT below.id FROM folder AS top JOIN folder AS below ON below.id = top.id"
                    " OR substr(below.path, 1, length(top.path) + 1) = top.path || '/' WHERE top.id = ?)"
                )
                values = (bounded(text),)
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
            return TAGGED
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
    key = site_key(text_of(value))
    if not key:
        raise QueryError(f"{text_of(value)} is no host name, as in site:example.com.", term.column)
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
            text = text_of(value)
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
