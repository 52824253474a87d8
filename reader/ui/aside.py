"""Looking at the file system without holding up the screen.

A directory may be on a disk that sleeps or a server that is gone. Each look has a daemon thread of its own: asyncio's
own pool would wait for a hung one on the way out.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from typing import TypeVar

T = TypeVar("T")


async def aside(look: Callable[[], T]) -> T:
    """Return what ``look`` returns, having called it on a thread of its own; what it raises is raised here."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[T] = loop.create_future()

    def tell(set_answer: Callable[[], None]) -> None:
        if not answer.done():  # nobody waits any more when the dialog was left meanwhile
            set_answer()

    def run() -> None:
        try:
            found = look()
        except Exception as error:  # noqa: BLE001 - raised again where it is awaited
            failure = error
            _call(loop, lambda: tell(lambda: answer.set_exception(failure)))
        else:
            _call(loop, lambda: tell(lambda: answer.set_result(found)))

    Thread(target=run, name="aside", daemon=True).start()
    return await answer


def _call(loop: asyncio.AbstractEventLoop, act: Callable[[], None]) -> None:
    with suppress(RuntimeError):  # the loop was closed while we looked
        loop.call_soon_threadsafe(act)
