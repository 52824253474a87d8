"""The HTML that feeds send: no page around it, so all of it is text, but for what a page would hide."""

from __future__ import annotations

import re
from typing import Final

from ..document import Blocks, Paragraph
from ..errors import ParseError
from ..simple import LAST_LINES, is_footer, simple_lines, simple_text
from .assemble import assemble
from .figures import attach_captions
from .inline import Addresses
from .lines import Line
from .log import Log
from .measure import weigh
from .notes import find_notes
from .plain import markup_of_text
from .prune import strip
from .tree import HtmlElement, drop, parse_fragment
from .unfold import unfold
from .vocabulary import is_hidden

_MARKUP = re.compile(r"<[a-zA-Z/!][^<>]{0,2000}>|&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|\w{1,31});")
LONGEST_SIMPLE: Final = 60_000
"""Characters of HTML whose blocks may be left to whoever opens the entry: making them takes five milliseconds."""


def clean_feed_html(html: str, base_url: str) -> Blocks:
    """Return the blocks of a feed's HTML, or of its plain text; empty when nothing can be read."""
    if not _MARKUP.search(html[:200_000]):
        html = markup_of_text(html)
    addresses = Addresses(base_url)
    simple = simple_lines(html, addresses)
    if simple is not None:
        return tuple(map(Paragraph, simple))
    try:
        body = parse_fragment(html)
    except ParseError:
        return ()
    if body is None:
        return ()
    strip(body)
    _drop_unseen(body)
    lines = attach_captions(unfold([body], weigh(body), addresses, find_notes(body)), Log())
    return assemble(_without_footer(lines))


def text_of_simple(html: str) -> str | None:
    """Return the text of feed HTML that ``reader.simple`` can read, as it is of its blocks; ``None`` for any other."""
    if len(html) > LONGEST_SIMPLE or not _MARKUP.search(html):
        return None
    lines = simple_text(html)
    return None if lines is None else "\n".join(lines)


def _drop_unseen(body: HtmlElement) -> None:
    for element in list(body.iter()):
        style = element.get("style")
        if element is not body and ((style and is_hidden(style)) or element.get("hidden") is not None):
            drop(element)


def _without_footer(lines: list[Line]) -> list[Line]:
    return lines[:-LAST_LINES] + [line for line in lines[-LAST_LINES:] if not is_footer(line.text)]
