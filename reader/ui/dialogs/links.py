"""All links of an article, filtered by what is typed: their words and where they lead."""

from __future__ import annotations

from collections.abc import Sequence

from textual.events import Key

from ...typeset import Link
from ..dialog import Choice, Picker
from ..hints import Action

Chosen = tuple[str, Action]
"""An address, and what to do with it."""


class LinksDialog(Picker[Chosen]):
    """Answers with a link to open or to copy."""

    def __init__(self, links: Sequence[Link]) -> None:
        super().__init__(
            "Links of this article",
            [choice(link) for link in links],
            placeholder="words or address",
            hint="Enter opens · Ctrl+Y copies · Esc leaves",
            empty="No link has these words.",
        )

    def on_key(self, event: Key) -> None:
        """Copy the highlighted link."""
        current = self.list.current
        if event.key == "ctrl+y" and current is not None:
            event.stop()
            event.prevent_default()
            assert isinstance(current.value, tuple)
            self.dismiss((current.value[0], "copy"))


def choice(link: Link) -> Choice[Chosen]:
    """Return a link as one of several to choose from; one without words is named by its address."""
    return Choice(
        f"{link.number}. {link.text or link.href}",
        (link.href, "open"),
        link.href if link.text not in ("", link.href) else "",
    )
