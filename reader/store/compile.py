"""A query made SQL: each term of its tree a condition on the rows of an article.

One implementation serves search, views, counts, rules and bulk commands, so that they cannot disagree. Here relative
dates get their instant and views their query; what depends on how much there is in the library is left to ``plan``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from ..errors import QueryError
from ..model import EntryId
from ..query import parse, tree
from ..query.fields import nearest_field
from ..records import dataclass, field
from .conditions import (
    EVERYTHING,
    Condition,
    Except,
    Match,
    Test,
    Values,
    all_of,
    any_of,
    needs_entry,
    none_of,
    predicate,
)
from .match import Words, depth, positive
from .terms import condition_of, is_wordless

MAX_TEXT_DEPTH: Final = 24
"""Nesting of a text expression; the parser of FTS5 overflows its stack at a hundred symbols."""
MAX_CONDITIONS: Final = 800
"""Conditions after views are put in; SQLite refuses an expression of a thousand."""

LISTED: Final = Test("state.listed = 1")
"""What is shown by default."""
KEPT: Final = Test("state.absent = 0 AND state.purged_at IS NULL")
"""What is shown when hidden or snoozed articles are asked for by name."""
_BY_NAME: Final = frozenset({"hidden", "muted", "snoozed"})


@dataclass(frozen=True, slots=True)
class Compiled:
    """A query ready to run; opaque but for what the search bar shows of it."""

    condition: Condition
    notes: tuple[str, ...] = ()
    """What a person should know of how the query was understood, as sentences."""
    terms: tuple[str, ...] = ()
    """Words to highlight, folded; a phrase has spaces, the beginning of a word ends in ``*``."""
    ranked: bool = False
    """The best matches come first (``sort:relevance``)."""
    sort: tuple[tree.SortKey, ...] = ()
    limit: int | None = None

    def where(self, *, index: str = "fts") -> tuple[str, Values]:
        """Return the exact SQL expression on ``state`` and ``entry``, and its values; ``index`` is the text index to ask."""
        return predicate(self.condition, index=index)

    def ids_sql(self, limit: int | None = None, after: EntryId | None = None) -> tuple[str, Values]:
        """Return a SELECT of the ids, exact and in the query's order: what bulk commands act upon.

        ``after`` goes on behind that entry of a list sorted by date. Lists on the screen go through ``search.ids``, which
        chooses where to begin.
        """
        where, values = self.where()
        if after is not None:
            where, values = f"{where} AND state.entry_id < ?", (*values, after)
        order = order_by(self.sort)
        tables = "state"
        if needs_entry(f"{where} {order}"):
            tables += " JOIN entry ON entry.id = state.entry_id"
        most = min((number for number in (limit, self.limit) if number is not None), default=-1)
        return f"SELECT state.entry_id FROM {tables} WHERE {where} ORDER BY {order} LIMIT {most}", values


SORTED_BY: Final[Mapping[str, str]] = {
    "published": "state.entry_id",
    "added": "state.arrived",
    "updated": "coalesce(entry.changed_at, 0)",
    "title": "folded(entry.title)",
    "feed": "(SELECT folded(feed.title) FROM feed WHERE feed.id = state.feed_id)",
    "author": "folded(entry.author)",
    "words": "entry.words",
}
"""The expression of each sort key but relevance, which is no property of a row."""


def order_by(sort: Sequence[tree.SortKey]) -> str:
    """Return the ORDER BY of a query; equal ones go by date in the direction of the first key."""
    keys = [f"{SORTED_BY[key.name]} {_direction(key.descending)}" for key in sort if key.name in SORTED_BY]
    return ", ".join((*keys, f"state.entry_id {_direction(newest_first(sort))}"))


def newest_first(sort: Sequence[tree.SortKey]) -> bool:
    """Tell whether equal ones come newest first: unless the first key ascends."""
    return not sort or sort[0].descending or sort[0].name == "relevance"


def _direction(descending: bool) -> str:
    return "DESC" if descending else "ASC"


def compile_query(
    query: tree.Query, *, now: datetime, views: Mapping[str, str] | None = None, strict: bool = True
) -> Compiled:
    """Return ``query`` ready to run on a library.

    ``now`` is in the person's time zone: days begin at its midnight. ``views`` are the saved queries by name. ``strict``
    refuses what is no field or view; else it is looked for as text, and ``notes`` say so. Raises ``QueryError``.
    """
    compiler = _Compiler(now, {name.casefold(): text for name, text in (views or {}).items()}, strict)
    condition = EVERYTHING if query.where is None else compiler.node(query.where)
    _refuse_too_deep(condition)
    shown = KEPT if _asks_for_unlisted(query.where, compiler.named) else LISTED
    return Compiled(
        all_of(condition, shown),
        notes=tuple(dict.fromkeys(compiler.notes)),
        terms=_terms(condition),
        ranked=any(key.name == "relevance" for key in query.sort),
        sort=query.sort,
        limit=query.limit,
    )


@dataclass(slots=True)
class _Compiler:
    """One pass over one tree."""

    now: datetime
    views: Mapping[str, str]
    strict: bool
    notes: list[str] = field(default_factory=list)
    named: list[tree.Node] = field(default_factory=list)
    """The trees of the views that were put in."""
    _open: list[str] = field(default_factory=list)
    _count: int = 0

    def node(self, node: tree.Node) -> Condition:
        match node:
            case tree.And(parts):
                return all_of(*self._useful(parts))
            case tree.Or(parts):
                useful = self._useful(parts)
                return any_of(*useful) if useful else EVERYTHING
            case tree.Not(part):
                useful = self._useful((part,))
                return none_of(useful[0]) if useful else EVERYTHING
            case _:
                return self._leaf(node) or EVERYTHING

    def _useful(self, parts: Sequence[tree.Node]) -> list[Condition]:
        """Return the conditions of the parts, without those that have no word to look for."""
        return [self.node(part) for part in parts if not self._is_empty(part)]

    def _is_empty(self, node: tree.Node) -> bool:
        """Tell whether nothing is left of a part: punctuation alone is in no index."""
        match node:
            case tree.And(parts) | tree.Or(parts):
                return all(self._is_empty(part) for part in parts)
            case tree.Not(part):
                return self._is_empty(part)
            case tree.Term() if is_wordless(node):
                self.notes.append("Signs without a letter or digit are in no index and were left out.")
                return True
            case _:
                return False

    def _leaf(self, node: tree.Term | tree.Unknown) -> Condition | None:
        self._count += 1
        if self._count > MAX_CONDITIONS:
            raise QueryError(
                f"With its views the query has more than {MAX_CONDITIONS} conditions.", node.column
            )
        if isinstance(node, tree.Unknown):
            return self._unknown(node)
        if node.name == "search":
            return any_of(*(self._view(value, node.column) for value in node.values))
        return None if self._is_empty(node) else condition_of(node, self.now)

    def _unknown(self, node: tree.Unknown) -> Condition | None:
        near = nearest_field(node.name)
        hint = f" Did you mean {near}:?" if near else ""
        if self.strict:
            raise QueryError(
                f"There is no operator {node.name}:.{hint} To look for the text, put it in quotes.",
                node.column,
            )
        self.notes.append(f"There is no operator {node.name}:, so it was searched as text.{hint}")
        return self._leaf(tree.Term("", (tree.Phrase(f"{node.name} {node.value.text}"),), column=node.column))

    def _view(self, value: tree.Value, column: int) -> Condition:
        name = value.text if isinstance(value, tree.Word | tree.Phrase) else ""
        text = self.views.get(name.casefold())
        if text is None:
            if self.strict:
                raise QueryError(f"There is no view called {name}.", column)
            self.notes.append(f"There is no view called {name}, so it was searched as text.")
            return self._leaf(tree.Term("", (tree.Phrase(name),), column=column)) or EVERYTHING
        if name.casefold() in self._open:
            raise QueryError(f"The view {name} contains itself.", column)
        self._open.append(name.casefold())
        try:
            where = parse(text).where
            if where is None:
                return EVERYTHING
            self.named.append(where)
            return self.node(where)
        except QueryError as error:
            raise QueryError(f"In the view {name}: {error}", column) from None
        finally:
            self._open.pop()


def _asks_for_unlisted(where: tree.Node | None, named: Sequence[tree.Node]) -> bool:
    """Tell whether the query, or a view in it, names what is not listed, or articles by their numbers."""
    leaves = [leaf for node in (where, *named) for leaf, _ in tree.leaves(node)]
    return any(
        leaf.name == "id"
        or (leaf.name == "is" and any(isinstance(v, tree.Word) and v.text in _BY_NAME for v in leaf.values))
        for leaf in leaves
        if isinstance(leaf, tree.Term)
    )


def _terms(condition: Condition) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            " ".join(words.words) + ("*" if words.prefix else "")
            for words in _matched(condition)
            if words.column != "link"
        )
    )


def _matched(condition: Condition) -> list[Words]:
    """Return the runs of words that a result can hold."""
    match condition:
        case Match(text):
            return list(positive(text))
        case Test() | Except():
            return []
        case _:
            return [words for part in condition.parts for words in _matched(part)]


def _refuse_too_deep(condition: Condition) -> None:
    match condition:
        case Match(text):
            if depth(text) > MAX_TEXT_DEPTH:
                raise QueryError("The words of the query are nested too deeply.", 0)
        case Except(part):
            _refuse_too_deep(part)
        case Test():
            pass
        case _:
            for part in condition.parts:
                _refuse_too_deep(part)
