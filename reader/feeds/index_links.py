"""The links of a page that may lead to its articles, each with the title it is known by.

A front page links to the same article several times: by picture, headline, date and "read more". So links are grouped by
address first, and the longest telling text becomes the title. What is furniture is left out: navigation, sections, tags,
authors, files, and links inside running prose.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Final
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from ..records import dataclass
from ..text import clean_line
from .dates import parse_date
from .markup import web_address

MAX_LINKS: Final = 5000
"""Links looked at on one page."""

_BLOCKS: Final = frozenset(
    {"address", "article", "blockquote", "body", "dd", "div", "dt", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5",
     "h6", "header", "li", "main", "ol", "p", "section", "table", "tbody", "td", "th", "tr", "ul"}
)  # fmt: skip
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_FURNITURE_TAGS: Final = frozenset({"nav", "footer", "aside", "form", "menu", "dialog", "noscript"})
_FURNITURE_ROLES: Final = frozenset({"navigation", "contentinfo", "search", "menu"})
_NEVER_FURNITURE: Final = frozenset({"html", "body", "main", "article", "a"}) | _HEADINGS
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|footer|foot|sidebar|breadcrumbs?|pagination|pager|share|social|cookie"
    r"|consent|newsletter|subscribe|login|related|tags?|comments?|promo|advert\w*|ads?)(?:$|[\s_-])",
    re.IGNORECASE,
)
_NO_ARTICLE = re.compile(
    r"/(?:tags?|topics?|categor(?:y|ies)|kategorien?|authors?|autor(?:en)?|users?|people|pages?|seite|login|signin|signup"
    r"|register|account|subscribe|abo|newsletters?|about|about-us|contact|kontakt|impressum|imprint|privacy|datenschutz"
    r"|terms|agb|legal|cookies?|search|suche|jobs|careers|advertise|faq|help|feeds?|rss|wp-login\.php|wp-admin|cart|shop)"
    r"(?:/|$|\.|\?)",
    re.IGNORECASE,
)
_FILE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|avif|mp[34]|m4[av]|webm|ogg|wav|pdf|zip|gz|epub|xml|json|css|js)$",
    re.IGNORECASE,
)
_EMPTY_TITLE = re.compile(
    r"(?:\W*(?:read|continue reading|learn|show|see)\W*more\b.*|continue reading\b.*|more|weiterlesen|mehr(?: lesen)?"
    r"|lire la suite|leer más|permalink|link|comments?|\d+ comments?|kommentare?|full story|watch|listen|next|previous"
    r"|older(?: posts)?|newer(?: posts)?|home|share|reply|#|\W*)",
    re.IGNORECASE,
)
_DATE_WORDS = re.compile(
    r"(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|[ap]m|at|on|ago|yesterday|today)\w*",
    re.IGNORECASE,
)
_PATH_DATE = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])(?:[/-](0?[1-9]|[12]\d|3[01]))?(?=[/-]|$)")
_SLUG = re.compile(r"/[^/?]*[^/?_-][_-]+[^/?_-]+[_-]+[^/?]*/?(?:\?|$)")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SECOND_LEVEL: Final = frozenset({"ac", "co", "com", "edu", "gob", "gov", "govt", "ne", "net", "or", "org"})


@dataclass(frozen=True, slots=True)
class Link:
    """An address on a page that may be an article's."""

    url: str
    title: str
    signature: str
    """How the title is set: the elements around it."""
    shape: str
    """The address with its words and numbers taken out."""
    heading: bool
    dated: bool
    """The address has a date or a long slug in it, or a time stands beside the title."""
    in_article: bool = False
    """It stands in an ``article`` element."""
    published: datetime | None = None
    summary: str = ""
    image_url: str = ""


@dataclass(slots=True)
class _Found:
    """The best anchor seen so far for an address."""

    anchor: HtmlElement
    title: str
    beside: datetime | None = None
    """The date that stands beside it and is all that does: ``<li>2026-05-01 <a>Title</a></li>``."""


def links_of(root: HtmlElement, base: str, now: datetime) -> tuple[Link, ...]:
    """Return the links of a page that may lead to articles, in the page's order, each address once."""
    found: dict[str, _Found] = {}
    for anchor in _anchors(root):
        url = article_address(anchor.get("href") or "", base)
        if not url:
            continue
        title = _title_of(anchor)
        known = found.get(url)
        if known is None:
            found[url] = _Found(anchor, title)
        elif len(title) > len(known.title):
            known.anchor, known.title = anchor, title
    lengths: dict[HtmlElement, int] = {}
    for item in found.values():
        item.beside = _date_beside(item.anchor, lengths, now)
    telling = {
        url: item
        for url, item in found.items()
        if item.title and (item.beside or not _in_prose(item.anchor, lengths))
    }
    shared = Counter(ancestor for item in telling.values() for ancestor in _ancestors(item.anchor, 8))
    return tuple(_link(url, item, shared, base, now) for url, item in telling.items())


def article_address(href: str, base: str) -> str:
    """Return the absolute address when it can be that of an article of the same site, else nothing."""
    url = web_address(href.partition("#")[0], base) if href.strip() else ""
    if not url:
        return ""
    parts = urlsplit(url)
    path = parts.path.rstrip("/")
    if site_of(parts.hostname or "") != site_of(urlsplit(base).hostname or ""):
        return ""
    if not parts.query and path in ("", urlsplit(base).path.rstrip("/")):
        return ""
    return "" if _NO_ARTICLE.search(path + "/") or _FILE.search(path) else url


def site_of(host: str) -> str:
    """Return the registrable part of a host: near enough to the public suffix list to compare two links of a page."""
    labels = host.lower().split(".")
    keep = 3 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL else 2
    return ".".join(labels[-keep:])


def shape_of(url: str) -> str:
    """Return an address with numbers as ``N`` and anything else as ``w``: ``N/N/w``."""
    path = urlsplit(url).path.strip("/")
    return "/".join("N" if part.isdigit() else "w" for part in path.split("/"))


def path_date(url: str, now: datetime) -> datetime | None:
    """Return the day in an address such as ``/2024/05/17/``; a month alone is no date."""
    match = _PATH_DATE.search(urlsplit(url).path)
    return parse_date(f"{match[1]}-{match[2]:0>2}-{match[3]:0>2}", now) if match and match[3] else None


def word_count(title: str) -> int:
    """Return the number of words; two characters of a script without spaces count as one."""
    return len(_CJK.sub(" ", title).split()) + len(_CJK.findall(title)) // 2


def _anchors(root: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the anchors outside furniture; whole subtrees of furniture are passed over."""
    half = sum(1 for _ in root.iter("a")) // 2
    pending = [root]
    seen = 0
    while pending and seen < MAX_LINKS:
        element = pending.pop()
        if not isinstance(element.tag, str) or _is_furniture(element, half):
            continue
        if element.tag == "a":
            seen += 1
            yield element
        pending.extend(reversed(list(element)))


def _is_furniture(element: HtmlElement, half: int) -> bool:
    """Tell whether an element frames the page; what holds ``half`` of its links is the page, whatever its class says."""
    if element.tag in _FURNITURE_TAGS or element.get("role") in _FURNITURE_ROLES:
        return True
    if element.tag in _NEVER_FURNITURE:
        return False
    if not _FURNITURE.search(f"{element.get('class') or ''} {element.get('id') or ''}"[:300]):
        return False
    return sum(1 for _ in islice(element.iter("a"), half + 1)) <= half


def _title_of(anchor: HtmlElement) -> str:
    """Return what the anchor says: its heading, else its text, else its picture's description."""
    heading = next((child for child in anchor.iter(*_HEADINGS)), None)
    text = clean_line(str((anchor if heading is None else heading).text_content()), limit=300)
    if not text:
        picture = next((child for child in anchor.iter("img")), None)
        text = clean_line(picture.get("alt") or "", limit=300) if picture is not None else ""
    return "" if _says_nothing(text) else text


def _says_nothing(text: str) -> bool:
    """Tell whether a text is "read more", a count or a date and so no title."""
    if not text or _EMPTY_TITLE.fullmatch(text):
        return True
    return not any(map(str.isalpha, _DATE_WORDS.sub("", text)))


def _in_prose(anchor: HtmlElement, lengths: dict[HtmlElement, int]) -> bool:
    """Tell whether the link is a part of running text: less than 60 % of its block."""
    if any(child.tag in _BLOCKS for child in anchor.iter() if child is not anchor):
        return False  # a card: the link holds the block, not the block the link
    return _length(anchor) < 0.6 * _measured(_block(anchor), lengths)


def _date_beside(anchor: HtmlElement, lengths: dict[HtmlElement, int], now: datetime) -> datetime | None:
    """Return the date that the link's block holds besides the link, when it holds nothing else."""
    block = _block(anchor)
    if _measured(block, lengths) > 400:
        return None
    own, whole = clean_line(str(anchor.text_content())), clean_line(str(block.text_content()))
    return parse_date(whole.replace(own, "", 1).strip(" -–—|·:,()[]"), now) if own else None


def _block(anchor: HtmlElement) -> HtmlElement:
    return next((parent for parent in anchor.iterancestors() if parent.tag in _BLOCKS), anchor)


def _measured(block: HtmlElement, lengths: dict[HtmlElement, int]) -> int:
    """Return the length of a block's text; a block of five thousand links is measured once."""
    if block not in lengths:
        lengths[block] = _length(block)
    return lengths[block]


def _length(element: HtmlElement) -> int:
    return len("".join(str(element.text_content()).split()))


def _ancestors(element: HtmlElement, most: int) -> Iterator[HtmlElement]:
    for count, parent in enumerate(element.iterancestors()):
        if count >= most:
            return
        yield parent


def _link(url: str, item: _Found, shared: Counter[HtmlElement], base: str, now: datetime) -> Link:
    anchor = item.anchor
    around = [parent for parent in _ancestors(anchor, 4) if parent.tag not in ("body", "html")]
    own = anchor
    for parent in _ancestors(anchor, 8):
        if shared[parent] > 1:
            break
        own = parent
    heading = any(element.tag in _HEADINGS for element in (*around[:2], *anchor.iter()))
    published = _time_in(own, now) or path_date(url, now) or item.beside
    return Link(
        url,
        item.title,
        signature=">".join(_sign(element) for element in reversed([anchor, *around[:3]])),
        shape=shape_of(url),
        heading=heading,
        dated=published is not None or bool(_PATH_DATE.search(url) or _SLUG.search(url)),
        in_article=any(parent.tag == "article" for parent in _ancestors(anchor, 8)),
        published=published,
        summary=_summary_in(own, item.title),
        image_url=_image_in(own, base),
    )


def _sign(element: HtmlElement) -> str:
    tag, names = str(element.tag), (element.get("class") or "").split()
    return f"{tag}.{re.sub('[0-9]+', 'N', names[0])[:40]}" if names else tag


def _time_in(element: HtmlElement, now: datetime) -> datetime | None:
    for time in element.iter("time"):
        if moment := parse_date(time.get("datetime") or str(time.text_content()), now):
            return moment
    return None


def _summary_in(element: HtmlElement, title: str) -> str:
    """Return the first paragraph of the entry's block that says more than the title."""
    for paragraph in element.iter("p"):
        text = clean_line(str(paragraph.text_content()), limit=500)
        if len(text) > 40 and not text.startswith(title):
            return text
    return ""


def _image_in(element: HtmlElement, base: str) -> str:
    for picture in element.iter("img"):
        if url := web_address(picture.get("src") or picture.get("data-src") or "", base):
            return url
    return ""
