"""Sources in words: which ones a command is about, and what their kinds are called."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ..errors import UsageError
from ..model import Feed, SourceKind
from ..store import Connection
from ..store.feeds import all_feeds

KIND_WORDS: Final = {
    SourceKind.FEED: "feed",
    SourceKind.SITEMAP: "news sitemap",
    SourceKind.PAGE: "page without a feed",
    SourceKind.SAVED: "saved pages",
}
"""What a person calls each kind of source."""


def meant(db: Connection, words: Sequence[str]) -> tuple[Feed, ...]:
    """Return the sources that the words mean, in their order; raises UsageError for one that means none."""
    feeds = all_feeds(db)
    found: dict[int, Feed] = {}
    for word in words:
        matches = _matches(feeds, word)
        if not matches:
            raise UsageError(f'There is no source "{word}". broadsheet feeds lists them.')
        found |= {feed.id: feed for feed in matches}
    return tuple(found.values())


def the_one(db: Connection, word: str) -> Feed:
    """Return the one source that a word means; raises UsageError when it means none or several."""
    matches = meant(db, [word])
    if len(matches) > 1:
        listed = ", ".join(f"{feed.id} {feed.title}" for feed in matches[:6])
        raise UsageError(f'"{word}" means {len(matches)} sources: {listed}. Give the number of one.')
    return matches[0]


def _matches(feeds: Sequence[Feed], word: str) -> list[Feed]:
    """Return the sources of a number, else of an address, else of a whole name, else of a part of one."""
    wanted = word.casefold()
    for test in (
        lambda feed: str(feed.id) == word,
        lambda feed: word in (feed.url, feed.site_url),
        lambda feed: feed.title.casefold() == wanted,
        lambda feed: wanted in feed.title.casefold(),
    ):
        if matches := [feed for feed in feeds if test(feed)]:
            return matches
    return []
