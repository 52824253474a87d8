"""Completion: what could stand at the cursor of the search bar or the ``:`` line."""

from __future__ import annotations

import re
from typing import Final

from ..records import dataclass
from . import dates
from .fields import FIELDS, Field, Kind, field_named
from .unparse import quote
from .words import fold

MOST: Final = 50
"""Completions offered at once."""

_TOKEN = re.compile(r"""(?:^|[\s(|])([-!]*)((?:[^\s()|"]|"[^"]*"?)*)$""")
_AGES: Final = ("1d", "2d", "7d", "2w", "1m", "3m", "1y")


@dataclass(frozen=True, slots=True)
class Names:
    """The names of the library, in the order in which they are offered: the most used first."""

    feeds: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    views: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Completion:
    """One offer: put ``text`` in place of ``start`` to ``end``."""

    start: int
    end: int
    text: str
    meaning: str = ""


def complete(text: str, cursor: int, names: Names) -> tuple[Completion, ...]:
    """Return what could stand at ``cursor``, the best first; empty inside a quotation or a plain word.

    At the start of a word fields are offered, after ``#``, ``@`` and a field its values. A name matches from its start
    before one that matches inside.
    """
    found = _TOKEN.search(text[:cursor])
    if found is None:
        return ()
    token, start = found[2], found.start(2)
    if token[:1] == "#":
        return _offers(token[1:], names.tags, start + 1, cursor)
    if token[:1] == "@":
        return _offers(token[1:], names.views, start + 1, cursor)
    name, colon, rest = token.partition(":")
    if not colon:
        return _fields(token, start, cursor)
    field = field_named(name)
    if field is None:
        return ()
    sign = re.match(r"(?:>=|<=|=|>|<)?", rest)
    assert sign is not None
    listed = rest[sign.end() :]
    last = re.split(r""",(?=(?:[^"]*"[^"]*")*[^"]*$)""", listed)[-1]
    return _offers(last, _values(field, names), cursor - len(last), cursor)


def _fields(typed: str, start: int, cursor: int) -> tuple[Completion, ...]:
    if not typed:
        return ()
    wanted = typed.lower()
    return tuple(
        Completion(start, cursor, field.name + ":", field.meaning)
        for field in FIELDS
        if any(name.startswith(wanted) for name in (field.name, *field.aliases))
    )


def _values(field: Field, names: Names) -> tuple[str, ...]:
    by_name = {
        "feed": names.feeds,
        "folder": names.folders,
        "tag": (*names.tags, "*"),
        "topic": names.topics,
        "author": names.authors,
        "search": names.views,
    }
    match field.kind:
        case Kind.SITE:
            return names.sites
        case Kind.LANGUAGE:
            return names.languages
        case Kind.BOUND | Kind.DATE:
            return (*dates.WORDS[:2], *_AGES, *dates.WORDS[2:])
        case Kind.AGE:
            return _AGES
        case Kind.SORT:
            return tuple(sign + key for sign in ("-", "") for key in field.values)
        case _:
            return by_name.get(field.name, field.values)


def _offers(typed: str, candidates: tuple[str, ...], start: int, cursor: int) -> tuple[Completion, ...]:
    """Return the candidates that match, quoted where they need it."""
    wanted = fold(typed.strip('"'))
    first, second = [], []
    for candidate in candidates:
        folded = fold(candidate)
        if folded.startswith(wanted):
            first.append(candidate)
        elif wanted in folded:
            second.append(candidate)
    return tuple(
        Completion(start, cursor, candidate if candidate == "*" else quote(candidate))
        for candidate in (first + second)[:MOST]
        if candidate != typed
    )
