"""The page as lines: the form between the tree and the document's blocks.

A line is a paragraph, a heading, the text of a list item, a table, a picture: whatever a person would see as one thing.
It knows the element it came from and the containers it stands in, so that rules can look at it alone or at its
neighbours, and the kept ones can be put back into lists and quotes afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from ..document import Code, Figure, Spans, Table
from .headline import words_of
from .tree import HtmlElement, breadth

Kind: TypeAlias = Literal["text", "heading", "item", "quote", "cell", "code", "table", "figure", "rule"]
"""``item``, ``quote`` and ``cell`` are text whose innermost container is a list item, a quotation, a cell of a layout
table."""

BODY_CHARACTERS: Final = 80
BODY_LINK_SHARE: Final = 0.5


@dataclass(slots=True, eq=False)
class Container:
    """A list, an item, a quotation, … in which lines stand; two of a kind are told apart by identity."""

    kind: Literal["quote", "embed", "list", "item", "definitions", "term", "definition", "note"]
    ordered: bool = False
    start: int = 1
    label: str = ""
    """Of a footnote."""


@dataclass(slots=True, eq=False)
class Line:
    """One thing a person sees, and where it stands."""

    kind: Kind
    text: str
    """On one line, white space folded (a table's cells are joined by `` | ``); what the rules look at."""
    element: HtmlElement
    spans: Spans = ()
    path: tuple[Container, ...] = ()
    level: int = 0
    """Of a heading, as the page has it, 1 to 6."""
    linked: int = 0
    """Characters of ``text`` that are links."""
    caption: bool = False
    credit: bool = False
    block: Code | Table | Figure | None = None
    """What the line becomes when it is no running text."""
    words: str = field(init=False)
    """The text as ``words_of`` gives it."""
    length: int = field(init=False)
    """The text's ``breadth``."""

    def __post_init__(self) -> None:
        self.words = words_of(self.text)
        self.length = breadth(self.text)

    @property
    def link_share(self) -> float:
        """The share of the text that is links, 0 to 1."""
        return min(1.0, self.linked / max(1, self.length))


def is_body(line: Line) -> bool:
    """Tell whether a line is surely running text: long enough, not mostly links, no caption."""
    return (
        line.kind in ("text", "quote", "item", "code", "cell", "table")
        and not line.caption
        and line.length >= BODY_CHARACTERS
        and line.link_share < BODY_LINK_SHARE
    )


def body_length(lines: list[Line]) -> int:
    """Return the characters in lines that are surely running text."""
    return sum(line.length for line in lines if is_body(line))
