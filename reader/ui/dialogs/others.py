"""The further articles that were found on the page of an article: to read here, or to keep."""

from __future__ import annotations

from collections.abc import Sequence

from textual.events import Key

from ...document import plain_text
from ...links import strip_tracking
from ...model import Appended, Article
from .. import words
from ..dialog import Choice, Picker

Chosen = tuple[Appended, bool]
"""An article, and whether it is to be kept rather than shown."""


class OthersDialog(Picker[Chosen]):
    """Answers with one of the further articles, and what to do with it."""

    def __init__(self, others: Sequence[Appended]) -> None:
        super().__init__(
            "Further articles of this page",
            [Choice(_title(other), (other, False), _length(other)) for other in others],
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


def other_article(page: Article, other: Appended) -> Article:
    """Return a further article of a page as one of its own; without an address it has the page's and its place there."""
    number = page.appended.index(other) + 2
    url = other.url or f"{strip_tracking(page.canonical_url or page.url)}#article-{number}"
    return Article(
        title=_title(other),
        blocks=other.blocks,
        url=url,
        site=page.site,
        language=page.language,
        word_count=len(plain_text(other.blocks).split()),
    )


def _title(other: Appended) -> str:
    return other.title or plain_text(other.blocks).partition("\n")[0][:80]


def _length(other: Appended) -> str:
    return words.plural(len(plain_text(other.blocks).split()), "word")
