"""Any file of subscriptions to an outline: OPML, newsboat's ``urls``, an address a line."""

from __future__ import annotations

from typing import Final

from ..errors import ParseError
from .discovery import sniff
from .encodings import MAX_BYTES, decode
from .opml import parse_opml
from .outline import Outline
from .urls_file import parse_urls

STRAY_LINES: Final = 3
"""Lines that are no subscription, up to which a file without any is still taken for a list."""


def read_subscriptions(data: bytes) -> Outline:
    """Return the list in a file: OPML, or newsboat's ``urls`` and any list with an address a line.

    Raises ``ParseError`` for a file that is neither.
    """
    if len(data) > MAX_BYTES:
        raise ParseError("The file is larger than 10 MB.")
    kind = sniff(data)
    if kind == "opml":
        return parse_opml(data)
    if kind:
        raise ParseError("The file is no list of subscriptions: neither OPML nor an address a line.")
    outline = parse_urls(decode(data))
    if not outline.feeds and not outline.views and not outline.problems:
        raise ParseError("The file is empty.")
    if not outline.feeds and len(outline.problems) > STRAY_LINES:
        raise ParseError("The file is no list of subscriptions: neither OPML nor an address a line.")
    return outline
