"""An article as an HTML page that stands alone: no script, no style sheet to fetch, pictures by their addresses."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import groupby
from typing import Final

import nh3

from ..document import (
    Block,
    Blocks,
    Cell,
    Code,
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
from ..model import Article, StoredArticle
from .head import head_of

_MARKS: Final = (
    (Mark.CODE, "code"), (Mark.SUB, "sub"), (Mark.SUP, "sup"), (Mark.KBD, "kbd"), (Mark.HIGHLIGHT, "mark"),
    (Mark.UNDERLINE, "u"), (Mark.STRIKE, "s"), (Mark.STRONG, "strong"), (Mark.EMPHASIS, "em"),
)  # fmt: skip
_TAGS: Final = {
    "a", "aside", "audio", "blockquote", "br", "code", "dd", "dl", "dt", "em", "figcaption", "figure", "footer", "h1",
    "h2", "h3", "h4", "h5", "h6", "header", "hr", "img", "kbd", "li", "mark", "ol", "p", "pre", "s", "strong", "sub",
    "sup", "table", "tbody", "td", "th", "thead", "tr", "caption", "u", "ul", "video", "time", "section",
}  # fmt: skip
_ATTRIBUTES: Final = {
    "a": {"href"}, "img": {"src", "alt", "width", "height"}, "ol": {"start"}, "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"}, "code": {"class"}, "time": {"datetime"}, "aside": {"id"},
    "video": {"src", "controls"}, "audio": {"src", "controls"},
}  # fmt: skip
_STYLE: Final = (
    "body{max-width:38rem;margin:2rem auto;padding:0 1rem;font:1.1rem/1.6 Georgia,serif}"
    "img,video{max-width:100%;height:auto}pre{overflow-x:auto}table{border-collapse:collapse}"
    "td,th{border:1px solid #ccc;padding:.3rem .6rem;text-align:left}"
    "blockquote{border-left:3px solid #ccc;margin-left:0;padding-left:1rem}figcaption,footer,header p{color:#666}"
)


def to_html(article: StoredArticle | Article) -> str:
    """Return an article as a whole HTML page."""
    head = head_of(article)
    top = [f"<h1>{escape(head.title)}</h1>"]
    if byline := head.byline():
        top.append(f"<p>{escape(byline)}</p>")
    if head.tags:
        top.append(f"<p>{escape(' '.join(f'#{tag}' for tag in head.tags))}</p>")
    if head.note:
        top.append(f"<p>Note: {escape(head.note)}</p>".replace("\n", "<br>\n"))
    body = f"<header>{''.join(top)}</header>\n{_blocks(head.blocks)}"
    if head.source:
        body += f'\n<footer><p>Source: <a href="{escape(head.source)}">{escape(head.source)}</a></p></footer>'
    language = f' lang="{escape(head.language)}"' if head.language else ""
    return (
        f'<!DOCTYPE html>\n<html{language}>\n<head>\n<meta charset="utf-8">\n<title>{escape(head.title)}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n{_sanitised(body)}\n</body>\n</html>\n"
    )


def blocks_to_html(blocks: Blocks) -> str:
    """Return blocks as a sanitised fragment."""
    return _sanitised(_blocks(blocks))


def _sanitised(html: str) -> str:
    """Return HTML of ours past a sanitiser that knows nothing of how it was made: a second lock on the same door."""
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )


def _blocks(blocks: Iterable[Block]) -> str:
    return "\n".join(map(_block, blocks))


def _block(block: Block) -> str:
    match block:
        case Paragraph(spans):
            return f"<p>{_spans(spans)}</p>"
        case Heading(level, spans):
            number = min(6, max(2, level))
            return f"<h{number}>{_spans(spans)}</h{number}>"
        case Quote(inner, _):
            return f"<blockquote>{_blocks(inner)}</blockquote>"
        case ListBlock(items, ordered, start):
            opening = f'<ol start="{start}">' if ordered and start != 1 else "<ol>" if ordered else "<ul>"
            rows = "".join(f"<li>{_item(item)}</li>" for item in items)
            return f"{opening}{rows}</{'ol' if ordered else 'ul'}>"
        case DefinitionList(items):
            rows = "".join(f"<dt>{_spans(item.term)}</dt><dd>{_item(item.blocks)}</dd>" for item in items)
            return f"<dl>{rows}</dl>"
        case Code(text, language):
            name = f' class="language-{escape(language)}"' if language else ""
            return f"<pre><code{name}>{escape(text, quote=False)}</code></pre>"
        case Table():
            return _table(block)
        case Figure():
            return _figure(block)
        case Footnote(label, inner):
            return f'<aside id="{escape(label)}"><p>[{escape(label)}]</p>{_blocks(inner)}</aside>'
        case Rule():
            return "<hr>"


def _item(blocks: Blocks) -> str:
    """Return the inside of a list item; a paragraph alone needs no tag."""
    match blocks:
        case (Paragraph(spans),):
            return _spans(spans)
        case _:
            return _blocks(blocks)


def _spans(spans: Spans) -> str:
    parts: list[str] = []
    for href, group in groupby(spans, key=lambda span: span.href):
        inner = "".join(map(_span, group))
        parts.append(f'<a href="{escape(href)}">{inner}</a>' if href else inner)
    return "".join(parts)


def _span(span: Span) -> str:
    text = escape(span.text, quote=False).replace("\n", "<br>")
    for mark, tag in _MARKS:
        if span.marks & mark:
            text = f"<{tag}>{text}</{tag}>"
    return text


def _table(block: Table) -> str:
    caption = f"<caption>{_spans(block.caption)}</caption>" if block.caption else ""
    rows = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in block.rows)
    return f"<table>{caption}<tbody>{rows}</tbody></table>"


def _cell(cell: Cell) -> str:
    tag = "th" if cell.header else "td"
    spans = "".join(
        f' {name}="{number}"'
        for name, number in (("colspan", cell.colspan), ("rowspan", cell.rowspan))
        if number > 1
    )
    return f"<{tag}{spans}>{_spans(cell.spans)}</{tag}>"


def _figure(block: Figure) -> str:
    source, alt = escape(block.src), escape(block.alt)
    size = f' width="{block.width}" height="{block.height}"' if block.width and block.height else ""
    match block.kind:
        case "image":
            thing = f'<img src="{source}" alt="{alt}"{size}>' if source else f"<p>{alt}</p>"
        case "video" | "audio":
            thing = f'<{block.kind} src="{source}" controls></{block.kind}>'
        case _:
            thing = f'<p><a href="{source}">{alt or source}</a></p>'
    credit = f" ({escape(block.credit)})" if block.credit else ""
    caption = _spans(block.caption) + credit
    return (
        f"<figure>{thing}{f'<figcaption>{caption.strip()}</figcaption>' if caption.strip() else ''}</figure>"
    )
