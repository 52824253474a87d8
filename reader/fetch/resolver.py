"""Names to addresses, on daemon threads of our own.

asyncio resolves in its default executor, whose few threads a hung name server fills: eight hung look-ups delayed
the next piece of work by 14 s and the end of the program by 15 s (measured). A thread of ours that hangs is left
behind and delays nobody.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
import time
from collections.abc import Callable
from typing import Final, TypeAlias

from .hosts import is_literal

MAX_HANGING: Final = 64
"""Look-ups under way; more are refused, since the name server answers nothing."""
REMEMBERED_SECONDS: Final = 60.0

LookUp: TypeAlias = Callable[[str, int], tuple[str, ...]]


class NoSuchHost(OSError):
    """The name has no address."""


def look_up(host: str, port: int) -> tuple[str, ...]:
    """Return the addresses of a host in the system's order of preference; blocks; raises ``OSError``."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG)
    return tuple(dict.fromkeys(str(info[4][0]) for info in found))


class Resolver:
    """Resolves names without blocking the loop and without keeping the program alive."""

    def __init__(self, look_up: LookUp = look_up) -> None:
        self._look_up = look_up
        self._under_way: dict[str, asyncio.Future[tuple[str, ...]]] = {}
        self._known: dict[str, tuple[float, tuple[str, ...]]] = {}
        self._hanging = 0

    async def addresses(self, host: str, port: int) -> tuple[str, ...]:
        """Return the addresses of a host; raise ``NoSuchHost``. Cancelling leaves the look-up to itself."""
        if is_literal(host):
            return (host,)
        known = self._known.get(host)
        if known and known[0] > time.monotonic():
            return known[1]
        answer = self._under_way.get(host)
        if answer is None:
            answer = self._start(host, port)
        return await asyncio.shield(answer)

    def _start(self, host: str, port: int) -> asyncio.Future[tuple[str, ...]]:
        if self._hanging >= MAX_HANGING:
            raise NoSuchHost(f"{self._hanging} name look-ups are waiting for an answer")
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[tuple[str, ...]] = loop.create_future()
        answer.add_done_callback(lambda done: done.exception())  # retrieved, even when nobody waits any more
        self._under_way[host] = answer
        self._hanging += 1

        def work() -> None:
            try:
                result: tuple[str, ...] | Exception = self._look_up(host, port)
            except Exception as error:  # noqa: BLE001 - gaierror, UnicodeError of a bad label: no such host
                result = error
            with contextlib.suppress(RuntimeError):  # the loop is gone: so is everyone who waited
                loop.call_soon_threadsafe(self._finish, host, answer, result)

        threading.Thread(target=work, name=f"look-up {host[:40]}", daemon=True).start()
        return answer

    def _finish(
        self, host: str, answer: asyncio.Future[tuple[str, ...]], result: tuple[str, ...] | Exception
    ) -> None:
        self._hanging -= 1
        self._under_way.pop(host, None)
        if isinstance(result, tuple) and result:
            self._known[host] = (time.monotonic() + REMEMBERED_SECONDS, result)
            answer.set_result(result)
        else:
            answer.set_exception(NoSuchHost(str(result)))
