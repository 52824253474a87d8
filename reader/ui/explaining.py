"""Why an article is here, and what touched it, in sentences. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Sources, StoredArticle, Verdict
from ..store.rulebook import Hit
from ..triage import Actor, Step
from . import words

_VERDICTS = {
    Verdict.GOOD: "The page was cleaned and looks complete.",
    Verdict.DOUBTFUL: "The page was cleaned; the result is doubtful",
    Verdict.TOO_SHORT: "The page gave less than the feed, so the feed's own text is shown",
    Verdict.FAILED: "The page could not be cleaned",
    Verdict.NOT_AN_ARTICLE: "The page is no article",
}


def explanation(
    article: StoredArticle, sources: Sources, hits: Sequence[Hit] = (), steps: Sequence[Step] = ()
) -> list[str]:
    """Return lines: where it came from, its state, its tags, what touched it, and what cleaning decided."""
    row = article.row
    feed = next((feed for feed in sources.feeds if feed.id == row.feed_id), None)
    lines = [f"From {row.feed_title}" + (f", folder {feed.folder}" if feed and feed.folder else "") + "."]
    if row.published is not None:
        lines.append(f"Published {row.published.astimezone():%A, %d %B %Y at %H:%M}.")
    lines.append(f"Came into the library {row.added.astimezone():%A, %d %B %Y at %H:%M}.")
    state = [word for word, on in (("unread", row.unread), ("starred", row.starred), ("on the later list", row.later),
                                   ("hidden", row.hidden)) if on]  # fmt: skip
    lines.append(f"It is {' and '.join(state)}." if state else "It is read.")
    if row.snoozed_until is not None:
        lines.append(f"Snoozed until {row.snoozed_until.astimezone():%A, %d %B %Y at %H:%M}.")
    if row.tags:
        lines.append("Tags: " + ", ".join(f"#{tag}" for tag in row.tags) + ".")
    if feed is not None and feed.tags:
        lines.append(
            "Its source gives each article the tags " + ", ".join(f"#{tag}" for tag in feed.tags) + "."
        )
    if article.topics:
        lines.append("The feed's own topics: " + ", ".join(article.topics) + ".")
    lines += _touched(hits, steps)
    lines += ["", *_cleaning(article)]
    if row.link:
        lines += ["", row.link]
    return lines


def _touched(hits: Sequence[Hit], steps: Sequence[Step]) -> list[str]:
    """Return what rules and hands did to the article, the newest first."""
    lines = [
        f"The rule {hit.rule} matched it on {hit.at.astimezone():%d %B %Y}: {', '.join(hit.done) or 'nothing left to do'}."
        for hit in hits
    ]
    for step in steps:
        who = "" if step.actor is Actor.WINDOW else f", by {step.actor}"
        taken_back = ", taken back since" if step.undone else ""
        lines.append(f"{step.at.astimezone():%d %B, %H:%M}: {step.label}{who}{taken_back}.")
    return ["", *lines] if lines else []


def verdict_in_words(article: StoredArticle) -> str:
    """Return what cleaning decided of the page behind an article, in a sentence."""
    return next(iter(_cleaning(article)))


def _cleaning(article: StoredArticle) -> list[str]:
    page = article.article
    if article.page_error:
        return [f"The page could not be fetched: {article.page_error}"]
    if page is None:
        return ["The page behind it was not fetched; the feed's own text is shown."]
    verdict = _VERDICTS[page.verdict]
    reason = f": {page.reason}" if page.reason and page.verdict is not Verdict.GOOD else ""
    kept = f"{words.number(page.word_count)} words, {page.kept_share:.0%} of the page's running text."
    lines = [f"{verdict.rstrip('.')}{reason.rstrip('.')}.", kept]
    if page.appended:
        lines.append(f"Split off: {words.plural(len(page.appended), 'further article')} of the same page.")
    if page.origins:
        lines.append("Taken from: " + ", ".join(f"{what} from {where}" for what, where in page.origins) + ".")
    return lines
