"""Articles that a page appends after its own (infinite scroll) are cut off.

Two shapes. A heading made like our own headline (same tag and class) heads a container of its own, after a good deal
of our text. Or two containers of one make stand side by side, and the second speaks of other things. Both ask for
text before and after, so that a list of teasers or an article with many headings is no match.
"""

from __future__ import annotations

from typing import Final

from .headline import SHORTEST, agree, words_of
from .inline import Addresses
from .log import Log
from .measure import Weights
from .strangers import speak_of_other_things
from .tree import HtmlElement, drop

OWN_TEXT: Final = 300
"""Characters of running text on both sides of a cut."""
TWIN_TEXT: Final = 600
"""Characters of running text in each of two containers, to compare what they speak of."""
MAX_HEADINGS: Final = 200
MAX_OWN_HEADINGS: Final = 3


def cut_appended(body: HtmlElement, headlines: list[str], weights: Weights, log: Log) -> list[HtmlElement]:
    """Remove the containers of appended articles from the tree and return them."""
    headings = list(body.iter("h1", "h2"))[:MAX_HEADINGS]
    own = own_headings(headings, headlines)
    if not own:
        return []
    cut: list[HtmlElement] = []
    for anchor in own:
        ancestors = set(anchor.iterancestors())
        for heading in headings[headings.index(anchor) + 1 :]:
            if heading in own or heading in ancestors or _is_in(heading, cut):
                continue
            container = _appended(heading, anchor, weights)
            if container is not None:
                log.dropped(
                    "stacked", container, "another article, with a headline made like ours, after our text"
                )
                drop(container)
                cut.append(container)
    cut += _cut_after_article(own[-1], weights, headlines, log)
    return cut + _cut_twins(body, own[-1], weights, headlines, log)


def _is_in(element: HtmlElement, containers: list[HtmlElement]) -> bool:
    return bool(containers) and any(
        ancestor in containers for ancestor in (element, *element.iterancestors())
    )


def own_headings(headings: list[HtmlElement], headlines: list[str]) -> list[HtmlElement]:
    """Return the headings that are the page's own headline: one, or several where a page repeats it (in a bar that stays).

    Those most like the page's titles; when none is like them, the first ``h1``.
    """
    scored = [(_score(heading, headlines[:4]), heading) for heading in headings]
    best = max((score for score, _ in scored), default=0.0)
    if best:
        return [heading for score, heading in scored if score == best][:MAX_OWN_HEADINGS]
    return [heading for heading in headings if heading.tag == "h1"][:1]


def _score(heading: HtmlElement, headlines: list[str]) -> float:
    """Return how much a heading is like the page's titles: the same, a part, or no likeness; ``h1`` before ``h2``."""
    words = words_of(heading.text_content())
    if len(words) < SHORTEST:
        return 0.0
    score = 0.0
    for headline in headlines:
        if words == headline:
            score = 3
        elif len(words) > 15 and (words in headline or headline in words):
            score = max(score, 2)
        elif agree(words, headline):
            score = max(score, 1)
    return score + 0.5 if score and heading.tag == "h1" else score


def _appended(heading: HtmlElement, own: HtmlElement, weights: Weights) -> HtmlElement | None:
    """Return the container that ``heading`` heads when it is an article of its own, else ``None``."""
    same_make = heading.get("class") == own.get("class") and heading.tag == own.tag
    if (not same_make and heading.tag != "h1") or len(words_of(heading.text_content())) < 12:
        return None
    twin = _twin_of_ours(heading, own)
    if (
        twin is not None
        and weights[twin].running >= OWN_TEXT
        and (_text_before(twin, weights) >= OWN_TEXT or (twin.tag == "article" and same_make))
    ):
        return twin
    container = _headed_by(heading, weights)
    if (
        container is None
        or weights[container].running < OWN_TEXT
        or _text_before(container, weights) < OWN_TEXT
    ):
        return None
    if container.tag in ("article", "main") and heading.tag == "h1":
        return container
    # Our headline heads what the container is in: a section of ours.
    is_our_section = any(ancestor is own.getparent() for ancestor in container.iterancestors())
    return container if same_make and own.get("class") and not is_our_section else None


def _twin_of_ours(heading: HtmlElement, own: HtmlElement) -> HtmlElement | None:
    """Return the largest container of ``heading`` made like a container of our headline, which is not in it."""
    ours = list(own.iterancestors())
    twin = None
    for ancestor in heading.iterancestors():
        if ancestor in ours:
            break
        if any(_like(ancestor, element) for element in ours):
            twin = ancestor
    return twin


def _like(one: HtmlElement, other: HtmlElement) -> bool:
    """Tell whether two elements are of one make: the same tag and class, or the same id, which should be unique."""
    if one.tag != other.tag:
        return False
    identity = one.get("id")
    return (bool(identity) and identity == other.get("id")) or (
        bool(one.get("class")) and one.get("class") == other.get("class")
    )


def _headed_by(heading: HtmlElement, weights: Weights) -> HtmlElement | None:
    """Return the largest element that ``heading`` begins: beside it, before it, stands a good deal of text."""
    container = heading
    while True:
        parent = container.getparent()
        if parent is None or parent.tag == "html" or container.tag in ("nav", "footer", "aside"):
            return None
        if container.tag in ("article", "main") or _text_before(container, weights) >= OWN_TEXT:
            return container if container is not heading else None
        container = parent


def _text_before(element: HtmlElement, weights: Weights) -> int:
    """Return the running text in the siblings before an element."""
    return sum(weights[sibling].running for sibling in element.itersiblings(preceding=True))


# ------------------------------------------------------------------------------------------- twins


def _cut_twins(
    body: HtmlElement, own: HtmlElement, weights: Weights, titles: list[str], log: Log
) -> list[HtmlElement]:
    """Remove containers made like the one that holds our text, right after it, that speak of other things."""
    cut: list[HtmlElement] = []
    own_path = {own, *own.iterancestors()}
    for parent in list(body.iter()):
        if len(parent) < 2 or weights[parent].running < 2 * TWIN_TEXT:
            continue
        makes: dict[tuple[str, str], list[HtmlElement]] = {}
        for child in parent:
            if weights[child].running >= TWIN_TEXT and (child.get("class") or child.tag == "main"):
                makes.setdefault((str(child.tag), child.get("class") or ""), []).append(child)
        for twins in makes.values():
            if len(twins) != 2:
                continue
            first, second = twins
            if second not in own_path and _are_apart(first, second, titles):
                log.dropped("stacked", second, "another article, made like ours, of other names and words")
                drop(second)
                cut.append(second)
    return cut


def _cut_after_article(own: HtmlElement, weights: Weights, titles: list[str], log: Log) -> list[HtmlElement]:
    """Remove what stands after the ``article`` of our headline and speaks of other things."""
    article = next((element for element in own.iterancestors("article")), None)
    if article is None or weights[article].running < TWIN_TEXT:
        return []
    text = article.text_content()
    cut = []
    for sibling in list(article.itersiblings()):
        if weights[sibling].running >= TWIN_TEXT and speak_of_other_things(
            text, sibling.text_content(), titles
        ):
            log.dropped("stacked", sibling, "stands after our article and speaks of other things")
            drop(sibling)
            cut.append(sibling)
    return cut


def _are_apart(first: HtmlElement, second: HtmlElement, titles: list[str]) -> bool:
    """Tell whether twins are two articles: a page has one ``main``; other containers must speak of other things."""
    return first.tag == "main" or speak_of_other_things(first.text_content(), second.text_content(), titles)


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
