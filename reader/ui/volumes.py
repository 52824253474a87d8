"""What came, was read and put off, in columns, sparklines and bars. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from ..store.statistics import Day, Volume
from . import words
from .condition import per_week, sparkline
from .rows import Piece, fit, shown

SPANS: Final = (4, 12, 26, 52)
"""Weeks that are looked back on, stepped through by a key."""
BARS: Final = 12
"""Cells of a sparkline, and of a bar, at the most."""
ROOMY: Final = 62
"""Cells of a line from which the weeks are drawn."""
WIDE: Final = 90
"""Cells of a line from which the bar of what was read is drawn."""
_EIGHTHS: Final = " ▏▎▍▌▋▊▉"


class Order(StrEnum):
    """How sources and tags are put in order."""

    VOLUME = "most came first"
    READ = "least read first"
    LATER = "most put off first"
    NAME = "by name"


def ordered(volumes: Sequence[Volume], order: Order) -> list[Volume]:
    """Return volumes in an order; what nothing came of stands last in all but that of names."""
    keys = {
        Order.VOLUME: lambda volume: -volume.total,
        Order.READ: lambda volume: volume.read_rate,
        Order.LATER: lambda volume: -volume.later_rate,
    }
    named = sorted(volumes, key=lambda volume: volume.name.casefold())
    key = keys.get(order)
    return named if key is None else sorted(named, key=lambda volume: (not volume.total, key(volume)))


def gathered(values: Sequence[int], most: int = BARS) -> list[int]:
    """Return values added up in groups of neighbours of one size, the last group whole, until they are few enough."""
    size = -(-len(values) // most)
    first = len(values) % size
    starts = [*([0] if first else []), *range(first, len(values), size)]
    return [sum(values[start:end]) for start, end in zip(starts, [*starts[1:], len(values)], strict=True)]


def shares(part: Sequence[int], whole: Sequence[int]) -> str:
    """Return a bar for the share that each value is of its whole; the full height is all of it."""
    percent = [100 * value // of if of else 0 for value, of in zip(part, whole, strict=True)]
    return sparkline([*percent, 100])[:-1]


def bar(share: float, width: int) -> str:
    """Return a bar of a width for a share from 0 to 1, exact to an eighth of a cell."""
    eighths = round(max(0.0, min(share, 1.0)) * width * 8)
    return fit("█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip(), width)


def row(volume: Volume, width: int) -> list[Piece]:
    """Return a source or a tag on a line: its name, the weeks, what comes in one, and the shares."""
    weeks = fit(sparkline(gathered(volume.published)), BARS + 2) if width >= ROOMY else ""
    read = bar(volume.read_rate, BARS) + " " if width >= WIDE else ""
    pieces = [
        Piece(weeks, "tag"),
        Piece(f"{words.number(volume.total):>7}", "title"),
        Piece(f"{per_week(volume):>6}  ", "meta"),
        Piece(read, "later"),
        Piece(f"{_percent(volume.read_rate, volume):>5}", "meta"),
        Piece(f"{_percent(volume.later_rate, volume):>6}", "meta"),
        Piece(f"{_percent(volume.star_rate, volume):>8} ", "meta"),
    ]
    room = width - sum(len(piece.text) for piece in pieces)
    return [Piece(fit(shown(volume.name), room), "title"), *pieces]


def columns(width: int) -> str:
    """Return the names of the columns of ``row``."""
    weeks = fit("weeks", BARS + 2) if width >= ROOMY else ""
    read = " " * (BARS + 1) if width >= WIDE else ""
    right = f"{weeks}{'came':>7}{'week':>6}  {read}{'read':>5}{'later':>6}{'starred':>8} "
    return " " * max(0, width - len(right)) + right


def details(volume: Volume) -> tuple[str, str, str]:
    """Return what came of a source or a tag, what was read and what put off of it, week by week."""
    came, read, later = (gathered(values) for values in (volume.published, volume.read, volume.later))
    in_weeks = f"in {words.plural(len(volume.published), 'week')}, {per_week(volume)} a week"
    starred = f", {words.number(sum(volume.starred))} starred" if sum(volume.starred) else ""
    return (
        f"Came   {fit(sparkline(came), BARS)}  {words.number(volume.total)} {in_weeks}",
        f"Read   {fit(shares(read, came), BARS)}  {words.number(sum(volume.read))}{starred}",
        f"Later  {fit(shares(later, came), BARS)}  {words.number(sum(volume.later))} put off",
    )


def day_row(day: Day, most: int, width: int) -> list[Piece]:
    """Return a day on a line: its date, a bar and a number for what came and for what was read."""
    date = f"{day.day:%a %d %b} "
    room = max(1, (width - len(date) - 2 * 8) // 2)
    came, read = (count / most if most else 0.0 for count in (day.arrived, day.read))
    return [
        Piece(date, "title"),
        Piece(bar(came, room), "tag"),
        Piece(f"{words.number(day.arrived):>7} ", "meta"),
        Piece(bar(read, room), "later"),
        Piece(f"{words.number(day.read):>7} ", "meta"),
    ]


def day_columns(width: int) -> str:
    """Return the names of the columns of ``day_row``."""
    room = max(1, (width - 11 - 2 * 8) // 2)
    return f"{'':11}{'came':>{room + 7}} {'read':>{room + 7}} "


def step(weeks: int, by: int) -> int:
    """Return the next longer (1) or shorter (-1) span; the ends hold."""
    at = SPANS.index(weeks) + by
    return SPANS[max(0, min(at, len(SPANS) - 1))]


def _percent(share: float, volume: Volume) -> str:
    return f"{share:.0%}" if volume.total else ""
