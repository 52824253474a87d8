"""Articles that a page appends after its own (infinite scroll) are cut off.

Two shapes. In markup: a heading made like our own headline (same tag and class) heads a container of its own, after a
good deal of our text. In bare lines: a short line is printed twice within a few short lines, with running text after
it. Both ask for text before and after, so that a list of teasers or an article with many headings is no match.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

from .headline import SHORTEST, repeats_headline, words_of
from .inline import Addresses
from .lines import Line, body_length, is_body
from .log import Log
from .measure import Weights, weigh
from .phrases import SENTENCE_END, WIDGET
from .tree import HtmlElement, drop, make_of

OWN_TEXT: Final = 300
"""Characters of running text on both sides of a cut."""
MAX_HEADINGS: Final = 400


def cut_appended(body: HtmlElement, headlines: list[str], log: Log) -> list[HtmlElement]:
    """Remove the containers of appended articles from the tree and return them."""
    headings = list(body.iter("h1", "h2"))[:MAX_HEADINGS]
    own = _own_headline(headings, headlines[:4])
    if own is None:
        return []
    weights = weigh(body)
    own_words = words_of(own.text_content())
    ancestors = set(own.iterancestors())
    cut = []
    for heading in headings[headings.index(own) + 1 :]:
        if heading.getparent() is None or heading in ancestors:
            continue
        container = _appended(heading, own, own_words, ancestors, weights)
        if container is not None and container not in cut:
            log.dropped(
                "stacked", container, "another article, with a headline made like ours, after our text"
            )
            drop(container)
            cut.append(container)
    return cut


def _own_headline(headings: list[HtmlElement], headlines: list[str]) -> HtmlElement | None:
    """Return the heading most like the page's title, else the first ``h1``."""
    best, best_score = None, 0.0
    for heading in headings:
        words = words_of(heading.text_content())
        if len(words) < SHORTEST:
            continue
        score = 0.0
        for headline in headlines:
            if words == headline:
                score = 3
            elif len(words) > 15 and (words in headline or headline in words):
                score = max(score, 2)
        if score and heading.tag == "h1":
            score += 0.5
        if score > best_score:
            best, best_score = heading, score
    return best if best is not None else next((heading for heading in headings if heading.tag == "h1"), None)


def _appended(
    heading: HtmlElement, own: HtmlElement, own_words: str, ancestors: set[HtmlElement], weights: Weights
) -> HtmlElement | None:
    """Return the container that ``heading`` heads when it is an article of its own, else ``None``."""
    same_make = (heading.tag, heading.get("class") or "") == (own.tag, own.get("class") or "")
    if not same_make and heading.tag != "h1":
        return None
    words = words_of(heading.text_content())
    if len(words) < 12 or words == own_words:
        return None
    container = heading
    while (parent := container.getparent()) is not None and parent not in ancestors:
        container = parent
    if (
        container is heading
        or parent is None
        or parent.tag == "html"
        or container.tag in ("nav", "footer", "aside")
    ):
        return None
    if weights[container].running < OWN_TEXT:
        return None
    mine = own
    while mine.getparent() is not parent:
        mine = mine.getparent()  # type: ignore[assignment]  # parent is an ancestor of our headline
    same_box = (mine is not own and make_of(mine) == make_of(container)) or (
        container.tag == "article" and any(ancestor.tag == "article" for ancestor in ancestors)
    )
    if not same_box and not (same_make and own.get("class")):
        return None
    before = 0
    for sibling in parent:
        if sibling is container:
            break
        before += weights[sibling].running
    return container if before >= OWN_TEXT else None


def own_address(container: HtmlElement, heading: HtmlElement | None, addresses: Addresses) -> str:
    """Return the address that an appended article gives of itself: in an attribute for its script, or as a link."""
    for element in (container, *container.iter("article")):
        for name in (
            "data-url",
            "data-href",
            "data-permalink",
            "data-canonical-url",
            "data-share-url",
            "itemid",
        ):
            if address := addresses.link(element.get(name)):
                return address
    if heading is not None:
        link = next(heading.iter("a"), None)
        holder = link if link is not None else heading.getparent()
        if holder is not None and holder.tag == "a":
            return addresses.link(holder.get("href"))
    return ""


# ------------------------------------------------------------------------------------------- in lines


def first_article(lines: list[Line], headlines: list[str]) -> list[Line]:
    """Return the lines of the page's own article when lines of others follow or precede it."""
    lines = _from_own_headline(lines, headlines)
    return _until_repeated_headline(lines, headlines)


def _from_own_headline(lines: list[Line], headlines: list[str]) -> list[Line]:
    headings = [i for i, line in enumerate(lines) if line.kind == "heading" and line.level == 1]
    if not headings:
        return lines
    mine = [i for i in headings if repeats_headline(lines[i].words, headlines[:3])]
    start = mine[0] if mine else headings[0]
    own = lines[start].words
    for i in headings:
        if i > start and not repeats_headline(lines[i].words, [own]) and _heads_container(lines, start, i):
            lines = lines[:i]
            break
    if mine and start > 0:
        before, after = body_length(lines[:start]), body_length(lines[start:])
        if 0 < before < after and _heads_container(lines, 0, start):
            lines = lines[start:]
    return lines


def _until_repeated_headline(lines: list[Line], headlines: list[str]) -> list[Line]:
    """Return the lines before a headline that is printed again within a few short lines, after a good deal of text."""
    read = 0
    for i, line in enumerate(lines):
        if (
            read > 500
            and 15 < line.length < 200
            and line.kind in ("text", "heading")
            and not SENTENCE_END.search(line.text)
        ):
            again = next(
                (j for j in range(i + 1, min(i + 9, len(lines))) if lines[j].words == line.words), None
            )
            if (
                again is not None
                and not repeats_headline(line.words, headlines[:3])
                and _begins(lines, i, again)
            ):
                return lines[:i]
        if is_body(line):
            read += line.length
    return lines


def _begins(lines: list[Line], first: int, again: int) -> bool:
    """Tell whether the lines from a headline to its repetition, and those after, are the beginning of an article."""
    if sum(is_body(line) for line in lines[again + 1 : again + 8]) < 2:
        return False
    between = lines[first + 1 : again]
    around = Counter(line.words for line in lines[first : again + 6])
    long_ones = [line for line in between if line.length >= 60]
    if not all(around[line.words] > 1 for line in long_ones):
        return False
    if not long_ones and not any(WIDGET.match(line.text) for line in between):
        return False
    return not any(line.kind == "heading" and line.level != lines[first].level for line in between)


def _heads_container(lines: list[Line], start: int, i: int) -> bool:
    """Tell whether line ``i`` heads a container with text of its own, apart from the text between ``start`` and it."""
    before = [line for line in lines[start:i] if is_body(line)]
    if len(before) < 2 or sum(line.length for line in before) < 400:
        return False
    ancestors = {element for line in before for element in (line.element, *line.element.iterancestors())}
    element: HtmlElement | None = lines[i].element
    top = None
    while element is not None and element not in ancestors:
        top = element
        element = element.getparent()
    if top is None:
        return False
    return sum(n for p in top.iter("p") if (n := len(p.text_content())) > 80) > OWN_TEXT
