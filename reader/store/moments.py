"""Terms on dates and numbers: the stretch that a value and its sign of comparison name, on the columns that hold it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from ..query.dates import ago, span
from ..query.tree import Anything, Comparison, Phrase, Range, Value, Word
from .clock import to_seconds
from .conditions import PUBLISHED, Condition, Published, Rows, Test

WORDS_A_MINUTE: Final = 230
"""Silent reading, as rows and articles show it: ``min:`` finds what they say."""


def text_of(value: Value) -> str:
    """Return the text of a value that the parser found to have one."""
    assert isinstance(value, Word | Phrase), "checked by the parser"
    return value.text


_INSTANTS: Final = {
    "added": ("state.arrived", "state"),
    "updated": ("entry.changed_at", "entry"),
    "read": ("state.read_at", "state"),
    "starred": ("state.starred_at", "state"),
}


def dated(name: str, value: Value, comparison: Comparison, now: datetime) -> Condition:
    """Return the condition that an instant lies in the stretch that a value and its sign of comparison name."""
    if isinstance(value, Anything):
        column, table = _INSTANTS.get(name, (PUBLISHED, ""))
        return instants(column, table, None, None)
    start, end = _aged(value, comparison, now) if name == "age" else _stretch(name, value, comparison, now)
    if name in _INSTANTS:
        return instants(*_INSTANTS[name], start, end)
    return _between(PUBLISHED, start, end, Published(start, end))


def _stretch(name: str, value: Value, comparison: Comparison, now: datetime) -> tuple[int | None, int | None]:
    """Return the bounds of a date in seconds; a length of time ago is an instant, alone it means since then."""
    if isinstance(value, Range):
        return (
            to_seconds(span(value.low, now).start) if value.low else None,
            to_seconds(span(value.high, now).end) if value.high else None,
        )
    found = span(text_of(value), now)
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
    instant = to_seconds(ago(text_of(value), now))
    return (None, instant) if comparison in (Comparison.ABOVE, Comparison.AT_LEAST) else (instant, None)


def instants(column: str, table: str, start: int | None, end: int | None) -> Condition:
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


def listed(numbers: Iterable[Value]) -> Condition:
    """Return the condition that an article has one of these numbers."""
    ids = ",".join(str(bounded(text_of(value))) for value in numbers)
    rows = Rows(f"SELECT entry_id AS id FROM state WHERE entry_id IN ({ids})", ordered=True)
    return Test(f"state.entry_id IN ({ids})", (), rows)


def numbered(name: str, value: Value, comparison: Comparison) -> Condition:
    """Return the condition that a number of words, of minutes, or of the article itself is the one meant."""
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
        return (bounded(value.low) if value.low else None), (bounded(value.high) if value.high else None)
    number = bounded(text_of(value))
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


def bounded(text: str) -> int:
    """Return a number that SQLite can hold, whatever is multiplied with it."""
    return min(int(text), 10**15)
