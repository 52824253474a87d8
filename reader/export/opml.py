"""OPML out: the subscriptions as other readers take them (http://opml.org/spec2.opml).

Folders are nested outlines, tags go into ``category`` (a comma list, as the specification has it), and what other
readers do not know of a source is said in attributes of our own, which they ignore and our own import reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from email.utils import format_datetime
from typing import Final

from lxml import etree
from lxml.etree import _Element

from ..links import without_login
from ..model import Feed, FeedId, FullText, SourceKind

_NAMESPACE: Final = "https://broadsheet.invalid/opml"
_OWN: Final = "{" + _NAMESPACE + "}"


def write_opml(
    feeds: Iterable[Feed],
    folders: Iterable[str] = (),
    *,
    attributes: Mapping[FeedId, Iterable[tuple[str, str]]] | None = None,
    now: datetime | None = None,
) -> bytes:
    """Return the subscriptions as an OPML 2.0 document in UTF-8.

    ``folders`` are paths that come first and in this order, also when they are empty. ``attributes`` holds, by feed id,
    what an import kept of another reader's own attributes. Saved pages are no subscription and are left out, and so are
    passwords in addresses: the file is for others; a library that has one keeps it when the list is imported again.
    """
    root = etree.Element("opml", version="2.0", nsmap={"broadsheet": _NAMESPACE})
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = "Broadsheet subscriptions"
    if now is not None:
        etree.SubElement(head, "dateCreated").text = format_datetime(now)
    tree = _Tree(etree.SubElement(root, "body"))
    for path in folders:
        tree.folder(path)
    for feed in feeds:
        if feed.kind is not SourceKind.SAVED:
            _add(tree.folder(feed.folder), feed, dict((attributes or {}).get(feed.id, ())))
    document: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return document


class _Tree:
    """The folders written so far, by their path."""

    def __init__(self, body: _Element) -> None:
        self._folders = {"": body}

    def folder(self, path: str) -> _Element:
        """Return the element of a folder, made with those around it where needed."""
        if path not in self._folders:
            parent, _, name = path.rpartition("/")
            self._folders[path] = etree.SubElement(self.folder(parent), "outline", text=name, title=name)
        return self._folders[path]


def _add(parent: _Element, feed: Feed, kept: Mapping[str, str]) -> None:
    title = without_login(feed.title)
    outline = etree.SubElement(
        parent, "outline", type="rss", text=title, title=title, xmlUrl=without_login(feed.url)
    )
    if feed.site_url:
        outline.set("htmlUrl", without_login(feed.site_url))
    if feed.tags:
        outline.set("category", ",".join(feed.tags))
    if feed.full_text is not FullText.AUTO:
        outline.set(_OWN + "fullText", feed.full_text.value)
    if feed.kind is not SourceKind.FEED:
        outline.set(_OWN + "kind", feed.kind.value)
    for name, value in kept.items():
        if name not in outline.attrib and _is_name(name):
            outline.set(name, value)


def _is_name(name: str) -> bool:
    """Tell whether a kept attribute can be written; namespaced ones are in lxml's ``{address}name`` form."""
    try:
        etree.QName(name)
    except ValueError:
        return False
    return True
