"""The page's own headline: what it may be, and whether a line repeats it."""

from __future__ import annotations

import html
import re
from typing import Final

from .structured import Thing
from .tree import HtmlElement

_WORD = re.compile(r"\w+")
_SEPARATOR = re.compile(r"\s+[|\-–—:»·•]+\s+")
_TITLE_NAMES: Final = frozenset(
    ("og:title", "twitter:title", "title", "dc.title", "sailthru.title", "parsely-title")
)
SHORTEST: Final = 8
"""Characters of a headline that can be told from a label."""
MOST_HEADINGS: Final = 12


def words_of(text: str) -> str:
    """Return the words of a text, case folded, with one space between: the form in which texts are compared."""
    return " ".join(_WORD.findall(text.casefold()))


def headlines(root: HtmlElement, things: list[Thing], feed_title: str = "") -> list[str]:
    """Return what the page's headline may be, the best witness first, each as ``words_of`` gives it.

    The document's own titles come first: a page that appends other articles carries their data and headings too, so
    those count only when they agree with the titles, or when there is nothing else.
    """
    titles = [feed_title, *_document_titles(root)]
    result = _distinct(titles)
    claims = [thing["headline"] for thing in things if isinstance(thing.get("headline"), str)]
    claims += [" ".join(heading.itertext()) for heading in list(root.iter("h1"))[:MOST_HEADINGS]]
    claimed = _distinct(claims)
    agreeing = [words for words in claimed if any(agree(words, title) for title in result)]
    result += [words for words in agreeing or claimed[:1] if words not in result]
    return result


def _document_titles(root: HtmlElement) -> list[str]:
    found = []
    for meta in root.iter("meta"):
        if (meta.get("property") or meta.get("name") or "").lower() in _TITLE_NAMES:
            found.append(meta.get("content") or "")  # noqa: PERF401  # more is appended below
    title = root.find(".//title")
    if title is not None and title.text:
        found.append(title.text)
        found.append(max(_SEPARATOR.split(title.text[:1000]), key=len))
    return found


def _distinct(texts: list[str]) -> list[str]:
    words = (words_of(html.unescape(text[:1000])) for text in texts)
    return list(dict.fromkeys(one for one in words if len(one) >= SHORTEST))


def agree(one: str, other: str) -> bool:
    """Tell whether two headlines, as ``words_of`` gives them, share at least half of the words of the shorter."""
    first, second = set(one.split()), set(other.split())
    return len(first & second) >= 0.5 * min(len(first), len(second)) if first and second else False


def repeats_headline(words: str, candidates: list[str]) -> bool:
    """Tell whether a line, as ``words_of`` gives it, is the headline or begins with it or is begun by it."""
    if not words:
        return False
    for headline in candidates:
        if words == headline:
            return True
        if len(words) > 15 and (
            headline.startswith(words) or (words.startswith(headline) and len(words) < len(headline) * 1.5)
        ):
            return True
    return False
