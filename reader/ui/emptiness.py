"""What is said where there is nothing to list. Pure."""

from __future__ import annotations

from collections.abc import Callable

from ..model import Sources
from . import places
from .places import Place, PlaceKind


def empty_list(place: Place, sources: Sources, key: Callable[[str], str], hint: str = "") -> tuple[str, ...]:
    """Return sentences, one a line, the first being the heading; ``key`` gives the key of an action."""
    if not sources.feeds and not sources.total:
        return welcome(key)
    match place.kind:
        case PlaceKind.SEARCH:
            lines = ["Nothing found"]
            if hint:
                lines += ["", f"Did you mean “{hint}”? Tab takes it."]
            return (*lines, "", "Fewer words find more; word* finds beginnings, OR either of two.")
        case PlaceKind.FEED | PlaceKind.FOLDER:
            return ("No articles yet", "", f"{key('refresh')} asks the source now.")
        case PlaceKind.VIEW:
            return (
                "Nothing answers this view",
                "",
                f"It looks for: {place.query}",
                f"{key('edit')} changes it.",
            )
        case PlaceKind.TAG:
            return ("No article has this tag", "", f"{key('tag')} on an article sets tags.")
    return _empty_builtin(place, sources, key)


def _empty_builtin(place: Place, sources: Sources, key: Callable[[str], str]) -> tuple[str, ...]:
    match place:
        case places.INBOX | places.TODAY:
            kept = []
            if sources.later:
                kept = [f"{sources.later} on the later list: {key('go-later')} goes there."]
            return (
                "All read",
                "",
                "The inbox is empty. Enjoy the day.",
                *kept,
                "",
                f"{key('refresh-all')} asks all sources for more.",
            )
        case places.LATER:
            return ("Nothing for later", "", f"{key('later')} puts an article here, out of the inbox.")
        case places.STARRED:
            return ("No stars yet", "", f"{key('star')} stars an article: it stays, whatever is purged.")
    return ("No articles", "", f"{key('refresh-all')} asks all sources.")


def welcome(key: Callable[[str], str]) -> tuple[str, ...]:
    """Return what a first start says."""
    return (
        "Welcome to Broadsheet",
        "",
        f"{key('add')}  add a site, a feed or an article by its address",
        ":import  take over subscriptions from another reader (OPML)",
        ":starters  choose among sources to begin with",
        ":demo  look around with invented sources, without a network",
        "",
        f"{key('help')}  what every key does      {key('quit')}  leave",
    )
