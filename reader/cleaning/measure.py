"""How much text is where: one walk from the leaves to the root, so that later rooms only look up.

*Running text* is what people read: the text directly in an element and in the inline elements in it, where that is
at least eighty characters and less than two fifths of it is links. Navigation, captions and buttons have none.
"""

from __future__ import annotations

from typing import Final, TypeAlias

from ..records import dataclass
from .tree import HtmlElement, breadth, word_set

INLINE: Final = word_set(
    "a abbr acronym b bdi bdo big br cite code del em font i img ins kbd label mark q s samp small span strike "
    "strong sub sup time tt u var wbr"
)
"""Elements that go on with the line they stand in."""

RUNNING_CHARACTERS: Final = 80
RUNNING_LINK_SHARE: Final = 0.4


@dataclass(slots=True)
class Weight:
    """What is in an element, itself included; lengths in characters without white space at the ends."""

    text: int = 0
    linked: int = 0
    line: int = 0
    """Text that goes on with the line around the element: its own and that of the inline elements in it."""
    line_linked: int = 0
    running: int = 0
    headlines: int = 0
    """``h1`` elements."""
    articles: int = 0

    @property
    def unlinked(self) -> int:
        """The text outside links."""
        return self.text - self.linked

    @property
    def link_share(self) -> float:
        """The share of the text that is links; 0 where there is no text."""
        return self.linked / self.text if self.text else 0.0


Weights: TypeAlias = dict[HtmlElement, Weight]
_NOTHING: Final = Weight()


def weigh(root: HtmlElement) -> Weights:
    """Return the weight of ``root`` and of every element in it."""
    weights: Weights = {}
    for element in reversed(list(root.iter())):
        weights[element] = _weigh(element, weights)
    return weights


def _weigh(element: HtmlElement, weights: Weights) -> Weight:
    own = line = breadth(element.text.strip()) if element.text else 0
    linked = line_linked = running = headlines = articles = 0
    for child in element:
        weight = weights.get(child, _NOTHING)
        tail = breadth(child.tail.strip()) if child.tail else 0
        own += weight.text + tail
        line += tail
        linked += weight.linked
        running += weight.running
        headlines += weight.headlines
        articles += weight.articles
        if child.tag in INLINE:
            line += weight.line
            line_linked += weight.line_linked
    tag = element.tag
    if tag == "a":
        linked, line_linked = own, line
    elif tag == "h1":
        headlines += 1
    elif tag == "article":
        articles += 1
    if tag not in INLINE and line >= RUNNING_CHARACTERS and line_linked < RUNNING_LINK_SHARE * line:
        running += line
    return Weight(own, linked, line, line_linked, running, headlines, articles)


def is_empty(weight: Weight) -> bool:
    """Tell whether nothing is there to read."""
    return weight.text == 0
