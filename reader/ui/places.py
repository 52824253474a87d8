"""Where one can be: a list, a saved view, a folder, a source, a tag, a search. Pure.

A place is a query with a name; everything the list shows comes from its query.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from ..model import Feed, FeedId, Folder, Sources, TagCount, View


class PlaceKind(StrEnum):
    """What a place is."""

    LIST = "list"
    VIEW = "view"
    FOLDER = "folder"
    FEED = "feed"
    TAG = "tag"
    SEARCH = "search"
    FAILING = "failing"
    """Sources that fail; has no articles of its own."""


@dataclass(frozen=True, slots=True)
class Place:
    """A named query."""

    kind: PlaceKind
    key: str
    """Tells it from others of its kind: the list's name, the id of a feed, the path of a folder, the words searched."""
    title: str
    query: str
    """Without ``sort:`` unless a person wrote one."""
    feed_id: FeedId | None = None

    @property
    def identity(self) -> tuple[PlaceKind, str]:
        """What stays the same when the place is renamed or its query is edited."""
        return self.kind, self.key


INBOX: Final = Place(PlaceKind.LIST, "inbox", "Inbox", "is:inbox")
TODAY: Final = Place(PlaceKind.LIST, "today", "Today", "is:unread (published:today.. | added:today..)")
LATER: Final = Place(PlaceKind.LIST, "later", "Later", "is:later")
STARRED: Final = Place(PlaceKind.LIST, "starred", "Starred", "is:starred")
ALL: Final = Place(PlaceKind.LIST, "all", "All articles", "")
FAILING: Final = Place(PlaceKind.FAILING, "failing", "Failing sources", "")
LISTS: Final = (INBOX, TODAY, LATER, STARRED, ALL)


def view(saved: View) -> Place:
    """Return the place of a saved view."""
    return Place(PlaceKind.VIEW, str(saved.id), saved.name, saved.query)


def feed(source: Feed) -> Place:
    """Return the place of a source."""
    return Place(PlaceKind.FEED, str(source.id), source.title, f"feed:{source.id}", source.id)


def folder(of: Folder) -> Place:
    """Return the place of a folder and what is in the folders inside it."""
    return Place(PlaceKind.FOLDER, of.path, of.path.rpartition("/")[2], f"folder:={quoted(of.path)}")


def tag(of: TagCount) -> Place:
    """Return the place of a tag."""
    return Place(PlaceKind.TAG, of.name, f"#{of.name}", f"tag:{quoted(of.name)}")


def search(text: str) -> Place:
    """Return the place of a search."""
    return Place(PlaceKind.SEARCH, text, f"Search: {text}", text)


def quoted(value: str) -> str:
    """Return a value as the query language quotes it; a quotation mark inside turns the outer ones single."""
    mark = "'" if '"' in value else '"'
    return f"{mark}{value.replace(mark, ' ')}{mark}"


class Sort(StrEnum):
    """The orders offered by the sort menu."""

    USUAL = "usual"
    NEWEST = "newest"
    OLDEST = "oldest"
    UNREAD = "unread first"
    FEED = "feed"
    LONGEST = "longest"
    SHORTEST = "shortest"
    TITLE = "title"


SORT_TERMS: Final = {
    Sort.NEWEST: "sort:-published",
    Sort.OLDEST: "sort:published",
    Sort.UNREAD: "",
    Sort.FEED: "sort:feed,-published",
    Sort.LONGEST: "sort:-words",
    Sort.SHORTEST: "sort:words",
    Sort.TITLE: "sort:title",
    Sort.USUAL: "",
}


def sorted_query(place: Place, sort: Sort) -> str:
    """Return the place's query with the order asked for; the Later list is oldest first unless told otherwise."""
    term = SORT_TERMS[sort]
    if sort is Sort.USUAL and place.identity == LATER.identity:
        term = SORT_TERMS[Sort.OLDEST]
    if not term or "sort:" in place.query:
        return place.query
    return f"{_grouped(place.query)} {term}".strip()


def narrowed(place: Place, condition: str) -> str:
    """Return the place's query with one more condition; an order the person wrote is left out."""
    words = " ".join(word for word in place.query.split() if not word.startswith(("sort:", "limit:")))
    return f"{_grouped(words)} {condition}".strip()


def _grouped(query: str) -> str:
    return f"({query})" if " " in query else query


def find(sources: Sources, identity: tuple[PlaceKind, str]) -> Place | None:
    """Return the place of this identity as the library has it now, or None when it is gone."""
    return next((place for place in every(sources) if place.identity == identity), None)


def every(sources: Sources) -> tuple[Place, ...]:
    """Return all places of a library, in the order of the sources pane."""
    return (
        *LISTS,
        *((FAILING,) if sources.failing else ()),
        *(view(saved) for saved in sources.views),
        *(folder(of) for of in sources.folders),
        *(feed(source) for source in sources.feeds),
        *(tag(of) for of in sources.tags),
    )


def renamed(place: Place, title: str) -> Place:
    """Return the place under another title."""
    return replace(place, title=title)
