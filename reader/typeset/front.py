"""What stands above and below an article's text: title, byline and tags; source, comments and enclosures."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Final

from ..document import Mark, Rule, Span, Spans
from ..model import Article, Enclosure, StoredArticle
from .blocks import Frame, Setter
from .line import Role
from .words import date_in_words, joined, reading_minutes, size_in_words

SEPARATOR = "\u00a0· "
"""Sticks to the word before it, so that no line of a byline begins with the dot."""


QUOTED: Final = 60
"""Characters of a highlight by which its note says what it is on."""


def set_front(
    setter: Setter, article: StoredArticle | Article, sentence: str, timezone: tzinfo | None
) -> None:
    """Set the title block; ``sentence`` says why this text is shown, and is empty when there is nothing to say."""
    setter.text((Span(title_of(article) or "Untitled"),), Frame(role=Role.TITLE))
    if byline := _byline(article, timezone):
        setter.text((Span(byline),), Frame(role=Role.BYLINE))
    if isinstance(article, StoredArticle):
        if article.row.tags:
            setter.text((Span(" ".join(f"#{tag}" for tag in article.row.tags)),), Frame(role=Role.TAG))
        _set_notes(setter, article)
    if sentence:
        setter.space(1, Frame())
        setter.text((Span(sentence),), Frame(role=Role.VERDICT))


def _set_notes(setter: Setter, article: StoredArticle) -> None:
    """Set what the reader wrote: on the article, and beside passages they highlighted."""
    notes = [f"Note: {article.note}"] if article.note else []
    for mark in article.highlights:
        if mark.note:
            quote = mark.quote if len(mark.quote) <= QUOTED else f"{mark.quote[:QUOTED].rstrip()}…"
            notes.append(f"On “{quote}”: {mark.note}")
    if notes:
        setter.space(1, Frame())
    for note in notes:
        setter.text((Span(note),), Frame(role=Role.NOTE))


def set_footer(setter: Setter, article: StoredArticle | Article) -> None:
    """Set the footer: every address the entry brought with it, and the topics its feed gave it."""
    entries = _footer(article)
    if not entries:
        return
    setter.space(1, Frame())
    setter.blocks((Rule(),), Frame(role=Role.RULE))
    setter.space(1, Frame())
    for spans in entries:
        setter.text(spans, Frame(role=Role.FOOTER))


def title_of(article: StoredArticle | Article) -> str:
    """Return the title: the feed's, which is the one the list shows, else the page's."""
    if isinstance(article, Article):
        return article.title
    return article.row.title or (article.article.title if article.article else "")


def source_of(article: StoredArticle | Article) -> str:
    """Return the address of the article on the web; empty when it has none."""
    if isinstance(article, Article):
        return article.canonical_url or article.url
    return article.row.link or (source_of(article.article) if article.article else "")


def authors_of(article: StoredArticle | Article) -> tuple[str, ...]:
    """Return the authors: the page's, which are more often people, else the feed's."""
    if isinstance(article, Article):
        return article.authors
    if article.article and article.article.authors:
        return article.article.authors
    return (article.row.author,) if article.row.author else ()


def site_of(article: StoredArticle | Article) -> str:
    """Return the name of the publication."""
    if isinstance(article, Article):
        return article.site
    return article.row.feed_title or (article.article.site if article.article else "")


def published_of(article: StoredArticle | Article) -> datetime | None:
    """Return when the article was published: as the feed says, which orders the list, else as the page does."""
    if isinstance(article, Article):
        return article.published
    return article.row.published or (article.article.published if article.article else None)


def topics_of(article: StoredArticle | Article) -> tuple[str, ...]:
    """Return the topics that the feed and the page give, each once."""
    if isinstance(article, Article):
        return tuple(dict.fromkeys(article.topics))
    return tuple(dict.fromkeys((*article.topics, *(article.article.topics if article.article else ()))))


def comments_of(article: StoredArticle | Article) -> str:
    """Return the address of the comments; empty when there is none."""
    if isinstance(article, Article):
        return article.comments_url
    return article.comments_url or (article.article.comments_url if article.article else "")


def _byline(article: StoredArticle | Article, timezone: tzinfo | None) -> str:
    parts: list[str] = []
    if authors := authors_of(article):
        parts.append(f"By {joined(authors)}")
    if site := site_of(article):
        parts.append(site)
    if published := published_of(article):
        parts.append(_tied(date_in_words(published, timezone)))
    if words := _words_of(article):
        parts.append(f"{reading_minutes(words)}\u00a0min")
    return SEPARATOR.join(parts)


def _tied(date: str) -> str:
    """Return a date that a line may end in only behind the day of the week."""
    day, comma, rest = date.partition(", ")
    return day + comma + rest.replace(" ", "\u00a0")


def _words_of(article: StoredArticle | Article) -> int:
    if isinstance(article, Article):
        return article.word_count
    return article.row.words or (article.article.word_count if article.article else 0)


def _footer(article: StoredArticle | Article) -> list[Spans]:
    entries: list[Spans] = []
    if source := source_of(article):
        entries.append(_labelled("Source", source))
    if comments := comments_of(article):
        entries.append(_labelled("Comments", comments))
    if isinstance(article, StoredArticle):
        entries.extend(map(_enclosure, article.enclosures))
    page = article if isinstance(article, Article) else article.article
    if page and page.next_page:
        entries.append(_labelled("Next page", page.next_page))
    if topics := topics_of(article):
        entries.append((Span("Topics: ", Mark.STRONG), Span(", ".join(topics))))
    if page and (titles := "; ".join(other.title for other in page.appended if other.title)):
        entries.append((Span("Also on this page: ", Mark.STRONG), Span(titles)))
    return entries


def _labelled(label: str, address: str) -> Spans:
    return (Span(f"{label}: ", Mark.STRONG), Span(address, Mark.PLAIN, address))


def _enclosure(enclosure: Enclosure) -> Spans:
    """Return the line of a file: its name or address, type and size."""
    facts = [enclosure.mime_type] if enclosure.mime_type else []
    if enclosure.length:
        facts.append(size_in_words(enclosure.length))
    behind = (Span(f" ({', '.join(facts)})"),) if facts else ()
    name = enclosure.title or enclosure.url
    return (Span("File: ", Mark.STRONG), Span(name, Mark.PLAIN, enclosure.url), *behind)
