"""The page's own ``articleBody`` as a check of our choice.

JSON-LD often holds the article's text, often cut short, without lists and headings. So it is no text to show but a
witness: lines before its first and after its last words are not the article's; and where it shares little with our
choice, the choice was wrong and the element that holds its words is chosen instead.
"""

from __future__ import annotations

import re
from typing import Final

from ..document import Span
from ..text import clean_line
from .lines import Line, body_length
from .tree import HtmlElement

SHORTEST: Final = 400
"""Characters of a body worth comparing."""
_WORD = re.compile(r"\w+")
_CUT_SHORT: Final = ("...", "…", "[…]", "[...]")


def shingles(text: str, size: int = 4) -> set[tuple[str, ...]]:
    """Return every run of ``size`` words; the whole text when it has fewer."""
    words = _WORD.findall(text.casefold())
    if len(words) < size:
        return {tuple(words)} if words else set()
    return set(zip(*(words[i:] for i in range(size)), strict=False))


class Witness:
    """The text that the page's data gives for the article."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._shingles = shingles(text) if len(text) > SHORTEST else set()

    def __bool__(self) -> bool:
        return len(self._shingles) >= 60

    def coverage(self, lines: list[Line]) -> float:
        """Return the share of the witness's text that is in the lines."""
        ours: set[tuple[str, ...]] = set()
        for line in lines:
            ours |= shingles(line.text)
        return len(self._shingles & ours) / max(1, len(self._shingles))

    def trim(self, lines: list[Line]) -> list[Line]:
        """Return the lines from the first to the last one that the witness knows, when it knows most of them."""
        hits = []
        for i, line in enumerate(lines):
            own = shingles(line.text)
            if line.length > 40 and own and len(own & self._shingles) > 0.6 * len(own):
                hits.append(i)
        if not hits:
            return lines
        total = sum(line.length for line in lines)
        if sum(lines[i].length for i in hits) <= 0.6 * max(1, total):
            return lines
        first, last = hits[0], hits[-1]
        cut_short = self.text.rstrip().endswith(_CUT_SHORT) or body_length(
            lines[last + 1 :]
        ) > 0.25 * body_length(lines)
        return lines[first:] if cut_short else lines[first : last + 1]

    def find(self, body: HtmlElement) -> HtmlElement | None:
        """Return the smallest element that holds nearly all of the witness's text; ``None`` when none does."""
        best = None
        element: HtmlElement | None = body
        while element is not None:
            inner = next((child for child in element if self._holds(child)), None)
            best = inner if inner is not None else best
            element = inner
        return best

    def _holds(self, element: HtmlElement) -> bool:
        text = "".join(element.itertext())
        if len(text) < 0.7 * len(self.text):
            return False
        return len(self._shingles & shingles(text)) >= 0.8 * len(self._shingles)

    def lines(self, body: HtmlElement) -> list[Line]:
        """Return the witness's own paragraphs as lines: for a page whose text only its data holds."""
        paragraphs = (clean_line(paragraph) for paragraph in self.text.split("\n"))
        return [Line("text", text, body, (Span(text),)) for text in paragraphs if text]
