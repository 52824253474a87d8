"""What came in and what became of it: source by source, tag by tag, day by day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from ...store import statistics
from ...store.statistics import Day, Volume
from .. import places, volumes, words
from ..places import Place, PlaceKind
from ..rows import Piece
from ..volumes import Order
from .page import PageDeed, PageScreen

if TYPE_CHECKING:
    from .main import MainScreen

TITLES: Final = {
    "source": "What came and what was read, by source",
    "tag": "What came and what was read, by tag",
    "day": "What came and what was read, by day",
}
VIEWS: Final = tuple(TITLES)


class StatisticsScreen(PageScreen):
    """Volumes of sources and of tags, and of days, over some weeks."""

    def __init__(self, main: MainScreen) -> None:
        super().__init__(main, TITLES["source"])
        self.by = "source"
        self.weeks = statistics.WEEKS
        self.order = Order.VOLUME
        self.volumes: list[Volume] = []
        self.days: tuple[Day, ...] = ()

    def hint(self) -> str:
        """Return the keys of the page."""
        label = self._main.key_label
        return f"Enter opens · Tab sources, tags, days · {label('sort')} order · + − more, fewer weeks · Esc leaves"

    async def load(self) -> None:
        """Count, and show what was counted."""
        work = self._main.work
        now = work.desk.local_now()
        self.volumes, self.days = [], ()
        if self.by == "day":
            days = await work.db.read(partial(statistics.by_day, now=now, days=7 * self.weeks))
            self.days = days[::-1]
        else:
            ask = statistics.by_feed if self.by == "source" else statistics.by_tag
            self.volumes = volumes.ordered(
                await work.db.read(partial(ask, now=now, weeks=self.weeks)), self.order
            )
        size = words.megabytes(await work.db.read(statistics.library_bytes))
        info = f"{self.weeks} weeks · {words.plural(work.desk.sources.total, 'article')} in {size}"
        self.heading.show(TITLES[self.by], info=info)
        self.show(len(self.days or self.volumes), 0)

    def columns(self, width: int) -> str:
        """Return the names of the columns."""
        return volumes.day_columns(width) if self.by == "day" else volumes.columns(width)

    def draw(self, line: int, width: int) -> list[Piece]:
        """Return a day, a source or a tag."""
        if self.by == "day":
            return volumes.day_row(self.days[line], self._most_a_day, width)
        return volumes.row(self.volumes[line], width)

    @property
    def _most_a_day(self) -> int:
        return max(max(day.arrived, day.read) for day in self.days)

    def details(self) -> Sequence[str]:
        """Return what came of the highlighted one, week by week."""
        if self.by == "day":
            came, read = sum(day.arrived for day in self.days), sum(day.read for day in self.days)
            return (
                f"{words.number(came)} came and {words.number(read)} were read in {len(self.days)} days.",
            )
        if not self.volumes:
            return ("There are no tags yet." if self.by == "tag" else "There are no sources yet.",)
        return volumes.details(self.volumes[self.listed.cursor])

    # ------------------------------------------------------------------------------------------- keys

    def deeds(self) -> Mapping[str, PageDeed]:
        """Return what each key does."""
        return {
            "enter": self._open,
            "tab": partial(self._turn, 1),
            "shift+tab": partial(self._turn, -1),
            "comma": self._next_order,
            "plus": partial(self._span, 1),
            "minus": partial(self._span, -1),
        }

    async def _turn(self, step: int) -> None:
        self.by = VIEWS[(VIEWS.index(self.by) + step) % len(VIEWS)]
        await self.load()

    async def _next_order(self) -> None:
        orders = tuple(Order)
        self.order = orders[(orders.index(self.order) + 1) % len(orders)]
        await self.load()
        self.status.say(f"Sorted: {self.order}.")

    async def _span(self, step: int) -> None:
        self.weeks = volumes.step(self.weeks, step)
        await self.load()

    async def _open(self) -> None:
        place = self._place()
        if place is not None:
            self.app.pop_screen()
            self._main.run(self._main.go_to(place))

    def _place(self) -> Place | None:
        """Return the source or the tag that is highlighted."""
        if not self.volumes:
            return None
        volume = self.volumes[self.listed.cursor]
        kind, key = (PlaceKind.FEED, str(volume.id)) if self.by == "source" else (PlaceKind.TAG, volume.name)
        return places.find(self._main.work.desk.sources, (kind, key))
