"""An article set for a width: lines on demand, and every place in it as one number.

A *place* is an offset into all the text of the article. Finding, selecting, highlighting and the reading position
speak of places, which a new width does not change; only here are they turned into lines and back.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from itertools import accumulate
from typing import Final

from ..document import Code
from ..model import Article, StoredArticle
from .blocks import Frame, Setter
from .choice import Choice, Shown, choose
from .finding import fold, fold_without, occurrences
from .flow import Link, Links, Overlay
from .front import set_footer, set_front
from .line import Line
from .picture import Picture, PicturePiece
from .pieces import Piece, TextPiece

LEAST_WIDTH: Final = 16
"""A narrower page is set as if it were this wide; no pane is."""


@dataclass(frozen=True, slots=True)
class Options:
    """How an article is set."""

    measure: int = 80
    """Cells of a line at most, however wide the page is."""
    text: Shown = "cleaned"
    justify: bool = False
    """Set running text to both edges."""
    numbers: bool = True
    """Number the links."""
    scroll: bool = True
    """Code and tables may go beyond the page and be scrolled; otherwise they are wrapped and unfolded."""
    frame: bool = True
    """Set the title block and the footer."""
    timezone: tzinfo | None = None
    """Dates are told in it; ``None`` is the machine's own."""
    raw: str = ""
    """The page's source, for ``text="raw"``."""
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    """Those to be drawn, by their addresses."""
    instead: Choice | None = None
    """Shown in place of the article's text: what changed in it, another article of the same page."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Some words of an article, by which they are found again after it was cleaned anew."""

    words: str
    """On one line, within one paragraph."""
    occurrence: int = 0
    """Which of several places with these words it is, counted from 0."""


@dataclass(slots=True)
class Typeset:
    """An article in lines.

    The pieces are laid out from the top as far as they are asked for: the first page of a book costs a page.
    """

    width: int
    pieces: Sequence[Piece]
    links: tuple[Link, ...]
    """In the order of their numbers."""
    choice: Choice
    body: int = 0
    """The piece with which the text begins, below the title block."""
    anchors: dict[str, int] = field(default_factory=dict)
    """The piece each footnote begins with, by ``#label``."""
    _tops: list[int] = field(default_factory=lambda: [0])
    """The line on which each laid-out piece begins, its gap included; one more entry for where the next will."""
    _bases: list[int] = field(default_factory=list)
    """The place at which the text of each piece begins; one more entry for the end."""
    _covers: dict[int, list[Overlay]] = field(default_factory=dict)
    """What lies over each piece, in its own offsets."""
    _folded: list[str] = field(default_factory=list)
    """The text of each piece as it is compared; made when first something is looked for."""

    def __post_init__(self) -> None:
        self._bases = list(accumulate((len(piece.text) + 1 for piece in self.pieces), initial=0))

    # -- lines

    @property
    def height(self) -> int:
        """All lines; lays out the whole article."""
        self._lay_out(len(self.pieces))
        return self._tops[-1]

    @property
    def known_height(self) -> int:
        """The lines laid out so far."""
        return self._tops[-1]

    @property
    def is_complete(self) -> bool:
        """Whether the whole article is laid out."""
        return len(self._tops) > len(self.pieces)

    def estimate(self) -> int:
        """Return about how many lines there are, without laying out more."""
        rest = self.pieces[len(self._tops) - 1 :]
        return self._tops[-1] + sum(piece.before + piece.estimate() for piece in rest)

    def reach(self, line: int) -> bool:
        """Lay out the article down to a line; tell whether it has that line."""
        while self._tops[-1] <= line:
            if self.is_complete:
                return False
            self._lay_out(len(self._tops))
        return True

    def lines(self, start: int, stop: int, shift: int = 0) -> list[Line]:
        """Return the lines from ``start`` up to ``stop``, fewer at the end; wide ones ``shift`` cells further on."""
        lines: list[Line] = []
        for number in range(max(0, start), stop):
            if not self.reach(number):
                break
            index, inner = self._piece_at(number)
            piece = self.pieces[index]
            lines.append(piece.gap if inner < 0 else piece.line(inner, shift, self._covers.get(index, ())))
        return lines

    @property
    def overhang(self) -> int:
        """Cells by which the widest line laid out so far goes beyond the page."""
        return max((piece.overhang for piece in self.pieces[: len(self._tops) - 1]), default=0)

    def _lay_out(self, count: int) -> None:
        for piece in self.pieces[len(self._tops) - 1 : count]:
            self._tops.append(self._tops[-1] + piece.before + piece.height)

    def _piece_at(self, line: int) -> tuple[int, int]:
        """Return the piece a laid-out line belongs to, and which of its lines it is; negative in the gap above."""
        index = min(bisect_right(self._tops, line), len(self.pieces)) - 1
        return index, line - self._tops[index] - self.pieces[index].before

    def cover(self, overlays: Sequence[Overlay]) -> None:
        """Lay these ranges of places over the text and take away the last; a later one covers an earlier."""
        self._covers = {}
        for start, end, role in overlays if self.pieces else ():
            for index in range(self._index(start), self._index(max(start, end - 1)) + 1):
                base = self._bases[index]
                self._covers.setdefault(index, []).append((start - base, end - base, role))

    @property
    def overlays(self) -> list[Overlay]:
        """The ranges of places that lie over the text, from top to bottom."""
        return [
            (self._bases[index] + start, self._bases[index] + end, role)
            for index in sorted(self._covers)
            for start, end, role in self._covers[index]
        ]

    # -- places

    @property
    def length(self) -> int:
        """All characters of the text: the place after the last."""
        return max(0, self._bases[-1] - 1)

    def place(self, line: int, x: int = 0) -> int:
        """Return the place of the character number ``x`` of a line."""
        if not self.pieces or line < 0:
            return 0
        if not self.reach(line):
            return self.length
        index, inner = self._piece_at(line)
        if inner < 0:
            return self._bases[index]
        return self._bases[index] + self.pieces[index].offset(inner, x)

    def line_of(self, place: int) -> int:
        """Return the line on which a place stands; lays out the article down to it."""
        if not self.pieces:
            return 0
        index = self._index(place)
        self._lay_out(index + 1)
        piece = self.pieces[index]
        return self._tops[index] + piece.before + piece.index(place - self._bases[index])

    def paragraph(self, place: int) -> tuple[int, int]:
        """Return the range of the piece a place is in."""
        index = self._index(place)
        return self._bases[index], self._bases[index + 1] - 1

    @property
    def body_line(self) -> int:
        """The line with which the text begins, below the title block."""
        return self.line_of(self._bases[self.body])

    def _index(self, place: int) -> int:
        return max(0, min(bisect_right(self._bases, place), len(self.pieces)) - 1)

    def line_range(self, line: int) -> tuple[int, int]:
        """Return the places at which the text of a line begins and ends."""
        if not self.pieces or not self.reach(max(0, line)):
            return self.length, self.length
        index, inner = self._piece_at(max(0, line))
        base = self._bases[index]
        start, end = self.pieces[index].span(inner) if inner >= 0 else (0, 0)
        return base + start, base + end

    def copy(self, start: int, end: int) -> str:
        """Return the text between two places as it was written: paragraphs unbroken, our link numbers gone."""
        parts: list[str] = []
        for index in range(self._index(start), self._index(max(start, end - 1)) + 1 if self.pieces else 0):
            base, piece = self._bases[index], self.pieces[index]
            text = _between(piece, max(0, start - base), min(len(piece.text), end - base))
            if parts:
                parts.append("\n\n" if piece.before else "\n")
            parts.append(text)
        return "".join(parts).strip("\n")

    def anchor(self, label: str) -> int | None:
        """Return the place of the footnote ``#label``; ``None`` when there is no such note."""
        index = self.anchors.get(label)
        return None if index is None else self._bases[index]

    def find(self, text: str, *, words: bool = False) -> list[tuple[int, int]]:
        """Return the ranges of places where a text occurs, from top to bottom; case and accents do not matter.

        ``words`` finds only whole words, or beginnings of words when the text ends in ``*``.
        """
        wanted = " ".join(fold(text).split())
        if not self._folded:
            self._folded = [fold_without(piece.text, piece.asides) for piece in self.pieces]
        bare = wanted.rstrip("*") if words else wanted
        return [
            (base + start, base + end)
            for base, piece, folded in zip(self._bases, self.pieces, self._folded, strict=False)
            if bare in folded
            for start, end in occurrences(piece.text, wanted, piece.asides, words=words)
        ]

    def same_place(self, other: Typeset, place: int) -> int:
        """Return where a place of ``other``, the same article with other pictures in it, is here."""
        index = other._index(place)
        texts = sum(not isinstance(piece, PicturePiece) for piece in other.pieces[:index])
        own = [at for at, piece in enumerate(self.pieces) if not isinstance(piece, PicturePiece)]
        return self._bases[own[texts]] + place - other._bases[index] if texts < len(own) else self.length

    # -- passages

    def passages(self, start: int, end: int) -> list[Passage]:
        """Return the words between two places as passages, one for each paragraph they are in."""
        found: list[Passage] = []
        for index in range(self._index(start), self._index(max(start, end - 1)) + 1 if self.pieces else 0):
            first = max(start, self._bases[index])
            words = " ".join(self.copy(first, min(end, self._bases[index + 1] - 1)).split())
            if words:
                before = [at for at, _ in self.find(words) if at < first]
                found.append(Passage(words, len(before)))
        return found

    def passage(self, passage: Passage) -> tuple[int, int] | None:
        """Return where a passage stands now; an occurrence that is gone is taken for the last that is there."""
        ranges = self.find(passage.words)
        return ranges[min(passage.occurrence, len(ranges) - 1)] if ranges else None


def set_article(article: StoredArticle | Article, width: int, options: Options | None = None) -> Typeset:
    """Return an article set for a page ``width`` cells wide."""
    options = options or Options()
    width = max(LEAST_WIDTH, min(width, options.measure))
    links = Links(options.numbers)
    anchors: dict[str, int] = {}
    setter = Setter(
        width,
        links,
        scroll=options.scroll,
        anchors=anchors,
        justify=options.justify,
        pictures=options.pictures,
    )
    if options.text == "raw":
        choice = Choice((Code(options.raw, "html"),) if options.raw else (), _RAW[not options.raw], "raw")
    else:
        choice = options.instead or choose(article, options.text)
    if options.frame:
        set_front(setter, article, choice.sentence, options.timezone)
        setter.space(1, Frame())
    body = len(setter.pieces)
    setter.blocks(choice.blocks, Frame())
    if options.frame:
        set_footer(setter, article)
    return Typeset(width, setter.pieces, tuple(links.found.values()), choice, body, anchors)


_RAW: Final = ("The page as it was fetched.", "The page as it was fetched is not in the library.")


def _between(piece: Piece, start: int, end: int) -> str:
    """Return what a piece says between two offsets, without what we put in."""
    kept: list[str] = []
    for first, last in piece.asides:
        if first >= start and last <= end:
            kept.append(piece.text[start:first])
            start = last
    text = "".join((*kept, piece.text[start:end]))
    return text.replace("\u00ad", "").replace("\u200b", "") if isinstance(piece, TextPiece) else text
