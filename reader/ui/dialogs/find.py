"""Finding in the article that is open: a line at the bottom, and the article above it follows what is typed."""

from __future__ import annotations

from typing import Protocol

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.events import Key
from textual.widgets import Input, Static

from ..dialog import Dialog


class Findable(Protocol):
    """What is searched: the article pane."""

    @property
    def match(self) -> tuple[int, int]:
        """The number of the match one is at, and how many there are."""

    def find(self, text: str) -> int:
        """Go to the first match from here on; return how many there are."""

    def find_next(self) -> tuple[int, int]:
        """Go to the next match."""

    def find_previous(self) -> tuple[int, int]:
        """Go to the match before."""


class FindDialog(Dialog[bool]):
    """Finds as one types; Enter stays at the match, Esc lets go of all of them."""

    DEFAULT_CSS = """
    FindDialog { align: left bottom; background: $background 0%; }
    FindDialog > Horizontal { height: 1; width: 100%; background: $panel; }
    FindDialog Static { width: auto; padding: 0 1; color: $ink-muted; }
    FindDialog Input { width: 1fr; }
    """

    def __init__(self, article: Findable) -> None:
        super().__init__()
        self._article = article
        self._line = Input(compact=True, placeholder="words in this article")
        self._counted = Static(
            "↑ ↓ other places · Enter stays · Esc leaves", classes="dialog-count", markup=False
        )

    def compose(self) -> ComposeResult:
        """Compose the line and the count."""
        with Horizontal():
            yield Static("Find", markup=False)
            yield self._line
            yield self._counted

    def on_input_changed(self, event: Input.Changed) -> None:
        """Go to the first match."""
        event.stop()
        self._article.find(event.value)
        self._count()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Stay where the match is."""
        event.stop()
        self.dismiss(True)

    def on_key(self, event: Key) -> None:
        """Go from match to match, or leave without any."""
        match event.key:
            case "down" | "ctrl+n":
                self._article.find_next()
            case "up" | "ctrl+p":
                self._article.find_previous()
            case "escape":
                self._article.find("")
                return
            case _:
                return
        event.stop()
        event.prevent_default()
        self._count()

    def _count(self) -> None:
        at, of = self._article.match
        self._counted.update(Content(f"{at}/{of}" if of else "not found" if self._line.value else ""))
