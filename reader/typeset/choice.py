"""Which text of an entry is shown, and the sentence that says why when it is not the obvious one."""

from __future__ import annotations

from typing import Literal, TypeAlias

from ..document import Blocks
from ..model import Article, FullText, StoredArticle, Verdict
from ..records import dataclass
from .words import counted

Shown: TypeAlias = Literal["cleaned", "feed", "raw"]
"""Which text a person asks for; one key cycles through them."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A text, and why this one."""

    blocks: Blocks
    sentence: str = ""
    """Empty when it is what was asked for and well."""
    source: Shown = "cleaned"


def choose(article: StoredArticle | Article, wanted: Shown = "cleaned") -> Choice:
    """Return the blocks to show of an article.

    The cleaned page is what a person wants, unless it is worse than what the feed sent: then the feed's text is
    shown, with a sentence. Nothing is shown as if it were the article when it is not.
    """
    if isinstance(article, Article):
        return Choice(article.blocks, _doubt(article))
    page, feed = article.article, article.feed_blocks
    if wanted == "feed" or (article.full_text is FullText.FEED and feed):
        if feed:
            return Choice(feed, source="feed")
        sentence = "The feed sends no text."
        return (
            Choice(page.blocks, f"{sentence[:-1]}: showing the cleaned page.")
            if page
            else Choice((), sentence)
        )
    if page is None:
        return Choice(feed, article.page_error, "feed")
    if page.verdict in (Verdict.GOOD, Verdict.DOUBTFUL) and page.blocks:
        return Choice(page.blocks, _doubt(page))
    if feed:
        return Choice(feed, f"{_shortfall(page)}: showing the feed's text.", "feed")
    return Choice(page.blocks, f"{_shortfall(page)}.")


def _doubt(page: Article) -> str:
    return "" if page.verdict is Verdict.GOOD else page.reason or f"The cleaned text is {page.verdict}."


def _shortfall(page: Article) -> str:
    """Return what is wrong with a cleaned page, as the first half of a sentence."""
    if page.verdict is Verdict.TOO_SHORT and 0 < page.kept_share < 1 and page.word_count:
        whole = _rounded(page.word_count / page.kept_share)
        return f"{counted(page.word_count, 'word')} of a {whole:,}-word page"
    if page.reason:
        return page.reason.rstrip(".")
    return (
        f"The page is {page.verdict}"
        if page.verdict is not Verdict.FAILED
        else "The page could not be cleaned"
    )


def _rounded(words: float) -> int:
    """Return a number of words to two digits: it comes from a share, and more would be a pretence."""
    whole = int(words)
    scale: int = 10 ** max(0, len(str(whole)) - 2)
    return round(words / scale) * scale
