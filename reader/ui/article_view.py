"""A view of a typeset article, by the Line API.

A line is made into a strip when it comes into view, and the article is laid out from the top as far as anybody has
looked, the rest when the loop is idle. (Textual's Markdown widget takes 1.2 s for 100 kB.) What the reader is at is kept as a place in the text, not as a line, so a new width
or another theme leaves them at the same sentence.
"""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter
from typing import ClassVar, Final

from textual.events import Resize
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from ..model import StoredArticle
from ..typeset import Options, Overlay, Passage, Role, Shown, Typeset, set_article
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


class ArticleView(QuietScrollView, can_focus=True, inherit_bindings=False):
    """Shows one article and keeps the reader's place in it."""

    DEFAULT_CSS = (
        """
    ArticleView {
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
    """
        + roles.STYLE_SHEET
        + "}"
    )
    COMPONENT_CLASSES: ClassVar[set[str]] = roles.COMPONENTS
    ALLOW_SELECT = True

    class EndReached(Message):
        """The end of the article came into view; once for each time it is shown."""

    class PositionChanged(Message):
        """The reader is somewhere else: 0 at the top, 1 when the end is in view."""

        def __init__(self, position: float) -> None:
            super().__init__()
            self.position = position

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
        self._passages: tuple[Passage, ...] = ()
        self._terms: tuple[str, ...] = ()
        self._empty = "Nothing is open"
        self._anchor = 0
        """The place of the topmost line, as the reader left it."""
        self._moving = False
        """The pane itself scrolls, to keep the reader at the same sentence."""
        self._end_told = False
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

    def show(
        self,
        article: StoredArticle | None,
        *,
        terms: tuple[str, ...] = (),
        text: Shown = "cleaned",
        raw: str = "",
        passages: tuple[Passage, ...] | None = None,
        empty: str = "Nothing is open",
    ) -> None:
        """Show an article, from where it was left; or nothing, with a word of why.

        ``terms`` are the words it was found by; one that ends in ``*`` is the beginning of some. ``passages`` are
        those the reader highlighted, ``raw`` is the source of the page, for ``text="raw"``. Shown again with another
        state (a tag, a star) in the same text, the article stays where it is, and keeps its passages without word.
        """
        same = (
            article is not None
            and self._article is not None
            and article.row.id == self._article.row.id
            and text == self._options.text
        )
        below = self._typeset.length - self._anchor if same and self._typeset and self._anchor else None
        self._article, self._terms, self._empty = article, terms, empty
        self._passages = passages if passages is not None else self._passages if same else ()
        self._options = replace(self._options, text=text, raw=raw or (self._options.raw if same else ""))
        self._end_told = self._end_told and same
        self._shift = self._shift if same else 0
        self.forget()
        self._set()
        place = 0
        if below is not None and self._typeset is not None:
            # counted from the end, because a new tag lengthens the title block
            place = max(0, self._typeset.length - below)
        elif article is not None and not same and 0 < article.position < 1:
            place = self._place_of(article.position)
        self._return_to(place)

    def highlight(self, passages: tuple[Passage, ...]) -> None:
        """Show these passages of the article as highlighted, and no others."""
        if passages != self._passages:
            self._passages = passages
            self._lay_over()

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
        places = [typeset.passage(passage) for passage in self._passages]
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

    # ------------------------------------------------------------------------------------------- where the reader is

    @property
    def position(self) -> float:
        """How far the reader is: 0 at the top, 1 when the end is in view."""
        if self._typeset is None or self._typeset.length == 0:
            return 0.0
        if self._at_end:
            return 1.0
        return min(1.0, self._anchor / self._typeset.length)

    @position.setter
    def position(self, value: float) -> None:
        if value >= 1:
            self.scroll_lines_to(self._last_line)
        else:
            self._return_to(self._place_of(max(0.0, value)))

    def _place_of(self, position: float) -> int:
        return round(position * self._typeset.length) if self._typeset else 0

    @property
    def _at_end(self) -> bool:
        typeset = self._typeset
        if typeset is None or not typeset.is_complete:
            return False
        return round(self.scroll_y) + self._page >= TOP + typeset.known_height

    @property
    def _last_line(self) -> int:
        """The topmost line when the end is in view."""
        if self._typeset is None:
            return 0
        return max(0, TOP + self._typeset.height + BOTTOM - self._page)

    def _return_to(self, place: int) -> None:
        """Scroll so that the line with this place is the topmost, without counting it as a move of the reader."""
        self._anchor = place
        if self._typeset is None:
            return
        line = TOP + self._typeset.line_of(place) if place else 0
        self._reach(line + 2 * self._page)
        self._moving = True
        self.scroll_to(y=line, animate=False, force=True)
        self._moving = False
        self.refresh()
        self._tell()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Remember what the reader is at, and tell."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) == round(new_value) or self._typeset is None:
            return
        self._typeset.reach(round(new_value) + 2 * self._page)
        self.scrolled()
        if not self._moving:
            line = round(new_value) - TOP
            self._anchor = self._typeset.place(line) if line > 0 else 0
            self._tell()

    def _tell(self) -> None:
        self.post_message(self.PositionChanged(self.position))
        if self._at_end and not self._end_told:
            self._end_told = True
            self.post_message(self.EndReached())

    def _size_updated(
        self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True
    ) -> bool:
        """Take a new size, and set the article for it.

        Textual 8.2.8 sends no Resize when somebody asked for a ``region`` between the change and the layout.
        """
        resized = super()._size_updated(size, virtual_size, container_size, layout)
        if resized:
            self.call_later(self._fit)
        return resized

    def on_resize(self, _event: Resize) -> None:
        """Set the article for the new width."""
        self._fit()

    def _fit(self) -> None:
        """Set the article for the width there is and return to the same sentence."""
        if self._article is None:
            return
        first = self._typeset is None
        place = self._anchor
        if (
            first
            or self._typeset is None
            or self._typeset.width != min(self._text_width, self._options.measure)
        ):
            self._set()
            if first and 0 < self._article.position < 1:
                place = self._place_of(self._article.position)
        else:
            self._strips.clear()
            self._grow()
        self._return_to(place)

    # ------------------------------------------------------------------------------------------- moving about

    def page_down(self) -> bool:
        """Scroll a page down, a line of it seen again; False when the end is in view already."""
        if self._typeset is None:
            return False
        self._reach(round(self.scroll_y) + 3 * self._page)
        if self._at_end:
            return False
        self.scroll_lines_to(round(self.scroll_y) + max(1, self._page - 1))
        return True

    def page_up(self) -> bool:
        """Scroll a page up; False when the top is in view already."""
        if self._typeset is None or round(self.scroll_y) == 0:
            return False
        self.scroll_lines_to(round(self.scroll_y) - max(1, self._page - 1))
        return True

    def scroll_lines(self, count: int) -> None:
        """Scroll down by some lines, up when negative."""
        self.scroll_lines_to(round(self.scroll_y) + count)

    def scroll_lines_to(self, line: int) -> None:
        """Scroll so that a line is the topmost, as far as there are lines."""
        self._reach(line + 2 * self._page)
        self.scroll_to(y=max(0, line), animate=False, force=True)

    def scroll_to_top(self) -> None:
        """Scroll to the title."""
        self.scroll_lines_to(0)

    def scroll_to_bottom(self) -> None:
        """Scroll to the end of the article."""
        self.scroll_lines_to(self._last_line)

    def scroll_sideways(self, cells: int) -> None:
        """Scroll wide code and tables to the right, to the left when negative; other text stays."""
        if self._typeset is None:
            return
        self._shift = max(0, min(self._shift + cells, self._typeset.overhang))
        self._redraw()

    def _reveal(self, line: int) -> None:
        """Scroll by as little as brings a line into view, with a quarter of a page around it."""
        top, margin = round(self.scroll_y), self._page // 4
        if line < top + 1:
            self.scroll_lines_to(line - margin)
        elif line >= top + self._page - 1:
            self.scroll_lines_to(line - self._page + 1 + margin)

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
