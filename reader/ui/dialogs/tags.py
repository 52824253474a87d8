"""Setting tags: type-ahead over the tags there are, several at once, new ones made on the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.content import Content
from textual.events import Key
from textual.widgets import Input, Static

from .. import fuzzy
from ..dialog import Choice, ChoiceList, Dialog
from ..linelist import LineList
from ..tagnames import normal_tag


@dataclass(frozen=True, slots=True)
class TagAnswer:
    """Tags to set and to take off."""

    add: tuple[str, ...]
    remove: tuple[str, ...]


class TagsDialog(Dialog[TagAnswer]):
    """Marks the tags of one article or of several.

    Tab or a comma toggles the highlighted tag and goes on; Enter toggles it and applies; Enter on an empty line applies.
    """

    hint = "Tab or , toggles · Enter toggles and applies · Esc leaves"

    def __init__(self, title: str, had: Mapping[str, int], of: int, known: Sequence[str]) -> None:
        """``had`` tells how many of the ``of`` articles have each tag; ``known`` are all tags, most fitting first."""
        super().__init__()
        self.title_text = title
        self._had = dict(had)
        self._of = of
        self._known = list(dict.fromkeys([*had, *known]))
        self._wanted: dict[str, bool] = {}

    def body(self) -> ComposeResult:
        """Compose the tags set, the line to type in, and the list."""
        yield Static(id="tags-set", classes="dialog-text", markup=False)
        yield Input(placeholder="a tag, old or new", compact=True, classes="dialog-input")
        yield ChoiceList()

    def on_mount(self) -> None:
        """Show the tags."""
        self._show("")

    def suggest(self, names: Sequence[str]) -> None:
        """Put the tags that fit best in front."""
        self._known = list(dict.fromkeys([*self._had, *names, *self._known]))
        self._show(self.query_one(Input).value)

    def _has(self, name: str) -> bool | None:
        """Tell whether the articles will have a tag; None when some have and it was not touched."""
        if name in self._wanted:
            return self._wanted[name]
        count = self._had.get(name, 0)
        return count >= self._of if count in (0, self._of) else None

    def _show(self, typed: str) -> None:
        wanted = normal_tag(typed)
        names = fuzzy.best(wanted, self._known, lambda name: name)
        choices: list[Choice[object]] = [Choice(f"#{name}", name, mark=self._sign(name)) for name in names]
        if wanted and fuzzy.fold(wanted) not in {fuzzy.fold(name) for name in self._known}:
            new: Choice[object] = Choice(f"#{wanted}", wanted, note="new tag", mark="+")
            exact = bool(names) and fuzzy.fold(names[0]).startswith(fuzzy.fold(wanted))
            choices.insert(1 if exact else 0, new)
        self.query_one(ChoiceList).show(choices)
        kept = [f"#{name}" for name in self._known if self._has(name)]
        self.query_one("#tags-set", Static).update(Content("  ".join(kept) or "no tags yet"))

    def _sign(self, name: str) -> str:
        return {True: "✓", False: "·", None: "−"}[self._has(name)]

    def _toggle(self) -> None:
        current = self.query_one(ChoiceList).current
        if current is None:
            return
        name = str(current.value)
        if name not in self._known:
            self._known.insert(0, name)
        self._wanted[name] = not self._has(name)
        self.query_one(Input).value = ""
        self._show("")

    def _apply(self) -> None:
        add = tuple(name for name, on in self._wanted.items() if on and self._had.get(name, 0) < self._of)
        remove = tuple(name for name, on in self._wanted.items() if not on and self._had.get(name, 0))
        self.dismiss(TagAnswer(add, remove))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter; a comma toggles what was typed before it."""
        event.stop()
        if "," in event.value:
            self._show(event.value.replace(",", ""))
            self._toggle()
        else:
            self._show(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Toggle what is typed, and apply."""
        event.stop()
        if event.value.strip():
            self._toggle()
        self._apply()

    def on_line_list_pressed(self, event: LineList.Pressed) -> None:
        """Toggle the tag that was clicked."""
        event.stop()
        choices = self.query_one(ChoiceList)
        if 0 <= event.line < len(choices.choices):
            choices.cursor = event.line
            self._toggle()

    def on_key(self, event: Key) -> None:
        """Move the highlight, toggle, leave."""
        choices = self.query_one(ChoiceList)
        match event.key:
            case "down" | "ctrl+n":
                choices.move(1)
            case "up" | "ctrl+p":
                choices.move(-1)
            case "tab":
                self._toggle()
            case _:
                super().on_key(event)
                return
        event.stop()
        event.prevent_default()

