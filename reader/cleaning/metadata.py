"""What the page says of its article, each piece with where it came from.

Data made for machines first (JSON-LD), then meta elements, then what stands on the page; for the title the other way
round (see ``title``).
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any, Final

from ..records import dataclass, field
from ..text import clean_line
from . import authors
from .dates import date_in_address
from .headline import words_of
from .inline import Addresses, absolute
from .page_data import Page, is_site, plain, publisher_names, values
from .page_dates import MODIFIED_META, PUBLISHED_META, date_in_markup, date_in_text, first_date
from .structured import Thing
from .title import title_witnesses
from .tree import HtmlElement

_IMAGE_META: Final = (
    "og:image",
    "og:image:url",
    "og:image:secure_url",
    "twitter:image",
    "twitter:image:src",
    "thumbnail",
    "image",
)
_COMMENTS = re.compile(
    r"#(?:comments?|respond|disqus_thread|kommentare|comentarios|commentaires)$|/comments/?$", re.IGNORECASE
)


@dataclass(slots=True)
class Metadata:
    """What was found, and where; empty where nothing was."""

    title: str = ""
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    modified: datetime | None = None
    site: str = ""
    language: str = ""
    lead_image: str = ""
    canonical_url: str = ""
    comments_url: str = ""
    next_page: str = ""
    topics: tuple[str, ...] = ()
    paywalled: bool = False
    descriptions: list[str] = field(default_factory=list)
    """What the page says the article is about, as ``words_of`` gives it."""
    origins: dict[str, str] = field(default_factory=dict)


def read_metadata(
    root: HtmlElement, things: list[Thing], url: str, addresses: Addresses, feed_title: str = ""
) -> Metadata:
    """Return what the page says of its article; ``root`` must still be whole."""
    page = Page(root, things, url, addresses)
    result = Metadata()

    def settle(name: str, *witnesses: tuple[str, Callable[[], Any]]) -> None:
        """Take the first witness that knows something."""
        for origin, ask in witnesses:
            if value := ask():
                setattr(result, name, value)
                result.origins[name] = origin
                return

    settle("title", *title_witnesses(page, feed_title))
    settle(
        "authors",
        ("json-ld", lambda: _persons(authors.from_things(page.things), page)),
        ("meta", lambda: _persons(authors.from_meta(page.meta), page)),
        ("markup", lambda: authors.from_markup(root)),
        ("json-ld", lambda: authors.from_things(page.things)),
        ("meta", lambda: authors.from_meta(page.meta)),
    )
    settle(
        "published",
        ("json-ld", lambda: first_date(values(page.things, "datePublished", "dateCreated", "uploadDate"))),
        ("meta", lambda: first_date(value for key in PUBLISHED_META for value in page.meta.get(key, ()))),
        ("markup", lambda: date_in_markup(root)),
        ("address", lambda: date_in_address(url)),
        ("text", lambda: date_in_text(root)),
    )
    settle(
        "modified",
        ("json-ld", lambda: first_date(values(page.things, "dateModified"))),
        ("meta", lambda: first_date(value for key in MODIFIED_META for value in page.meta.get(key, ()))),
    )
    settle(
        "lead_image",
        ("meta", lambda: addresses.image(page.first_meta(_IMAGE_META))),
        ("json-ld", lambda: addresses.image(next(_image_addresses(page.things), ""))),
        ("link", lambda: addresses.image(_link(root, "image_src"))),
    )
    settle(
        "site",
        ("meta", lambda: clean_line(page.first_meta(("og:site_name", "application-name")), limit=200)),
        ("json-ld", lambda: clean_line(next(publisher_names(page.things), ""), limit=200)),
    )
    settle(
        "canonical_url",
        ("link", lambda: absolute(_link(root, "canonical"), url)),
        ("meta", lambda: absolute(page.first_meta(("og:url",)), url)),
    )
    settle(
        "language",
        ("html", lambda: _language(root.get("lang") or root.get("xml:lang") or "")),
        ("meta", lambda: _language(page.first_meta(("content-language", "og:locale")))),
    )
    settle(
        "topics",
        ("json-ld", lambda: _topics(values(page.things, "keywords"))),
        (
            "meta",
            lambda: _topics(
                page.meta.get("article:tag")
                or page.meta.get("news_keywords")
                or page.meta.get("keywords")
                or ()
            ),
        ),
    )
    settle(
        "comments_url",
        ("link", lambda: absolute(_link(root, "replies"), url)),
        ("markup", lambda: _comments_link(root, url)),
    )
    settle("next_page", ("link", lambda: absolute(_link(root, "next"), url)))
    result.paywalled = any(
        str(value).lower() == "false" for value in values(page.all_things, "isAccessibleForFree")
    )
    result.descriptions = _descriptions(page)
    return result


def _descriptions(page: Page) -> list[str]:
    """Return what the page says the article is about, as ``words_of`` gives it."""
    keys = ("og:description", "description", "twitter:description")
    described: list[object] = [value for key in keys for value in page.meta.get(key, ())]
    described += values(page.things, "description")
    texts = (words_of(html.unescape(text)) for text in described if isinstance(text, str) and len(text) > 30)
    return list(dict.fromkeys(texts))[:6]


def _persons(found: tuple[str, ...], page: Page) -> tuple[str, ...]:
    """Return the names that are not the site's or its publisher's own."""
    return tuple(name for name in found if not is_site(name, page))


def _link(root: HtmlElement, rel: str) -> str:
    for link in root.iter("link"):
        if rel in (link.get("rel") or "").lower().split() and link.get("href"):
            return link.get("href") or ""
    return ""


def _comments_link(root: HtmlElement, url: str) -> str:
    """Return where a link that leads to the comments leads; a place in the same page counts."""
    for link in root.iter("a"):
        href = link.get("href") or ""
        if _COMMENTS.search(href[-80:]):
            return absolute(url.partition("#")[0] + href if href.startswith("#") else href, url)
    return ""


def _image_addresses(things: list[Thing]) -> Iterator[str]:
    for value in values(things, "image", "thumbnailUrl"):
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            address = value.get("url") or value.get("contentUrl")
            for one in address if isinstance(address, list) else [address]:
                if isinstance(one, str):
                    yield one


def _language(text: str) -> str:
    match = re.match(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,2}$", text.strip()[:30])
    return match.group().replace("_", "-").lower() if match else ""


def _topics(values: Iterable[object]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for value in values:
        if isinstance(value, str):
            for part in value.split(","):
                if 1 < len(topic := plain(part)) <= 60:
                    found[topic] = None
    return tuple(found)[:20]
