"""What SQL asks Python while a query runs: names folded, words of a note, a person's patterns.

``register`` makes them known to a connection. Patterns are a person's and may need time without bound, so each match
has a deadline and lets other threads run meanwhile; what went wrong inside is kept for ``explained``, because SQLite
says no more than that a function failed.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ..errors import QueryError
from ..query.words import fold, index_text

if TYPE_CHECKING:
    import regex

PATTERN_SECONDS: Final = 0.2
"""For one pattern on one article; a sane one needs about a millisecond for 100 kB."""
PATTERN_LENGTH: Final = 100_000
"""Characters of an article that a pattern is tried on."""

_trouble = threading.local()


def register(db: sqlite3.Connection) -> None:
    """Make the functions of this module known to a connection."""
    for function, arity in ((folded, 1), (holds, 2), (has_words, 3), (matches, 3), (matches_text, 5)):
        db.create_function(function.__name__, arity, function, deterministic=True)


@contextmanager
def explained() -> Iterator[None]:
    """Turn what went wrong inside a function of this module into a ``QueryError``."""
    _trouble.error = None
    try:
        yield
    except sqlite3.OperationalError:
        error = _trouble.error
        if error is None:
            raise
        raise error from None


def folded(text: str) -> str:
    """Return ``text`` without case and accents."""
    return fold(text)


def holds(text: str, part: str) -> bool:
    """Tell whether the folded ``text`` holds ``part``, which is folded already."""
    return part in fold(text)


def has_words(text: str, words: str, prefix: int) -> bool:
    """Tell whether ``text`` has these words in this order; the last may be a beginning when ``prefix``."""
    return f" {words}{'' if prefix else ' '}" in f" {index_text(text)} "


def matches(pattern: str, ignore_case: int, text: str) -> bool:
    """Tell whether a person's pattern is found in the first ``PATTERN_LENGTH`` characters of ``text``."""
    try:
        found = _compiled(pattern, bool(ignore_case)).search(
            text[:PATTERN_LENGTH], timeout=PATTERN_SECONDS, concurrent=True
        )
    except TimeoutError:
        _trouble.error = QueryError(f"The pattern /{pattern}/ takes too long; make it simpler.", 0)
        raise
    except (MemoryError, RecursionError):
        _trouble.error = QueryError(f"The pattern /{pattern}/ needs too much memory; make it simpler.", 0)
        raise
    return found is not None


def matches_text(
    pattern: str, ignore_case: int, verdict: str | None, blocks: bytes | None, document: bytes | None
) -> bool:
    """Tell whether a pattern is found in the text that stands for an entry."""
    from ..document import plain_text  # stored texts are unpacked for patterns alone
    from .indexing import shown_blocks

    return matches(pattern, ignore_case, plain_text(shown_blocks(verdict, blocks, document), captions=True))


@lru_cache(maxsize=64)
def _compiled(pattern: str, ignore_case: bool) -> regex.Pattern[str]:
    import regex  # loaded only for the few queries that hold a pattern

    return regex.compile(pattern, regex.V0 | (regex.IGNORECASE if ignore_case else 0))
