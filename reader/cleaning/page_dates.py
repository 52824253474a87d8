"""When a page says that its article was published and changed, and where on the page to look for it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from .dates import read_date
from .tree import HtmlElement, names, text_of, word_set

PUBLISHED_META: Final = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished", "parsely-pub-date", "sailthru.date",
    "citation_publication_date", "citation_date", "dc.date.issued", "dcterms.issued", "dc.date.created", "dcterms.created",
    "publishdate", "publish-date", "publish_date", "published-date", "publication_date", "pubdate", "article.published",
    "cxenseparse:recs:publishtime", "dcsext.articlefirstpublished", "shareaholic:article_published_time", "article_date_original",
    "originalpublicationdate", "dc.date", "dcterms.date", "created", "date", "datecreated", "displaydate", "article.created", "pdate", "ptime",
    "rnews:datepublished", "article:post_date", "uploaddate",
)  # fmt: skip
MODIFIED_META: Final = (
    "article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "dc.date.modified", "lastmod", "last-modified",
    "modified", "article.updated", "revised",
)  # fmt: skip
_DATE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:date|time|datetime|published|pub-?date|publish-?date|time-?stamp|posted|dateline|updated|date-?time|created)"
    r"(?=$|[\s_-])",
    re.IGNORECASE,
)
_HOLDERS: Final = word_set("span div p li small em abbr b a i td h5 h6")
_DIGIT = re.compile(r"\d{4}")
DATE_LENGTHS: Final = (8, 120)
"""Characters of a text in which a date is looked for."""
MOST_DATES: Final = 60
_CASE = re.compile(r"(?<=[a-z])(?=[A-Z])")


def first_date(values: Iterable[object]) -> datetime | None:
    """Return the first date that can be read in the values."""
    return next(
        (date for value in values if isinstance(value, str) and (date := read_date(value)) is not None), None
    )


def date_in_markup(root: HtmlElement) -> datetime | None:
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
        elif len(classed) < 20 and tag in _HOLDERS:
            words = names(element)
            if words and _DATE_CLASS.search(_CASE.sub("-", words)):
                text = element.get("title") or element.get("data-timestamp") or ""
                classed += [text] if text else []
                if len(text := text_of(element)) < 150:
                    classed.append(text)
    return first_date([*timed, *classed])


def _may_be_date(text: str) -> bool:
    return DATE_LENGTHS[0] <= len(text.strip()) <= DATE_LENGTHS[1] and bool(_DIGIT.search(text))


def date_in_text(root: HtmlElement) -> datetime | None:
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
    return first_date(texts)
