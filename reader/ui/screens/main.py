"""The reading screen: three panes, wired.

Keys come in at ``press``, before any widget sees them, and become deeds. What the workspace finds comes in at the
``paint_`` methods. Panes tell of clicks and scrolling by messages. Nothing here reads or writes the library itself.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.events import DescendantFocus, Resize
from textual.widget import Widget
from textual.widgets import Static

from ...actions import BY_NAME, Context
from ...model import EntryId, Sources, StoredArticle
from ...typeset import Options
from .. import places, terminal, words
from ..arrangement import Shape
from ..arranging import Arranging
from ..busy import BusyScreen
from ..commanding import Commanding
from ..deeds import Deed, all_deeds
from ..emptiness import empty_list
from ..keys import Command, Keymap, KeyReader, Unbound, Waiting
from ..linelist import LineList
from ..panes.article import ArticlePane
from ..panes.entries import EntriesPane
from ..panes.searchbar import SearchBar
from ..panes.sources import SourcesPane
from ..panes.status import Footer, StatusLine, Tone
from ..pieceline import PaneHeading
from ..places import Place, PlaceKind
from ..ports import OpenPort, RefreshPort, SubscribePort
from ..reading import ReadingOn
from ..recleaning import Recleaning
from ..refreshing import Refreshing
from ..searching import Searching
from ..sourcing import SourceDesk
from ..starting import Starting
from ..tasks import Tasks
from ..workspace import Workspace


class MainScreen(BusyScreen):
    """Sources, entries, article, and the lines around them."""

    AUTO_FOCUS: ClassVar[str | None] = "#entries"

    def __init__(
        self,
        *,
        make_work: Callable[[MainScreen], Workspace],
        keys: KeyReader,
        refresher: RefreshPort | None,
        subscriber: SubscribePort | None,
        opener: OpenPort,
        first_id: Callable[[datetime], int],
    ) -> None:
        super().__init__()
        self.work = make_work(self)
        self.reader = keys
        self.refresher = refresher
        self.subscriber = subscriber
        self.opener = opener
        config = self.work.config
        self.sources = SourcesPane()
        self.entries = EntriesPane(
            row_lines=config.row_lines,
            date_groups=config.date_groups,
            clock=self.work.desk.local_now,
            first_id=first_id,
        )
        self.article = ArticlePane(
            options=Options(measure=config.measure, justify=config.justify), id="article"
        )
        self.searchbar = SearchBar()
        self.status = StatusLine()
        self.footer = Footer(keys.keymap.keys)
        self.headings = {
            Context.SOURCES: PaneHeading("Broadsheet", id="sources-heading"),
            Context.ENTRIES: PaneHeading("", id="entries-heading"),
            Context.ARTICLE: PaneHeading("", id="article-heading"),
        }
        self.context = Context.ENTRIES
        self.zen = False
        self.shape = Shape.WIDE
        self.reading = ReadingOn(self)
        self.searching = Searching(self)
        self.tasks = Tasks(self.work.clock, self.status.show_progress)
        self.refreshing = Refreshing(self)
        self.recleaning = Recleaning(self)
        self.sourcing = SourceDesk(self)
        self.commanding = Commanding(self)
        self.starting = Starting(self)
        self.arranging = Arranging(self)
        self._deeds: dict[str, Deed] = all_deeds(self)

    def compose(self) -> ComposeResult:
        """Compose the panes, each under its heading, and the two lines at the bottom."""
        yield self.searchbar
        yield from self.arranging.compose()
        yield self.status
        yield self.footer
        yield Static("The terminal is too small.\nBroadsheet needs 40 × 10.", id="too-small", markup=False)

    def on_mount(self) -> None:
        """Begin with the inbox."""
        self.searchbar.end()
        self.arranging.lay_out()

    # ------------------------------------------------------------------------------------------- keys

    @property
    def takes_keys(self) -> bool:
        """Whether keys are commands here, rather than text that is typed."""
        return self.focused is None or self.focused in (self.sources, self.entries, self.article)

    async def press(self, key: str) -> None:
        """Take a key and do what it means where the focus is."""
        if self.article.is_hinting and self.context is Context.ARTICLE:
            if not self.article.press(key) and key != "escape":
                self.say("No link has these letters.")
            return
        reading = self.reader.read(self.context, key)
        match reading:
            case Command():
                self.status.show_typed("")
                await self.do(reading)
            case Waiting(shown):
                self.status.show_typed(shown)
            case Unbound(shown):
                self.status.show_typed("")
                self.say(f"{shown} does nothing here; {self.key_label('help')} shows the keys.")

    async def do(self, command: Command) -> None:
        """Carry out a command."""
        outcome = self._deeds[command.action.name](command)
        if inspect.isawaitable(outcome):
            await outcome

    def key_label(self, action: str) -> str:
        """Return the key of an action as a person reads it."""
        return self.reader.keymap.label(action)

    @property
    def keymap(self) -> Keymap:
        """Which key means which action."""
        return self.reader.keymap

    # ------------------------------------------------------------------------------------------- what deeds need

    def say(self, message: str, tone: Tone = Tone.PLAIN, hint: str = "") -> None:
        """Tell the person something in the status line."""
        self.status.say(message, tone, hint)

    # ------------------------------------------------------------------------------------------- panes

    def pane(self, context: Context) -> Widget:
        """Return the pane where a context is."""
        return {Context.SOURCES: self.sources, Context.ARTICLE: self.article}.get(context, self.entries)

    def focus_pane(self, context: Context) -> None:
        """Give the keys to a pane, showing it first where it is hidden."""
        self.arranging.show(context)
        self.set_focus(self.pane(context), scroll_visible=False)
        self._take_context(context)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Follow the focus to the pane that was clicked."""
        for context in (Context.SOURCES, Context.ENTRIES, Context.ARTICLE):
            if event.widget is self.pane(context):
                self._take_context(context)

    def _take_context(self, context: Context) -> None:
        if context is not self.context:
            self.reader.reset()
            self.status.show_typed("")
        self.context = context
        self.arranging.lay_out()

    def on_resize(self, _event: Resize) -> None:
        """Arrange the panes for another size."""
        self.arranging.lay_out()

    def toggle_zen(self) -> None:
        """Show the article alone, or the panes again."""
        self.zen = not self.zen
        self.focus_pane(Context.ARTICLE if self.zen else Context.ENTRIES)

    # ------------------------------------------------------------------------------------------- out and away

    def back_out(self) -> None:
        """Leave what is innermost."""
        if self.article.is_selecting:
            self.article.clear_selected()
        elif self.work.listing.clear_selection():
            self.paint_selection()
        elif self.zen:
            self.toggle_zen()
        elif self.context is Context.ARTICLE:
            self.focus_pane(Context.ENTRIES)
        elif self.searching.is_on:
            self.searching.leave()
        elif self.context is Context.SOURCES:
            self.focus_pane(Context.ENTRIES)
        elif self.work.desk.place.identity != places.INBOX.identity:
            self.run(self.work.open(places.INBOX))

    def quit(self) -> None:
        """Leave the article, the search; leave the program at the outermost pane."""
        if self.zen or self.context is Context.ARTICLE or self.searching.is_on:
            self.back_out()
        else:
            self.app.exit()

    # ------------------------------------------------------------------------------------------- painting

    def highlight(self, index: int) -> None:
        """Highlight a row, and show its article beside it."""
        if self.work.listing.go(index):
            self.paint_cursor()
            self.reading.preview_soon()

    def paint_list(self) -> None:
        """Show the listing that is open now."""
        place = self.work.desk.place
        searched = place.kind is PlaceKind.SEARCH
        self.entries.show(
            self.work.listing,
            show_source=place.kind is not PlaceKind.FEED,
            searched=searched and bool(self.work.desk.terms),
        )
        if not searched:
            self.sources.show_open(place)
        self.paint_heading()
        self.paint_emptiness()
        self.run(self.work.read_the_rest())

    def paint_rows(self, ids: Iterable[EntryId]) -> None:
        """Draw rows again."""
        self.entries.repaint(ids)

    def paint_merged(self) -> None:
        """Show the listing with the rows that came into it."""
        self.entries.relayout()
        self.paint_heading()
        self.paint_emptiness()

    def paint_grown(self) -> None:
        """Show the listing with the rows that came below the others."""
        self.entries.grown()
        self.paint_heading()

    def paint_cursor(self) -> None:
        """Show the highlight where it is now."""
        self.entries.moved()
        self.paint_heading()

    def paint_selection(self) -> None:
        """Show what is selected."""
        self.entries.refresh()
        self.paint_heading()

    def paint_sources(self, sources: Sources) -> None:
        """Show other counts."""
        self.sources.show(sources)
        self.app.title = terminal.title(sources.inbox)
        self.headings[Context.SOURCES].show(info=words.short_number(sources.inbox) if sources.inbox else "")
        self.paint_emptiness()

    def paint_heading(self) -> None:
        """Show the place, what waits, and where in it one is."""
        listing, place = self.work.listing, self.work.desk.place
        waiting = len(listing.waiting)
        self.headings[Context.ENTRIES].show(
            place.title,
            news=f"{waiting} new {self.key_label('merge-new')}" if waiting else "",
            info=f"{listing.cursor + 1}/{words.number(len(listing))}" if len(listing) else "",
        )
        chosen = listing.selection_size
        self.status.show_facts(f"{words.number(chosen)} selected" if chosen else "")

    def paint_emptiness(self) -> None:
        """Say why there is nothing, and what to do about it, where there is nothing."""
        if not len(self.work.listing):
            self.entries.show_empty(empty_list(self.work.desk.place, self.work.desk.sources, self.key_label))

    def paint_article(self, article: StoredArticle | None) -> None:
        """Show an article, with the words it was found by."""
        self.reading.show(article)

    # ------------------------------------------------------------------------------------------- from the panes

    @on(LineList.Pressed, "#entries")
    def _entry_pressed(self, event: LineList.Pressed) -> None:
        index = self.entries.index_at(event.line)
        if index is not None:
            self.highlight(index)
            if event.chain == 2 or self.shape is Shape.NARROW:
                self.reading.open_article()

    @on(LineList.Pressed, "#sources")
    def _source_pressed(self, event: LineList.Pressed) -> None:
        place = self.sources.place_at(event.line)
        if place is not None:
            self.sources.go_to(place)
            self.run(self.reading.open_highlighted_place())

    @on(LineList.Resized, "#entries")
    def _entries_resized(self) -> None:
        self.entries.relayout()

    @on(LineList.Resized, "#sources")
    def _sources_resized(self) -> None:
        self.sources.show(self.work.desk.sources)

    @on(EntriesPane.Window)
    def _window(self, event: EntriesPane.Window) -> None:
        self.run(self._fill(event.first, event.last))

    async def _fill(self, first: int, last: int) -> None:
        await self.work.fill(first, last)
        await self.searching.fill_snippets(first, last)

    @on(ArticlePane.LinkChosen)
    def _link_chosen(self, event: ArticlePane.LinkChosen) -> None:
        if event.action == "copy":
            self.run(self.copy(event.href, "the link"))
        else:
            self.run(self.browse([event.href]))

    @on(ArticlePane.EndReached)
    def _end_reached(self) -> None:
        self.reading.end_reached()

    @on(ArticlePane.PositionChanged)
    def _position_changed(self, event: ArticlePane.PositionChanged) -> None:
        self.reading.moved_to(event.position)

    @on(SearchBar.Typed)
    def _search_typed(self, event: SearchBar.Typed) -> None:
        self.searching.typed(event.text)

    @on(SearchBar.Kept)
    def _search_kept(self) -> None:
        self.searching.keep()

    @on(SearchBar.Left)
    def _search_left(self) -> None:
        self.searching.leave()

    @on(SearchBar.Stepped)
    def _search_stepped(self, event: SearchBar.Stepped) -> None:
        self.highlight(self.work.listing.cursor + event.steps)

    @on(SearchBar.Completed)
    def _search_completed(self) -> None:
        self.searching.complete()

    @on(SearchBar.SaveAsked)
    async def _search_saved(self) -> None:
        await self.searching.save_view()

    @on(Footer.Chosen)
    async def _footer_chosen(self, event: Footer.Chosen) -> None:
        await self.do(Command(BY_NAME[event.action.name]))

    # ------------------------------------------------------------------------------------------- places

    def all_places(self) -> tuple[Place, ...]:
        """Return every place of the library."""
        return places.every(self.work.desk.sources)

    @property
    def count_of(self) -> dict[tuple[PlaceKind, str], int]:
        """What is unread in each place, by its identity."""
        return places.counts(self.work.desk.sources)

    async def go_to(self, place: Place) -> None:
        """Open a place and go to its list."""
        if place.kind is PlaceKind.FAILING:
            await self.sourcing.health()
        elif await self.work.open(place):
            self.searching.forget()
            self.focus_pane(Context.ENTRIES)
