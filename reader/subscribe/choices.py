"""What is found behind an address, for a person to choose from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from ..feeds.outline import Outline
from ..model import Article, SourceKind
from ..prepare import PreparedFeed
from ..records import dataclass, field


@dataclass(frozen=True, slots=True)
class Evidence:
    """The document a choice was found in: subscribing stores it, so that nothing is fetched twice."""

    prepared: PreparedFeed
    url: str
    """Where it came from, after redirects."""
    headers: Mapping[str, str] = field(default_factory=dict)
    digest: bytes = b""
    permanent: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """A source that could be subscribed to; it was fetched and it parses."""

    url: str
    title: str
    kind: SourceKind = SourceKind.FEED
    newest_titles: tuple[str, ...] = ()
    entries: int = 0
    newest: datetime | None = None
    site_url: str = ""
    rule: str = ""
    """JSON of the rule that finds the entries of a page without a feed."""
    private_host: bool = False
    """A person typed this host and port: they may be private."""
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """All that an address leads to."""

    address: str
    """As it was understood."""
    choices: tuple[Choice, ...] = ()
    """Best first; more than one only when their titles differ."""
    article: Article | None = None
    """The page itself, when it is an article."""
    outline: Outline | None = None
    """A list of subscriptions, when the address leads to one."""
    sentence: str = ""
    """Why there is nothing to choose, or what a person should know of the choices."""
