"""Terms on the state of an article (``is:``) and on what goes with it (``has:``)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from .clock import to_seconds
from .conditions import Condition, Rows, Test, Unread, all_of, none_of
from .moments import instants

NEW_FOR: Final = timedelta(hours=24)
"""How long an article is ``is:new``."""


NOTED: Final = Rows("SELECT entry_id AS id FROM note", ordered=True)
"""The articles with a note."""


def _flag(column: str, *, counter: str = "") -> Test:
    """Return the condition that a person set this flag; its partial index holds those alone, in order."""
    rows = Rows(
        f"SELECT entry_id AS id FROM state INDEXED BY state_{column.split('_')[0]} WHERE {column} IS NOT NULL",
        ordered=True,
        counter=counter,
    )
    return Test(f"state.{column} IS NOT NULL", (), rows)


_FULL_TEXT: Final = Test(
    "coalesce(entry.verdict IN ('good', 'doubtful'), 0)",
    (),
    Rows(
        "SELECT id FROM entry INDEXED BY entry_fulltext WHERE verdict IN ('good', 'doubtful')", ordered=True
    ),
)
_ANONYMOUS: Final = Test(
    "entry.author = ''",
    (),
    Rows("SELECT id FROM entry INDEXED BY entry_anonymous WHERE author = ''", ordered=True),
)
TAGGED: Final = Test(
    "state.tagged > 0",
    (),
    Rows("SELECT entry_id AS id FROM state INDEXED BY state_tagged WHERE tagged > 0", ordered=True),
)
_UNREAD: Final = Test("state.read_at IS NULL", (), Unread())
_MUTED: Final = "FROM rule_hit JOIN rule ON rule.id = rule_hit.rule_id WHERE rule.mute = 1"  # one hit for each rule and entry
_STATES: Final[dict[str, Condition]] = {
    "unread": _UNREAD,
    "read": none_of(_UNREAD),
    "starred": _flag("starred_at", counter="starred"),
    "later": _flag("later_at", counter="later"),
    "inbox": all_of(
        _UNREAD, Test("state.listed = 1"), Test("state.feed_id NOT IN (SELECT id FROM feed WHERE quiet = 1)")
    ),
    "updated": Test(
        "entry.changed_at IS NOT NULL",
        (),
        Rows("SELECT id FROM entry INDEXED BY entry_changed WHERE changed_at IS NOT NULL"),
    ),
    "hidden": _flag("hidden_at"),
    "muted": Test(
        f"state.hidden_at IS NOT NULL AND EXISTS (SELECT 1 {_MUTED} AND rule_hit.entry_id = state.entry_id)",
        (),
        Rows(f"SELECT DISTINCT rule_hit.entry_id AS id {_MUTED}", exact=False),
    ),
    "snoozed": Test(
        "state.snoozed_until IS NOT NULL",
        (),
        Rows("SELECT entry_id AS id FROM state INDEXED BY state_snoozed WHERE snoozed_until IS NOT NULL"),
    ),
    "failed": Test(
        "entry.page = 'failed'",
        (),
        Rows("SELECT id FROM entry INDEXED BY entry_page_failed WHERE page = 'failed'", ordered=True),
    ),
    "fulltext": _FULL_TEXT,
}


def state(name: str, now: datetime) -> Condition:
    """Return the condition of ``is:name``."""
    if name == "new":
        return instants("state.arrived", "state", to_seconds(now - NEW_FOR), None)
    return _STATES[name]


def _media(bit: int) -> Test:
    return Test(
        f"entry.media & {bit} > 0",
        (),
        Rows(
            f"SELECT id FROM entry INDEXED BY entry_media WHERE media > 0 AND media & {bit} > 0", ordered=True
        ),
    )


_THINGS: Final[dict[str, Condition]] = {
    "note": Test("state.noted = 1", (), NOTED),
    "highlight": Test(
        "EXISTS (SELECT 1 FROM highlight WHERE highlight.entry_id = state.entry_id)",
        (),
        Rows("SELECT DISTINCT entry_id AS id FROM highlight"),
    ),
    "tag": TAGGED,
    "enclosure": _media(1),
    "audio": _media(2),
    "video": _media(4),
    "image": Test("entry.media & 8 > 0 OR entry.image_url <> ''"),
    "author": none_of(_ANONYMOUS),
    "fulltext": _FULL_TEXT,
    "comments": Test(
        "entry.comments_url <> ''",
        (),
        Rows("SELECT id FROM entry INDEXED BY entry_comments WHERE comments_url <> ''", ordered=True),
    ),
}


def thing(name: str) -> Condition:
    """Return the condition of ``has:name``."""
    return _THINGS[name]
