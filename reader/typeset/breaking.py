"""Where a line of text may end: UAX #14 in small, with the kinsoku of JIS X 4051.

Text of Latin, Greek and Cyrillic letters is broken with the string's own search at about a microsecond a line, so
that the height of a book is known before its first line is drawn; everything else is walked cluster by cluster.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from typing import Final

from .cells import WIDTHS, clusters, is_simple

SOFT_HYPHEN: Final = "\u00ad"
ZWSP: Final = "\u200b"

NO_START: Final = frozenset(
    "!%),.:;?]}¢°’”‰′″℃…‥、。々〉》」』】〕〗〙〛〜〞〟ぁぃぅぇぉっゃゅょゎゕゖ゛゜ゝゞァィゥェォッャュョヮヵヶ"
    "・ーヽヾ！％），．：；？］｝｡｣､･～–—»›"
)
"""Signs that no line begins with: closing punctuation, small kana, iteration marks (JIS X 4051, class 2 to 7)."""

NO_END: Final = frozenset("$([{£¥‘“〈《「『【〔〖〘〚〝＄（［｛｢￡￥«‹")
"""Signs that no line ends with: opening punctuation and currency (JIS X 4051, class 1)."""

_DASH: Final = re.compile(r"(?<=\w)[-‐](?=[^\W\d_])|[–—](?=[^\s,.;:!?])")
"""A hyphen between letters, a dash: a line may end after it."""
_ADDRESS_PARTS: Final = re.compile(r"[/?&=_.:;,%#+-](?=[^/?&=_.:;,%#+-])")
"""Where a word too long for a line is cut if it can be: after the delimiters of an address."""

_THAI: Final = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\ua9e0-\ua9ff\uaa60-\uaa7f]")
"""Thai, Lao, Burmese, Khmer: no spaces between words, and no dictionary here; broken between syllables' letters."""
_THAI_NO_START: Final = frozenset("ะาำๅๆฯะາຳໆຯ")
_THAI_NO_END: Final = frozenset("เแโใไເແໂໃໄ")


def break_lines(text: str, first: int, rest: int) -> list[tuple[int, int]]:
    """Return start and end of each line of a text, the first ``first`` cells wide and the others ``rest``.

    The spaces at which a line ends belong to no line; a line that ends in a soft hyphen includes it, and is set with
    a hyphen in its place. A newline always ends a line. There is at least one line.
    """
    lines: list[tuple[int, int]] = []
    width, start = first, 0
    for segment in text.split("\n"):
        stop = start + len(segment)
        before = len(lines)
        if is_simple(segment):
            _break_simple(text, start, stop, width, rest, lines)
        else:
            _break_general(text, start, stop, width, rest, lines)
        if len(lines) > before:
            width = rest
        start = stop + 1
    return lines


def _break_simple(
    text: str, start: int, stop: int, width: int, rest: int, lines: list[tuple[int, int]]
) -> None:
    """Append the lines of a stretch in which every character takes one cell."""
    dashes: list[int] | None = None
    while stop - start > width:
        limit = start + width
        cut = text.rfind(" ", start, limit + 1)
        if dashes is None:
            dashes = [match.end() for match in _DASH.finditer(text, start, stop)]
        if dashes and (at := bisect_right(dashes, limit)) and dashes[at - 1] > max(cut, start):
            cut = dashes[at - 1]
        if cut <= start:
            cut = _cut_word(text, start, limit)
        end = cut
        while end > start and text[end - 1] == " ":
            end -= 1
        lines.append((start, end))
        start, width = cut, rest
        while start < stop and text[start] == " ":
            start += 1
        if start == stop:
            return
    lines.append((start, stop))


def _break_general(
    text: str, start: int, stop: int, width: int, rest: int, lines: list[tuple[int, int]]
) -> None:
    """Append the lines of a stretch of any script."""
    used = 0
    """Cells from ``start`` to the cluster at hand."""
    candidate, candidate_used = start, 0
    """The last place where the line may end, and the cells up to it."""
    previous = ""
    for first, end, cells in clusters(text, start, stop):
        char = text[first]
        while used + cells > width and char != " " and first > start:
            if candidate <= start:
                candidate = _cut_word(text, start, _fitting(text, start, first, width))
                if text[candidate - 1] == SOFT_HYPHEN and candidate - 1 > start:
                    candidate -= 1  # the hyphen would stand beyond the edge
                candidate_used = sum(w for _, _, w in clusters(text, start, candidate))
            lines.append((start, _without_spaces(text, start, candidate)))
            start, width = candidate, rest
            used -= candidate_used
        if first == start and char == " " and lines:
            start = candidate = end
            continue
        used += cells
        if _may_end(text, first, end, stop, previous) and not (char == SOFT_HYPHEN and used >= width):
            candidate, candidate_used = end, used
        previous = char
    lines.append((start, _without_spaces(text, start, stop)))


def _without_spaces(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] == " ":
        end -= 1
    return end


def _fitting(text: str, start: int, stop: int, width: int) -> int:
    """Return the end of the last cluster from ``start`` on that still is on the line; the first always is."""
    used, fitting = 0, start
    for _, end, cells in clusters(text, start, stop):
        used += cells
        if used > width and fitting > start:
            break
        fitting = end
    return fitting


def _cut_word(text: str, start: int, limit: int) -> int:
    """Return where to cut a word that fills a whole line: after a delimiter in its second half, else at the edge."""
    cuts = [match.end() for match in _ADDRESS_PARTS.finditer(text, start + (limit - start) // 2, limit)]
    return cuts[-1] if cuts else max(limit, start + 1)


def _may_end(text: str, first: int, end: int, stop: int, previous: str) -> bool:
    """Tell whether a line may end after the cluster ``first`` to ``end``."""
    if end >= stop:
        return False
    char, following = text[first], text[end]
    if char in (" ", ZWSP, SOFT_HYPHEN):
        return following != " "
    if following in " \u200b\u00ad\u00a0\u202f" or char in "\u00a0\u202f\u2011":
        return False
    if following in NO_START or char in NO_END:
        return False
    if char in "-‐":
        return previous.isalnum() and following.isalpha()
    if char in "–—":
        return True
    if _is_ideographic(char) or _is_ideographic(following):
        return following.isalnum() or following in NO_END or WIDTHS[following] == 2
    if _THAI.match(char) and _THAI.match(following):
        return following not in _THAI_NO_START and char not in _THAI_NO_END
    return False


def _is_ideographic(char: str) -> bool:
    """Tell whether lines may break around a character: wide, and not Hangul, whose words are kept whole."""
    return (WIDTHS[char] == 2 and not "\uac00" <= char <= "\ud7a3") or "\U0001f1e6" <= char <= "\U0001f1ff"


def is_right_to_left(text: str) -> bool:
    """Tell whether the first letter with a direction runs to the left (UAX #9, rules P2 and P3)."""
    if text.isascii():
        return False
    for char in text:
        match unicodedata.bidirectional(char):
            case "L":
                return False
            case "R" | "AL":
                return True
    return False
