"""A second opinion, asked when the first choice looks wrong: where most of the running text is.

The first choice scores paragraphs by their commas; this one only follows the text: from the page's body down into
the child that holds most of the running text, until no child does. It finds texts that the first overlooks (in lists,
in cells, in boxes of many makes) and is worse at leaving out what stands around, so it is not asked otherwise.
"""

from __future__ import annotations

from typing import Final

from .lines import Line, body_length
from .measure import Weight, Weights
from .tree import HtmlElement, names
from .vocabulary import is_furniture

DOMINANT_SHARE: Final = 0.65
"""Of an element's running text, that one child must hold to be gone into."""
FEW_CHARACTERS: Final = 250
SMALL_SHARE: Final = 0.35
MANY_CHARACTERS: Final = 1000
"""Of a first choice, from which on what is larger beside it are comments or other articles, more likely than the text."""
LARGER: Final = 1.3
_NONE: Final = Weight()


def looks_wrong(lines: list[Line], whole: Weight) -> bool:
    """Tell whether a choice is too small for its page: hardly any text, or a third of the page's at most."""
    chosen = sum(line.length for line in lines if line.kind != "heading")
    return chosen < FEW_CHARACTERS or (chosen < MANY_CHARACTERS and chosen < SMALL_SHARE * whole.running)


def where_the_text_is(body: HtmlElement, weights: Weights) -> HtmlElement | None:
    """Return the smallest element that holds most of the page's running text; ``None`` when there is none."""
    element: HtmlElement = body
    best = body if weights.get(body, _NONE).running else None
    while True:
        have = weights.get(element, _NONE).running
        if not have:
            return best
        heaviest = max(element, key=lambda child: weights.get(child, _NONE).running, default=None)
        if heaviest is None or weights.get(heaviest, _NONE).running < DOMINANT_SHARE * have:
            return best
        if heaviest.tag in ("ul", "ol") or is_furniture(names(heaviest)):
            return best
        element = best = heaviest


def better(first: list[Line], second: list[Line]) -> bool:
    """Tell whether the second choice holds so much more text that the first must be wrong."""
    return body_length(second) > LARGER * sum(line.length for line in first if line.kind != "heading")
