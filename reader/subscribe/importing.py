"""Another reader's list of subscriptions into the library."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from ..errors import BroadsheetError
from ..feeds.outline import Outline, OutlineFeed
from ..identity import normal_link
from ..model import Feed
from ..records import dataclass
from ..store import Connection, attributes, feeds, views

PROBLEMS_SAID: Final = 3


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did."""

    added: int = 0
    merged: int = 0
    """Sources that were there already and got what the list adds: tags, and a folder if they had none."""
    duplicates: int = 0
    """Lines that name a source the list names before."""
    views: int = 0
    problems: tuple[str, ...] = ()
    """What was not taken and why, with the line."""

    @property
    def sentence(self) -> str:
        """Return the report as a person reads it."""
        parts = [f"{self.added} added"]
        parts += [f"{self.merged} already there"] if self.merged else []
        parts += [f"{self.duplicates} twice in the list"] if self.duplicates else []
        parts += [f"{self.views} saved searches"] if self.views else []
        parts += [f"{len(self.problems)} not taken"] if self.problems else []
        told = "".join(f" {problem}" for problem in self.problems[:PROBLEMS_SAID])
        return ", ".join(parts) + "." + told


def import_outline(db: Connection, outline: Outline, now: datetime | None = None) -> ImportReport:
    """Add what an outline lists, in one transaction; nothing is fetched and nothing that is there is changed away."""
    now = now or datetime.now(UTC)
    added = merged = duplicates = 0
    problems = list(outline.problems)
    seen: set[str] = set()
    known = {normal_link(feed.url): feed for feed in feeds.all_feeds(db)}
    for listed in outline.feeds:
        address = normal_link(listed.url)
        if address in seen:
            duplicates += 1
            continue
        seen.add(address)
        present = known.get(address) or feeds.find_feed(db, listed.url)
        if present is not None:
            merged += 1
            _merge(db, present, listed)
        else:
            added += 1
            _add(db, listed, now)
    saved = 0
    for view in outline.views:
        try:
            views.save_view(db, view.name, view.query)
            saved += 1
        except BroadsheetError as error:
            problems.append(f"{view.name}: {error}")
    return ImportReport(added, merged, duplicates, saved, tuple(problems))


def _add(db: Connection, listed: OutlineFeed, now: datetime) -> None:
    feed_id = feeds.add_feed(
        db,
        listed.url,
        listed.title,
        folder=listed.folder,
        site_url=listed.site_url,
        tags=listed.tags,
        now=now,
    )
    if listed.title and listed.title != listed.url:
        feeds.edit_feed(db, feed_id, title=listed.title)
    if ("hidden", "yes") in listed.attributes:
        feeds.edit_feed(db, feed_id, quiet=True)
    if listed.attributes:
        attributes.keep(db, feed_id, listed.attributes)


def _merge(db: Connection, present: Feed, listed: OutlineFeed) -> None:
    """Give a known source the list's tags, and its folder when it has none; its name and settings are the person's."""
    tags = tuple(dict.fromkeys((*present.tags, *listed.tags)))
    if tags != present.tags:
        feeds.edit_feed(db, present.id, tags=tags)
    if listed.folder and not present.folder:
        feeds.edit_feed(db, present.id, folder=listed.folder)
