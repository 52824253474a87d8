"""Where another article begins among the lines, when the tree gave no sign of it.

Two signs. A headline of the first level heads a container of its own after a good deal of text. Or a short line is
printed twice within a few lines, with a caption or the residue of a widget between and running text after: the top of
an article, set as pages set it, in the middle of the text.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

from .headline import repeats_headline
from .lines import Line, body_length, is_body
from .log import Log
from .phrases import SENTENCE_END, WIDGET
from .stacked import MAX_HEADINGS, OWN_TEXT
from .strangers import speak_of_other_things
from .tree import HtmlElement

SHORTEST_HEADLINE: Final = 12
"""Characters; a shorter heading ("Conclusion") heads a part of an article."""


def first_article(lines: list[Line], headlines: list[str], log: Log) -> tuple[list[Line], list[Line]]:
    """Return the lines of the page's own article, and the lines of others that follow."""
    kept = _until_repeated_headline(_from_own_headline(lines, headlines), headlines)
    if len(kept) == len(lines):
        return lines, []
    inside = set(kept)
    for line in lines:
        if line not in inside:
            log.dropped("boundary", line.text, "of another article in the same page")
    end = lines.index(kept[-1]) + 1 if kept else 0
    return kept, lines[end:]


def _from_own_headline(lines: list[Line], headlines: list[str]) -> list[Line]:
    headings = [i for i, line in enumerate(lines) if line.kind == "heading" and line.level == 1]
    if not headings:
        return lines
    mine = [i for i in headings if repeats_headline(lines[i].words, headlines[:3])]
    start = mine[0] if mine else headings[0]
    own = lines[start].words
    for i in headings[:MAX_HEADINGS]:
        if (
            i > start
            and lines[i].length >= SHORTEST_HEADLINE
            and not repeats_headline(lines[i].words, [own])
            and _heads_container(lines, start, i)
            and speak_of_other_things(_text(lines[start:i]), _text(lines[i:]), headlines or [own])
        ):
            lines = lines[:i]
            break
    if mine and start > 0:
        before, after = body_length(lines[:start]), body_length(lines[start:])
        if 0 < before < after and _heads_container(lines, 0, start):
            lines = lines[start:]
    return lines


def _text(lines: list[Line]) -> str:
    return "\n".join(line.text for line in lines)


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
