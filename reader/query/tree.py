"""The syntax tree of a query: what a person asked for, without how it is found.

A tree holds the words as they were typed: relative dates are resolved when a query runs, so that a saved view means
today each day. Nodes compare by meaning; ``column`` says where a node began and takes no part in the comparison.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import TypeAlias

from ..records import dataclass, field


class Comparison(StrEnum):
    """The sign between a field and its value."""

    CONTAINS = ":"
    EQUALS = ":="
    ABOVE = ":>"
    AT_LEAST = ":>="
    BELOW = ":<"
    AT_MOST = ":<="


@dataclass(frozen=True, slots=True)
class Word:
    """A run of characters that stands without quotes."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Text in quotes: taken letter by letter, never as a number, a date or a pattern."""

    text: str


@dataclass(frozen=True, slots=True)
class Prefix:
    """The beginning of a word: ``wor*``."""

    text: str


@dataclass(frozen=True, slots=True)
class Anything:
    """``*``: any value at all."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression between slashes; ``text`` is as typed, without them."""

    text: str
    ignore_case: bool = False


@dataclass(frozen=True, slots=True)
class Range:
    """``low..high``, both included; an empty side is open."""

    low: str
    high: str


Value: TypeAlias = Word | Phrase | Prefix | Anything | Pattern | Range


@dataclass(frozen=True, slots=True)
class Term:
    """One condition; several values mean that any of them will do."""

    name: str
    """Canonical name of the field; empty for words looked for everywhere."""
    values: tuple[Value, ...]
    comparison: Comparison = Comparison.CONTAINS
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Unknown:
    """``foo:bar`` where no field is called ``foo``: text in the search bar, an error where it must be exact."""

    name: str
    value: Word | Phrase
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    """Everything that the part does not match."""

    part: Node


@dataclass(frozen=True, slots=True)
class And:
    """All of two or more parts."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of two or more parts."""

    parts: tuple[Node, ...]


Node: TypeAlias = Term | Unknown | Not | And | Or


@dataclass(frozen=True, slots=True)
class SortKey:
    """One key of ``sort:``."""

    name: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A whole query; ``where`` is ``None`` when it matches everything."""

    where: Node | None = None
    sort: tuple[SortKey, ...] = ()
    limit: int | None = None
    order_column: int = field(default=0, compare=False)
    """Where ``sort:`` or ``limit:`` stood, for the rooms that refuse them."""


def all_of(parts: tuple[Node, ...]) -> Node:
    """Return the conjunction of one or more parts, flattened."""
    flat = tuple(inner for part in parts for inner in (part.parts if isinstance(part, And) else (part,)))
    return flat[0] if len(flat) == 1 else And(flat)


def any_of(parts: tuple[Node, ...]) -> Node:
    """Return the disjunction of one or more parts, flattened."""
    flat = tuple(inner for part in parts for inner in (part.parts if isinstance(part, Or) else (part,)))
    return flat[0] if len(flat) == 1 else Or(flat)


def none_of(part: Node) -> Node:
    """Return the negation of a part; two negations cancel."""
    return part.part if isinstance(part, Not) else Not(part)


def leaves(node: Node | None) -> Iterator[tuple[Term | Unknown, bool]]:
    """Yield each condition from left to right, and whether it stands under a negation."""
    match node:
        case None:
            return
        case And(parts) | Or(parts):
            for part in parts:
                yield from leaves(part)
        case Not(part):
            yield from ((leaf, not negated) for leaf, negated in leaves(part))
        case _:
            yield node, False
