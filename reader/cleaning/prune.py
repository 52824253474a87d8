"""What cannot be text leaves the tree: by tag, by style, by role, by the words of its class.

The guard against a wrong word: a box that holds more than a third of the page's text outside links is never dropped
(``field--label-hidden`` around the article; ASP.NET's form around the whole page).
"""

from __future__ import annotations

import re
from typing import Final

from .log import Log
from .measure import Weight, Weights
from .tree import HtmlElement, drop, names, word_set
from .vocabulary import is_comments, is_consent, is_furniture, is_hidden

_NEVER_TEXT: Final = word_set(
    "script style noscript template svg button select textarea input option object embed applet canvas map"
)
_NOT_THE_TEXT: Final = word_set(
    "dialog menu nav footer form label fencedframe amp-ad amp-analytics amp-sidebar amp-social-share"
)
_ALWAYS_LOOKED_INTO: Final = frozenset(("article", "main", "h1", "html", "body"))
_EMPTIED: Final = frozenset(("audio", "iframe", "video"))
"""Kept as figures; what is in them is for browsers that cannot show them."""
_ANCHOR_SIGNS: Final = frozenset(("¶", "#", "§", "🔗", "↩", "↩︎", "↑", "^"))
"""What links from a heading to itself and from a footnote back to the text show."""
_ROLES: Final = word_set(
    "navigation complementary banner contentinfo search dialog alert toolbar menu tablist"
)
_INLINE: Final = word_set("span a b i em strong")

LARGEST_SHARE: Final = 0.35
"""Of the page's unlinked text, that a box may hold and still be dropped."""

LARGEST_COMMENTS: Final = 0.8
"""The same for readers' comments and questions for consent, of which there may be more than of the article."""
LARGEST_HIDDEN: Final = 0.42
"""The same for what is hidden; more is an article that a script will show."""
HIDDEN: Final = "hidden"
PLACED: Final = "a label placed on a picture"
LABEL_CHARACTERS: Final = 200
"""Of such a label; what is longer is a text that a design puts somewhere."""
_TOP: Final = re.compile(r"(?:^|[;\s])(?:top|bottom)\s{0,9}:\s{0,9}-?[\d.]{1,12}%")
_SIDE: Final = re.compile(r"(?:^|[;\s])(?:left|right)\s{0,9}:\s{0,9}-?[\d.]{1,12}%")
"""Programs that turn drawings into HTML (ai2html, Datawrapper, image maps) place each label by shares of the drawing."""


def strip(body: HtmlElement) -> None:
    """Remove the elements that never hold text, and what media elements hold."""
    for element in list(body.iter(*_NEVER_TEXT)):
        drop(element)
    for link in list(body.iter("a")):
        if (link.text or "").strip() in _ANCHOR_SIGNS and not len(link):
            drop(link)
    for element in list(body.iter(*_EMPTIED)):
        for child in list(element):
            if child.tag != "source" and child.tag != "track":
                drop(child)
        element.text = None
        for child in element:
            child.tail = None


def prune(body: HtmlElement, weights: Weights, log: Log) -> Weight:
    """Drop the boxes of the page that are not its text; return what the page weighed before."""
    total = max(1, weights[body].unlinked)
    gone: set[HtmlElement] = set()
    for element in list(body.iter()):
        parent = element.getparent()
        if element is body or parent is None:
            continue
        if parent in gone:
            gone.add(element)
            continue
        why, sure = _objection(element)
        if not why:
            continue
        weight = weights[element]
        largest = _largest_share(why)
        if weight.unlinked > largest * total and weight.unlinked > 100:
            if element.tag in ("form", "nav", "label"):
                element.tag = "div"
            continue
        if why == PLACED and weight.text > LABEL_CHARACTERS:
            continue
        if not sure and _looks_like_text(element, weight):
            continue
        log.dropped("prune", element, why)
        gone.add(element)
        drop(element)
    return weights[body]


def _largest_share(why: str) -> float:
    """Return the share of the page's text that a box with this objection may hold and still be dropped."""
    if why == HIDDEN:
        return LARGEST_HIDDEN
    return LARGEST_COMMENTS if is_comments(why) or is_consent(why) else LARGEST_SHARE


def _objection(element: HtmlElement) -> tuple[str, bool]:
    """Return why an element is not the article's text (empty: it may be), and whether that is beyond doubt."""
    style = element.get("style")
    if (style and is_hidden(style)) or element.get("hidden") is not None:
        return HIDDEN, True
    if style and "%" in style and _TOP.search(style) and _SIDE.search(style):
        return PLACED, True
    tag = element.tag
    if tag in _NOT_THE_TEXT:
        return f"<{tag}>", True
    if tag in _ALWAYS_LOOKED_INTO:
        return "", False
    role = element.get("role")
    if tag == "aside" or role in _ROLES:
        return f"role {role}" if role else "<aside>", False
    if element.get("aria-hidden") == "true" and tag not in _INLINE:
        return "aria-hidden", False
    words = names(element)
    word = is_furniture(words) if words else ""
    return (f"class word {word}", False) if word else ("", False)


def _looks_like_text(element: HtmlElement, weight: Weight) -> bool:
    """Tell whether a box is text in spite of its name: a long paragraph, or one with a headline and a text of its own."""
    if element.tag in ("p", "em", "strong", "b", "i") and weight.text > 200:
        return True
    return weight.text > 150 and weight.headlines > 0 and weight.unlinked > 200
