"""How an entry is written in the list, piece by piece. Pure but for Textual's own idea of a cell.

A line is a run of pieces, each a text and the name of a style; a line always fills its width exactly, so that the
ground of the highlighted row reaches from edge to edge.
"""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Final, NamedTuple

from rich.cells import cell_len, set_cell_size

from ..model import EntryRow, Verdict
from ..records import dataclass, field
from . import words

WIDE: Final = 64
"""From this width on, a row stands on one line with its source, age and reading time."""
ROOMY: Final = 92
"""From this width on, tags stand in the row."""

MARGIN: Final = 3
"""Cells before the title: the highlight, the unread mark, a space."""

_INVISIBLE: Final = {0xAD: None, 0x200B: None, 0x0A: " ", 0x09: " "}


class Piece(NamedTuple):
    """A run of text in one style."""

    text: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Snippet:
    """Where the words of a search were found: a text and the spans to show."""

    text: str
    hits: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """How rows are written at the moment."""

    now: datetime
    width: int
    height: int = 1
    """Lines of a row."""
    show_source: bool = True
    zone: tzinfo | None = None


@dataclass(frozen=True, slots=True)
class RowState:
    """What the list knows about a row beside the row itself."""

    highlighted: bool = False
    selected: bool = False
    handled: bool = False
    snippet: Snippet | None = None
    unfolded: tuple[str, ...] = field(default=())
    """The further lines of the unfolded row."""


def shown(text: str) -> str:
    """Return a text without the invisible break opportunities a terminal must not be sent alone."""
    return text.translate(_INVISIBLE)


def fit(text: str, width: int) -> str:
    """Return a text in exactly ``width`` cells: padded, or cut and ended in ``…``."""
    if width <= 0:
        return ""
    if len(text) > 4 * width:
        text = text[: 4 * width]
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(set_cell_size(text, width - 1).rstrip() + "…", width)


def auto_height(width: int, wished: int) -> int:
    """Return the lines of a row: as wished, or (0) one where it is wide enough for all its columns and two elsewhere."""
    return wished or (1 if width >= WIDE else 2)


def line(row: EntryRow, part: int, state: RowState, look: Look) -> list[Piece]:
    """Return one line of a row."""
    if part >= look.height:
        extra = part - look.height
        text = state.unfolded[extra] if extra < len(state.unfolded) else ""
        return [Piece(" " * MARGIN), Piece(fit(shown(text), look.width - MARGIN), "lede")]
    if part == 0:
        return _first(row, state, look)
    if part == 1 and look.width < WIDE:
        return _second(row, state, look)
    if state.snippet is not None and part == 1:
        return [Piece(" " * MARGIN), *_snippet(state.snippet, look.width - MARGIN)]
    return [Piece(" " * MARGIN), Piece(fit(_lede(row, part, look), look.width - MARGIN), "lede")]


def _lede(row: EntryRow, part: int, look: Look) -> str:
    """Return the part of the lede that stands on a line of a row of several."""
    order = part - (2 if look.width < WIDE else 1)
    width = max(1, look.width - MARGIN)
    return shown(row.lede)[order * width : (order + 1) * width + 1] if row.lede else ""


def blank(state: RowState, look: Look) -> list[Piece]:
    """Return the line of a row that is still being read."""
    mark = "▸" if state.highlighted else " "
    return [Piece(mark, "cursor"), Piece(fit(" …", look.width - 1), "meta")]


def heading(label: str, count: int, look: Look) -> list[Piece]:
    """Return the line above the rows of a day or a month."""
    text = f" {label} "
    tail = f" {words.number(count)} "
    fill = max(0, look.width - cell_len(text) - cell_len(tail))
    return [
        Piece(text, "heading"),
        Piece("─" * fill, "rule"),
        Piece(fit(tail, look.width - cell_len(text) - fill), "meta"),
    ]


def _first(row: EntryRow, state: RowState, look: Look) -> list[Piece]:
    right = _columns(row, look)
    room = look.width - MARGIN - sum(cell_len(piece.text) for piece in right)
    flags = _flags(row)
    role = "handled" if state.handled and not row.unread else "unread" if row.unread else "title"
    title = shown(row.title) or shown(row.lede) or "(without a title)"
    return [
        Piece("▸" if state.highlighted else " ", "cursor"),
        *_mark(row, state),
        Piece(" "),
        *flags,
        Piece(fit(title, room - sum(cell_len(piece.text) for piece in flags)), role),
        *right,
    ]


def _mark(row: EntryRow, state: RowState) -> list[Piece]:
    if state.selected:
        return [Piece("✓", "selected")]
    return [Piece("●" if row.unread else " ", "mark")]


def _flags(row: EntryRow) -> list[Piece]:
    """Return the signs before a title: starred, on the later list, snoozed back, hidden, with passages highlighted, with a note."""
    flags = []
    if row.starred:
        flags.append(Piece("★ ", "star"))
    if row.later:
        flags.append(Piece("» ", "later"))
    if row.hidden:
        flags.append(Piece("× ", "meta"))
    if row.has_highlight:
        flags.append(Piece("▌ ", "star"))
    if row.has_note:
        flags.append(Piece("¶ ", "later"))
    return flags


def when(row: EntryRow) -> datetime:
    """Return the instant an entry is sorted and aged by."""
    return row.published or row.added


def _columns(row: EntryRow, look: Look) -> list[Piece]:
    """Return what stands on the right of a row's first line."""
    age = Piece(f"{words.age(when(row), look.now):>5} ", "meta")
    if look.width < WIDE:
        return [age]
    pieces = []
    if look.width >= ROOMY and row.tags:
        tags = " ".join(f"#{tag}" for tag in row.tags)
        pieces.append(Piece(f" {fit(tags, min(cell_len(tags), look.width // 6))}", "tag"))
    if look.show_source:
        pieces.append(Piece(f"  {fit(shown(row.feed_title), min(24, look.width // 5))}", "source"))
    return [*pieces, Piece(f"{words.reading_time(row.words):>5}", "meta"), age]


def _second(row: EntryRow, state: RowState, look: Look) -> list[Piece]:
    """Return the second line of a row in a narrow list: where it was found, or source, length and tags."""
    width = look.width - MARGIN
    if state.snippet is not None:
        return [Piece(" " * MARGIN), *_snippet(state.snippet, width)]
    facts = [shown(row.feed_title)] if look.show_source else []
    if look.show_source is False and row.author:
        facts.append(shown(row.author))
    if row.words:
        facts.append(f"{words.minutes(row.words)} min")
    if row.verdict in (Verdict.FAILED, Verdict.TOO_SHORT):
        facts.append("feed's text")
    head = " · ".join(facts)
    tags = "".join(f" #{tag}" for tag in row.tags)
    room = max(0, width - cell_len(tags) - 1) if tags else width
    head = fit(head, min(room, cell_len(head)))
    return [
        Piece(" " * MARGIN),
        Piece(head, "source"),
        Piece(fit(tags, width - cell_len(head)), "tag"),
    ]


def _snippet(snippet: Snippet, width: int) -> list[Piece]:
    """Return where the words were found, cut to ``width`` cells, the words standing out."""
    pieces: list[Piece] = []
    text = snippet.text.translate({0x0A: " ", 0x09: " "})
    used, at = 0, _first_shown(text, snippet.hits, width)
    if at:
        pieces, used = [Piece("…", "lede")], 1
    for start, end in (*snippet.hits, (len(text), len(text))):
        for part, role in ((text[at:start], "lede"), (text[max(at, start) : end], "match")):
            part = shown(part)
            if used < width and part:
                cut = part if cell_len(part) <= width - used else fit(part, width - used)
                pieces.append(Piece(cut, role))
                used += cell_len(cut)
        at = end
    return [*pieces, Piece(" " * max(0, width - used))]


def _first_shown(text: str, hits: tuple[tuple[int, int], ...], width: int) -> int:
    """Return where to begin so that the first hit is in view with some words before it: a word's beginning."""
    if not hits or hits[0][1] <= width * 2 // 3:
        return 0
    wanted = max(0, hits[0][0] - width // 3)
    blank = text.find(" ", wanted, hits[0][0])
    return blank + 1 if blank >= 0 else wanted


def wrap(text: str, width: int, limit: int) -> list[str]:
    """Return a text broken at spaces into at most ``limit`` lines of ``width`` cells, the last one ending in ``…``."""
    lines: list[str] = []
    line_ = ""
    for word in shown(text).split():
        longer = f"{line_} {word}" if line_ else word
        if cell_len(longer) <= width:
            line_ = longer
            continue
        if line_:
            lines.append(line_)
        line_ = word if cell_len(word) <= width else fit(word, width)
        if len(lines) == limit:
            break
    lines.append(line_)
    if len(lines) > limit:
        lines = lines[:limit]
        lines[-1] = fit(lines[-1] + " …", min(width, cell_len(lines[-1]) + 2))
    return [kept for kept in lines if kept]


def unfold(row: EntryRow, look: Look) -> tuple[str, ...]:
    """Return the further lines of the unfolded row: its headline where it is cut, the lede, and the facts."""
    width = max(10, look.width - MARGIN - 1)
    room = look.width - MARGIN - sum(cell_len(piece.text) for piece in (*_columns(row, look), *_flags(row)))
    headline = wrap(row.title, width, 3) if cell_len(row.title) > room else []
    return (*headline, *wrap(row.lede, width, 3), *wrap(facts(row), width, 2))


def facts(row: EntryRow) -> str:
    """Return source, author, date, length and tags of an entry on one line."""
    parts = [row.feed_title, row.author, f"{when(row).astimezone():%d %B %Y, %H:%M}"]
    if row.words:
        parts.append(f"{words.minutes(row.words)} min")
    parts += [f"#{tag}" for tag in row.tags]
    return " · ".join(part for part in parts if part)
