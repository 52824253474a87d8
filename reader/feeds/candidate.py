"""An address that may be a feed, found in one way or another and not yet fetched."""

from __future__ import annotations

from ..records import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible feed; only fetching and parsing it tells whether it is one."""

    url: str
    title: str = ""
    kind: str = ""
    """``atom``, ``rss``, ``json``, ``lookup`` (an address that names the feed's address), or empty when unknown."""
    score: int = 0
    """Higher is better; comparable within one answer only."""
