"""The fetcher: a request in, a response or a failure out; it never raises and always ends within its deadline.

httpx 0.28 has no total timeout, keeps cookies, follows redirects unseen, unpacks without bound and lets some errors
escape its own tree (a redirect to port 99999). So it is asked for one hop at a time, and everything around that is
here: the deadline, the hops, the caps, and at the border ``except Exception`` that turns whatever it was into a value.
"""

from __future__ import annotations

import asyncio
import hashlib
import random
import ssl
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from functools import partial
from http.cookiejar import CookieJar, DefaultCookiePolicy
from types import TracebackType
from typing import Final, Self, TypeAlias
from urllib.request import getproxies

import httpx

from .. import __version__
from ..freshness import retry_after
from ..schedule import BUSY_WAIT
from . import sentences
from .addresses import AddressError, Target, plainly_private, same_place, target
from .inflate import ACCEPTED, decoder
from .politeness import DEFAULT, Gates, Manners, Turn
from .redirects import REDIRECTS, Journey
from .resolver import Resolver
from .sentences import OddAnswer, TooBig
from .streams import Backend, Errand, PrivateAddress, errand
from .transport import Transport
from .values import MIB, Failure, FailureKind, Limits, Request, RequestKind, Response

USER_AGENT: Final = f"broadsheet/{__version__} (news reader for the terminal)"
ACCEPT: Final[dict[str, str]] = {
    "feed": "application/atom+xml, application/rss+xml, application/rdf+xml, application/feed+json, "
    "application/xml;q=0.9, text/xml;q=0.9, text/html;q=0.5, */*;q=0.1",
    "page": "text/html, application/xhtml+xml, text/plain;q=0.8, */*;q=0.1",
    "image": "image/*, */*;q=0.1",
}
CRUMBS: Final = 20_000
"""Pieces of a body after which their average size counts: bodies in one-byte chunks keep a core busy."""
CRUMB_BYTES: Final = 64
LARGE: Final = MIB
LARGE_AT_ONCE: Final = 4
"""Bodies above ``LARGE`` that may grow at the same time: two hundred slow ones of 10 MB would be too much to hold."""
BREATHE_SECONDS: Final = 0.005
"""The loop is given way at least this often while a body is unpacked."""

Ready: TypeAlias = Callable[[], Awaitable[None]]
Keep: TypeAlias = Callable[[bytes, int], None]
"""Takes a piece of a download, and the bytes of the whole; 0 where nobody knows."""
Take: TypeAlias = "Callable[[Request, Journey, httpx.Response], Awaitable[Response | Failure]]"
"""Makes an answer of what is at the end of the redirects."""


class Fetcher:
    """The one HTTP client of the process, an asynchronous context manager."""

    def __init__(
        self,
        *,
        manners: Manners = DEFAULT,
        limits: Limits | None = None,
        user_agent: str = USER_AGENT,
        resolver: Resolver | None = None,
        tls: Callable[[], ssl.SSLContext] = httpx.create_ssl_context,
        proxies: Mapping[str, str] | None = None,
    ) -> None:
        """Prepare; ``proxies`` are those of the environment (HTTP_PROXY, HTTPS_PROXY, NO_PROXY) unless given."""
        self._manners = manners
        self._limits = limits or Limits()
        self._gates = Gates(manners)
        self._large = asyncio.Semaphore(LARGE_AT_ONCE)
        self._backend = Backend(resolver or Resolver())
        self._client = httpx.AsyncClient(
            transport=Transport(self._backend, tls),
            mounts=_mounts(getproxies() if proxies is None else proxies),
            headers={"User-Agent": user_agent, "Accept-Encoding": ACCEPTED},
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            timeout=httpx.Timeout(
                self._limits.read_seconds, connect=self._limits.connect_seconds, write=10, pool=None
            ),
            follow_redirects=False,
            trust_env=False,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections that are kept."""
        await self._client.aclose()

    async def fetch(self, request: Request, ready: Ready | None = None) -> Response | Failure:
        """Return what is at an address, or why not; only cancellation gets out as an exception.

        ``ready`` is awaited when it is the request's turn, with its slot taken: whoever cannot take more answers at the
        moment waits there, and holds up the requests behind it.
        """
        try:
            start = target(request.url)
        except AddressError as error:
            return sentences.of_error(error, "", request.kind, self._limits)
        answer = await self._attempt(request, start, ready, self._take, self._limits.total_seconds)
        if isinstance(answer, Failure) and answer.kind is FailureKind.CONNECT and request.retry:
            await asyncio.sleep(self._manners.retry_seconds * random.uniform(1, 1.5))  # noqa: S311
            answer = await self._attempt(request, start, ready, self._take, self._limits.total_seconds)
        return answer

    async def download(self, request: Request, keep: Keep) -> Failure | None:
        """Hand what is at an address to ``keep``, a piece at a time; returns why not, or nothing.

        Neither how large nor how long: a person waits for it and can cancel. What ``keep`` raises ends it.
        """
        try:
            start = target(request.url)
        except AddressError as error:
            return sentences.of_error(error, "", request.kind, self._limits)
        answer = await self._attempt(request, start, None, partial(self._pour, keep), seconds=None)
        return answer if isinstance(answer, Failure) else None

    @property
    def asking(self) -> tuple[str, ...]:
        """The hosts whose answers are being waited for, the longest ago first, each once."""
        return tuple(dict.fromkeys(self._gates.asked.values()))

    async def reachable(self, url: str, *, private_ok: bool = True) -> bool:
        """Tell whether a connection to the host of an address can be made; nothing is asked of it."""
        try:
            at = target(url)
            token = errand.set(Errand((at.host, at.port) if private_ok else None))
            try:
                stream = await self._backend.connect_tcp(at.host, at.port, self._limits.connect_seconds)
            finally:
                errand.reset(token)
            await stream.aclose()
        except Exception:  # noqa: BLE001 - whatever it was, the answer is no
            return False
        return True

    async def _attempt(
        self, request: Request, start: Target, ready: Ready | None, take: Take, seconds: float | None
    ) -> Response | Failure:
        journey = Journey(start, self._limits.redirects[request.kind])
        place = (start.host, start.port) if request.private_ok else None
        token = errand.set(Errand(place))
        try:
            async with self._gates.turn(start.host, urgent=request.urgent) as turn:
                if ready is not None:
                    await ready()
                turn.started()
                async with asyncio.timeout(seconds):
                    return await self._travel(request, journey, turn, take)
        except Exception as error:  # noqa: BLE001 - the border: whatever it was becomes a value
            return sentences.of_error(error, journey.here.host, request.kind, self._limits)
        finally:
            errand.reset(token)

    async def _travel(self, request: Request, journey: Journey, turn: Turn, take: Take) -> Response | Failure:
        """Follow the redirects to the end and return what ``take`` makes of what is there."""
        while True:
            here = journey.here
            if errand.get().private_place is None and (address := plainly_private(here.host)):
                raise PrivateAddress(address)
            async with AsyncExitStack() as stack:
                reply = await stack.enter_async_context(
                    self._client.stream("GET", here.url, headers=_headers(request, here))
                )
                turn.answered()
                if reply.status_code not in REDIRECTS:
                    return await take(request, journey, reply)
                there = journey.follow(reply.status_code, reply.headers.get("location", ""))
            place = (journey.start.host, there.port) if same_place(journey.start, there) else None
            errand.set(Errand(place if request.private_ok else None))
            await turn.move_to(there.host)

    async def _take(self, request: Request, journey: Journey, reply: httpx.Response) -> Response | Failure:
        """Return what a final answer holds."""
        headers = _joined(reply.headers)
        status = reply.status_code
        if status == 304:
            if not (request.etag or request.last_modified):
                raise OddAnswer("said “not modified” to a question that was not conditional")
            return self._response(journey, status, headers, b"", b"")
        if status not in {200, 203, 226}:
            return self._refused(journey.here.host, status, headers)
        body, digest = await self._read(request.kind, reply, headers)
        if not body:
            raise OddAnswer("sent an empty answer")
        return self._response(journey, status, headers, body, digest)

    async def _pour(
        self, keep: Keep, request: Request, journey: Journey, reply: httpx.Response
    ) -> Response | Failure:
        """Hand a final answer on as it comes."""
        del request
        headers = _joined(reply.headers)
        if reply.status_code != 200:
            return self._refused(journey.here.host, reply.status_code, headers)
        coding = headers.get("content-encoding", "")
        announced = headers.get("content-length", "")[:20]
        total = int(announced) if announced.isdecimal() and not coding else 0
        unpack = decoder(coding)
        async for raw in reply.aiter_raw():
            for piece in unpack.feed(raw):
                keep(piece, total)
                await asyncio.sleep(0)
        unpack.finish()
        return self._response(journey, reply.status_code, headers, b"", b"")

    def _response(
        self, journey: Journey, status: int, headers: dict[str, str], body: bytes, digest: bytes
    ) -> Response:
        return Response(str(journey.here.url), status, headers, body, digest, journey.permanent, journey.hops)

    def _refused(self, host: str, status: int, headers: dict[str, str]) -> Failure:
        """Return the failure for a status; one that asks for peace holds for the whole host."""
        if 200 <= status < 300:
            raise OddAnswer(f"sent an answer without content ({status})")
        wait = retry_after(headers, datetime.now(UTC)) if status in {429, 503} else None
        if wait is not None or status == 429:
            self._gates.hold(host, wait or BUSY_WAIT)
        challenge = headers.get("cf-mitigated", "").strip().lower() == "challenge"
        return sentences.of_status(status, host, challenge=challenge, retry_after=wait)

    async def _read(
        self, kind: RequestKind, reply: httpx.Response, headers: dict[str, str]
    ) -> tuple[bytes, bytes]:
        """Return the unpacked body and its SHA-256; raise as soon as a cap is passed, never cut."""
        cap = self._limits.body_bytes[kind]
        announced = headers.get("content-length", "")
        if announced.isdecimal() and int(announced[:20]) > cap:
            raise TooBig(cap, unpacked=False)
        unpack = decoder(headers.get("content-encoding", ""))
        body, digest = bytearray(), hashlib.sha256()
        raw_size = pieces = 0
        breathed = time.monotonic()
        async with AsyncExitStack() as stack:
            async for raw in reply.aiter_raw():
                raw_size += len(raw)
                pieces += 1
                if raw_size > cap:
                    raise TooBig(cap, unpacked=False)
                if pieces > CRUMBS and raw_size < pieces * CRUMB_BYTES:
                    raise OddAnswer("sends its answer in crumbs")
                for piece in unpack.feed(raw):
                    if len(body) <= LARGE < len(body) + len(piece):
                        await stack.enter_async_context(self._large)
                    body += piece
                    digest.update(piece)
                    if len(body) > cap:
                        raise TooBig(cap, unpacked=True)
                    if time.monotonic() - breathed > BREATHE_SECONDS:
                        await asyncio.sleep(0)
                        breathed = time.monotonic()
        unpack.finish()
        return bytes(body), digest.digest()


def _headers(request: Request, here: Target) -> dict[str, str]:
    """Return the headers of one hop; credentials only those that belong to it."""
    headers = {"Accept": ACCEPT[request.kind]}
    if request.etag:
        headers["If-None-Match"] = request.etag
    if request.last_modified:
        headers["If-Modified-Since"] = request.last_modified
    if here.authorization:
        headers["Authorization"] = here.authorization
    return headers


def _joined(headers: httpx.Headers) -> dict[str, str]:
    """Return the headers of an answer, names in lower case; cookies are left behind."""
    return {name: value for name, value in headers.items() if name != "set-cookie"}


def _mounts(proxies: Mapping[str, str]) -> dict[str, httpx.AsyncBaseTransport | None]:
    """Return which addresses go through a proxy, in httpx's patterns; the proxy itself may be private."""
    mounts: dict[str, httpx.AsyncBaseTransport | None] = {}
    for scheme in ("http", "https", "all"):
        proxy = proxies.get(scheme, "")
        if proxy:
            proxy = proxy if "://" in proxy else f"http://{proxy}"
            mounts[f"{scheme}://"] = httpx.AsyncHTTPTransport(proxy=proxy)
    if mounts:
        for host in (word.strip() for word in proxies.get("no", "").split(",")):
            if host == "*":
                return {}
            if host:
                mounts[f"all://*{host}" if host.startswith(".") else f"all://{host}"] = None
    return mounts
