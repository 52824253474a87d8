"""Which elements hold the article: readability-lxml's choice, on the pruned tree.

readability-lxml is used as it is, with two exceptions: it is given our tree (a copy of it, since it rewrites what it
reads), and its last step returns the chosen elements instead of sanitised HTML. Each element is numbered before, so
that the choice leads back to the untouched elements. On the small tree it costs two fifths of what it does on a page.
"""

from __future__ import annotations

import copy
import logging
from typing import Any, Final

from .tree import HtmlElement, outermost

MAX_ELEMENTS: Final = 30_000
"""Beyond this, readability's repeated looks into each element cost seconds; the second opinion decides alone."""
_MARK: Final = "data-broadsheet-number"


class _Chosen(str):
    """The result of readability's last step: a string of the article's length that carries the chosen elements."""

    __slots__ = ("tops",)
    tops: list[HtmlElement]


def pick(body: HtmlElement) -> list[HtmlElement]:
    """Return the elements of ``body`` that hold the article, outermost ones in document order; empty when none do."""
    elements = list(body.iter())
    if len(elements) > MAX_ELEMENTS:
        return []
    for number, element in enumerate(elements):
        element.set(_MARK, str(number))
    try:
        tops = _readability(body)
    finally:
        for element in elements:
            del element.attrib[_MARK]
    numbers = sorted({number for top in tops for number in _numbers(top, elements)})
    return list(outermost([elements[number] for number in numbers]))


def _readability(body: HtmlElement) -> list[HtmlElement]:
    """Return the elements that readability chose, in its own copy of the tree."""
    from readability.readability import Document, Unparseable

    class Picker(Document):  # type: ignore[misc]  # the package has no types
        """readability-lxml with our tree at its beginning and the chosen elements at its end."""

        def _parse(self, tree: HtmlElement) -> HtmlElement:
            self.encoding = "utf-8"
            return copy.deepcopy(tree)

        def sanitize(self, node: HtmlElement, candidates: Any, keep_all_images: bool = False) -> _Chosen:
            del candidates, keep_all_images
            tops = list(node) if node.get(_MARK) is None else [node]
            chosen = _Chosen("x" * min(100_000, sum(len(top.text_content()) for top in tops)))
            chosen.tops = tops
            return chosen

    logging.getLogger("readability").setLevel(logging.CRITICAL)  # it logs a traceback for a page without text
    root = body.getparent()
    try:
        result = Picker(root if root is not None else body).summary(html_partial=True)
    except Unparseable:
        return []
    return result.tops if isinstance(result, _Chosen) else []


def _numbers(top: HtmlElement, elements: list[HtmlElement]) -> list[int]:
    """Return the numbers of the untouched elements that a chosen one stands for.

    A paragraph that readability made itself has no number: its first numbered descendant stands for it. Elements
    that readability moved into a chosen one (segments, leads) count for themselves.
    """
    mark = top.get(_MARK)
    if mark is None:
        inner = next((d for d in top.iter() if d.get(_MARK) is not None), None)
        return [int(inner.get(_MARK) or 0)] if inner is not None else []
    home = elements[int(mark)]
    numbers = [int(mark)]
    for child in top:
        child_mark = child.get(_MARK)
        if child_mark is not None and home not in elements[int(child_mark)].iterancestors():
            numbers.append(int(child_mark))
    return numbers
