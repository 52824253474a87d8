"""Builders of invented articles: blocks in a line each, so that a test shows what it is about."""

from __future__ import annotations

from datetime import UTC, datetime

from reader.document import (
    Block,
    Blocks,
    Cell,
    Code,
    Definition,
    DefinitionList,
    Figure,
    Footnote,
    Heading,
    ListBlock,
    Mark,
    Paragraph,
    Quote,
    Rule,
    Span,
    Spans,
    Table,
)
from reader.model import Article, Enclosure, EntryId, EntryRow, FeedId, StoredArticle, Verdict

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)

Words = str | Span
"""A plain text, or one with marks."""


def em(text: str) -> Span:
    return Span(text, Mark.EMPHASIS)


def strong(text: str) -> Span:
    return Span(text, Mark.STRONG)


def link(text: str, href: str, marks: Mark = Mark.PLAIN) -> Span:
    return Span(text, marks, href)


def spans(*words: Words) -> Spans:
    return tuple(Span(word) if isinstance(word, str) else word for word in words)


def p(*words: Words) -> Paragraph:
    return Paragraph(spans(*words))


def h(level: int, *words: Words) -> Heading:
    return Heading(level, spans(*words))


def quote(*blocks: Block | str, embedded: bool = False) -> Quote:
    return Quote(_blocks(blocks), embedded)


def bullets(*items: Block | str | Blocks) -> ListBlock:
    return ListBlock(tuple(_item(item) for item in items))


def numbers(*items: Block | str | Blocks, start: int = 1) -> ListBlock:
    return ListBlock(tuple(_item(item) for item in items), ordered=True, start=start)


def terms(*pairs: tuple[str, str]) -> DefinitionList:
    return DefinitionList(tuple(Definition(spans(term), (p(text),)) for term, text in pairs))


def code(text: str, language: str = "") -> Code:
    return Code(text, language)


def table(*rows: tuple[Words, ...], header: bool = True, caption: str = "") -> Table:
    return Table(
        tuple(
            tuple(Cell(spans(cell), header and index == 0) for cell in row) for index, row in enumerate(rows)
        ),
        spans(caption) if caption else (),
    )


def figure(src: str, alt: str = "", *caption: Words, credit: str = "", **other: int) -> Figure:
    return Figure(src, alt, spans(*caption), credit, **other)  # type: ignore[arg-type]  # width and height


def note(label: str, *blocks: Block | str) -> Footnote:
    return Footnote(label, _blocks(blocks))


rule = Rule()


def article(*blocks: Block | str, title: str = "A title", **facts: object) -> Article:
    return Article(title, _blocks(blocks), **facts)  # type: ignore[arg-type]  # a builder's pass-through


def row(title: str = "A title", **facts: object) -> EntryRow:
    values: dict[str, object] = {
        "id": EntryId(1), "feed_id": FeedId(1), "feed_title": "The Evening Lamp", "title": title,
        "published": NOON, "added": NOON, "link": "https://lamp.example/a",
    }  # fmt: skip
    return EntryRow(**(values | facts))  # type: ignore[arg-type]  # a builder's pass-through


def stored(
    *blocks: Block | str,
    feed: tuple[Block | str, ...] = (),
    row: EntryRow = row(),  # noqa: B008 - frozen
    page: Article | None = None,
    **facts: object,
) -> StoredArticle:
    cleaned = page or (article(*blocks) if blocks else None)
    return StoredArticle(row, cleaned, _blocks(feed), **facts)  # type: ignore[arg-type]  # a builder's pass-through


def _blocks(blocks: tuple[Block | str, ...]) -> Blocks:
    return tuple(p(block) if isinstance(block, str) else block for block in blocks)


def _item(item: Block | str | Blocks) -> Blocks:
    if isinstance(item, tuple):
        return _blocks(item)
    return _blocks((item,))


__all__ = [
    "NOON", "Article", "Enclosure", "Mark", "Span", "StoredArticle", "Verdict", "article", "bullets", "code", "em",
    "figure", "h", "link", "note", "numbers", "p", "quote", "row", "rule", "spans", "stored", "strong", "table", "terms",
]  # fmt: skip
