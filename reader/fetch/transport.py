"""The connections under httpx: one for each request under way, a few kept for the next request to the same place.

httpcore's own pool walks all its connections on every request and has races when one is cancelled (its issues 1110
and 1111). Whose turn it is, is decided in ``politeness``; what is left for a pool is this little.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable
from typing import Final, TypeAlias

import httpcore
import httpx

from .streams import Backend, errand

KEPT: Final = 8
KEPT_SECONDS: Final = 5.0

Place: TypeAlias = tuple[bytes, bytes, int, bool]
"""Scheme, host, port, and whether it was allowed to be private: permission is never lent with a connection."""


class Transport(httpx.AsyncBaseTransport):
    """Carries requests over connections made by our backend."""

    def __init__(self, backend: Backend, tls: Callable[[], ssl.SSLContext]) -> None:
        self._backend = backend
        self._make_tls = tls
        self._tls: ssl.SSLContext | None = None
        self._idle: dict[Place, list[tuple[float, httpcore.AsyncHTTPConnection]]] = {}
        self._kept = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request and return the answer as soon as its headers are there."""
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        asked = httpcore.Request(
            request.method,
            url,
            headers=request.headers.raw,
            content=b"",
            extensions=request.extensions,
        )
        origin = url.origin
        private = errand.get().private_place == (origin.host.decode("ascii"), origin.port)
        place = (origin.scheme, origin.host, origin.port, private)
        kept = await self._take(place)
        if kept is not None:
            try:
                return await self._send(kept, asked, place)
            except (httpcore.RemoteProtocolError, httpcore.ConnectionNotAvailable, OSError):
                pass  # closed by the server between two requests: asked again on a new connection
        fresh = httpcore.AsyncHTTPConnection(
            origin=origin,
            ssl_context=self._tls_context() if origin.scheme == b"https" else None,
            keepalive_expiry=KEPT_SECONDS,
            network_backend=self._backend,
        )
        return await self._send(fresh, asked, place)

    def _tls_context(self) -> ssl.SSLContext:
        """Return the one TLS context; 25 ms to make, so not before it is needed."""
        if self._tls is None:
            self._tls = self._make_tls()
        return self._tls

    async def _send(
        self, connection: httpcore.AsyncHTTPConnection, asked: httpcore.Request, place: Place
    ) -> httpx.Response:
        try:
            answer = await connection.handle_async_request(asked)
        except BaseException:
            await connection.aclose()
            raise
        errand.get().head_done = True
        assert isinstance(answer.stream, AsyncIterable)
        return httpx.Response(
            answer.status,
            headers=answer.headers,
            stream=_Body(answer, lambda: self._put(place, connection)),
        )

    async def _take(self, place: Place) -> httpcore.AsyncHTTPConnection | None:
        """Return a kept connection to a place that is still open."""
        waiting = self._idle.get(place)
        while waiting:
            kept_until, connection = waiting.pop()
            self._kept -= 1
            if not waiting:
                self._idle.pop(place, None)
            if kept_until > time.monotonic() and connection.is_available() and not connection.has_expired():
                return connection
            await connection.aclose()
        return None

    async def _put(self, place: Place, connection: httpcore.AsyncHTTPConnection) -> None:
        """Keep a connection for the next request, or close it."""
        if not connection.is_idle() or connection.is_closed():
            await connection.aclose()
            return
        if self._kept >= KEPT:
            await self._drop_oldest()
        self._idle.setdefault(place, []).append((time.monotonic() + KEPT_SECONDS, connection))
        self._kept += 1

    async def _drop_oldest(self) -> None:
        place = min(self._idle, key=lambda place: self._idle[place][0][0])
        _, connection = self._idle[place].pop(0)
        if not self._idle[place]:
            del self._idle[place]
        self._kept -= 1
        await connection.aclose()

    async def aclose(self) -> None:
        """Close what is kept."""
        while self._idle:
            await self._drop_oldest()


class _Body(httpx.AsyncByteStream):
    """The body of an answer; when it was read to its end, its connection is free again."""

    def __init__(self, answer: httpcore.Response, done: Callable[[], Awaitable[None]]) -> None:
        self._answer = answer
        self._done = done

    async def __aiter__(self) -> AsyncIterator[bytes]:
        assert isinstance(self._answer.stream, AsyncIterable)
        async for piece in self._answer.stream:
            yield piece

    async def aclose(self) -> None:
        await self._answer.aclose()
        await self._done()
