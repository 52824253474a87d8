"""The article pane: links by letters, finding, selecting and copying, on a view that draws the article."""

from __future__ import annotations

from textual.events import Click
from textual.message import Message
from textual.selection import Selection
from textual.strip import Strip

from ...links import strip_tracking
from ...typeset import Options, Overlay, Passage, Role, Typeset
from ..article_canvas import TOP
from ..article_lines import with_hints
from ..article_view import ArticleView
from ..hints import Action, Hint, Hints, hints_of
from ..picking import Picking, Unit
from ..roles import Palette


class ArticlePane(ArticleView):
    """Shows one article, and takes from it what the reader wants."""

    class LinkChosen(Message):
        """A link was chosen; ``href`` is absolute."""

        def __init__(self, href: str, action: Action) -> None:
            super().__init__()
            self.href = href
            self.action = action

    def __init__(
        self,
        *,
        options: Options | None = None,
        id: str | None = None,  # noqa: A002 - Textual's name
        classes: str | None = None,
    ) -> None:
        super().__init__(options=options, id=id, classes=classes)
        self._hints: Hints | None = None
        self._matches: list[tuple[int, int]] = []
        self._match = -1
        self._picking: Picking | None = None

    # ------------------------------------------------------------------------------------------- on top of the view

    def forget(self) -> None:
        """Let go of matches, selection and letters."""
        self._matches, self._match, self._picking, self._hints = [], -1, None, None
        if self.is_attached and self.text_selection is not None:
            self.screen.clear_selection()

    def reflowed(self) -> None:
        """Let go of what was bound to lines."""
        self._picking, self._hints = None, None

    def scrolled(self) -> None:
        """Take the letters away: they belonged to the links that were in view."""
        if self._hints is not None:
            self.cancel_hints()

    def decorate(self, strip: Strip, line: int, palette: Palette) -> Strip:
        """Return a line with the letters of hint mode."""
        return (
            strip
            if self._hints is None
            else with_hints(strip, self._hints.on_line(line), self._margin, palette)
        )

    def scroll_lines(self, count: int) -> None:
        """Scroll by some lines; while lines are selected, take the end of the selection along instead."""
        if self._picking is None:
            super().scroll_lines(count)
        else:
            self._picking.extend(count)
            self._lay_over()
            self._reveal(TOP + self._picking.end)

    # ------------------------------------------------------------------------------------------- links

    @property
    def is_hinting(self) -> bool:
        """Whether the links on the screen carry letters and keys belong to ``press``."""
        return self._hints is not None

    @property
    def hints(self) -> tuple[Hint, ...]:
        """The letters that are shown and the links they stand for."""
        return self._hints.hints if self._hints is not None else ()

    def start_hints(self, action: Action = "open") -> bool:
        """Put letters on the links in view; False when there are none."""
        if self._typeset is None:
            return False
        first = max(0, round(self.scroll_y) - TOP)
        lines = self._typeset.lines(first, round(self.scroll_y) - TOP + self._page, self._shift)
        hints = hints_of(lines, first + TOP)
        self._hints = Hints(hints, action) if hints else None
        self.refresh()
        return bool(hints)

    def cancel_hints(self) -> None:
        """Take the letters away."""
        self._hints = None
        self.refresh()

    def press(self, key: str) -> bool:
        """Take a key of hint mode; False when it means nothing there, and the mode is over.

        Letters choose a link, ``y`` before them copies its address instead of opening it, Esc leaves.
        """
        if self._hints is None:
            return False
        taken = self._hints.press(key)
        if not isinstance(taken, bool):
            self.choose(*taken)
        if taken is not True:
            self.cancel_hints()
        self.refresh()
        return bool(taken) or key == "escape"

    def choose(self, href: str, action: Action = "open") -> None:
        """Follow a link: to a footnote by scrolling, to anywhere else by a message, without what tracks the reader."""
        if href.startswith("#"):
            place = self._typeset.anchor(href) if self._typeset else None
            if place is not None and self._typeset:
                self.scroll_lines_to(TOP + self._typeset.line_of(place) - self._page // 4)
            return
        self.post_message(self.LinkChosen(strip_tracking(href), action))

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
        if self._typeset is not None:
            self._reveal(TOP + self._typeset.line_of(self._matches[index][0]))

    def overlays(self, typeset: Typeset) -> list[Overlay]:
        """Return what lies over the text: on top of the view's own, the matches and the selection."""
        found = [
            (start, end, Role.HIT_HERE if number == self._match else Role.HIT)
            for number, (start, end) in enumerate(self._matches)
        ]
        picked = [(*self._picking.places(), Role.PICKED)] if self._picking is not None else []
        return [*super().overlays(typeset), *found, *picked]

    # ------------------------------------------------------------------------------------------- selecting

    def select_text(self) -> Unit | None:
        """Begin to select with the keyboard: first a line, called again whole paragraphs, again nothing.

        Returns what is selected by; ``scroll_lines`` moves the other end.
        """
        if self._typeset is None:
            return None
        if self._picking is None:
            line = max(0, round(self.scroll_y) - TOP)
            if self._matches:
                line = self._typeset.line_of(self._matches[self._match][0])
            self._picking = Picking(self._typeset, line, line)
        elif self._picking.unit == "line":
            self._picking.unit = "paragraph"
        else:
            self.clear_selected()
            return None
        self._lay_over()
        return self._picking.unit

    def clear_selected(self) -> None:
        """Select nothing."""
        self._picking = None
        if self.is_attached:
            self.screen.clear_selection()
        self._lay_over()

    @property
    def is_selecting(self) -> bool:
        """Whether lines are selected with the keyboard."""
        return self._picking is not None

    def selected_text(self) -> str:
        """Return the text selected with keyboard or mouse, as it was written; empty when there is none."""
        if self._typeset is None:
            return ""
        if self._picking is not None:
            return self._typeset.copy(*self._picking.places())
        selection = self.text_selection if self.is_attached else None
        found = self.get_selection(selection) if selection is not None else None
        return found[0] if found else ""

    def picked_passages(self) -> list[Passage]:
        """Return what is to be highlighted: the selection, else the first paragraph of the text that is in view."""
        if self._typeset is None:
            return []
        if self._picking is not None:
            return self._typeset.passages(*self._picking.places())
        selection = self.text_selection if self.is_attached else None
        if selection is not None:
            return self._typeset.passages(*self._selected_places(selection))
        line = max(self._typeset.body_line, round(self.scroll_y) - TOP)
        return self._typeset.passages(*self._typeset.paragraph(self._typeset.line_range(line)[0]))

    def _selected_places(self, selection: Selection) -> tuple[int, int]:
        assert self._typeset is not None
        start, end = selection
        first = 0 if start is None else self._typeset.place(start.y - TOP, start.x - self._margin)
        last = self._typeset.length if end is None else self._typeset.place(end.y - TOP, end.x - self._margin)
        return first, last

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return the text under a selection by mouse, paragraphs unbroken."""
        if self._typeset is None:
            return None
        return self._typeset.copy(*self._selected_places(selection)), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Draw the selection."""
        del selection
        self.refresh()
