"""How a tag is spelled when it is typed. Pure."""

from __future__ import annotations

from ..text import clean_line


def normal_tag(typed: str) -> str:
    """Return a tag as it is stored: one line, without ``#`` in front, blanks inside become ``-``."""
    return clean_line(typed, limit=60).lstrip("#").strip(" /").replace(" ", "-").replace(",", "")
