"""A page in, an article out; no input or output of its own.

The steps, each a room:

    decoding     bytes to text, as browsers do
    tree         text to a tree of bounded depth; small tools to walk and cut it
    structured   what the page says of itself in JSON-LD
    metadata     title, authors, dates, image, … each with where it came from (page_data, title,
                 authors, page_dates, dates, headline, language)
    siterules    a person's own selectors for one site
    prune        what cannot be text leaves the tree, by its tag, its style or the words of its class (vocabulary)
    stacked      articles that the page appends after its own are cut off and offered apart (strangers)
    measure      how much text is where
    reading      the pruned page read into the article's lines:
      pick         readability-lxml chooses the body on the small tree that is left
      widen        the choice grows over its like siblings and up to the container named as the body
      unfold       the chosen elements become lines: what stands where, with its marks, its container, its links
                   (inline, tables, figures, notes)
      boundary     where another article begins among the lines
      above, inside, below, repeats
                   lines leave by where they stand: bylines, captions, read-more, related, bios (phrases)
      check        the page's own articleBody as a witness
      second       a second opinion where the choice looks wrong
      standfirst   what stands between headline and body
    assemble     lines become the blocks of ``document``
    verdict      how sure we are, and why
    pipeline     the flow through all of these; telling tells it to a person

Two other ways lead to the same blocks: ``fragment`` for the HTML that feeds send (``simple`` for most of it), and
``plain`` for text without markup.

Everything here runs in worker processes on foreign input: it is linear in the size of the page, walks trees without
recursion, and reports what it cannot read as a value. The heavy imports wait until a page is cleaned.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ..document import Blocks
    from ..model import Article

VERSION: Final = 3
"""Stored with each article; a larger one makes older articles worth cleaning again."""


def clean_page(
    html: bytes | str, url: str, content_type: str | None = None, feed_title: str = "", site_rule: str = ""
) -> Article:
    """Return the article of a page; what cannot be read is an article with the verdict ``failed``.

    ``content_type`` is the header as sent. ``feed_title`` is the title the feed gave the entry, which helps to tell
    the page's own headline from others. ``site_rule`` is the TOML of a person's rule for this site.
    """
    from .pipeline import clean

    return clean(html, url, content_type=content_type, feed_title=feed_title, site_rule=site_rule).article


def clean_fragment(html: str, base_url: str) -> Blocks:
    """Return the HTML that a feed sent as blocks: all of it but scripts, forms, counting pixels and empty elements."""
    from .fragment import clean_feed_html

    return clean_feed_html(html, base_url)


def simple_fragment_text(html: str) -> str | None:
    """Return the text of a feed's HTML if it is so simple that its blocks can be made when somebody looks.

    It is exactly ``plain_text(clean_fragment(html, …))``, at a tenth of the cost; ``None`` for HTML that is not simple.
    """
    from .fragment import text_of_simple

    return text_of_simple(html)


def clean_text(text: str) -> Article:
    """Return the article of a plain text, as a scraper or a clipboard gives it."""
    from .plain import clean_plain

    return clean_plain(text)


def explain(
    html: bytes | str, url: str, content_type: str | None = None, feed_title: str = "", site_rule: str = ""
) -> str:
    """Return every step's decisions on a page as text: what was kept, what was dropped, and why."""
    from .telling import tell

    return tell(html, url, content_type=content_type, feed_title=feed_title, site_rule=site_rule)


def bench_text(html: str, url: str) -> str:
    """Return the body of a page as text, a block a line: what the scorer of the corpora compares."""
    from ..document import plain_text

    return plain_text(clean_page(html, url).blocks)


def bench_metadata(html: str, url: str) -> dict[str, object]:
    """Return title, author, date and image of a page: what the scorer of the corpora compares."""
    article = clean_page(html, url)
    return {
        "title": article.title,
        "author": list(article.authors),
        "date": article.published.isoformat() if article.published else "",
        "image": article.lead_image,
    }
