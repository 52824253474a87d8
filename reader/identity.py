"""Which entry of a document is which entry of the library.

A reader lives from showing each entry once and from never losing what was done to it, while publishers change guids,
links, order, host names and dates. The rules are those that survive in Miniflux, FreshRSS and NetNewsWire, put
together:

1. The *key* of an entry is its guid, byte for byte. Without a guid it is the link, without a link title and date.
2. A guid that several different entries of one document share says nothing: those entries are taken as having none.
   When that is the feed's habit the *policy* of the feed steps from guid to link, to link and date, to link and title,
   and stays there, so that keys do not flap.
3. An entry with an unknown key gets a *second chance* before it counts as new: if the library has an entry of the same
   feed that this document no longer announces under its own key, and two of link, title and date agree, it is that
   entry. Its key moves on, and the old one stays as an alias.

Nothing here touches the library: it is asked through ``Known``, in batches, and only for entries whose key is new.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from hashlib import blake2b
from types import MappingProxyType
from typing import Final, Protocol

from .links import host_of, normal_link, strip_tracking
from .model import EntryId, ParsedEntry, ParsedFeed
from .records import dataclass

__all__ = [
    "Known",
    "KnownEntry",
    "Nothing",
    "Plan",
    "Planned",
    "Policy",
    "content_hash",
    "link_mark",
    "normal_link",
    "plan",
    "strip_tracking",
    "title_mark",
]

COLLISIONS_TOLERATED: Final = 0.05
"""Share of a document's entries whose keys may collide before the feed's policy steps on (FreshRSS' measure)."""
MOVED_SHARE: Final = 0.5
"""Share of new keys above which a document looks like a site that moved, and weaker evidence is accepted."""
MOVED_LEAST: Final = 5
"""New keys below which no document looks moved: a feed of one bulletin at a time always has all new keys."""

_TAG = re.compile(r"<[^<>]*>")


class Policy(StrEnum):
    """What the keys of a feed's entries are made of; stored with the feed, and only ever steps down this list."""

    GUID = "guid"
    LINK = "link"
    LINK_DATE = "link+date"
    LINK_TITLE = "link+title"


@dataclass(frozen=True, slots=True)
class KnownEntry:
    """An entry of the library, as far as identity asks; also one whose content was purged."""

    id: EntryId
    key: bytes
    """Its present key, whichever key or alias it was found by."""
    link: bytes
    """``link_mark`` of its link when it was last stored."""
    title: bytes
    """``title_mark`` of its title when it was last stored."""
    published: datetime | None


class Known(Protocol):
    """What the library knows of one feed. Each question is asked at most once per document."""

    @property
    def policy(self) -> Policy:
        """The policy stored with the feed."""

    def by_keys(self, keys: Collection[bytes]) -> Mapping[bytes, KnownEntry]:
        """Return the entries that have one of these keys, now or as an alias."""

    def by_links(self, links: Collection[bytes]) -> Iterable[KnownEntry]:
        """Return the entries whose link mark is one of these."""

    def by_titles(self, titles: Collection[bytes]) -> Iterable[KnownEntry]:
        """Return the entries whose title mark is one of these."""


class Nothing:
    """The ``Known`` of a feed that has never been stored."""

    policy = Policy.GUID

    def by_keys(self, keys: Collection[bytes]) -> Mapping[bytes, KnownEntry]:  # noqa: ARG002 - the protocol's name
        """Return nothing."""
        return {}

    def by_links(self, links: Collection[bytes]) -> Iterable[KnownEntry]:  # noqa: ARG002 - the protocol's name
        """Return nothing."""
        return ()

    def by_titles(self, titles: Collection[bytes]) -> Iterable[KnownEntry]:  # noqa: ARG002 - the protocol's name
        """Return nothing."""
        return ()


@dataclass(frozen=True, slots=True)
class Planned:
    """What to do with one entry: insert it (``id`` is ``None``) or update that row."""

    entry: ParsedEntry
    id: EntryId | None
    key: bytes
    link: bytes
    title: bytes
    content_hash: bytes
    alias: bytes | None = None
    """The key this entry had until now; to be kept as one that still means it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A document set against the library: every key and every id occurs once, in the document's order."""

    entries: tuple[Planned, ...]
    policy: Policy
    """To be stored with the feed."""


def plan(known: Known, feed: ParsedFeed, digests: Mapping[int, bytes] = MappingProxyType({})) -> Plan:
    """Return which entries of ``feed`` are new and which are in the library already.

    ``digests`` are content hashes that were worked out already, by the ``id()`` of the entry object.
    """
    site = host_of(feed.link)
    drafts = [_draft(entry, site) for entry in feed.entries]
    policy, keyed = _keys(known.policy, drafts)
    found = known.by_keys(keyed.keys()) if keyed else {}

    matches: dict[bytes, KnownEntry] = {}
    taken: set[EntryId] = set()
    for key in keyed:
        entry = found.get(key)
        if entry is not None and entry.id not in taken:
            matches[key] = entry
            taken.add(entry.id)
    unknown = {key: draft for key, draft in keyed.items() if key not in found}
    moved = len(unknown) >= MOVED_LEAST and len(unknown) > MOVED_SHARE * len(keyed)
    matches.update(_second_chance(known, unknown, taken, moved=moved))

    return Plan(
        tuple(
            _planned(draft, key, matches.get(key), digests)
            for key, draft in keyed.items()
            if key in matches or key not in found
        ),
        policy,
    )


def content_hash(entry: ParsedEntry) -> bytes:
    """Return a digest of what a reader sees of ``entry``; equal digests need no update.

    Title, normalised link, the text of the body without tags and white space, and the enclosures count. A new
    ``updated`` alone, another nonce in an attribute or another time zone is no change.
    """
    body = entry.content_html or entry.summary
    text = "".join(_TAG.sub("", body).split())
    files = "\n".join(enclosure.url for enclosure in entry.enclosures)
    return _mark("\0".join((entry.title, normal_link(entry.link), text, files)))


def link_mark(url: str, site: str = "") -> bytes:
    """Return the mark that equal links share; empty for no link."""
    return _mark(normal_link(url, site)) if url else b""


def title_mark(title: str) -> bytes:
    """Return the mark that titles share which differ in case and white space only; empty for no title."""
    folded = " ".join(title.casefold().split())
    return _mark(folded) if folded else b""


# ---------------------------------------------------------------------------------------- keys


@dataclass(frozen=True, slots=True)
class _Draft:
    """An entry with the marks that several steps need."""

    entry: ParsedEntry
    link: bytes
    title: bytes

    @property
    def face(self) -> tuple[object, ...]:
        """What one entry announced twice agrees in; without a guid that is all a reader sees of it."""
        if self.entry.guid:
            return self.link, self.title
        return self.link, self.title, self.entry.published, _beginning(self.entry)


def _draft(entry: ParsedEntry, site: str) -> _Draft:
    return _Draft(entry, link_mark(entry.link, site), title_mark(entry.title))


def _keys(policy: Policy, drafts: Sequence[_Draft]) -> tuple[Policy, dict[bytes, _Draft]]:
    """Return the policy that fits the document and its entries by key; of an entry announced twice, the first."""
    ladder = list(Policy)[list(Policy).index(policy) :]
    tolerated = int(COLLISIONS_TOLERATED * len(drafts))
    for policy in ladder:
        keys = [_key(policy, draft) for draft in drafts]
        colliding = _colliding(keys, drafts)
        if sum(key in colliding for key in keys) <= tolerated:
            break
    keyed: dict[bytes, _Draft] = {}
    for key, draft in zip(keys, drafts, strict=True):
        if key in colliding:
            key = _key(Policy.LINK if policy is Policy.GUID else Policy.LINK_TITLE, draft)
            if key in keyed and keyed[key].face != draft.face:
                key = _text_key(draft)
        keyed.setdefault(key, draft)
    return policy, keyed


def _colliding(keys: Sequence[bytes], drafts: Sequence[_Draft]) -> set[bytes]:
    """Return the keys that different entries share."""
    shared = {key for key, count in Counter(keys).items() if count > 1}
    faces: defaultdict[bytes, set[tuple[object, ...]]] = defaultdict(set)
    for key, draft in zip(keys, drafts, strict=True):
        if key in shared:
            faces[key].add(draft.face)
    return {key for key, seen in faces.items() if len(seen) > 1}


def _key(policy: Policy, draft: _Draft) -> bytes:
    entry = draft.entry
    if policy is Policy.GUID and entry.guid:
        return _mark("guid\0" + entry.guid)
    if not draft.link:
        return _text_key(draft)
    parts = [b"link", draft.link]
    if policy is Policy.LINK_DATE:
        parts.append(_date(entry).encode())
    elif policy is Policy.LINK_TITLE:
        parts.append(draft.title)
    return _digest(b"\0".join(parts))


def _text_key(draft: _Draft) -> bytes:
    """Return the key of an entry that has nothing but its text: title with date, else title with its beginning."""
    entry = draft.entry
    if draft.title and entry.published and not draft.link:
        return _mark("title\0" + " ".join(entry.title.casefold().split()) + "\0" + _date(entry))
    return _mark("\0".join(("text", normal_link(entry.link), entry.title, _date(entry), _beginning(entry))))


def _beginning(entry: ParsedEntry) -> str:
    """Return the first 500 characters of an entry's text, without tags."""
    return " ".join(_TAG.sub(" ", (entry.content_html or entry.summary)[:4000]).split())[:500]


def _date(entry: ParsedEntry) -> str:
    return entry.published.isoformat() if entry.published else ""


# ---------------------------------------------------------------------------------------- the second chance

_Evidence = tuple[object, ...]


def _second_chance(
    known: Known, unknown: Mapping[bytes, _Draft], taken: set[EntryId], *, moved: bool
) -> dict[bytes, KnownEntry]:
    """Return the known entries that unknown keys turn out to be; evidence that is not unique is no evidence."""
    if not unknown:
        return {}
    links = {draft.link for draft in unknown.values()} - {b""}
    titles = {draft.title for draft in unknown.values()} - {b""}
    candidates = {entry.id: entry for entry in known.by_links(links)} if links else {}
    if titles:
        candidates.update((entry.id, entry) for entry in known.by_titles(titles))
    free = {id_: entry for id_, entry in candidates.items() if id_ not in taken}
    if not free:
        return {}
    matches: dict[bytes, KnownEntry] = {}
    for evidence in (
        _link_and_title,
        _title_and_instant,
        _link_and_instant,
        *((_title_and_day,) if moved else ()),
    ):
        for key, entry in _pairs(evidence, unknown, free, matches, lenient=moved):
            matches[key] = entry
            del free[entry.id]
    return matches


def _pairs(
    evidence: Callable[[bytes, bytes, datetime | None], _Evidence | None],
    unknown: Mapping[bytes, _Draft],
    free: Mapping[EntryId, KnownEntry],
    matched: Mapping[bytes, KnownEntry],
    *,
    lenient: bool,
) -> list[tuple[bytes, KnownEntry]]:
    """Return the pairs that share a piece of evidence which is unique in the document and in the library."""
    ours: defaultdict[_Evidence, list[bytes]] = defaultdict(list)
    for key, draft in unknown.items():
        piece = evidence(draft.link, draft.title, draft.entry.published)
        if piece is not None and key not in matched:
            ours[piece].append(key)
    theirs: defaultdict[_Evidence, list[KnownEntry]] = defaultdict(list)
    for entry in free.values():
        piece = evidence(entry.link, entry.title, entry.published)
        if piece is not None:
            theirs[piece].append(entry)
    return [
        (keys[0], theirs[piece][0])
        for piece, keys in ours.items()
        if len(keys) == 1
        and len(theirs[piece]) == 1
        and (lenient or _dates_agree(unknown[keys[0]].entry.published, theirs[piece][0].published))
    ]


def _link_and_title(link: bytes, title: bytes, published: datetime | None) -> _Evidence | None:  # noqa: ARG001
    return (link, title) if link and title else None


def _title_and_instant(link: bytes, title: bytes, published: datetime | None) -> _Evidence | None:  # noqa: ARG001
    return (title, published) if title and published else None


def _link_and_instant(link: bytes, title: bytes, published: datetime | None) -> _Evidence | None:  # noqa: ARG001
    return (link, published) if link and published else None


def _title_and_day(link: bytes, title: bytes, published: datetime | None) -> _Evidence | None:  # noqa: ARG001
    return (title, published.date()) if title and published else None


def _dates_agree(one: datetime | None, other: datetime | None) -> bool:
    """Tell whether two dates can be the same entry's; a bulletin with a fixed title and link differs in this alone."""
    return one is None or other is None or one == other


def _planned(draft: _Draft, key: bytes, match: KnownEntry | None, digests: Mapping[int, bytes]) -> Planned:
    return Planned(
        draft.entry,
        match.id if match else None,
        key,
        draft.link,
        draft.title,
        digests.get(id(draft.entry)) or content_hash(draft.entry),
        match.key if match and match.key != key else None,
    )


def _mark(text: str) -> bytes:
    return _digest(text.encode("utf-8", "surrogatepass"))


def _digest(data: bytes) -> bytes:
    """Return 16 bytes: short enough for three indexes over a million rows, long enough never to collide."""
    return blake2b(data, digest_size=16).digest()
