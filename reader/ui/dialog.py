"""What dialogs are made of: a frame, a list of choices, and the picker that filters them as one types."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Final, Generic, TypeVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from ..records import dataclass
from . import fuzzy
from .answering import AnswersOnce
from .linelist import LineList
from .rows import Piece, fit, shown

LINES: Final = 14
"""Choices in view at once."""

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Dialog(AnswersOnce[T], ModalScreen[T]):
    """Something asked in between: a title, what the subclass puts below it, and a line of hints.

    Esc always leaves without an answer. Textual calls the ``on_key`` of every class of a dialog, the subclass's first:
    a subclass that takes a key prevents the default, and never calls this one.
    """

    AUTO_FOCUS: ClassVar[str | None] = "Input"
    title_text: str = ""
    hint: str = "Enter accepts · Esc leaves"

    def __init__(self) -> None:
        super().__init__()
        # Kept, here and in the subclasses, and not looked up: a message may come when the dialog has been left.
        self._hint_line = Static(classes="dialog-hint", markup=False)

    def compose(self) -> ComposeResult:
        """Compose the frame around the subclass's body."""
        with Vertical(classes="dialog"):
            yield Static(Content(shown(self.title_text)), classes="dialog-title", markup=False)
            yield from self.body()
            yield self._hint_line
        self.say(self.hint)

    def body(self) -> ComposeResult:
        """Compose what stands between title and hints."""
        raise NotImplementedError

    def say(self, text: str) -> None:
        """Show another line of hints."""
        self._hint_line.update(Content(shown(text)))

    def take_focus(self) -> None:
        """Give the keys to the dialog; called when it is mounted, before the next key is read."""
        line = next(iter(self.query(Input)), None)
        if line is not None:
            self.set_focus(line)

    def on_key(self, event: Key) -> None:
        """Leave on Esc."""
        if event.key in ("escape", "ctrl+c"):
            event.stop()
            self.dismiss(None)


@dataclass(frozen=True, slots=True)
class Choice(Generic[T_co]):
    """One of several: what is shown, what stands beside it, and the answer it is."""

    label: str
    value: T_co
    note: str = ""
    heading: bool = False
    """Not a choice but a heading above some."""
    mark: str = ""


class ChoiceList(LineList, can_focus=False):
    """Choices, one a line, one of them highlighted."""

    def __init__(self) -> None:
        super().__init__()
        self.choices: Sequence[Choice[object]] = ()
        self.cursor = 0

    def show(self, choices: Sequence[Choice[object]], cursor: int = 0) -> None:
        """Show other choices."""
        self.choices = choices
        self.cursor = 0
        self.resize_lines(len(choices))
        self.move(cursor, from_line=0)
        self.scroll_to(y=0, animate=False, force=True) if cursor == 0 else self.reveal(cursor)

    @property
    def current(self) -> Choice[object] | None:
        """The highlighted choice."""
        if 0 <= self.cursor < len(self.choices) and not self.choices[self.cursor].heading:
            return self.choices[self.cursor]
        return None

    def move(self, steps: int, *, from_line: int | None = None) -> None:
        """Highlight the choice so many lines further; headings are stepped over, the ends hold."""
        if not self.choices:
            return
        step = 1 if steps >= 0 else -1
        line = max(0, min((self.cursor if from_line is None else from_line) + steps, len(self.choices) - 1))
        while 0 <= line < len(self.choices) and self.choices[line].heading:
            line += step
        if not 0 <= line < len(self.choices):
            line = next((n for n, choice in enumerate(self.choices) if not choice.heading), 0)
        self.cursor = line
        self.reveal(line)
        self.refresh()

    def ground(self, line: int) -> str:
        """Return the background of a line."""
        return "row" if line == self.cursor else ""

    def pieces(self, line: int) -> list[Piece]:
        """Return what stands on a line."""
        if line >= len(self.choices):
            return []
        choice, width = self.choices[line], self.text_width
        if choice.heading:
            return [Piece(fit(choice.label, width), "heading")]
        cursor = Piece("▸" if line == self.cursor else " ", "cursor")
        mark = f"{choice.mark} " if choice.mark else ""
        note = shown(choice.note)
        room = width - 2 - cell_len(mark)
        label = shown(choice.label)
        label_room = room if not note else max(min(cell_len(label), room), room - cell_len(note) - 2)
        if note and label_room > room * 3 // 4:
            label_room = min(max(room * 3 // 5, room - cell_len(note) - 2), label_room)
        note_room = max(0, room - label_room - 1)
        return [
            cursor,
            Piece(" "),
            Piece(mark, "selected"),
            Piece(fit(label, label_room), "title"),
            Piece(" "),
            Piece(fit(note, note_room) if note else "", "meta"),
        ]


class Picker(Dialog[T]):
    """One of several choices, filtered by what is typed."""

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice[T]],
        *,
        placeholder: str = "type to filter",
        hint: str = "↑ ↓ choose · Enter accepts · Esc leaves",
        free: Callable[[str], Choice[T] | None] | None = None,
        preview: Callable[[T], None] | None = None,
        empty: str = "Nothing here.",
    ) -> None:
        super().__init__()
        self.title_text = title
        self.hint = hint
        self._choices = choices
        self._free = free
        self._preview = preview
        self._empty = empty
        self.line = Input(placeholder=placeholder, compact=True, classes="dialog-input")
        self.list = ChoiceList()

    def body(self) -> ComposeResult:
        """Compose the line to type in and the list."""
        yield self.line
        yield self.list

    def on_mount(self) -> None:
        """Show all choices, in a list as long as they need; a tall picker's fills the frame."""
        if not self.has_class("-tall"):
            self.list.styles.height = max(3, min(LINES, len(self._choices) or LINES))
        self._filter("")

    def offer(self, choices: Sequence[Choice[T]]) -> None:
        """Show other choices, filtered by what is typed."""
        self._choices = choices
        self._filter(self.line.value)

    def _filter(self, typed: str) -> None:
        if typed.strip():
            candidates = [choice for choice in self._choices if not choice.heading]
            found = fuzzy.best(typed, candidates, lambda choice: f"{choice.label} {choice.note}")
        else:
            found = list(self._choices)
        free = self._free(typed) if self._free is not None and typed.strip() else None
        if free is not None:
            found.insert(0, free)
        self.list.show(found)
        self.say(self.hint if found else self._empty)
        self._show_preview()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter by what is typed."""
        event.stop()
        self._filter(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer with the highlighted choice."""
        event.stop()
        self.accept()

    def on_line_list_pressed(self, event: LineList.Pressed) -> None:
        """Answer with the choice that was clicked."""
        event.stop()
        if 0 <= event.line < len(self.list.choices) and not self.list.choices[event.line].heading:
            self.list.cursor = event.line
            self.accept()

    def accept(self) -> None:
        """Answer with the highlighted choice; leave without an answer when there is none."""
        current = self.list.current
        if current is not None:
            self.dismiss(current.value)  # type: ignore[arg-type]  # the list holds what was handed in

    def on_key(self, event: Key) -> None:
        """Move the highlight."""
        steps = {
            "down": 1, "ctrl+n": 1, "up": -1, "ctrl+p": -1, "pagedown": self.list.page, "pageup": -self.list.page,
            "tab": 1, "shift+tab": -1,
        }.get(event.key)  # fmt: skip
        if steps is None:
            return
        event.stop()
        event.prevent_default()
        self.list.move(steps)
        self._show_preview()

    def _show_preview(self) -> None:
        current = self.list.current
        if self._preview is not None and current is not None:
            self._preview(current.value)  # type: ignore[arg-type]  # the list holds what was handed in
