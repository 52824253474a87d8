"""The fields of the query language: one table for the parser, completion, error messages and the manual."""

from __future__ import annotations

from enum import Enum, auto
from typing import Final

from ..records import dataclass
from .tree import Comparison


class Kind(Enum):
    """What a field takes as its value; the parser checks by it and the compiler chooses by it."""

    WORDS = auto()
    NAME = auto()
    SITE = auto()
    TAG = auto()
    TOPIC = auto()
    STATE = auto()
    HAS = auto()
    BOUND = auto()
    """A date alone: ``after:``, ``before:``."""
    DATE = auto()
    AGE = auto()
    NUMBER = auto()
    LANGUAGE = auto()
    VIEW = auto()
    SORT = auto()
    LIMIT = auto()


@dataclass(frozen=True, slots=True)
class Field:
    """A field by name."""

    name: str
    kind: Kind
    meaning: str
    aliases: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    """The only values it takes; empty when any will do."""
    value_aliases: tuple[tuple[str, str], ...] = ()
    example: str = ""
    patterns: bool = False
    """Takes a regular expression."""


STATES: Final = (
    "unread", "read", "starred", "later", "inbox", "new", "updated", "hidden", "muted", "snoozed", "failed",
    "fulltext",
)  # fmt: skip
THINGS: Final = (
    "note", "highlight", "tag", "enclosure", "audio", "video", "image", "author", "fulltext", "comments",
)  # fmt: skip
SORT_KEYS: Final = ("published", "added", "updated", "title", "feed", "author", "words", "relevance")

FIELDS: Final[tuple[Field, ...]] = (
    Field("title", Kind.WORDS, "words in the title", ("intitle", "subject"), example="title:rust", patterns=True),
    Field("text", Kind.WORDS, "words in the text", ("body", "content"), example='text:"two words"', patterns=True),
    Field("author", Kind.WORDS, "words in the author's name", ("from", "by"), example="author:doe", patterns=True),
    Field("url", Kind.WORDS, "words in the link", ("inurl", "link"), example="url:2026/blog"),
    Field("note", Kind.WORDS, "words in your note", example="note:compare", patterns=True),
    Field("site", Kind.SITE, "registrable domain of the link", ("domain",), example="site:example.com"),
    Field("feed", Kind.NAME, "name of the source; := exact; a number is its id", ("f", "subscription"),
          example="feed:lwn", patterns=True),
    Field("folder", Kind.NAME, "name of the folder; := exact", ("category",), example="folder:tech", patterns=True),
    Field("tag", Kind.TAG, "a tag of yours, or one below it; * any", ("label",), example="#python", patterns=True),
    Field("topic", Kind.TOPIC, "a category the source gave", ("cat",), example="topic:security", patterns=True),
    Field("is", Kind.STATE, "the state of the article", values=STATES,
          value_aliases=(("star", "starred"), ("mute", "muted"), ("snooze", "snoozed")), example="is:unread"),
    Field("has", Kind.HAS, "something goes with the article", values=THINGS, example="has:note"),
    Field("no", Kind.HAS, "something does not go with the article", values=THINGS, example="no:author"),
    Field("after", Kind.BOUND, "published at that time or later", ("newer", "since"), example="after:7d"),
    Field("before", Kind.BOUND, "published before that time", ("older", "until"), example="before:2026-03"),
    Field("published", Kind.DATE, "when it was published", ("date",), example="published:2026-01..2026-03"),
    Field("added", Kind.DATE, "when it came into the library", example="added:today"),
    Field("updated", Kind.DATE, "when its text last changed", example="updated:7d"),
    Field("read", Kind.DATE, "when you marked it read", example="read:yesterday"),
    Field("starred", Kind.DATE, "when you starred it", example="starred:2026-01"),
    Field("age", Kind.AGE, "time since it was published", example="age:<2d"),
    Field("words", Kind.NUMBER, "length in words", example="words:>800"),
    Field("min", Kind.NUMBER, "reading time in minutes", ("readingtime",), example="min:<=3"),
    Field("lang", Kind.LANGUAGE, "declared or detected language", ("language",), example="lang:en"),
    Field("id", Kind.NUMBER, "number of the article", example="id:12,13"),
    Field("search", Kind.VIEW, "the query of a saved view", example="@morning"),
    Field("sort", Kind.SORT, "the order; - turns a key round", values=SORT_KEYS,
          value_aliases=(("date", "published"), ("rank", "relevance")), example="sort:-added,feed"),
    Field("limit", Kind.LIMIT, "at most so many articles", example="limit:50"),
)  # fmt: skip

_BY_NAME: Final = {name: field for field in FIELDS for name in (field.name, *field.aliases)}
_EQUALITY: Final = frozenset({Comparison.CONTAINS, Comparison.EQUALS})
_PLAIN: Final = frozenset({Comparison.CONTAINS})
_ORDERED: Final = frozenset({Kind.DATE, Kind.AGE, Kind.NUMBER})
_ENUMERATED: Final = frozenset({Kind.STATE, Kind.HAS, Kind.BOUND, Kind.SORT, Kind.LIMIT})
_OPEN: Final = frozenset({Kind.WORDS, Kind.NAME, Kind.TAG, Kind.TOPIC, Kind.LANGUAGE})


def field_named(name: str) -> Field | None:
    """Return the field of that name or alias, in any case."""
    return _BY_NAME.get(name.lower())


def nearest_field(name: str) -> str | None:
    """Return the name or alias of a field most like ``name``; ``None`` when nothing is near."""
    import difflib  # only for who made a slip

    near = difflib.get_close_matches(name.lower(), _BY_NAME, n=1, cutoff=0.6)
    return near[0] if near else None


def comparisons(field: Field) -> frozenset[Comparison]:
    """Return the signs that may follow the field's name."""
    if field.kind in _ORDERED:
        return frozenset(Comparison)
    return _PLAIN if field.kind in _ENUMERATED or field.kind is Kind.VIEW else _EQUALITY


def takes_prefix(field: Field) -> bool:
    """Tell whether ``wor*`` means something for the field."""
    return field.kind in _OPEN


def takes_anything(field: Field) -> bool:
    """Tell whether ``field:*`` means something: that there is any value."""
    return field.kind in _OPEN or field.kind in (Kind.SITE, Kind.DATE)


def takes_range(field: Field) -> bool:
    """Tell whether ``a..b`` means something for the field."""
    return field.kind in _ORDERED
