"""Choosing among the bundled sources to begin with."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import groupby

from textual.app import ComposeResult
from textual.events import Key

from ...starters import Starter
from ..dialog import Choice, ChoiceList, Dialog
from ..linelist import LineList
from ..words import plural


class StarterDialog(Dialog[tuple[Starter, ...]]):
    """Marks sources under their topics; answers with the marked ones, else with the highlighted one."""

    AUTO_FOCUS = ""
    title_text = "Sources to begin with"
    hint = "Space marks · t marks the topic · Enter adds · Esc leaves"

    def __init__(self, starters: Sequence[Starter], subscribed: Collection[str]) -> None:
        super().__init__()
        self.add_class("-tall")
        self._starters = starters
        self._subscribed = subscribed
        self._marked: set[Starter] = set()
        self._list = ChoiceList()

    def body(self) -> ComposeResult:
        """Compose the list."""
        yield self._list

    def on_mount(self) -> None:
        """Show the list from its top."""
        self._show(0)

    @property
    def _current(self) -> Starter | None:
        choice = self._list.current
        return choice.value if choice is not None and isinstance(choice.value, Starter) else None

    def _show(self, cursor: int) -> None:
        choices: list[Choice[object]] = []
        for topic, group in groupby(self._starters, key=lambda starter: starter.topic):
            choices.append(Choice(topic, None, heading=True))
            choices += [self._choice(starter) for starter in group]
        self._list.show(choices, cursor)
        count = plural(len(self._marked), "source")
        self.say(f"{count} marked · {self.hint}" if self._marked else self.hint)

    def _choice(self, starter: Starter) -> Choice[object]:
        note = "already there" if starter.url in self._subscribed else starter.about
        return Choice(f"{starter.title:<26}", starter, note, mark="✓" if starter in self._marked else "·")

    def _mark(self, starters: Collection[Starter], *, go_on: bool) -> None:
        if self._marked.issuperset(starters):
            self._marked.difference_update(starters)
        else:
            self._marked.update(starters)
        self._show(self._list.cursor)
        if go_on:
            self._list.move(1)

    def _accept(self) -> None:
        highlighted = (self._current,) if self._current is not None else ()
        chosen = tuple(one for one in self._starters if one in self._marked) or highlighted
        if chosen:
            self.dismiss(chosen)

    def on_line_list_pressed(self, event: LineList.Pressed) -> None:
        """Mark what was clicked."""
        event.stop()
        self._list.move(event.line, from_line=0)
        current = self._current
        if current is not None:
            self._mark({current}, go_on=False)

    def on_key(self, event: Key) -> None:
        """Move, mark or answer."""
        listed, current = self._list, self._current
        steps = {
            "down": 1, "j": 1, "up": -1, "k": -1, "pagedown": listed.page, "pageup": -listed.page,
            "home": -len(listed.choices), "end": len(listed.choices), "g": -len(listed.choices), "G": len(listed.choices),
        }  # fmt: skip
        if event.key in steps:
            listed.move(steps[event.key])
        elif event.key in ("space", "v", "x") and current is not None:
            self._mark({current}, go_on=True)
        elif event.key == "t" and current is not None:
            self._mark([one for one in self._starters if one.topic == current.topic], go_on=False)
        elif event.key == "enter":
            self._accept()
        elif event.key == "q":
            self.dismiss(None)
        else:
            return
        event.stop()
        event.prevent_default()
