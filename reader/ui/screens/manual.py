"""The manual: its pages set like any article, one after the other, with their contents on a key."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from ... import manual
from ...model import EntryId, EntryRow, FeedId, StoredArticle
from ...typeset import Options
from ..dialog import Choice, Picker
from ..dialogs.find import FindDialog
from ..panes.article import ArticlePane
from ..panes.status import StatusLine
from ..pieceline import PaneHeading

if TYPE_CHECKING:
    from .main import MainScreen


class ManualScreen(Screen[None]):
    """One page of the manual at a time."""

    AUTO_FOCUS: ClassVar[str | None] = ""
    takes_keys = True

    def __init__(self, main: MainScreen) -> None:
        super().__init__()
        self._main = main
        self._page = 0
        self.heading = PaneHeading("Manual")
        self.pane = ArticlePane(options=Options(measure=main.work.config.measure))
        self.status = StatusLine()

    def compose(self) -> ComposeResult:
        """Compose the heading, the page, and the keys."""
        yield self.heading
        yield self.pane
        hint = (
            f"Space reads on · n p next and previous page · c contents · {self._main.key_label('search')} finds "
            f"· N next place · Esc leaves"
        )
        yield Static(Content(hint), markup=False, id="manual-hint")
        yield self.status

    def on_mount(self) -> None:
        """Show the first page."""
        self.heading.show_focus(focused=True)
        self.turn_to(0)

    def turn_to(self, number: int) -> bool:
        """Show a page from its top; False when there is none of this number."""
        if not 0 <= number < len(manual.TOPICS):
            return False
        self._page = number
        page = manual.article(manual.TOPICS[number])
        row = EntryRow(
            EntryId(-1 - number),
            FeedId(0),
            page.site,
            page.title,
            None,
            self._main.work.clock(),
            unread=False,
        )
        self.pane.show(StoredArticle(row, page, ()))
        self.heading.show(info=f"{page.title} · {number + 1}/{len(manual.TOPICS)}")
        self.status.say("")
        return True

    def _read_on(self) -> None:
        if not self.pane.page_down() and not self.turn_to(self._page + 1):
            self.status.say("This is the end of the manual.")

    async def _contents(self) -> None:
        choices = [Choice(title, number) for number, title in enumerate(manual.topics().values())]
        answer = await self._main.ask(Picker("The manual", choices, empty="No page of that name."))
        self._main.then(answer, self._turned_to)

    def _turned_to(self, number: int) -> None:
        self.turn_to(number)

    async def press(self, key: str) -> None:
        """Take a key and do what it means here."""
        lines = {"j": 1, "down": 1, "k": -1, "up": -1, "ctrl+d": self.pane.size.height // 2}
        lines["ctrl+u"] = -lines["ctrl+d"]
        if key in lines:
            self.pane.scroll_lines(lines[key])
        elif key in ("escape", "q", "f1"):
            self.app.pop_screen()
        elif key in ("space", "pagedown"):
            self._read_on()
        elif key in ("b", "pageup"):
            self.pane.page_up()
        elif key in ("g", "home"):
            self.pane.scroll_to_top()
        elif key in ("G", "end"):
            self.pane.scroll_to_bottom()
        elif key in ("n", "right", "p", "left"):
            self.turn_to(self._page + (1 if key in ("n", "right") else -1))
        elif key == "c":
            await self._contents()
        elif key == "slash":
            await self._main.ask(FindDialog(self.pane))
        elif key == "N":
            self.pane.find_next()
        else:
            self.status.say("The keys of this page stand below it.")

    def on_article_pane_link_chosen(self, event: ArticlePane.LinkChosen) -> None:
        """Open a link in the browser."""
        event.stop()
        self._main.run(self._main.browse([event.href]))
