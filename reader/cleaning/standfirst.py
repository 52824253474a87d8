"""The standfirst: the sentence or two between headline and text that say what the article is about.

Pages set it outside the body, beside the headline, so the choice of the body misses it. It is taken when the page
says that it is one: by the class of its element, or because it is the page's own description.
"""

from __future__ import annotations

import re
from typing import Final

from .headline import words_of
from .lines import Line
from .measure import Weights
from .phrases import CREDITED
from .stacked import own_headings
from .tree import HtmlElement, names
from .vocabulary import is_caption

SHORTEST: Final = 30
LONGEST: Final = 500
_MAKES = re.compile(
    r"(?:^|[\s_-])(?:dek|deck|sub[-_]{0,2}title|sub[-_]{0,2}head(?:line|ing)?s?|stand[-_]{0,2}first|strapline|lede?|teaser|"
    r"(?:article|entry|post|story)[-_]{0,2}(?:summary|description|intro|excerpt|lead)|chapo|intro(?:duction)?)(?=$|[\s_-])",
    re.IGNORECASE,
)
_CASE = re.compile(r"(?<=[a-z])(?=[A-Z])")


def find_standfirst(
    body: HtmlElement, first: HtmlElement, weights: Weights, titles: list[str], descriptions: list[str]
) -> HtmlElement | None:
    """Return the standfirst between our headline and ``first``, the element in which the text begins."""
    own = own_headings(list(body.iter("h1", "h2")), titles)
    if not own or own[-1] in first.iterdescendants():
        return None
    path = set(first.iterancestors())
    begun = False
    for element in body.iter():
        if element is first:
            return None
        if element is own[-1]:
            begun = True
        elif begun and element not in path and _is_one(element, weights, descriptions):
            return element
    return None


def _is_one(element: HtmlElement, weights: Weights, descriptions: list[str]) -> bool:
    weight = weights.get(element)
    if weight is None or not SHORTEST <= weight.text <= LONGEST or weight.link_share > 0.3:
        return False
    if any(
        e.tag in ("figure", "img", "picture", "figcaption") or is_caption(names(e)) for e in element.iter()
    ):
        return False
    if any(e.tag == "figure" or is_caption(names(e)) for e in list(element.iterancestors())[:3]):
        return False
    if CREDITED.search("".join(element.itertext())):
        return False
    if _MAKES.search(_CASE.sub("-", names(element))):
        return True
    words = words_of("".join(element.itertext()))
    return any(
        words == description or (len(words) > 60 and description.startswith(words))
        for description in descriptions
    )


def repeats(line: Line, lines: list[Line]) -> bool:
    """Tell whether a standfirst says what one of the first lines says again."""
    return any(line.words in other.words or other.words in line.words for other in lines[:4] if other.words)
