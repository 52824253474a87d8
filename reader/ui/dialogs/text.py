"""Some lines to read, scrolled with the usual keys."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Key
from textual.widgets import Static

from ..dialog import Dialog
from ..rows import shown


class TextDialog(Dialog[bool]):
    """Shows lines; any of Esc, q and Enter leaves."""

    AUTO_FOCUS = ""
    hint = "j k scroll · Esc leaves"

    def __init__(self, title: str, lines: Sequence[str]) -> None:
        super().__init__()
        self.title_text = title
        self._lines = lines
        self._scroll = VerticalScroll(can_focus=False)

    def body(self) -> ComposeResult:
        """Compose the lines."""
        with self._scroll:
            yield Static(Content("\n".join(shown(line) for line in self._lines)), markup=False)

    def on_key(self, event: Key) -> None:
        """Scroll, or leave."""
        scroll = self._scroll
        event.stop()
        event.prevent_default()
        match event.key:
            case "escape" | "q" | "enter" | "i":
                self.dismiss(None)
            case "j" | "down":
                scroll.scroll_relative(y=1, animate=False)
            case "k" | "up":
                scroll.scroll_relative(y=-1, animate=False)
            case "space" | "pagedown" | "ctrl+d":
                scroll.scroll_page_down(animate=False)
            case "b" | "pageup" | "ctrl+u":
                scroll.scroll_page_up(animate=False)
            case "G" | "end":
                scroll.scroll_end(animate=False)
            case "g" | "home":
                scroll.scroll_home(animate=False)
