"""The article pane: reading in peace, at any length.

A hand-written Line API view on a typeset article: a line is made into a strip when it comes into view, and the
article is laid out from the top as far as anybody has looked, the rest when the loop is idle. (Textual's Markdown
widget takes 1.2 s for 100 kB.) What the reader is at is kept as a place in the text, not as a line, so a new width
or another theme leaves them at the same sentence.
"""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter
from typing import ClassVar, Final, Literal

from textual.events import Click, Resize
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from ...model import StoredArticle
from ...typeset import Options, Role, Typeset, set_article
from .. import roles
from ..article_lines import Hint, draw, draw_centred, links_of, with_hints, with_selection
from ..hints import labels
from ..roles import Palette

TOP: Final = 1
"""Blank lines above the title."""
BOTTOM: Final = 2
"""Blank lines under the last one."""
SLICE_SECONDS: Final = 0.006
"""How long the loop is held to lay out the rest of a long article before it is let go."""

Text = Literal["cleaned", "feed", "raw"]
Unit = Literal["line", "paragraph"]


class ArticlePane(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows one article."""

    DEFAULT_CSS = (
        """
    ArticlePane {
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
    """
        + roles.STYLE_SHEET
        + "}"
    )
    COMPONENT_CLASSES: ClassVar[set[str]] = roles.COMPONENTS
    ALLOW_SELECT = True

    class LinkChosen(Message):
        """A link was chosen; ``href`` is absolute."""

        def __init__(self, href: str, action: Literal["open", "copy"]) -> None:
            super().__init__()
            self.href = href
            self.action = action

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
        self._raw = ""
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
        self._hints: tuple[Hint, ...] = ()
        self._typed = ""
        self._copying = False
        self._matches: list[tuple[int, int]] = []
        self._match = -1
        self._picked: tuple[int, int] | None = None
        """Where the selection by keyboard began and where it has got to, as lines of the article."""
        self._unit: Unit = "line"

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
        text: Text = "cleaned",
        raw: str = "",
        empty: str = "Nothing is open",
    ) -> None:
        """Show an article, from where it was left; or nothing, with a word of why.

        ``terms`` are the words it was found by. ``raw`` is the source of the page, for ``text="raw"``. Shown again
        with another state (a tag, a star) in the same text, the article stays where it is.
        """
        same = (
            article is not None
            and self._article is not None
            and article.row.id == self._article.row.id
            and text == self._options.text
        )
        place = self._anchor if same else None
        self._article, self._terms, self._raw, self._empty = article, terms, raw, empty
        self._options = replace(self._options, text=text, raw=raw)
        self._end_told = self._end_told and same
        self._shift = self._shift if same else 0
        self._matches, self._match, self._picked = [], -1, None
        self.cancel_hints()
        if not same:
            self.screen.clear_selection() if self.is_attached else None
        self._set()
        if place is None and article is not None and 0 < article.position < 1:
            place = self._place_of(article.position)
        self._return_to(place or 0)

    def _set(self) -> None:
        """Set the article for the width there is; the pane stays at no particular place."""
        self._strips.clear()
        width = self._text_width
        if self._article is None or width <= 0:
            self._typeset = None
            self.virtual_size = Size(0, 0)
            self.refresh()
            return
        self._typeset = set_article(self._article, width, self._options)
        self._lay_over()
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
            self.virtual_size = size
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
            self.virtual_size = Size(self.scrollable_content_region.width, height)

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
        if self._hints:
            self.cancel_hints()
        if not self._moving:
            line = round(new_value) - TOP
            self._anchor = self._typeset.place(line) if line > 0 else 0
            self._tell()

    def _tell(self) -> None:
        self.post_message(self.PositionChanged(self.position))
        if self._at_end and not self._end_told:
            self._end_told = True
            self.post_message(self.EndReached())

    def on_resize(self, _event: Resize) -> None:
        """Set the article for the new width and return to the same sentence."""
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
        """Scroll down by some lines, up when negative; while lines are selected, take the selection along."""
        if self._picked is not None:
            self._extend(count)
        else:
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
        if self._hints:
            here = [hint for hint in self._hints if hint.line == number]
            strip = with_hints(strip, here, self._margin, self._typed, self._palette)
        selection = self.text_selection
        if selection is not None and (span := selection.get_span(number)) is not None:
            strip = with_selection(strip, *span, self.screen.get_component_rich_style("screen--selection"))
        return strip.apply_offsets(0, number)

    # ------------------------------------------------------------------------------------------- links

    @property
    def is_hinting(self) -> bool:
        """Whether the links on the screen carry letters and keys belong to ``press``."""
        return bool(self._hints)

    def start_hints(self, action: Literal["open", "copy"] = "open") -> bool:
        """Put letters on the links in view; False when there are none."""
        if self._typeset is None:
            return False
        first = max(0, round(self.scroll_y) - TOP)
        lines = self._typeset.lines(first, round(self.scroll_y) - TOP + self._page, self._shift)
        links = links_of(lines, first + TOP)
        self._hints = tuple(
            Hint(label, href, line, x)
            for label, (href, line, x) in zip(labels(len(links)), links, strict=True)
        )
        self._typed, self._copying = "", action == "copy"
        self.refresh()
        return bool(self._hints)

    def cancel_hints(self) -> None:
        """Take the letters away."""
        self._hints, self._typed, self._copying = (), "", False
        self.refresh()

    def press(self, key: str) -> bool:
        """Take a key of hint mode; False when it means nothing there, and the mode is over.

        Letters choose a link, ``y`` before them copies its address instead of opening it.
        """
        if not self._hints:
            return False
        if key == "y":
            self._copying = True
            return True
        typed = self._typed + key
        left = [hint for hint in self._hints if hint.label.startswith(typed)]
        if not left:
            self.cancel_hints()
            return key == "escape"
        self._typed = typed
        if left[0].label == typed:
            action: Literal["open", "copy"] = "copy" if self._copying else "open"
            self.cancel_hints()
            self.choose(left[0].href, action)
        self.refresh()
        return True

    def choose(self, href: str, action: Literal["open", "copy"] = "open") -> None:
        """Follow a link: to a footnote by scrolling, to anywhere else by a message."""
        if href.startswith("#"):
            place = self._typeset.anchor(href) if self._typeset else None
            if place is not None and self._typeset:
                self.scroll_lines_to(TOP + self._typeset.line_of(place) - self._page // 4)
            return
        self.post_message(self.LinkChosen(href, action))

    def on_click(self, event: Click) -> None:
        """Follow the link that was clicked, unless the mouse selected text."""
        href = event.style.meta.get("href")
        if isinstance(href, str) and event.chain == 1 and not self.text_selection:
            event.stop()
            self.choose(href)

    # ------------------------------------------------------------------------------------------- finding

    @property
    def match(self) -> tuple[int, int]:
        """The number of the match the reader is at, from 1, and how many there are; 0 and 0 when there is none."""
        return self._match + 1, len(self._matches)

    def find(self, text: str) -> int:
        """Mark every place where a text occurs and go to the first from here on; return how many there are."""
        if self._typeset is None:
            return 0
        self._matches = self._typeset.find(text)
        self._match = -1
        if self._matches:
            here = next((n for n, (start, _) in enumerate(self._matches) if start >= self._anchor), 0)
            self._go_to_match(here)
        else:
            self._lay_over()
            self._redraw()
        return len(self._matches)

    def find_next(self) -> tuple[int, int]:
        """Go to the next match, round the end; return its number and how many there are."""
        return self._step(1)

    def find_previous(self) -> tuple[int, int]:
        """Go to the match before, round the top; return its number and how many there are."""
        return self._step(-1)

    def _step(self, by: int) -> tuple[int, int]:
        if self._matches:
            self._go_to_match((self._match + by) % len(self._matches))
        return self.match

    def _go_to_match(self, index: int) -> None:
        self._match = index
        self._lay_over()
        self._redraw()
        if self._typeset is not None:
            self._reveal(TOP + self._typeset.line_of(self._matches[index][0]))

    def _lay_over(self) -> None:
        """Put on the text what lies over it: words searched for, matches, the selection."""
        typeset = self._typeset
        if typeset is None:
            return
        typeset.overlays = [
            (start, end, Role.HIT) for term in self._terms for start, end in typeset.find(term, at_word=True)
        ]
        for number, (start, end) in enumerate(self._matches):
            typeset.overlays.append((start, end, Role.HIT_HERE if number == self._match else Role.HIT))
        if self._picked is not None:
            typeset.overlays.append((*self._picked_places(), Role.PICKED))

    # ------------------------------------------------------------------------------------------- selecting

    def select_text(self) -> Unit | None:
        """Begin to select with the keyboard: first a line, called again whole paragraphs, again nothing.

        Returns what is selected by; ``scroll_lines`` moves the other end.
        """
        if self._typeset is None:
            return None
        if self._picked is None:
            line = max(0, round(self.scroll_y) - TOP)
            if self._matches:
                line = self._typeset.line_of(self._matches[self._match][0])
            self._picked, self._unit = (line, line), "line"
        elif self._unit == "line":
            self._unit = "paragraph"
        else:
            self.clear_selected()
            return None
        self._lay_over()
        self._redraw()
        return self._unit

    def clear_selected(self) -> None:
        """Select nothing."""
        self._picked = None
        if self.is_attached:
            self.screen.clear_selection()
        self._lay_over()
        self._redraw()

    @property
    def is_selecting(self) -> bool:
        """Whether lines are selected with the keyboard."""
        return self._picked is not None

    def selected_text(self) -> str:
        """Return the text selected with keyboard or mouse, as it was written; empty when there is none."""
        if self._typeset is None:
            return ""
        if self._picked is not None:
            return self._typeset.copy(*self._picked_places())
        selection = self.text_selection if self.is_attached else None
        found = self.get_selection(selection) if selection is not None else None
        return found[0] if found else ""

    def _picked_places(self) -> tuple[int, int]:
        assert self._typeset is not None
        assert self._picked is not None
        first, last = sorted(self._picked)
        start, _ = self._typeset.line_range(first)
        _, end = self._typeset.line_range(last)
        if self._unit == "paragraph":
            start, _ = self._typeset.paragraph(start)
            _, end = self._typeset.paragraph(max(start, end - 1))
        return start, end

    def _extend(self, count: int) -> None:
        assert self._typeset is not None
        assert self._picked is not None
        start, line = self._picked
        step = 1 if count > 0 else -1
        for _ in range(abs(count)):
            line = self._next_line(line, step)
        self._picked = (start, line)
        self._lay_over()
        self._redraw()
        self._reveal(TOP + line)

    def _next_line(self, line: int, step: int) -> int:
        """Return the line after or before one, or the first of the paragraph there; blank ones are passed over."""
        assert self._typeset is not None
        here = self._typeset.line_range(line)
        paragraph = self._typeset.paragraph(here[0])
        following = line + step
        while following >= 0 and self._typeset.reach(following):
            start, end = self._typeset.line_range(following)
            same = self._unit == "paragraph" and self._typeset.paragraph(start) == paragraph
            if start < end and not same:
                return following
            following += step
        return line

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return the text under a selection by mouse, paragraphs unbroken."""
        if self._typeset is None:
            return None
        start, end = selection
        first = 0 if start is None else self._typeset.place(start.y - TOP, start.x - self._margin)
        last = self._typeset.length if end is None else self._typeset.place(end.y - TOP, end.x - self._margin)
        return self._typeset.copy(first, last), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Draw the selection."""
        del selection
        self.refresh()
