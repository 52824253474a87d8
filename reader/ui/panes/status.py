"""The status line and the footer: what is going on, what was done last, and the keys that matter here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum

from rich.cells import cell_len
from textual.events import Click
from textual.message import Message

from ...actions import Action, Context, in_context, key_label
from ..pieceline import PieceLine, spread
from ..rows import Piece, fit

BAR_CELLS = 16


class Tone(StrEnum):
    """How a message is meant."""

    DONE = "done"
    PLAIN = "text"
    ERROR = "error"


class StatusLine(PieceLine):
    """What is going on with its bar, the last action and how to undo it, errors; typed keys on the right."""

    def __init__(self) -> None:
        super().__init__(id="status")
        self._message = ""
        self._tone = Tone.PLAIN
        self._hint = ""
        self._progress = ""
        self._share = 0.0
        self._measured = False
        self._typed = ""
        self._facts = ""
        self.mirror: StatusLine | None = None
        """The line of a screen that covers this one: it shows the messages and the progress too."""

    def say(self, message: str, tone: Tone = Tone.PLAIN, hint: str = "") -> None:
        """Show a message, with a hint such as ``u undoes``."""
        self._message, self._tone, self._hint = message, tone, hint
        self.refresh()
        if self.mirror is not None:
            self.mirror.say(message, tone, hint)

    @property
    def message(self) -> str:
        """What is said at the moment."""
        return self._message

    def show_progress(self, label: str, done: int = 0, total: int = 0) -> None:
        """Show how far something has got, without a bar where nobody knows; an empty label takes it away."""
        self._progress = label
        self._share = done / total if total else 0.0
        self._measured = total > 0
        self.refresh()
        if self.mirror is not None:
            self.mirror.show_progress(label, done, total)

    def show_typed(self, typed: str) -> None:
        """Show the keys typed so far of a count or a sequence."""
        if typed != self._typed:
            self._typed = typed
            self.refresh()

    def show_facts(self, facts: str) -> None:
        """Show what is true of the list: rows selected, place in it."""
        if facts != self._facts:
            self._facts = facts
            self.refresh()

    def pieces(self, width: int) -> list[Piece]:
        """Return message and progress on the left, typed keys and facts on the right."""
        right = []
        if self._typed:
            right.append(Piece(f" {self._typed}… ", "key"))
        if self._facts and width > 50:
            right.append(Piece(f" {self._facts} ", "muted"))
        left = [Piece(" ")]
        if self._progress:
            left += self._bar()
        if self._message:
            left.append(Piece(self._message, self._tone))
            if self._hint:
                left.append(Piece(f"  {self._hint}", "muted"))
        return spread(left, right, width, Piece(" "))

    def _bar(self) -> list[Piece]:
        if not self._measured:
            return [Piece(f"… {self._progress}   ", "text")]
        full = round(self._share * BAR_CELLS)
        return [
            Piece("━" * full, "bar"),
            Piece("─" * (BAR_CELLS - full), "bar-rest"),
            Piece(f" {self._progress}   ", "text"),
        ]


class Footer(PieceLine):
    """The keys that matter where the focus is, made from the registry; a click presses one."""

    class Chosen(Message):
        """A key of the footer was clicked."""

        def __init__(self, action: Action) -> None:
            super().__init__()
            self.action = action

    def __init__(self, keys: Callable[[Action], Sequence[str]]) -> None:
        super().__init__(id="footer")
        self._keys = keys
        self._where = Context.ENTRIES
        self._spans: list[tuple[int, int, Action]] = []

    def show(self, context: Context) -> None:
        """Show the keys of a context."""
        if context is not self._where:
            self._where = context
            self.refresh()

    def pieces(self, width: int) -> list[Piece]:
        """Return as many keys as there is room for, in the registry's order, help always among them."""
        hints = [
            (key_label(keys[0]), action)
            for action in in_context(self._where)
            if action.short and (keys := self._keys(action))
        ]
        last = [hint for hint in hints if hint[1].name in ("help", "quit", "leave-triage")]
        first = [hint for hint in hints if hint not in last]
        room = width - 1 - sum(_width(*hint) for hint in last)
        pieces, at = [Piece(" ")], 1
        self._spans = []
        for label, action in [*_fitting(first, room), *last]:
            size = _width(label, action)
            self._spans.append((at, at + size - 2, action))
            pieces += [Piece(label, "key"), Piece(f" {action.short}  ", "muted")]
            at += size
        return [*pieces, Piece(fit("", max(0, width - at)))]

    def on_click(self, event: Click) -> None:
        """Press the key that was clicked."""
        for start, end, action in self._spans:
            if start <= event.x < end:
                self.post_message(self.Chosen(action))


def _width(label: str, action: Action) -> int:
    return cell_len(label) + cell_len(action.short) + 3


def _fitting(hints: list[tuple[str, Action]], room: int) -> list[tuple[str, Action]]:
    kept = []
    for hint in hints:
        room -= _width(*hint)
        if room < 0:
            break
        kept.append(hint)
    return kept
