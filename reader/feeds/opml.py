"""OPML in: the subscription lists of other readers (http://opml.org/spec2.opml).

Real lists are seldom valid: bare ampersands in addresses, other capitals in attribute names, folders in folders, feeds in
feeds. Everything that can be read is taken; everything that is not is named with its line. Only http and https
addresses are ever accepted, so that a list can carry no command (newsboat's ``exec:`` and ``filter:``).
"""

from __future__ import annotations

from typing import Final

from lxml.etree import _Element

from ..errors import ParseError
from ..text import clean_line
from .draft import url_of
from .encodings import inflate
from .names import local
from .outline import MAX_FEEDS, Outline, OutlineFeed, folder_path, tag_name
from .xml_tree import read_deep_tree

MAX_PROBLEMS: Final = 200
MAX_ATTRIBUTES: Final = 30
_OWN: Final = frozenset(
    {"xmlurl", "htmlurl", "title", "text", "category", "type", "description", "version", "isopen"}
)
_STARTS_SCRAPED: Final = ("html+xpath", "xml+xpath", "json+")


def parse_opml(data: bytes) -> Outline:
    """Return the subscriptions in an OPML file, in its order; raises ``ParseError`` for a file that is none."""
    root, damaged = read_deep_tree(inflate(data))
    if local(root) != "opml":
        raise ParseError("The file is no OPML: it has no <opml> element.")
    reader = _Reader()
    if damaged:
        reader.problem(damaged, "the file is damaged here; what could be read of the rest was taken.")
    pending: list[tuple[_Element, tuple[str, ...]]] = [(child, ()) for child in reversed(root)]
    while pending:
        element, folders = pending.pop()
        match local(element):
            case "outline":
                folders = reader.outline(element, folders)
            case "title" if not reader.title:
                reader.title = clean_line(element.text or "", limit=200)
        pending.extend((child, folders) for child in reversed(element))
    return Outline(tuple(reader.feeds), (), tuple(reader.problems), reader.title)


class _Reader:
    """The outlines of a file, taken one by one."""

    def __init__(self) -> None:
        self.feeds: list[OutlineFeed] = []
        self.problems: list[str] = []
        self.title = ""
        self.full = False

    def outline(self, element: _Element, folders: tuple[str, ...]) -> tuple[str, ...]:
        """Take one outline; return the folders that its children are in."""
        values = _attributes(element)
        title = _value(values, "title") or _value(values, "text")
        address = _raw(values, "xmlurl").strip()
        if not address:
            has_children = len(element) > 0
            return (*folders, title) if has_children and title else folders
        line = int(element.sourceline or 0)
        if not _is_web(url_of(address)):
            self.problem(line, f"“{clean_line(address, limit=80)}” is no http or https address.")
        elif len(self.feeds) == MAX_FEEDS:
            if not self.full:
                self.problem(
                    line, f"there are more than {MAX_FEEDS:,} feeds in the file; the rest was not taken."
                )
            self.full = True
        else:
            if _value(values, "type").lower().startswith(_STARTS_SCRAPED):
                self.problem(
                    line,
                    f"“{title or url_of(address)}” is taken from a page by rules that cannot be imported.",
                )
            self.feeds.append(_feed(values, address, title, folders, line))
        return folders

    def problem(self, line: int, sentence: str) -> None:
        """Note what was not taken; of very many the first are enough."""
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(f"Line {line}: {sentence}" if line else sentence)


def _attributes(element: _Element) -> dict[str, tuple[str, str]]:
    """Return name and value of the attributes by their names in lower case: all we know, and the first few others.

    Not all: lxml looks each value up from the start of the list, so that reading 100,000 of them takes a minute.
    """
    names = {str(name).lower(): str(name) for name in element.keys()}  # noqa: SIM118 - an element is no mapping
    others = [key for key in names if key not in _OWN][:MAX_ATTRIBUTES]
    wanted = (*(names.keys() & _OWN), *others)
    return {key: (names[key], str(element.get(names[key]) or "")) for key in wanted}


def _feed(
    values: dict[str, tuple[str, str]], address: str, title: str, folders: tuple[str, ...], line: int
) -> OutlineFeed:
    site = url_of(_raw(values, "htmlurl"))
    others = [(name, value) for key, (name, value) in values.items() if key not in _OWN]
    return OutlineFeed(
        url=url_of(address),
        title=title,
        site_url=site if _is_web(site) else "",
        folder=folder_path([*folders]),
        tags=_tags(_value(values, "category")),
        attributes=tuple((clean_line(name), clean_line(value, limit=1000)) for name, value in others),
        line=line,
    )


def _tags(category: str) -> tuple[str, ...]:
    """Return the tags in a ``category`` attribute: a comma list, each a word or a path (``/news/local``)."""
    return tuple(filter(None, dict.fromkeys(map(tag_name, category.split(",")[:50]))))


def _raw(values: dict[str, tuple[str, str]], key: str) -> str:
    return values[key][1] if key in values else ""


def _value(values: dict[str, tuple[str, str]], key: str) -> str:
    return clean_line(_raw(values, key), limit=500)


def _is_web(address: str) -> bool:
    return address[:8].lower().startswith(("http://", "https://"))
