"""A view of a typeset article that keeps the reader's place in it.

What the reader is at is kept as a place in the text, not as a line, so a new width or another theme leaves them at the
same sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from textual.events import Resize
from textual.geometry import Size
from textual.message import Message

from ..model import StoredArticle
from ..typeset import Choice, Options, Picture, Shown
from .article_canvas import BOTTOM, TOP, ArticleCanvas


class ArticleView(ArticleCanvas):
    """Shows one article and keeps the reader's place in it."""

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
        super().__init__(options=options, id=id, classes=classes)
        self._anchor = 0
        """The place of the topmost line, as the reader left it."""
        self._moving = False
        """The pane itself scrolls, to keep the reader at the same sentence."""
        self._end_told = False

    def show(
        self,
        article: StoredArticle | None,
        *,
        terms: tuple[str, ...] = (),
        text: Shown = "cleaned",
        raw: str = "",
        instead: Choice | None = None,
        empty: str = "Nothing is open",
    ) -> None:
        """Show an article, from where it was left; or nothing, with a word of why.

        ``terms`` are the words it was found by; one that ends in ``*`` is the beginning of some. ``raw`` is the source
        of the page, for ``text="raw"``; ``instead`` is shown in place of all of them. Shown again with another state
        (a tag, a highlight) in the same text, the article stays where it is.
        """
        same = (
            article is not None
            and self._article is not None
            and article.row.id == self._article.row.id
            and text == self._options.text
            and instead == self._options.instead
        )
        below = self._typeset.length - self._anchor if same and self._typeset and self._anchor else None
        self._article, self._terms, self._empty = article, terms, empty
        raw = raw or (self._options.raw if same else "")
        pictures = self._options.pictures if same else {}
        self._options = replace(self._options, text=text, raw=raw, instead=instead, pictures=pictures)
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

    @property
    def pictures(self) -> Mapping[str, Picture]:
        """The pictures that are drawn, by their addresses."""
        return self._options.pictures

    def draw_pictures(self, pictures: Mapping[str, Picture]) -> None:
        """Draw these pictures in the article and no others, the reader staying at the same sentence."""
        before, place = self._typeset, self._anchor
        self._options = replace(self._options, pictures=dict(pictures))
        self.forget()
        self._set()
        if place and before is not None and self._typeset is not None:
            place = self._typeset.same_place(before, place)
        self._return_to(place)

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

    def _reveal(self, line: int) -> None:
        """Scroll by as little as brings a line into view, with a quarter of a page around it."""
        top, margin = round(self.scroll_y), self._page // 4
        if line < top + 1:
            self.scroll_lines_to(line - margin)
        elif line >= top + self._page - 1:
            self.scroll_lines_to(line - self._page + 1 + margin)
