"""A whole page with what is asked of it often: its meta elements, its JSON-LD, the site's name."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator
from typing import Final

from ..text import clean_line
from .headline import words_of
from .inline import Addresses
from .structured import Thing, articles
from .tree import HtmlElement

LONGEST_TITLE: Final = 500
LONGEST_META: Final = 5_000


class Page:
    """The page with what is asked of it often."""

    def __init__(self, root: HtmlElement, things: list[Thing], url: str, addresses: Addresses) -> None:
        self.root = root
        self.things = articles(things)
        self.all_things = things
        self.url = url
        self.addresses = addresses
        self.meta = _meta(root)
        title = root.find(".//title")
        self.document_title = clean_line(title.text or "", limit=LONGEST_TITLE) if title is not None else ""

    def first_meta(self, keys: Iterable[str]) -> str:
        """Return the first value of the first of the keys that has one."""
        return next((value for key in keys for value in self.meta.get(key, ())), "")


def _meta(root: HtmlElement) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        content = element.get("content") or element.get("value") or ""
        if not content.strip():
            continue
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            if key := (element.get(attribute) or "").strip().lower():
                found.setdefault(key, []).append(content.strip()[:LONGEST_META])
                break
    return found


def values(things: list[Thing], *keys: str) -> Iterator[object]:
    """Yield the values of the keys in the things, lists unrolled, the first key first."""
    for key in keys:
        for thing in things:
            value = thing.get(key)
            for one in value if isinstance(value, list) else [value]:
                if one is not None:
                    yield one


def publisher_names(things: list[Thing]) -> Iterator[str]:
    """Yield the names of who publishes the things."""
    for value in values(things, "publisher"):
        name = value.get("name") if isinstance(value, dict) else value
        if isinstance(name, str):
            yield name


def is_site(text: str, page: Page) -> bool:
    """Tell whether a heading is the site's name."""
    words = words_of(text)
    names_of_site = (
        page.first_meta(("og:site_name", "application-name")),
        next(publisher_names(page.things), ""),
    )
    return any(words == words_of(name) for name in names_of_site if name)


def plain(text: str) -> str:
    """Return a text for machines as one for people: references resolved, on one line."""
    return clean_line(html.unescape(text), limit=LONGEST_TITLE)
