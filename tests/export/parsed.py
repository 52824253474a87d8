"""Markdown read back into blocks, by markdown-it-py: what another program makes of what we wrote."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

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

_MARKS = {"em": Mark.EMPHASIS, "strong": Mark.STRONG, "s": Mark.STRIKE}
_TAGS = {
    "sub": Mark.SUB, "sup": Mark.SUP, "kbd": Mark.KBD, "u": Mark.UNDERLINE, "mark": Mark.HIGHLIGHT, "em": Mark.EMPHASIS,
    "strong": Mark.STRONG, "del": Mark.STRIKE,
}  # fmt: skip

MARKDOWN = (
    MarkdownIt("commonmark")
    .enable(["table", "strikethrough"])
    .use(deflist_plugin)
    .use(footnote_plugin, inline=False)
)


def blocks_of(markdown: str) -> Blocks:
    """Return the blocks a parser sees."""
    return _blocks(SyntaxTreeNode(MARKDOWN.parse(markdown)).children)


def _blocks(nodes: Sequence[SyntaxTreeNode]) -> Blocks:
    return tuple(block for node in nodes for block in _block(node))


def _block(node: SyntaxTreeNode) -> Sequence[Block]:
    match node.type:
        case "paragraph":
            return (_paragraph(node),)
        case "heading":
            return (Heading(int(node.tag[1]), _inside(node)),)
        case "blockquote":
            return (Quote(_blocks(node.children)),)
        case "bullet_list" | "ordered_list":
            items = tuple(_blocks(item.children) for item in node.children)
            ordered = node.type == "ordered_list"
            return (ListBlock(items, ordered, int(node.attrs.get("start", 1)) if ordered else 1),)
        case "fence" | "code_block":
            return (Code(node.content.removesuffix("\n"), node.info.strip()),)
        case "hr":
            return (Rule(),)
        case "table":
            rows = tuple(
                tuple(Cell(_inside(cell), cell.tag == "th") for cell in row.children)
                for part in node.children
                for row in part.children
            )
            return (Table(rows),)
        case "dl":
            return (_definitions(node),)
        case "footnote_block":
            return [Footnote(child.meta["label"], _blocks(child.children)) for child in node.children]
        case "footnote_anchor":
            return ()
        case other:
            raise AssertionError(f"unexpected {other}: {node.content!r}")


def _definitions(node: SyntaxTreeNode) -> DefinitionList:
    items: list[Definition] = []
    for child in node.children:
        if child.type == "dt":
            items.append(Definition(_inside(child), ()))
        else:
            items[-1] = Definition(items[-1].term, _blocks(child.children))
    return DefinitionList(tuple(items))


def _paragraph(node: SyntaxTreeNode) -> Block:
    inner = node.children[0].children if node.children else []
    if inner and inner[0].type == "image":
        return Figure(str(inner[0].attrs["src"]), inner[0].content, _merged(_spans(inner[2:])))
    return Paragraph(_inside(node))


def _inside(node: SyntaxTreeNode) -> Spans:
    return _merged(_spans([inner for child in node.children for inner in child.children]))


def _spans(nodes: Sequence[SyntaxTreeNode], marks: Mark = Mark.PLAIN, href: str = "") -> list[Span]:
    spans: list[Span] = []
    for node in nodes:
        match node.type:
            case "text":
                spans.append(Span(node.content, marks, href))
            case "softbreak" | "hardbreak":
                spans.append(Span("\n", marks, href))
            case "code_inline":
                spans.append(Span(node.content, marks | Mark.CODE, href))
            case "html_inline":
                found = re.fullmatch(r"<(/?)(\w+)>", node.content)
                assert found is not None
                tag = _TAGS[found[2]]
                marks = marks & ~tag if found[1] else marks | tag
            case "link":
                spans += _spans(node.children, marks, str(node.attrs["href"]))
            case "footnote_ref":
                spans.append(Span("", marks, f"#{node.meta['label']}"))
            case "em" | "strong" | "s":
                spans += _spans(node.children, marks | _MARKS[node.type], href)
            case other:
                raise AssertionError(f"unexpected {other}")
    return spans


def _merged(spans: Sequence[Span]) -> Spans:
    merged: list[Span] = []
    for span in spans:
        if merged and (merged[-1].marks, merged[-1].href) == (span.marks, span.href):
            merged[-1] = Span(merged[-1].text + span.text, span.marks, span.href)
        elif span.text or span.href.startswith("#"):
            merged.append(span)
    return tuple(merged)


def normal(blocks: Blocks) -> Blocks:
    """Return blocks with what Markdown cannot say left out: spaces at ends, marks of spaces, embedding, sizes."""
    return tuple(normal for block in blocks if (normal := _normal(block)) is not None)


def _normal(block: Block) -> Block | None:
    match block:
        case Paragraph(spans):
            kept = _normal_spans(spans)
            return Paragraph(kept) if kept else None
        case Heading(level, spans):
            kept = _normal_spans(spans)
            return Heading(level, kept) if kept else None
        case Quote(inner):
            return Quote(normal(inner)) if normal(inner) else None
        case ListBlock(items, ordered, start):
            return ListBlock(tuple(map(normal, items)), ordered, start if ordered else 1) if items else None
        case Table(rows):
            return Table(
                tuple(tuple(Cell(_normal_spans(cell.spans), cell.header) for cell in row) for row in rows)
            )
        case _:
            return block


def _normal_spans(spans: Spans) -> Spans:
    """Return spans as a parser gives them back: marks never on white space at their ends, none at the text's ends."""
    parts: list[Span] = []
    for span in spans:
        bare = span.text.strip()
        if not bare:
            parts.append(Span(span.text, Mark.PLAIN, span.href))
            continue
        lead = span.text[: len(span.text) - len(span.text.lstrip())]
        trail = span.text[len(span.text.rstrip()) :]
        ends = (
            Span(lead, Mark.PLAIN, span.href),
            Span(bare, span.marks, span.href),
            Span(trail, Mark.PLAIN, span.href),
        )
        parts += [part for part in ends if part.text]
    merged = list(_merged(parts))
    while merged and not merged[0].text.strip():
        merged.pop(0)
    while merged and not merged[-1].text.strip():
        merged.pop()
    if merged:
        merged[0] = Span(merged[0].text.lstrip(), merged[0].marks, merged[0].href)
        merged[-1] = Span(merged[-1].text.rstrip(), merged[-1].marks, merged[-1].href)
    return tuple(merged)
