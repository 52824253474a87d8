"""Subscriptions as another reader exports them, whatever the file format."""

from __future__ import annotations

from ..records import dataclass
from ..text import clean_line

MAX_FEEDS = 20_000
"""Feeds taken from one file."""
MAX_FOLDERS = 8
"""Folders inside each other; what is nested deeper goes into the last of them."""
MAX_NAME = 200
"""Characters of a folder or a tag."""


@dataclass(frozen=True, slots=True)
class OutlineFeed:
    """One subscription."""

    url: str
    title: str = ""
    site_url: str = ""
    folder: str = ""
    """Folder names joined by ``/``, as in the model."""
    tags: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    """What else the file says of it, by the name it has there; kept so that an export can say it again."""
    line: int = 0
    """Line of the file; 0 when unknown."""


@dataclass(frozen=True, slots=True)
class OutlineView:
    """A saved search (newsboat's query feed), translated into our query language."""

    name: str
    query: str


@dataclass(frozen=True, slots=True)
class Outline:
    """All that a file of subscriptions says."""

    feeds: tuple[OutlineFeed, ...] = ()
    views: tuple[OutlineView, ...] = ()
    problems: tuple[str, ...] = ()
    """What was not taken and why, a sentence each, with the line where it stands."""
    title: str = ""


def folder_path(names: list[str]) -> str:
    """Return folder names as one path; a slash inside a name would part it and becomes a dash."""
    cleaned = (clean_line(name, limit=MAX_NAME).replace("/", "-") for name in names)
    return "/".join([name for name in cleaned if name][:MAX_FOLDERS])


def tag_name(text: str) -> str:
    """Return a tag as our query language can name it: no white space, comma or quote."""
    return "-".join(clean_line(text.replace(",", " ").replace('"', " "), limit=MAX_NAME).split()).strip("/#")
