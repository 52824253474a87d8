"""Reading: previewing, opening, reading on from page to page and article to article, and the way back."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Final, Literal

from textual.timer import Timer

from ..actions import Context
from ..document import plain_text
from ..model import EntryId, FullText, StoredArticle
from ..store import articles, former, journal, rulebook
from ..typeset import Choice, choose
from . import words
from .arrangement import Shape
from .explaining import explanation, verdict_in_words
from .panes.status import Tone
from .picturing import Picturing
from .places import PlaceKind
from .workspace import Visit, Workspace

if TYPE_CHECKING:
    from .screens.main import MainScreen

CALM_SECONDS: Final = 0.12
"""After so long without a move the next one shows its article at once; faster moves wait for the last."""
TEASER_CHARACTERS: Final = 1_200
"""Feed text shorter than this is taken for a teaser, and the page is fetched when the article is opened."""

Text = Literal["cleaned", "feed", "raw"]
TEXTS: Final[tuple[Text, ...]] = ("cleaned", "feed", "raw")
NAMES: Final = {"cleaned": "cleaned text", "feed": "the feed's text", "raw": "raw source"}


class ReadingOn:
    """What is shown in the article pane, and how one gets from one article to the next."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._text: Text = "cleaned"
        self._instead: Choice | None = None
        """What is shown in place of the article's texts."""
        self._moved_at = 0.0
        self._timer: Timer | None = None
        self._position: float | None = None
        self._fetching: set[EntryId] = set()
        self.pictures = Picturing(screen)

    @property
    def _work(self) -> Workspace:
        return self._screen.work

    # ------------------------------------------------------------------------------------------- showing

    def preview_soon(self) -> None:
        """Show the highlighted article: at once after a pause, else when the moves come to rest."""
        self._work.wanted = self._work.listing.current_id
        if self._screen.shape is Shape.NARROW and self._screen.context is not Context.ARTICLE:
            return
        if self._timer is not None:
            self._timer.stop()
        now = monotonic()
        calm = now - self._moved_at > CALM_SECONDS
        self._moved_at = now
        if calm:
            self._screen.run(self._work.preview())
        else:
            self._timer = self._screen.set_timer(CALM_SECONDS, lambda: self._screen.run(self._work.preview()))

    def show(self, article: StoredArticle | None) -> None:
        """Show an article in the pane."""
        pane = self._screen.article
        before = pane.article
        if before is None or article is None or before.row.id != article.row.id:
            self._keep_position()
            self._text, self._instead = "cleaned", None
        pane.show(article, terms=self._work.desk.terms, text=self._text, instead=self._instead)
        heading = self._screen.headings[Context.ARTICLE]
        if article is None:
            heading.show("", info="")
        else:
            heading.show(article.row.feed_title, info=words.reading_time(article.row.words))
            if (
                self._screen.refresher is not None
                and self._screen.refreshing.is_running
                and is_teaser(article)
            ):
                self._screen.refresher.want_page(article.row.id)

    def moved_to(self, position: float) -> None:
        """Remember how far the reader is; it is stored when the article is left."""
        shown = self._screen.article.article
        if shown is not None and self._instead is None:
            self._position = position
            share = round(position * 100)
            self._screen.headings[Context.ARTICLE].show(
                info=" · ".join(
                    filter(None, (words.reading_time(shown.row.words), f"{share} %" if share else ""))
                )
            )

    def _keep_position(self) -> None:
        shown, position = self._screen.article.article, self._position
        self._position = None
        if shown is None or position is None or abs(shown.position - position) < 0.005:
            return
        if self._work.opened == shown.row.id:
            self._screen.run(self._work.keep_position(shown.row.id, position))

    def end_reached(self) -> None:
        """Mark the article read, where the settings say so."""
        shown = self._screen.article.article
        if shown is not None and self._work.opened == shown.row.id and self._work.config.mark_read == "end":
            self._work.mark_read(shown.row.id)

    # ------------------------------------------------------------------------------------------- opening

    def open_article(self) -> None:
        """Open the highlighted article, or in the article pane the one that is previewed."""
        shown = self._screen.article.article
        if self._screen.context is Context.ARTICLE and shown is not None:
            self._work.mark_opened(shown.row.id)
            self.pictures.opened(shown)
        else:
            self._screen.run(self.open_entry(self._work.listing.current_id))

    async def open_entry(self, entry_id: EntryId | None) -> bool:
        """Open an article: show it, give it the keys, mark it read when the settings say so."""
        if entry_id is None:
            return False
        self._screen.focus_pane(Context.ARTICLE)
        shown = self._screen.article.article
        if shown is None or shown.row.id != entry_id:
            if not await self._work.show(entry_id):
                return False
            shown = self._work.article
        self._work.mark_opened(entry_id)
        if shown is not None and is_teaser(shown):
            self._screen.run(self.fetch_page(entry_id))
        elif shown is not None:
            self.pictures.opened(shown)
        return True

    async def open_highlighted_place(self) -> None:
        """Open the place that is highlighted among the sources, and go to its list."""
        place = self._screen.sources.current
        if place is not None:
            await self._screen.go_to(place)

    async def fetch_page(self, entry_id: EntryId) -> None:
        """Fetch and clean the page behind an article, and show it."""
        refresher = self._screen.refresher
        if refresher is None or entry_id in self._fetching:
            return
        self._fetching.add(entry_id)
        tasks, row = self._screen.tasks, self._work.row(entry_id)
        name = words.quoted(row.title) if row is not None and row.title else "an article"
        try:
            with tasks.during(f"Fetching the page of {name}") as task:
                done = await refresher.fetch_page(entry_id)
                if done.error:
                    tasks.end(task, done.error, failed=True)
        finally:
            self._fetching.discard(entry_id)
        self._screen.say(done.error, Tone.ERROR if done.error else Tone.PLAIN)
        shown = self._screen.article.article
        if shown is not None and shown.row.id == entry_id:
            await self._work.show(entry_id)
            if self._work.article is not None and self._work.opened == entry_id:
                self.pictures.opened(self._work.article)
        await self._work.look_for_new()

    async def cycle_text(self) -> None:
        """Show the article's cleaned text, the feed's, the raw source, in turn."""
        article = self._work.article
        if article is None:
            return
        if self._instead is not None:
            self._instead = None  # back to the text it was shown in place of
        else:
            self._text = TEXTS[(TEXTS.index(self._text) + 1) % len(TEXTS)]
        raw = ""
        if self._text == "raw":
            raw = await self._work.db.read(articles.raw_source, article.row.id)
        self._screen.article.show(article, terms=self._work.desk.terms, text=self._text, raw=raw)
        verdict = f": {verdict_in_words(article)}" if self._text == "cleaned" else "."
        self._screen.say(f"Showing {NAMES[self._text]}{verdict}")

    def show_instead(self, choice: Choice) -> None:
        """Show something in place of the article's texts, until another text or article is shown."""
        article = self._work.article
        if article is not None:
            self._instead = choice
            self._screen.focus_pane(Context.ARTICLE)
            self._screen.article.show(article, instead=choice)
            self._screen.say(f"{self._screen.key_label('cycle-text')} goes back to the article.")

    async def show_changes(self) -> None:
        """Show what changed in the article since it was read before; again, the article."""
        article = self._work.article
        if article is None:
            return
        if self._instead is not None:
            await self.cycle_text()
            return
        before = await self._work.db.read(former.former, article.row.id)
        from ..comparison import compared

        changed = compared(before.blocks, choose(article).blocks) if before is not None else ()
        if before is None or not changed:
            self._screen.say("This article has not changed since it came.")
            return
        when = before.replaced_at.astimezone()
        sentence = f"What changed on {when:%d %B %Y at %H:%M}: struck out what went, underlined what came."
        self.show_instead(Choice(changed, sentence))

    async def explain(self, article: StoredArticle | None = None) -> None:
        """Say why an article, the one that is shown unless another is given, is here and what touched it."""
        article = article or self._work.article
        if article is None:
            return
        entry_id = article.row.id
        hits = await self._work.db.read(rulebook.hits_of, entry_id)
        steps = await self._work.db.read(journal.touching, entry_id)
        lines = explanation(article, self._work.desk.sources, hits, steps)
        await self._screen.commanding.read_out("Why", lines)

    # ------------------------------------------------------------------------------------------- going on

    def advance(self, start: int) -> None:
        """Go on after a verb, as the settings say: to the row at ``start``, or the first unread one from there.

        Where nothing unread is left below, the nearest above is next.
        """
        listing, mode = self._work.listing, self._work.config.advance
        if mode == "next":
            self._screen.highlight(start)
        elif mode == "next-unread":
            below = listing.next_unread(start)
            target = listing.next_unread(listing.cursor - 1, -1) if below is None else below
            if target is not None:
                self._screen.highlight(target)

    async def to_unread(self, step: int) -> bool:
        """Highlight the next unread article; in the next source when there is none here. False when there is none."""
        listing = self._work.listing
        if self._screen.context is Context.SOURCES:
            self._screen.focus_pane(Context.ENTRIES)
        target = listing.next_unread(listing.cursor + step, step)
        if target is not None:
            self._screen.highlight(target)
            return True
        crosses = self._work.desk.place.kind in (PlaceKind.FEED, PlaceKind.FOLDER)
        place = self._screen.sources.neighbour(step, sources=True) if crosses else None
        if place is None:
            self._screen.say("No more unread here." if step > 0 else "No unread before this.")
            return False
        return await self._work.open(place, unread=True)

    async def read_on(self) -> None:
        """Go a page down; at the end, mark read and open the next unread article."""
        screen, work = self._screen, self._work
        if screen.context is Context.SOURCES:
            screen.focus_pane(Context.ENTRIES)
        current = work.listing.current_id
        shown = screen.article.article
        if screen.context is not Context.ARTICLE or shown is None:
            await self.open_entry(current)
            return
        if screen.article.page_down():
            work.mark_opened(shown.row.id)
            return
        work.mark_read(shown.row.id)
        work.trail.append(Visit(work.desk.place, shown.row.id))
        if await self.to_unread(1):
            await self.open_entry(work.listing.current_id)
        else:
            work.trail.pop()

    async def read_back(self) -> None:
        """Go a page up; at the top, go back to the article that was read on from, at its end."""
        screen, work = self._screen, self._work
        if screen.context is Context.ARTICLE and screen.article.page_up():
            return
        if not work.trail:
            screen.say("This is where you began.")
            return
        visit = work.trail.pop()
        if visit.place.identity != work.desk.place.identity:
            await work.open(visit.place, at=visit.entry_id)
        index = work.listing.index(visit.entry_id)
        if index is not None:
            work.listing.go(index)
            screen.paint_cursor()
        screen.focus_pane(Context.ARTICLE)
        if await work.show(visit.entry_id):
            work.opened = visit.entry_id
            screen.article.position = 1.0

    async def triage(self) -> None:
        """Go through what is unread here, one article at a time."""
        from .screens.triage import TriageScreen

        listing = self._work.listing
        unread = tuple(EntryId(listed) for listed in listing.ids if listing.is_unread(listed))
        if not unread:
            self._screen.say("Nothing unread here to triage.")
            return
        await self._screen.app.push_screen(TriageScreen(self._screen, unread))


def is_teaser(article: StoredArticle) -> bool:
    """Tell whether the page behind an entry is worth fetching: not tried, and the feed says little."""
    if article.article is not None or article.page_error or article.full_text is FullText.FEED:
        return False
    if not article.row.link.startswith(("http://", "https://")):
        return False
    return article.full_text is FullText.PAGE or len(plain_text(article.feed_blocks)) < TEASER_CHARACTERS
