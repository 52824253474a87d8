"""What of an article a note is on: the whole of it, or one of its highlights."""

from __future__ import annotations

from ...model import StoredArticle
from ...triage import passage_key
from ..dialog import Choice, Picker


def what_to_note(article: StoredArticle) -> Picker[str]:
    """Return the dialog; its answer is the ``passage_key`` of a highlight, or nothing for the article."""
    choices = [Choice(f"The article: {article.row.title}", "", article.note)]
    choices += [
        Choice(f"▌ {mark.quote}", passage_key(mark.quote, mark.occurrence), mark.note)
        for mark in article.highlights
    ]
    return Picker("Note on", choices, placeholder="words of the highlight")
