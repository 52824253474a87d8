"""The canonical text of a query: what ``parse`` reads back as the same tree."""

from __future__ import annotations

from .tree import (
    And,
    Anything,
    Comparison,
    Node,
    Not,
    Or,
    Pattern,
    Phrase,
    Prefix,
    Query,
    Range,
    Term,
    Unknown,
    Value,
    Word,
)
from .values import is_plain_after_field


def unparse(query: Query) -> str:
    """Return the query as text: one space between terms, field names in full, as few quotes and groups as will do."""
    parts = [] if query.where is None else [_node(query.where)]
    if query.sort:
        parts.append("sort:" + ",".join(("-" if key.descending else "") + key.name for key in query.sort))
    if query.limit is not None:
        parts.append(f"limit:{query.limit}")
    return " ".join(parts)


def quote(text: str) -> str:
    """Return ``text`` as a value after a field, in quotes where it needs them."""
    return text if is_plain_after_field(text) else _quoted(text)


def _node(node: Node) -> str:
    match node:
        case Or(parts):
            return " OR ".join(_node(part) for part in parts)
        case And(parts):
            return " ".join(_grouped(part) if isinstance(part, Or) else _node(part) for part in parts)
        case Not(part):
            return "-" + (_grouped(part) if isinstance(part, Or | And) else _node(part))
        case Unknown(name, value):
            return f"{name}:{_value(value)}"
        case Term():
            return _term(node)


def _grouped(node: Node) -> str:
    return f"({_node(node)})"


def _term(term: Term) -> str:
    listed = ",".join(_value(value) for value in term.values)
    if term.name == "search":
        return "@" + listed
    if not term.name:
        return listed
    (first, *more) = term.values
    if term.name == "tag" and term.comparison is Comparison.CONTAINS and not more and isinstance(first, Word):
        return "#" + listed
    return f"{term.name}{term.comparison}{listed}"


def _value(value: Value) -> str:
    match value:
        case Word(text):
            return text
        case Phrase(text):
            return _quoted(text)
        case Prefix(text):
            return text + "*"
        case Anything():
            return "*"
        case Pattern(text, ignore_case):
            return f"/{text}/{'i' if ignore_case else ''}"
        case Range(low, high):
            return f"{low}..{high}"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
