"""The HTML that feeds send: no page around it, so all of it is text, but for what a page would hide."""

from __future__ import annotations

import re
from typing import Final

from ..document import Blocks, Paragraph, plain
from ..errors import ParseError
from .assemble import assemble
from .figures import attach_captions
from .inline import Addresses
from .lines import Line
from .log import Log
from .measure import weigh
from .notes import find_notes
from .plain import markup_of_text
from .prune import strip
from .simple import simple_lines
from .tree import HtmlElement, drop, fold, parse_fragment
from .unfold import unfold
from .vocabulary import is_hidden

_MARKUP = re.compile(r"<[a-zA-Z/!][^<>]{0,2000}>|&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|\w{1,31});")
_APPEARED_FIRST: Final = re.compile(
    r"^(?:the (?:post|article|entry) .{1,300} (?:appeared|was) first (?:appeared |published )?(?:on|in) |"
    r"(?:der beitrag|l['’]article|la entrada|o post|il post) .{1,300} (?:erschien zuerst|est apparu|apareci[óo] primero|apareceu primeiro|proviene))",
    re.IGNORECASE,
)
"""The line that blog software puts below each entry of a feed."""
LAST_LINES: Final = 3


def clean_feed_html(html: str, base_url: str) -> Blocks:
    """Return the blocks of a feed's HTML, or of its plain text; empty when nothing can be read."""
    if not _MARKUP.search(html[:200_000]):
        html = markup_of_text(html)
    addresses = Addresses(base_url)
    simple = simple_lines(html, addresses)
    if simple is not None:
        last = [spans for spans in simple[-LAST_LINES:] if not _is_footer(fold(plain(spans)))]
        return tuple(map(Paragraph, simple[:-LAST_LINES] + last))
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


def _drop_unseen(body: HtmlElement) -> None:
    for element in list(body.iter()):
        style = element.get("style")
        if element is not body and ((style and is_hidden(style)) or element.get("hidden") is not None):
            drop(element)


def _without_footer(lines: list[Line]) -> list[Line]:
    return lines[:-LAST_LINES] + [line for line in lines[-LAST_LINES:] if not _is_footer(line.text)]


def _is_footer(text: str) -> bool:
    """Tell whether a line near the end is what blog software puts below an entry."""
    return len(text) < 500 and bool(_APPEARED_FIRST.match(text))
