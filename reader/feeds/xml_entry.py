"""One ``item`` or ``entry`` element to an entry.

Publishers mix formats: an RSS item carries Atom, Dublin Core, Media RSS and iTunes elements. So there is one table
from an element's name to what is done with it, whatever the format of the feed; the order of belief between elements
that say the same thing is in the methods.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from datetime import datetime
from typing import Final

from lxml.etree import _Element

from ..model import Enclosure
from .dates import parse_date
from .draft import EntryDraft, person
from .markup import (
    absolute,
    from_plain,
    inner_html,
    looks_like_html,
    resolve,
    text_of,
    web_address,
    without_tags,
)
from .names import Names, local

_XML: Final = "{http://www.w3.org/XML/1998/namespace}"
_ABOUT: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_TITLE_HTML: Final = 20_000
"""Characters of a title looked at, tags included."""
_PLAIN: Final = frozenset({"text", "text/plain", "plain"})


class Document:
    """What reading an element needs to know of the document around it."""

    def __init__(self, url: str, root: _Element, now: datetime) -> None:
        self.url = url
        self.names = Names(root)
        self._has_bases = bool(root.xpath("boolean(//@xml:base)"))
        self.now = now

    def base(self, element: _Element) -> str:
        """Return the address that relative ones inside ``element`` refer to (xml:base, RFC 3986 section 5.1)."""
        if not self._has_bases:
            return self.url
        bases = []
        node: _Element | None = element
        while node is not None:
            if (base := node.get(_XML + "base")) is not None:
                bases.append(base)
            node = node.getparent()
        url = self.url
        for base in reversed(bases):
            url = absolute(base, url) or url
        return url

    def link(self, element: _Element, address: str | None) -> str:
        """Return an address in ``element`` made absolute."""
        return absolute(address, self.base(element)) if address else ""

    def date(self, element: _Element) -> datetime | None:
        """Return the instant in ``element``."""
        return parse_date(text_of(element), self.now)

    def html(self, element: _Element) -> str:
        """Return the body in ``element`` as HTML: escaped, inline, base64 or plain (RFC 4287 section 3.1)."""
        kind = (element.get("type") or "").strip().lower()
        if len(element):
            return resolve(inner_html(element), self.base(element))
        text = text_of(element)
        if not text:
            return ""
        if element.get("mode", "").lower() == "base64" or _is_base64(kind):
            text = _decoded(text)
        elif (kind in _PLAIN or not kind) and self.names.is_atom(element) and not looks_like_html(text):
            return from_plain(text)
        return resolve(text, self.base(element))

    def title(self, element: _Element) -> str:
        """Return the title in ``element`` as text."""
        kind = (element.get("type") or "").strip().lower()
        if len(element):
            return without_tags(inner_html(element)[:_TITLE_HTML])
        text = text_of(element)[:_TITLE_HTML]
        if element.get("mode", "").lower() == "base64" or _is_base64(kind):
            text = _decoded(text)
        return text if kind in _PLAIN else without_tags(text)


def read_entry(document: Document, item: _Element) -> EntryDraft:
    """Return the entry in ``item``."""
    reader = _EntryReader(document, item)
    names = document.names
    for child in item.iterchildren("*"):
        handle = _HANDLERS.get(names[str(child.tag)])
        if handle is not None:
            handle(reader, child)
    return reader.finished()


class _EntryReader:
    """An entry being read, element by element.

    Of several elements that say the same the first is believed, of several dates the last (as ``feedparser`` does).
    """

    def __init__(self, document: Document, item: _Element) -> None:
        self.document = document
        self.item = item
        self.draft = EntryDraft(base_url=document.base(item), language=item.get(_XML + "lang") or "")
        self.fallback_title = ""
        self.guid_is_link = True
        self.link_is_html = False
        self.origin = ""
        self.media_text = ""
        self.media: list[Enclosure] = []
        self.created: datetime | None = None

    def title(self, element: _Element) -> None:
        self.draft.title = self.draft.title or self.document.title(element)

    def other_title(self, element: _Element) -> None:
        self.fallback_title = self.fallback_title or self.document.title(element)

    def link(self, element: _Element) -> None:
        address = element.get("href")
        if address is None:
            address = text_of(element)
        relation = (element.get("rel") or "alternate").strip().lower().rpartition("/")[2]
        url = self.document.link(element, address)
        if relation == "alternate":
            is_html = (element.get("type") or "text/html").lower() in ("text/html", "application/xhtml+xml")
            if url and (not self.draft.link or (is_html and not self.link_is_html)):
                self.draft.link, self.link_is_html = url, is_html
        elif relation == "enclosure" and url:
            self.enclose(url, element.get("type"), element.get("length"), element.get("title"))
        elif relation == "replies" and (element.get("type") or "text/html") == "text/html":
            self.draft.comments_url = self.draft.comments_url or url

    def guid(self, element: _Element) -> None:
        if text := text_of(element):
            self.draft.guid = text
            says = element.get("isPermaLink") or element.get("ispermalink") or "true"
            self.guid_is_link = says.strip().lower() != "false"

    def id(self, element: _Element) -> None:
        self.draft.guid = self.draft.guid or text_of(element)

    def original_link(self, element: _Element) -> None:
        self.origin = self.document.link(element, text_of(element))

    def published(self, element: _Element) -> None:
        self.draft.published = self.document.date(element) or self.draft.published

    def created_at(self, element: _Element) -> None:
        self.created = self.created or self.document.date(element)

    def updated(self, element: _Element) -> None:
        self.draft.updated = self.document.date(element) or self.draft.updated

    def author(self, element: _Element) -> None:
        if name := read_person(element):
            self.draft.authors.append(name)

    def summary(self, element: _Element) -> None:
        text = self.document.html(element)
        if not self.draft.summary:
            self.draft.summary = text
        elif len(text) > len(self.draft.content):
            self.draft.content = text

    def content(self, element: _Element) -> None:
        kind = (element.get("type") or "").lower()
        if element.get("src") and not text_of(element):
            url = self.document.link(element, element.get("src"))
            if kind.startswith(("audio/", "video/")):
                self.enclose(url, kind, None, None)
            return
        body = self.document.html(element)
        if len(body) > len(self.draft.content):
            self.draft.content = body

    def media_description(self, element: _Element) -> None:
        if self.media_text:
            return
        text = text_of(element)
        html = element.get("type", "").lower() == "html" or looks_like_html(text)
        self.media_text = resolve(text, self.draft.base_url) if html else from_plain(text)

    def media_group(self, element: _Element) -> None:
        for child in element.iterchildren("*"):
            handle = _MEDIA_HANDLERS.get(self.document.names[str(child.tag)])
            if handle is not None:
                handle(self, child)

    def media_content(self, element: _Element) -> None:
        kind = (element.get("type") or "").lower()
        medium = (element.get("medium") or kind.partition("/")[0]).lower()
        url = self.document.link(element, element.get("url"))
        if medium == "image":
            self.draft.image_url = self.draft.image_url or url
        elif url and medium in ("audio", "video"):
            self.media.append(Enclosure(url, kind, _length(element.get("fileSize"))))
        self.media_group(element)

    def image(self, element: _Element) -> None:
        if url := self.document.link(element, element.get("href") or element.get("url") or text_of(element)):
            self.draft.image_url = self.draft.image_url or url

    def enclosure(self, element: _Element) -> None:
        if url := self.document.link(element, element.get("url") or element.get("href")):
            self.enclose(url, element.get("type"), element.get("length"), element.get("title"))

    def enclose(self, url: str, kind: str | None, length: str | None, title: str | None) -> None:
        self.draft.enclosures.append(Enclosure(url, kind or "", _length(length), title or ""))

    def category(self, element: _Element) -> None:
        term = element.get("term") or text_of(element)
        label = element.get("label") or ""
        self.draft.categories.append(without_tags(label if label and (not term or "://" in term) else term))

    def itunes_category(self, element: _Element) -> None:
        names = (child.get("text") or "" for child in element.iter("*"))
        self.draft.categories += filter(None, names)

    def keywords(self, element: _Element) -> None:
        self.draft.categories += text_of(element).split(",")

    def comments(self, element: _Element) -> None:
        address = element.get("href") or text_of(element)
        self.draft.comments_url = self.draft.comments_url or self.document.link(element, address)

    def language(self, element: _Element) -> None:
        self.draft.language = self.draft.language or text_of(element)

    def finished(self) -> EntryDraft:
        """Return the draft with what only the whole entry can tell."""
        draft = self.draft
        draft.title = draft.title or self.fallback_title
        draft.published = draft.published or self.created
        draft.link = draft.link or self.origin
        if not draft.link:
            about = self.item.get(_ABOUT) or ""
            draft.link = (self.guid_is_link and web_address(draft.guid, "")) or web_address(
                about, draft.base_url
            )
        draft.guid = draft.guid or self.item.get(_ABOUT) or ""
        if not draft.summary:
            draft.summary = self.media_text
        elif not draft.content and len(self.media_text) > len(draft.summary):
            draft.content = self.media_text
        if not draft.enclosures:
            draft.enclosures = [media for media in self.media if "flash" not in media.mime_type]
        if not draft.image_url:
            pictures = (file.url for file in draft.enclosures if file.mime_type.lower().startswith("image/"))
            draft.image_url = next(pictures, "")
        return draft


def read_person(element: _Element) -> str:
    """Return the name of an Atom person, or of the free text RSS has there."""
    if len(element) == 0:
        return person(text_of(element))
    parts = {local(child): text_of(child) for child in element.iterchildren("*")}
    return parts.get("name") or person(parts.get("email") or text_of(element))


def _is_base64(kind: str) -> bool:
    """Tell whether a media type is one whose inline content is base64 (RFC 4287 section 4.1.3.3)."""
    return "/" in kind and not kind.startswith("text/") and not kind.endswith(("+xml", "/xml"))


def _decoded(text: str) -> str:
    """Return base64 decoded as UTF-8; the text as it is when it is no base64."""
    try:
        return base64.b64decode("".join(text.split()), validate=True).decode("utf-8", "replace").strip()
    except (binascii.Error, ValueError):
        return text


def _length(text: str | None) -> int | None:
    digits = (text or "").strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 16 else None


_Handler = Callable[[_EntryReader, _Element], None]

_MEDIA_HANDLERS: Final[dict[str, _Handler]] = {
    "media:content": _EntryReader.media_content,
    "media:description": _EntryReader.media_description,
    "media:thumbnail": _EntryReader.image,
    "media:title": _EntryReader.other_title,
    "media:keywords": _EntryReader.keywords,
    "itunes:category": _EntryReader.itunes_category,
}
_HANDLERS: Final[dict[str, _Handler]] = {
    **_MEDIA_HANDLERS,
    "media:group": _EntryReader.media_group,
    "title": _EntryReader.title,
    "dc:title": _EntryReader.other_title,
    "itunes:title": _EntryReader.other_title,
    "link": _EntryReader.link,
    "feedburner:origlink": _EntryReader.original_link,
    "guid": _EntryReader.guid,
    "id": _EntryReader.id,
    "pubdate": _EntryReader.published,
    "published": _EntryReader.published,
    "issued": _EntryReader.published,
    "dc:date": _EntryReader.created_at,
    "dc:issued": _EntryReader.created_at,
    "dc:created": _EntryReader.created_at,
    "date": _EntryReader.created_at,
    "created": _EntryReader.created_at,
    "updated": _EntryReader.updated,
    "modified": _EntryReader.updated,
    "lastmodified": _EntryReader.updated,
    "dc:modified": _EntryReader.updated,
    "author": _EntryReader.author,
    "dc:creator": _EntryReader.author,
    "dc:author": _EntryReader.author,
    "itunes:author": _EntryReader.author,
    "description": _EntryReader.summary,
    "summary": _EntryReader.summary,
    "dc:description": _EntryReader.media_description,
    "dc:abstract": _EntryReader.media_description,
    "itunes:summary": _EntryReader.media_description,
    "content": _EntryReader.content,
    "content:encoded": _EntryReader.content,
    "fullitem": _EntryReader.content,
    "body": _EntryReader.content,
    "xhtml:body": _EntryReader.content,
    "xhtml:div": _EntryReader.content,
    "itunes:image": _EntryReader.image,
    "enclosure": _EntryReader.enclosure,
    "category": _EntryReader.category,
    "dc:subject": _EntryReader.category,
    "comments": _EntryReader.comments,
    "dc:language": _EntryReader.language,
    "language": _EntryReader.language,
}
"""What is done with an element inside an entry, by its name as ``Names`` gives it."""
