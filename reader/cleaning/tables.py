"""Data tables: which tables hold data, and their cells.

Old pages are laid out in tables, so a table is data only when it looks it: two rows and two columns at least, no long
text in a cell, no table inside. Others are unwrapped: their cells are containers of lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..document import Cell, Mark, Spans, Table
from .inline import MARKS, Addresses, set_spans
from .tree import HtmlElement, text_of

LONGEST_CELL: Final = 400
"""Characters; a longer text is set as text."""
MAX_SPAN: Final = 100
"""Columns or rows that a cell may stretch over."""
MAX_ROWS: Final = 5_000


def read_table(table: HtmlElement, addresses: Addresses) -> Table | None:
    """Return a data table; ``None`` when the table only lays out the page."""
    if table.find(".//table") is not None or table.get("role") == "presentation":
        return None
    rows = [row for row in _rows(table) if len(row)]
    texts = [[text_of(cell) for cell in _cells(row)] for row in rows[:MAX_ROWS]]
    texts = [row for row in texts if any(row)]
    if len(texts) < 2 or max(map(len, texts)) < 2 or sum(map(len, texts)) < 4:
        return None
    if max(len(text) for row in texts for text in row) > LONGEST_CELL:
        return None
    if table.find(".//pre") is not None:
        return None
    set_rows = []
    for row in rows[:MAX_ROWS]:
        cells = tuple(_cell(cell, addresses) for cell in _cells(row))
        if any(cell.spans for cell in cells):
            set_rows.append(cells)
    caption = table.find("caption")
    return Table(tuple(set_rows), collect(caption, addresses) if caption is not None else ())


def _rows(table: HtmlElement) -> Iterator[HtmlElement]:
    return table.iter("tr")


def _cells(row: HtmlElement) -> Iterator[HtmlElement]:
    return row.iterchildren("td", "th")


def _cell(cell: HtmlElement, addresses: Addresses) -> Cell:
    return Cell(
        collect(cell, addresses),
        header=cell.tag == "th",
        colspan=_count(cell.get("colspan")),
        rowspan=_count(cell.get("rowspan")),
    )


def _count(value: str | None) -> int:
    digits = (value or "").strip()[:4]
    return max(1, min(MAX_SPAN, int(digits))) if digits.isdecimal() else 1


def collect(element: HtmlElement, addresses: Addresses) -> Spans:
    """Return all text in an element as one run of spans; blocks inside it are set apart by a space, ``br`` by a newline."""
    pieces: list[tuple[str, Mark, str]] = []
    stack: list[tuple[HtmlElement | None, str, Mark, str]] = [(element, "", Mark.PLAIN, "")]
    while stack:
        node, text, marks, href = stack.pop()
        if node is None:
            pieces.append((text, marks, href))
            continue
        tag = str(node.tag)
        if node is not element and node.tail:
            stack.append((None, node.tail, marks, href))
        if tag == "br":
            pieces.append((" ", marks, href))
            continue
        marks |= MARKS.get(tag, Mark.PLAIN)
        if tag == "a":
            href = addresses.link(node.get("href"))
        if tag in ("p", "div", "li", "ul", "ol", "tr", "td"):
            pieces.append((" ", marks, href))
        stack.extend((child, "", marks, href) for child in reversed(node))
        if node.text:
            stack.append((None, node.text, marks, href))
    return set_spans(pieces)
