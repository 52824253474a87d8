"""Tags: counted, suggested, and changed as a whole."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import datetime

from ..errors import UsageError
from ..model import EntryId, TagCount, TagId
from ..triage import Actor, Field, Step, Wish
from . import changes
from .tagging import clean_name, find_tag


def all_tags(db: sqlite3.Connection) -> tuple[TagCount, ...]:
    """Return every tag that some entry has, by name."""
    found = db.execute(
        """
        SELECT id, name, total, unread, colour FROM tag
        WHERE total > 0 OR EXISTS (SELECT 1 FROM entry_tag WHERE tag_id = tag.id) ORDER BY folded
        """
    )
    return tuple(TagCount(TagId(id_), *rest) for id_, *rest in found)


def tags_of(db: sqlite3.Connection, ids: Iterable[EntryId]) -> dict[str, int]:
    """Return the tags that any of ``ids`` has, with how many of them have it."""
    found = db.execute(
        """
        SELECT tag.name, count(*) FROM entry_tag JOIN tag ON tag.id = entry_tag.tag_id
        WHERE entry_tag.entry_id IN (SELECT value FROM json_each(?)) GROUP BY tag.id ORDER BY tag.folded
        """,
        (json.dumps(list(ids)),),
    )
    return dict(found.fetchall())


def suggest(
    db: sqlite3.Connection, prefix: str, ids: Iterable[EntryId] = (), *, limit: int = 12
) -> tuple[str, ...]:
    """Return tags to offer for ``ids`` when ``prefix`` is typed, the likeliest first.

    Names that begin with the prefix come before those that hold it. Among them: what topics and headlines name, then what
    other articles of the same sources were tagged with, then what was used lately, then what was used often.
    """
    wanted = json.dumps(list(ids))
    titles = db.execute("SELECT title FROM entry WHERE id IN (SELECT value FROM json_each(?))", (wanted,))
    headlines = "\n".join(title.casefold() for (title,) in titles)
    found = db.execute(
        """
        WITH wanted AS (SELECT value AS entry_id FROM json_each(:ids)),
        feeds AS (SELECT DISTINCT feed_id FROM state WHERE entry_id IN (SELECT entry_id FROM wanted)),
        near AS (
            SELECT tag_id, count(*) AS n FROM (
                SELECT entry_tag.tag_id FROM state JOIN entry_tag ON entry_tag.entry_id = state.entry_id
                WHERE state.feed_id IN (SELECT feed_id FROM feeds) AND state.tagged > 0
                ORDER BY state.entry_id DESC LIMIT 300
            ) GROUP BY tag_id
        ),
        topical AS (
            SELECT folded FROM entry_topic JOIN topic ON topic.id = entry_topic.topic_id
            WHERE entry_topic.entry_id IN (SELECT entry_id FROM wanted)
        )
        SELECT name FROM tag LEFT JOIN near ON near.tag_id = tag.id
        WHERE instr(folded, :prefix) > 0 OR :prefix = ''
        ORDER BY
            substr(folded, 1, length(:prefix)) = :prefix DESC,
            folded IN (SELECT folded FROM topical) OR length(folded) > 2 AND instr(:headlines, folded) > 0 DESC,
            coalesce(near.n, 0) DESC,
            used_at DESC, total DESC, folded
        LIMIT :limit
        """,
        {
            "ids": wanted,
            "headlines": headlines,
            "prefix": clean_name(prefix).casefold(),
            "limit": limit,
        },
    )
    return tuple(name for (name,) in found)


def set_colour(db: sqlite3.Connection, name: str, colour: str) -> None:
    """Give a tag a colour by name; empty takes it away."""
    db.execute("UPDATE tag SET colour = ? WHERE id = ?", (colour, _existing(db, name)))


def rename(
    db: sqlite3.Connection, old: str, new: str, *, actor: Actor, session: str, now: datetime
) -> Step | None:
    """Give a tag, and all nested in it, another name, as one step; an existing tag of that name takes its articles in."""
    _existing(db, old)
    old_name, new_name = clean_name(old), clean_name(new)
    if not new_name:
        raise UsageError(f"{new!r} cannot be a tag: nothing is left of it.")
    if old_name == new_name:
        return None
    wishes: list[Wish] = []
    for name, nested in _family(db, old_name):
        target = new_name + nested
        _respell(db, target)
        if target.casefold() == name.casefold():
            continue
        for entry_id in _entries(db, name):
            wishes += (Wish(entry_id, Field.TAG, "", name), Wish(entry_id, Field.TAG, "1", target))
    label = f"Renamed tag {old_name} to {new_name}"
    step = changes.apply(db, wishes, label=label, actor=actor, session=session, now=now)
    _keep_colour(db, old_name, new_name)
    return step


def merge(
    db: sqlite3.Connection, sources: Iterable[str], target: str, *, actor: Actor, session: str, now: datetime
) -> Step | None:
    """Put ``target`` on every article that has one of ``sources``, and take those off, as one step."""
    target_name = clean_name(target)
    wishes = [
        wish
        for source in sources
        if clean_name(source).casefold() != target_name.casefold()
        for entry_id in _entries(db, source)
        for wish in (Wish(entry_id, Field.TAG, "", source), Wish(entry_id, Field.TAG, "1", target_name))
    ]
    label = f"Merged tags into {target_name}"
    return changes.apply(db, wishes, label=label, actor=actor, session=session, now=now)


def adopt(
    db: sqlite3.Connection, topic: str, *, actor: Actor, session: str, now: datetime, tag: str = ""
) -> Step | None:
    """Tag every article of a topic that feeds supply, with its name or another ``tag``, as one step."""
    found = db.execute(
        """
        SELECT entry_topic.entry_id FROM topic JOIN entry_topic ON entry_topic.topic_id = topic.id
        WHERE topic.folded = ?
        """,
        (topic.casefold(),),
    ).fetchall()
    wishes = [Wish(EntryId(entry_id), Field.TAG, "1", tag or topic) for (entry_id,) in found]
    label = f"Tagged {{n}} with {clean_name(tag or topic)}"
    return changes.apply(db, wishes, label=label, actor=actor, session=session, now=now)


def delete(db: sqlite3.Connection, name: str, *, actor: Actor, session: str, now: datetime) -> Step | None:
    """Take a tag, and all nested in it, off every article, as one step."""
    _existing(db, name)
    wishes = [
        Wish(entry_id, Field.TAG, "", member)
        for member, _nested in _family(db, clean_name(name))
        for entry_id in _entries(db, member)
    ]
    label = f"Deleted tag {clean_name(name)}"
    return changes.apply(db, wishes, label=label, actor=actor, session=session, now=now)


def _existing(db: sqlite3.Connection, name: str) -> TagId:
    found = find_tag(db, name)
    if found is None:
        raise UsageError(f"There is no tag called {clean_name(name)!r}.")
    return found


def _family(db: sqlite3.Connection, name: str) -> list[tuple[str, str]]:
    """Return a tag and those nested in it, each with what its name has beyond ``name``."""
    folded = name.casefold()
    found = db.execute(
        "SELECT name FROM tag WHERE folded = :own OR (folded > :own || '/' AND folded < :own || '0')",
        {"own": folded},
    )
    return [(member, member[len(name) :]) for (member,) in found.fetchall()]


def _entries(db: sqlite3.Connection, name: str) -> list[EntryId]:
    found = db.execute("SELECT entry_id FROM entry_tag WHERE tag_id = ?", (find_tag(db, name),))
    return [EntryId(entry_id) for (entry_id,) in found]


def _respell(db: sqlite3.Connection, name: str) -> None:
    """Write an existing tag as it is spelt now: only its case differs."""
    db.execute("UPDATE tag SET name = ? WHERE folded = ?", (name, name.casefold()))


def _keep_colour(db: sqlite3.Connection, old: str, new: str) -> None:
    """Let a renamed tag keep its colour where the new name has none."""
    db.execute(
        """
        UPDATE tag SET colour = (SELECT colour FROM tag WHERE folded = ?) WHERE folded = ? AND colour = ''
        """,
        (old.casefold(), new.casefold()),
    )
