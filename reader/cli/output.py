"""Results on standard output: for a person, for a script, for ``jq``.

The format is asked for and never guessed from what standard output is: nothing (for eyes), ``--plain`` (one line each,
fields separated by tabs) or ``--json`` (one object a line, with ``"schema": 1``; fields may be added within a
schema, and are never renamed or removed). Nothing is cut short but the lines that a terminal could not show.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final, TextIO

from ..links import masked
from ..model import EntryRow, Feed
from ..text import clean_line

SCHEMA: Final = 1
"""The version of every object that ``--json`` prints."""
WORDS_PER_MINUTE: Final = 230
"""How fast people read an article (Brysbaert 2019, 238 words a minute for non-fiction), rounded down."""


def add_format(parser: argparse.ArgumentParser) -> None:
    """Let a command print ``--json`` or ``--plain``."""
    group = parser.add_mutually_exclusive_group()
    group.add_argument("--json", action="store_true", help='print one JSON object a line, with "schema": 1')
    group.add_argument("--plain", action="store_true", help="print one line each, fields separated by tabs")


def print_json(out: TextIO, value: Mapping[str, object]) -> None:
    """Print one object on a line, in ASCII where standard output knows nothing else."""
    ascii_only = "utf" not in (out.encoding or "utf-8").lower()
    print(json.dumps({"schema": SCHEMA, **value}, ensure_ascii=ascii_only), file=out)


def print_plain(out: TextIO, fields: Iterable[object]) -> None:
    """Print fields on a line, separated by tabs; what is in them has neither tabs nor line breaks."""
    print("\t".join(clean_line(str(field)) for field in fields), file=out)


def print_columns(out: TextIO, rows: Iterable[tuple[str, ...]], *, right: Iterable[int] = ()) -> None:
    """Print rows as columns of the width they need; ``right`` lists the columns set to the right."""
    from ..typeset.cells import cell_width

    table = [tuple(map(clean_line, row)) for row in rows]
    flush = set(right)
    widths = [max(map(cell_width, column)) for column in zip(*table, strict=True)]
    for row in table:
        cells = []
        for position, (cell, width) in enumerate(zip(row, widths, strict=True)):
            space = " " * (width - cell_width(cell))
            cells.append(space + cell if position in flush else cell + space)
        print(fit(out, "  ".join(cells).rstrip()), file=out)


def fit(out: TextIO, line: str, spare: int = 0) -> str:
    """Return the line, cut to the terminal less ``spare`` cells when ``out`` is one, so that rows stay rows."""
    if not out.isatty():
        return line
    import shutil

    from ..typeset.cells import cell_width

    columns = shutil.get_terminal_size().columns - spare
    if cell_width(line) <= columns:
        return line
    kept, room = [], columns - 1
    for character in line:
        room -= cell_width(character)
        if room < 0:
            break
        kept.append(character)
    return "".join(kept) + "…"


# ------------------------------------------------------------------------------------------------- entries


def print_entries(
    out: TextIO, rows: Iterable[EntryRow], arguments: argparse.Namespace, now: datetime
) -> None:
    """Print entries in the format asked for."""
    for row in rows:
        if arguments.json:
            print_json(out, entry_object(row))
        elif arguments.plain:
            print_plain(out, entry_fields(row))
        else:
            print(fit(out, entry_line(row, now)), file=out)


def entry_object(row: EntryRow) -> dict[str, object]:
    """Return an entry as ``--json`` prints it."""
    return {
        "id": row.id,
        "title": row.title,
        "url": row.link,
        "feed_id": row.feed_id,
        "feed": row.feed_title,
        "author": row.author,
        "published": _instant(row.published),
        "added": _instant(row.added),
        "read": not row.unread,
        "starred": row.starred,
        "later": row.later,
        "hidden": row.hidden,
        "snoozed_until": _instant(row.snoozed_until),
        "tags": list(row.tags),
        "lede": row.lede,
        "words": row.words,
        "minutes": minutes(row.words),
        "language": row.language,
        "enclosure": row.has_enclosure,
        "note": row.has_note,
        "verdict": row.verdict.value if row.verdict else None,
    }


def entry_fields(row: EntryRow) -> tuple[object, ...]:
    """Return an entry as ``--plain`` prints it: id, date, flags, feed, title, tags, address."""
    return (
        row.id,
        _instant(row.published or row.added),
        flags(row).replace(" ", "") or "-",
        row.feed_title,
        row.title,
        ",".join(row.tags),
        row.link,
    )


def entry_line(row: EntryRow, now: datetime) -> str:
    """Return an entry as a line for eyes: id, flags, date, title, where from, tags."""
    tags = "".join(f" #{tag}" for tag in row.tags)
    day = date_words(row.published or row.added, now)
    return f"{row.id:<10} {flags(row)} {day:<10}  {row.title or '(no title)'} · {row.feed_title}{tags}"


def flags(row: EntryRow) -> str:
    """Return three signs: unread, starred, later."""
    return ("●" if row.unread else " ") + ("★" if row.starred else " ") + ("▸" if row.later else " ")


def minutes(words: int) -> int:
    """Return how long a text of so many words takes to read, at least a minute when there is any."""
    return (words + WORDS_PER_MINUTE - 1) // WORDS_PER_MINUTE


def date_words(instant: datetime, now: datetime) -> str:
    """Return the time for today, else the date, where the person is."""
    local, today = instant.astimezone(), now.astimezone().date()
    return f"{local:%H:%M}" if local.date() == today else f"{local:%Y-%m-%d}"


# --------------------------------------------------------------------------------------------------- feeds


def feed_object(feed: Feed) -> dict[str, object]:
    """Return a source as ``--json`` prints it."""
    return {
        "id": feed.id,
        "title": feed.title,
        "url": masked(feed.url),
        "site": masked(feed.site_url),
        "folder": feed.folder,
        "kind": feed.kind.value,
        "health": feed.health.value,
        "error": feed.error,
        "unread": feed.unread,
        "total": feed.total,
        "last_fetch": _instant(feed.last_fetch),
        "last_success": _instant(feed.last_success),
        "next_fetch": _instant(feed.next_fetch),
        "decision": feed.decision,
        "full_text": feed.full_text.value,
        "interval_minutes": int(feed.interval.total_seconds() // 60) if feed.interval else None,
        "tags": list(feed.tags),
        "quiet": feed.quiet,
        "keep": feed.keep,
    }


def _instant(value: datetime | None) -> str | None:
    return value.isoformat(timespec="seconds").replace("+00:00", "Z") if value else None
