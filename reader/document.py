"""The cleaned text of an article: blocks that hold spans.

This is the form in which articles are stored, searched, exported and set on the screen. A block is one of a few
small frozen classes (a union to ``match`` on, not one class with optional fields); a span is a run of text with the
marks and the link that hold for all of it. Every string in here has passed ``text.clean``, and blocks are nested at
most ``MAX_DEPTH`` deep, so that walking them needs no guard.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import IntFlag
from typing import Final, NamedTuple, TypeAlias

from .records import dataclass

MAX_DEPTH: Final = 12
"""Quotes and lists inside each other, at most; what is nested deeper is lifted to this level by cleaning."""


class Mark(IntFlag):
    """How a span is set; marks combine."""

    PLAIN = 0
    EMPHASIS = 1
    STRONG = 2
    CODE = 4
    SUB = 8
    SUP = 16
    KBD = 32
    STRIKE = 64
    UNDERLINE = 128
    HIGHLIGHT = 256


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text; a newline in it is a line break the author asked for."""

    text: str
    marks: Mark = Mark.PLAIN
    href: str = ""
    """Absolute http(s) or mailto address, or ``#label`` of a footnote; empty when the run is no link."""


Spans: TypeAlias = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    spans: Spans


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside the article; ``level`` is 2 to 6, the article's own title being 1."""

    level: int
    spans: Spans


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation, or (``embedded``) a post of another site set into the page."""

    blocks: tuple[Block, ...]
    embedded: bool = False


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list; each item is a run of blocks. ``start`` is the first number of an ordered one."""

    items: tuple[tuple[Block, ...], ...]
    ordered: bool = False
    start: int = 1


@dataclass(frozen=True, slots=True)
class Definition:
    """A term and what is said of it."""

    term: Spans
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class DefinitionList:
    """Terms with their definitions (HTML's ``dl``)."""

    items: tuple[Definition, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """Text as typed: tabs and newlines kept. ``language`` is the page's own name for it, lower case, or empty."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a data table."""

    spans: Spans
    header: bool = False
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A data table, row by row; layout tables are unwrapped by cleaning."""

    rows: tuple[tuple[Cell, ...], ...]
    caption: Spans = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture, or another thing that cannot be set as text, with what is written under it."""

    src: str
    alt: str = ""
    caption: Spans = ()
    credit: str = ""
    kind: str = "image"
    """``image``, ``video``, ``audio`` or ``embed``."""
    width: int = 0
    height: int = 0
    """Pixels as the page declares them; 0 when it does not."""


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note set after the text; spans refer to it by ``#label``."""

    label: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A break between two parts of the text."""


Block: TypeAlias = (
    Paragraph | Heading | Quote | ListBlock | DefinitionList | Code | Table | Figure | Footnote | Rule
)
Blocks: TypeAlias = tuple[Block, ...]


class Highlight(NamedTuple):
    """A passage the reader marked: its words, by which it is found again after the page was cleaned anew."""

    quote: str
    occurrence: int
    """Which occurrence of these words it is, counted from 0."""
    note: str
    """What the reader wrote beside it."""
    added: datetime


def plain(spans: Iterable[Span]) -> str:
    """Return the text of a run of spans without its marks."""
    return "".join(span.text for span in spans)


def text_lines(blocks: Iterable[Block], *, captions: bool = False) -> Iterator[str]:
    """Yield the body text, one block or list item or table row a line, newlines folded except in code.

    Captions and credits are no body text: they are left out unless asked for.
    """
    for block in blocks:
        match block:
            case Paragraph(spans) | Heading(_, spans):
                yield " ".join(plain(spans).split())
            case Quote(inner, _) | Footnote(_, inner):
                yield from text_lines(inner, captions=captions)
            case ListBlock(items):
                for item in items:
                    yield from text_lines(item, captions=captions)
            case DefinitionList(definitions):
                for definition in definitions:
                    yield " ".join(plain(definition.term).split())
                    yield from text_lines(definition.blocks, captions=captions)
            case Code(text, _):
                yield text.rstrip("\n")
            case Table(rows, caption):
                if captions and caption:
                    yield plain(caption)
                for row in rows:
                    yield " ".join(" ".join(plain(cell.spans).split()) for cell in row).strip()
            case Figure(caption=caption, credit=credit):
                if captions and (line := " ".join((plain(caption) + " " + credit).split())):
                    yield line
            case Rule():
                pass


def plain_text(blocks: Iterable[Block], *, captions: bool = False) -> str:
    """Return the body text, a line a block; what search indexes and ``--format text`` prints."""
    return "\n".join(line for line in text_lines(blocks, captions=captions) if line)


def links(blocks: Iterable[Block]) -> Iterator[Span]:
    """Yield every span with a link, in reading order."""
    for spans in all_spans(blocks):
        yield from (span for span in spans if span.href)


def figures(blocks: Iterable[Block]) -> Iterator[Figure]:
    """Yield every figure in reading order."""
    for block in blocks:
        match block:
            case Figure():
                yield block
            case Quote(inner, _) | Footnote(_, inner):
                yield from figures(inner)
            case ListBlock(items):
                for item in items:
                    yield from figures(item)
            case DefinitionList(definitions):
                for definition in definitions:
                    yield from figures(definition.blocks)
            case _:
                pass


def all_spans(blocks: Iterable[Block]) -> Iterator[Spans]:
    """Yield every run of spans in reading order, captions included."""
    for block in blocks:
        match block:
            case Paragraph(spans) | Heading(_, spans):
                yield spans
            case Quote(inner, _) | Footnote(_, inner):
                yield from all_spans(inner)
            case ListBlock(items):
                for item in items:
                    yield from all_spans(item)
            case DefinitionList(definitions):
                for definition in definitions:
                    yield definition.term
                    yield from all_spans(definition.blocks)
            case Table(rows, caption):
                yield caption
                for row in rows:
                    for cell in row:
                        yield cell.spans
            case Figure(caption=caption):
                yield caption
            case Code() | Rule():
                pass
