"""What stands inside the text and is not part of it: widget residue, calls to read elsewhere, lines that are links."""

from __future__ import annotations

from typing import Final

from .headline import repeats_headline
from .lines import Line, is_body
from .log import Log
from .phrases import BUYING, CREDIT_LINE, PROMOTION, WIDGET

_LINK_LINES: Final = frozenset(("text", "heading", "quote", "cell"))


def drop_inside(lines: list[Line], headlines: list[str], log: Log) -> list[Line]:
    """Return the lines without what is set into the text by the page."""
    link_lines = sum(line.kind == "text" and line.link_share > 0.8 for line in lines)
    few_links = link_lines <= max(2, 0.15 * len(lines))
    kept: list[Line] = []
    for i, line in enumerate(lines):
        before = lines[i - 1] if i else None
        after = lines[i + 1] if i + 1 < len(lines) else None
        why = _objection(line, before, headlines)
        if not why and few_links and _is_link_between(line, before, kept[-1] if kept else None, after):
            why = "a lone link between paragraphs"
        if why:
            log.dropped("inside", line.text, why)
        else:
            kept.append(line)
    return kept


def _objection(line: Line, before: Line | None, headlines: list[str]) -> str:
    if not line.words:
        return "no words"
    if is_residue(line, before):
        return "left over from a widget"
    if line.kind == "heading" and line.level == 1 and repeats_headline(line.words, headlines):
        return "the headline"
    if line.kind == "text" and line.length < 300 and CREDIT_LINE.search(line.text):
        return "written under a picture"
    if is_promotion(line):
        return "asks to go elsewhere"
    if line.link_share > 0.5 and line.kind in _LINK_LINES and line.length < 120 and BUYING.match(line.text):
        return "a shop's button"
    if line.link_share > 0.8 and line.kind in _LINK_LINES and line.length > 12 and _is_upper_case(line.text):
        return "a link in capitals"
    return ""


def is_residue(line: Line, before: Line | None) -> bool:
    """Tell whether a line is what a text-size switch or a counter leaves ("TT", "20").

    A bare number may be text (a countdown, a score): it goes only beside another residue.
    """
    if line.kind != "text" or line.length > 4 or not WIDGET.match(line.text):
        return False
    if not line.text.isdecimal():
        return True
    return before is None or (bool(WIDGET.match(before.text)) and not before.text.isdecimal())


def is_promotion(line: Line) -> bool:
    """Tell whether a line asks the reader to go elsewhere, by the phrase it begins with."""
    if line.length >= 300 or not PROMOTION.match(line.text):
        return False
    if line.kind == "text" and line.length > 120 and line.link_share < 0.2:
        return False
    return line.kind != "heading" or line.link_share > 0.3 or line.length < 60


def _is_upper_case(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return sum(char.isupper() for char in letters) > 0.7 * max(1, len(letters))


def _is_link_between(line: Line, before: Line | None, last_kept: Line | None, after: Line | None) -> bool:
    """Tell whether a line is nothing but a link, set between paragraphs: "read this too" without the words."""
    if line.kind != "text" or line.link_share <= 0.8 or line.length >= 200:
        return False
    if not (before is None or is_body(before) or (last_kept is not None and is_body(last_kept))):
        return False
    return after is None or is_body(after) or after.link_share > 0.8
