"""The invented site over HTTP, on the loopback address."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import unquote, urlsplit

from .site import Site


@contextmanager
def serve(now: datetime, port: int = 0) -> Iterator[Site]:
    """Serve the site on 127.0.0.1 while the block runs; port 0 takes a free one.

    Raises OSError when the port is taken.
    """
    with _Server(("127.0.0.1", port), _Handler) as server:
        server.site = Site(f"http://127.0.0.1:{server.server_address[1]}", now)
        # Looked at every 50 ms for the end, so that leaving the demo is not felt.
        thread = Thread(target=server.serve_forever, args=(0.05,), name="demo site", daemon=True)
        thread.start()
        try:
            yield server.site
        finally:
            server.shutdown()
            thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64
    site: Site


class _Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD with conditional requests (RFC 9110 section 13), and nothing else."""

    protocol_version = "HTTP/1.1"
    server: _Server
    # A small answer is one segment; with Nagle's algorithm the second write waits for the client's ACK (40 ms).
    disable_nagle_algorithm = True
    timeout = 10

    def do_GET(self) -> None:
        answer = self.server.site.answer(unquote(urlsplit(self.path).path))
        if answer is None:
            self._send(404, "text/plain; charset=utf-8", b"There is nothing here. Try the harbour.\n")
            return
        etag = f'"{hashlib.sha256(answer.body).hexdigest()[:16]}"'
        if self.headers.get("If-None-Match") == etag:
            self.send_response(304)
            self.send_header("ETag", etag)
            self.end_headers()
            return
        self._send(200, answer.mime_type, answer.body, etag)

    def do_HEAD(self) -> None:
        self.do_GET()

    def _send(self, status: int, mime_type: str, body: bytes, etag: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", mime_type)
        self.send_header("Content-Length", str(len(body)))
        if etag:
            self.send_header("ETag", etag)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the base class names it)
        """Say nothing: the screen belongs to the reader."""
