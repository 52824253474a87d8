"""The C library's memory, told to give back what large documents leave behind.

glibc maps a large block on its own and unmaps it when it is freed; but with each such block it raises the size at which
it does so, up to 32 MiB, and from then on bodies of megabytes lie in a heap that is full of holes and seldom shrinks. Refreshing
250 hostile servers left 178 MB with the program, of which it used 26; with the sizes written down it was 109.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import Final

BLOCK_BYTES: Final = 128 * 1024
"""Blocks from this size on are mapped on their own; glibc's first value."""
ARENAS: Final = 2
"""Heaps for all threads together; each of our threads mostly waits."""
ENVIRONMENT: Final = {
    "MALLOC_MMAP_THRESHOLD_": str(BLOCK_BYTES),
    "MALLOC_TRIM_THRESHOLD_": str(BLOCK_BYTES),
    "MALLOC_ARENA_MAX": str(ARENAS),
}
"""The same for a process that is started (mallopt(3), "Environment variables")."""

_TRIM, _MMAP, _ARENA_MAX = -1, -3, -8
"""Numbers of malloc.h."""


def give_back() -> bool:
    """Settle the sizes for this process; return whether there was a C library that heard it."""
    if not sys.platform.startswith("linux"):
        return False
    import ctypes  # 10 ms, and only for whoever fetches

    with suppress(OSError, AttributeError):  # musl has no mallopt, and needs none
        tell = ctypes.CDLL(None).mallopt
        return all([tell(_MMAP, BLOCK_BYTES), tell(_TRIM, BLOCK_BYTES), tell(_ARENA_MAX, ARENAS)])
    return False
