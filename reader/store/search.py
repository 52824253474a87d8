"""Searching the library: ids for a query, in its order, as fast as the library's size allows.

By default the newest come first, which costs no more than the rows shown (see ``plan``). Relevance is bm25 among the
newest ``RANKED`` matches: ranking all of them takes 0.1 to 3 seconds at a million articles, and for news the newest
thousand hold what is looked for. Any other order sorts the newest ``SORTED`` matches.
"""

from __future__ import annotations

import sqlite3
import time
from array import array
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import Final

from ..model import EntryId
from ..query.tree import SortKey
from ..query.words import tokens
from ..records import dataclass
from .compile import SORTED_BY, Compiled, newest_first
from .conditions import All, Condition, Match, needs_entry
from .functions import explained
from .match import Expand, Text, exactly, expression, frequent, known_below
from .plan import WALKS, make_plan, walk_plan
from .steps import Bounds

RANKED: Final = 1_000
"""Newest matches that are ranked; 3 to 25 ms at a million articles."""
SORTED: Final = 5_000
"""Newest matches that are sorted by another key."""
TOTAL: Final = 1_000
"""Matches counted at most for the search bar."""
EXACT_BELOW: Final = 5_000
"""A prefix whose words are held by fewer entries together is looked for itself, not by its most frequent words."""
_WEIGHTS: Final = (8.0, 4.0, 1.0, 0.0)
"""bm25's weights of title, author, body and link."""
_SORT_COST: Final = 2.5
"""Microseconds to fetch the key of one match and sort by it."""
_CHUNK: Final = 500
"""Ids written into one statement."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found."""

    ids: array[int]
    total: int
    """Matches, counted up to ``TOTAL``."""
    capped: bool
    """There are more than ``total``."""
    milliseconds: float
    notes: tuple[str, ...] = ()
    """What was left out for speed, as sentences."""


def find(db: sqlite3.Connection, query: Compiled, limit: int, *, count_to: int = TOTAL) -> Found:
    """Return the first ``limit`` ids of a search as a person types, and how many there are.

    A short prefix stands for its most frequent words here; ``ids`` is exact. Raises ``QueryError`` when a pattern takes too
    long.
    """
    start = time.perf_counter()
    notes: list[str] = []
    expand = _expander(db, notes)
    most = _least(limit, query.limit)
    with explained():
        found = array("q", _in_order(db, query, most, expand, None, notes))
        total, capped = _total(db, query, len(found), most, count_to, expand)
    elapsed = (time.perf_counter() - start) * 1000
    return Found(found, total, capped, elapsed, tuple(notes))


def ids(
    db: sqlite3.Connection, query: Compiled, *, limit: int | None = None, after: EntryId | None = None
) -> array[int]:
    """Return the ids a query finds, in its order and exactly; ``after`` goes on behind that entry of the list."""
    most = None if limit is None and query.limit is None else _least(limit or 2**62, query.limit)
    with explained():
        return array("q", _in_order(db, query, most, exactly, after, []))


def count(db: sqlite3.Connection, query: Compiled, *, most: int = TOTAL) -> int:
    """Return how many articles a query finds, counted up to ``most``."""
    with explained():
        return _count(db, query.condition, _least(most, query.limit), exactly)


def _total(
    db: sqlite3.Connection, query: Compiled, shown: int, most: int, count_to: int, expand: Expand
) -> tuple[int, bool]:
    """Return how many match, counted up to ``count_to``, and whether there may be more."""
    if shown < most or shown == query.limit:
        return shown, False
    if count_to <= shown:
        return shown, True
    wanted = _least(count_to, query.limit)
    counted = _count(db, query.condition, wanted + 1, expand)
    return min(counted, wanted), counted > wanted != query.limit


def _count(db: sqlite3.Connection, condition: Condition, most: int, expand: Expand) -> int:
    plan = make_plan(db, condition, limit=most, expand=expand)
    return sum(1 for _ in plan.ids(db, most, newest=True))


def _least(limit: int, own: int | None) -> int:
    return limit if own is None else min(limit, own)


# ---------------------------------------------------------------------------------------- orders


def _in_order(
    db: sqlite3.Connection,
    query: Compiled,
    limit: int | None,
    expand: Expand,
    after: EntryId | None,
    notes: list[str],
) -> Iterable[int]:
    """Yield the ids in the query's order."""
    first = query.sort[0] if query.sort else SortKey("published", descending=True)
    text = _text(query.condition)
    if first.name == "relevance" and text is not None:
        best = _ranked(db, query.condition, text, expand)
        return best[:limit]
    if first.name in ("published", "relevance"):
        newest = first.descending or first.name == "relevance"
        bounds = _behind(after, newest=newest)
        plan = make_plan(db, query.condition, limit=limit, newest=newest, expand=expand, bounds=bounds)
        return plan.ids(db, limit, newest=newest)
    return _sorted(db, query, limit, expand, notes)


def _behind(after: EntryId | None, *, newest: bool) -> Bounds:
    if after is None:
        return Bounds()
    return Bounds(high=after - 1) if newest else Bounds(low=after + 1)


def _ranked(db: sqlite3.Connection, condition: Condition, text: Text, expand: Expand) -> list[int]:
    """Return the newest matches, the best first; equal ones newest first."""
    plan = make_plan(db, condition, limit=RANKED, expand=expand)
    newest = list(plan.ids(db, RANKED, newest=True))
    if not newest:
        return []
    listed = ",".join(map(str, newest))
    scored = db.execute(
        f"SELECT rowid, bm25(fts, {', '.join(map(str, _WEIGHTS))}) FROM fts"
        f" WHERE fts MATCH ? AND rowid BETWEEN ? AND ? AND +rowid IN ({listed})",
        (expression(text, expand), newest[-1], newest[0]),
    )
    scores = dict(scored.fetchall())
    return sorted(newest, key=lambda id_: (scores.get(id_, 0.0), -id_))


def _sorted(
    db: sqlite3.Connection, query: Compiled, limit: int | None, expand: Expand, notes: list[str]
) -> Sequence[int]:
    """Return the matches by the query's keys.

    Along the index of the key where it has one and that is shorter, else the newest ``SORTED`` of them are sorted here; all
    of them when there is no limit.
    """
    first, *more = query.sort
    most = None if limit is None else SORTED + 1
    plan = make_plan(db, query.condition, limit=most, expand=expand)
    if limit is not None and first.name in WALKS and not more:
        walk = walk_plan(
            db, query.condition, first.name, limit=limit, descending=first.descending, matching=plan.matching
        )
        if walk.cost < plan.cost + _SORT_COST * min(plan.matching, SORTED):
            return [row[0] for row in db.execute(walk.steps[0].sql, walk.steps[0].values)]
    found = list(plan.ids(db, most, newest=True))
    if most is not None and len(found) == most:
        found.pop()
        notes.append(f"Only the newest {SORTED:,} were sorted.")
    if not newest_first(query.sort):
        found.reverse()
    keys = [key for key in query.sort if key.name in SORTED_BY]
    values = _key_values(db, found, [SORTED_BY[key.name] for key in keys])
    for place, key in reversed(list(enumerate(keys))):
        found.sort(key=_by(values, place), reverse=key.descending)
    return found[:limit]


def _by(values: dict[int, tuple[str | int, ...]], place: int) -> Callable[[int], str | int]:
    return lambda id_: values[id_][place]


def _key_values(
    db: sqlite3.Connection, ids: Sequence[int], keys: Sequence[str]
) -> dict[int, tuple[str | int, ...]]:
    found: dict[int, tuple[str | int, ...]] = {}
    columns = ", ".join(keys)
    tables = "state" + (" CROSS JOIN entry ON entry.id = state.entry_id" if needs_entry(columns) else "")
    remaining = iter(ids)
    while chunk := list(islice(remaining, _CHUNK)):
        listed = ",".join(map(str, chunk))
        rows = db.execute(
            f"SELECT state.entry_id, {columns} FROM {tables} WHERE state.entry_id IN ({listed})"
        )
        found.update((id_, tuple(values)) for id_, *values in rows)
    return found


def _text(condition: Condition) -> Text | None:
    """Return the text that every match holds."""
    parts = condition.parts if isinstance(condition, All) else (condition,)
    return next((part.text for part in parts if isinstance(part, Match)), None)


# ---------------------------------------------------------------------------------------- prefixes and spelling


def _expander(db: sqlite3.Connection, notes: list[str]) -> Expand:
    """Return what a prefix stands for: itself where that is cheap, else its most frequent words."""
    known: dict[tuple[str, str], tuple[str, ...] | None] = {}

    def expand(column: str, prefix: str) -> tuple[str, ...] | None:
        asked = (column, prefix)
        if asked not in known:
            cheap = known_below(db, "", prefix) < EXACT_BELOW
            known[asked] = None if cheap else frequent(db, column, prefix)
            if not cheap:
                notes.append(f"{prefix}* stands for its most frequent words until it is longer.")
        return known[asked]

    return expand


def spelling(db: sqlite3.Connection, word: str) -> str | None:
    """Return a known word that ``word`` may be a slip of; ``None`` when it is known or nothing is near."""
    import difflib  # only for who made a slip

    (typed,) = tokens(word)[:1] or ("",)
    if len(typed) < 3 or db.execute("SELECT 1 FROM term WHERE term = ?", (typed,)).fetchone():
        return None
    candidates = {
        candidate
        for start in {typed[:2], typed[0] + typed[2], typed[1::-1], typed[:1]}
        for candidate in frequent(db, "", start, _CHUNK)
        if abs(len(candidate) - len(typed)) <= 2
    }
    near = difflib.get_close_matches(typed, sorted(candidates), n=3, cutoff=0.75)
    if not near:
        return None
    best = difflib.SequenceMatcher(None, near[0], typed).ratio()
    equal = [one for one in near if difflib.SequenceMatcher(None, one, typed).ratio() >= best - 0.05]
    marks = ",".join("?" * len(equal))
    row = db.execute(
        f"SELECT term FROM term WHERE term IN ({marks}) ORDER BY entries DESC LIMIT 1", equal
    ).fetchone()
    return str(row[0]) if row else None
