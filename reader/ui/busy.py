"""A screen that starts what takes time, asks in between, and hands things to other programs."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable, Coroutine
from functools import partial
from typing import Any, TypeVar

from textual.app import SuspendNotSupported
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget

from ..errors import BroadsheetError
from . import words
from .dialog import Dialog
from .panes.status import Tone
from .ports import FilePort, OpenPort, PagePort

T = TypeVar("T")


class BusyScreen(Screen[None]):
    """Deeds run beside the loop that reads keys.

    What a library or another program refuses is told in the status line; a bug ends the program with a traceback.
    """

    opener: OpenPort
    files: FilePort | None = None
    """Set by whoever starts the app where files can be fetched."""
    pages: PagePort | None = None
    """Set by whoever starts the app where pages can be cleaned."""
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """As Textual's own, which repaints the whole screen; the panes that lose and gain the focus draw themselves."""

    def run(self, work: Coroutine[Any, Any, object]) -> None:
        """Start something that takes time."""
        self.run_worker(self._told(work), exit_on_error=True)

    async def _told(self, work: Awaitable[object]) -> None:
        try:
            await work
        except BroadsheetError as error:
            self.say(str(error), Tone.ERROR)

    def later(self, seconds: float, then: Callable[[], Coroutine[Any, Any, object]]) -> None:
        """Start something soon."""
        self.set_timer(seconds, lambda: self.run(then()))

    async def ask(self, dialog: Dialog[T]) -> Awaitable[T | None]:
        """Put a dialog up and return its answer to come; it has the keys when this returns."""
        answer: asyncio.Future[T | None] = asyncio.get_running_loop().create_future()

        def take(value: T | None) -> None:
            if not answer.done():
                answer.set_result(value)

        await self.app.push_screen(dialog, take)
        dialog.take_focus()
        return answer

    def then(self, answer: Awaitable[T | None], act: Callable[[T], Awaitable[None] | None]) -> None:
        """Act on an answer when it comes, and not when the dialog was left without one."""

        async def wait() -> None:
            value = await answer
            if value is not None:
                outcome = act(value)
                if inspect.isawaitable(outcome):
                    await self._told(outcome)

        self.run_worker(wait(), exit_on_error=True, group="answers")

    # ------------------------------------------------------------------------------------------- other programs

    def say(self, message: str, tone: Tone = Tone.PLAIN, hint: str = "") -> None:
        """Tell the person something."""
        raise NotImplementedError

    async def aside(self, program: Callable[[], Awaitable[T]]) -> T | None:
        """Leave the terminal to a program until it ends and return what came of it.

        Where there is no terminal to leave that is said, and nothing returned.
        """
        try:
            with self.app.suspend():
                return await program()
        except SuspendNotSupported:
            self.say("This terminal cannot be handed to another program.", Tone.ERROR)
            return None

    async def browse(self, addresses: list[str]) -> None:
        """Open addresses in the browser, one after the other."""
        for address in addresses:
            if self.opener.takes_the_terminal(address):
                problem = await self.aside(partial(self.opener.browse, address))
            else:
                problem = await self.opener.browse(address)
            if problem:
                self.say(problem, Tone.ERROR)
            if problem != "":
                return
        self.say(
            f"Opened {addresses[0] if len(addresses) == 1 else words.plural(len(addresses), 'article')}."
        )

    async def copy(self, text: str, what: str) -> None:
        """Copy a text, by a program of this machine or by the terminal."""
        if not await self.opener.copy(text):
            self.app.copy_to_clipboard(text)
        self.say(f"Copied {what}.", Tone.DONE)
