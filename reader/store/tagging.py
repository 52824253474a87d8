"""The tag of an entry: names made equal, put on, taken off. What is undoable about tags is in ``tags``."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from typing import Final

from ..model import EntryId, TagId
from ..text import clean_line
from .clock import to_seconds

NAME_LIMIT: Final = 100
"""Characters of a tag."""


def clean_name(name: str) -> str:
    """Return ``name`` as a tag is stored: one line, no comma, no ``#`` before a part, no empty part; may be empty.

    A comma separates tags wherever they are typed or exported, and ``#`` announces one in a query.
    """
    parts = (
        part.lstrip("# ").rstrip() for part in clean_line(name.replace(",", " "), limit=NAME_LIMIT).split("/")
    )
    return "/".join(part for part in parts if part)


def find_tag(db: sqlite3.Connection, name: str) -> TagId | None:
    """Return the tag called ``name``, whatever its case."""
    row = db.execute("SELECT id FROM tag WHERE folded = ?", (clean_name(name).casefold(),)).fetchone()
    return TagId(row[0]) if row else None


def spelling_of(db: sqlite3.Connection, name: str) -> str:
    """Return the clean ``name`` as the tag was written first; itself when there is no such tag yet."""
    row = db.execute("SELECT name FROM tag WHERE folded = ?", (name.casefold(),)).fetchone()
    return str(row[0]) if row else name


def make_tag(db: sqlite3.Connection, name: str) -> TagId:
    """Return the tag called ``name``, made when there is none; ``name`` is clean and not empty."""
    db.execute("INSERT INTO tag(name, folded) VALUES (?, ?) ON CONFLICT DO NOTHING", (name, name.casefold()))
    (found,) = db.execute("SELECT id FROM tag WHERE folded = ?", (name.casefold(),)).fetchone()
    return TagId(found)


def put(db: sqlite3.Connection, entry_id: EntryId, name: str, now: datetime) -> None:
    """Tag an entry without a step in the journal: for what came with it."""
    name = clean_name(name)
    if name:
        db.execute(
            "INSERT INTO entry_tag(tag_id, entry_id, added) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            (make_tag(db, name), entry_id, to_seconds(now)),
        )
