"""An article as plain text: set as on the screen, without colours, the addresses of its links at the end."""

from __future__ import annotations

from ..model import Article, StoredArticle
from ..records import replace
from ..typeset import Options, Typeset, line_text, set_article
from .head import highlighted


def _lines(page: Typeset) -> list[str]:
    return [line_text(line).rstrip() for line in page.lines(0, page.height)]


def to_text(article: StoredArticle | Article, width: int = 80, options: Options | None = None) -> str:
    """Return an article in lines of at most ``width`` cells."""
    options = options or Options(measure=width, scroll=False)
    page = set_article(article, width, options)
    lines = _lines(page)
    if isinstance(article, StoredArticle) and article.highlights:
        marked = Article("", highlighted(article.highlights))
        lines += ["", *_lines(set_article(marked, width, replace(options, frame=False, text="cleaned")))]
    if page.links and options.numbers:
        lines.append("")
        lines.extend(f"[{link.number}] {link.href}" for link in page.links)
    return "\n".join(lines) + "\n"
