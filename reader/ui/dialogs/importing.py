"""Importing subscriptions: a path with completion, and other readers' files that are on this machine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from textual.app import ComposeResult
from textual.events import Key
from textual.widgets import Input

from ...neighbours import Neighbour
from ..aside import aside
from ..dialog import Choice, ChoiceList, Dialog
from ..filenames import file_offers
from ..linelist import LineList


class ImportDialog(Dialog[Path]):
    """Asks for a file with subscriptions; ``find`` looks for those of other readers, on a thread."""

    title_text = "Import subscriptions"
    hint = "Type a path · Tab completes · Enter imports · Esc leaves"

    def __init__(self, find: Callable[[], Sequence[Neighbour]]) -> None:
        super().__init__()
        self._find = find
        self._neighbours: Sequence[Neighbour] = ()
        self._line = Input(
            placeholder="an OPML file, newsboat's urls, a list of addresses",
            compact=True,
            classes="dialog-input",
            select_on_focus=False,
        )
        self._list = ChoiceList()

    def body(self) -> ComposeResult:
        """Compose the path and what it could become."""
        yield self._line
        yield self._list

    def on_mount(self) -> None:
        """Look for other readers' files."""
        self.run_worker(self._look_around())

    async def _look_around(self) -> None:
        self._neighbours = await aside(self._find)
        if not self._typed:
            self._show_neighbours()

    @property
    def _typed(self) -> str:
        return self._line.value.strip()

    def _show_neighbours(self) -> None:
        found = [Choice(tilde(one.path), str(one.path), one.program or "OPML") for one in self._neighbours]
        heading = [Choice("Found on this machine", "", heading=True)] if found else []
        self._list.show([*heading, *found])
        self.say(self.hint if found else f"No other reader's list was found here. {self.hint}")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Offer what the path could become."""
        event.stop()
        if event.value.strip():
            self.run_worker(self._complete())
        else:
            self._show_neighbours()

    async def _complete(self) -> None:
        typed = self._typed
        found = await aside(partial(file_offers, typed))
        if typed != self._typed:
            return
        choices = [
            Choice(offer.name, offer.text, "directory" if offer.is_directory else "") for offer in found
        ]
        self._list.show(choices)
        self.say(self.hint if choices else f"Nothing begins with {typed}.")

    def _take(self, path: str) -> None:
        self._line.value = path
        self._line.cursor_position = len(path)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Import the file that is typed, else the highlighted one."""
        event.stop()
        self.run_worker(self._accept())

    async def _accept(self) -> None:
        typed = self._typed
        current = self._list.current
        for path in dict.fromkeys(filter(None, (typed, str(current.value) if current else ""))):
            file = await aside(partial(_file, path))
            if file is not None:
                if self.is_current:  # Enter was pressed twice
                    self.dismiss(file)
                return
        if current is not None and str(current.value).endswith("/"):
            self._take(str(current.value))
        else:
            self.say(f"There is no file {typed}." if typed else self.hint)

    def on_line_list_pressed(self, event: LineList.Pressed) -> None:
        """Take what was clicked; a double click imports it."""
        event.stop()
        self._list.move(event.line, from_line=0)
        if event.chain == 2:
            self.run_worker(self._accept())

    def on_key(self, event: Key) -> None:
        """Move the highlight, or take it into the line."""
        listed = self._list
        steps = {
            "down": 1,
            "ctrl+n": 1,
            "up": -1,
            "ctrl+p": -1,
            "pagedown": listed.page,
            "pageup": -listed.page,
        }
        if event.key in steps:
            listed.move(steps[event.key])
        elif event.key == "tab":
            if listed.current is not None:
                self._take(tilde(Path(str(listed.current.value)), str(listed.current.value)))
        else:
            return
        event.stop()
        event.prevent_default()


def _file(typed: str) -> Path | None:
    """Return the file that a typed path names, or ``None``."""
    try:
        path = Path(typed).expanduser()
        return path if path.is_file() else None
    except (OSError, ValueError, RuntimeError):
        return None


def tilde(path: Path, typed: str = "") -> str:
    """Return a path as a person writes it, the home directory as ``~``; what was typed with a ``~`` stays."""
    if typed and not typed.startswith("/"):
        return typed
    text = typed or str(path)
    home = str(Path.home())
    return "~" + text[len(home) :] if text.startswith(home + "/") else text
