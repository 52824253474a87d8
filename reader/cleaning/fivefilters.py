"""Rules for sites in the form of FiveFilters' Full-Text RSS, made into ours.

A file is lines of ``directive: value``, ``#`` before a comment; the values are XPath (https://help.fivefilters.org,
"Site patterns"). What has a counterpart is taken, what only configures that program is passed over, and what is lost is
named.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Final

from ..records import dataclass
from .siterules import RULE_CHARACTERS, is_selector, rule_toml
from .tree import word_set

_XPATHS: Final = {
    "body": "body",
    "title": "title",
    "author": "author",
    "date": "date",
    "strip": "strip",
    "single_page_link": "next_page",
    "next_page_link": "next_page",
}
"""Directives whose value is an XPath, and our key for it. A page that holds the whole article is read as a further one:
what of it the article has already is not taken twice."""
_ATTRIBUTES: Final = {
    "strip_id_or_class": '[id*="{0}"], [class*="{0}"]',
    "strip_image_src": 'img[src*="{0}"]',
}
"""Directives that strip by a part of an attribute, and the selector each is."""
_PASSED_OVER: Final = word_set(
    "test_url test_contains tidy prune parser autodetect_on_failure autodetect_next_page insert_detected_image "
    "convert_double_br_tags strip_comments src_lazy_load_attr footnotes native_ad_clue"
)
"""Directives about how that program works, or what it is tested with; nothing is lost with them."""
_LINE: Final = re.compile(r"\s*([a-z_]+)(\([^)]*\))?\s*:\s*(.*?)\s*")


@dataclass(frozen=True, slots=True)
class Imported:
    """A rule of ours as the text of its file, and what could not be taken into it."""

    toml: str
    lost: tuple[str, ...]
    """Each with its line: "line 4: find_string"."""


def convert(text: str) -> Imported:
    """Return our rule for a site's file of FiveFilters."""
    rule: defaultdict[str, list[str]] = defaultdict(list)
    lost = []
    for number, line in enumerate(text[:RULE_CHARACTERS].splitlines(), start=1):
        found = _LINE.fullmatch(line)
        if found is None:
            if line.strip() and not line.lstrip().startswith("#"):
                lost.append(f"line {number}: {line.strip()[:40]}")
            continue
        directive, _, value = found.groups()
        if not value or directive in _PASSED_OVER:
            continue
        key, selector = _selector(directive, value)
        if key and is_selector(selector):
            # The page with the whole article goes before the next one.
            at = 0 if directive == "single_page_link" else len(rule[key])
            rule[key].insert(at, selector)
        else:
            lost.append(f"line {number}: {directive}")
    return Imported(rule_toml(rule), tuple(lost))


def _selector(directive: str, value: str) -> tuple[str, str]:
    """Return our key and selector for a directive; both empty where there are none."""
    if directive in _XPATHS:
        return _XPATHS[directive], value if value.startswith(("/", "(")) else f"({value})"
    if directive in _ATTRIBUTES:
        part = value.strip("'\"").replace("\\", "\\\\").replace('"', '\\"')
        return "strip", _ATTRIBUTES[directive].format(part)
    return "", ""
