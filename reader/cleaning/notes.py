"""Footnotes: marks in the text that link to a place in the same page, and what stands there.

A list of very many notes is no footnotes but the article's bibliography: it stays the list it is, and the marks in the
text that lead to it stay marks.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final, TypeAlias

from .tree import HtmlElement, drop, fold, word_set

Notes: TypeAlias = dict[str, str]
"""The id of each note's element, and the label by which the text refers to it."""

_LABEL = re.compile(
    r"[\[(]?((?:(?:note|nb|fn|n) ?)?\d{1,3}|[a-zA-Z]|[*†‡§¶]{1,3})[\])]?$",
    re.IGNORECASE,
)
_HOLDERS: Final = word_set("li p div aside dd section")
LONGEST_LABEL: Final = 10
MOST_FOOTNOTES: Final = 30
"""Notes in one list; more are a bibliography."""
_BEFORE_WAYS_BACK: Final = frozenset(("^", "↑", "Jump up to:", "Jump up", "Back to:"))
"""What stands before the links of a note to the several places that refer to it."""


def find_notes(body: HtmlElement) -> Notes:
    """Return the notes of a page: the elements that short labels in the text link to.

    The notes' links back to the text leave the tree, in bibliographies too.
    """
    labels, places = _marks(body)
    if not labels:
        return {}
    notes = [element for element in body.iter(*_HOLDERS) if (element.get("id") or "") in labels]
    for note in notes:
        _drop_ways_back(note, places)
    listed = Counter(note.getparent() for note in notes if note.tag == "li")
    return {
        identity: labels[identity]
        for note in notes
        if listed[note.getparent()] <= MOST_FOOTNOTES and (identity := note.get("id") or "")
    }


def _marks(body: HtmlElement) -> tuple[Notes, set[str]]:
    """Return the labels by the ids they link to, and the ids at or around the links themselves."""
    labels: Notes = {}
    places: set[str] = set()
    for link in body.iter("a"):
        href = link.get("href") or ""
        if href.startswith("#") and len(href) > 1:
            text = fold("".join(link.itertext())) if len(link) < 4 else ""
            if len(text) <= LONGEST_LABEL and (match := _LABEL.match(text)):
                labels.setdefault(href[1:], match.group(1))
                parent = link.getparent()
                places |= {link.get("id") or "", parent.get("id") or "" if parent is not None else ""}
    return labels, places - {""}


def _drop_ways_back(note: HtmlElement, places: set[str]) -> None:
    for link in list(note.iter("a")):
        parent = link.getparent()
        if (link.get("href") or "")[1:] in places and link is not note and parent is not None:
            drop(link)
            if (parent.text or "").strip() in _BEFORE_WAYS_BACK:
                parent.text = None
