"""Pictures of the article that is shown: fetched when the reader or a setting wants them, and never otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from ..document import Figure, figures
from ..errors import BroadsheetError
from ..model import StoredArticle
from ..typeset import Picture
from ..typeset.picture import MOST_ROWS
from . import words
from .homes import feed_of, is_at_home
from .panes.status import Tone

if TYPE_CHECKING:
    from .screens.main import MainScreen

MOST_PICTURES: Final = 30
"""Pictures of one article that are fetched; a longer gallery is better looked at in the browser."""
LEAST_SIDE: Final = 16
"""A picture whose page says that it is smaller is not fetched: it counts readers, or is a bullet."""


class PicturePort(Protocol):
    """Brings pictures; given by whoever starts the app where they can be fetched."""

    def missing(self) -> str:
        """Return why no picture can be drawn here, as a sentence; empty when it can."""

    async def picture(self, url: str, columns: int, rows: int, *, at_home: bool = False) -> Picture:
        """Return a picture to be drawn in at most so many cells; raises BroadsheetError with a sentence."""


class Picturing:
    """Has the pictures of the shown article fetched and drawn."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self.port: PicturePort | None = None

    def opened(self, article: StoredArticle) -> None:
        """Fetch the pictures of an article that was opened, where its source or else the settings say so."""
        feed = feed_of(article, self._screen.work.desk.sources.feeds)
        own = feed.pictures if feed is not None else None
        wanted = self._screen.work.config.pictures if own is None else own
        if wanted and self.port is not None and not self._hindrance() and (sources := self._sources()):
            self._screen.run(self._fetch(article, self.port, sources))

    def toggle(self) -> None:
        """Fetch and draw the pictures of the shown article, or take them away again."""
        screen, article = self._screen, self._screen.article.article
        if article is None:
            return
        if screen.article.pictures:
            screen.article.draw_pictures({})
        elif self.port is None or (why_not := self._hindrance()):
            screen.say("This library is shown without fetching." if self.port is None else why_not)
        elif sources := self._sources():
            screen.say("")
            screen.run(self._fetch(article, self.port, sources))
        else:
            screen.say("This article has no pictures.")

    def _hindrance(self) -> str:
        """Return why nothing can be drawn, as a sentence."""
        if self._screen.app.native_ansi_color:
            return "Pictures need colours, which this theme leaves to the terminal: see :theme."
        return self.port.missing() if self.port is not None else ""

    def _sources(self) -> list[str]:
        """Return the addresses of the pictures in the text that is shown, each once."""
        page = self._screen.article.typeset
        shown = figures(page.choice.blocks) if page is not None else ()
        return list(dict.fromkeys(figure.src for figure in shown if is_worth_fetching(figure)))[
            :MOST_PICTURES
        ]

    async def _fetch(self, article: StoredArticle, port: PicturePort, sources: list[str]) -> None:
        """Fetch pictures one after the other, and draw each as it comes while the article is shown."""
        screen, tasks = self._screen, self._screen.tasks
        feed = feed_of(article, screen.work.desk.sources.feeds)
        drawn: dict[str, Picture] = {}
        problem = ""
        with tasks.during(f"Fetching the pictures of {words.quoted(article.row.title)}") as task:
            for number, src in enumerate(sources, 1):
                columns = max(1, min(screen.article.content_size.width, screen.work.config.measure))
                try:
                    drawn[src] = await port.picture(src, columns, MOST_ROWS, at_home=is_at_home(src, feed))
                    problem = ""
                except BroadsheetError as error:
                    problem = str(error)
                if not self._is_shown(article):
                    break
                tasks.tell(task, f"{number}/{len(sources)} pictures", number, len(sources), problem)
                screen.article.draw_pictures(drawn)
            task.outcome = f"{words.plural(len(drawn), 'picture')} of {len(sources)}"
        if not drawn and problem:
            screen.say(problem, Tone.ERROR)

    def _is_shown(self, article: StoredArticle) -> bool:
        shown = self._screen.article.article
        return shown is not None and shown.row.id == article.row.id


def is_worth_fetching(figure: Figure) -> bool:
    """Tell whether a figure is a picture on the web, and no smaller than what can be seen."""
    small = any(0 < side < LEAST_SIDE for side in (figure.width, figure.height))
    return figure.kind == "image" and figure.src.startswith(("http://", "https://")) and not small
