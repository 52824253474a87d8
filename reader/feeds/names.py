"""Element names without the accident of their namespace's spelling.

RSS has no namespace, RSS 1.0 has several, Atom two, and each extension is written with other addresses, prefixes and
capitals from feed to feed. Here each tag gets one short name: ``title`` for the core of any format, ``media:title``
for an extension, whatever prefix the document chose.
"""

from __future__ import annotations

from typing import Final

from lxml.etree import _Element

_CORE: Final = "core"
_ATOM: Final = frozenset(
    {"http://www.w3.org/2005/atom", "http://purl.org/atom/ns", "http://purl.org/atom/ns#"}
)
_EXTENSIONS: Final = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/elements/1.0/": "dc",
    "http://purl.org/dc/terms/": "dc",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/rss/1.0/modules/syndication/": "sy",
    "http://search.yahoo.com/mrss": "media",
    "http://search.yahoo.com/mrss/": "media",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://www.itunes.com/dtd/podcast-1.0.dtd": "itunes",
    "http://www.google.com/schemas/play-podcasts/1.0": "itunes",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://wellformedweb.org/commentapi/": "wfw",
    "http://purl.org/rss/1.0/modules/slash/": "slash",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://wordpress.org/export/1.2/excerpt/": "excerpt",
    "http://www.georss.org/georss": "georss",
    "http://purl.org/syndication/thread/1.0": "thr",
    "http://www.w3.org/2000/svg": "svg",
    "http://www.w3.org/1998/math/mathml": "mathml",
}
_PREFIXES: Final = {
    "dc": "dc", "dcterms": "dc", "content": "content", "sy": "sy", "media": "media", "itunes": "itunes",
    "googleplay": "itunes", "feedburner": "feedburner", "atom": _CORE, "atom10": _CORE, "rss": _CORE, "xhtml": "xhtml",
}  # fmt: skip
"""Prefixes by their usual meaning, for documents that forget to declare them."""


class Names(dict[str, str]):
    """The short name of each tag of one document; worked out once per tag."""

    def __init__(self, root: _Element) -> None:
        default = (root.nsmap.get(None) or "").lower()
        self._core = {"", default} - _EXTENSIONS.keys()
        self._atom = local(root) in ("feed", "entry")

    def __missing__(self, tag: str) -> str:
        name = self[tag] = self._short(tag)
        return name

    def is_atom(self, element: _Element) -> bool:
        """Tell whether Atom's rules for text hold in ``element``: no type means plain text."""
        tag = str(element.tag)
        namespace = tag[1 : tag.rfind("}")].lower() if tag[0] == "{" else ""
        return namespace in _ATOM or (self._atom and namespace in self._core)

    def _short(self, tag: str) -> str:
        if tag[0] == "{":
            namespace, _, name = tag[1:].lower().rpartition("}")
            return self._join(self._kind(namespace), name)
        prefix, colon, name = tag.lower().rpartition(":")
        return self._join(_PREFIXES.get(prefix, prefix) if colon else _CORE, name)

    def _kind(self, namespace: str) -> str:
        extension = _EXTENSIONS.get(namespace.replace("https://", "http://", 1))
        if extension is not None:
            return extension
        if namespace in self._core or namespace in _ATOM or "rss" in namespace or "/rdf" in namespace:
            return _CORE
        return "other"

    @staticmethod
    def _join(kind: str, name: str) -> str:
        return name if kind == _CORE else f"{kind}:{name}"


def local(element: _Element) -> str:
    """Return an element's name without namespace or prefix, in lower case."""
    tag = str(element.tag)
    return tag[max(tag.rfind("}"), tag.rfind(":")) + 1 :].lower()
