"""Completing the path of a file as it is typed."""

from __future__ import annotations

import os
from itertools import islice
from pathlib import Path
from typing import Final

from ..records import dataclass

LOOKED_AT: Final = 5000
"""Names of a directory that are looked at."""
OFFERED: Final = 100
_LIKELY: Final = (".opml", ".xml", ".txt", "urls")


@dataclass(frozen=True, slots=True)
class FileOffer:
    """A file or directory that the typed path could become."""

    text: str
    """The whole path as it would be typed; a directory ends in ``/``."""
    name: str
    is_directory: bool


def file_offers(typed: str) -> tuple[FileOffer, ...]:
    """Return what a typed path could become: what looks like subscriptions, then directories, then the rest.

    Names are compared without regard to case; those that begin with a point are offered when a point was typed.
    """
    head, _, prefix = typed.rpartition("/")
    base = head + "/" if "/" in typed else ""
    try:
        with os.scandir(Path(base or ".").expanduser()) as entries:
            found = [
                _offer(base, entry)
                for entry in islice(entries, LOOKED_AT)
                if entry.name.casefold().startswith(prefix.casefold())
                and (prefix.startswith(".") or not entry.name.startswith("."))
            ]
    except (OSError, ValueError, RuntimeError):  # not there, not ours, no path at all, a ~user unknown here
        return ()
    return tuple(sorted(found, key=_order)[:OFFERED])


def _offer(base: str, entry: os.DirEntry[str]) -> FileOffer:
    try:
        is_directory = entry.is_dir()
    except OSError:
        is_directory = False
    name = entry.name + ("/" if is_directory else "")
    return FileOffer(base + name, name, is_directory)


def _order(offer: FileOffer) -> tuple[int, str]:
    likely = not offer.is_directory and offer.name.lower().endswith(_LIKELY)
    return 0 if likely else 1 if offer.is_directory else 2, offer.name.casefold()
