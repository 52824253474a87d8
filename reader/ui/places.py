"""Where one can be: a list, a saved view, a folder, a source, a tag, a search. Pure.

A place is a query with a name; everything the list shows comes from its query.
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import Final

from ..model import Feed, FeedId, Folder, Sources, TagCount, View
from ..query import Query, parse, quote
from ..query.tree import SortKey, Term, Word, all_of
from ..records import dataclass, replace


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


_quoted: Final = lru_cache(4096)(quote)
"""Names are quoted anew with every count; quoting one takes 60 µs."""

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
    return Place(PlaceKind.FOLDER, of.path, of.path.rpartition("/")[2], f"folder:={_quoted(of.path)}")


def tag(of: TagCount) -> Place:
    """Return the place of a tag."""
    return Place(PlaceKind.TAG, of.name, f"#{of.name}", f"tag:{_quoted(of.name)}")


def search(text: str) -> Place:
    """Return the place of a search."""
    return Place(PlaceKind.SEARCH, text, f"Search: {text}", text)


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


_KEYS: Final = {
    Sort.NEWEST: (SortKey("published", descending=True),),
    Sort.OLDEST: (SortKey("published"),),
    Sort.FEED: (SortKey("feed"), SortKey("published", descending=True)),
    Sort.LONGEST: (SortKey("words", descending=True),),
    Sort.SHORTEST: (SortKey("words"),),
    Sort.TITLE: (SortKey("title"),),
}


def query_of(place: Place, sort: Sort = Sort.USUAL) -> Query:
    """Return the place's query in the order asked for; raises QueryError.

    The usual order is the one the person wrote, oldest first for the Later list, else newest first.
    """
    query = parse(place.query)
    if sort is Sort.USUAL and place.identity == LATER.identity:
        sort = Sort.OLDEST
    keys = _KEYS.get(sort)
    return query if keys is None or (query.sort and sort is Sort.USUAL) else replace(query, sort=keys)


def unread_of(query: Query) -> Query:
    """Return the query for what is unread of a query's articles."""
    unread = Term("is", (Word("unread"),))
    where = unread if query.where is None else all_of((query.where, unread))
    return Query(where)


def find(sources: Sources, identity: tuple[str, str]) -> Place | None:
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


def counts(sources: Sources) -> dict[tuple[PlaceKind, str], int]:
    """Return what is unread in each place by its identity; what the Later and Starred lists hold."""
    lists = {INBOX: sources.inbox, TODAY: sources.today, LATER: sources.later, STARRED: sources.starred}
    return {
        **{place.identity: count for place, count in lists.items()},
        **{view(saved).identity: saved.unread or 0 for saved in sources.views},
        **{folder(of).identity: of.unread for of in sources.folders},
        **{feed(source).identity: source.unread for source in sources.feeds},
        **{tag(of).identity: of.unread for of in sources.tags},
    }


def feeds_of(place: Place, sources: Sources) -> tuple[FeedId, ...] | None:
    """Return the sources whose articles a place lists; None for all of them."""
    if place.kind is PlaceKind.FEED and place.feed_id is not None:
        return (place.feed_id,)
    if place.kind is PlaceKind.FOLDER:
        inside = place.key + "/"
        return tuple(
            source.id
            for source in sources.feeds
            if source.folder == place.key or source.folder.startswith(inside)
        )
    return None
