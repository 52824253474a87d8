"""Footnotes: marks in the text that link to a place in the same page, and what stands there."""

from __future__ import annotations

import re
from typing import Final, TypeAlias

from .tree import HtmlElement, fold, word_set

Notes: TypeAlias = dict[str, str]
"""The id of each note's element, and the label by which the text refers to it."""

_LABEL = re.compile(r"[\[(]?(\d{1,3}|[a-zA-Z]|[*†‡§¶]{1,3}|note \d{1,3})[\])]?$", re.IGNORECASE)
_HOLDERS: Final = word_set("li p div aside dd section")
LONGEST_LABEL: Final = 10


def find_notes(body: HtmlElement) -> Notes:
    """Return the notes of a page: the elements that short labels in the text link to."""
    labels: Notes = {}
    for link in body.iter("a"):
        href = link.get("href") or ""
        if href.startswith("#") and len(href) > 1:
            text = fold("".join(link.itertext())) if len(link) < 4 else ""
            if len(text) <= LONGEST_LABEL and (match := _LABEL.match(text)):
                labels.setdefault(href[1:], match.group(1))
    if not labels:
        return {}
    return {
        identity: labels[identity]
        for element in body.iter(*_HOLDERS)
        if (identity := element.get("id") or "") in labels
    }
