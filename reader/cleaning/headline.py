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


def words_of(text: str) -> str:
    """Return the words of a text, case folded, with one space between: the form in which texts are compared."""
    return " ".join(_WORD.findall(text.casefold()))


def headlines(root: HtmlElement, things: list[Thing], feed_title: str = "") -> list[str]:
    """Return what the page's headline may be, the best witness first, each as ``words_of`` gives it."""
    found = [feed_title] if feed_title else []
    found += [thing["headline"] for thing in things if isinstance(thing.get("headline"), str)]
    for meta in root.iter("meta"):
        if (meta.get("property") or meta.get("name") or "").lower() in _TITLE_NAMES:
            found.append(meta.get("content") or "")
    title = root.find(".//title")
    if title is not None and title.text:
        found.append(title.text)
        found.append(max(_SEPARATOR.split(title.text[:1000]), key=len))
    for heading in list(root.iter("h1"))[:4]:
        found.append(" ".join(heading.itertext()))
    result: list[str] = []
    for candidate in found:
        words = words_of(html.unescape(candidate[:1000]))
        if len(words) >= SHORTEST and words not in result:
            result.append(words)
    return result


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
