"""A query between its tree and its SQL: conditions on the rows ``state`` and ``entry`` of one article.

``compile`` makes them, ``predicate`` renders them exactly (for rules, bulk and the parts that a plan checks row by row),
and ``plan`` chooses among their sources where to begin. SQL here names the tables ``state`` and ``entry`` as such; a
condition that mentions neither column of ``entry`` saves looking that row up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto
from typing import Final, TypeAlias

from ..records import dataclass
from .clock import ORIGIN, TICK_SECONDS
from .match import Both, Either, Expand, Text, Without, exactly, expression

Value: TypeAlias = str | int | float | bytes | None
Values: TypeAlias = tuple[Value, ...]

PUBLISHED: Final = f"coalesce(entry.published, {ORIGIN} + {TICK_SECONDS} * state.entry_id)"
"""When an entry was published; one without a date counts as of the place it has in the list."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A way to the rows of a condition: a SELECT of one column ``id``."""

    select: str
    values: Values = ()
    ordered: bool = False
    """An index gives the ids in order, so that the newest are reached without the rest."""
    exact: bool = True
    """The condition holds for all of them; else they are only the ones to check."""
    counter: str = ""
    """The column of ``feed_count`` that knows how many there are."""


@dataclass(frozen=True, slots=True)
class Group:
    """A way to the rows of the feeds, tags or topics that a sub-query names, whose sizes are known."""

    kind: str
    """``feed``, ``tag`` or ``topic``."""
    select: str
    """SELECT of the ids of feeds, tags or topics."""
    values: Values = ()


@dataclass(frozen=True, slots=True)
class Published:
    """A stretch of publication, in seconds since 1970: bounds of the row ids."""

    start: int | None
    end: int | None
    """Just before it."""


@dataclass(frozen=True, slots=True)
class Unread:
    """Unread and listed: the partial indexes of ``state`` and ``entry_tag`` know these."""


Source: TypeAlias = Rows | Group | Published | Unread


@dataclass(frozen=True, slots=True)
class Match:
    """Words of the text."""

    text: Text


@dataclass(frozen=True, slots=True)
class Test:
    """An SQL expression on one row."""

    sql: str
    values: Values = ()
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class All:
    """All of the parts; of none, everything."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """Any of the parts; of none, nothing."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Except:
    """What the part is not true of."""

    part: Condition


Condition: TypeAlias = Match | Test | All | Any | Except

EVERYTHING: Final = All(())
NOTHING: Final = Any(())


def all_of(*parts: Condition) -> Condition:
    """Return the conjunction, flattened, with its texts made one expression."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, All) else (part,))]
    if NOTHING in flat:
        return NOTHING
    wanted = [part.text for part in flat if isinstance(part, Match)]
    if wanted:
        unwanted = [
            part.part.text for part in flat if isinstance(part, Except) and isinstance(part.part, Match)
        ]
        text = wanted[0] if len(wanted) == 1 else Both(tuple(wanted))
        for one in unwanted:
            text = Without(text, one)
        rest = [part for part in flat if not _is_text(part)]
        flat = [Match(text), *rest]
    return flat[0] if len(flat) == 1 else All(tuple(flat))


def any_of(*parts: Condition) -> Condition:
    """Return the disjunction, flattened, with its texts made one expression."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, Any) else (part,))]
    if EVERYTHING in flat:
        return EVERYTHING
    texts = tuple(part.text for part in flat if isinstance(part, Match))
    if len(texts) > 1:
        flat = [Match(Either(texts)), *(part for part in flat if not isinstance(part, Match))]
    return flat[0] if len(flat) == 1 else Any(tuple(flat))


def none_of(part: Condition) -> Condition:
    """Return the negation."""
    if part in (EVERYTHING, NOTHING):
        return NOTHING if part == EVERYTHING else EVERYTHING
    return part.part if isinstance(part, Except) else Except(part)


def _is_text(part: Condition) -> bool:
    return isinstance(part, Match) or (isinstance(part, Except) and isinstance(part.part, Match))


class Lookup(Enum):
    """How the text of a row is asked for."""

    FREE = auto()
    """All matches at once, and SQLite may begin with them."""
    ALL = auto()
    """All matches at once, after something else led to the row."""
    ROW = auto()
    """One row at a time, ten microseconds each: for few rows."""
    WINDOW = auto()
    """The matches between the ids ``{low}`` and ``{high}``, to be put into the SQL: for a walk from the newest on."""


def predicate(
    condition: Condition, *, index: str = "fts", lookup: Lookup = Lookup.FREE, expand: Expand = exactly
) -> tuple[str, Values]:
    """Return the SQL expression for a row, and its values; ``index`` is the full-text table to ask."""
    match condition:
        case Match(text):
            asked = (expression(text, expand),)
            if lookup is Lookup.ROW:
                return (
                    f"EXISTS (SELECT 1 FROM {index} WHERE {index} MATCH ? AND rowid = state.entry_id)",
                    asked,
                )
            within = " AND rowid BETWEEN {low} AND {high}" if lookup is Lookup.WINDOW else ""
            own = (
                "state.entry_id" if lookup is Lookup.FREE else "+state.entry_id"
            )  # + keeps SQLite from beginning here
            return f"{own} IN (SELECT rowid FROM {index} WHERE {index} MATCH ?{within})", asked
        case Test(sql, values):
            return f"({sql})", values
        case Except(part):
            sql, values = predicate(part, index=index, lookup=lookup, expand=expand)
            return f"NOT {sql}", values
        case All(parts) | Any(parts):
            rendered = [predicate(part, index=index, lookup=lookup, expand=expand) for part in parts]
            if not rendered:
                return ("1" if isinstance(condition, All) else "0"), ()
            word = " AND " if isinstance(condition, All) else " OR "
            together = word.join(sql for sql, _ in rendered)
            return f"({together})", tuple(value for _, values in rendered for value in values)


def texts(condition: Condition) -> Iterator[Text]:
    """Yield the text expressions inside a condition."""
    match condition:
        case Match(text):
            yield text
        case Except(part):
            yield from texts(part)
        case All(parts) | Any(parts):
            for part in parts:
                yield from texts(part)
        case Test():
            pass


def needs_entry(sql: str) -> bool:
    """Tell whether an expression looks at a column of ``entry``."""
    return re.search(r"\bentry\.", sql) is not None
