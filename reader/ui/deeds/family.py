"""What the families of deeds share: the screen, and short names for its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...actions import Context
from ..listing import Listing
from ..workspace import Workspace

if TYPE_CHECKING:
    from ..screens.main import MainScreen


class Family:
    """Deeds of one kind, on one screen."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen

    @property
    def work(self) -> Workspace:
        """The state of reading."""
        return self.screen.work

    @property
    def listing(self) -> Listing:
        """The list that is open."""
        return self.screen.work.listing

    @property
    def context(self) -> Context:
        """Where the keys go."""
        return self.screen.context
