"""Documents that a person hands in as bytes: which kind they are, and the article in them."""

from __future__ import annotations

import re
from typing import Final

from ..model import Article
from ..pool import Pool

TIMEOUT_SECONDS: Final = 60.0
"""For a page that a person waits for; three times what a refresh gives one."""

_TAG: Final = re.compile(rb"<(?:!doctype|!--|/?[a-z][a-z0-9-]*[\s/>])", re.IGNORECASE)
_LOOKED_AT: Final = 64_000
"""Bytes in which the first tag of a page is looked for; plain text has none."""
_ADDRESS_LINE: Final = re.compile(rb'\s*(#.*|"?(https?|feed|query|exec|filter):.*)?\s*', re.IGNORECASE)


def is_markup(data: bytes) -> bool:
    """Tell whether a document is HTML or XML, and not plain text."""
    return _TAG.search(data[:_LOOKED_AT]) is not None


def is_list(data: bytes) -> bool:
    """Tell whether a document is a list of subscriptions: OPML, or lines that all begin with an address."""
    if is_markup(data):
        return re.search(rb"<opml[\s>]", data[:2000], re.IGNORECASE) is not None
    lines = [line for line in data[:_LOOKED_AT].splitlines() if line.strip()]
    return bool(lines) and all(map(_ADDRESS_LINE.fullmatch, lines))


async def clean_document(
    pool: Pool, data: bytes, url: str, content_type: str | None = None, site_rule: str = ""
) -> Article:
    """Return the article in a page or a plain text, cleaned in a worker: a page from a stranger may hang.

    ``site_rule`` is the TOML of a person's rule for its site.
    """
    from .. import cleaning

    if is_markup(data):
        return await pool.run(
            cleaning.clean_page, data, url, content_type, "", site_rule, timeout=TIMEOUT_SECONDS
        )
    text = data.decode("utf-8-sig", "replace")
    return await pool.run(cleaning.clean_text, text, timeout=TIMEOUT_SECONDS)
