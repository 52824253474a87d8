"""All notes and highlights with their articles: to read again, to go back to, to save."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from ...export.notes import notes_to_markdown
from ...model import EntryId
from ...store import highlights
from ...store.highlights import Noted
from ...triage import Undone
from .. import words
from ..dialogs.prompt import Prompt
from ..filing import unusable_file, written
from ..linelist import LineList
from ..notebook import NoteLine, note_lines
from ..panes.status import StatusLine
from ..pieceline import PaneHeading
from ..rows import Piece, fit, shown

if TYPE_CHECKING:
    from .main import MainScreen


class NotesList(LineList):
    """The lines of the notebook; the highlight stays on those that belong to an article."""

    def __init__(self) -> None:
        super().__init__(id="notes")
        self.noted: tuple[Noted, ...] = ()
        self.lines: list[NoteLine] = []
        self.cursor = 0

    @property
    def current(self) -> Noted | None:
        """The article whose notes are highlighted."""
        return self.noted[self.cursor] if self.cursor < len(self.noted) else None

    def show(self, noted: tuple[Noted, ...]) -> None:
        """Show what was noted; the highlight stays on the same article where it can."""
        current = self.current.row.id if self.current is not None else None
        self.noted = noted
        at = next((n for n, one in enumerate(noted) if one.row.id == current), self.cursor)
        self.cursor = at
        self.relayout()

    def relayout(self) -> None:
        """Break the notes into lines of the width there is."""
        self.lines = note_lines(self.noted, self.text_width - 3)
        self.resize_lines(len(self.lines))
        self.go(self.cursor)

    def go(self, index: int) -> None:
        """Highlight an article; the ends hold."""
        self.cursor = max(0, min(index, len(self.noted) - 1))
        own = [number for number, line in enumerate(self.lines) if line.article == self.cursor]
        if own:
            self.reveal(own[0], min(len(own), self.page))
        self.refresh()

    def ground(self, line: int) -> str:
        """Return the background of a line."""
        return "row" if self.lines[line].article == self.cursor and self.lines[line].text else ""

    def pieces(self, line: int) -> list[Piece]:
        """Return a line of the notebook."""
        written_ = self.lines[line]
        first = written_.role == "title" and written_.article == self.cursor
        return [
            Piece("▸ " if first else "  ", "cursor"),
            Piece(fit(shown(written_.text), self.text_width - 2), written_.role),
        ]


class NotesScreen(Screen[None]):
    """What the reader marked and wrote, article by article, the newest first."""

    AUTO_FOCUS: ClassVar[str | None] = ""
    takes_keys = True

    def __init__(self, main: MainScreen) -> None:
        super().__init__()
        self._main = main
        # Kept, not looked for: what is read may arrive when the screen has been left and its widgets are gone.
        self._list = NotesList()
        self.heading = PaneHeading("Notes and highlights")
        self.status = StatusLine()

    def compose(self) -> ComposeResult:
        """Compose the heading, the notes, and the keys."""
        yield self.heading
        yield self._list
        label = self._main.key_label
        hint = (
            f"Enter opens the article · {label('save-article')} saves all as Markdown · {label('copy-link')} copies "
            f"these · {label('undo')} undoes · Esc leaves"
        )
        yield Static(Content(hint), markup=False, id="notes-hint")
        yield self.status

    async def on_mount(self) -> None:
        """Read what was noted."""
        self.heading.show_focus(focused=True)
        self._main.status.mirror = self.status
        self._main.work.undone_listeners.append(self._undone)
        await self.load()

    def on_unmount(self) -> None:
        """Hear of the reading screen no more."""
        self._main.status.mirror = None
        self._main.work.undone_listeners.remove(self._undone)

    def _undone(self, _undone: Undone) -> None:
        self.run_worker(self.load())

    async def load(self) -> None:
        """Read all notes and highlights, and show them."""
        noted = await self._main.work.db.read(highlights.noted)
        self._list.show(noted)
        marks = sum(len(one.highlights) for one in noted)
        self.heading.show(info=f"{words.plural(len(noted), 'article')}, {words.plural(marks, 'highlight')}")
        if not noted:
            key = self._main.key_label
            self.status.say(f"Nothing yet: {key('highlight')} in an article highlights, {key('note')} notes.")

    def on_line_list_resized(self) -> None:
        """Break the notes anew."""
        self._list.relayout()

    # ------------------------------------------------------------------------------------------- keys

    async def press(self, key: str) -> None:
        """Take a key and do what it means here."""
        listed = self._list
        steps = {
            "j": 1, "down": 1, "k": -1, "up": -1, "pagedown": 5, "pageup": -5, "ctrl+d": 5, "ctrl+u": -5,
            "G": len(listed.noted), "end": len(listed.noted), "g": -len(listed.noted), "home": -len(listed.noted),
        }  # fmt: skip
        current = listed.current
        if key in steps:
            listed.go(listed.cursor + steps[key])
        elif key in ("escape", "q"):
            self.app.pop_screen()
        elif key == "u":
            self._main.work.undo()
        elif key == "S" and listed.noted:
            await self._save()
        elif key == "y" and current is not None:
            self._main.run(self._main.copy(notes_to_markdown((current,)), "the notes"))
        elif key == "enter" and current is not None:
            self.app.pop_screen()
            self._main.run(self._open(current.row.id))
        else:
            self.status.say("The keys of this page stand below its list.")

    async def _open(self, entry_id: EntryId) -> None:
        """Open the article, highlighting its row where the open list has it."""
        index = self._main.work.listing.index(entry_id)
        if index is not None:
            self._main.highlight(index)
        await self._main.reading.open_entry(entry_id)

    async def _save(self) -> None:
        answer = await self._main.ask(
            Prompt("Save all notes and highlights as", "~/notes.md", check=unusable_file)
        )
        noted = self._list.noted
        self._main.then(answer, lambda typed: self._main.say(*written(typed, notes_to_markdown(noted))))

    def on_line_list_pressed(self, event: LineList.Pressed) -> None:
        """Highlight what was clicked; open it on a double click."""
        event.stop()
        if event.line < len(self._list.lines):
            self._list.go(self._list.lines[event.line].article)
            if event.chain == 2:
                self.run_worker(self.press("enter"))
