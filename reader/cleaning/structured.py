"""What a page says of itself in JSON-LD (schema.org), read from the tree already parsed.

Pages put it in ``script type="application/ld+json"``: one object, a list of them or a graph. It is a good witness for
headline, authors and dates, and for the text a good check, not the text itself: it is often cut short.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator
from typing import Any, Final, TypeAlias

from .tree import HtmlElement, word_set

Thing: TypeAlias = dict[str, Any]
"""An object of JSON-LD as parsed: foreign, of any shape."""

MAX_NESTING: Final = 8
MAX_THINGS: Final = 2_000

_WRAPPER = re.compile(
    r"^(?:<!--|(?://|/\*)?\s{0,9}<!\[CDATA\[(?:\s{0,9}\*/)?)|(?:-->|(?://|/\*)?\s{0,9}\]\]>(?:\s{0,9}\*/)?)$"
)
_BREAK = re.compile(r"<(?:br|/p|/div|/h\d|/li)[^<>]{0,200}>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,2000}>")


def read_things(root: HtmlElement) -> list[Thing]:
    """Return every JSON-LD object of the page, outer ones first; what cannot be read is left out."""
    things: list[Thing] = []
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text:
            try:
                data = json.loads(_WRAPPER.sub("", script.text.strip()).strip(), strict=False)
            except (ValueError, RecursionError):
                continue
            for thing in _walk(data):
                things.append(thing)
                if len(things) >= MAX_THINGS:
                    return things
    return things


def _walk(data: object) -> Iterator[Thing]:
    """Yield each object in ``data`` down to ``MAX_NESTING``, in document order."""
    stack: list[tuple[object, int]] = [(data, 0)]
    while stack:
        value, depth = stack.pop()
        if isinstance(value, dict):
            yield value
            inner = list(value.values())
        elif isinstance(value, list):
            inner = value
        else:
            continue
        if depth < MAX_NESTING:
            stack.extend((child, depth + 1) for child in reversed(inner) if isinstance(child, dict | list))


def article_body(things: list[Thing], is_own: Callable[[str], bool]) -> str:
    """Return the page's ``articleBody`` as plain text, its paragraphs on lines of their own; empty when there is none.

    Of several, that of the article whose headline ``is_own``, else the first: the others are appended articles'.
    """
    bodies = [(body, thing.get("headline")) for thing in things if (body := _body_of(thing))]
    own = [body for body, headline in bodies if isinstance(headline, str) and is_own(headline)]
    best = max(own, key=len) if own else bodies[0][0] if bodies else ""
    if "&" in best:
        best = html.unescape(best)
    if "</" in best or "<br" in best or "<p" in best:
        best = _TAG.sub("", _BREAK.sub("\n", best))
    return best.strip()


def _body_of(thing: Thing) -> str:
    body = thing.get("articleBody") or thing.get("reviewBody")
    if isinstance(body, list):
        body = "\n".join(str(part) for part in body)
    return body if isinstance(body, str) else ""


def types(thing: Thing) -> frozenset[str]:
    """Return the names in ``@type``, without their vocabulary's address."""
    value = thing.get("@type")
    values = value if isinstance(value, list) else [value]
    return frozenset(str(name).rpartition("/")[2] for name in values if isinstance(name, str))


ARTICLE_TYPES: Final = word_set(
    "Article NewsArticle BlogPosting ReportageNewsArticle AnalysisNewsArticle OpinionNewsArticle BackgroundNewsArticle "
    "ReviewNewsArticle TechArticle ScholarlyArticle Report LiveBlogPosting SocialMediaPosting SatiricalArticle "
    "AdvertiserContentArticle Review CreativeWork MedicalScholarlyArticle Blog"
)


def articles(things: list[Thing]) -> list[Thing]:
    """Return the objects that describe an article."""
    return [thing for thing in things if types(thing) & ARTICLE_TYPES]
