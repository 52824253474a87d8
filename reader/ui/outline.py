"""The sources as lines: lists, saved views, folders with their sources, tags. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from operator import itemgetter

from ..model import Feed, FeedId, Folder, FolderId, Health, Sources
from ..records import dataclass
from . import places
from .places import Place, PlaceKind


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of the sources pane; without a place it is a heading."""

    label: str
    place: Place | None = None
    depth: int = 0
    count: int | None = None
    """What is unread, or what the list holds; None while it was not counted."""
    folded: bool | None = None
    """For folders: whether what is inside is hidden."""
    mark: str = ""
    """``!`` for a failing source, ``‖`` for a paused one."""


class FeedLines:
    """The lines of feeds, made once for each and again when the feed has changed.

    The library hands out the same ``Feed`` until it changes; making the lines of two thousand anew took 6 ms of every
    verb.
    """

    def __init__(self) -> None:
        self._made: dict[FeedId, tuple[Feed, SourceLine, tuple[int, str]]] = {}

    def of(self, feed: Feed) -> tuple[tuple[int, str], SourceLine]:
        """Return what a feed is sorted by, and its line."""
        made = self._made.get(feed.id)
        if made is None or made[0] is not feed:
            line = SourceLine(
                feed.title,
                places.feed(feed),
                feed.folder.count("/") + 1 if feed.folder else 0,
                feed.unread,
                mark=_mark(feed),
            )
            made = self._made[feed.id] = (feed, line, (feed.position, feed.title.casefold()))
        return made[2], made[1]


def outline(
    sources: Sources,
    folded: frozenset[str] = frozenset(),
    *,
    only_unread: bool = False,
    lines_of: FeedLines | None = None,
) -> tuple[SourceLine, ...]:
    """Return the lines of the sources pane; ``folded`` are paths of folders whose content is hidden."""
    lines_of = lines_of or FeedLines()
    lines = [*_lists(sources)]
    if sources.views:
        lines.append(SourceLine("Views"))
        lines += [SourceLine(view.name, places.view(view), count=view.unread) for view in sources.views]
    if sources.feeds or sources.folders:
        lines.append(SourceLine("Sources"))
        lines += _tree(sources, folded, lines_of, only_unread=only_unread)
    tags = [tag for tag in sources.tags if tag.total and (tag.unread or not only_unread)]
    if tags:
        lines.append(SourceLine("Tags"))
        lines += [SourceLine(f"#{tag.name}", places.tag(tag), count=tag.unread) for tag in tags]
    return tuple(lines)


def _lists(sources: Sources) -> Iterator[SourceLine]:
    counts = (sources.inbox, sources.today, sources.later, sources.starred, None)
    for place, count in zip(places.LISTS, counts, strict=True):
        yield SourceLine(place.title, place, count=count)
    if sources.failing:
        yield SourceLine(places.FAILING.title, places.FAILING, count=sources.failing, mark="!")


def _tree(
    sources: Sources, folded: frozenset[str], lines_of: FeedLines, *, only_unread: bool
) -> Iterator[SourceLine]:
    """Yield folders with what is inside them, depth first, then the sources of the top level."""
    inside: dict[str, list[Feed]] = defaultdict(list)
    for feed in sources.feeds:
        inside[feed.folder].append(feed)
    unread: dict[str, int] = defaultdict(int)
    for path, feeds in inside.items():
        count = sum(feed.unread for feed in feeds)
        for above in ancestors(path):
            unread[above] += count
    hidden_below = ""
    for folder in _with_parents(sources.folders, inside):
        if hidden_below and folder.path.startswith(hidden_below):
            continue
        hidden_below = ""
        if only_unread and not unread[folder.path]:
            continue
        is_folded = folder.path in folded
        depth, name = folder.path.count("/"), folder.path.rpartition("/")[2]
        yield SourceLine(name, places.folder(folder), depth, unread[folder.path], is_folded)
        if is_folded:
            hidden_below = folder.path + "/"
        else:
            yield from _feeds(inside[folder.path], lines_of, only_unread=only_unread)
    yield from _feeds(inside[""], lines_of, only_unread=only_unread)


def _with_parents(folders: tuple[Folder, ...], inside: dict[str, list[Feed]]) -> list[Folder]:
    """Return the folders and their ancestors, each parent before its children, in the person's order, then by name."""
    known = {folder.path: folder for folder in folders}
    for path in [*known, *inside]:
        for above in ancestors(path):
            known.setdefault(above, Folder(FolderId(0), above))
    return [known[path] for path in sorted(known, key=partial(_place, known)) if path]


def _place(known: dict[str, Folder], path: str) -> list[tuple[int, str]]:
    """Return what a folder is sorted by: the place of each of the folders around it, then its own."""
    names = path.split("/")
    above = ("/".join(names[:depth]) for depth in range(1, len(names) + 1))
    return [(known[each].position if each in known else 0, each.casefold()) for each in above]


def _feeds(feeds: list[Feed], lines_of: FeedLines, *, only_unread: bool) -> Iterator[SourceLine]:
    """Yield the lines of feeds in the person's order, then by title."""
    for _, line in sorted(map(lines_of.of, feeds), key=itemgetter(0)):
        if line.count or not only_unread:
            yield line


def _mark(feed: Feed) -> str:
    if feed.health in (Health.FAILING, Health.GONE):
        return "!"
    return "‖" if feed.health is Health.PAUSED else ""


def ancestors(path: str) -> Iterator[str]:
    """Yield a folder's path and those of the folders around it; nothing for the top level."""
    while path:
        yield path
        path = path.rpartition("/")[0]


def is_source(line: SourceLine) -> bool:
    """Tell whether a line is a source, or a folder that is folded over some."""
    if line.place is None:
        return False
    return line.place.kind is PlaceKind.FEED or (line.place.kind is PlaceKind.FOLDER and bool(line.folded))


def is_stop(line: SourceLine) -> bool:
    """Tell whether ``J`` and ``K`` stop at a line: a source, a folded folder, a saved view, a tag."""
    return is_source(line) or (line.place is not None and line.place.kind in (PlaceKind.VIEW, PlaceKind.TAG))
