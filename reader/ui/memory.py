"""What a window remembers of the one before: place, row, folds, theme. Pure but for one small file.

The file belongs to the state directory; losing it loses nothing but where one was.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

LARGEST_BYTES = 100_000


@dataclass(frozen=True, slots=True)
class Memory:
    """Where one was."""

    place_kind: str = ""
    place_key: str = ""
    entry_id: int = 0
    sort: str = ""
    folded: tuple[str, ...] = field(default=())
    """Paths of folded folders."""
    only_unread: bool = False
    unfolded: bool = False
    """The highlighted row shows headline and lede in full."""
    sources_divider: int = 0
    """Columns that the divider right of the sources was moved."""
    list_divider: int = 0
    """Columns that the divider between list and article was moved."""
    stacked_divider: int = 0
    """The same in the stacked shape, in hundredths of the height."""
    commands: tuple[str, ...] = field(default=())
    """The last lines typed on the command line."""


def recall(path: Path | None) -> Memory:
    """Return what the last window left; nothing where the file is missing or is none of ours."""
    if path is None:
        return Memory()
    try:
        if path.stat().st_size > LARGEST_BYTES:
            return Memory()
        stored = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return Memory()
    return _read(stored) if isinstance(stored, dict) else Memory()


def _read(stored: dict[str, object]) -> Memory:
    blank = Memory()
    values: dict[str, object] = {}
    for name, usual in asdict(blank).items():
        value = stored.get(name)
        if isinstance(usual, tuple) and isinstance(value, list):
            values[name] = tuple(str(item) for item in value[:500])
        elif type(value) is type(usual):
            values[name] = value
    return Memory(**values)  # type: ignore[arg-type]  # each was compared with the type of its field


def remember(path: Path | None, memory: Memory) -> None:
    """Leave a note for the next window; a full disk or a read-only directory is no reason to fail."""
    if path is None:
        return
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(path.name + ".new")
        draft.write_text(json.dumps(asdict(memory), ensure_ascii=False), "utf-8")
        os.replace(draft, path)  # noqa: PTH105 - atomic, and says so
