"""An HTML page as a tree, decoded as a browser decodes it, for finding feeds and links in it."""

from __future__ import annotations

from typing import Final

from lxml import etree, html
from lxml.html import HtmlElement
from w3lib.encoding import html_to_unicode

from ..errors import ParseError
from .markup import absolute

MAX_PAGE: Final = 5 * 1024 * 1024
"""Bytes; the fetch takes no larger page."""


def read_page(data: bytes, content_type: str | None = None) -> HtmlElement:
    """Return the root of a page; raises ``ParseError`` when there is none."""
    if len(data) > MAX_PAGE:
        raise ParseError("The page is larger than 5 MB.")
    _, text = html_to_unicode(content_type, data, default_encoding="utf8")
    parser = html.HTMLParser(
        recover=True,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ParseError("The page is empty or damaged.") from error
    return root


def base_of(root: HtmlElement, url: str) -> str:
    """Return what the page's relative addresses refer to: its first ``base``, else its own address."""
    for base in root.iter("base"):
        if href := base.get("href"):
            return absolute(href, url) or url
    return url
