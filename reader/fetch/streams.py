"""The sockets under httpcore: each name is resolved, checked and connected to right here.

httpx would resolve names in asyncio's default executor and connect to whatever they lead to. This backend takes the
``Errand`` of the task it runs in: which host may be private, and how much the head of an answer may weigh. It is also
the cheaper way: a few lines on an asyncio protocol where httpcore would go through anyio.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Any, Final

import httpcore

from ..records import dataclass
from .addresses import is_public
from .resolver import NoSuchHost, Resolver

HEAD_BYTES: Final = 256 * 1024
"""Bytes an answer may send before its headers are complete: endless 1xx answers and header floods end here."""
BUFFERED: Final = 128 * 1024
"""Bytes kept per connection before the socket is left to wait."""
ONE_ATTEMPT_SECONDS: Final = 4.0
"""Time for one address of a host that has several, so that a dead IPv6 route does not eat the deadline."""


class PrivateAddress(Exception):
    """The host leads to an address that nobody typed and that is not for everyone."""


class HeadTooLong(Exception):
    """The head of the answer does not end."""


@dataclass(slots=True)
class Errand:
    """What the task under way may do at the sockets."""

    private_place: tuple[str, int] | None = None
    """Host and port that a person typed, which may be private."""
    head_left: int = HEAD_BYTES
    head_done: bool = False


errand: ContextVar[Errand] = ContextVar("errand")


class Backend(httpcore.AsyncNetworkBackend):
    """Connects for httpcore, to checked addresses only."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's interface
        local_address: str | None = None,  # noqa: ARG002
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first address of ``host`` that is allowed and answers."""
        async with _within(timeout, httpcore.ConnectTimeout):
            found = await self._resolver.addresses(host, port)
            allowed = [address for address in found if _allowed(host, port, address)]
            if not allowed:
                raise PrivateAddress(found[0] if found else host)
            return await _connect_to_one_of(allowed, port)

    async def sleep(self, seconds: float) -> None:
        """Wait, between httpcore's retries (we ask for none)."""
        await asyncio.sleep(seconds)


@asynccontextmanager
async def _within(seconds: float | None, otherwise: type[httpcore.TimeoutException]) -> AsyncIterator[None]:
    """Raise ``otherwise`` when the block takes longer, so that it can be told from the deadline around everything."""
    limit = asyncio.timeout(seconds)
    try:
        async with limit:
            yield
    except TimeoutError:
        if limit.expired():
            raise otherwise from None
        raise


def _allowed(host: str, port: int, address: str) -> bool:
    return errand.get().private_place == (host, port) or is_public(address)


async def _connect_to_one_of(addresses: list[str], port: int) -> Stream:
    for address in addresses[:-1]:
        try:
            async with asyncio.timeout(ONE_ATTEMPT_SECONDS):
                return await _connect(address, port)
        except OSError:  # TimeoutError is one
            continue
    return await _connect(addresses[-1], port)


async def _connect(address: str, port: int) -> Stream:
    """Connect to an IP address; asyncio looks nothing up for a literal."""
    loop = asyncio.get_running_loop()
    transport, wire = await loop.create_connection(Wire, address, port, flags=socket.AI_NUMERICHOST)
    return Stream(transport, wire)


class Wire(asyncio.Protocol):
    """Keeps what arrives until it is read, and no more than ``BUFFERED``."""

    def __init__(self) -> None:
        self._data = bytearray()
        self._waiter: asyncio.Future[None] | None = None
        self._transport: asyncio.Transport | None = None
        self._paused = False
        self._ended = False
        self._error: Exception | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the transport; under TLS only the bare one is announced, which pauses just as well."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Keep what came."""
        self._data += data
        if len(self._data) > BUFFERED and not self._paused and self._transport is not None:
            self._paused = True
            self._transport.pause_reading()
        self._wake()

    def eof_received(self) -> bool:
        """Note the end; the transport closes itself."""
        self._ended = True
        self._wake()
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        """Note the end, and why."""
        self._ended, self._error = True, exc
        self._wake()

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    @property
    def readable(self) -> bool:
        """Tell whether something waits: between two answers that can only be the end."""
        return bool(self._data) or self._ended

    async def read(self, most: int) -> bytes:
        """Return what has come, or wait for it; empty at the end."""
        if not self._data and not self._ended:
            self._waiter = asyncio.get_running_loop().create_future()
            try:
                await self._waiter
            finally:
                self._waiter = None
        if not self._data and self._error is not None:
            raise self._error
        data = bytes(self._data[:most])
        del self._data[:most]
        if self._paused and len(self._data) <= BUFFERED // 2 and self._transport is not None:
            self._paused = False
            self._transport.resume_reading()
        return data


class Stream(httpcore.AsyncNetworkStream):
    """One connection, as httpcore sees it."""

    def __init__(self, transport: asyncio.Transport, wire: Wire) -> None:
        self._transport = transport
        self._wire = wire

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109
        """Return some bytes; raise ``HeadTooLong`` when an answer never gets to its body."""
        now = errand.get()
        if now.head_done:
            async with _within(timeout, httpcore.ReadTimeout):
                return await self._wire.read(max_bytes)
        if now.head_left <= 0:
            raise HeadTooLong
        async with _within(timeout, httpcore.ReadTimeout):
            # Small pieces, so that a flood of tiny 1xx answers is parsed a few milliseconds at a time.
            data = await self._wire.read(min(max_bytes, 16 * 1024))
        now.head_left -= len(data)
        await asyncio.sleep(0)
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109, ARG002
        """Send a request; they are small enough for the transport's own buffer."""
        if self._transport.is_closing():
            raise ConnectionResetError("the connection was closed")
        self._transport.write(buffer)

    async def aclose(self) -> None:
        """Close at once, without waiting for the other side's farewell."""
        self._transport.abort()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109
    ) -> Stream:
        """Return the encrypted stream on top of this connection."""
        loop = asyncio.get_running_loop()
        try:
            async with _within(timeout, httpcore.ConnectTimeout):
                transport = await loop.start_tls(
                    self._transport, self._wire, ssl_context, server_hostname=server_hostname
                )
        except BaseException:
            self._transport.abort()
            raise
        if transport is None:
            raise ConnectionResetError("the connection was closed during the TLS handshake")
        return Stream(transport, self._wire)

    def get_extra_info(self, info: str) -> Any:
        """Return what httpcore asks: whether an idle connection is readable, and the TLS object."""
        if info == "is_readable":
            return self._wire.readable
        return self._transport.get_extra_info(info)


__all__ = ["Backend", "Errand", "HeadTooLong", "NoSuchHost", "PrivateAddress", "Stream", "errand"]
