"""Triage: one article at a time, one key each, with an end in sight.

What is gone through is the list's unread articles as they were when the mode began. The article can be read in full
without leaving; undo works across it, and goes back to the article it concerns.
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult

from ...actions import BY_NAME, Context
from ...model import EntryId, EntryRow, StoredArticle
from ...triage import Undone
from ...typeset import Options
from .. import places, triaging, verbs, words
from ..answering import AnswersOnce
from ..dialogs.snooze import snooze_picker
from ..dialogs.tags import TagAnswer, TagsDialog
from ..keys import Command, KeyReader, Unbound, Waiting
from ..notice import Notice
from ..pace import Pace
from ..panes.article import ArticlePane
from ..panes.status import Footer, StatusLine, Tone
from ..pieceline import PaneHeading
from ..triaging import Tally
from ..verbs import Plan
from .help import HelpScreen

if TYPE_CHECKING:
    from .main import MainScreen


class TriageScreen(AnswersOnce[None]):
    """Shows one article and decides on it."""

    AUTO_FOCUS: ClassVar[str | None] = "ArticlePane"

    def __init__(self, main: MainScreen, ids: tuple[EntryId, ...]) -> None:
        super().__init__()
        self._main = main
        self._ids = ids
        self._at = 0
        self._pace = Pace()
        self._tally = Tally()
        self._shown: StoredArticle | None = None
        self._keys = KeyReader(main.keymap)
        self.heading = PaneHeading("Triage")
        config = main.work.config
        self.article = ArticlePane(options=Options(measure=config.measure, justify=config.justify))
        self.end = Notice()
        self.status = StatusLine()
        self.footer = Footer(main.keymap.keys)

    def compose(self) -> ComposeResult:
        """Compose the heading, the article or the end, and the two lines at the bottom."""
        yield self.heading
        yield self.article
        yield self.end
        yield self.status
        yield self.footer

    async def on_mount(self) -> None:
        """Begin."""
        self.heading.show_focus(focused=True)
        self.footer.show(Context.TRIAGE)
        self._main.work.undone_listeners.append(self._undone)
        self._pace.begin(monotonic())
        await self._show()

    def on_unmount(self) -> None:
        """Hear of undoing no more."""
        self._main.work.undone_listeners.remove(self._undone)

    # ------------------------------------------------------------------------------------------- showing

    @property
    def _entry_id(self) -> EntryId | None:
        return self._ids[self._at] if self._at < len(self._ids) else None

    def _row(self, entry_id: EntryId) -> EntryRow | None:
        row = self._main.work.row(entry_id)
        if row is None and self._shown is not None and self._shown.row.id == entry_id:
            return self._shown.row
        return row

    async def _show(self) -> None:
        """Show the article in turn, or the end."""
        entry_id = self._entry_id
        self.end.display = entry_id is None
        self.article.display = entry_id is not None
        total = len(self._ids)
        if entry_id is None:
            self.heading.show(info=f"{words.number(total)}/{words.number(total)}")
            self.end.show(triaging.end_lines(self._tally, total, self._main.key_label))
            return
        left = self._pace.left(total - self._at)
        place = self._main.work.desk.place.title
        self.heading.show(f"Triage · {place}", info=triaging.progress(self._at, total, left))
        found = await self._main.work.desk.article(entry_id)
        if self._entry_id == entry_id:
            self._shown = found
            self.article.show(found)

    def _undone(self, undone: Undone) -> None:
        """Go back to the article whose decision was taken back."""
        for change in undone.changes:
            self._tally.take_back(change.entry_id)
        ids = {change.entry_id for change in undone.changes}
        at = next((number for number, entry_id in enumerate(self._ids) if entry_id in ids), None)
        if at is not None:
            self._at = at
        self._say(f"Undone: {undone.step.label}", Tone.DONE)
        self.run_worker(self._show(), exclusive=True)

    def _say(self, message: str, tone: Tone = Tone.PLAIN, hint: str = "") -> None:
        self.status.say(message, tone, hint)

    # ------------------------------------------------------------------------------------------- keys

    @property
    def takes_keys(self) -> bool:
        """Whether keys are commands here: always."""
        return True

    async def press(self, key: str) -> None:
        """Take a key and do what it means in triage mode."""
        if self._entry_id is None and key == self._main.keymap.keys(BY_NAME["go-later"])[0].split()[-1]:
            await self._go_later()
            return
        reading = self._keys.read(Context.TRIAGE, key)
        match reading:
            case Command(action):
                self.status.show_typed("")
                await self.do(action.name)
            case Waiting(shown):
                self.status.show_typed(shown)
            case Unbound(shown):
                self._say(f"{shown} does nothing in triage mode.")

    async def do(self, name: str) -> None:
        """Carry out an action by its name."""
        deed = self._deeds().get(name)
        if deed is None:
            self._say("Leave triage mode for that.")
            return
        outcome = deed()
        if inspect.isawaitable(outcome):
            await outcome

    def known_actions(self) -> frozenset[str]:
        """Return the names of the actions that do something here."""
        return frozenset(self._deeds())

    def _deeds(self) -> dict[str, Callable[[], Awaitable[None] | None]]:
        pane, page = self.article, max(1, self.article.size.height - 1)
        return {
            "down": lambda: pane.scroll_lines(1), "up": lambda: pane.scroll_lines(-1),
            "page-down": lambda: pane.scroll_lines(page), "page-up": lambda: pane.scroll_lines(-page),
            "half-page-down": lambda: pane.scroll_lines(page // 2),
            "half-page-up": lambda: pane.scroll_lines(-(page // 2)),
            "top": pane.scroll_to_top, "bottom": pane.scroll_to_bottom,
            "done": self._done, "later": self._later, "star": self._star, "toggle-read": self._toggle_read,
            "tag": self._tag, "snooze": self._snooze, "mute": self._mute, "skip": self._skip,
            "open": self._open, "read-on": self._read_on, "read-back": self._read_back,
            "undo": self._main.work.undo, "redo": self._main.work.redo,
            "back": self.leave, "leave-triage": self.leave,
            "browse": self._browse, "browse-done": self._browse_done, "comments": self._comments,
            "copy-link": self._copy, "copy-menu": self._copy, "why": self._why,
            "help": self._help, "manual": self._main.commanding.manual, "palette": self._help,
            "suspend": self._main.commanding.suspend,
        }  # fmt: skip

    def leave(self) -> None:
        """Go back to the panes."""
        if self._main.work.listing.current_id != self._entry_id and self._entry_id is not None:
            index = self._main.work.listing.index(self._entry_id)
            if index is not None:
                self._main.highlight(index)
        self.dismiss(None)

    async def _go_later(self) -> None:
        self.dismiss(None)
        self._main.run(self._main.work.open(places.LATER))

    # ------------------------------------------------------------------------------------------- deciding

    async def _decide(self, verb: str, plan: Plan | None) -> None:
        entry_id = self._entry_id
        if plan is None or entry_id is None:
            return
        self._main.work.act(plan)
        self._say(plan.label, Tone.DONE, f"{self._main.key_label('undo')} undoes")
        self._tally.decide(entry_id, verb)
        self._pace.decided(monotonic())
        self._at += 1
        await self._show()

    async def _verb(self, verb: str) -> None:
        if self._entry_id is not None:
            await self._decide(verb, verbs.plan(verb, (self._entry_id,), self._row))

    async def _done(self) -> None:
        await self._verb("done")

    async def _later(self) -> None:
        await self._verb("later")

    async def _star(self) -> None:
        if self._entry_id is not None:
            await self._decide("star", verbs.star_and_done(self._entry_id, self._row))

    def _toggle_read(self) -> None:
        plan = verbs.plan("toggle-read", (self._entry_id,) if self._entry_id is not None else (), self._row)
        if plan is not None:
            self._main.work.act(plan)
            self._say(plan.label, Tone.DONE)

    async def _skip(self) -> None:
        if self._entry_id is not None:
            self._tally.decide(self._entry_id, "skip")
            self._at += 1
            await self._show()

    def _open(self) -> None:
        if self._entry_id is not None:
            self._main.work.act(verbs.opened(self._entry_id, self._row), quiet=True)
            self._tally.decide(self._entry_id, "open")
            self._say("Read; Space reads on, d goes on.")

    async def _read_on(self) -> None:
        if not self.article.page_down():
            await self._verb("done")

    async def _read_back(self) -> None:
        if not self.article.page_up() and self._at:
            self._at -= 1
            await self._show()

    async def _tag(self) -> None:
        entry_id = self._entry_id
        row = self._row(entry_id) if entry_id is not None else None
        if entry_id is None or row is None:
            return
        known = [tag.name for tag in sorted(self._main.work.desk.sources.tags, key=lambda tag: -tag.total)]
        answer = await self._main.ask(
            TagsDialog(words.quoted(row.title), dict.fromkeys(row.tags, 1), 1, known)
        )

        def apply(tags: TagAnswer) -> None:
            if tags.add or tags.remove:
                plan = verbs.tag((entry_id,), self._row, tags.add, tags.remove)
                self._main.work.act(plan)
                self._say(plan.label, Tone.DONE)

        self._main.then(answer, apply)

    async def _snooze(self) -> None:
        entry_id, now = self._entry_id, self._main.work.desk.local_now()
        if entry_id is None:
            return
        answer = await self._main.ask(snooze_picker(now))

        async def apply(until: str) -> None:
            at = words.parse_span(until, now)
            if at is not None:
                await self._decide("snooze", verbs.snooze((entry_id,), self._row, at, words.moment(at, now)))

        self._main.then(answer, apply)

    async def _browse(self) -> None:
        row = self._row(self._entry_id) if self._entry_id is not None else None
        if row is not None and row.link:
            await self._main.browse([row.link])

    async def _browse_done(self) -> None:
        await self._browse()
        await self._verb("done")

    async def _comments(self) -> None:
        if self._shown is not None and self._shown.comments_url:
            await self._main.browse([self._shown.comments_url])
        else:
            self._say("This article names no comments.")

    async def _mute(self) -> None:
        row = self._row(self._entry_id) if self._entry_id is not None else None
        await self._main.sourcing.mute(row)

    async def _why(self) -> None:
        if self._shown is not None:
            await self._main.reading.explain(self._shown)

    async def _help(self) -> None:
        answer = await self._main.ask(HelpScreen(self._main.keymap, Context.TRIAGE))
        self._main.then(answer, self.do)

    async def _copy(self) -> None:
        row = self._row(self._entry_id) if self._entry_id is not None else None
        if row is not None and row.link:
            await self._main.copy(row.link, "the link")
            self._say("Copied the link.")

    @on(Footer.Chosen)
    async def _footer_chosen(self, event: Footer.Chosen) -> None:
        await self.do(event.action.name)
