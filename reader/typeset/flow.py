"""Spans made ready for setting: one text with the stretches that are set alike, links numbered.

Everything later (breaking, finding, selecting, highlighting) speaks of offsets into this one text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final, TypeAlias

from ..document import Mark, Span, Spans
from ..records import dataclass, field
from .breaking import SOFT_HYPHEN
from .cells import WIDTHS, ZWJ
from .line import Role, Run

Overlay: TypeAlias = tuple[int, int, Role]
"""A range of a text and what lies over it."""

_SUPERSCRIPTS: Final = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_SUBSCRIPTS: Final = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_RAISED: Final = re.compile(r"[0-9+\-−=()ni]+")
_LOWERED: Final = re.compile(r"[0-9+\-−=()]+")
_ORDINALS: Final = frozenset(
    (
        "st",
        "nd",
        "rd",
        "th",
        "e",
        "er",
        "re",
        "me",
        "ème",
        "ère",
        "de",
        "ste",
        "o",
        "a",
        "os",
        "as",
        "TM",
        "SM",
        "®",
        "™",
    )
)
"""Endings that are raised by custom and read as well on the line."""
_ORPHANS: Final = re.compile("(?:^|(?<=[\\s\u200b]))[\u200c\u200d\ufe00-\ufe0f]+|\u200d+$")
"""Joiners and selectors with nothing beside them to join or select."""
_UNSENT: Final = {0x200B: None, 0xAD: None, 0x09: " ", 0x0A: " "}
"""Break opportunities do their work before a line is sent and are not sent themselves."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the article; the same address has one number, wherever it stands."""

    number: int
    href: str
    text: str
    """The words of its first occurrence."""


@dataclass(slots=True)
class Links:
    """The links met so far, numbered from 1 in reading order."""

    numbered: bool = True
    """Show the numbers in the text."""
    found: dict[str, Link] = field(default_factory=dict)

    def number(self, href: str, text: str) -> int:
        """Return the number of an address, a new one when it was not met before."""
        link = self.found.get(href)
        if link is None:
            link = self.found[href] = Link(len(self.found) + 1, href, " ".join(text.split()))
        return link.number


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a text that is set in one way; it ends where the next begins."""

    start: int
    role: Role
    marks: Mark = Mark.PLAIN
    link: str = ""


@dataclass(frozen=True, slots=True)
class Flow:
    """A text with its stretches; ``asides`` are the ranges we put in ourselves (link numbers)."""

    text: str
    stretches: Sequence[Stretch]
    asides: tuple[tuple[int, int], ...] = ()

    def runs(self, start: int, end: int, overlays: Sequence[Overlay] = ()) -> list[Run]:
        """Return what is between two offsets as it is sent to the terminal."""
        runs: list[Run] = []
        overlays = within(overlays, start, end)
        hyphen = "-" if end > start and self.text[end - 1] == SOFT_HYPHEN else ""
        index = bisect_right(self.stretches, start, key=_start) - 1
        while start < end:
            stretch = self.stretches[index]
            index += 1
            stop = min(self.stretches[index].start, end) if index < len(self.stretches) else end
            for first, last, over in _split(self.text, start, stop, overlays):
                text = self.text[first:last]
                if not text.isascii() or "\n" in text or "\t" in text:
                    text = text.translate(_UNSENT)
                if last == end:
                    text += hyphen
                if text:
                    runs.append(Run(text, stretch.role, stretch.marks, stretch.link, over))
            start = stop
        return runs

    def offset(self, start: int, end: int, x: int) -> int:
        """Return the offset of the character sent as number ``x`` of the line ``start`` to ``end``."""
        text = self.text
        if SOFT_HYPHEN not in text and "\u200b" not in text:
            return min(start + max(0, x), end)
        while start < end and (x > 0 or text[start] in "\u200b\u00ad"):
            x -= text[start] not in "\u200b\u00ad"
            start += 1
        return start

    def sent(self, start: int, offset: int) -> int:
        """Return how many characters are sent for what lies between two offsets of a line."""
        return offset - start - sum(self.text.count(sign, start, offset) for sign in ("\u200b", SOFT_HYPHEN))


def within(overlays: Sequence[Overlay], start: int, end: int) -> Sequence[Overlay]:
    """Return those that reach into a range."""
    return [overlay for overlay in overlays if overlay[0] < end and overlay[1] > start] if overlays else ()


def _start(stretch: Stretch) -> int:
    return stretch.start


def _split(
    text: str, start: int, stop: int, overlays: Sequence[Overlay]
) -> Iterable[tuple[int, int, Role | None]]:
    """Yield the parts of a range with what lies over each; of several overlays the last given wins."""
    if not overlays:
        return ((start, stop, None),)
    snapped = [(_snap(text, first), _snap(text, last), role) for first, last, role in overlays]
    edges = {edge for first, last, _ in snapped for edge in (first, last) if start < edge < stop}
    parts: list[tuple[int, int, Role | None]] = []
    for first, last in pairwise(sorted({start, stop, *edges})):
        over = [role for begin, finish, role in snapped if begin <= first and last <= finish]
        parts.append((first, last, over[-1] if over else None))
    return parts


def _snap(text: str, edge: int) -> int:
    """Return an edge moved behind the marks and joined characters it would part from their base."""
    while 0 < edge < len(text) and (
        (text[edge] > "\xff" and WIDTHS[text[edge]] == 0) or text[edge - 1] == ZWJ
    ):
        edge += 1
    return edge


def make_flow(spans: Spans, role: Role, links: Links) -> Flow:
    """Return spans as one text: scripts raised and lowered, links numbered behind their last word."""
    texts: list[str] = []
    stretches: list[Stretch] = []
    asides: list[tuple[int, int]] = []
    length = 0

    def add(text: str, stretch_role: Role, marks: Mark, link: str) -> None:
        nonlocal length
        if text:
            stretches.append(Stretch(length, stretch_role, marks, link))
            texts.append(text)
            length += len(text)

    for index, span in enumerate(spans):
        add(_script(span), role, span.marks, span.href)
        following = spans[index + 1].href if index + 1 < len(spans) else ""
        if span.href and span.href != following and not span.href.startswith("#"):
            number = links.number(span.href, _linked_text(spans, index))
            if links.numbered:
                label = f"[{number}]"
                asides.append((length, length + len(label)))
                add(label, Role.LINK_NUMBER, Mark.PLAIN, span.href)
    return Flow("".join(texts), stretches or (Stretch(0, role),), tuple(asides))


def plain_flow(text: str, role: Role, link: str = "") -> Flow:
    """Return a text that is set in one way."""
    return Flow(text, (Stretch(0, role, Mark.PLAIN, link),))


def _linked_text(spans: Spans, last: int) -> str:
    """Return the words of the link that ends with the span at ``last``, marks inside it notwithstanding."""
    first = last
    while first and spans[first - 1].href == spans[last].href:
        first -= 1
    return "".join(span.text for span in spans[first : last + 1])


def _script(span: Span) -> str:
    """Return the text of a span, raised or lowered where there are characters for it."""
    text = span.text if span.text.isascii() else _ORPHANS.sub("", span.text)
    if span.marks & Mark.SUP:
        if _RAISED.fullmatch(text):
            return text.translate(_SUPERSCRIPTS)
        return text if span.href or text in _ORDINALS else f"^{text}" if len(text) == 1 else f"^({text})"
    if span.marks & Mark.SUB:
        if _LOWERED.fullmatch(text):
            return text.translate(_SUBSCRIPTS)
        return f"_{text}" if len(text) == 1 else f"_({text})"
    return text
