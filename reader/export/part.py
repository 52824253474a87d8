"""A further article of a page, as an article of its own: what scrolling on would have shown."""

from __future__ import annotations

from typing import Final

from ..document import plain_text
from ..links import strip_tracking
from ..model import Appended, Article

_TITLE: Final = 80
"""Characters of the first line that stand for a title where there is none."""


def part_of(page: Article, other: Appended) -> Article:
    """Return a further article of a page; without an address of its own it has the page's and its place there."""
    number = page.appended.index(other) + 2
    return Article(
        title=title_of_part(other),
        blocks=other.blocks,
        url=other.url or f"{strip_tracking(page.canonical_url or page.url)}#article-{number}",
        site=page.site,
        language=page.language,
        word_count=len(plain_text(other.blocks).split()),
    )


def title_of_part(other: Appended) -> str:
    """Return the title of a further article, or its first line where it has none."""
    return other.title or plain_text(other.blocks).partition("\n")[0][:_TITLE]
