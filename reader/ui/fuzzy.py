"""How well a text answers what was typed, for palettes and type-ahead. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")


def fold(text: str) -> str:
    """Return a text in lower case without accents, for comparison."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def score(typed: str, text: str) -> int | None:
    """Return how well folded ``text`` answers folded ``typed``, higher is better; None when it does not.

    The whole beats a beginning, that the beginning of a word, that a part, that the letters in order. Several words
    must each be found.
    """
    total = 0
    for word in typed.split():
        found = _score_word(word, text)
        if found is None:
            return None
        total += found
    return total


def _score_word(word: str, text: str) -> int | None:
    at = text.find(word)
    if at >= 0:
        if len(word) == len(text):
            return 1000
        if at == 0:
            return 800 - min(99, len(text))
        start_of_word = not text[at - 1].isalnum() or f" {word}" in text
        return (600 if start_of_word else 400) - min(99, at)
    return _score_letters(word, text)


def _score_letters(word: str, text: str) -> int | None:
    at, gaps, first = -1, 0, None
    for letter in word:
        found = text.find(letter, at + 1)
        if found < 0:
            return None
        first = found if first is None else first
        gaps += found - at - 1 if at >= 0 else 0
        at = found
    return max(1, 200 - gaps - (first or 0)) if gaps <= 3 * len(word) else None


def best(typed: str, items: Iterable[T], text: Callable[[T], str], limit: int = 200) -> list[T]:
    """Return the items that answer what was typed, best first; all in their order when nothing was typed."""
    wanted = fold(typed.strip())
    if not wanted:
        return list(items)[:limit]
    scored = [
        (-found, order, item)
        for order, item in enumerate(items)
        if (found := score(wanted, fold(text(item)))) is not None
    ]
    scored.sort(key=lambda triple: triple[:2])
    return [item for _, _, item in scored[:limit]]
