"""Which articles a command is about: ids, ids on standard input, or a query, as words on the command line.

broadsheet star 812 815            two articles
broadsheet star 812,815            the same
broadsheet star tag:tea is:unread  what the query finds
broadsheet list --json … | broadsheet star -
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TextIO, TypeAlias

from ..errors import UsageError
from ..model import EntryId
from ..query import parse
from ..store import Connection
from ..store.compile import Compiled, compile_query

Ids: TypeAlias = tuple[EntryId, ...]


def add_targets(parser: argparse.ArgumentParser, *, required: bool = True) -> None:
    """Let a command take ids or a query as its last words."""
    parser.set_defaults(takes_query=True)
    parser.add_argument(
        "target",
        nargs="+" if required else "*",
        metavar="ID|QUERY",
        help='ids, "-" for ids on standard input, or a query (broadsheet manual queries)',
    )


def given_ids(words: Sequence[str], stdin: TextIO) -> Ids | None:
    """Return the ids that the words are, or None when they are a query."""
    if list(words) == ["-"]:
        return tuple(_ids_of_lines(stdin))
    if words and all(re.fullmatch(r"\d+(,\d+)*,?", word) for word in words):
        return tuple(EntryId(int(number)) for word in words for number in word.split(",") if number)
    return None


def _ids_of_lines(lines: Iterable[str]) -> Iterable[EntryId]:
    """Yield the ids of what ``list`` printed, in any of its formats."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            found = json.loads(line)["id"] if line.lstrip().startswith("{") else line.split()[0]
            yield EntryId(int(found))
        except (ValueError, KeyError, TypeError):
            raise UsageError(f"Line {number} of standard input has no id: {line.strip()[:60]}") from None


def compiled(db: Connection, text: str, now: datetime) -> Compiled:
    """Return a person's query, compiled strictly; raises QueryError with the column."""
    views: dict[str, str] = {}
    if "@" in text or "search:" in text.lower():
        # Their room costs a third of the start of "list", and few queries name one.
        from ..store.views import all_views

        views = {view.name: view.query for view in all_views(db)}
    return compile_query(parse(text), now=now.astimezone(), views=views, strict=True)
