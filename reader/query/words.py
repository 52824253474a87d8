"""Text to words: one folding and one segmentation for what is indexed, looked for and highlighted.

The index must agree with the query to the letter, and SQLite's tokenizer knows the Unicode of 2012, no Polish ł and no
language without spaces. So text is prepared here, on both sides, before the tokenizer sees it:

- it is folded: no case, no accents, compatibility forms as their plain ones (``Łódź`` and ``lodz`` are one word);
- scripts written without spaces between words get one around each character (with its marks), so that a word of two
  characters is found as a phrase of two. Measured: a trigram index misses such words and costs five times as much;
- what is neither letter, digit nor mark separates words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import Final

FOLDING_VERSION: Final = 1
"""Raised when ``fold`` or ``segment`` change what they return: the index has to be built anew."""

# Letters that no decomposition takes apart, folded as their readers type them on another keyboard.
_LETTERS: Final = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ħ": "h",
        "ı": "i",
        "ŧ": "t",
    }
)
# The combining marks of Latin, Greek and Cyrillic; those of other scripts tell words apart and stay.
_ACCENTS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff]")
_UNSPACED: Final = (
    "\u0e00-\u0e7f\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"  # kana, Han
    "\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"  # Hangul, and Han beyond the basic plane
)
_MARKS: Final = (
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u17b4-\u17d3\u3099\u309a"
)
TOKENIZER: Final = "unicode61 remove_diacritics 0 categories 'L* N* Co M*'"
"""What FTS5 is told, so that it takes the words apart again as they were put together here."""

LINK_MARK: Final = "\ue000"
"""Begins each indexed word of a link; a private character, which ``tokens`` drops, so no text holds it."""

COLUMN_MARKS: Final = {"title": "\ue001", "author": "\ue002", "link": ""}
"""Begins a word of these columns in the table of terms, where it is counted apart; a word of a link has its mark already."""

_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*://(?:www\.)?", re.IGNORECASE)
_ASCII_WORD = re.compile(r"[a-z0-9]+")


def fold(text: str) -> str:
    """Return ``text`` without case and accents; its length may differ."""
    if text.isascii():
        return text.lower()
    folded = text.casefold().translate(_LETTERS)
    folded = _ACCENTS.sub("", unicodedata.normalize("NFKD", folded))
    # Upper-case letters can come out of the decomposition (℃ gives °C), composed Hangul has to go back in.
    return unicodedata.normalize("NFC", folded).casefold().translate(_LETTERS)


def segment(folded: str) -> str:
    """Return folded text with a space on both sides of each character of a script without spaces."""
    # Split and joined, which is done in C and gives what ``sub`` would, whose template is filled in by Python.
    return folded if folded.isascii() else " ".join(_cluster().split(folded))


@cache
def _cluster() -> re.Pattern[str]:
    """Return what finds a character of a script without spaces, with its marks; takes 3 ms to compile."""
    return re.compile(f"([{_UNSPACED}][{_MARKS}]*)")


def tokens(text: str) -> tuple[str, ...]:
    """Return the words of ``text`` as they are indexed."""
    folded = fold(text)
    if folded.isascii():
        return tuple(_ASCII_WORD.findall(folded))
    return tuple(_word_finder()(segment(folded)))


def index_text(text: str) -> str:
    """Return the words of ``text`` with one space between."""
    return " ".join(tokens(text))


@cache
def _word_finder() -> Callable[[str], list[str]]:
    """Return the function that finds words: letters, numbers and marks (Unicode general categories L, N, M).

    The standard ``re`` takes marks for separators, which breaks the words of Hindi; and the characters that are new
    since 2012, which SQLite takes for letters, have to be gone before it sees them.
    """
    import regex  # 15 ms, not needed for text in ASCII

    return regex.compile(r"[\p{L}\p{N}\p{M}]+").findall


def link_tokens(link: str) -> tuple[str, ...]:
    """Return the words of an address as the index knows them: marked, without the scheme and ``www``."""
    if "%" in link:
        from urllib.parse import unquote  # 2 ms, only for who looks for a link

        link = unquote(link)
    return tuple([LINK_MARK + word for word in tokens(_SCHEME.sub("", link))])


def site_key(link: str) -> str:
    """Return the host of an address, or a host alone, with its labels turned round: ``com.example.blog.``.

    Every host below a domain then begins with the domain's key. Empty when there is no host.
    """
    from urllib.parse import urlsplit

    try:
        host = urlsplit(link if "//" in link else "//" + link).hostname or ""
    except ValueError:
        return ""
    host = host.strip(".").removeprefix("www.")
    return "".join(label + "." for label in reversed(host.split("."))) if host else ""


def folded_words(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each word of ``text``, folded, with where it starts and ends in ``text`` itself."""
    at = 0
    while at < len(text):
        if not _in_word(text[at]):
            at += 1
            continue
        end = at + 1
        if (cluster := _cluster().match(text, at)) is not None:
            end = cluster.end()
        else:
            while end < len(text) and _in_word(text[end]) and not _cluster().match(text, end):
                end += 1
        for word in tokens(text[at:end]):
            yield word, at, end
        at = end


@lru_cache(maxsize=4096)
def _in_word(sign: str) -> bool:
    """Tell whether the character is part of a word."""
    return unicodedata.category(sign)[0] in "LNM"
