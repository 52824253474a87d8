"""What each action of the registry does, by name: ``do_next_unread`` carries out ``next-unread``.

A deed is a few lines: it asks the workspace for what changes and the screen for what moves. Each family has a
file; ``all_deeds`` joins them, and a test holds them against the registry.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from ..keys import Command
from .article import InArticle
from .deciding import Deciding
from .finding import Finding
from .moving import Moving
from .outward import Outward
from .program import Program
from .reading import Reading
from .sourcing import Sourcing

if TYPE_CHECKING:
    from ..screens.main import MainScreen

Deed = Callable[[Command], Awaitable[None] | None]


def all_deeds(screen: MainScreen) -> dict[str, Deed]:
    """Return what carries out each action, by the action's name."""
    deeds: dict[str, Deed] = {}
    for family in (Moving, Reading, InArticle, Outward, Deciding, Finding, Sourcing, Program):
        worker = family(screen)
        for name in dir(worker):
            if name.startswith("do_"):
                deeds[name.removeprefix("do_").replace("_", "-")] = getattr(worker, name)
    return deeds
