"""What the workers do for a refresh: foreign bytes in, values ready to be stored out.

The two rooms that may look at foreign documents, ``feeds`` and ``cleaning``, meet here, so that one trip to a worker does
all that a document needs. Nothing here does any input or output; the heavy imports wait until a job needs them.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Final

from .errors import ParseError
from .identity import content_hash
from .model import Article, ParsedEntry, ParsedFeed, SourceKind
from .records import dataclass
from .texts import Text, ready, ready_simple

if TYPE_CHECKING:
    from .document import Blocks

FRAGMENT_CHARACTERS: Final = 2_000_000
"""HTML of one entry beyond which it is no text; its page may still be read."""


@dataclass(frozen=True, slots=True)
class PreparedFeed:
    """A feed document, read, with the texts of those of its entries that need storing."""

    feed: ParsedFeed
    texts: tuple[Text | None, ...]
    """For each entry its cleaned text as it is kept, or ``None`` for one that the library has exactly so."""
    children: tuple[str, ...] = ()
    """Further documents to ask for in the place of this one: the maps that an index of sitemaps names."""


def prepare_feed(
    data: bytes,
    url: str,
    content_type: str,
    kind: SourceKind = SourceKind.FEED,
    rule: str = "",
    seen: Collection[bytes] = frozenset(),
) -> PreparedFeed:
    """Read a document of a source and clean the texts of its entries.

    ``seen`` are content hashes of the library: entries that have one of them are not cleaned. Raises ``NotAFeed`` and
    ``ParseError``.
    """
    feed, children = _read(data, url, content_type, kind, rule)
    texts: list[Text | None] = []
    for entry in feed.entries:
        digest = content_hash(entry)
        if digest in seen:
            texts.append(None)
        else:
            texts.append(_text(entry, entry.base_url or url, digest))
    return PreparedFeed(feed, tuple(texts), children)


def _read(
    data: bytes, url: str, content_type: str, kind: SourceKind, rule: str
) -> tuple[ParsedFeed, tuple[str, ...]]:
    match kind:
        case SourceKind.SITEMAP:
            from .feeds.sitemap import parse_sitemap

            sitemap = parse_sitemap(data, url)
            return sitemap.feed, sitemap.children
        case SourceKind.PAGE:
            from .feeds.index_page import apply

            return apply(rule, data, url, content_type or None), ()
        case _:
            from .feeds.parse import parse_feed

            return parse_feed(data, url, content_type or None), ()


def _text(entry: ParsedEntry, base_url: str, digest: bytes) -> Text:
    """Return the text of an entry as it is kept; simple HTML stays HTML until somebody looks, the rest is cleaned now."""
    from .cleaning import simple_fragment_text

    html = entry.content_html or entry.summary
    plain = simple_fragment_text(html) if html else None
    if plain is not None:
        return ready_simple(html, base_url, plain, digest)
    return ready(entry, _clean(html, base_url), digest)


def _clean(html: str, base_url: str) -> Blocks:
    """Return the text of an entry; one that cannot be read has none, and the others of its feed are not held up."""
    if not html or len(html) > FRAGMENT_CHARACTERS:
        return ()
    from .cleaning import clean_fragment

    try:
        return clean_fragment(html, base_url)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - whatever a text brings about is its own loss
        return ()


def prepare_page(data: bytes, url: str, content_type: str, feed_title: str, site_rule: str = "") -> Article:
    """Return the article of a page; raise ``ParseError`` for what is no text at all.

    ``site_rule`` is the TOML of a person's rule for its site.
    """
    what = _no_text(data, content_type)
    if what:
        raise ParseError(f"The page is {what}: open it in the browser.")
    from .cleaning import clean_page

    return clean_page(data, url, content_type or None, feed_title, site_rule)


_MEDIA: Final = {"image": "a picture", "audio": "a sound", "video": "a film", "font": "a font"}


def _no_text(data: bytes, content_type: str) -> str:
    """Return what a document is that has nothing to read in it; empty for a page."""
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return "a PDF document"
    if data.startswith((b"PK\x03\x04", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!")):
        return "an archive"
    if b"<" in data[:4096]:
        return ""
    return _MEDIA.get(content_type.partition("/")[0].strip().lower(), "")
