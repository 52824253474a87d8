"""A line of text, a note, or a yes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.app import ComposeResult
from textual.content import Content
from textual.events import Key
from textual.widgets import Input, Static

from ..dialog import Dialog
from ..rows import shown


class Prompt(Dialog[str]):
    """Asks for a line; ``check`` returns why a line cannot be used, or nothing."""

    def __init__(
        self, title: str, value: str = "", *, placeholder: str = "", check: Callable[[str], str] | None = None
    ) -> None:
        super().__init__()
        self.title_text = title
        self._value = value
        self._placeholder = placeholder
        self._check = check

    def body(self) -> ComposeResult:
        """Compose the line."""
        yield Input(
            self._value,
            placeholder=self._placeholder,
            compact=True,
            classes="dialog-input",
            select_on_focus=False,
        )

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer with the line, unless it cannot be used."""
        event.stop()
        wrong = self._check(event.value) if self._check is not None else ""
        if wrong:
            self.say(wrong)
        else:
            self.dismiss(event.value)


class NotePrompt(Prompt):
    """Asks for a note in one line; a longer one is written in an editor, with what was typed so far."""

    hint = "Enter keeps it · Ctrl+G writes it in $EDITOR · Esc leaves"

    def __init__(self, title: str, value: str) -> None:
        super().__init__(title, value)
        self.wants_editor = False
        """Whether the answer is only the beginning of a note to be written in the editor."""

    def on_key(self, event: Key) -> None:
        """Answer with what was typed so far, for the editor."""
        if event.key == "ctrl+g":
            event.stop()
            event.prevent_default()
            self.wants_editor = True
            self.dismiss(self.query_one(Input).value)


class Confirm(Dialog[bool]):
    """Shows what is about to happen; Enter or y does it."""

    AUTO_FOCUS = ""
    hint = "Enter does it · Esc leaves"

    def __init__(self, title: str, lines: Sequence[str] = ()) -> None:
        super().__init__()
        self.title_text = title
        self._lines = lines

    def body(self) -> ComposeResult:
        """Compose the lines."""
        yield Static(
            Content("\n".join(shown(line) for line in self._lines)), classes="dialog-text", markup=False
        )

    def on_key(self, event: Key) -> None:
        """Answer."""
        answers = {"enter": True, "y": True, "n": None, "q": None}
        if event.key in answers:
            event.stop()
            event.prevent_default()
            self.dismiss(answers[event.key])
