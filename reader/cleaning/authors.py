"""Who wrote it: names out of data, meta elements and bylines."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from ..text import clean_line
from .structured import Thing, types
from .tree import HtmlElement, fold, names

LONGEST_NAME: Final = 60
MOST_WORDS: Final = 6
MOST: Final = 12

_BY = re.compile(
    r"^\W{0,3}(?:(?:written|posted|story|text|words|reporting|reported|published|article|review(?:ed)?|a review|created|photos?)\s+)?"
    r"(?:by|von|par|por|di|av|door|przez|autor(?:in|a)?|author|автор|text|texte)\b\s{0,3}[:：]?\s{1,3}",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s*(?:;|\||•|·|&| / |\s(?:and|und|et|y|e|og|och|with|mit)\s)\s*", re.IGNORECASE)
_AFTER = re.compile(
    r"\s*(?:[|•·–—(\[<]|\s-\s|(?:,|\s)\s*(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|(?:published|updated|posted|on)\b|@|"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?\s\d)|\d{1,2}[:./]\d).*$",
    re.IGNORECASE,
)
_TITLE_WORDS = re.compile(
    r"\b(?:staff|editors?|reporters?|writers?|correspondents?|contributors?|columnists?|journalists?|redakt\w+|rédaction|redacción|"
    r"producers?|news|press|photographers?|guest|special|senior|chief|associated|agency|bureau|desk|for)\b",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"https?:|www\.|@|[<>{}=\[\]/\\]|\b(?:admin(?:istrator)?|unknown|null|undefined|none|e-?mail|follow|share|archive|rss|feed|view|"
    r"more|profile|biography|posts?|articles?|contact|subscribe|comments?|updated|published)\b",
    re.IGNORECASE,
)
_BY_ALONE = re.compile(
    r"\s{0,40}(?:written\s+)?(?:by|von|par|por|di|av|door|autor(?:in)?)\s{0,3}:?\s{0,40}$", re.IGNORECASE
)
_AUTHOR_PAGE = re.compile(
    r"/(?:authors?|contributors?|staff|editors?|people|autor(?:en)?|columnists?|reporters?|profile)/[\w.%-]{3,80}/?$",
    re.IGNORECASE,
)
_BYLINE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:by-?line|author|writer|contributor|creator)s?(?:-?(?:name|link))?(?=$|[\s_-])",
    re.IGNORECASE,
)
_NOT_BYLINE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:bio|about|avatar|image|img|photo|pic|picture|related|comments?|social|follow|twitter|email|date|time|title|role|job|"
    r"desc\w*|more|sidebar|widget|footer|nav|menu|icons?)(?=$|[\s_-])",
    re.IGNORECASE,
)
_META: Final = (
    "article:author", "author", "article:author_name", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "dc.contributor", "byl",
    "citation_author", "shareaholic:article_author_name", "rbauthors", "cxenseparse:author", "og:article:author",
)  # fmt: skip


def names_in(text: str) -> tuple[str, ...]:
    """Return the names in a byline: ``By Ada Lovelace and Grace Hopper, Staff`` gives two."""
    text = _BY.sub("", clean_line(text[:400]))
    text = _BY.sub("", _AFTER.sub("", text))
    found = []
    for part in _SEPARATOR.split(text):
        pieces = [piece.strip() for piece in part.split(",")]
        for place, piece in enumerate(pieces):
            if place and _TITLE_WORDS.search(piece):
                break  # "Ada Lovelace, Staff Writer, London"
            name = _name(piece)
            if name and name not in found:
                found.append(name)
    return tuple(found[:MOST])


def _name(text: str) -> str:
    text = _BY.sub("", text.strip(" \t.,:;-–—*'\"“”«»")).strip()
    if (
        not 2 <= len(text) <= LONGEST_NAME
        or len(text.split()) > MOST_WORDS
        or sum(map(str.isdigit, text)) > 2
    ):
        return ""
    if _NO_NAME.search(text) or _BY_ALONE.match(text):
        return ""
    return text.title() if text.isupper() and " " in text and text.isascii() else text


def from_things(things: list[Thing]) -> tuple[str, ...]:
    """Return the authors that JSON-LD names, persons before organisations."""
    for thing in things:
        author = thing.get("author") or thing.get("creator")
        persons: list[str] = []
        others: list[str] = []
        for one in author if isinstance(author, list) else [author]:
            if isinstance(one, str):
                persons += names_in(one)
            elif isinstance(one, dict):
                name = one.get("name")
                for each in name if isinstance(name, list) else [name]:
                    if isinstance(each, str):
                        (others if "Organization" in types(one) else persons).extend(names_in(each))
        if persons or others:
            return tuple(dict.fromkeys(persons or others))
    return ()


def from_meta(meta: dict[str, list[str]]) -> tuple[str, ...]:
    """Return the authors that meta elements name."""
    for key in _META:
        found = [name for value in meta.get(key, []) for name in names_in(value)]
        if found:
            return tuple(dict.fromkeys(found))[:MOST]
    return ()


def from_markup(root: HtmlElement) -> tuple[str, ...]:
    """Return the authors that the page's markup names: ``rel=author``, microdata, then a byline by its class."""
    body = root.find("body")
    if body is None:
        return ()
    by_rel, by_data, by_class = [], [], []
    for element in body.iter():
        if element.tag in ("script", "style", "img", "svg", "body", "article", "main"):
            continue
        if "author" in (element.get("rel") or "").lower().split():
            by_rel.append(element)
        elif (element.get("itemprop") or "").lower() in ("author", "creator"):
            by_data.append(element)
        else:
            words = names(element)
            if words and _BYLINE_CLASS.search(words) and not _NOT_BYLINE_CLASS.search(words):
                by_class.append(element)
    return (
        _first_names(by_data, inner=True)
        or _first_names(by_rel)
        or _first_names(by_class, inner=True)
        or _signed(body)
    )


def _signed(body: HtmlElement) -> tuple[str, ...]:
    """Return the names after a "By" that begins a short text, or in the first link to an author's page."""
    for element in body.iter():
        text = element.text or ""
        if text and len(text) < 30 and _BY_ALONE.match(text):
            parent = element.getparent()
            whole = (
                _spaced(element)
                if len(_spaced(element)) > len(text.strip()) + 3
                else _spaced(parent)
                if parent is not None
                else ""
            )
            if 5 < len(whole) < 120 and (found := names_in(whole)):
                return found
    for link in body.iter("a"):
        if _AUTHOR_PAGE.search(link.get("href") or "") and (found := names_in(_spaced(link))):
            return found
    return ()


def _first_names(elements: Iterable[HtmlElement], *, inner: bool = False) -> tuple[str, ...]:
    """Return the names in the first element that has any, and in its like siblings."""
    first: HtmlElement | None = None
    found: list[str] = []
    for element in elements:
        if first is not None and (element.getparent() is not first.getparent()):
            continue
        text = element.get("content") or _byline_text(element, inner=inner)
        if not 3 <= len(text) <= 200:
            continue
        new = names_in(text)
        if new:
            first = first if first is not None else element
            found += new
    return tuple(dict.fromkeys(found))[:MOST]


def _byline_text(element: HtmlElement, *, inner: bool) -> str:
    """Return the text that names the authors: that of the links in a byline when there are any."""
    if inner:
        named = [e for e in element.iter() if (e.get("itemprop") or "").lower() == "name"]
        links = [e for e in element.iter("a") if len(_spaced(e)) > 3]
        for group in (named, links):
            texts = [e.get("content") or _spaced(e) for e in group]
            if texts:
                return "; ".join(dict.fromkeys(text for text in texts if text))
    return _spaced(element)


def _spaced(element: HtmlElement) -> str:
    """Return the text of an element with its pieces set apart: ``<b>By</b><a>Ada</a>`` is two words."""
    return fold(" ".join(element.itertext()))
