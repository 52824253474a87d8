"""Values: what follows a field, read from the text and checked against what the field takes."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from ..errors import QueryError
from .dates import is_date, is_duration
from .fields import Field, Kind, takes_anything, takes_prefix, takes_range
from .tree import Anything, Comparison, Pattern, Phrase, Prefix, Range, Value, Word

MAX_PATTERN: Final = 1_000
"""Characters of a regular expression."""
MAX_LIMIT: Final = 10_000_000
_MAX_NUMBER: Final = 10**18
"""Numbers are kept below SQLite's largest integer, 2**63 - 1."""

_FREE_RUN = re.compile(r"[^\s()|]+")
_FIELD_RUN = re.compile(r"[^\s()|,]+")
_PATTERN = re.compile(r"/((?:[^/\\\n]|\\.|/(?!i?(?:[\s),|]|$)))+)/(i?)(?=[\s),|]|$)")
_DOUBLE = re.compile(r'"((?:[^"]|"")*)"')
_SINGLE = re.compile(r"'((?:[^']|'')*)'(?!')(?=[\s),|]|$)")
_PLAIN = re.compile(r"""[^\s()|,"*\-!'/#@<>=:][^\s()|,"*]*""")
_PLAIN_AFTER_FIELD = re.compile(r"""[^\s()|,"*'/<>=][^\s()|,"*]*""")
_LIKE_FIELD = re.compile(r"[A-Za-z][A-Za-z_-]*:")
_OPERATORS: Final = ("AND", "OR", "NOT")
_NUMBER = re.compile(r"\d{1,18}", re.ASCII)


def read_free(text: str, at: int) -> tuple[Value, int]:
    """Read a value that stands without a field; return it and where it ends."""
    value, end = _delimited(text, at)
    if value is not None:
        return value, end
    run = _FREE_RUN.match(text, at)
    assert run is not None, "the parser stands on a character that begins a word"
    return _word(run.group(), plain=is_plain(run.group().removesuffix("*"))), run.end()


def read(text: str, at: int, field: Field) -> tuple[Value | None, int]:
    """Read one value after a field's sign; ``None`` when there is none."""
    value, end = _delimited(text, at, patterns=field.patterns)
    if value is not None:
        return value, end
    run = _FIELD_RUN.match(text, at)
    if run is None:
        return None, at
    word = run.group()
    if takes_range(field) and ".." in word:
        low, _, high = word.partition("..")
        return Range(low, high), run.end()
    return _word(word, plain=is_plain_after_field(word.removesuffix("*"))), run.end()


def read_unknown(text: str, at: int) -> tuple[Word | Phrase | None, int]:
    """Read what follows the colon of a name that is no field."""
    value, end = _delimited(text, at, patterns=False)
    if isinstance(value, Phrase):
        return value, end
    run = _FREE_RUN.match(text, at)
    if run is None:
        return None, at
    word = run.group()
    return (Word(word) if is_plain_after_field(word) else Phrase(word)), run.end()


def literal(text: str) -> Value:
    """Return ``text`` as the value of a field: a word when it can stand without quotes, else a phrase."""
    return Word(text) if is_plain_after_field(text) else Phrase(text)


def is_plain(text: str) -> bool:
    """Tell whether ``text`` can stand without quotes where no field is named."""
    return _PLAIN.fullmatch(text) is not None and text not in _OPERATORS and _LIKE_FIELD.match(text) is None


def is_plain_after_field(text: str) -> bool:
    """Tell whether ``text`` can stand without quotes after a field."""
    return _PLAIN_AFTER_FIELD.fullmatch(text) is not None


def _delimited(text: str, at: int, *, patterns: bool = True) -> tuple[Value | None, int]:
    """Read a quotation or a pattern, if one begins here."""
    sign = text[at : at + 1]
    if sign == '"':
        quoted = _DOUBLE.match(text, at)
        if quoted is None:
            raise QueryError("This quotation is never closed.", at)
        return Phrase(quoted[1].replace('""', '"')), quoted.end()
    if sign == "'" and (quoted := _SINGLE.match(text, at)):
        return Phrase(quoted[1].replace("''", "'")), quoted.end()
    if patterns and sign == "/" and (pattern := _PATTERN.match(text, at)):
        return Pattern(_checked_pattern(pattern[1], at), bool(pattern[2])), pattern.end()
    return None, at


def _word(run: str, *, plain: bool) -> Value:
    """Return a run of characters as the value it stands for."""
    if run == "*":
        return Anything()
    if not plain:
        return Phrase(run)
    return Prefix(run[:-1]) if run.endswith("*") else Word(run)


@lru_cache(maxsize=64)
def _checked_pattern(pattern: str, at: int) -> str:
    import regex  # loaded only for the few queries that hold a pattern

    if len(pattern) > MAX_PATTERN:
        raise QueryError(f"The pattern is longer than {MAX_PATTERN:,} characters.", at)
    try:
        regex.compile(pattern, regex.V0)
    except (regex.error, RecursionError, OverflowError, MemoryError, ValueError) as error:
        raise QueryError(f"The pattern cannot be used: {error}.", at) from None
    return pattern


def checked(value: Value, field: Field, comparison: Comparison, at: int) -> Value:
    """Return the value in its canonical form; raises ``QueryError`` when the field does not take it."""
    match value:
        case Anything():
            if not takes_anything(field) or comparison is not Comparison.CONTAINS:
                raise QueryError(f"{field.name}: does not take *.", at)
            return value
        case Prefix(text):
            if not takes_prefix(field) or comparison is not Comparison.CONTAINS:
                raise QueryError(f"{field.name}: does not take {text}*.", at)
            return value
        case Pattern():
            if comparison is not Comparison.CONTAINS:
                raise QueryError(f"A pattern follows {field.name}: without a sign of comparison.", at)
            return value
        case Range(low, high):
            if comparison not in (Comparison.CONTAINS, Comparison.EQUALS):
                raise QueryError("A range cannot be compared.", at)
            if not low and not high:
                raise QueryError("A range needs at least one end.", at)
            return Range(*(_scalar(side, field, at) if side else "" for side in (low, high)))
        case Word(text) | Phrase(text):
            return _checked_text(value, text, field, at)


def _checked_text(value: Word | Phrase, text: str, field: Field, at: int) -> Value:
    if not text.strip():
        raise QueryError(f"{field.name}: needs a value, as in {field.example}.", at)
    match field.kind:
        case Kind.STATE | Kind.HAS:
            return Word(_one_of(text, field, at))
        case Kind.SORT:
            return Word(("-" if text.startswith("-") else "") + _one_of(text.removeprefix("-"), field, at))
        case Kind.BOUND | Kind.DATE | Kind.AGE | Kind.NUMBER | Kind.LIMIT:
            return Word(_scalar(text, field, at))
        case Kind.LANGUAGE:
            return literal(text.lower())
        case _:
            return value


def _scalar(text: str, field: Field, at: int) -> str:
    """Return a date, a length of time or a number in its canonical form."""
    word = text.lower()
    match field.kind:
        case Kind.AGE if not is_duration(word):
            raise QueryError(f"{text} is no length of time; write 12h, 2d, 3w, 6m or 1y.", at)
        case Kind.BOUND | Kind.DATE if not is_date(word):
            raise QueryError(
                f"{text} is no date; write 2026-03-01, 2026-03, today, yesterday, mon, or 7d for seven days ago.",
                at,
            )
        case Kind.NUMBER if not _NUMBER.fullmatch(word):
            raise QueryError(f"{field.name}: takes a whole number, not {text}.", at)
        case Kind.LIMIT if not _NUMBER.fullmatch(word) or not 0 < int(word) <= MAX_LIMIT:
            raise QueryError(f"limit: takes a number from 1 to {MAX_LIMIT:,}, not {text}.", at)
    return str(int(word)) if field.kind in (Kind.NUMBER, Kind.LIMIT) else word


def _one_of(text: str, field: Field, at: int) -> str:
    """Return the one of the field's values that is meant."""
    word = dict(field.value_aliases).get(text.lower(), text.lower())
    if word in field.values:
        return word
    import difflib  # only for who made a slip

    near = difflib.get_close_matches(word, field.values, n=1)
    hint = f" Did you mean {field.name}:{near[0]}?" if near else f" It takes {', '.join(field.values)}."
    raise QueryError(f"There is no {field.name}:{text}.{hint}", at)
