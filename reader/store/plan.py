"""Where a search begins: which way to the rows is shortest, by counts.

Row ids follow the date, so the newest matches are the first ones along any index that is keyed by them, and a search
can stop at its limit. What that costs depends on where it starts. "Unread, tagged *x*, holding *the*" can walk the
unread and look whether each is tagged, walk the tag, or walk the text index; at a million articles these differ by a
thousand times, and SQLite's own planner cannot know. So each condition's source is counted (exactly where counters are
kept, else up to a few thousand), the cost of each way is estimated in microseconds measured at half a million articles, and the
chosen one is pinned by ``CROSS JOIN``; all other conditions are checked row by row.

A disjunction may be searched branch by branch, and a date becomes bounds of the row ids; the few entries whose id does
not follow their date (``entry_displaced``) are then searched apart.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from ..records import dataclass, replace
from .clock import ORIGIN, TICK_SECONDS
from .conditions import (
    All,
    Any,
    Condition,
    Except,
    Group,
    Lookup,
    Match,
    Published,
    Rows,
    Test,
    Unread,
    Values,
    all_of,
    needs_entry,
    predicate,
    texts,
)
from .match import Expand, Text, Words, exactly, expression, positive
from .sizes import Sizes, listed
from .steps import FIRST_WINDOW, Bounds, Plan, Step

BRANCHES: Final = 40
"""Branches of a disjunction, feeds of a folder, that are searched one by one."""
DISPLACED_TICKS: Final = 5_760
"""A day: what ``entry_displaced`` allows an id to be above its date."""
_WRITTEN: Final = 4_000
"""Ids of feeds or tags written out in the SQL."""

# Microseconds a row, measured on a library of half a million articles.
_STATE: Final = 0.5
_ENTRY: Final = 1.0
_FTS: Final = 1.0
_PROBE: Final = 20.0
_PHRASE: Final = 3.0
"""Times as long for each match of a phrase: most entries with its words are passed over."""
_PHRASE_PROBE: Final = 80.0
"""For each word of a phrase that is looked up in one row."""
_PREFIX: Final = 2.0
"""Times as long for each match of a prefix, which is an OR of many words."""
_PREFIX_PROBE: Final = 1_500.0
"""To look up one row for a prefix."""
_OVERSHOOT: Final = 1.5
"""What a windowed search looks at beyond what it needs, on average."""
_CHECK: Final = 0.3
_PATTERN: Final = 300.0
_START: Final = 60.0
"""Microseconds to prepare and begin one statement."""


@dataclass(frozen=True, slots=True)
class _Way:
    """A candidate to begin with: a FROM clause that gives ids, and how many."""

    table: str
    id: str
    where: str
    values: Values
    size: float
    ordered: bool
    unit: float
    covers: tuple[Condition, ...] = ()
    """Conditions that hold for every row of it."""


def make_plan(
    db: sqlite3.Connection,
    condition: Condition,
    *,
    limit: int | None,
    newest: bool = True,
    expand: Expand = exactly,
    bounds: Bounds | None = None,
) -> Plan:
    """Return the cheapest plan for the first ``limit`` matches of ``condition`` inside ``bounds``, or for all of them."""
    planner = _Planner(db, Sizes(db), limit, newest, expand)
    return planner.plan(condition, bounds or Bounds())


WALKS: Final = {
    "added": ("state INDEXED BY state_arrived", "state.entry_id", "state.arrived"),
    "words": ("entry INDEXED BY entry_words", "entry.id", "entry.words"),
}
"""The sort keys with an index of their own: table, id, column."""


def walk_plan(
    db: sqlite3.Connection, condition: Condition, key: str, *, limit: int, descending: bool, matching: float
) -> Plan:
    """Return the plan that walks the index of a sort key of ``WALKS`` and checks every condition row by row.

    ``matching`` entries are expected to match in all. Its ids come in the order of the key.
    """
    planner = _Planner(db, Sizes(db), limit, descending, exactly)
    table, id_, column = WALKS[key]
    way = _Way(table, id_, "1", (), planner.sizes.total, ordered=True, unit=_STATE + _ENTRY)
    parts = condition.parts if isinstance(condition, All) else (condition,)
    plan = planner.along(way, parts, matching)
    (step,) = plan.steps
    order = f"ORDER BY {column} {'DESC' if descending else 'ASC'}, {id_} "
    return replace(plan, steps=(replace(step, sql=step.sql.replace(f"ORDER BY {id_} ", order)),))


@dataclass(slots=True)
class _Planner:
    db: sqlite3.Connection
    sizes: Sizes
    limit: int | None
    newest: bool
    expand: Expand

    def plan(self, condition: Condition, outer: Bounds, *, branching: bool = True) -> Plan:
        parts = condition.parts if isinstance(condition, All) else (condition,)
        if any(self.sizes.is_nothing(part) for part in parts):
            return Plan((), 0.0)
        bounds = _narrowed(outer, parts)
        share = self.sizes.share(bounds)
        matching = self.sizes.total * share
        for part in parts:
            matching *= self.sizes.selectivity(part)
        best = min(
            (self._single(way, parts, bounds, share, matching) for way in self._ways(parts)),
            key=lambda plan: plan.cost,
        )
        if bounds != outer and (apart := self._displaced(parts, outer)) is not None:
            best = replace(best, steps=(*best.steps, apart))
        if branching and self.limit is not None:
            for number, part in enumerate(parts):
                rest = (*parts[:number], *parts[number + 1 :])
                branched = self._branched(part, rest, outer, best.cost)
                if branched is not None and branched.cost < best.cost:
                    best = branched
        return best

    # -- candidates

    def _ways(self, parts: tuple[Condition, ...]) -> Iterator[_Way]:
        """Yield the ways to the rows that these conditions offer; walking the library is always one."""
        yield _Way(
            "state NOT INDEXED", "state.entry_id", "1", (), self.sizes.total, ordered=True, unit=_STATE
        )
        unread = any(isinstance(part, Test) and isinstance(part.source, Unread) for part in parts)
        unread = unread and Test("state.listed = 1") in parts
        for part in parts:
            match part:
                case Match(text):
                    yield self._by_text(part, text)
                case Test(source=Rows() as rows):
                    yield _rows(rows, self.sizes.counted(rows), part)
                case Test(source=Group() as group):
                    yield from self._by_group(group, part, unread=unread)
                case Test(source=Unread()) if unread:
                    rows = Rows(
                        "SELECT entry_id AS id FROM state INDEXED BY state_unread WHERE read_at IS NULL AND listed = 1",
                        ordered=True,
                    )
                    yield _rows(rows, self.sizes.unread, part)

    def _by_text(self, part: Match, text: Text) -> _Way:
        return _Way(
            "fts", "fts.rowid", "fts MATCH ?", (expression(text, self.expand),), self.sizes.estimated(text),
            ordered=True, unit=_text_cost(text), covers=(part,),
        )  # fmt: skip

    def _by_group(self, group: Group, part: Test, *, unread: bool) -> Iterator[_Way]:
        """Yield the way along the index of one feed, tag or topic; of several, all their rows."""
        ids = self.sizes.ids(group)
        kind = group.kind
        if kind == "feed":
            index = "state_feed_unread" if unread else "state_feed"
            select = f"SELECT entry_id AS id FROM state INDEXED BY {index} WHERE feed_id IN ({listed(ids)})"
            select += " AND read_at IS NULL AND listed = 1" if unread else ""
        elif kind == "tag" and unread:
            select = "SELECT entry_id AS id FROM entry_tag INDEXED BY entry_tag_unread"
            select += f" WHERE tag_id IN ({listed(ids)}) AND unread = 1"
        else:
            select = f"SELECT entry_id AS id FROM entry_{kind} WHERE {kind}_id IN ({listed(ids)})"
        single = len(ids) == 1 or kind == "feed"
        if not single:
            select = select.replace("SELECT", "SELECT DISTINCT", 1)
        rows = Rows(select, ordered=len(ids) == 1)
        yield _rows(rows, self.sizes.group_size(group, unread=unread), part)

    def along(self, way: _Way, parts: tuple[Condition, ...], matching: float) -> Plan:
        """Return the plan that begins at one way and looks texts up row by row."""
        scanned = way.size * min(1.0, (self.limit or way.size) / max(matching, 1.0))
        return self._checking(way, parts, Bounds(), Lookup.ROW, scanned, scanned, matching)

    def _single(
        self, way: _Way, parts: tuple[Condition, ...], bounds: Bounds, share: float, matching: float
    ) -> Plan:
        """Return the plan that begins at one way and checks all other conditions on its rows."""
        size = way.size * share
        scanned = size
        if way.ordered and self.limit is not None and matching > self.limit:
            scanned = size * self.limit / matching
        others = [part for part in parts if part not in way.covers]
        lookups = [Lookup.ROW]
        if any(True for part in others for _ in texts(part)):
            lookups.append(Lookup.ALL if self.limit is None or not way.ordered else Lookup.WINDOW)
        passed = self.sizes.total * share * (scanned / size if size and way.ordered else 1.0)
        return min(
            (self._checking(way, others, bounds, lookup, scanned, passed, matching) for lookup in lookups),
            key=lambda plan: plan.cost,
        )

    def _checking(
        self,
        way: _Way,
        others: Iterable[Condition],
        bounds: Bounds,
        lookup: Lookup,
        scanned: float,
        passed: float,
        matching: float,
    ) -> Plan:
        """Return the plan that looks texts up in one manner; ``passed`` rows of the library lie between those scanned."""
        checks = sorted((self._check(part, lookup) for part in others), key=lambda check: check[2])
        per_row = way.unit + (0 if way.id == "state.entry_id" else _STATE)
        passing = 1.0
        for _, _, cost, selectivity in checks:
            per_row += cost * passing
            passing *= selectivity
        cost = _START + scanned * per_row
        if lookup is not Lookup.ROW:
            each = (self.sizes.estimated(text) * _text_cost(text) for part in others for text in texts(part))
            cost += max(passed * _OVERSHOOT, FIRST_WINDOW) * sum(each) / self.sizes.total + 2 * _START
        windowed = lookup is Lookup.WINDOW
        sql = self._statement(way, [check[0] for check in checks], bounds, windowed=windowed)
        values = (*way.values, *chain.from_iterable(check[1] for check in checks))
        return Plan((Step(sql, values, windowed),), cost, matching)

    def _statement(self, way: _Way, checks: Iterable[str], bounds: Bounds, *, windowed: bool) -> str:
        tables = way.table
        where = " AND ".join((way.where, *checks)) + bounds.sql(way.id)
        if windowed:
            where += f" AND {way.id} BETWEEN {{low}} AND {{high}}"
        if not way.table.startswith("state"):
            tables += f" CROSS JOIN state ON state.entry_id = {way.id}"
        if needs_entry(where) and not way.table.startswith("entry"):
            tables += " CROSS JOIN entry ON entry.id = state.entry_id"
        order = "DESC" if self.newest else "ASC"
        limit = f" LIMIT {self.limit}" if self.limit is not None else ""
        return f"SELECT {way.id} FROM {tables} WHERE {where} ORDER BY {way.id} {order}{limit}"

    def _check(self, part: Condition, lookup: Lookup) -> tuple[str, Values, float, float]:
        """Return a condition as it is checked on one row: SQL, values, microseconds, the share of rows that pass."""
        if isinstance(part, Test) and isinstance(part.source, Group) and part.source.kind == "feed":
            ids = self.sizes.ids(part.source)
            if len(ids) <= _WRITTEN:
                return f"state.feed_id IN ({listed(ids)})", (), _CHECK, self.sizes.selectivity(part)
        sql, values = predicate(part, lookup=lookup, expand=self.expand)
        return sql, values, _row_cost(part, lookup), self.sizes.selectivity(part)

    def _displaced(self, parts: tuple[Condition, ...], outer: Bounds) -> Step | None:
        """Return the statement that finds matches among the entries whose id does not follow their date, if any are."""
        displaced = (
            f"published IS NOT NULL AND (id - max(1, (published - {ORIGIN}) / {TICK_SECONDS}))"
            f" NOT BETWEEN 0 AND {DISPLACED_TICKS}"
        )
        rows = f"SELECT id FROM entry INDEXED BY entry_displaced WHERE {displaced}"
        if self.db.execute(f"{rows} LIMIT 1").fetchone() is None:
            return None
        way = _rows(Rows(rows, ordered=True), 0, All(()))
        return self._single(way, parts, outer, 1.0, 0.0).steps[0]

    def _branched(
        self, part: Condition, rest: tuple[Condition, ...], outer: Bounds, most: float
    ) -> Plan | None:
        """Return the plan that searches each branch of a disjunction apart; ``None`` when it costs more than ``most``."""
        branches: tuple[Condition, ...]
        match part:
            case Any(branches) if len(branches) <= BRANCHES:
                pass
            case Test(source=Group() as group) if 1 < len(self.sizes.ids(group)) <= BRANCHES:
                branches = tuple(_of_one(group.kind, id_) for id_ in self.sizes.ids(group))
            case _:
                return None
        if len(branches) * _START > most:
            return None
        plans = []
        for branch in branches:
            plans.append(self.plan(all_of(branch, *rest), outer, branching=False))
            if sum(plan.cost for plan in plans) > most:
                return None
        return Plan(
            tuple(step for plan in plans for step in plan.steps),
            sum(plan.cost for plan in plans),
            sum(plan.matching for plan in plans),
        )

    # -- sizes


def _rows(rows: Rows, size: int, covers: Condition) -> _Way:
    return _Way(
        f"({rows.select}) AS way",
        "way.id",
        "1",
        rows.values,
        size,
        ordered=rows.ordered,
        unit=_STATE,
        covers=(covers,) if rows.exact else (),
    )


def _of_one(kind: str, id_: int) -> Test:
    """Return the condition that an entry belongs to one feed, tag or topic."""
    group = Group(kind, "SELECT ?", (id_,))
    if kind == "feed":
        return Test("state.feed_id = ?", (id_,), group)
    sql = f"EXISTS (SELECT 1 FROM entry_{kind} AS given WHERE given.entry_id = state.entry_id AND given.{kind}_id = ?)"
    return Test(sql, (id_,), group)


def _narrowed(outer: Bounds, parts: Iterable[Condition]) -> Bounds:
    """Return the bounds of the row ids that dates among the parts give."""
    low, high = outer.low, outer.high
    for part in parts:
        if isinstance(part, Test) and isinstance(part.source, Published):
            if part.source.start is not None:
                low = max(low or 1, (part.source.start - ORIGIN) // TICK_SECONDS)
            if part.source.end is not None:
                latest = max(1, (part.source.end - ORIGIN) // TICK_SECONDS) + DISPLACED_TICKS
                high = latest if high is None else min(high, latest)
    return Bounds(low, high)


def _text_cost(text: Text) -> float:
    """Return the microseconds that each match of a text takes."""
    return sum(
        _FTS * (_PREFIX if words.prefix else _PHRASE if len(words.words) > 1 else 1.0)
        for words in positive(text)
    )


def _probe_cost(words: Words) -> float:
    """Return the microseconds that looking words up in one row takes."""
    if words.prefix:
        return _PREFIX_PROBE
    return _PHRASE_PROBE * len(words.words) if len(words.words) > 1 else _PROBE


def _row_cost(part: Condition, lookup: Lookup) -> float:
    """Return the microseconds that checking a condition on one row takes."""
    match part:
        case Match(text) if lookup is Lookup.ROW:
            return sum(_probe_cost(words) for words in positive(text))
        case Match():
            return _CHECK
        case Test(sql):
            if "matches" in sql:
                return _PATTERN if "matches_text" in sql else 5 * _ENTRY
            return (_ENTRY if needs_entry(sql) else 0.0) + (_ENTRY if "SELECT" in sql else _CHECK)
        case Except(inner):
            return _row_cost(inner, lookup)
        case All(parts) | Any(parts):
            return sum(_row_cost(inner, lookup) for inner in parts)
