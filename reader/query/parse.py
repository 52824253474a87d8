"""The parser of the query language: a person's text to a syntax tree.

Recursive descent over the grammar of the manual's query page, straight from the characters, because what a character
means depends on where it stands (a slash opens a pattern only at the start of a value, a comma lists only after a
field). It is lenient where a person cannot mean anything else (a dash alone is no negation, an apostrophe inside a
word is no quote) and otherwise raises ``QueryError`` with the column. Every condition is checked here, so that what
comes out of ``parse`` can be compiled; only what needs the library (the names of views) is left.
"""

from __future__ import annotations

import re
from typing import Final

from ..errors import QueryError
from . import values
from .fields import Field, Kind, comparisons, field_named
from .tree import (
    Comparison,
    Node,
    Query,
    SortKey,
    Term,
    Unknown,
    Value,
    Word,
    all_of,
    any_of,
    none_of,
)

MAX_LENGTH: Final = 10_000
"""Characters of a query; more is a pasted article."""
MAX_DEPTH: Final = 20
"""Groups inside each other; the parser of FTS5 has a stack of a hundred."""
MAX_TERMS: Final = 250
"""Conditions of one query; SQLite refuses expressions deeper than a thousand."""

# What SQLite or a terminal could choke on; replaced one to one, so that columns stay true.
_UNSAFE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SPACE = re.compile(r"\s*")
_FIELD = re.compile(r"([A-Za-z][A-Za-z_-]*)(:(?:>=|<=|=|>|<)?)")
_ADDRESS = re.compile(r"https?://[^\s\"|]+", re.IGNORECASE)
_NEGATED = re.compile(r"[^\s)|]")
_NAMED = re.compile(r"[^\s()|,]")
_OPERATOR = re.compile(r"(AND|OR|NOT)(?=[\s()]|$)")


def parse(text: str) -> Query:
    """Return the syntax tree of ``text``; raises ``QueryError`` with the column of what cannot be understood."""
    if len(text) > MAX_LENGTH:
        raise QueryError(f"The query is longer than {MAX_LENGTH:,} characters.", MAX_LENGTH)
    return _Parser(_UNSAFE.sub(" ", text)).query()


class _Parser:
    """One pass over one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._depth = 0
        self._terms = 0
        self._sort: tuple[SortKey, ...] = ()
        self._limit: int | None = None
        self._order_column = 0

    def query(self) -> Query:
        where = self._or()
        if self._at < len(self._text):
            raise QueryError("There is no ( for this ) to close.", self._at)
        return Query(where, self._sort, self._limit, self._order_column)

    # -- the grammar, from the loosest binding to the tightest

    def _or(self) -> Node | None:
        parts: list[Node] = []
        column = self._at
        while True:
            part = self._and()
            here = self._at
            sign = self._or_sign()
            column = here if sign else column
            if part is not None:
                parts.append(part)
            elif parts or sign:
                raise QueryError("OR needs something on both sides.", column)
            if not sign:
                return any_of(tuple(parts)) if parts else None

    def _and(self) -> Node | None:
        parts: list[Node] = []
        column, pending = self._at, False
        while True:
            self._skip_space()
            if self._at == len(self._text) or self._text[self._at] in ")|" or self._operator() == "OR":
                break
            if self._operator() == "AND":
                column, pending = self._at, True
                if not parts:
                    break
                self._at += 3
                continue
            part = self._unary()
            if part is not None:
                parts.append(part)
                pending = False
        if pending:
            raise QueryError("AND needs something on both sides.", column)
        return all_of(tuple(parts)) if parts else None

    def _unary(self) -> Node | None:
        start, negated = self._at, False
        while self._negation():
            negated = not negated
            self._skip_space()
        if self._at == len(self._text) or self._text[self._at] in ")|" or self._operator() in ("AND", "OR"):
            raise QueryError(f"{self._text[start : self._at].strip()} needs something after it.", start)
        part = self._group() if self._text[self._at] == "(" else self._term(ordering=self._at == start)
        return none_of(part) if negated and part is not None else part

    def _negation(self) -> bool:
        """Step over one negation; a dash or an exclamation mark before white space is only that."""
        if self._operator() == "NOT":
            self._at += 3
            return True
        sign = self._text[self._at : self._at + 1]
        if sign and sign in "-!" and _NEGATED.match(self._text, self._at + 1):
            self._at += 1
            return True
        return False

    def _group(self) -> Node:
        opened = self._at
        self._at += 1
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise QueryError(f"Groups are nested more than {MAX_DEPTH} deep.", opened)
        part = self._or()
        if self._at == len(self._text):
            raise QueryError("This ( is never closed.", opened)
        if part is None:
            raise QueryError("There is nothing in this group.", opened)
        self._at += 1
        self._depth -= 1
        return part

    def _term(self, *, ordering: bool) -> Node | None:
        """Read one condition; ``None`` for ``sort:`` and ``limit:``, which are none."""
        column = self._at
        self._count(column)
        if address := _ADDRESS.match(self._text, column):
            whole = _balanced(address.group())
            self._at += len(whole)
            return Term("url", (values.literal(whole),), Comparison.CONTAINS, column)
        if self._text[column] in "#@" and _NAMED.match(self._text, column + 1):
            self._at += 1
            field = field_named("tag" if self._text[column] == "#" else "search")
            assert field is not None
            return self._condition(field, Comparison.CONTAINS, column)
        if named := _FIELD.match(self._text, column):
            field = field_named(named[1])
            if field is None:
                return self._unknown(named[1], column)
            self._at = named.end()
            if field.kind in (Kind.SORT, Kind.LIMIT):
                self._order(field, Comparison(named[2]), column, allowed=ordering and self._depth == 0)
                return None
            return self._condition(field, Comparison(named[2]), column)
        value, self._at = values.read_free(self._text, column)
        return Term("", (value,), Comparison.CONTAINS, column)

    # -- conditions on a field

    def _condition(self, field: Field, comparison: Comparison, column: int) -> Term:
        return Term(field.name, self._values(field, comparison, column), comparison, column)

    def _values(self, field: Field, comparison: Comparison, column: int) -> tuple[Value, ...]:
        """Read the comma list after a field and check each of it."""
        if comparison not in comparisons(field):
            raise QueryError(f"{field.name}: cannot be compared with {comparison[1:]}.", column)
        found: list[Value] = []
        while True:
            start = self._at
            value, self._at = values.read(self._text, start, field)
            if value is not None:
                if found and field.name != "id":  # numbers become one list
                    self._count(start)
                found.append(values.checked(value, field, comparison, start))
            elif not found:
                raise QueryError(f"{field.name}: needs a value, as in {field.example}.", column)
            if self._text[self._at : self._at + 1] != ",":
                return tuple(dict.fromkeys(found))
            self._at += 1

    def _count(self, column: int) -> None:
        self._terms += 1
        if self._terms > MAX_TERMS:
            raise QueryError(f"The query has more than {MAX_TERMS} conditions.", column)

    def _unknown(self, name: str, column: int) -> Node:
        start = column + len(name) + 1
        value, end = values.read_unknown(self._text, start)
        if value is None:
            free, self._at = values.read_free(self._text, column)
            return Term("", (free,), Comparison.CONTAINS, column)
        self._at = end
        return Unknown(name, value, column)

    def _order(self, field: Field, comparison: Comparison, column: int, *, allowed: bool) -> None:
        """Take ``sort:`` or ``limit:``, which hold for the whole query."""
        if not allowed:
            raise QueryError(
                f"{field.name}: holds for the whole query and cannot stand in a part of it.", column
            )
        if (self._sort and field.kind is Kind.SORT) or (self._limit and field.kind is Kind.LIMIT):
            raise QueryError(f"{field.name}: is given twice.", column)
        self._order_column = column
        words = [value.text for value in self._values(field, comparison, column) if isinstance(value, Word)]
        if field.kind is Kind.SORT:
            self._sort = tuple(SortKey(word.removeprefix("-"), word.startswith("-")) for word in words)
        elif len(words) > 1:
            raise QueryError("limit: takes one number.", column)
        else:
            self._limit = int(words[0])

    # -- characters

    def _skip_space(self) -> None:
        space = _SPACE.match(self._text, self._at)
        assert space is not None
        self._at = space.end()

    def _operator(self) -> str:
        """Return the operator word that stands here, or nothing."""
        found = _OPERATOR.match(self._text, self._at)
        return found[1] if found else ""

    def _or_sign(self) -> bool:
        """Step over ``OR`` or ``|``."""
        if self._text[self._at : self._at + 1] == "|":
            self._at += 1
            return True
        if self._operator() == "OR":
            self._at += 2
            return True
        return False


def _balanced(address: str) -> str:
    """Return the address up to a parenthesis that closes more than it opened."""
    depth = 0
    for at, sign in enumerate(address):
        depth += (sign == "(") - (sign == ")")
        if depth < 0:
            return address[:at]
    return address
