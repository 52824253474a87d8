"""Sources at work: adding with a preview, editing, removing, importing, exporting, and how they are doing."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from .. import rules
from ..errors import BroadsheetError
from ..model import EntryRow, Feed, FeedId, ViewId
from ..store import feeds, folders, order, tags, views
from ..store.feeds import FeedEdit
from ..triage import Actor
from . import places, words
from .panes.status import Tone
from .places import Place, PlaceKind
from .viewing import Viewing

if TYPE_CHECKING:
    from .dialogs.source import SourceAnswer
    from .ports import Taken
    from .screens.main import MainScreen


class SourceDesk:
    """Flows that ask something about sources and change them."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self.done_listeners: list[Callable[[], None]] = []
        """Called when sources were added, changed or removed and the library was counted again."""

    def feeds_here(self) -> tuple[FeedId, ...] | None:
        """Return the sources of the place that is open or highlighted; None for all."""
        return places.feeds_of(self._here() or places.ALL, self._screen.work.desk.sources)

    async def done(self, sentence: str, hint: str = "") -> None:
        """Say what was done to the sources, and show the library as it is now."""
        self._screen.say(sentence, Tone.DONE, hint)
        await self._screen.work.recount()
        await self._screen.work.look_for_new()
        for listener in tuple(self.done_listeners):
            listener()

    # ------------------------------------------------------------------------------------------- adding

    async def add(self, address: str = "") -> None:
        """Ask for an address, show what it offers, and subscribe to what is chosen."""
        port = self._screen.subscriber
        if port is None:
            self._screen.say("Nothing can be added to this library.")
            return
        known = [folder.path for folder in self._screen.work.desk.sources.folders]
        is_empty = not self._screen.work.desk.sources.feeds
        otherwise = "Without a network there is the demo: Esc, then :demo." if is_empty else ""
        from .dialogs.add import AddDialog

        answer = await self._screen.ask(AddDialog(port, address, known, otherwise))

        async def added(taken: Taken) -> None:
            await self.done(taken.sentence)
            if taken.feed_id is not None:
                self._screen.refreshing.start((taken.feed_id,))
                place = places.find(self._screen.work.desk.sources, (PlaceKind.FEED, str(taken.feed_id)))
                if place is not None:
                    await self._screen.go_to(place)
            elif taken.entry_id is not None:
                await self._screen.work.open(places.ALL, at=taken.entry_id)

        self._screen.then(answer, added)

    async def import_file(self, typed: str = "") -> None:
        """Ask for a file and import it."""
        port = self._screen.subscriber
        if port is None:
            self._screen.say("Nothing can be imported into this library.")
            return

        async def take(path: Path) -> None:
            try:
                with self._screen.tasks.during(f"Importing {path.name}") as task:
                    sentence = task.outcome = await port.import_file(path)
            except BroadsheetError as error:
                self._screen.say(str(error), Tone.ERROR)
                return
            await self.done(sentence)
            self._screen.refreshing.start(None, force=False)

        if typed:
            await take(_path(typed))
        else:
            from ..neighbours import neighbours
            from .dialogs.importing import ImportDialog

            answer = await self._screen.ask(ImportDialog(partial(neighbours, dict(os.environ))))
            self._screen.then(answer, take)

    async def export_file(self, typed: str = "") -> None:
        """Ask for a file and export the subscriptions as OPML."""
        port = self._screen.subscriber
        if port is None:
            self._screen.say("Nothing can be exported from this library.")
            return

        async def give(path: str) -> None:
            try:
                with self._screen.tasks.during(f"Exporting to {path}") as task:
                    task.outcome = await port.export_file(_path(path))
                self._screen.say(task.outcome, Tone.DONE)
            except BroadsheetError as error:
                self._screen.say(str(error), Tone.ERROR)

        if typed:
            await give(typed)
        else:
            from .dialogs.prompt import Prompt

            prompt = Prompt("Export subscriptions as OPML to", "~/subscriptions.opml")
            answer = await self._screen.ask(prompt)
            self._screen.then(answer, give)

    async def demo(self) -> None:
        """Add the bundled sources and fetch them."""
        port = self._screen.subscriber
        if port is None:
            self._screen.say("The demo cannot be shown in this library.")
            return
        try:
            with self._screen.tasks.during("Printing the demo: a few seconds") as task:
                sentence = task.outcome = await port.demo()
        except BroadsheetError as error:
            self._screen.say(str(error), Tone.ERROR)
            return
        await self.done(sentence)
        await self._screen.go_to(places.INBOX)

    # ------------------------------------------------------------------------------------------- editing

    def _here(self) -> Place | None:
        screen = self._screen
        on_sources = screen.focused is screen.sources
        return screen.sources.current if on_sources else screen.work.desk.place

    async def edit(self, place: Place | None = None) -> None:
        """Edit a source, view, folder or tag: the one that is highlighted or open, unless another is given."""
        place = place or self._here()
        match place:
            case Place(kind=PlaceKind.FEED, feed_id=feed_id):
                feed = next(
                    (feed for feed in self._screen.work.desk.sources.feeds if feed.id == feed_id), None
                )
                if feed is not None:
                    await self._edit_feed(feed)
            case Place(kind=PlaceKind.VIEW):
                await Viewing(self._screen).edit(place)
            case Place(kind=PlaceKind.TAG | PlaceKind.FOLDER):
                await self._rename(place)
            case _:
                self._screen.say("Only sources, folders, views and tags can be edited.")

    async def _edit_feed(self, feed: Feed) -> None:
        from .dialogs.source import SourceDialog

        known = [folder.path for folder in self._screen.work.desk.sources.folders]
        answer = await self._screen.ask(SourceDialog(feed, known))

        async def apply(edit: SourceAnswer) -> None:
            what: FeedEdit = {
                "folder": edit.folder,
                "tags": edit.tags,
                "full_text": edit.full_text,
                "interval": edit.interval,
                "quiet": edit.quiet,
                "keep": edit.keep,
                "pictures": edit.pictures,
            }
            if edit.title != feed.title:
                what["title"] = edit.title
            change = partial(feeds.edit_feed, feed_id=feed.id, **what)
            await self.change(change, f"Changed {edit.title or feed.title}.")

        self._screen.then(answer, apply)

    async def _rename(self, place: Place) -> None:
        from .dialogs.prompt import Prompt

        title = "Name of the tag" if place.kind is PlaceKind.TAG else "Path of the folder"
        answer = await self._screen.ask(Prompt(title, place.key))
        work = self._screen.work

        async def apply(name: str) -> None:
            if place.kind is PlaceKind.FOLDER:
                rename: Callable[..., object] = partial(folders.rename_folder, path=place.key, new_path=name)
            else:
                rename = partial(
                    tags.rename,
                    old=place.key,
                    new=name,
                    actor=Actor.WINDOW,
                    session=work.session,
                    now=work.clock(),
                )
            await self.change(rename, f"Renamed {place.key} to {name}.")

        if place.key:
            self._screen.then(answer, apply)

    async def shift(self, steps: int) -> None:
        """Move the highlighted source, folder or view among those beside it; the order is the library's from then on."""
        place = self._screen.sources.current
        work = self._screen.work
        match place:
            case Place(kind=PlaceKind.FEED, feed_id=feed_id) if feed_id is not None:
                move: Callable[..., object] = partial(order.shift_feed, feed_id=feed_id, steps=steps)
            case Place(kind=PlaceKind.FOLDER):
                move = partial(order.shift_folder, path=place.key, steps=steps)
            case Place(kind=PlaceKind.VIEW):
                names = [view.id for view in work.desk.sources.views]
                at = names.index(ViewId(int(place.key))) + steps
                move = partial(views.move_view, view_id=ViewId(int(place.key)), position=max(0, at))
            case _:
                self._screen.say("Only sources, folders and views have an order of yours.")
                return
        try:
            await work.db.write(move)
        except BroadsheetError as error:
            self._screen.say(str(error), Tone.ERROR)
        await work.recount()
        self._screen.sources.go_to(place)

    async def change(self, change: Callable[..., object], sentence: str, hint: str = "") -> bool:
        """Change something in the library and say so; tells whether it was possible."""
        try:
            await self._screen.work.db.write(change)
        except BroadsheetError as error:
            self._screen.say(str(error), Tone.ERROR)
            return False
        await self.done(sentence, hint)
        return True

    async def remove(self, place: Place | None = None) -> None:
        """Remove a source, view or tag: the highlighted one, unless another is given; sources and tags come back by undo."""
        from .dialogs.prompt import Confirm

        place = place or self._screen.sources.current
        work = self._screen.work
        undoes = f"{self._screen.key_label('undo')} undoes"
        by = partial(partial, actor=Actor.WINDOW, session=work.session, now=work.clock())
        match place:
            case Place(kind=PlaceKind.FEED, feed_id=feed_id) if feed_id is not None:
                change: Callable[..., object] = by(feeds.remove_feed, feed_id=feed_id)
            case Place(kind=PlaceKind.TAG):
                change = by(tags.delete, name=place.key)
            case Place(kind=PlaceKind.VIEW):
                change, undoes = partial(views.delete_view, view_id=ViewId(int(place.key))), ""
                lines = [f"It looks for: {place.query}", "No article changes. This cannot be undone."]
                answer = await self._screen.ask(Confirm(f"Forget the view {place.title}?", lines))
                self._screen.then(answer, lambda _: self._remove(change, place, undoes))
                return
            case Place(kind=PlaceKind.FOLDER):
                change, undoes = partial(folders.delete_folder, path=place.key), ""
                dissolve = await self._screen.ask(
                    Confirm(
                        f"Dissolve the folder {place.key}?",
                        ["What is in it moves up; nothing is unsubscribed."],
                    )
                )
                self._screen.then(dissolve, lambda _: self._remove(change, place, undoes))
                return
            case _:
                self._screen.say("Only sources, folders, views and tags can be removed.")
                return
        await self._remove(change, place, undoes)

    async def _remove(self, change: Callable[..., object], place: Place, undoes: str) -> None:
        removed = await self.change(change, f"Removed {place.title}.", undoes)
        if removed and self._screen.work.desk.place.identity == place.identity:
            await self._screen.work.open(places.INBOX)

    # ------------------------------------------------------------------------------------------- looking after

    async def health(self) -> None:
        """Show how the sources are doing, those to worry about first."""
        from .screens.health import HealthScreen

        await self._screen.app.push_screen(HealthScreen(self._screen))

    async def mute(self, row: EntryRow | None = None) -> None:
        """Ask what to mute of an article, the highlighted one unless another is given, and for how long."""
        row = row or self._screen.work.listing.current
        if row is None:
            self._screen.say("There is no article here.")
            return
        from .dialogs.mute import how_long, what_to_mute

        answer = await self._screen.ask(what_to_mute(row))

        async def go_on(query: str) -> None:
            days = await self._screen.ask(how_long(query))
            self._screen.then(days, lambda chosen: self._mute(query, chosen))

        self._screen.then(answer, go_on)

    async def _mute(self, query: str, days: int) -> None:
        from .dialogs.mute import until

        work = self._screen.work
        now = work.clock()
        try:
            _, step = await work.db.write(rules.mute, query, until(days, now), now, session=work.session)
        except BroadsheetError as error:
            self._screen.say(str(error), Tone.ERROR)
            return
        hidden = step.changes if step is not None else ()
        work.listing.apply(hidden)
        work.listing.handled.update(change.entry_id for change in hidden)
        for_how_long = f" for {words.plural(days, 'day')}" if days else ""
        await self.done(
            f"Muted {query}{for_how_long}: {words.plural(len(hidden), 'article')} hidden.",
            f"{self._screen.key_label('undo')} shows them again",
        )
        self._screen.entries.refresh()


def _path(typed: str) -> Path:
    return Path(typed.strip()).expanduser()
