"""What an exported article says of itself, the same in every format."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from ..document import Block, Blocks, Heading, Highlight, Paragraph, Quote, Span
from ..model import Article, StoredArticle
from ..records import dataclass
from ..typeset import choose
from ..typeset.front import authors_of, published_of, site_of, source_of, title_of
from ..typeset.words import joined


@dataclass(frozen=True, slots=True)
class Head:
    """The facts of an article."""

    title: str
    authors: tuple[str, ...]
    site: str
    published: datetime | None
    source: str
    language: str
    tags: tuple[str, ...]
    note: str
    blocks: Blocks
    """The text that is shown, the cleaned page or the feed's text when that is better; behind it what was highlighted."""

    def byline(self) -> str:
        """Return authors, publication and ISO date on one line; empty when none is known."""
        return " · ".join(self._byline())

    def _byline(self) -> Iterator[str]:
        if self.authors:
            yield f"By {joined(self.authors)}"
        if self.site:
            yield self.site
        if self.published:
            yield self.published.date().isoformat()


def head_of(article: StoredArticle | Article) -> Head:
    """Return the facts of an article."""
    page = article if isinstance(article, Article) else article.article
    stored = article if isinstance(article, StoredArticle) else None
    return Head(
        title=title_of(article) or "Untitled",
        authors=authors_of(article),
        site=site_of(article),
        published=published_of(article),
        source=source_of(article),
        language=(page.language if page else "") or (stored.row.language if stored else ""),
        tags=stored.row.tags if stored else (),
        note=stored.note if stored else "",
        blocks=choose(article).blocks + (highlighted(stored.highlights) if stored else ()),
    )


def highlighted(marks: Sequence[Highlight]) -> Blocks:
    """Return the passages that were highlighted as quotations, each followed by its note; nothing when there are none."""
    if not marks:
        return ()
    blocks: list[Block] = [Heading(2, (Span("Highlights"),))]
    for mark in marks:
        blocks.append(Quote((Paragraph((Span(mark.quote),)),)))
        if mark.note:
            blocks.append(Paragraph((Span(mark.note),)))
    return tuple(blocks)
