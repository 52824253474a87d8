"""The choice grows: over its like siblings, and up to the container named as the article's body.

readability-lxml picks the densest element; where a page sets its text in several boxes of one make, or splits it by
advertisements, that is a part of the article. Each step asks that what is added is running text, and not so much more
that the first choice looks wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Final

from .measure import Weight, Weights
from .strangers import speak_of_other_things
from .tree import HtmlElement, make_of, names, word_set
from .vocabulary import is_body

_BELONGS_BETWEEN: Final = word_set("p h2 h3 h4 h5 ul ol dl table blockquote pre figure")
"""Elements that belong to the text when they stand beside it, whatever their class."""
PURE: Final = 0.8
"""The share of running text in a box of another make that belongs to the text all the same."""
MOST_GAIN: Final = 2.5
"""Times the text of the choice that an element over it may hold and still be the article."""
_NONE: Final = Weight()


def widen(
    roots: list[HtmlElement], body: HtmlElement, weights: Weights, titles: list[str]
) -> list[HtmlElement]:
    """Return the chosen elements, grown to the whole article."""
    if not roots:
        return roots
    roots = _first_of_equals(roots, weights, titles)
    roots, top = _fill_between(roots, body, weights)
    return _climb(roots, top, body, weights)


def names_body(element: HtmlElement) -> bool:
    """Tell whether an element says that it is the article's body, by tag, class or microdata."""
    return (
        element.tag in ("article", "main")
        or "articleBody" in (element.get("itemprop") or "")
        or is_body(names(element))
    )


def _first_of_equals(roots: list[HtmlElement], weights: Weights, titles: list[str]) -> list[HtmlElement]:
    """Return the roots without those elsewhere that speak of other things than the first: appended articles."""
    first = roots[0]
    if len(roots) < 2 or _of(weights, first).running <= 400:
        return roots
    text = first.text_content()

    def is_another(root: HtmlElement) -> bool:
        return (
            root.getparent() is not first.getparent()
            and _of(weights, root).running > 400
            and speak_of_other_things(text, root.text_content(), titles)
        )

    return [first, *(root for root in roots[1:] if not is_another(root))]


def _of(weights: Weights, element: HtmlElement) -> Weight:
    return weights.get(element, _NONE)


def _fill_between(
    roots: list[HtmlElement], body: HtmlElement, weights: Weights
) -> tuple[list[HtmlElement], HtmlElement | None]:
    """Return the roots with what stands between and beside them, and the element that holds them all."""
    parent, count = Counter(root.getparent() for root in roots).most_common(1)[0]
    if parent is not None and count == len(roots) >= 2:
        return _fill_siblings(roots, parent, weights), parent
    top = _common_ancestor(roots)
    if top is None:
        return roots, None
    have = sum(_of(weights, root).running for root in roots)
    if len(roots) > 2 and top not in roots and _of(weights, top).link_share < 0.4:
        holders = set(roots) | {ancestor for root in roots for ancestor in root.iterancestors()}
        branches = [child for child in top if child in holders]
        if len(branches) > 2 or (len(branches) > 1 and _of(weights, top).running < MOST_GAIN * have):
            return _fill_siblings(branches, top, weights), top
    if parent is not None and count >= 2 and count > len(roots) // 2:
        strays = [root for root in roots if root.getparent() is not parent]
        return _fill_siblings(
            [root for root in roots if root.getparent() is parent], parent, weights
        ) + strays, parent
    return _like_siblings(roots, top, body, weights)


def _common_ancestor(roots: list[HtmlElement]) -> HtmlElement | None:
    """Return the smallest element that holds all roots, a root itself if it holds the others."""
    top: HtmlElement | None = roots[0]
    for root in roots[1:]:
        path = {root, *root.iterancestors()}
        while top is not None and top not in path:
            top = top.getparent()
    return top


def _may_join(element: HtmlElement, weights: Weights) -> bool:
    return _of(weights, element).link_share < 0.5 or str(element.tag).startswith("h")


def _fill_siblings(roots: list[HtmlElement], parent: HtmlElement, weights: Weights) -> list[HtmlElement]:
    """Return the roots with all that stands between them under their common parent, and like siblings beside them."""
    children = list(parent)
    chosen = set(roots)
    places = [i for i, child in enumerate(children) if child in chosen]
    makes = {make_of(children[i]) for i in places}

    def belongs(child: HtmlElement) -> bool:
        weight = _of(weights, child)
        is_text = weight.running >= PURE * weight.text > 0 and weight.link_share < 0.3
        return (
            (make_of(child) in makes or child.tag in _BELONGS_BETWEEN or is_text)
            and _may_join(child, weights)
            and not _of(weights, child).headlines
        )

    first = _reach(children, places[0], -1, belongs, weights)
    last = _reach(children, places[-1], 1, belongs, weights)
    return children[first : last + 1]


def _reach(
    children: list[HtmlElement],
    start: int,
    step: int,
    belongs: Callable[[HtmlElement], bool],
    weights: Weights,
) -> int:
    """Return how far siblings belong to the text, going from ``start``; up to two short strangers are stepped over."""
    end, strangers, i = start, 0, start + step
    while 0 <= i < len(children) and strangers < 3:
        if belongs(children[i]):
            end, strangers = i, 0
        elif (weight := _of(weights, children[i])).text > 120 or weight.headlines:
            break
        else:
            strangers += 1
        i += step
    return end


def _like_siblings(
    roots: list[HtmlElement], top: HtmlElement, body: HtmlElement, weights: Weights
) -> tuple[list[HtmlElement], HtmlElement]:
    """Return the roots with siblings of the same make that hold running text: an article in several boxes."""
    element = top
    for _ in range(3):
        parent = element.getparent()
        if parent is None or parent is body or (names_body(element) and element.tag != "section"):
            break
        if make_of(element)[1]:
            like = [
                child
                for child in parent
                if child is not element
                and make_of(child) == make_of(element)
                and (weight := _of(weights, child)).running >= 150
                and weight.link_share < 0.3
            ]
            if like and not any(_of(weights, child).headlines or child.tag == "article" for child in like):
                have = _of(weights, top).running
                if 0.1 * have < sum(_of(weights, child).running for child in like) < 6 * have:
                    keep = {*like, element}
                    children = list(parent)
                    places = [i for i, child in enumerate(children) if child in keep]
                    span = children[places[0] : places[-1] + 1]
                    return [c for c in span if c in keep or _of(weights, c).link_share < 0.5], parent
        element = parent
    return roots, top


def _climb(
    roots: list[HtmlElement], top: HtmlElement | None, body: HtmlElement, weights: Weights
) -> list[HtmlElement]:
    """Return the nearest container above that is named as the article's body, when it holds notably more of it."""
    if len(roots) == 1 and names_body(roots[0]) and roots[0].tag != "main":
        return roots
    have = sum(_of(weights, root).running for root in roots)
    element = top
    for step in range(5):
        if element is None or element is body:
            break
        if (step or element not in roots) and names_body(element):
            weight = _of(weights, element)
            if (
                1.22 * have < weight.running < 5 * max(have, 200)
                and weight.running - have > 150
                and weight.link_share < 0.3
                and weight.headlines <= 1
                and weight.articles <= 2
            ):
                return [element]
            if element.tag in ("article", "main"):
                break
        element = element.getparent()
    return roots
