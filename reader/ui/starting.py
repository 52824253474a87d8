"""Beginning: the welcome of an empty library, and the sources that are offered to begin with."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ..errors import BroadsheetError
from ..model import FeedId
from ..store import feeds
from . import places, words
from .panes.status import Tone

if TYPE_CHECKING:
    from ..starters import Starter
    from .screens.main import MainScreen


class Starting:
    """What a first start begins with."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen

    async def welcome_if_empty(self) -> None:
        """Show the welcome above a library that has nothing in it and can be added to."""
        sources = self._screen.work.desk.sources
        if self._screen.subscriber is not None and not sources.feeds and not sources.total:
            await self.welcome()

    async def welcome(self) -> None:
        """Show the welcome."""
        from .screens.welcome import WelcomeScreen

        if self._screen.subscriber is None:
            self._screen.say("Nothing can be added to this library.")
        else:
            await self._screen.app.push_screen(WelcomeScreen(self._screen))

    async def starters(self) -> None:
        """Ask which of the bundled sources to begin with, subscribe to them and fetch them."""
        from ..starters import starters
        from .dialogs.starters import StarterDialog

        subscribed = {feed.url for feed in self._screen.work.desk.sources.feeds}
        answer = await self._screen.ask(StarterDialog(starters(), subscribed))
        self._screen.then(answer, self._subscribe)

    async def _subscribe(self, chosen: tuple[Starter, ...]) -> None:
        work = self._screen.work
        ids: list[FeedId] = []
        try:
            for one in chosen:
                add = partial(feeds.add_feed, folder=one.topic, now=work.clock())
                ids.append(await work.db.write(add, one.url, one.title))
        except BroadsheetError as error:
            self._screen.say(str(error), Tone.ERROR)
        if ids:
            await self._screen.sourcing.done(f"Subscribed to {words.plural(len(ids), 'source')}.")
            await self._screen.go_to(places.INBOX)
            self._screen.refreshing.start(ids)
