"""What typesetting yields: lines of runs, each with a role instead of a colour.

A role says what a run *is*; the screen maps roles to the theme's colours, ``show`` to the terminal's sixteen, a test
to nothing at all.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TypeAlias

from ..document import Mark
from ..records import dataclass
from .cells import cell_width


class Role(StrEnum):
    """What a run of text is in the article."""

    TEXT = "text"
    TITLE = "title"
    BYLINE = "byline"
    TAG = "tag"
    VERDICT = "verdict"
    """Why this text and not another is shown."""
    NOTE = "note"
    """What the reader wrote about the article."""
    HEADING = "heading"
    SUBHEADING = "subheading"
    """A heading of level 3 and deeper."""
    QUOTE = "quote"
    QUOTE_BAR = "quote-bar"
    BULLET = "bullet"
    TERM = "term"
    LINK_NUMBER = "link-number"
    CODE = "code"
    CODE_KEYWORD = "code-keyword"
    CODE_NAME = "code-name"
    CODE_STRING = "code-string"
    CODE_NUMBER = "code-number"
    CODE_COMMENT = "code-comment"
    TABLE = "table"
    TABLE_HEADER = "table-header"
    TABLE_RULE = "table-rule"
    PICTURE = "picture"
    """The placeholder of a picture, or of anything else that cannot be set as text."""
    CAPTION = "caption"
    FOOTNOTE = "footnote"
    RULE = "rule"
    FOOTER = "footer"
    MORE = "more"
    """A sign that a line goes on beyond the edge."""
    HIT = "hit"
    """A word that was searched for."""
    HIT_HERE = "hit-here"
    """The match the reader is at."""
    HIGHLIGHT = "highlight"
    """A passage the reader highlighted."""
    PICKED = "picked"
    """A line the reader selected with the keyboard."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a line that is set in one way."""

    text: str
    role: Role = Role.TEXT
    marks: Mark = Mark.PLAIN
    link: str = ""
    """Absolute address or ``#label`` of a footnote; empty when the run is no link."""
    over: Role | None = None
    """What lies over the run: a search hit, a highlight."""
    halves: tuple[int, int] | None = None
    """In a picture, the colours of the upper and the lower half of its cells, as 0xRRGGBB."""


Line: TypeAlias = tuple[Run, ...]


def line_text(line: Line) -> str:
    """Return the characters of a line."""
    return "".join(run.text for run in line)


def line_width(line: Line) -> int:
    """Return the cells a line takes."""
    return sum(cell_width(run.text) for run in line)
