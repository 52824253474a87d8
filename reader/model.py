"""The values that travel between the rooms: frozen, cleaned, without behaviour.

An *entry* is what a feed announces (RFC 4287); an *article* is the cleaned page behind it. All times are aware
datetimes in UTC; every string from outside has passed ``text.clean``, and addresses are absolute.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType, TypeAlias

from .document import Blocks, Highlight
from .records import dataclass, field

FeedId = NewType("FeedId", int)
FolderId = NewType("FolderId", int)
EntryId = NewType("EntryId", int)
"""Row ids follow the date: a larger id is a newer entry, so newest-first is a walk along the key."""
TagId = NewType("TagId", int)
ViewId = NewType("ViewId", int)
RuleId = NewType("RuleId", int)
StepId = NewType("StepId", int)


# ---------------------------------------------------------------------------------------- what a feed says


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that goes with an entry (RSS ``enclosure``, Atom ``rel=enclosure``, JSON Feed attachment)."""

    url: str
    mime_type: str = ""
    length: int | None = None
    """Bytes, as announced."""
    title: str = ""


@dataclass(frozen=True, slots=True)
class ParsedEntry:
    """An entry as its document announces it."""

    guid: str
    """As sent but for white space at the ends; never resolved, never lower-cased; empty when there is none."""
    link: str
    title: str
    """Plain text on one line; empty when there is none."""
    published: datetime | None = None
    updated: datetime | None = None
    authors: tuple[str, ...] = ()
    summary: str = ""
    """HTML, not sanitised: it is only ever read by ``cleaning``."""
    content_html: str = ""
    """HTML, not sanitised; empty when the entry has a summary alone."""
    base_url: str = ""
    """What relative addresses in the HTML are relative to (xml:base, else the document's address)."""
    enclosures: tuple[Enclosure, ...] = ()
    categories: tuple[str, ...] = ()
    comments_url: str = ""
    language: str = ""
    image_url: str = ""


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed document, whatever its format."""

    format: str
    """``rss``, ``rdf``, ``atom``, ``json``, ``sitemap``, ``page`` (links of a page) or ``cdf``."""
    title: str
    link: str
    """The site's home page."""
    entries: tuple[ParsedEntry, ...]
    self_url: str = ""
    description: str = ""
    language: str = ""
    icon_url: str = ""
    authors: tuple[str, ...] = ()
    """Who writes the feed as a whole."""
    ttl: timedelta | None = None
    """RSS ``ttl`` or ``sy:updatePeriod`` over ``sy:updateFrequency``, the longer of the two."""
    skip_hours: frozenset[int] = frozenset()
    """Hours of the day in GMT in which the publisher asks not to be asked."""
    skip_days: frozenset[int] = frozenset()
    """Days of the week, Monday is 0."""


# ---------------------------------------------------------------------------------------- what a page says


class Verdict(StrEnum):
    """What cleaning thinks of its result."""

    GOOD = "good"
    DOUBTFUL = "doubtful"
    """Shown, with the reason."""
    TOO_SHORT = "too short"
    """The feed's own text is shown instead."""
    FAILED = "failed"
    NOT_AN_ARTICLE = "not an article"


@dataclass(frozen=True, slots=True)
class Appended:
    """A second article found in the same page (infinite scroll), offered as an article of its own."""

    title: str
    url: str = ""
    blocks: Blocks = ()


@dataclass(frozen=True, slots=True)
class Article:
    """A page, cleaned."""

    title: str
    blocks: Blocks
    url: str = ""
    """The page's address as it was fetched."""
    canonical_url: str = ""
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    modified: datetime | None = None
    site: str = ""
    language: str = ""
    """BCP 47, lower case, e.g. ``en`` or ``pt-br``; declared or detected."""
    lead_image: str = ""
    caption: str = ""
    """The caption of the lead image."""
    comments_url: str = ""
    next_page: str = ""
    """Address of the article's next page, when it has several."""
    topics: tuple[str, ...] = ()
    paywalled: bool = False
    appended: tuple[Appended, ...] = ()
    verdict: Verdict = Verdict.GOOD
    reason: str = ""
    """Why the verdict is not ``good``, as a sentence."""
    kept_share: float = 1.0
    """The share of the page's running text that was kept, 0 to 1."""
    word_count: int = 0
    origins: tuple[tuple[str, str], ...] = ()
    """Where each piece of metadata came from: ``("title", "json-ld")``."""


# ---------------------------------------------------------------------------------------- what the library holds


class SourceKind(StrEnum):
    """How a source yields entries."""

    FEED = "feed"
    SITEMAP = "sitemap"
    PAGE = "page"
    """No feed: the links of a page, by a stored rule."""
    SAVED = "saved"
    """Pages saved one by one; never fetched."""


class FullText(StrEnum):
    """Which text of an entry is shown."""

    AUTO = "auto"
    """The page when the feed's text is a teaser."""
    FEED = "feed"
    PAGE = "page"


class Health(StrEnum):
    """How a source is doing."""

    NEW = "new"
    OK = "ok"
    FAILING = "failing"
    GONE = "gone"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class Feed:
    """A source as the library knows it."""

    id: FeedId
    url: str
    title: str
    """The person's name for it, else the feed's, else its host."""
    site_url: str = ""
    folder: str = ""
    """Path of folder names joined by ``/``; empty at the top level."""
    kind: SourceKind = SourceKind.FEED
    full_text: FullText = FullText.AUTO
    health: Health = Health.NEW
    error: str = ""
    """The last failure as a sentence; empty when the last fetch went well."""
    failures: int = 0
    """Fetches failed in a row."""
    unread: int = 0
    total: int = 0
    last_fetch: datetime | None = None
    last_success: datetime | None = None
    next_fetch: datetime | None = None
    decision: str = ""
    """What was decided at the last fetch, in words: "unchanged (304); next in 1 h (max-age)"."""
    interval: timedelta | None = None
    """The person's own interval; ``None`` lets the schedule decide."""
    tags: tuple[str, ...] = ()
    """Tags each new article of this source gets."""
    quiet: bool = False
    """New articles of it are not announced and not in the inbox."""
    keep: int | None = None
    """Articles to keep; ``None`` keeps all."""
    private_host: bool = False
    """A person typed this address, so its host may be private or loopback."""
    position: int = 0
    """Its place among the sources of its folder; equal ones go by title."""
    pictures: bool | None = None
    """Whether its pictures are fetched; ``None`` as the settings say."""
    keep_days: int | None = None
    """Days for which articles are kept; ``None`` keeps all."""


@dataclass(frozen=True, slots=True)
class EntryRow:
    """What the list shows of an entry."""

    id: EntryId
    feed_id: FeedId
    feed_title: str
    title: str
    published: datetime | None
    added: datetime
    link: str = ""
    author: str = ""
    lede: str = ""
    """The first two hundred characters of the cleaned text or of the feed's summary."""
    words: int = 0
    language: str = ""
    unread: bool = True
    starred: bool = False
    later: bool = False
    hidden: bool = False
    snoozed_until: datetime | None = None
    has_note: bool = False
    has_highlight: bool = False
    has_enclosure: bool = False
    tags: tuple[str, ...] = ()
    verdict: Verdict | None = None
    """``None`` until the page was cleaned."""


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """All that the article pane and ``show`` need of one entry."""

    row: EntryRow
    article: Article | None
    """The cleaned page; ``None`` when it has not been fetched."""
    feed_blocks: Blocks
    """The feed's own text as blocks; empty when it has none."""
    enclosures: tuple[Enclosure, ...] = ()
    comments_url: str = ""
    topics: tuple[str, ...] = ()
    position: float = 0.0
    """Reading position, 0 at the top to 1 at the end."""
    note: str = ""
    page_error: str = ""
    """Why the page behind the entry could not be fetched, as a sentence."""
    full_text: FullText = FullText.AUTO
    highlights: tuple[Highlight, ...] = ()


@dataclass(frozen=True, slots=True)
class TagCount:
    """A tag of the person's own."""

    id: TagId
    name: str
    """May be nested by ``/``."""
    total: int
    unread: int
    colour: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """A query saved by name."""

    id: ViewId
    name: str
    query: str
    """As the person wrote it; relative dates are resolved when it runs."""
    position: int = 0
    unread: int | None = None
    """``None`` until it was counted."""
    action: str = ""
    """The action that Enter does in it; empty for reading."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of sources; ``path`` is its names joined by ``/``."""

    id: FolderId
    path: str
    unread: int = 0
    position: int = 0
    """Its place among its siblings; equal ones go by name."""


@dataclass(frozen=True, slots=True)
class Sources:
    """All that the sources pane shows, with exact counts."""

    feeds: tuple[Feed, ...] = ()
    folders: tuple[Folder, ...] = ()
    tags: tuple[TagCount, ...] = ()
    views: tuple[View, ...] = ()
    inbox: int = 0
    """Unread, not hidden, not snoozed, not of a quiet source."""
    today: int = 0
    """Unread that were published or arrived today, in the person's time zone."""
    later: int = 0
    starred: int = 0
    total: int = 0
    failing: int = 0
    """Sources that fail."""


# ---------------------------------------------------------------------------------------- what a refresh tells


@dataclass(frozen=True, slots=True)
class FeedDue:
    """A source about to be asked, with what the request needs."""

    feed_id: FeedId
    url: str
    title: str
    kind: SourceKind = SourceKind.FEED
    etag: str = ""
    """Byte for byte as received (RFC 9110 section 8.8.3)."""
    last_modified: str = ""
    body_hash: bytes = b""
    """SHA-256 of the decoded body last stored."""
    failed_last_time: bool = False
    private_host: bool = False
    rule: str = ""
    """JSON of the rule that finds the entries of a page without a feed."""
    interval: timedelta | None = None
    """The person's own interval; ``None`` lets the schedule decide."""
    health: Health = Health.NEW
    error: str = ""
    failures: int = 0
    added: datetime | None = None
    last_fetch: datetime | None = None
    last_success: datetime | None = None
    last_new: datetime | None = None
    """When an entry was last new."""
    validators_at: datetime | None = None
    """Since when ``etag`` and ``last_modified`` are held."""
    moved_to: str = ""
    """Where a permanent redirect pointed, until it is confirmed."""
    moved_at: datetime | None = None
    gone_at: datetime | None = None
    """When the server first said that the feed is gone (410)."""


@dataclass(frozen=True, slots=True)
class RefreshStarted:
    """A refresh begins; ``total`` sources are due."""

    total: int


@dataclass(frozen=True, slots=True)
class FeedDone:
    """A source was asked; ``error`` is empty when that went well."""

    feed_id: FeedId
    title: str
    new: tuple[EntryId, ...] = ()
    changed: tuple[EntryId, ...] = ()
    unchanged: bool = False
    error: str = ""
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class PageDone:
    """The page behind an entry was fetched and cleaned; ``error`` is empty when that went well."""

    entry_id: EntryId
    title: str
    verdict: Verdict | None = None
    error: str = ""
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class RefreshDone:
    """A refresh ended."""

    feeds: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    failed: int = 0
    pages: int = 0
    pages_failed: int = 0
    cancelled: bool = False
    offline: bool = False
    """Every host failed to answer: no failure was counted against a source."""
    errors: tuple[tuple[str, str], ...] = field(default=())
    """Title of the source, and the sentence."""


RefreshEvent: TypeAlias = RefreshStarted | FeedDone | PageDone | RefreshDone
