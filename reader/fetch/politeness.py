"""Whose turn it is: how many requests at once, how many to one host, and how far apart.

A request first waits for its host (two at a time, starts a quarter of a second apart), then for one of the slots that
all share. One that has no answer after two seconds gives its slot back and waits on the side, so that fifty hanging
hosts do not hold up the other thousand. A host that asked to be left alone is not asked.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Final

from ..records import dataclass, field
from .hosts import registrable


@dataclass(frozen=True, slots=True)
class Manners:
    """How we behave towards servers."""

    total: int = 24
    per_host: int = 2
    spacing_seconds: float = 0.25
    """Between two starts at one host."""
    slow_after_seconds: float = 2.0
    """Without an answer for so long, a request gives its slot back."""
    slow_total: int = 200
    patience_seconds: float = 10.0
    """A host whose next turn is further away is left for another refresh."""
    retry_seconds: float = 2.0
    """Pause before a connection that failed is tried once more."""
    spacing_of: Mapping[str, float] = field(default_factory=lambda: {"reddit.com": 65.0})
    """Hosts known to refuse whoever comes more often."""


DEFAULT: Final = Manners()


class Held(Exception):
    """The host is to be left alone for ``wait``."""

    def __init__(self, host: str, wait: timedelta) -> None:
        super().__init__(host)
        self.wait = wait


@dataclass(slots=True)
class _Host:
    name: str
    spacing: float
    limit: int
    places: asyncio.Semaphore
    door: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held while one request waits for its start, so that the others queue behind it."""
    next_start: float = 0.0
    held_until: float = 0.0
    scolded: bool = False
    """It asked for peace once: one request at a time from then on."""
    to_withdraw: int = 0
    """Places not given back any more when those who have them leave."""


class Gates:
    """Lets requests start when it is their turn."""

    def __init__(self, manners: Manners = DEFAULT) -> None:
        self.manners = manners
        self.slots = asyncio.Semaphore(manners.total)
        self._hosts: dict[str, _Host] = {}
        self.slow = 0
        self.asked: dict[Turn, str] = {}
        """The hosts that have been asked and have not answered to the end, the longest ago first."""

    @asynccontextmanager
    async def turn(self, host: str, *, urgent: bool = False) -> AsyncIterator[Turn]:
        """Wait for the turn of a request to ``host``; raise ``Held`` when it is not to be asked now.

        An ``urgent`` one waits for the host alone, not for a slot.
        """
        turn = Turn(self, needs_slot=not urgent)
        try:
            await turn.enter(host)
            yield turn
        finally:
            turn.leave()

    def hold(self, host: str, wait: timedelta) -> None:
        """Leave a host alone for so long; whoever queues for it is told at once."""
        at = self.host(host)
        at.held_until = max(at.held_until, time.monotonic() + wait.total_seconds())
        if not at.scolded:
            at.scolded = True
            at.to_withdraw = at.limit - 1

    def held_for(self, host: str) -> timedelta:
        """Return for how long a host is still to be left alone."""
        at = self._hosts.get(registrable(host))
        return timedelta(seconds=max(0.0, at.held_until - time.monotonic())) if at else timedelta(0)

    def host(self, host: str) -> _Host:
        """Return what is known of a host."""
        name = registrable(host)
        found = self._hosts.get(name)
        if found is None:
            spacing = self.manners.spacing_of.get(name)
            limit = self.manners.per_host if spacing is None else 1
            pause = self.manners.spacing_seconds if spacing is None else spacing
            found = _Host(name, pause, limit, asyncio.Semaphore(limit))
            self._hosts[name] = found
        return found


class Turn:
    """The right to ask a host now; given back when the answer was read."""

    def __init__(self, gates: Gates, *, needs_slot: bool) -> None:
        self._gates = gates
        self._needs_slot = needs_slot
        self._at: _Host | None = None
        self._has_slot = False
        self._is_slow = False
        self._timer: asyncio.TimerHandle | None = None

    async def enter(self, host: str) -> None:
        """Wait for the host, the pause and a slot, in this order: who waits for a host takes nobody's slot."""
        at = self._gates.host(host)
        self._check(at)
        await at.places.acquire()
        self._at = at
        async with at.door:
            self._check(at)
            pause = at.next_start - time.monotonic()
            if pause > 0:
                await asyncio.sleep(pause)
            if self._needs_slot:
                await self._gates.slots.acquire()
                self._needs_slot, self._has_slot = False, True
            self._check(at)
            at.next_start = time.monotonic() + at.spacing

    def started(self) -> None:
        """Say that the request goes out now; without an answer it gives its slot back after a while."""
        if self._at is not None:
            self._gates.asked[self] = self._at.name
        self._timer = asyncio.get_running_loop().call_later(
            self._gates.manners.slow_after_seconds, self._too_slow
        )

    def _check(self, at: _Host) -> None:
        """Raise ``Held`` when the host asked for peace, or its next turn is too far away to wait for."""
        now = time.monotonic()
        if at.held_until > now:
            raise Held(at.name, timedelta(seconds=at.held_until - now))
        pause = at.next_start - now
        if pause > self._gates.manners.patience_seconds:
            raise Held(at.name, timedelta(seconds=pause))

    def answered(self) -> None:
        """Say that the headers are there: what still comes is under way."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _too_slow(self) -> None:
        self._timer = None
        if self._has_slot and self._gates.slow < self._gates.manners.slow_total:
            self._gates.slow += 1
            self._is_slow = True
            self._release_slot()

    def _release_slot(self) -> None:
        if self._has_slot:
            self._has_slot = False
            self._gates.slots.release()

    async def move_to(self, host: str) -> None:
        """Go on to another host after a redirect; the first is given back before the second is waited for."""
        if self._at is not None and registrable(host) == self._at.name:
            return
        self.answered()
        self._leave_host()
        await self.enter(host)
        self.started()

    def _leave_host(self) -> None:
        at, self._at = self._at, None
        self._gates.asked.pop(self, None)
        if at is None:
            return
        if at.to_withdraw:
            at.to_withdraw -= 1
        else:
            at.places.release()

    def leave(self) -> None:
        """Give everything back."""
        self.answered()
        self._release_slot()
        if self._is_slow:
            self._is_slow = False
            self._gates.slow -= 1
        self._leave_host()
