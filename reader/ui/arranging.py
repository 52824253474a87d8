"""Putting the panes where they belong on a screen of some size, and moving what divides them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical

from ..actions import Context
from . import arrangement
from .arrangement import Dividers, Shape

if TYPE_CHECKING:
    from .screens.main import MainScreen

STEP: Final = 4
"""Columns that a divider moves at a key; in the stacked shape, hundredths of the height."""


class Arranging:
    """The boxes of the panes: which are shown, how wide each is."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self.dividers = Dividers()
        self._reading = Container(id="reading-box")
        self._boxes = {
            Context.SOURCES: Vertical(id="sources-box"),
            Context.ENTRIES: Vertical(id="entries-box"),
            Context.ARTICLE: Vertical(id="article-box"),
        }

    def compose(self) -> ComposeResult:
        """Compose the boxes, in each a heading and a pane."""
        with Horizontal(id="panes"):
            yield from self._compose_box(Context.SOURCES)
            with self._reading:
                yield from self._compose_box(Context.ENTRIES)
                yield from self._compose_box(Context.ARTICLE)

    def _compose_box(self, context: Context) -> ComposeResult:
        with self._boxes[context]:
            yield self._screen.headings[context]
            yield self._screen.pane(context)

    def show(self, context: Context) -> None:
        """Show a pane that may be hidden, before it is laid out with the others."""
        self._boxes[context].display = True

    def lay_out(self) -> None:
        """Show the panes that belong on a screen of this size, and where the keys go."""
        screen, size = self._screen, self._screen.app.size
        screen.shape = arrangement.shape(size.width, size.height)
        shown = arrangement.shown(screen.shape, screen.context, zen=screen.zen)
        sources, entries, article = self._boxes.values()
        sources.display, entries.display, article.display = shown.sources, shown.entries, shown.article
        self._reading.display = shown.entries or shown.article
        for name in Shape:
            screen.set_class(screen.shape is name, f"-{name}")
        wide, list_width = arrangement.widths(size.width, screen.shape, self.dividers)
        alone = not shown.article or not shown.entries
        stacked = screen.shape is Shape.STACKED and not alone
        sources.styles.width = "1fr" if screen.shape is Shape.NARROW else wide
        entries.styles.width = "1fr" if alone or stacked else list_width
        share = arrangement.list_share(self.dividers)
        entries.styles.height = f"{share}fr" if stacked else "1fr"
        article.styles.height = f"{100 - share}fr" if stacked else "1fr"
        screen.footer.display = size.height >= arrangement.FOOTER_FROM
        screen.footer.show(screen.context)
        for context, heading in screen.headings.items():
            heading.show_focus(context is screen.context)

    def move_divider(self, steps: int) -> None:
        """Move the divider beside the focused pane: of the sources their own, else the one of list and article."""
        screen, now, by = self._screen, self.dividers, steps * STEP
        if screen.context is Context.SOURCES:
            wished = replace(now, sources=now.sources + by)
        elif screen.shape is Shape.STACKED:
            wished = replace(now, stacked=now.stacked + by)
        else:
            wished = replace(now, entries=now.entries + by)
        self.divide(arrangement.possible(wished, screen.app.size.width, screen.shape))

    def divide(self, dividers: Dividers) -> None:
        """Have the dividers stand elsewhere."""
        self.dividers = dividers
        self.lay_out()
