"""What is typed on the ``:`` line: actions by name, verbs with a query, a few words of its own. Pure."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

from ..actions import ACTIONS, BY_NAME, Action, key_label
from ..errors import QueryError
from ..query import Completion, Names, complete, parse
from ..records import dataclass
from ..triage import Field

BULK: Final = {
    "done": (Field.READ, "1", "mark read"),
    "unread": (Field.READ, "", "mark unread"),
    "later": (Field.LATER, "1", "put on the later list"),
    "not-later": (Field.LATER, "", "take off the later list"),
    "star": (Field.STARRED, "1", "star"),
    "unstar": (Field.STARRED, "", "unstar"),
    "hide": (Field.HIDDEN, "1", "hide"),
    "show": (Field.HIDDEN, "", "show again"),
    "tag": (Field.TAG, "1", "set a tag"),
    "untag": (Field.TAG, "", "take off a tag"),
}
"""Verbs that take a query: what they set, to what, and what they do in words."""

WORDS: Final = {
    "q": "quit", "quit": "quit", "undo": "undo", "redo": "redo",
}  # fmt: skip
ARGUMENTS: Final = {
    "search": "find articles: :search rust async",
    "open": "go to a source, view or tag by name",
    "add": "add an address",
    "import": "import OPML or a list of addresses",
    "export": "export the subscriptions as OPML",
    "theme": "choose a theme by name",
    "demo": "add the invented sources of the demo",
    "siterule": "a rule for cleaning the pages of the article's site",
    "reclean": "clean kept pages anew: :reclean all",
}
"""Words that take something behind them, which may be left out."""


@dataclass(frozen=True, slots=True)
class Named:
    """An action by its name."""

    action: Action


@dataclass(frozen=True, slots=True)
class Bulk:
    """A verb on all that a query finds."""

    verb: str
    query: str
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """One of the line's own words, with what stands behind it."""

    name: str
    argument: str


Line: TypeAlias = Named | Bulk | Word


def read(line: str) -> Line | str:
    """Return what a line means, or why it means nothing, as a sentence."""
    name, _, rest = line.strip().lstrip(":").partition(" ")
    rest = rest.strip()
    if name in BULK and rest:
        return _bulk(name, rest)
    if name in ARGUMENTS and (rest or name not in BY_NAME):
        return Word(name, rest)
    action = BY_NAME.get(WORDS.get(name, name))
    if action is not None:
        return Named(action) if not rest else f"{name} takes nothing behind it."
    if not name:
        return "Type the name of an action; Tab completes."
    near = difflib.get_close_matches(name, [*BY_NAME, *BULK, *ARGUMENTS], 5)
    near.sort(key=lambda other: other[0] != name[0])  # the first letter is rarely the slip
    return f"There is no action {name!r}." + (f" Did you mean {near[0]}?" if near else "")


def _bulk(verb: str, rest: str) -> Line | str:
    tag = ""
    if verb in ("tag", "untag"):
        tag, _, rest = rest.partition(" ")
        tag, rest = tag.lstrip("#"), rest.strip()
        if not rest:
            return f"Which articles? :{verb} {tag} is:starred"
    try:
        parse(rest)
    except QueryError as error:
        return f"At column {error.column + 1}: {error}"
    return Bulk(verb, rest, tag)


def offers(text: str, cursor: int, names: Names, keys: Mapping[str, Sequence[str]]) -> list[Completion]:
    """Return what could stand at the cursor of the line."""
    head = text[:cursor]
    name, blank, rest = head.partition(" ")
    if not blank:
        return _name_offers(name, cursor, keys)
    if name == "open":
        wanted = rest.casefold()
        every = (*names.views, *names.feeds, *(f"#{tag}" for tag in names.tags))
        return [Completion(len(name) + 1, cursor, other) for other in every if wanted in other.casefold()][
            :50
        ]
    if name in ("tag", "untag") and " " not in rest:
        return [
            Completion(len(name) + 1, cursor, f"{tag} ")
            for tag in names.tags
            if tag.casefold().startswith(rest.lstrip("#").casefold())
        ]
    if name in BULK or name == "search":
        start = len(name) + 1
        return [
            Completion(offer.start + start, offer.end + start, offer.text, offer.meaning)
            for offer in complete(rest, len(rest), names)
        ]
    return []


def _name_offers(typed: str, cursor: int, keys: Mapping[str, Sequence[str]]) -> list[Completion]:
    every = [(action.name, _meaning(action, keys)) for action in ACTIONS]
    every += [(f"{verb} ", f"{what}: all that a query finds") for verb, (_, _, what) in BULK.items()]
    every += [(f"{word} ", meaning) for word, meaning in ARGUMENTS.items() if word not in BY_NAME]
    starting = [pair for pair in every if pair[0].startswith(typed)]
    inside = [pair for pair in every if typed in pair[0] and pair not in starting] if typed else []
    return [Completion(0, cursor, name, meaning) for name, meaning in [*starting, *inside]]


def _meaning(action: Action, keys: Mapping[str, Sequence[str]]) -> str:
    bound = " ".join(key_label(key) for key in keys.get(action.name, action.keys)[:2])
    return f"{action.help}  {bound}".rstrip()
