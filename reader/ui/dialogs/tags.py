"""Setting tags: type-ahead over the tags there are, several at once, new ones made on the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.app import ComposeResult
from textual.content import Content
from textual.events import Key
from textual.message import Message
from textual.widgets import Input, Static

from ...records import dataclass
from .. import fuzzy
from ..dialog import Choice, ChoiceList, Dialog
from ..linelist import LineList
from ..tagnames import normal_tag


@dataclass(frozen=True, slots=True)
class TagAnswer:
    """Tags to set and to take off."""

    add: tuple[str, ...]
    remove: tuple[str, ...]


class TagLine(Input):
    """Where tags are typed. Tab is taken here, between the characters it came between, and not by the dialog later."""

    class Toggled(Message):
        """Tab: what was typed last is taken."""

    def __init__(self) -> None:
        super().__init__(placeholder="a tag, old or new", compact=True, classes="dialog-input")

    def toggle(self) -> None:
        """Take the last of what is typed out of the line, and say so."""
        before, comma, _ = self.value.rpartition(",")
        self.post_message(self.Toggled())
        self.value = before + comma
        self.cursor_position = len(self.value)

    def on_key(self, event: Key) -> None:
        """Take Tab."""
        if event.key == "tab":
            event.stop()
            event.prevent_default()
            self.toggle()


class TagsDialog(Dialog[TagAnswer]):
    """Marks the tags of one article or of several.

    Several are typed with commas between them. Tab toggles the highlighted tag and goes on; Enter toggles what is typed and
    applies; Enter on an empty line applies. Nothing typed is taken out of the line behind the typist's back.
    """

    hint = "Tab toggles · , between several · Enter applies · Esc leaves"

    def __init__(self, title: str, had: Mapping[str, int], of: int, known: Sequence[str]) -> None:
        """``had`` tells how many of the ``of`` articles have each tag; ``known`` are all tags, most fitting first."""
        super().__init__()
        self.title_text = title
        self._had = dict(had)
        self._of = of
        self._known = list(dict.fromkeys([*had, *known]))
        self._wanted: dict[str, bool] = {}
        self._set = Static(id="tags-set", classes="dialog-text", markup=False)
        self._line = TagLine()
        self._list = ChoiceList()

    def body(self) -> ComposeResult:
        """Compose the tags set, the line to type in, and the list."""
        yield self._set
        yield self._line
        yield self._list

    def on_mount(self) -> None:
        """Show the tags."""
        self._show("")

    def suggest(self, names: Sequence[str]) -> None:
        """Put the tags that fit best in front."""
        self._known = list(dict.fromkeys([*self._had, *names, *self._known]))
        self._show(self._line.value.rpartition(",")[2])

    def _has(self, name: str) -> bool | None:
        """Tell whether the articles will have a tag; None when some have and it was not touched."""
        if name in self._wanted:
            return self._wanted[name]
        count = self._had.get(name, 0)
        return count >= self._of if count in (0, self._of) else None

    def _choices(self, typed: str) -> list[Choice[object]]:
        """Return the tags that answer what is typed, the best first, a new one among them."""
        wanted = normal_tag(typed)
        names = fuzzy.best(wanted, self._known, lambda name: name)
        choices: list[Choice[object]] = [Choice(f"#{name}", name, mark=self._sign(name)) for name in names]
        if wanted and fuzzy.fold(wanted) not in {fuzzy.fold(name) for name in self._known}:
            new: Choice[object] = Choice(f"#{wanted}", wanted, note="new tag", mark="+")
            begins = bool(names) and fuzzy.fold(names[0]).startswith(fuzzy.fold(wanted))
            choices.insert(1 if begins else 0, new)
        return choices

    def _show(self, typed: str) -> None:
        self._list.show(self._choices(typed))
        kept = [f"#{name}" for name in self._known if self._has(name)]
        self._set.update(Content("  ".join(kept) or "no tags yet"))

    def _sign(self, name: str) -> str:
        return {True: "✓", False: "·", None: "−"}[self._has(name)]

    def _toggle(self, choice: Choice[object] | None) -> None:
        if choice is None:
            return
        name = str(choice.value)
        if name not in self._known:
            self._known.insert(0, name)
        self._wanted[name] = not self._has(name)

    def on_tag_line_toggled(self, event: TagLine.Toggled) -> None:
        """Toggle the highlighted tag, in place of the last one that was typed."""
        event.stop()
        self._toggle(self._list.current)
        self._show("")

    def _apply(self) -> None:
        add = tuple(name for name, on in self._wanted.items() if on and self._had.get(name, 0) < self._of)
        remove = tuple(name for name, on in self._wanted.items() if not on and self._had.get(name, 0))
        self.dismiss(TagAnswer(add, remove))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what answers the tag that is being typed, the last one."""
        event.stop()
        self._show(event.value.rpartition(",")[2])

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Toggle all that is typed, each the best that answers it, the last one as highlighted; and apply."""
        event.stop()
        *before, last = event.value.split(",")
        for typed in before:
            if typed.strip():
                self._toggle(next(iter(self._choices(typed)), None))
        if last.strip():
            self._toggle(self._list.current)
        self._apply()

    def on_line_list_pressed(self, event: LineList.Pressed) -> None:
        """Toggle the tag that was clicked."""
        event.stop()
        if 0 <= event.line < len(self._list.choices):
            self._list.cursor = event.line
            self._line.toggle()

    def on_key(self, event: Key) -> None:
        """Move the highlight."""
        match event.key:
            case "down" | "ctrl+n":
                self._list.move(1)
            case "up" | "ctrl+p":
                self._list.move(-1)
            case _:
                return
        event.stop()
        event.prevent_default()
