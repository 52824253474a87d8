"""The title: what a reader sees above the text, checked against what machines are told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from ..text import clean_line
from .headline import agree, words_of
from .page_data import LONGEST_TITLE, Page, is_site, plain, publisher_names, values
from .tree import HtmlElement, breadth, text_of

SHORTEST_HEADLINE: Final = 20
MOST_HEADINGS: Final = 12
AGREEING: Final = 0.5
"""The share of a heading's words that titles made for machines must have."""
_SEPARATOR = re.compile(r"\s+[|–—:»·•«-]+\s+|\s?[|»·•«]\s?")


def title_witnesses(page: Page, feed_title: str) -> list[tuple[str, Callable[[], str]]]:
    """Return who may know the title, the best first.

    What a reader sees above the text is the title; what machines are told is often shorter, older or for search
    engines. But a page has other headings too: one must agree with what machines are told, or stand alone.
    """
    return [
        ("h1", lambda: _agreeing_heading(page, feed_title)),
        ("h1", lambda: _only_heading(page)),
        ("json-ld", lambda: _without_site(_title_of_things(page), page)),
        ("meta", lambda: _without_site(_shared_title(page), page)),
        ("title", lambda: _without_site(page.document_title, page)),
        ("h1", lambda: next(_headings(page.root), "")),
        ("feed", lambda: clean_line(feed_title, limit=LONGEST_TITLE)),
    ]


def _title_of_things(page: Page) -> str:
    """Return the first headline of the page's data that agrees with its title, else the first."""
    claims = [plain(value) for value in values(page.things, "headline") if isinstance(value, str)]
    title = words_of(page.document_title)
    return next((claim for claim in claims if agree(words_of(claim), title)), claims[0] if claims else "")


def _shared_title(page: Page) -> str:
    return plain(page.first_meta(("og:title", "twitter:title", "dc.title", "title")))


def _headings(root: HtmlElement) -> Iterator[str]:
    for heading in list(root.iter("h1"))[:MOST_HEADINGS]:
        if text := clean_line(text_of(heading), limit=LONGEST_TITLE):
            yield text


def _agreeing_heading(page: Page, feed_title: str) -> str:
    """Return the ``h1`` that shares most words with the titles made for machines, when that is most of its words."""
    told = (feed_title, _title_of_things(page), _shared_title(page), page.document_title)
    witnesses = [set(words.split()) for text in told if len(words := words_of(text)) > 5]
    best, best_share = "", 0.0
    for heading in _headings(page.root):
        own = set(words_of(heading).split())
        if len(own) < 2 or is_site(heading, page):
            continue
        share = max((len(own & witness) / len(own) for witness in witnesses), default=0.0)
        if share > best_share:
            best, best_share = heading, share
    return best if best_share >= AGREEING else ""


def _only_heading(page: Page) -> str:
    """Return the page's one ``h1``, when it reads like a headline and stands where headlines do."""
    headings = list(page.root.iter("h1"))
    if len(headings) != 1:
        return ""
    text = clean_line(text_of(headings[0]), limit=LONGEST_TITLE)
    return text if breadth(text) >= SHORTEST_HEADLINE and not is_site(text, page) else ""


def _without_site(title: str, page: Page) -> str:
    """Return a title without the site's name at its end or beginning."""
    site = words_of(
        page.first_meta(("og:site_name", "application-name")) or next(publisher_names(page.things), "")
    )
    host = words_of(page.url.partition("://")[2].partition("/")[0].removeprefix("www.")).replace(" ", "")
    parts = [part for part in _SEPARATOR.split(title) if part.strip()]
    if len(parts) < 2:
        return title
    last, first = words_of(parts[-1]), words_of(parts[0])
    if last and (last == site or host.startswith(last.replace(" ", ""))):
        return title[: title.rfind(parts[-1])].rstrip(" |–—:»·•«-")
    if site and first == site:
        return title[title.find(parts[0]) + len(parts[0]) :].lstrip(" |–—:»·•«-")
    longest = max(parts, key=len)
    return longest.strip() if len(longest.split()) >= 3 and title == page.document_title else title
