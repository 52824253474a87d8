"""Editing a view: its name, its query, what Enter does in it, with how much it finds."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.suggester import SuggestFromList
from textual.timer import Timer
from textual.widgets import Input, Static

from ...errors import BroadsheetError
from ...model import View
from ...records import dataclass
from .. import words
from ..dialog import Dialog
from ..rows import shown

PAUSE_SECONDS: Final = 0.15
"""A pause in typing after which the query is counted."""


@dataclass(frozen=True, slots=True)
class ViewAnswer:
    """What a view should be."""

    name: str
    query: str
    action: str


class ViewDialog(Dialog[ViewAnswer]):
    """A form of one line for each part; ``count`` returns how many articles a query finds, or raises why it cannot.

    ``actions`` are the names of what Enter may do.
    """

    hint = "Tab goes on · Enter saves · Esc leaves"

    def __init__(self, view: View, count: Callable[[str], Awaitable[int]], actions: Sequence[str]) -> None:
        super().__init__()
        self.title_text = f"View: {view.name}"
        self._count = count
        self._actions = actions
        self._timer: Timer | None = None
        self._found = Static(markup=False, classes="dialog-text")
        names = SuggestFromList(actions, case_sensitive=False)
        self._lines = {
            name: (
                label,
                Input(
                    value,
                    placeholder=hint,
                    compact=True,
                    id=f"view-{name}",
                    select_on_focus=False,
                    suggester=offers,
                ),
            )
            for name, label, value, hint, offers in (
                ("query", "Query", view.query, "sort:words gives it an order of its own", None),
                ("name", "Name", view.name, "", None),
                ("action", "Enter", view.action, "empty: opens; else an action such as browse", names),
            )
        }

    def body(self) -> ComposeResult:
        """Compose the lines, and what the query finds."""
        for label, line in self._lines.values():
            with Horizontal(classes="dialog-row"):
                yield Static(label, classes="dialog-label", markup=False)
                yield line
        yield self._found

    async def on_mount(self) -> None:
        """Count what it finds now."""
        await self._try()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Count again when the person pauses."""
        event.stop()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(PAUSE_SECONDS, self._try)

    def _typed(self, name: str) -> str:
        return self._lines[name][1].value.strip()

    async def _try(self) -> bool:
        """Tell what the query finds, or why it finds nothing; tells whether it can be used."""
        query = self._typed("query")
        try:
            found = words.plural(await self._count(query), "article")
        except BroadsheetError as error:
            self._found.update(Content(shown(str(error))))
            return False
        if query == self._typed("query"):
            self._found.update(Content(f"{found} now."))
        return True

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer, unless a line cannot be used."""
        event.stop()
        answer = ViewAnswer(self._typed("name"), self._typed("query"), self._typed("action").lower())
        if not answer.name:
            self.say("A view needs a name.")
        elif answer.action and answer.action not in self._actions:
            self.say(f"Enter can open, or do one of: {', '.join(self._actions)}.")
        elif await self._try():
            self.dismiss(answer)
