"""What stands above the text: the headline again, the byline, the date, crumbs of navigation.

Above the first line that is surely text, a line must show that it belongs: a heading, a list, a sentence. A standfirst
is one, and stays.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

from .headline import repeats_headline
from .lines import Line, is_body
from .log import Log
from .phrases import BYLINE, CREDITED, DATE_LINE, SENTENCE_END

_STANDS_WITHOUT_SENTENCE: Final = frozenset(("item", "quote", "table", "code"))
SHORT: Final = 60
SHORT_LABEL: Final = 140
TOP_LINES: Final = 20
COPIES: Final = 2


def objection_above(line: Line, headlines: list[str]) -> str:
    """Return why a line above the text is not part of it; empty when it may be."""
    if (line.kind == "heading" and line.level == 1) or repeats_headline(line.words, headlines):
        return "the headline"
    if line.length < SHORT_LABEL and BYLINE.match(line.text):
        return "a byline"
    if line.length < SHORT_LABEL and DATE_LINE.match(line.text):
        return "a date"
    if line.kind == "text" and line.length < 300 and CREDITED.search(line.text):
        return "written under a picture"
    if line.length >= SHORT or line.kind in _STANDS_WITHOUT_SENTENCE or SENTENCE_END.search(line.text):
        return ""
    if line.kind == "heading" and line.level in (2, 3, 4):
        return ""
    return "a short label above the text"


def drop_above(lines: list[Line], headlines: list[str], log: Log) -> list[Line]:
    """Return the lines without what stands above the text and is not part of it."""
    first = next(
        (i for i, line in enumerate(lines) if is_body(line) and not objection_above(line, headlines)),
        len(lines),
    )
    kept = []
    for line in lines[:first]:
        if why := objection_above(line, headlines):
            log.dropped("above", line.text, why)
        else:
            kept.append(line)
    return kept + lines[first:]


def drop_printed_captions(lines: list[Line], headlines: list[str], log: Log) -> tuple[list[Line], str]:
    """Return the lines without credited texts that are printed twice above the article, and the first of these.

    Pages carry a picture and its caption once for each width of the screen, and once more for print.
    """
    top = lines[:TOP_LINES]
    copies = Counter(line.words for line in top if not repeats_headline(line.words, headlines))
    captions = {
        line.words: line.text
        for line in reversed(top)
        if copies[line.words] >= COPIES and CREDITED.search(line.text)
    }
    for line in top:
        if line.words in captions:
            log.dropped("above", line.text, "a caption, printed several times")
    kept = [line for line in lines if line.words not in captions]
    return kept, next(reversed(captions.values()), "")
