"""What the invented site answers to a path.

A ``Site`` is a pure function of its base address and a clock: the server hands it paths, tests and screenshots ask it
directly.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from xml.sax.saxutils import quoteattr

from .articles import Publication, publications
from .feeds import feed_document, feed_name
from .pages import article_page, front_page, hub_page
from .pictures import png

BASE = "https://portamelie.example"
"""The base address where nothing is served: of screenshots and of tests."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent back for a path."""

    mime_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Source:
    """A publication as an address to subscribe to."""

    name: str
    url: str
    folder: str
    has_feed: bool
    """False for the publication whose entries are the links of its front page."""


@dataclass(frozen=True)
class Site:
    """The site at ``base`` (no slash at its end) as it is at ``now``."""

    base: str
    now: datetime

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Every publication, in the site's order."""
        return tuple(self._source(publication) for publication in publications())

    @property
    def opml(self) -> bytes:
        """The sources as OPML 2.0, with their folders."""
        folders: dict[str, list[str]] = {}
        for source in self.sources:
            if source.has_feed:
                line = f'<outline type="rss" text={quoteattr(source.name)} xmlUrl={quoteattr(source.url)}/>'
                folders.setdefault(source.folder, []).append(line)
        body = "".join(
            f"<outline text={quoteattr(folder)}>\n{chr(10).join(lines)}\n</outline>\n"
            for folder, lines in folders.items()
        )
        head = "<head><title>Port Amelie reads</title></head>"
        return f'<?xml version="1.0"?>\n<opml version="2.0">{head}<body>\n{body}</body></opml>\n'.encode()

    def answer(self, path: str) -> Answer | None:
        """Return what stands at ``path`` (``/courier/ferry``), or None where nothing does."""
        if path in ("", "/"):
            return _page(hub_page(publications(), self.base))
        if path == "/subscriptions.opml":
            return Answer("text/x-opml", self.opml)
        directory, _, name = path.removeprefix("/").partition("/")
        publication = next((each for each in publications() if each.path == directory), None)
        return self._below(publication, name) if publication else None

    def _below(self, publication: Publication, name: str) -> Answer | None:
        if name == "":
            return _page(front_page(publication, self.base, self.now))
        if name == feed_name(publication) and publication.format != "page":
            return Answer(*feed_document(publication, self.base, self.now))
        if piece := publication.piece(name):
            return _page(article_page(publication, piece, self.base, self.now))
        stem, dot, ending = name.rpartition(".")
        if dot and ending == "png" and any(p.picture and p.picture.name == stem for p in publication.pieces):
            return Answer("image/png", png(f"{publication.path}/{stem}"))
        return None

    def _source(self, publication: Publication) -> Source:
        has_feed = publication.format != "page"
        name = feed_name(publication) if has_feed else ""
        url = f"{self.base}/{publication.path}/{name}"
        return Source(publication.name, url, publication.folder, has_feed)


def _page(html: str) -> Answer:
    return Answer("text/html; charset=utf-8", html.encode())
