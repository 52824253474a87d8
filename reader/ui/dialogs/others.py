"""The further articles that were found on the page of an article: to read here, or to keep."""

from __future__ import annotations

from collections.abc import Sequence

from textual.events import Key

from ...document import plain_text
from ...export.part import title_of_part
from ...model import Appended
from .. import words
from ..dialog import Choice, Picker

Chosen = tuple[Appended, bool]
"""An article, and whether it is to be kept rather than shown."""


class OthersDialog(Picker[Chosen]):
    """Answers with one of the further articles, and what to do with it."""

    def __init__(self, others: Sequence[Appended]) -> None:
        super().__init__(
            "Further articles of this page",
            [Choice(title_of_part(other), (other, False), _length(other)) for other in others],
            placeholder="words of the title",
            hint="Enter shows · Ctrl+S keeps in Saved pages · Esc leaves",
            empty="No article has these words.",
        )

    def on_key(self, event: Key) -> None:
        """Keep the highlighted article."""
        current = self.list.current
        if event.key == "ctrl+s" and current is not None:
            event.stop()
            event.prevent_default()
            assert isinstance(current.value, tuple)
            self.dismiss((current.value[0], True))


def _length(other: Appended) -> str:
    return words.plural(len(plain_text(other.blocks).split()), "word")
