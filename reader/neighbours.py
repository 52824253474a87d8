"""Where other readers keep their subscriptions on this machine, so that a newcomer need not look for them.

Only what is a file of subscriptions is named: newsboat's ``urls``, OPML where readers keep or people put it. Readers that
keep theirs in a database of their own (RSS Guard, NewsFlash, eilmeldung) are met by the OPML that they export.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Final

from .records import dataclass

LOOKED_AT: Final = 2000
"""Names of a directory that are looked at: a crowded Downloads must not delay the first screen."""
OFFERED: Final = 12
_SUFFIX: Final = ".opml"
_SANDBOX: Final = "Library/Containers/com.ranchero.NetNewsWire-Evergreen/Data/Library/Application Support"

_FILES: Final = (
    ("newsboat", "{config}/newsboat/urls"),
    ("newsboat", "{home}/.newsboat/urls"),
    ("newsbeuter", "{config}/newsbeuter/urls"),
    ("newsbeuter", "{home}/.newsbeuter/urls"),
    ("Liferea", "{config}/liferea/feedlist.opml"),
    ("Akregator", "{data}/akregator/data/feeds.opml"),
    ("NetNewsWire", "{mac}/NetNewsWire/Accounts/OnMyMac/Subscriptions.opml"),
    ("NetNewsWire", "{sandbox}/NetNewsWire/Accounts/OnMyMac/Subscriptions.opml"),
)
_DIRECTORIES: Final = (
    ("eilmeldung", "{config}/eilmeldung"),
    ("eilmeldung", "{data}/eilmeldung"),
    ("eilmeldung", "{mac}/org.christo-auer.eilmeldung"),
    ("", "{home}"),
    ("", "{home}/Downloads"),
    ("", "{home}/Documents"),
    ("", "{home}/Desktop"),
)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A file with subscriptions."""

    path: Path
    program: str
    """The reader it belongs to; empty when only its name says what it is."""


def neighbours(environ: Mapping[str, str]) -> tuple[Neighbour, ...]:
    """Return the files that can be read, readers' own first; what cannot be looked at is passed over."""
    home = environ.get("HOME", "")
    if not home:
        return ()
    where = {
        "home": home,
        "config": environ.get("XDG_CONFIG_HOME") or f"{home}/.config",
        "data": environ.get("XDG_DATA_HOME") or f"{home}/.local/share",
        "mac": f"{home}/Library/Application Support",
        "sandbox": f"{home}/{_SANDBOX}",
    }
    found: dict[Path, Neighbour] = {}
    for program, pattern in _FILES:
        path = Path(pattern.format_map(where))
        if _can_be_read(path):
            found.setdefault(path, Neighbour(path, program))
    for program, pattern in _DIRECTORIES:
        for path in _outlines(Path(pattern.format_map(where))):
            found.setdefault(path, Neighbour(path, program))
    return tuple(islice(found.values(), OFFERED))


def _outlines(directory: Path) -> Iterator[Path]:
    try:
        with os.scandir(directory) as entries:
            names = sorted(
                entry.name for entry in islice(entries, LOOKED_AT) if entry.name.lower().endswith(_SUFFIX)
            )
    except OSError:
        return
    yield from (path for name in names if _can_be_read(path := directory / name))


def _can_be_read(path: Path) -> bool:
    """Tell whether a path is a file with something in it that may be read."""
    try:
        return path.is_file() and path.stat().st_size > 0 and os.access(path, os.R_OK)
    except OSError:
        return False
