"""An article drawn by the Line API: set for a width, laid out as far as anybody has looked, each line a strip on demand.

A line is made into a strip when it comes into view, and the article is laid out from the top as far as anybody has
looked, the rest when the loop is idle. (Textual's Markdown widget takes 1.2 s for 100 kB.) Where the reader is in it is
``ArticleView``'s.
"""

from __future__ import annotations

from time import perf_counter
from typing import ClassVar, Final

from textual.geometry import Size
from textual.strip import Strip

from ..model import StoredArticle
from ..typeset import Options, Overlay, Passage, Role, Typeset, set_article
from . import roles
from .article_lines import draw, draw_centred, with_selection
from .roles import Palette
from .scrolling import QuietScrollView

TOP: Final = 1
"""Blank lines above the title."""
BOTTOM: Final = 2
"""Blank lines under the last one."""
SLICE_SECONDS: Final = 0.006
"""How long the loop is held to lay out the rest of a long article before it is let go."""


class ArticleCanvas(QuietScrollView, can_focus=True, inherit_bindings=False):
    """Draws one article."""

    DEFAULT_CSS = (
        """
    ArticleCanvas {
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
    """
        + roles.STYLE_SHEET
        + "}"
    )
    COMPONENT_CLASSES: ClassVar[set[str]] = roles.COMPONENTS
    ALLOW_SELECT = True

    def __init__(
        self,
        *,
        options: Options | None = None,
        id: str | None = None,  # noqa: A002 - Textual's name
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._options = options or Options()
        self._article: StoredArticle | None = None
        self._typeset: Typeset | None = None
        self._terms: tuple[str, ...] = ()
        self._empty = "Nothing is open"
        self._shift = 0
        self._strips: dict[int, Strip] = {}
        self._palette: Palette | None = None

    # ------------------------------------------------------------------------------------------- what is shown

    @property
    def article(self) -> StoredArticle | None:
        """The article that is shown."""
        return self._article

    @property
    def typeset(self) -> Typeset | None:
        """The article as it is set; ``None`` when nothing is shown or the pane has no size yet."""
        return self._typeset

    def _set(self) -> None:
        """Set the article for the width there is; the pane stays at no particular place."""
        self._strips.clear()
        width = self._text_width
        if self._article is None or width <= 0:
            self._typeset = None
            self.take_size(Size(0, 0))
            self.refresh()
            return
        self._typeset = set_article(self._article, width, self._options)
        self.reflowed()
        self._typeset.cover(self.overlays(self._typeset))
        self._grow()

    @property
    def _text_width(self) -> int:
        """Cells of a line of text at most; 0 when the pane has no size yet."""
        width = self.scrollable_content_region.width
        return 0 if width <= 0 else width - (4 if width > 50 else 2)

    @property
    def _margin(self) -> int:
        width = self.scrollable_content_region.width
        return max(0, width - self._typeset.width) // 2 if self._typeset else 0

    @property
    def _page(self) -> int:
        return max(1, self.scrollable_content_region.height)

    # ------------------------------------------------------------------------------------------- for subclasses

    def forget(self) -> None:
        """Let go of what belonged to the last article: another is about to be shown."""

    def reflowed(self) -> None:
        """Know that the article was set anew: lines are other lines than before."""

    def scrolled(self) -> None:
        """Know that another part of the article came into view."""

    def decorate(self, strip: Strip, line: int, palette: Palette) -> Strip:
        """Return a line of the pane with what stands on top of it for the moment."""
        del line, palette
        return strip

    def overlays(self, typeset: Typeset) -> list[Overlay]:
        """Return what lies over the text: passages highlighted, and the words the article was found by."""
        marked = self._article.highlights if self._article is not None else ()
        places = [typeset.passage(Passage(mark.quote, mark.occurrence)) for mark in marked]
        passages = [(*place, Role.HIGHLIGHT) for place in places if place is not None]
        hits = [place for term in self._terms for place in typeset.find(term, words=True)]
        return [*passages, *((start, end, Role.HIT) for start, end in hits)]

    # ------------------------------------------------------------------------------------------- laying out

    def _grow(self) -> None:
        """Lay out what is in view and a page more, and the rest when there is time."""
        if self._typeset is None:
            return
        self._typeset.reach(round(self.scroll_y) + 2 * self._page)
        self._lay_out_for(SLICE_SECONDS)

    def _lay_out_for(self, seconds: float) -> None:
        """Lay out more of the article, and come back later when that was not all of it."""
        typeset = self._typeset
        if typeset is None:
            return
        stop = perf_counter() + seconds
        while not typeset.is_complete and perf_counter() < stop:
            typeset.reach(typeset.known_height + 20)
        height = TOP + BOTTOM + (typeset.known_height if typeset.is_complete else typeset.estimate())
        size = Size(self.scrollable_content_region.width, height)
        if size != self.virtual_size and (typeset.is_complete or height > self.virtual_size.height):
            self.take_size(size)
        if not typeset.is_complete:
            self.set_timer(0.01, self._lay_out_more)

    def _lay_out_more(self) -> None:
        self._lay_out_for(SLICE_SECONDS)

    def _reach(self, line: int) -> None:
        """See to it that the pane can be scrolled to a line."""
        if self._typeset is None:
            return
        self._typeset.reach(line)
        height = TOP + BOTTOM + self._typeset.known_height
        if height > self.virtual_size.height or self._typeset.is_complete:
            self.take_size(Size(self.scrollable_content_region.width, height))

    def scroll_sideways(self, cells: int) -> None:
        """Scroll wide code and tables to the right, to the left when negative; other text stays."""
        if self._typeset is None:
            return
        self._shift = max(0, min(self._shift + cells, self._typeset.overhang))
        self._redraw()

    # ------------------------------------------------------------------------------------------- drawing

    def notify_style_update(self) -> None:
        """Forget the colours of the old theme."""
        super().notify_style_update()
        self._palette = None
        self._strips.clear()

    def _lay_over(self) -> None:
        if self._typeset is not None:
            self._typeset.cover(self.overlays(self._typeset))
        self._redraw()

    def _redraw(self) -> None:
        self._strips.clear()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one line of the visible part."""
        width = self.scrollable_content_region.width
        if self._palette is None:
            self._palette = Palette(
                lambda name: self.get_component_rich_style(name, partial=True), self.rich_style
            )
        if self._typeset is None:
            text = self._empty if y == self._page // 2 and self._article is None else ""
            return draw_centred(text, self._palette, roles.EMPTY, width)
        number = y + round(self.scroll_y)
        strip = self._strips.get(number)
        if strip is None:
            lines = self._typeset.lines(number - TOP, number - TOP + 1, self._shift) if number >= TOP else []
            strip = draw(lines[0] if lines else (), self._palette, self._margin, width)
            if len(self._strips) > 1000:
                self._strips.clear()
            self._strips[number] = strip
        strip = self.decorate(strip, number, self._palette)
        selection = self.text_selection
        if selection is not None and (span := selection.get_span(number)) is not None:
            strip = with_selection(strip, *span, self.screen.get_component_rich_style("screen--selection"))
        return strip.apply_offsets(0, number)
