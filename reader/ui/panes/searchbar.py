"""The search bar: a line to type in, and below it what was found or what is wrong, and where."""

from __future__ import annotations

from typing import Final

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.events import Key
from textual.message import Message
from textual.widgets import Input, Static

from ..pieceline import PieceLine, spread
from ..rows import Piece, fit

MOST_OF_IT: Final = 44
"""Cells of a sentence that say what is wrong; the rest may be cut."""


class SearchNote(PieceLine):
    """The line below: number and time, or a sentence with a mark under the column it is about."""

    def __init__(self) -> None:
        super().__init__(id="search-note")
        self._text = ""
        self._column: int | None = None
        self._right = ""

    def show(self, text: str, *, column: int | None = None, right: str = "") -> None:
        """Show what was found, or an error at a column of what was typed."""
        self._text, self._column, self._right = text, column, right
        self.refresh()

    @property
    def text(self) -> str:
        """What is shown."""
        return self._text

    def pieces(self, width: int) -> list[Piece]:
        """Return the sentence, under its column when it has one."""
        fits = len(self._text) + len(self._right) + 6 <= width
        right = [Piece(f" {self._right} ", "muted")] if self._right and fits else []
        if self._column is None:
            return spread([Piece("  "), Piece(self._text, "muted")], right, width, Piece(" "))
        at = min(self._column + 2, width - 2)
        if width - at - 2 >= min(len(self._text), MOST_OF_IT):
            left = [Piece(" " * at), Piece("▲ ", "caret"), Piece(self._text, "error")]
        else:
            left = [Piece(fit(self._text, at - 1).rjust(at - 1), "error"), Piece(" ▲", "caret")]
        return spread(left, [], width, Piece(" "))


class SearchBar(Vertical):
    """Where one types what to find; the screen searches."""

    class Typed(Message):
        """The text changed."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Kept(Message):
        """Enter: go to what was found."""

    class Left(Message):
        """Esc: back to where one was."""

    class Stepped(Message):
        """An arrow was pressed: highlight another row while typing."""

        def __init__(self, steps: int) -> None:
            super().__init__()
            self.steps = steps

    class Completed(Message):
        """Tab: take what is offered for the word at the cursor."""

    class SaveAsked(Message):
        """Save what is typed as a view."""

    def __init__(self) -> None:
        super().__init__(id="searchbar")
        self.input = Input(id="search-input", compact=True, select_on_focus=False)
        """The line to type in."""
        self.note = SearchNote()
        """The line below."""

    def compose(self) -> ComposeResult:
        """Compose the line and the note."""
        with Horizontal(id="search-line"):
            yield Static("/", id="search-sign", markup=False)
            yield self.input
        yield self.note

    def begin(self, text: str = "") -> None:
        """Show the bar with a text in it."""
        self.display = True
        self.input.value = text
        self.input.cursor_position = len(text)
        self.note.show('words find articles · is:unread feed:name tag:x after:7d -not "a phrase"')

    def end(self) -> None:
        """Take the bar away."""
        self.display = False

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tell the screen what is typed."""
        event.stop()
        if self.display:
            self.post_message(self.Typed(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Tell the screen that the search is done."""
        event.stop()
        self.post_message(self.Kept())

    def on_key(self, event: Key) -> None:
        """Take the keys that mean something else than a letter."""
        message: Message | None = None
        match event.key:
            case "escape":
                message = self.Left()
            case "down" | "ctrl+n":
                message = self.Stepped(1)
            case "up" | "ctrl+p":
                message = self.Stepped(-1)
            case "pagedown":
                message = self.Stepped(10)
            case "pageup":
                message = self.Stepped(-10)
            case "ctrl+s":
                message = self.SaveAsked()
            case "tab":
                message = self.Completed()
        if message is not None:
            event.stop()
            event.prevent_default()
            self.post_message(message)
