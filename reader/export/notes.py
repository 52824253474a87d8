"""Notes and highlights as Markdown: each article with its source, what was noted, and the passages as quotations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..document import Highlight, Span
from ..store.highlights import Noted
from .inline import address, escape, inline


def notes_to_markdown(noted: Iterable[Noted]) -> str:
    """Return notes and highlights, an article a section, in the order given."""
    return "\n\n".join(part for one in noted for part in _section(one)) + "\n"


def highlights_to_markdown(highlights: Iterable[Highlight]) -> Iterator[str]:
    """Yield each passage as a quotation, and after it what was noted beside it."""
    for mark in highlights:
        yield _quoted(mark.quote)
        if mark.note:
            yield inline((Span(mark.note),))


def _section(one: Noted) -> Iterator[str]:
    row = one.row
    yield f"## {inline((Span(row.title or row.link or 'Untitled'),), single_line=True)}"
    facts = [row.author, row.feed_title, row.published.date().isoformat() if row.published else ""]
    source = [escape(" · ".join(fact for fact in facts if fact))]
    if row.link:
        source.append(f"[{escape(row.link)}]({address(row.link)})")
    yield "  \n".join(part for part in source if part)
    if one.note:
        yield inline((Span(one.note),))
    yield from highlights_to_markdown(one.highlights)


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}" for line in inline((Span(text),)).split("\n"))
