"""The pictures of the site: a small landscape drawn from a name, as PNG.

No picture is bundled: sky, sun and two hills in colours that the name decides are enough to tell one from another,
and are made in a few milliseconds when somebody asks.
"""

from __future__ import annotations

import hashlib
import math
import struct
import zlib
from typing import Final

WIDTH: Final = 320
HEIGHT: Final = 200


def png(name: str) -> bytes:
    """Return the picture of that name; the same bytes for the same name."""
    seed = hashlib.sha256(name.encode()).digest()
    near, far = (_ridge(seed[at], seed[at + 1], height) for at, height in ((0, 0.72), (2, 0.52)))
    sun_x, sun_y, sun = 60 + seed[4] % 200, 30 + seed[5] % 50, 16 + seed[6] % 12
    rows = bytearray()
    for y in range(HEIGHT):
        rows.append(0)  # filter type 0: the row as it is (PNG, section 9.2)
        half = math.isqrt(max(0, sun * sun - (y - sun_y) ** 2))
        for x in range(WIDTH):
            if y > near[x]:
                rows.append(3)
            elif y > far[x]:
                rows.append(2)
            else:
                rows.append(1 if half and abs(x - sun_x) < half else 0)
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 3, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + _chunk(b"PLTE", _palette(seed[7]))
        + _chunk(b"IDAT", zlib.compress(bytes(rows), 9))
        + _chunk(b"IEND", b"")
    )


def _ridge(phase: int, waves: int, height: float) -> list[float]:
    swing, length = 10 + phase % 17, 25 + waves % 40
    return [HEIGHT * height + swing * math.sin(x / length + phase) for x in range(WIDTH)]


def _palette(hue: int) -> bytes:
    """Return four colours: sky, sun, far hill, near hill."""
    sky = (150 + hue % 60, 190, 215 - hue % 50)
    return bytes((*sky, 250, 226, 160, 96, 120 + hue % 50, 130, 40, 62 + hue % 40, 74))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
