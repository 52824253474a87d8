"""A scripted server on the loopback address: plain, slow, broken or hostile, as a test tells it.

    with Site() as site:
        site.put("/feed", answer(b"<rss>...", etag='"1"'))
        ... fetch site.url("/feed") ...
        assert site.asked("/feed")[0].headers["user-agent"].startswith("broadsheet")

What stands at a path is a script: a function that is handed the conversation and says whatever it likes. Several scripts at
one path are used one after the other, the last one for ever.
"""

from __future__ import annotations

import contextlib
import gzip
import socket
import socketserver
import ssl
import struct
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Self, TypeAlias


@dataclass(frozen=True)
class Asked:
    """A request as it arrived."""

    path: str
    headers: dict[str, str]
    """Names in lower case."""
    at: float
    """time.monotonic()."""


@dataclass
class Talk:
    """One request and the way to answer it."""

    asked: Asked
    connection: socket.socket
    stopping: threading.Event
    keep: bool = True

    def send(self, data: bytes) -> None:
        """Send bytes as they are."""
        self.connection.sendall(data)

    def hang(self, seconds: float = 60) -> None:
        """Say nothing until the site is closed."""
        self.keep = False
        self.stopping.wait(seconds)

    def close(self) -> None:
        """Close the connection after this."""
        self.keep = False


Script: TypeAlias = Callable[[Talk], None]


def answer(body: bytes | str = b"", status: int = 200, **headers: str) -> Script:
    """Return the script of an ordinary answer; ``content_type="..."`` becomes ``Content-Type``."""
    data = body.encode() if isinstance(body, str) else body

    def script(talk: Talk) -> None:
        talk.send(head(len(data), status, **headers) + data)

    return script


def head(length: int | None, status: int = 200, **headers: str) -> bytes:
    """Return status line and headers; without a length the body ends with the connection."""
    lines = [f"HTTP/1.1 {status} Whatever"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    if length is not None:
        lines.append(f"Content-Length: {length}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def redirect(location: str, status: int = 301) -> Script:
    """Return the script of a redirect."""
    return answer(b"elsewhere", status, location=location)


def conditional(body: bytes | str, etag: str) -> Script:
    """Return the script of an honest server: 304 to whoever has the body."""

    def script(talk: Talk) -> None:
        if talk.asked.headers.get("if-none-match") == etag:
            talk.send(head(None, 304, etag=etag))
        else:
            answer(body, etag=etag)(talk)

    return script


def gzipped(body: bytes, coding: str = "gzip") -> Script:
    """Return the script of a compressed answer."""
    return answer(gzip.compress(body, 1), content_encoding=coding)


def raw(data: bytes) -> Script:
    """Return a script that sends these very bytes and closes."""

    def script(talk: Talk) -> None:
        talk.send(data)
        talk.close()

    return script


def hang(before: bytes = b"", seconds: float = 60) -> Script:
    """Return a script that sends ``before`` and then nothing for so long, without closing."""

    def script(talk: Talk) -> None:
        talk.send(before)
        talk.hang(seconds)

    return script


def endless(before: bytes, piece: bytes, pause_seconds: float = 0.0) -> Script:
    """Return a script that repeats ``piece`` until nobody listens."""

    def script(talk: Talk) -> None:
        talk.close()
        talk.send(before)
        while not talk.stopping.wait(pause_seconds) if pause_seconds else not talk.stopping.is_set():
            talk.send(piece)

    return script


def reset(before: bytes = b"") -> Script:
    """Return a script that breaks the connection off with RST."""

    def script(talk: Talk) -> None:
        talk.send(before)
        talk.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        talk.close()

    return script


@dataclass
class Site:
    """A server on a loopback address of its own port, started by ``with``."""

    host: str = "127.0.0.1"
    tls: ssl.SSLContext | None = None
    """Speak https with this certificate."""
    requests: list[Asked] = field(default_factory=list)
    _scripts: dict[str, list[Script]] = field(default_factory=dict)
    _stopping: threading.Event = field(default_factory=threading.Event)
    _open: set[socket.socket] = field(default_factory=set)

    def __enter__(self) -> Self:
        site = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                site._serve(self.request)

        class Server(socketserver.ThreadingTCPServer):
            address_family = socket.AF_INET6 if ":" in site.host else socket.AF_INET
            allow_reuse_address = True
            daemon_threads = True
            block_on_close = False
            request_queue_size = 512

            def handle_error(self, request: object, client_address: object) -> None:
                """Say nothing: clients that go away are part of the tests."""

        self._server = Server((self.host, 0), Handler)
        self.port = int(self._server.server_address[1])
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        self._server.shutdown()
        self._server.server_close()
        for connection in tuple(self._open):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self._thread.join()

    def put(self, path: str, *scripts: Script) -> str:
        """Put scripts at a path and return its address."""
        self._scripts[path] = list(scripts)
        return self.url(path)

    def url(self, path: str) -> str:
        """Return the address of a path."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http{'s' if self.tls else ''}://{host}:{self.port}{path}"

    def asked(self, path: str) -> list[Asked]:
        """Return the requests for a path so far."""
        return [asked for asked in self.requests if asked.path == path]

    def _serve(self, connection: socket.socket) -> None:
        if self.tls is not None:
            try:
                connection = self.tls.wrap_socket(connection, server_side=True)
            except OSError:
                return
        self._open.add(connection)
        try:
            buffer = b""
            while True:
                while b"\r\n\r\n" not in buffer:
                    data = connection.recv(65536)
                    if not data:
                        return
                    buffer += data
                top, _, buffer = buffer.partition(b"\r\n\r\n")
                talk = Talk(_parsed(top), connection, self._stopping)
                self.requests.append(talk.asked)
                self.script_for(talk.asked)(talk)
                if not talk.keep:
                    return
        except OSError:
            return
        finally:
            self._open.discard(connection)
            connection.close()

    def script_for(self, asked: Asked) -> Script:
        """Return the script that answers a request."""
        scripts = self._scripts.get(asked.path)
        if not scripts:
            return answer(b"nothing here", 404)
        return scripts.pop(0) if len(scripts) > 1 else scripts[0]


def _parsed(top: bytes) -> Asked:
    first, *lines = top.decode("latin-1").split("\r\n")
    headers = {}
    for line in lines:
        name, _, value = line.partition(":")
        headers[name.strip().lower()] = value.strip()
    return Asked(first.split(" ")[1], headers, time.monotonic())


def rss(*titles: str, link: str = "http://site.example", ttl: str = "", text: str = "") -> str:
    """Return a small feed with these entries, the newest first."""
    items = "".join(
        f"<item><title>{title}</title><guid>{title}</guid><link>{link}/{number}</link>"
        f"<description>{text}</description></item>"
        for number, title in enumerate(titles)
    )
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>Feed</title><link>{link}</link>{ttl}{items}'
        "</channel></rss>"
    )
