"""How much of an article's structure survives: F1 by kind of thing, after Markdown and back.

    python -m tests.benchmarks.structure [--beside COMMAND]

The cleaned blocks are written as Markdown, Markdown is read by markdown-it-py (the parser of Textual), and what comes
out is compared with the article as it should be: headings, list items, table cells, code, links, quotes, pictures.
Run by hand it takes the articles of the mozilla corpus, where that is at hand. ``--beside`` names a program that reads
HTML and writes Markdown: it is scored on the same articles by the same measure.

Left out on both sides, because no reader misses it: the signs by which a heading links to itself and a note back to the
text, characters that cannot be seen, and pictures of an icon's size. A player is no picture and no link; a footnote is the list item it was.
"""

from __future__ import annotations

import argparse
import json
import re
import shlex
import subprocess
from collections import Counter
from collections.abc import Iterable
from html.parser import HTMLParser
from typing import Final

from markdown_it import MarkdownIt

from reader.cleaning import clean_fragment
from reader.cleaning.figures import SMALLEST
from reader.cleaning.tree import word_set
from reader.document import Block, Blocks, Figure, Footnote, plain_text
from reader.export.markdown import blocks_to_markdown
from reader.text import clean, clean_code

from .. import corpora

KINDS: Final = {"h1": "headings", "h2": "headings", "h3": "headings", "h4": "headings", "h5": "headings", "h6": "headings",
    "li": "items", "td": "cells", "th": "cells", "pre": "code", "a": "links", "blockquote": "quotes"}  # fmt: skip
_VOID: Final = frozenset(
    ("img", "br", "hr", "source", "wbr", "input", "col", "embed", "link", "meta", "track")
)
_SIGNS: Final = frozenset(("¶", "#", "§", "🔗", "↩", "↩︎", "↑", "^"))
_WAYS_BACK: Final = re.compile(r"^\^(?: [a-z]\b)* ?")
_REFERENCE: Final = re.compile(r"\[\^([^\]]+)\]")
"""To a footnote; such marks show their label."""
_INLINE: Final = word_set(
    "a em strong code span b i sup sub small u s del ins mark kbd cite abbr bdi bdo q time dfn var samp tt font strike"
)


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
            self._picture(dict(attrs))
        elif tag == "br":
            self.handle_data("\n")
        elif tag not in _VOID:
            if tag == "a":
                self._in_page = (dict(attrs).get("href") or "#").startswith("#")
            self._open.append((tag, []))

    def _picture(self, attributes: dict[str, str | None]) -> None:
        """Count a picture by the name of its file, which is the same in each of its sizes."""
        sizes = [attributes.get(name) or "" for name in ("width", "height")]
        if not any(size.isdecimal() and int(size) < SMALLEST for size in sizes):
            self.add("images", (attributes.get("src") or "").partition("?")[0].rpartition("/")[2])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if all(opened != tag for opened, _ in self._open):
            return
        while self._open:
            opened, texts = self._open.pop()
            self._end(opened, "".join(texts))
            if opened == tag:
                break

    def _end(self, tag: str, text: str) -> None:
        """Count the thing that ends, and give its text to what it stands in."""
        if tag == "a" and self._in_page and text.strip() in _SIGNS:
            return
        if (kind := KINDS.get(tag)) and not (kind == "links" and self._in_page):
            self.add(kind, clean_code(text).strip("\n").rstrip() if kind == "code" else fold(text))
        if self._open and not (tag in ("ul", "ol") and any(outer == "li" for outer, _ in self._open)):
            self._open[-1][1].append(text if tag in _INLINE else f"\n{text}\n")

    def handle_data(self, data: str) -> None:
        if self._open:
            self._open[-1][1].append(data)

    def add(self, kind: str, text: str) -> None:
        if text.strip():
            self.things.setdefault(kind, Counter())[text] += 1


def fold(text: str) -> str:
    """Return a text on one line, without what cannot be seen and the signs of a note's ways back."""
    return _WAYS_BACK.sub("", " ".join(clean(text).split()))


def things_in(html: str) -> Things:
    """Return the things in HTML, counted by kind and text."""
    reader = _Reader()
    reader.feed(f"<div>{html}</div>")
    reader.close()
    return reader.things


def things_after_markdown(blocks: Blocks) -> Things:
    """Return the things that are left of an article after Markdown and back; a footnote counts as the item it was."""
    notes = [block for block in blocks if isinstance(block, Footnote)]
    things = things_in_markdown(_markdown(tuple(filter(_is_compared, blocks))))
    for note in notes:
        inner = things_in_markdown(_markdown(note.blocks))
        things.setdefault("items", Counter())[fold(plain_text(note.blocks))] += 1
        for kind, found in inner.items():
            things.setdefault(kind, Counter()).update(found)
    return things


def _is_compared(block: Block) -> bool:
    return not isinstance(block, Footnote) and (not isinstance(block, Figure) or block.kind == "image")


def _markdown(blocks: Blocks) -> str:
    return _REFERENCE.sub(r"\1", blocks_to_markdown(blocks))


def things_in_markdown(markdown: str) -> Things:
    """Return the things in Markdown, counted by kind and text."""
    return things_in(MarkdownIt("commonmark").enable("table").render(markdown))


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


def main() -> None:
    """Print the scores on the articles of the mozilla corpus."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--beside", help="a program that reads HTML and writes Markdown")
    beside = parser.parse_args().beside
    corpus = corpora.path("bench/extraction/data/mozilla/gold.json")
    if corpus is None:
        raise SystemExit("The corpus is not at hand; set BROADSHEET_SHARED to the directory that holds it.")
    ours, theirs = [], []
    for _, item in sorted(json.loads(corpus.read_text("utf-8"))["items"].items()):
        gold = things_in(item["gold_html"])
        ours.append((gold, things_after_markdown(clean_fragment(item["gold_html"], item["url"]))))
        if beside:
            run = subprocess.run(
                shlex.split(beside), input=item["gold_html"], capture_output=True, text=True, check=True
            )
            theirs.append((gold, things_in_markdown(run.stdout)))
    other = scores(theirs)
    for kind, score in scores(ours).items():
        print(f"{kind:<10} {score:.3f}" + (f"  beside {other.get(kind, 0.0):.3f}" if beside else ""))


if __name__ == "__main__":
    main()
