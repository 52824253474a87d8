"""A publication as a feed document, in each format there is."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from email.utils import format_datetime
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from .articles import Piece, Publication
from .markup import first_paragraph, to_html


def feed_document(publication: Publication, base: str, now: datetime) -> tuple[str, bytes]:
    """Return the media type and the bytes of the publication's feed, addresses below ``base``.

    Raises KeyError for a publication that has no feed.
    """
    mime_type, write = _FORMATS[publication.format]
    return mime_type, write(publication, f"{base}/{publication.path}", now).encode()


def feed_name(publication: Publication) -> str:
    """Return the file name of the feed below the publication's directory."""
    return "feed.json" if publication.format == "json" else "feed.xml"


def teaser(piece: Piece) -> str:
    """Return what a feed without full text says of a piece."""
    return first_paragraph(piece.body)


def _title(piece: Piece) -> str:
    return escape(piece.title)


def _html(publication: Publication, piece: Piece, home: str) -> str:
    """Return what the feed carries of a piece: all of it, or its teaser."""
    if not publication.full:
        return f"<p>{escape(teaser(piece))}</p>"
    if piece.picture is None:
        return to_html(piece.body)
    source = f"{home}/{piece.picture.name}.png"
    figure = f'<figure><img src="{source}" alt=""><figcaption>{escape(piece.picture.caption)}</figcaption></figure>'
    return figure + to_html(piece.body)


# ------------------------------------------------------------------------------------------------- RSS 2.0


def _rss(publication: Publication, home: str, now: datetime) -> str:
    body = "content:encoded" if publication.full else "description"
    items = "".join(
        f"""<item>
<title>{_title(piece)}</title>
<link>{home}/{piece.slug}</link>
<guid isPermaLink="false">tag:{publication.path}:{piece.slug}</guid>
<pubDate>{format_datetime(now - piece.age)}</pubDate>
<dc:creator>{escape(piece.author)}</dc:creator>
{"".join(f"<category>{escape(topic)}</category>" for topic in piece.topics)}
<comments>{home}/{piece.slug}#comments</comments>
<{body}>{escape(_html(publication, piece, home))}</{body}>
{_enclosure(piece, home)}</item>
"""
        for piece in publication.pieces
    )
    return f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"
     xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd">
<channel>
<title>{escape(publication.name)}</title>
<link>{home}/</link>
<description>{escape(publication.about)}</description>
<language>{publication.language}</language>
<ttl>60</ttl>
<atom:link rel="self" type="application/rss+xml" href={quoteattr(f"{home}/feed.xml")}/>
{items}</channel>
</rss>
"""


def _enclosure(piece: Piece, home: str) -> str:
    if not piece.minutes:
        return ""
    return (
        f'<enclosure url="{home}/{piece.slug}.mp3" type="audio/mpeg" length="{piece.minutes * 480_000}"/>\n'
        f"<itunes:duration>{piece.minutes}:00</itunes:duration>\n"
    )


# ------------------------------------------------------------------------------------------ RSS 1.0 (RDF)


def _rdf(publication: Publication, home: str, now: datetime) -> str:
    names = "".join(f'<rdf:li rdf:resource="{home}/{piece.slug}"/>' for piece in publication.pieces)
    items = "".join(
        f"""<item rdf:about="{home}/{piece.slug}">
<title>{_title(piece)}</title>
<link>{home}/{piece.slug}</link>
<description>{escape(teaser(piece))}</description>
<dc:date>{(now - piece.age).isoformat(timespec="seconds")}</dc:date>
<dc:creator>{escape(piece.author)}</dc:creator>
{"".join(f"<dc:subject>{escape(topic)}</dc:subject>" for topic in piece.topics)}
</item>
"""
        for piece in publication.pieces
    )
    return f"""<?xml version="1.0" encoding="utf-8"?>
<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
         xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="{home}/feed.xml">
<title>{escape(publication.name)}</title>
<link>{home}/</link>
<description>{escape(publication.about)}</description>
<dc:language>{publication.language}</dc:language>
<items><rdf:Seq>{names}</rdf:Seq></items>
</channel>
{items}</rdf:RDF>
"""


# ------------------------------------------------------------------------------------------------ Atom 1.0


def _atom(publication: Publication, home: str, now: datetime) -> str:
    element = "content" if publication.full else "summary"
    entries = "".join(
        f"""<entry>
<id>tag:{publication.path},{piece.slug}</id>
<title>{_title(piece)}</title>
<link rel="alternate" type="text/html" href="{home}/{piece.slug}"/>
<published>{_instant(now - piece.age)}</published>
<updated>{_instant(now - piece.age)}</updated>
<author><name>{escape(piece.author)}</name></author>
{"".join(f"<category term={quoteattr(topic)}/>" for topic in piece.topics)}
<{element} type="html">{escape(_html(publication, piece, home))}</{element}>
</entry>
"""
        for piece in publication.pieces
    )
    return f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{publication.language}">
<id>{home}/</id>
<title>{escape(publication.name)}</title>
<subtitle>{escape(publication.about)}</subtitle>
<link rel="alternate" type="text/html" href="{home}/"/>
<link rel="self" type="application/atom+xml" href="{home}/feed.xml"/>
<updated>{_instant(now - publication.pieces[0].age)}</updated>
{entries}</feed>
"""


def _instant(at: datetime) -> str:
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")


# --------------------------------------------------------------------------------------------- JSON Feed 1.1


def _json(publication: Publication, home: str, now: datetime) -> str:
    items = [
        {
            "id": f"{home}/{piece.slug}",
            "url": f"{home}/{piece.slug}",
            "title": piece.title,
            "content_html": _html(publication, piece, home),
            "date_published": _instant(now - piece.age),
            "authors": [{"name": piece.author}],
            "tags": list(piece.topics),
        }
        for piece in publication.pieces
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": publication.name,
        "home_page_url": f"{home}/",
        "feed_url": f"{home}/feed.json",
        "description": publication.about,
        "language": publication.language,
        "items": items,
    }
    return json.dumps(feed, ensure_ascii=False, indent=1)


_FORMATS: Final[dict[str, tuple[str, Callable[[Publication, str, datetime], str]]]] = {
    "rss": ("application/rss+xml", _rss),
    "podcast": ("application/rss+xml", _rss),
    "rdf": ("application/rdf+xml", _rdf),
    "atom": ("application/atom+xml", _atom),
    "json": ("application/feed+json", _json),
}
