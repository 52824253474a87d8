"""Blocks into pieces: indents, bullets, bars and the blank lines between."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ..document import (
    Block,
    Blocks,
    Code,
    DefinitionList,
    Figure,
    Footnote,
    Heading,
    ListBlock,
    Mark,
    Paragraph,
    Quote,
    Rule,
    Span,
    Spans,
    Table,
    plain,
)
from ..records import dataclass, replace
from .cells import cell_width
from .code import CodePiece
from .flow import Links, make_flow
from .justify import JUSTIFIED
from .line import Line, Role, Run, line_width
from .picture import Picture, PicturePiece
from .pieces import Piece, RulePiece, TextPiece
from .table import TablePiece

LEAST_ROOM = 12
"""Cells of text that indents leave; deeper nesting is drawn without them."""
LONGEST_LABEL = 8
"""Cells of a footnote's label that stand beside it; a longer one stands above. The same at every width, since places
must mean the same at every width."""
BULLETS = "•◦–"
BAR = "▎ "
BREAK = "*   *   *"


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a block stands: what is before each of its lines, and how its text is set."""

    prefix: Line = ()
    role: Role = Role.TEXT
    depth: int = 0
    """Lists around it."""


class Setter:
    """Collects the pieces of an article from top to bottom."""

    def __init__(
        self,
        width: int,
        links: Links,
        *,
        scroll: bool,
        anchors: dict[str, int],
        justify: bool = False,
        pictures: Mapping[str, Picture] | None = None,
    ) -> None:
        self.width = width
        self.pieces: list[Piece] = []
        self._links = links
        self._scroll = scroll
        """Lines may be wider than the page and be scrolled; otherwise code is wrapped and wide tables are unfolded."""
        self._justify = justify
        """Running text is set to both edges."""
        self._pictures = pictures or {}
        """Those to be drawn above their placeholders, by their addresses."""
        self._anchors = anchors
        """The piece each footnote begins with, by ``#label``."""
        self._gap = 0
        self._gap_prefix: Line = ()

    def space(self, lines: int, frame: Frame) -> None:
        """Ask for blank lines before the next piece; the outermost frame that asks draws them."""
        if lines and not self._gap:
            self._gap_prefix = frame.prefix
        self._gap = max(self._gap, lines)

    def add(self, piece: Piece) -> None:
        """Append a piece below what there is."""
        if self.pieces:
            piece.before, piece.gap = self._gap, self._gap_prefix
        self._gap = 0
        self.pieces.append(piece)

    def blocks(self, blocks: Iterable[Block], frame: Frame, gap: int = 1) -> None:
        """Set blocks one below the other with ``gap`` blank lines between."""
        for index, block in enumerate(blocks):
            if index:
                self.space(2 if isinstance(block, Heading) and block.level == 2 and gap else gap, frame)
            self._block(block, frame, gap)

    def text(self, spans: Spans, frame: Frame, *, first: Line | None = None) -> None:
        """Set running text, ``first`` before its first line."""
        lead = frame.prefix if first is None else first
        flow = make_flow(spans, frame.role, self._links)
        justify = self._justify and frame.role in JUSTIFIED
        self.add(TextPiece(flow, self.width, lead, frame.prefix, justify=justify))

    def _block(self, block: Block, frame: Frame, gap: int) -> None:
        match block:
            case Paragraph(spans):
                self.text(spans, frame)
            case Heading(level, spans):
                self.text(spans, replace(frame, role=Role.HEADING if level <= 2 else Role.SUBHEADING))
            case Quote(inner, embedded):
                self._quote(inner, frame, embedded=embedded)
            case ListBlock():
                self._list(block, frame)
            case DefinitionList():
                self._definitions(block, frame, gap)
            case Code(text) if text.strip("\n"):
                self.add(CodePiece(block, self.width, frame.prefix, frame.prefix, wrap=not self._scroll))
            case Table():
                self._table(block, frame)
            case Figure():
                self._figure(block, frame)
            case Footnote():
                self._footnote(block, frame)
            case Code():
                pass
            case Rule():
                space = max(0, self.width - line_width(frame.prefix) - len(BREAK)) // 2
                self.add(RulePiece((*frame.prefix, Run(" " * space), Run(BREAK, Role.RULE))))

    def _inside(self, frame: Frame, lead: Line) -> Line:
        """Return a frame's prefix with more behind it, unless too little room were left for text."""
        used = line_width(frame.prefix) + line_width(lead)
        return (*frame.prefix, *lead) if self.width - used >= LEAST_ROOM else frame.prefix

    def _quote(self, blocks: Sequence[Block], frame: Frame, *, embedded: bool) -> None:
        bar = (Run(BAR, Role.QUOTE_BAR),)
        role = frame.role if embedded else Role.QUOTE
        self.blocks(blocks, replace(frame, prefix=self._inside(frame, bar), role=role))

    def _list(self, block: ListBlock, frame: Frame) -> None:
        labels = [
            f"{block.start + index}." if block.ordered else BULLETS[frame.depth % len(BULLETS)]
            for index in range(len(block.items))
        ]
        width = max((cell_width(label) for label in labels), default=1) + 1
        tight = all(_is_tight(item) for item in block.items)
        for index, (label, item) in enumerate(zip(labels, block.items, strict=True)):
            if index:
                self.space(0 if tight else 1, frame)
            bullet = Run(f"{label:>{width - 1}} ", Role.BULLET)
            self._labelled(item, bullet, replace(frame, depth=frame.depth + 1), 0 if tight else 1)

    def _labelled(self, blocks: Sequence[Block], label: Run, frame: Frame, gap: int) -> None:
        """Set blocks with a label before the first line and an indent of its width before the others."""
        indent = Run(" " * cell_width(label.text))
        inner = replace(frame, prefix=self._inside(frame, (indent,)))
        lead = (*frame.prefix, label)
        if self.width - line_width(lead) < 2:
            lead = frame.prefix
        match blocks:
            case [Paragraph(spans), *rest]:
                self.text(spans, inner, first=lead)
                self.space(gap, inner)
            case rest:
                self.text((), inner, first=lead)
        self.blocks(rest, inner, gap)

    def _definitions(self, block: DefinitionList, frame: Frame, gap: int) -> None:
        inner = replace(frame, prefix=self._inside(frame, (Run("    "),)))
        for index, item in enumerate(block.items):
            if index:
                self.space(gap, frame)
            self.text(item.term, replace(frame, role=Role.TERM))
            self.blocks(item.blocks, inner, gap)

    def _table(self, block: Table, frame: Frame) -> None:
        if block.caption:
            self.text(block.caption, replace(frame, role=Role.CAPTION))
        if not any(block.rows):
            return
        links = Links(self._links.numbered, dict(self._links.found))
        table = TablePiece(block, self.width, frame.prefix, frame.prefix, links)
        if not self._scroll and table.overhang:
            self._unfolded(block, frame)
            return
        self._links.found = links.found
        self.add(table)

    def _unfolded(self, block: Table, frame: Frame) -> None:
        """Set a table too wide for a page that cannot be scrolled, as one small list a row: ``Header: cell``."""
        rows = block.rows
        names = [" ".join(plain(cell.spans).split()) for cell in rows[0]]
        if all(cell.header for cell in rows[0]) and any(len(row) >= len(names) for row in rows[1:]):
            rows = rows[1:]
        else:
            names = []
        for index, row in enumerate(rows):
            if index:
                self.space(1, frame)
            for column, cell in enumerate(row):
                name = names[column] if column < len(names) else ""
                label = (Span(f"{name}: ", Mark.STRONG),) if name else ()
                self.text((*label, *cell.spans), frame)

    def _figure(self, block: Figure, frame: Frame) -> None:
        if block.kind == "image" and (picture := self._pictures.get(block.src)):
            self.add(PicturePiece(picture, self.width, frame.prefix))
        label = {"image": "Picture", "video": "Video", "audio": "Audio"}.get(block.kind, "Embedded")
        size = f" {block.width}×{block.height}" if block.width and block.height else ""
        alt = " ".join(block.alt.split())
        caption = plain(block.caption)
        words = f" {alt}" if alt and alt != " ".join(caption.split()) else ""
        self.text(
            (Span(f"[{label}{size}]{words}", Mark.PLAIN, block.src),), replace(frame, role=Role.PICTURE)
        )
        credit = " ".join(block.credit.split())
        spans = block.caption
        if credit and credit not in caption:
            spans = (*spans, Span(f" ({credit})" if caption else credit))
        if spans:
            self.text(spans, replace(frame, role=Role.CAPTION))

    def _footnote(self, block: Footnote, frame: Frame) -> None:
        self._anchors.setdefault(f"#{block.label}", len(self.pieces))
        label = Run(f"[{block.label}] ", Role.FOOTNOTE)
        if cell_width(label.text) > LONGEST_LABEL:
            self.text((Span(label.text.strip()),), replace(frame, role=Role.FOOTNOTE))
            self.blocks(block.blocks, frame)
        else:
            self._labelled(block.blocks, label, frame, 1)


def _is_tight(item: Blocks) -> bool:
    """Tell whether an item is short enough to stand without a blank line: a paragraph, and lists of such."""
    return all(
        isinstance(block, Paragraph)
        if index == 0
        else isinstance(block, ListBlock) and all(map(_is_tight, block.items))
        for index, block in enumerate(item)
    )
