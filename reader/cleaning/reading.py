"""A pruned page read into the article's lines: the first choice, its checks, and what is added and left out.

Everything that decides about lines meets here: which elements hold the text, whether the page's own data or a second
opinion knows better, which lines are the article's by where they stand.
"""

from __future__ import annotations

from typing import Final

from ..records import dataclass, field, replace
from .above import drop_above, drop_printed_captions
from .below import cut_at_other_articles, drop_below
from .boundary import first_article
from .check import Witness
from .figures import attach_captions
from .inline import Addresses
from .inside import drop_inside
from .lines import Line
from .log import Log
from .measure import Weights
from .notes import Notes
from .pick import pick
from .repeats import drop_repeated_pictures, drop_repeats
from .second import better, looks_wrong, where_the_text_is
from .standfirst import find_standfirst, repeats
from .tree import HtmlElement
from .unfold import unfold
from .widen import widen

MOSTLY_COVERED: Final = 0.85
HALF_COVERED: Final = 0.5
"""The share of the page's own articleBody that a choice must hold, to be trimmed by it and to be believed."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What an article's lines are, and what was found among them that is no text of it."""

    lines: list[Line]
    caption: str = ""
    """Of the lead picture, when it was printed apart from it."""
    others: list[Line] = field(default_factory=list)
    """Of another article, which followed in the same elements."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A pruned page, and how elements of it are read into lines."""

    body: HtmlElement
    weights: Weights
    addresses: Addresses
    titles: list[str]
    log: Log
    notes: Notes = field(default_factory=dict)

    def read(self, roots: list[HtmlElement]) -> Settled:
        """Return the article's lines in the elements."""
        for chosen in roots:
            self.log.kept("pick", chosen, "holds the text")
        return settle(unfold(roots, self.weights, self.addresses, self.notes), self.titles, self.log)


def settle(lines: list[Line], titles: list[str], log: Log) -> Settled:
    """Return the lines that are the article's, by where they stand; pictures stay among those that are kept."""
    lines = attach_captions(lines, log)
    texts = [line for line in lines if line.kind not in ("figure", "rule")]
    texts, others = first_article(texts, titles, log)
    texts = cut_at_other_articles(texts, log)
    texts, caption = drop_printed_captions(texts, titles, log)
    texts = drop_above(texts, titles, log)
    texts = drop_inside(texts, titles, log)
    texts = drop_repeats(texts, log)
    texts = drop_below(texts, log)
    return Settled(drop_repeated_pictures(_with_figures(lines, texts), log), caption, others)


def _with_figures(lines: list[Line], texts: list[Line]) -> list[Line]:
    """Return the kept texts with the pictures and breaks that stand before or between them."""
    kept = set(texts)
    last = max((i for i, line in enumerate(lines) if line in kept), default=-1)
    return [line for line in lines[: last + 1] if line in kept or line.kind in ("figure", "rule")]


def choose(page: Reading, witness: Witness) -> Settled:
    """Return the lines of the article: the first choice, checked by the page's data and by a second opinion."""
    first = page.read(widen(pick(page.body), page.body, page.weights, page.titles))
    if witness:
        coverage = witness.coverage(first.lines)
        if coverage > MOSTLY_COVERED:
            return replace(first, lines=witness.trim(first.lines))
        if coverage >= HALF_COVERED:
            return first
        holder = witness.find(page.body)
        return page.read([holder]) if holder is not None else Settled(witness.lines(page.body))
    if looks_wrong(first.lines, page.weights[page.body]):
        container = where_the_text_is(page.body, page.weights)
        if container is not None:
            second = page.read([container])
            if better(first.lines, second.lines):
                page.log.kept(
                    "second",
                    container,
                    "holds most of the page's running text; the first choice is too small",
                )
                return second
    return first


def with_standfirst(settled: Settled, page: Reading, descriptions: list[str]) -> Settled:
    """Return the lines with the standfirst before them, when the page has one beside the headline."""
    lines = settled.lines
    first = next((line for line in lines if line.kind not in ("figure", "rule")), None)
    if first is None:
        return settled
    element = find_standfirst(page.body, first.element, page.weights, page.titles, descriptions)
    if element is None:
        return settled
    found = [line for line in unfold([element], page.weights, page.addresses) if line.text]
    found = [replace(line, kind="text", level=0) for line in found if not repeats(line, lines)]
    for line in found:
        page.log.kept("standfirst", line.text, "stands between headline and text")
    return replace(settled, lines=found + lines)
