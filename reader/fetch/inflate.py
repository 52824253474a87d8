"""A compressed body, unpacked in small steps under a cap.

httpx unpacks a whole piece at once before anyone can count: 405 bytes of brotli became 512 MB (measured). So only
gzip and deflate are asked for, the raw bytes are read, and ``zlib`` is told each time how much it may hand out.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Final

ACCEPTED: Final = "gzip, deflate"
STEP: Final = 64 * 1024
"""Bytes unpacked at a time: 0.2 ms, so that the event loop never waits for a body."""


class EncodingError(Exception):
    """The body is compressed in a way that was not asked for, or damaged."""


class Plain:
    """A body without content coding."""

    def feed(self, raw: bytes) -> Iterator[bytes]:
        """Yield the bytes as they are."""
        yield raw

    def finish(self) -> None:
        """Do nothing: the length was checked by the protocol."""


class Inflater:
    """A gzip or zlib stream, or (as some servers send for ``deflate``) a bare deflate stream."""

    def __init__(self, coding: str) -> None:
        # 47 recognises the zlib and the gzip header; the choice for ``deflate`` is made at the first byte.
        self._coding = coding
        self._machine = zlib.decompressobj(47) if coding == "gzip" else None
        self._ended = False

    def feed(self, raw: bytes) -> Iterator[bytes]:
        """Yield what ``raw`` unpacks to, in pieces of at most ``STEP`` bytes."""
        while raw:
            if self._machine is None or self._ended:
                self._machine = self._machine_for(raw)
                self._ended = False
                if self._machine is None:
                    return  # padding after the last member (RFC 1952 section 2.2 has members; servers pad)
            try:
                piece = self._machine.decompress(raw, STEP)
            except zlib.error as error:
                raise EncodingError("is damaged") from error
            if piece:
                yield piece
            self._ended = self._machine.eof
            raw = self._machine.unused_data if self._ended else self._machine.unconsumed_tail
            if not piece and not self._ended and raw:
                raise EncodingError("is damaged")

    def finish(self) -> None:
        """Raise ``EncodingError`` when the stream was cut short."""
        if self._machine is not None and not self._ended:
            raise EncodingError("is cut short")

    def _machine_for(self, raw: bytes) -> zlib._Decompress | None:
        if self._coding == "gzip":
            return zlib.decompressobj(31) if raw[:1] == b"\x1f" else None
        if self._ended:
            return None
        looks_zlib = raw[0] & 0x0F == 8 and (len(raw) < 2 or (raw[0] * 256 + raw[1]) % 31 == 0)
        return zlib.decompressobj(15 if looks_zlib else -15)


def decoder(content_encoding: str) -> Plain | Inflater:
    """Return the decoder for a Content-Encoding; raise ``EncodingError`` for any but a single gzip or deflate."""
    codings = [word for word in (part.strip().lower() for part in content_encoding.split(",")) if word]
    codings = [word.removeprefix("x-") for word in codings if word not in {"identity", "none", "utf-8"}]
    if not codings:
        return Plain()
    if len(codings) > 1 or codings[0] not in {"gzip", "deflate"}:
        raise EncodingError("uses an encoding that was not asked for")
    return Inflater(codings[0])
