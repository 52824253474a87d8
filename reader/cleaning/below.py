"""What stands below the text: lists of other articles, biographies, credits, calls to subscribe.

Two looks. A heading such as "Related stories" ends the article when little text of its own follows. Then, from the end
upwards, lines that speak of the article or its author instead of its subject leave one by one.
"""

from __future__ import annotations

import re
from typing import Final

from .lines import Line, body_length, is_body
from .log import Log
from .phrases import ENDING, OTHER_ARTICLES, PROMOTION, SENTENCE_END

_ENDING_KINDS: Final = frozenset(("text", "item", "heading", "quote"))
_DIGIT = re.compile(r"\d")
LONGEST_ENDING: Final = 500
TAIL_LINES: Final = 9
MOST_AFTER_END: Final = 700
"""Characters of running text that may follow a line which ends the article (a biography after a credit)."""


def cut_at_other_articles(lines: list[Line], log: Log) -> list[Line]:
    """Return the lines above a heading of other articles, when little text of the article's own follows it."""
    total = body_length(lines) or 1
    read = 0
    for i, line in enumerate(lines):
        if (
            read > 0.35 * total
            and line.length < 80
            and (line.kind == "heading" or line.link_share < 0.5)
            and OTHER_ARTICLES.match(line.text)
        ):
            rest = lines[i + 1 :]
            linked = sum(other.linked for other in rest) / (sum(other.length for other in rest) or 1)
            if body_length(rest) < 0.25 * total or linked > 0.4:
                for other in lines[i:]:
                    log.dropped("below", other.text, f"after the heading “{line.text[:40]}”")
                return lines[:i]
        if is_body(line):
            read += line.length
    return lines


def drop_below(lines: list[Line], log: Log) -> list[Line]:
    """Return the lines without what follows the text: credits, biographies, links, headings of nothing."""
    end = _first_ending(lines)
    total = sum(line.length for line in lines[:end]) or 1
    while end and (why := _objection(lines[end - 1], end, total)):
        log.dropped("below", lines[end - 1].text, why)
        end -= 1
    for line in lines[end:]:
        log.dropped("below", line.text, "after the end of the text")
    return lines[:end]


def _first_ending(lines: list[Line]) -> int:
    """Return where the text ends: at the first of the last lines that says so, when next to nothing follows."""
    end = len(lines)
    total = sum(line.length for line in lines) or 1
    tail = 0
    for i in range(len(lines) - 1, max(len(lines) - TAIL_LINES, len(lines) // 2), -1):
        line = lines[i]
        tail += line.length
        if tail > 0.15 * total + 200:
            break
        if (
            line.length < LONGEST_ENDING
            and line.kind in _ENDING_KINDS
            and not line.text.startswith(("“", '"'))
            and ENDING.search(line.text)
            and sum(other.length for other in lines[i + 1 : end]) < 0.12 * total
            and sum(other.length for other in lines[i + 1 : end] if is_body(other)) < MOST_AFTER_END
        ):
            end = i
    return end


def _objection(line: Line, count: int, total: int) -> str:
    """Return why the last of ``count`` lines is no end of a text; empty when it may be."""
    if line.length < LONGEST_ENDING and line.length < 0.25 * total:
        if ENDING.search(line.text):
            return "speaks of the article, not of its subject"
        if PROMOTION.match(line.text):
            return "asks to go elsewhere"
    if line.kind == "heading":
        return "a heading with nothing under it"
    if count > 3 and line.link_share > 0.6 and line.kind in ("text", "item", "cell") and line.length < 300:
        return "a link at the end"
    if (
        count > 3
        and line.kind == "text"
        and line.length < 25
        and not SENTENCE_END.search(line.text)
        and not _DIGIT.search(line.text)
    ):
        return "a label at the end"
    return ""
