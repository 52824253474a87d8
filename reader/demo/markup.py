"""The markup of the invented texts, to HTML.

A small part of Markdown: paragraphs, ``## headings``, ``> quotes``, lists (one level inside another by four spaces), fenced
code, pipe tables, ``[^1]`` footnotes, ``*emphasis*``, ``**strong**``, `` `code` ``, ``^sup^``, links. It reads our own texts
and nothing else, so it may be strict about what it does not know.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from typing import Final

_ITEM = re.compile(r"( *)(-|\d+\.) +(.*)")
_NOTE = re.compile(r"\[\^(\w+)\]: (.*)", re.DOTALL)
_INLINE: Final = re.compile(
    r"`(?P<code>[^`]+)`|\*\*(?P<strong>.+?)\*\*|\*(?P<em>[^*]+)\*|\^(?P<sup>[^^ \]]+)\^"
    r"|\[\^(?P<note>\w+)\]|\[(?P<text>[^]]+)\]\((?P<href>[^)]+)\)"
)


def to_html(body: str) -> str:
    """Return the body as a run of HTML blocks."""
    return "\n".join(html_blocks(body))


def html_blocks(body: str) -> list[str]:
    """Return the body as HTML, block by block."""
    return [_block(block) for block in _split(body)]


def first_paragraph(body: str) -> str:
    """Return the text of the first paragraph, without marks: what a teaser says."""
    first = next(block for block in _split(body) if not re.match(r"[-#>|`\[]|\d+\.", block))
    return re.sub(r"\[\^\w+\]|[*`^]", "", " ".join(first.split()))


def _split(body: str) -> list[str]:
    """Return the blocks of the body; a blank line inside fenced code ends nothing."""
    blocks: list[str] = []
    for part in re.split(r"(^```.*?^```$)", body, flags=re.MULTILINE | re.DOTALL):
        if part.startswith("```"):
            blocks.append(part)
        else:
            blocks += [block for block in re.split(r"\n\s*\n", part.strip()) if block]
    return blocks


def _block(block: str) -> str:
    if block.startswith("```"):
        return _code(block)
    if block.startswith("## "):
        return f"<h2>{_inline(block[3:])}</h2>"
    if block.startswith("> "):
        return f"<blockquote><p>{_inline(re.sub(r'^> ?', '', block, flags=re.MULTILINE))}</p></blockquote>"
    if block.startswith("|"):
        return _table(block)
    if _ITEM.match(block):
        return _list([line for line in block.splitlines() if line])
    if note := _NOTE.match(block):
        label = escape(note[1])
        return f'<div class="footnotes"><ol><li id="fn{label}"><p>{_inline(note[2])}</p></li></ol></div>'
    return f"<p>{_inline(block)}</p>"


def _code(block: str) -> str:
    first, *lines = block.splitlines()
    language = first.removeprefix("```")
    return f'<pre><code class="language-{escape(language)}">{escape(chr(10).join(lines[:-1]))}\n</code></pre>'


def _table(block: str) -> str:
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in block.splitlines()]
    head, _, *body = rows
    cells = "".join(f"<th>{_inline(cell)}</th>" for cell in head)
    lines = "".join("<tr>" + "".join(f"<td>{_inline(cell)}</td>" for cell in row) + "</tr>\n" for row in body)
    return f"<table>\n<thead><tr>{cells}</tr></thead>\n<tbody>{lines}</tbody>\n</table>"


def _list(lines: list[str]) -> str:
    """Return the list that these lines are; lines indented deeper are lists inside the item above them."""
    first = _ITEM.match(lines[0])
    if first is None:
        raise ValueError(f"not a list item: {lines[0]!r}")
    indent, tag = len(first[1]), "ul" if first[2] == "-" else "ol"
    items: list[tuple[str, list[str]]] = []
    for line in lines:
        item = _ITEM.match(line)
        if item and len(item[1]) == indent:
            items.append((item[3], []))
        else:
            items[-1][1].append(line)
    inner = "".join(f"<li>{_inline(text)}{_list(deeper) if deeper else ''}</li>\n" for text, deeper in items)
    return f"<{tag}>\n{inner}</{tag}>"


_SPANS: Final[dict[str, Callable[[re.Match[str]], str]]] = {
    "code": lambda found: f"<code>{escape(found['code'])}</code>",
    "strong": lambda found: f"<strong>{_inline(found['strong'])}</strong>",
    "em": lambda found: f"<em>{_inline(found['em'])}</em>",
    "sup": lambda found: f"<sup>{escape(found['sup'])}</sup>",
    "note": lambda found: f'<sup><a href="#fn{found["note"]}">{found["note"]}</a></sup>',
    "href": lambda found: f'<a href="{escape(found["href"])}">{_inline(found["text"])}</a>',
}


def _inline(text: str) -> str:
    parts: list[str] = []
    end = 0
    for found in _INLINE.finditer(text):
        parts += [escape(text[end : found.start()], quote=False), _SPANS[found.lastgroup or ""](found)]
        end = found.end()
    return "".join(parts) + escape(text[end:], quote=False)
