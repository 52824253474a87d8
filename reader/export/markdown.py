"""An article as Markdown: CommonMark, with tables, strikethrough, footnotes and definition lists as most parsers have them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ..document import (
    Block,
    Blocks,
    Code,
    DefinitionList,
    Figure,
    Footnote,
    Heading,
    ListBlock,
    Paragraph,
    Quote,
    Rule,
    Span,
    Table,
)
from ..model import Article, StoredArticle
from .head import head_of
from .inline import address, escape, footnote_label, inline

_KINDS: Final = {"image": "", "video": "Video", "audio": "Audio"}
_CLOSING: Final = re.compile(r"(#+)$")
"""Number signs at the end of a heading would be taken for its close (CommonMark 4.2)."""
_MAX_START: Final = 999_999_999
"""CommonMark 5.2: a number of a list has nine digits at most."""


def to_markdown(article: StoredArticle | Article) -> str:
    """Return an article with its title, byline and source."""
    head = head_of(article)
    parts = [f"# {inline((Span(head.title),), single_line=True)}"]
    if byline := head.byline():
        parts.append(f"{escape(byline)}")
    if head.tags:
        parts.append(" ".join(f"\\#{escape(tag)}" for tag in head.tags))
    if head.note:
        parts.append(_prefixed(inline((Span(f"Note: {head.note}"),)), "> ", "> "))
    if body := blocks_to_markdown(head.blocks):
        parts.append(body)
    if head.source:
        parts.append(f"Source: [{escape(head.source)}]({address(head.source)})")
    return "\n\n".join(parts) + "\n"


def blocks_to_markdown(blocks: Blocks) -> str:
    """Return blocks as Markdown, a blank line between two."""
    return "\n\n".join(_written(blocks))


def _written(blocks: Sequence[Block]) -> Iterator[str]:
    previous: Block | None = None
    turn = False
    """Two lists of a kind one after the other are told apart by their signs (CommonMark 5.3)."""
    for block in blocks:
        if isinstance(block, ListBlock):
            beside = isinstance(previous, ListBlock) and previous.ordered == block.ordered
            turn = beside and not turn
            text = _list(block, turn=turn)
        else:
            text = _block(block)
        if text:
            yield text
            previous = block


def _block(block: Block) -> str:
    match block:
        case Paragraph(spans):
            return inline(spans)
        case Heading(level, spans):
            text = _CLOSING.sub(r"\\\1", inline(spans, single_line=True))
            return f"{'#' * min(6, max(1, level))} {text}" if text else ""
        case Quote(inner, _):
            text = blocks_to_markdown(inner)
            return _prefixed(text, "> ", "> ") if text else ""
        case ListBlock():
            return _list(block, turn=False)
        case DefinitionList():
            return _definitions(block)
        case Code():
            return _code(block)
        case Table():
            return _table(block)
        case Figure():
            return _figure(block)
        case Footnote(label, inner):
            text = blocks_to_markdown(inner)
            return _prefixed(text, f"[^{footnote_label(label)}]: ", "    ")
        case Rule():
            return "***"


def _prefixed(text: str, first: str, rest: str) -> str:
    """Return lines with something before the first and something before each other; blank ones stay blank in lists."""
    lines = text.split("\n")
    blank = rest.rstrip()
    return "\n".join(
        (first if index == 0 else rest) + line if line else (first.rstrip() if index == 0 else blank)
        for index, line in enumerate(lines)
    )


def _list(block: ListBlock, *, turn: bool) -> str:
    written: list[str] = []
    loose = not all(map(_is_tight, block.items))
    start = max(0, min(block.start, _MAX_START - len(block.items)))
    for number, item in enumerate(block.items, start):
        sign = f"{number}{')' if turn else '.'} " if block.ordered else f"{'+' if turn else '-'} "
        body = ("\n\n" if loose else "\n").join(_written(item))
        written.append(_prefixed(body, sign, " " * len(sign)))
    return ("\n\n" if loose else "\n").join(written)


def _is_tight(item: Blocks) -> bool:
    """Tell whether an item needs no blank lines: a block, and a list that may interrupt it (CommonMark 5.3)."""
    match item:
        case () | (_,):
            return True
        case (_, ListBlock(items, ordered, start)):
            return bool(items and items[0]) and (not ordered or start == 1)
        case _:
            return False


def _definitions(block: DefinitionList) -> str:
    """Return terms with their definitions as extended parsers have them.

    Further blocks are indented by as much as the sign is wide, which those parsers take, and no more: by four, a parser
    that knows no definition lists would take them for code (CommonMark 4.4).
    """
    return "\n\n".join(
        f"{inline(item.term, single_line=True) or '-'}\n\n"
        + _prefixed(blocks_to_markdown(item.blocks), ": ", "  ")
        for item in block.items
    )


def _code(block: Code) -> str:
    longest = max((len(run) for run in re.findall("`{3,}", block.text)), default=2)
    fence = "`" * (longest + 1)
    language = re.sub(r"[^\w+#.-]", "", block.language)
    return f"{fence}{language}\n{block.text.rstrip(chr(10))}\n{fence}"


def _table(block: Table) -> str:
    """Return a table as GitHub has them: a header row, one line a row; a cell over several columns leaves the rest empty."""
    rows = [
        [text for cell in row for text in (_cell(cell.spans), *[""] * (min(cell.colspan, 20) - 1))]
        for row in block.rows
    ]
    width = max(map(len, rows), default=0)
    if not width:
        return inline(block.caption)
    if not all(cell.header for cell in block.rows[0]) or not rows[0]:
        rows.insert(0, [])
    rows.insert(1, ["---"] * width)
    lines = ["| " + " | ".join([*row, *[""] * (width - len(row))]) + " |" for row in rows]
    caption = inline(block.caption)
    return "\n".join([*([caption, ""] if caption else []), *lines])


def _cell(spans: tuple[Span, ...]) -> str:
    return inline(spans, single_line=True)


def _figure(block: Figure) -> str:
    alt = escape(" ".join(block.alt.split()))
    kind = _KINDS.get(block.kind, "Embedded")
    if not block.src:
        picture = alt
    elif kind:
        picture = f"[{': '.join(filter(None, (kind, alt)))}]({address(block.src)})"
    else:
        picture = f"![{alt}]({address(block.src)})"
    credit = " ".join(block.credit.split())
    caption = inline(block.caption)
    if credit and credit not in "".join(span.text for span in block.caption):
        caption = f"{caption} ({escape(credit)})" if caption else escape(credit)
    return "\\\n".join(filter(None, (picture, caption)))
