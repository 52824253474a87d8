"""What the page says of its article, each piece with where it came from.

Data made for machines first (JSON-LD), then meta elements, then what stands on the page. A headline is checked: the
``h1`` counts when the document's title agrees with it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from ..text import clean_line
from . import authors
from .dates import date_in_address, read_date
from .headline import agree, words_of
from .inline import Addresses, absolute
from .structured import Thing, articles
from .tree import HtmlElement, breadth, names, text_of

LONGEST_TITLE: Final = 500
SHORTEST_HEADLINE: Final = 20
MOST_HEADINGS: Final = 12
AGREEING: Final = 0.5
"""The share of a heading's words that titles made for machines must have."""
_SEPARATOR = re.compile(r"\s+[|–—:»·•«-]+\s+|\s?[|»·•«]\s?")
_PUBLISHED_META: Final = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished", "parsely-pub-date", "sailthru.date",
    "citation_publication_date", "citation_date", "dc.date.issued", "dcterms.issued", "dc.date.created", "dcterms.created",
    "publishdate", "publish-date", "publish_date", "published-date", "publication_date", "pubdate", "article.published",
    "cxenseparse:recs:publishtime", "dcsext.articlefirstpublished", "shareaholic:article_published_time", "article_date_original",
    "originalpublicationdate", "dc.date", "dcterms.date", "created", "date", "datecreated", "displaydate", "article.created", "pdate", "ptime",
    "rnews:datepublished", "article:post_date", "uploaddate",
)  # fmt: skip
_MODIFIED_META: Final = (
    "article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "dc.date.modified", "lastmod", "last-modified",
    "modified", "article.updated", "revised",
)  # fmt: skip
_IMAGE_META: Final = (
    "og:image",
    "og:image:url",
    "og:image:secure_url",
    "twitter:image",
    "twitter:image:src",
    "thumbnail",
    "image",
)
_DATE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:date|time|datetime|published|pub-?date|publish-?date|time-?stamp|posted|dateline|updated|date-?time|created)"
    r"(?=$|[\s_-])",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d{4}")
DATE_LENGTHS: Final = (8, 120)
"""Characters of a text in which a date is looked for."""
MOST_DATES: Final = 60
_COMMENTS = re.compile(
    r"#(?:comments?|respond|disqus_thread|kommentare|comentarios|commentaires)$|/comments/?$", re.IGNORECASE
)
_CASE = re.compile(r"(?<=[a-z])(?=[A-Z])")


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


class _Page:
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
                found.setdefault(key, []).append(content.strip()[:5000])
                break
    return found


def read_metadata(
    root: HtmlElement, things: list[Thing], url: str, addresses: Addresses, feed_title: str = ""
) -> Metadata:
    """Return what the page says of its article; ``root`` must still be whole."""
    page = _Page(root, things, url, addresses)
    result = Metadata()

    def settle(name: str, *witnesses: tuple[str, Callable[[], Any]]) -> None:
        """Take the first witness that knows something."""
        for origin, ask in witnesses:
            if value := ask():
                setattr(result, name, value)
                result.origins[name] = origin
                return

    settle("title", *_title_witnesses(page, feed_title))
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
        ("json-ld", lambda: _first_date(_values(page.things, "datePublished", "dateCreated", "uploadDate"))),
        ("meta", lambda: _first_date(value for key in _PUBLISHED_META for value in page.meta.get(key, ()))),
        ("markup", lambda: _date_in_markup(root)),
        ("address", lambda: date_in_address(url)),
        ("text", lambda: _date_in_text(root)),
    )
    settle(
        "modified",
        ("json-ld", lambda: _first_date(_values(page.things, "dateModified"))),
        ("meta", lambda: _first_date(value for key in _MODIFIED_META for value in page.meta.get(key, ()))),
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
        ("json-ld", lambda: clean_line(next(_publisher_names(page.things), ""), limit=200)),
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
        ("json-ld", lambda: _topics(_values(page.things, "keywords"))),
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
        str(value).lower() == "false" for value in _values(page.all_things, "isAccessibleForFree")
    )
    described = [
        *page.meta.get("og:description", ()),
        *page.meta.get("description", ()),
        *page.meta.get("twitter:description", ()),
    ]
    described += [value for value in _values(page.things, "description") if isinstance(value, str)]
    result.descriptions = list(
        dict.fromkeys(words_of(html.unescape(text)) for text in described if len(text) > 30)
    )[:6]
    return result


def _values(things: list[Thing], *keys: str) -> Iterator[object]:
    """Yield the values of the keys in the things, lists unrolled, the first key first."""
    for key in keys:
        for thing in things:
            value = thing.get(key)
            for one in value if isinstance(value, list) else [value]:
                if one is not None:
                    yield one


def _first_date(values: Iterable[object]) -> datetime | None:
    return next(
        (date for value in values if isinstance(value, str) and (date := read_date(value)) is not None), None
    )


# ------------------------------------------------------------------------------------------- the title


def _title_witnesses(page: _Page, feed_title: str) -> list[tuple[str, Callable[[], str]]]:
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


def _plain(text: str) -> str:
    return clean_line(html.unescape(text), limit=LONGEST_TITLE)


def _title_of_things(page: _Page) -> str:
    """Return the first headline of the page's data that agrees with its title, else the first."""
    claims = [_plain(value) for value in _values(page.things, "headline") if isinstance(value, str)]
    title = words_of(page.document_title)
    return next((claim for claim in claims if agree(words_of(claim), title)), claims[0] if claims else "")


def _shared_title(page: _Page) -> str:
    return _plain(page.first_meta(("og:title", "twitter:title", "dc.title", "title")))


def _headings(root: HtmlElement) -> Iterator[str]:
    for heading in list(root.iter("h1"))[:MOST_HEADINGS]:
        if text := clean_line(text_of(heading), limit=LONGEST_TITLE):
            yield text


def _agreeing_heading(page: _Page, feed_title: str) -> str:
    """Return the ``h1`` that shares most words with the titles made for machines, when that is most of its words."""
    told = (feed_title, _title_of_things(page), _shared_title(page), page.document_title)
    witnesses = [set(words.split()) for text in told if len(words := words_of(text)) > 5]
    best, best_share = "", 0.0
    for heading in _headings(page.root):
        own = set(words_of(heading).split())
        if len(own) < 2 or _is_site(heading, page):
            continue
        share = max((len(own & witness) / len(own) for witness in witnesses), default=0.0)
        if share > best_share:
            best, best_share = heading, share
    return best if best_share >= AGREEING else ""


def _only_heading(page: _Page) -> str:
    """Return the page's one ``h1``, when it reads like a headline and stands where headlines do."""
    headings = list(page.root.iter("h1"))
    if len(headings) != 1:
        return ""
    text = clean_line(text_of(headings[0]), limit=LONGEST_TITLE)
    return text if breadth(text) >= SHORTEST_HEADLINE and not _is_site(text, page) else ""


def _is_site(text: str, page: _Page) -> bool:
    """Tell whether a heading is the site's name."""
    words = words_of(text)
    names_of_site = (
        page.first_meta(("og:site_name", "application-name")),
        next(_publisher_names(page.things), ""),
    )
    return any(words == words_of(name) for name in names_of_site if name)


def _without_site(title: str, page: _Page) -> str:
    """Return a title without the site's name at its end or beginning."""
    site = words_of(
        page.first_meta(("og:site_name", "application-name")) or next(_publisher_names(page.things), "")
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


# ------------------------------------------------------------------------------------------- the date


def _date_in_markup(root: HtmlElement) -> datetime | None:
    """Return the date in microdata, a ``time`` element, or an element whose class says date, in this order."""
    timed: list[str] = []
    classed: list[str] = []
    for element in root.iter():
        tag = element.tag
        if (element.get("itemprop") or "").lower() in ("datepublished", "datecreated"):
            text = element.get("content") or element.get("datetime") or text_of(element)
            if date := read_date(text):
                return date
        if tag == "time" and len(timed) < 5:
            timed.append(element.get("datetime") or text_of(element))
        elif len(classed) < 20 and tag in (
            "span",
            "div",
            "p",
            "li",
            "small",
            "em",
            "abbr",
            "b",
            "a",
            "i",
            "td",
            "h5",
            "h6",
        ):
            words = names(element)
            if words and _DATE_CLASS.search(_CASE.sub("-", words)):
                text = element.get("title") or element.get("data-timestamp") or ""
                classed += [text] if text else []
                if len(text := text_of(element)) < 150:
                    classed.append(text)
    return _first_date([*timed, *classed])


def _may_be_date(text: str) -> bool:
    return DATE_LENGTHS[0] <= len(text.strip()) <= DATE_LENGTHS[1] and bool(_DIGIT.search(text))


def _date_in_text(root: HtmlElement) -> datetime | None:
    """Return the first date in a short text of the page, after its first headline when there is one: a last resort."""
    body = root.find("body")
    if body is None:
        return None
    texts: list[str] = []
    heading = next(body.iter("h1"), None)
    begun = heading is None
    for element in body.iter():
        if element.tag in ("script", "style", "noscript"):
            continue
        begun = begun or element is heading
        if begun:
            texts += [text for text in (element.text, element.tail) if text and _may_be_date(text)]
        if len(texts) > MOST_DATES:
            break
    return _first_date(texts)


# ------------------------------------------------------------------------------------------- the rest


def _persons(found: tuple[str, ...], page: _Page) -> tuple[str, ...]:
    """Return the names that are not the site's or its publisher's own."""
    return tuple(name for name in found if not _is_site(name, page))


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
    for value in _values(things, "image", "thumbnailUrl"):
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            address = value.get("url") or value.get("contentUrl")
            for one in address if isinstance(address, list) else [address]:
                if isinstance(one, str):
                    yield one


def _publisher_names(things: list[Thing]) -> Iterator[str]:
    for value in _values(things, "publisher"):
        name = value.get("name") if isinstance(value, dict) else value
        if isinstance(name, str):
            yield name


def _language(text: str) -> str:
    match = re.match(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,2}$", text.strip()[:30])
    return match.group().replace("_", "-").lower() if match else ""


def _topics(values: Iterable[object]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for value in values:
        if isinstance(value, str):
            for part in value.split(","):
                if 1 < len(topic := _plain(part)) <= 60:
                    found[topic] = None
    return tuple(found)[:20]
