"""How much of an article's structure survives: F1 by kind of thing, after Markdown and back.

The cleaned blocks are written as Markdown, Markdown is read by markdown-it-py (the parser of Textual), and what comes
out is compared with the article as it should be: headings, list items, table cells, code, links, quotes, pictures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from html.parser import HTMLParser
from typing import Final

from markdown_it import MarkdownIt

from reader.document import Blocks, Footnote, plain_text
from reader.export.markdown import blocks_to_markdown

KINDS: Final = {"h1": "headings", "h2": "headings", "h3": "headings", "h4": "headings", "h5": "headings", "h6": "headings",
    "li": "items", "td": "cells", "th": "cells", "pre": "code", "a": "links", "blockquote": "quotes"}  # fmt: skip
_VOID: Final = frozenset(("img", "br", "hr", "source", "wbr", "input"))

Things = dict[str, Counter[str]]


class _Reader(HTMLParser):
    """The things in a piece of HTML; a list item's text is its own, without that of the lists in it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.things: Things = {}
        self._in_page = False  # the link that is open leads to a place in the same page
        self._open: list[tuple[str, list[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.add("images", dict(attrs).get("src") or "")
        elif tag == "br":
            self.handle_data("\n")
        elif tag not in _VOID:
            self._in_page = tag == "a" and (dict(attrs).get("href") or "#").startswith("#")
            self._open.append((tag, []))

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            opened, texts = self._open.pop()
            text = "".join(texts)
            if (kind := KINDS.get(opened)) and not (kind == "links" and self._in_page):
                self.add(kind, text if kind == "code" else " ".join(text.split()))
            if self._open and not (opened in ("ul", "ol") and any(outer == "li" for outer, _ in self._open)):
                self._open[-1][1].append(
                    text if opened in ("a", "em", "strong", "code", "span") else f"\n{text}\n"
                )
            if opened == tag:
                break

    def handle_data(self, data: str) -> None:
        if self._open:
            self._open[-1][1].append(data)

    def add(self, kind: str, text: str) -> None:
        if text.strip():
            self.things.setdefault(kind, Counter())[text.strip()] += 1


def things_in(html: str) -> Things:
    """Return the things in HTML, counted by kind and text."""
    reader = _Reader()
    reader.feed(f"<div>{html}</div>")
    reader.close()
    return reader.things


def things_after_markdown(blocks: Blocks) -> Things:
    """Return the things that are left of an article after Markdown and back; a footnote counts as the item it was."""
    notes = [block for block in blocks if isinstance(block, Footnote)]
    text = tuple(block for block in blocks if not isinstance(block, Footnote))
    things = things_in(MarkdownIt("commonmark").enable("table").render(blocks_to_markdown(text)))
    for note in notes:
        inner = things_in(MarkdownIt("commonmark").enable("table").render(blocks_to_markdown(note.blocks)))
        things.setdefault("items", Counter())[" ".join(plain_text(note.blocks).split())] += 1
        for kind, found in inner.items():
            things.setdefault(kind, Counter()).update(found)
    return things


def scores(pairs: Iterable[tuple[Things, Things]]) -> dict[str, float]:
    """Return F1 by kind over pairs of (as it should be, as it is)."""
    right: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for gold, ours in pairs:
        for kind in {*gold, *ours}:
            right[kind] += (gold.get(kind, Counter()) & ours.get(kind, Counter())).total()
            wanted[kind] += gold.get(kind, Counter()).total()
            found[kind] += ours.get(kind, Counter()).total()
    return {kind: 2 * right[kind] / max(1, wanted[kind] + found[kind]) for kind in sorted({*wanted, *found})}
