"""Lines become the blocks of a document: what stood in one list, item or quotation is put back into it."""

from __future__ import annotations

from collections.abc import Iterator

from ..document import (
    Block,
    Blocks,
    Definition,
    DefinitionList,
    Footnote,
    Heading,
    ListBlock,
    Paragraph,
    Quote,
    Rule,
    Spans,
)
from .lines import Container, Line


def assemble(lines: list[Line]) -> Blocks:
    """Return the blocks that the lines make; breaks at the ends and double ones are left out."""
    return tuple(_tidy_rules(list(_blocks(lines, 0))))


def _blocks(lines: list[Line], depth: int) -> Iterator[Block]:
    """Yield the blocks of lines that share their first ``depth`` containers; recursion ends at MAX_DEPTH."""
    for container, run in _runs(lines, depth):
        if container is None:
            yield from (block for line in run if (block := _leaf(line)) is not None)
        elif container.kind in ("quote", "embed"):
            yield Quote(tuple(_blocks(run, depth + 1)), embedded=container.kind == "embed")
        elif container.kind == "list":
            items = tuple(tuple(_blocks(items, depth + 1)) for items in _items(run, depth + 1))
            yield ListBlock(items, ordered=container.ordered, start=container.start)
        elif container.kind == "definitions":
            yield DefinitionList(tuple(_definitions(run, depth + 1)))
        elif container.kind == "note":
            yield Footnote(container.label, tuple(_blocks(run, depth + 1)))
        else:
            yield from _blocks(run, depth + 1)


def _runs(lines: list[Line], depth: int) -> Iterator[tuple[Container | None, list[Line]]]:
    """Yield neighbouring lines that stand in the same container at ``depth``; ``None`` for those in none."""
    run: list[Line] = []
    current: Container | None = None
    for line in lines:
        container = line.path[depth] if len(line.path) > depth else None
        if run and container is not current:
            yield current, run
            run = []
        current = container
        run.append(line)
    if run:
        yield current, run


def _items(lines: list[Line], depth: int) -> Iterator[list[Line]]:
    """Yield the lines of each item; what stands in a list outside its items joins the item before it."""
    pending: list[Line] = []
    for container, run in _runs(lines, depth):
        if container is not None and container.kind == "item":
            if pending:
                yield pending
            pending = list(run)
        else:
            pending += run
    if pending:
        yield pending


def _definitions(lines: list[Line], depth: int) -> Iterator[Definition]:
    term: Spans = ()
    blocks: list[Block] = []
    for container, run in _runs(lines, depth):
        if container is not None and container.kind == "term":
            if term or blocks:
                yield Definition(term, tuple(blocks))
            term, blocks = run[0].spans, list(_blocks(run[1:], depth + 1))
        else:
            blocks += _blocks(run, depth + (container is not None))
    if term or blocks:
        yield Definition(term, tuple(blocks))


def _leaf(line: Line) -> Block | None:
    if line.block is not None:
        return line.block
    if line.kind == "rule":
        return Rule()
    if not line.spans:
        return None
    if line.kind == "heading":
        return Heading(min(6, max(2, line.level)), line.spans)
    return Paragraph(line.spans)


def _tidy_rules(blocks: list[Block]) -> Iterator[Block]:
    """Yield the blocks with breaks only between two others."""
    pending = False
    started = False
    for block in blocks:
        if isinstance(block, Rule):
            pending = started
            continue
        if pending:
            yield Rule()
            pending = False
        started = True
        yield block
