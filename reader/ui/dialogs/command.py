"""The ``:`` line: actions by name, bulk verbs by query, with completion and a history."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import Key
from textual.widgets import Input, Static

from ...query import Completion
from ..dialog import Choice, ChoiceList, Dialog
from ..linelist import LineList

Completer = Callable[[str, int], Sequence[Completion]]
Checker = Callable[[str], str]


class CommandDialog(Dialog[str]):
    """A line at the bottom with its completions above it."""

    def __init__(self, complete: Completer, check: Checker, history: Sequence[str]) -> None:
        """``complete`` offers what could stand at the cursor, ``check`` says why a line cannot be carried out."""
        super().__init__()
        self._complete = complete
        self._check = check
        self._history = list(history)
        self._at = len(self._history)
        self._offers: Sequence[Completion] = ()
        self._list = ChoiceList()
        self._note = Static(id="command-note", markup=False)
        self._line = Input(compact=True, id="command-input", select_on_focus=False)

    def compose(self) -> ComposeResult:
        """Compose the completions, what is wrong, and the line."""
        with Vertical(id="command-box"):
            yield self._list
            yield self._note
            with Horizontal(id="command-line"):
                yield Static(":", id="command-sign", markup=False)
                yield self._line

    def on_mount(self) -> None:
        """Offer the first completions."""
        self._offer("")

    def _offer(self, text: str) -> None:
        self._offers = self._complete(text, min(self._line.cursor_position, len(text)))[:12]
        listed = self._list
        listed.show([Choice(offer.text, offer, offer.meaning) for offer in self._offers])
        listed.styles.height = len(self._offers)
        listed.display = bool(self._offers)

    def say(self, text: str) -> None:
        """Show what is wrong."""
        self._note.update(Content(text))
        self._note.display = bool(text)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Complete what is typed."""
        event.stop()
        self.say("")
        self._offer(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer with the line, unless it cannot be carried out."""
        event.stop()
        wrong = self._check(event.value)
        if wrong:
            self.say(wrong)
        else:
            self.dismiss(event.value.strip())

    def on_line_list_pressed(self, event: LineList.Pressed) -> None:
        """Take the completion that was clicked."""
        event.stop()
        self._list.cursor = event.line
        self._take()

    def _take(self) -> None:
        current = self._list.current
        if current is None or not isinstance(current.value, Completion):
            return
        offer, line = current.value, self._line
        line.value = line.value[: offer.start] + offer.text + line.value[offer.end :]
        line.cursor_position = offer.start + len(offer.text)
        self._offer(line.value)

    def _recall(self, step: int) -> None:
        self._at = max(0, min(len(self._history), self._at + step))
        line = self._line
        line.value = self._history[self._at] if self._at < len(self._history) else ""
        line.cursor_position = len(line.value)

    def on_key(self, event: Key) -> None:
        """Complete with Tab, choose with the arrows, recall with them on an empty line, leave with Esc."""
        line, listed = self._line, self._list
        recalling = not line.value or self._at < len(self._history)
        match event.key:
            case "tab":
                self._take()
            case "up" if recalling:
                self._recall(-1)
            case "down" if recalling:
                self._recall(1)
            case "up" | "ctrl+p":
                listed.move(-1)
            case "down" | "ctrl+n":
                listed.move(1)
            case "escape" | "ctrl+c":
                self.dismiss(None)
            case _:
                return
        event.stop()
        event.prevent_default()
