"""What the screen does with the library, step by step: opening places and articles, changing, undoing, catching up.

Everything that takes time is awaited here; whatever comes back is painted through one object, the screen. A change is
shown before it is written (``act``) and shown again as it was written (``_written``).
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable
from datetime import datetime
from typing import Any, Protocol

from ..config import Config
from ..errors import BroadsheetError
from ..model import EntryId, EntryRow, Sources, StepId, StoredArticle
from ..records import dataclass
from ..store import articles, changes, entries
from ..store.database import Database
from ..triage import Change, Field, Step, Undone, inverse
from . import places, verbs, words
from .desk import Desk
from .listing import Listing
from .panes.status import Tone
from .places import Place, PlaceKind, Sort
from .verbs import Plan
from .writer import Do, NotWritten, Outcome, Redo, Undo, Unsaved, Writer, Written


class Paper(Protocol):
    """What is painted on: the screen as the workspace sees it."""

    def paint_list(self) -> None:
        """Show the listing that is open now."""

    def paint_rows(self, ids: Iterable[EntryId]) -> None:
        """Draw these rows again."""

    def paint_merged(self) -> None:
        """Show the listing with the rows that came into it."""

    def paint_grown(self) -> None:
        """Show the listing with the rows that came below the others."""

    def paint_cursor(self) -> None:
        """Show the highlight where it is now."""

    def paint_sources(self, sources: Sources) -> None:
        """Show other counts."""

    def paint_heading(self) -> None:
        """Show anew what stands above the list: what waits, where one is."""

    def paint_article(self, article: StoredArticle | None) -> None:
        """Show another article, or the same one anew."""

    def say(self, message: str, tone: Tone = Tone.PLAIN, hint: str = "") -> None:
        """Tell the person something in the status line."""

    def run(self, work: Coroutine[Any, Any, object]) -> None:
        """Start something that takes time."""

    def later(self, seconds: float, then: Callable[[], Coroutine[Any, Any, object]]) -> None:
        """Start something soon."""

    def key_label(self, action: str) -> str:
        """Return the key of an action as a person reads it."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Where one was, to go back there."""

    place: Place
    entry_id: EntryId


class Workspace:
    """The state of reading, and what changes it."""

    def __init__(
        self, db: Database, config: Config, clock: Callable[[], datetime], session: str, paper: Paper
    ) -> None:
        self.db = db
        self.config = config
        self.clock = clock
        self.session = session
        self.desk = Desk(db, clock)
        self.writer = Writer(db, session, clock, self._written)
        self._unsaved = False
        self.paper = paper
        self.article: StoredArticle | None = None
        self.is_open = False
        """Whether the first place was opened."""
        self.opened: EntryId | None = None
        """The article that was opened, rather than previewed."""
        self.trail: list[Visit] = []
        """What was read on from, for the way back."""
        self.undone_listeners: list[Callable[[Undone], None]] = []
        """Called with each step that was taken back, before it is told in the status line."""
        self._recount_soon = False
        self._look_soon = False
        self._unsaved = False
        self.wanted: EntryId | None = None
        """The article that is shown, or is about to be: what a key typed now is meant for."""
        self._version = -1

    @property
    def listing(self) -> Listing:
        """The list that is open."""
        return self.desk.listing

    def row(self, entry_id: EntryId) -> EntryRow | None:
        """Return the row of an entry, from the list or from the article that is shown."""
        row = self.listing.row(entry_id)
        if row is None and self.article is not None and self.article.row.id == entry_id:
            return self.article.row
        return row

    # ------------------------------------------------------------------------------------------- places

    async def open(
        self, place: Place, sort: Sort = Sort.USUAL, *, at: EntryId | None = None, unread: bool = False
    ) -> bool:
        """Open a place, at an entry, at its first unread one, or at its top; False when it cannot be opened."""
        try:
            if not await self.desk.open(place, sort):
                return False
        except BroadsheetError as error:
            self.paper.say(str(error), Tone.ERROR)
            return False
        listing = self.listing
        index = listing.index(at) if at is not None else listing.next_unread(0) if unread else None
        listing.go(index or 0)
        self.is_open = True
        self.paper.paint_list()
        await self.preview()
        return True

    async def read_the_rest(self) -> None:
        """Read a long list to its end, part by part."""
        while await self.desk.rest():
            self.paper.paint_grown()
        self.paper.paint_grown()

    async def settle(self) -> None:
        """Open the place anew: handled rows go, new ones come, the highlight stays if it can."""
        current, cursor = self.listing.current_id, self.listing.cursor
        if await self.desk.open(self.desk.place, self.desk.sort):
            index = self.listing.index(current) if current is not None else None
            self.listing.go(cursor if index is None else index)
            self.paper.paint_list()
            await self.preview()

    def merge(self) -> int:
        """Show the new articles that wait; returns how many there were."""
        count = self.listing.merge()
        if count:
            self.paper.paint_merged()
        return count

    async def fill(self, first: int, last: int) -> None:
        """Read the rows of a window."""
        read = await self.desk.fill(first, last)
        if read:
            self.paper.paint_rows(read)

    # ------------------------------------------------------------------------------------------- articles

    async def preview(self) -> None:
        """Show the highlighted article, without opening it."""
        await self.show(self.listing.current_id)

    async def show(self, entry_id: EntryId | None) -> bool:
        """Show an article; False when another was wanted meanwhile or it is gone."""
        self.wanted = entry_id
        if entry_id is None:
            self.article = None
            self.paper.paint_article(None)
            return False
        try:
            found = await self.desk.article(entry_id)
        except BroadsheetError as error:
            self.paper.say(str(error), Tone.ERROR)
            return False
        if self.wanted != entry_id:
            return False
        self.article = found
        self.paper.paint_article(found)
        return found is not None

    def mark_opened(self, entry_id: EntryId) -> None:
        """Take an article for opened: read, when the settings say so."""
        self.opened = entry_id
        if self.config.mark_read == "open":
            self.mark_read(entry_id)

    def mark_read(self, entry_id: EntryId) -> None:
        """Mark an article read because it was opened or read to its end."""
        row = self.row(entry_id)
        if row is None or row.unread:
            self.act(verbs.opened(entry_id, self.row), quiet=True)

    async def keep_position(self, entry_id: EntryId, position: float) -> None:
        """Remember how far an article was read."""
        try:
            await self.db.write(articles.set_position, entry_id, position)
        except BroadsheetError as error:
            self.paper.say(str(error), Tone.ERROR)

    # ------------------------------------------------------------------------------------------- changing

    def act(self, plan: Plan, *, quiet: bool = False) -> None:
        """Carry out a plan: on the screen now, in the library in its turn."""
        foreseen = verbs.foreseen(plan.wishes, self.row)
        self._show_changes(foreseen)
        self.writer.put(Do(plan.wishes, plan.label, foreseen, quiet))
        if not quiet:
            self.paper.say(plan.label, Tone.DONE, f"{self.paper.key_label('undo')} undoes")

    def _show_changes(self, foreseen: Iterable[Change]) -> None:
        seen = tuple(foreseen)
        self.listing.apply(seen)
        if self.desk.aside is not None:
            self.desk.aside.apply(seen)
        ids = {change.entry_id for change in seen}
        for change in seen:
            if change.field in (Field.READ, Field.LATER, Field.HIDDEN, Field.SNOOZED):
                if change.new:
                    self.listing.handled.add(change.entry_id)
                elif change.field is Field.READ:
                    self.listing.handled.discard(change.entry_id)
        self.paper.paint_rows(ids)
        self.paper.paint_heading()

    def undo(self) -> None:
        """Take back the last step, in its turn."""
        self.writer.put(Undo())

    def undo_step(self, step_id: int) -> None:
        """Take back one step of the history, whoever took it."""
        self.writer.put(Undo(StepId(step_id)))

    def redo(self) -> None:
        """Take again the step last taken back, in its turn."""
        self.writer.put(Redo())

    @property
    def unsaved(self) -> str:
        """What could not be saved until now, as a sentence; empty when everything was."""
        if not self.writer.waiting:
            return ""
        return f"{words.plural(self.writer.waiting, 'change')} could not be saved: {self.writer.hindrance}"

    def _written(self, outcome: Outcome) -> None:
        match outcome:
            case Unsaved(waiting, sentence):
                self.paper.say(f"{words.plural(waiting, 'change')} not saved yet: {sentence}", Tone.ERROR)
                self._unsaved = True
                return
            case NotWritten(job, sentence):
                if isinstance(job, Do):
                    self._show_changes(inverse(change) for change in reversed(job.foreseen))
                self.paper.say(f"Not saved: {sentence}", Tone.ERROR)
            case Written(_, Undone() as undone):
                self._show_undone(undone, again=isinstance(outcome.job, Redo))
            case Written(Undo(), None):
                self.paper.say("Nothing to undo.")
            case Written(Redo(), None):
                self.paper.say("Nothing to redo.")
            case Written(Do(), Step(changes=really)):
                self.listing.apply(really)
                self.paper.paint_rows({change.entry_id for change in really})
                self._read_noted(really)
        if self._unsaved and not self.writer.waiting:
            self._unsaved = False
            self.paper.say("Everything is saved now.", Tone.DONE)
        self.recount_soon()

    def _read_noted(self, really: Iterable[Change]) -> None:
        """Read entries anew whose notes or highlights changed: what they are now, only the library knows."""
        ids = tuple({change.entry_id for change in really if change.field in (Field.NOTE, Field.HIGHLIGHT)})
        if ids:
            self.paper.run(self._read_again(ids))

    async def _read_again(self, ids: tuple[EntryId, ...]) -> None:
        self.listing.put(await self.db.read(entries.rows, ids))
        self.paper.paint_rows(ids)
        if self.article is not None and self.article.row.id in ids:
            await self.show(self.article.row.id)

    def _show_undone(self, undone: Undone, *, again: bool) -> None:
        self._show_changes(undone.changes)
        self._read_noted(undone.changes)
        for listener in self.undone_listeners:
            listener(undone)
        if undone.step.label.startswith(("Removed", "Restored")):
            self.look_soon()
        ids = [change.entry_id for change in undone.changes]
        places_ = [place for entry_id in ids if (place := self.listing.index(entry_id)) is not None]
        if places_ and self.listing.cursor not in places_ and self.listing.go(min(places_)):
            self.paper.paint_cursor()
            self.paper.run(self.preview())  # a verb in the article pane works on what is shown there
        said = "Done again" if again else "Undone"
        kept = f" · {words.plural(undone.left_alone, 'later change')} kept" if undone.left_alone else ""
        key = self.paper.key_label("undo" if again else "redo")
        hint = f"{key} {'undoes' if again else 'redoes'}"
        self.paper.say(f"{said}: {undone.step.label}{kept}", Tone.DONE, hint)

    async def history(self) -> tuple[Step, ...]:
        """Return what was done, newest first."""
        return await self.db.read(changes.history, 500)

    # ------------------------------------------------------------------------------------------- catching up

    def recount_soon(self, seconds: float = 0.08) -> None:
        """Read the counts again in a moment, once for all that happens until then."""
        if not self._recount_soon:
            self._recount_soon = True
            self.paper.later(seconds, self.recount)

    def look_soon(self, seconds: float = 0.4) -> None:
        """See in a moment what is new here."""
        if not self._look_soon:
            self._look_soon = True
            self.paper.later(seconds, self.look_for_new)

    async def recount(self) -> Sources:
        """Read the counts of the sources pane, show and return them."""
        self._recount_soon = False
        sources = await self.desk.recount()
        self.paper.paint_sources(sources)
        return sources

    async def look_for_new(self) -> None:
        """See what is new in the open place, and which rows changed."""
        self._look_soon = False
        if await self.desk.look_for_new():
            self.paper.paint_heading()
        changed = await self.desk.look_again()
        if changed:
            self.paper.paint_rows(changed)
        if self.article is not None and self.article.row.id in changed:
            await self.show(self.article.row.id)

    async def poll(self) -> None:
        """See whether another process has written, and if so look at everything again."""
        version = await self.db.data_version()
        if version != self._version:
            first, self._version = self._version < 0, version
            if not first:
                await self.recount()
                await self.look_for_new()

    async def wake(self) -> int:
        """Bring back what was snoozed until now; returns how many came back."""
        awake = await self.db.write(changes.wake, self.clock())
        if awake:
            self.recount_soon()
            self.look_soon()
        return len(awake)

    # ------------------------------------------------------------------------------------------- next and previous

    def is_later_list(self) -> bool:
        """Tell whether the Later list is open."""
        return self.desk.place.identity == places.LATER.identity

    def can_cross(self) -> bool:
        """Tell whether the open place has neighbours to go on to: a source, a folder, a tag."""
        return self.desk.place.kind in (PlaceKind.FEED, PlaceKind.FOLDER, PlaceKind.TAG)
