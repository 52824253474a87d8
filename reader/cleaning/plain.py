"""Plain text, as a scraper or a clipboard gives it: set into markup, then cleaned like a page.

Lines of a text are paragraphs, unless they were wrapped at a column; a little Markdown (headings, lists, quotes,
fences, rules, links, emphasis) is understood, because much plain text is written so.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Final

from ..model import Article
from .phrases import SENTENCE_END
from .tree import fold

_BLANK = re.compile(r"\n[ \t\r]*\n")
_HEADING = re.compile(r"(#{1,6})\s+(\S.*?)\s*#*$")
_ITEM = re.compile(r"\s{0,12}(?:[-*+•]|(\d{1,6})[.)])\s+(\S.*)")
_FENCE = re.compile(r"\s{0,3}(?:```|~~~)\s*([\w+#.-]{0,30})")
_RULE = re.compile(r"\s{0,3}(?:-{3,}|\*{3,}|_{3,}|\*\s\*\s\*)\s*$")
_LINK = re.compile(r"\[([^\[\]]{1,300})\]\((https?://[^\s()]{1,1000})\)")
_BARE_LINK = re.compile(r"(?<![\"'=\w>])https?://[^\s<>\"']{3,1000}[^\s<>\"'.,;:!?)\]]")
_STRONG = re.compile(r"(?<![\w*])\*\*(?=\S)([^*\n]{1,500}?\S)\*\*(?![\w*])")
_EMPHASIS = re.compile(r"(?<![\w*])[*](?=\S)([^*\n]{1,500}?)(?<=\S)[*](?![\w*])")
_CODE = re.compile(r"`([^`\n]{1,300})`")

WRAPPED: Final = range(50, 101)
"""Characters of a line that was wrapped at a column."""
LONGEST_TITLE: Final = 200


def clean_plain(text: str) -> Article:
    """Return the article in a plain text; its title is the first line when that looks like one."""
    from .pipeline import clean

    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").lstrip("\ufeff")
    title = _title(text)
    page = f"<!DOCTYPE html><html><head><title>{html.escape(title)}</title></head><body><article>{markup_of_text(text)}</article></body></html>"
    return clean(page, "", feed_title=title).article


def _title(text: str) -> str:
    first = next((line.strip() for line in text.split("\n") if line.strip()), "")
    first = fold(re.sub(r"^#+\s+", "", first))
    looks_like_one = 0 < len(first) <= LONGEST_TITLE and not (
        SENTENCE_END.search(first) and first.endswith((".", ":", ","))
    )
    return first if looks_like_one and "\n" in text.strip() else ""


def markup_of_text(text: str) -> str:
    """Return a plain text as HTML."""
    return "".join(_markup(text.replace("\r\n", "\n").replace("\r", "\n")))


def _markup(text: str) -> Iterator[str]:
    lines = text.split("\n")
    wrapped = _is_wrapped(text)
    paragraph: list[str] = []
    i = 0
    while i < len(lines):
        line = lines[i]
        starts_block = bool(
            _FENCE.match(line) or _HEADING.match(line) or _RULE.match(line) or _ITEM.match(line)
        ) or line.startswith(">")
        if paragraph and (not line.strip() or starts_block or not wrapped):
            yield f"<p>{_inline(' '.join(paragraph))}</p>"
            paragraph = []
        if not line.strip():
            i += 1
        elif fence := _FENCE.match(line):
            end = next((j for j in range(i + 1, len(lines)) if _FENCE.match(lines[j])), len(lines))
            language = f' class="language-{html.escape(fence.group(1))}"' if fence.group(1) else ""
            yield f"<pre><code{language}>{html.escape(chr(10).join(lines[i + 1 : end]))}</code></pre>"
            i = end + 1
        elif heading := _HEADING.match(line):
            level = len(heading.group(1))
            yield f"<h{level}>{_inline(heading.group(2))}</h{level}>"
            i += 1
        elif _RULE.match(line):
            yield "<hr>"
            i += 1
        elif line.startswith(">"):
            end = next((j for j in range(i, len(lines)) if not lines[j].startswith(">")), len(lines))
            yield f"<blockquote>{''.join(_markup_flat([quoted[1:].strip() for quoted in lines[i:end]]))}</blockquote>"
            i = end
        elif _ITEM.match(line):
            end, items = _items(lines, i)
            yield items
            i = end
        else:
            paragraph.append(line.strip())
            i += 1
    if paragraph:
        yield f"<p>{_inline(' '.join(paragraph))}</p>"


def _markup_flat(lines: list[str]) -> Iterator[str]:
    paragraph: list[str] = []
    for line in [*lines, ""]:
        if line:
            paragraph.append(line)
        elif paragraph:
            yield f"<p>{_inline(' '.join(paragraph))}</p>"
            paragraph = []


def _items(lines: list[str], start: int) -> tuple[int, str]:
    """Return where a list ends and its markup; lists inside lists are set on one level."""
    first = _ITEM.match(lines[start])
    number = first.group(1) if first else None
    items: list[list[str]] = []
    i = start
    while i < len(lines):
        match = _ITEM.match(lines[i])
        if match and bool(match.group(1)) != bool(number):
            break
        if match:
            items.append([match.group(2).strip()])
        elif lines[i].startswith("  ") and lines[i].strip():
            items[-1].append(lines[i].strip())
        elif lines[i].strip() or i + 1 >= len(lines) or not _ITEM.match(lines[i + 1]):
            break
        i += 1
    content = "".join(f"<li>{_inline(' '.join(item))}</li>" for item in items)
    return i, f'<ol start="{int(number)}">{content}</ol>' if number else f"<ul>{content}</ul>"


def _is_wrapped(text: str) -> bool:
    """Tell whether the text was wrapped at a column: most lines with another below them are nearly as long."""
    inner = [
        len(line.rstrip())
        for paragraph in _BLANK.split(text[:200_000])
        for line in paragraph.strip("\n").split("\n")[:-1]
    ]
    return len(inner) >= 3 and sum(length in WRAPPED for length in inner) >= 0.8 * len(inner)


def _inline(text: str) -> str:
    text = html.escape(text, quote=False)
    text = _CODE.sub(r"<code>\1</code>", text)
    text = _LINK.sub(lambda m: f'<a href="{html.escape(html.unescape(m.group(2)))}">{m.group(1)}</a>', text)
    text = _BARE_LINK.sub(
        lambda m: f'<a href="{html.escape(html.unescape(m.group()))}">{m.group()}</a>', text
    )
    text = _STRONG.sub(r"<strong>\1</strong>", text)
    return _EMPHASIS.sub(r"<em>\1</em>", text)
