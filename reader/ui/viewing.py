"""Views at work: edited, and what Enter does in one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from ..actions import ACTIONS, BY_NAME, Action, Context
from ..model import View
from ..query import parse
from ..store import views
from .places import Place, PlaceKind

if TYPE_CHECKING:
    from .dialogs.view import ViewAnswer
    from .screens.main import MainScreen

ON_ENTER: Final = tuple(
    action.name for action in ACTIONS if action.bulk and {Context.ENTRIES, Context.ARTICLE} <= action.contexts
)
"""What Enter may do in a view instead of opening: verbs on an article, wherever it is shown."""


class Viewing:
    """Flows that change views."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen

    def _view(self, place: Place | None) -> View | None:
        """Return the view that a place is, as the library has it, or None."""
        if place is None or place.kind is not PlaceKind.VIEW:
            return None
        return next(
            (view for view in self._screen.work.desk.sources.views if str(view.id) == place.key), None
        )

    async def edit(self, place: Place) -> None:
        """Ask what a view should be, and change it."""
        from .dialogs.view import ViewDialog

        view = self._view(place)
        if view is None:
            return
        answer = await self._screen.ask(ViewDialog(view, self._count, ON_ENTER))

        async def apply(to: ViewAnswer) -> None:
            change = partial(views.edit_view, view_id=view.id, name=to.name, query=to.query, action=to.action)
            if not await self._screen.sourcing.change(change, f"Changed {to.name}."):
                return
            if await self._screen.work.desk.count_views():
                await self._screen.work.recount()
            if self._screen.work.desk.place.identity == place.identity:
                await self._screen.work.open(Place(PlaceKind.VIEW, place.key, to.name, to.query))

        self._screen.then(answer, apply)

    async def _count(self, query: str) -> int:
        count, _ = await self._screen.work.desk.count(parse(query))
        return count

    def on_enter(self) -> Action | None:
        """Return what Enter does on a row of the open place instead of opening, or None."""
        view = self._view(self._screen.work.desk.place)
        return BY_NAME[view.action] if view is not None and view.action in ON_ENTER else None
