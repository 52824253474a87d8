"""The manual's Markdown to blocks, so that its pages are set like any article.

A small part of CommonMark, as much as our own pages use: headings, paragraphs, lists one level deep, code by
indentation, tables, and ``code``, ``**strong**``, ``*emphasis*`` in a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ..document import Block, Blocks, Cell, Code, Heading, ListBlock, Mark, Paragraph, Span, Spans, Table

_SPAN: Final = re.compile(
    r"`(?P<code>[^`]+)`|\*\*(?P<strong>[^*]+(?:\*(?!\*)[^*]*)*)\*\*|\*(?P<em>[^*\s][^*]*)\*"
)
_MARKS: Final = {"code": Mark.CODE, "strong": Mark.STRONG, "em": Mark.EMPHASIS}
_INDENT: Final = " " * 4
_ITEM: Final = re.compile(r"(?:-|\d+\.) +")


def to_blocks(text: str) -> Blocks:
    """Return a page as blocks; its title, the first line, is left out."""
    return tuple(_blocks(text.partition("\n")[2]))


def _parts(text: str) -> Iterator[str]:
    """Yield what blank lines part; indented parts with a blank line between them are one listing."""
    listing: list[str] = []
    for part in re.split(r"\n\s*\n", text.strip("\n")):
        if part.startswith(_INDENT):
            listing.append(part)
            continue
        if listing:
            yield "\n\n".join(listing)
            listing.clear()
        yield part
    if listing:
        yield "\n\n".join(listing)


def _blocks(text: str) -> Iterator[Block]:
    for part in _parts(text):
        if part.startswith(_INDENT):
            yield Code(re.sub(f"^{_INDENT}", "", part, flags=re.MULTILINE) + "\n")
        elif part.startswith("#"):
            marks, _, rest = part.partition(" ")
            yield Heading(len(marks), spans(rest))
        elif part.startswith("|"):
            yield _table(part)
        elif _ITEM.match(part):
            items = re.split(r"\n(?=(?:-|\d+\.) )", part)
            yield ListBlock(
                tuple((Paragraph(spans(_ITEM.sub("", item, count=1))),) for item in items),
                ordered=part[0].isdigit(),
            )
        elif part.strip():
            yield Paragraph(spans(part))


def _table(part: str) -> Table:
    head, _, *body = part.splitlines()
    rows = [tuple(Cell(spans(cell), header=True) for cell in _cells(head))]
    rows += [tuple(Cell(spans(cell)) for cell in _cells(line)) for line in body]
    return Table(tuple(rows))


def _cells(line: str) -> list[str]:
    """Return the cells of a row; a bar after a backslash is part of its cell."""
    return [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]


def spans(text: str) -> Spans:
    """Return a run of text with its marks; line breaks of the file are spaces."""
    text = " ".join(text.split("\n"))
    found: list[Span] = []
    end = 0
    for match in _SPAN.finditer(text):
        if match.start() > end:
            found.append(Span(text[end : match.start()]))
        kind = match.lastgroup or ""
        found.append(Span(match[kind], _MARKS[kind]))
        end = match.end()
    if end < len(text):
        found.append(Span(text[end:]))
    return tuple(found)
