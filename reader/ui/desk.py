"""The library as the screen sees it: the place that is open, its rows, the counts, what waits.

All reading happens here, off the loop's thread; the screen asks and paints what comes back. An answer that comes after
the place was left is dropped.
"""

from __future__ import annotations

import itertools
from array import array
from collections.abc import Callable, Iterable
from datetime import datetime, time
from typing import Final

from ..errors import BroadsheetError, Superseded
from ..model import EntryId, EntryRow, Sources, StoredArticle
from ..query import Query, parse
from ..query.tree import And, Node, Or, Prefix, Term, Word
from ..records import dataclass, replace
from ..store import articles, counts, entries, search, snippets, tags, views
from ..store.compile import Compiled, compile_query
from ..store.database import Database
from . import places
from .listing import Listing, Order
from .places import Place, Sort
from .rows import Snippet

FIRST_PART: Final = 1_000
"""Ids read before a list is shown; the rest follows in parts, so that a million take no longer to open."""
NEXT_PART: Final = 20_000
AROUND: Final = 120
"""Rows read on each side of what is visible."""
FOUND: Final = 2_000
"""Articles a search lists at most."""


@dataclass(frozen=True, slots=True)
class Search:
    """What a search found."""

    text: str
    listing: Listing
    total: int
    capped: bool
    milliseconds: float
    terms: tuple[str, ...]
    notes: tuple[str, ...]


class Desk:
    """What is open, and the questions the screen asks of the library."""

    def __init__(self, db: Database, clock: Callable[[], datetime]) -> None:
        self.db = db
        self.clock = clock
        self.place: Place = places.INBOX
        self.sort = Sort.USUAL
        self.listing = Listing()
        self.sources = Sources()
        self.terms: tuple[str, ...] = ()
        """Words to make stand out in the article."""
        self.aside: Listing | None = None
        """What was left for a search."""
        self._visit = 0
        self._asked: set[EntryId] = set()
        self._window = (0, 0)
        """Places of the rows that were last in view."""

    # ------------------------------------------------------------------------------------------- opening a place

    def compiled(self, query: Query) -> Compiled:
        """Return a query ready to run now; raises QueryError."""
        saved = {view.name: view.query for view in self.sources.views}
        return compile_query(query, now=self.local_now(), views=saved, strict=False)

    def local_now(self) -> datetime:
        """Return the instant it is, in the person's own zone."""
        return self.clock().astimezone()

    async def open(self, place: Place, sort: Sort = Sort.USUAL) -> bool:
        """Open a place: its first rows are there when this returns. False when another was opened meanwhile.

        Raises QueryError when the query of a saved view cannot be understood.
        """
        self._visit += 1
        visit = self._visit
        query = places.query_of(place, sort)
        listing, terms = await self._first_part(query)
        if sort is Sort.UNREAD:
            listing = _unread_first(listing)
        if visit != self._visit:
            return False
        self.place, self.sort, self.listing, self.terms = place, sort, listing, terms
        self._asked.clear()
        return True

    async def _first_part(self, query: Query) -> tuple[Listing, tuple[str, ...]]:
        compiled = self.compiled(query)
        ids = await self.db.read(search.ids, compiled, limit=FIRST_PART)
        unread = await self.db.read(search.ids, self.compiled(places.unread_of(query)), limit=FIRST_PART)
        listing = Listing(ids, unread, order_of(ids))
        rows = await self.db.read(entries.rows, ids[:AROUND])
        listing.put(rows)
        return listing, tuple(compiled.terms)

    async def rest(self) -> bool:
        """Read the next part of a long list; False when there is none, or the place was left."""
        listing, visit = self.listing, self._visit
        if (
            listing.order is Order.GIVEN
            or len(listing) < FIRST_PART
            or self.place.kind is places.PlaceKind.SEARCH
        ):
            return False
        query = places.query_of(self.place, self.sort)
        last = EntryId(listing.ids[-1])
        ids = await self.db.read(search.ids, self.compiled(query), limit=NEXT_PART, after=last)
        unread = await self.db.read(
            search.ids, self.compiled(places.unread_of(query)), limit=NEXT_PART, after=last
        )
        if visit != self._visit or not ids:
            return False
        listing.extend(ids, unread)
        return len(ids) == NEXT_PART

    def leave(self) -> tuple[Place, Sort, Listing, tuple[str, ...]]:
        """Return what is open, to come back to it with ``come_back``; until then changes are applied to it as well."""
        self.aside = self.listing
        return self.place, self.sort, self.listing, self.terms

    def come_back(self, to: tuple[Place, Sort, Listing, tuple[str, ...]]) -> None:
        """Open again what was left, as it was."""
        self._visit += 1
        self.place, self.sort, self.listing, self.terms = to
        self.aside = None
        self._asked.clear()

    # ------------------------------------------------------------------------------------------- rows

    async def fill(self, first: int, last: int) -> tuple[EntryId, ...]:
        """Read the rows around a window that are not in memory; returns whose they are."""
        listing = self.listing
        self._window = first, last
        wanted = [
            entry_id
            for entry_id in listing.missing(first - AROUND, last + AROUND)
            if entry_id not in self._asked
        ]
        if not wanted:
            return ()
        self._asked.update(wanted)
        rows = await self.db.read(entries.rows, wanted)
        listing.put(rows)
        self._asked.difference_update(wanted)
        return tuple(wanted)

    async def look_again(self) -> tuple[EntryId, ...]:
        """Read the rows around the window again, the others when they come into view; returns what changed."""
        listing = self.listing
        first, last = self._window
        near = listing.near(first - AROUND, last + AROUND)
        before = {entry_id: listing.row(entry_id) for entry_id in near}
        listing.doubt(near)
        rows = await self.db.read(entries.rows, tuple(before))
        changed = [row for row in rows if before.get(row.id) != row]
        listing.put(changed)
        return tuple(row.id for row in changed)

    async def look_for_new(self) -> bool:
        """See what is new in the place; tells whether the number of those that wait changed."""
        listing, place = self.listing, self.place
        if (
            place.kind in (places.PlaceKind.SEARCH, places.PlaceKind.FAILING)
            or listing.order is not Order.NEWEST
        ):
            return False
        compiled = self.compiled(places.query_of(place, self.sort))
        fresh = await self.db.read(search.ids, compiled, limit=FIRST_PART)
        if listing is not self.listing:
            return False
        if len(fresh) == FIRST_PART and len(listing):
            fresh = array("q", (entry_id for entry_id in fresh if entry_id > listing.ids[-1]))
        return listing.announce(fresh)

    # ------------------------------------------------------------------------------------------- searching

    async def find(self, text: str) -> Search | None:
        """Return what a search finds; None when a newer one took its place. Raises QueryError and StoreError.

        The word that is being typed stands for all that begin with it.
        """
        query = as_typed(text)
        compiled = self.compiled(query)
        try:
            found = await self.db.search(search.find, compiled, FOUND)
            unread = await self.db.search(search.find, self.compiled(places.unread_of(query)), FOUND)
            rows = await self.db.search(entries.rows, found.ids[:AROUND])
        except Superseded:
            return None
        listing = Listing(found.ids, unread.ids, order_of(found.ids))
        listing.put(rows)
        return Search(
            text,
            listing,
            found.total,
            found.capped,
            found.milliseconds,
            tuple(compiled.terms),
            (*compiled.notes, *found.notes),
        )

    def show_found(self, found: Search) -> None:
        """Make what was found the open place."""
        self._visit += 1
        self.place, self.listing, self.terms = places.search(found.text), found.listing, found.terms
        self.sort = Sort.USUAL
        self._asked.clear()

    async def snippets(self, ids: Iterable[EntryId]) -> dict[EntryId, Snippet]:
        """Return where the words that were searched stand in these articles."""
        found = await self.db.read(snippets.snippets, tuple(ids), self.terms)
        return {entry_id: Snippet(snippet.text, tuple(snippet.hits)) for entry_id, snippet in found.items()}

    async def spelling(self, text: str) -> str | None:
        """Return a search with its last word spelled as the library spells it, or None."""
        words = text.split()
        if not words or not words[-1].isalpha():
            return None
        better = await self.db.read(search.spelling, words[-1])
        return " ".join([*words[:-1], better]) if better else None

    async def count(self, query: Query) -> tuple[int, tuple[EntryRow, ...]]:
        """Return how many articles a bulk command would take, and the first five."""
        found = await self.db.read(search.ids, self.compiled(query))
        return len(found), await self.db.read(entries.rows, found[:5])

    # ------------------------------------------------------------------------------------------- the rest

    async def recount(self) -> Sources:
        """Read the counts of everything in the sources pane."""
        now = self.local_now()
        midnight = datetime.combine(now.date(), time(), tzinfo=now.tzinfo)
        self.sources = await self.db.read(counts.sources, midnight)
        return self.sources

    async def count_views(self) -> bool:
        """Count the saved views anew, one after the other; a search takes their place. Tells whether one changed."""
        changed = False
        for view in self.sources.views:
            try:
                compiled = self.compiled(parse(view.query))
                unread = await self.db.count(views.count_view, compiled)
            except BroadsheetError:
                continue
            if unread != view.unread:
                changed = True
                await self.db.write(views.note_count, view.id, unread, self.clock())
        return changed

    async def article(self, entry_id: EntryId) -> StoredArticle | None:
        """Return all that is stored of an article; None when its content is gone."""
        return await self.db.read(articles.load, entry_id)

    async def suggested_tags(self, ids: tuple[EntryId, ...]) -> tuple[str, ...]:
        """Return tags that fit these articles."""
        return await self.db.read(tags.suggest, "", ids)


def as_typed(text: str) -> Query:
    """Return the query for a text that is still being typed: its last word is a beginning; raises QueryError."""
    query = parse(text)
    if text[-1:].isspace() or query.where is None:
        return query
    return replace(query, where=_with_last_open(query.where, text))


def _with_last_open(node: Node, text: str) -> Node:
    match node:
        case Term(name="", values=(*before, Word(word))) if len(word) > 1 and text.endswith(word):
            return replace(node, values=(*before, Prefix(word)))
        case And(parts):
            return And((*parts[:-1], _with_last_open(parts[-1], text)))
        case Or(parts):
            return Or((*parts[:-1], _with_last_open(parts[-1], text)))
        case _:
            return node


def order_of(ids: array[int]) -> Order:
    """Return the order that a run of ids keeps."""
    if all(one > other for one, other in itertools.pairwise(ids)):
        return Order.NEWEST
    if all(one < other for one, other in itertools.pairwise(ids)):
        return Order.OLDEST
    return Order.GIVEN


def _unread_first(listing: Listing) -> Listing:
    """Return the listing with what is unread in front, each part in its order."""
    unread = [entry_id for entry_id in listing.ids if listing.is_unread(entry_id)]
    read = [entry_id for entry_id in listing.ids if not listing.is_unread(entry_id)]
    sorted_ = Listing((*unread, *read), unread, Order.GIVEN)
    sorted_.put(row for entry_id in listing.known() if (row := listing.row(entry_id)) is not None)
    return sorted_
