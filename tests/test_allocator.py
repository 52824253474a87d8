"""Memory that large documents leave behind goes back to the system."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from reader import allocator
from reader.pool import Pool

AFTER_DOCUMENTS = """
import os, sys
from pathlib import Path
from reader import allocator

def resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")

allocator.give_back()
first = bytearray(8_000_000)  # freed, it raises the size from which glibc maps blocks on their own
del first
before = resident()
documents, kept = [], []
for _ in range(40):
    documents.append(bytearray(1_000_000))
    kept.append(bytearray(5_000))  # lies behind the document in the heap
documents.clear()
print((resident() - before) // 1_000_000)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="what is told is glibc's")
def test_what_large_documents_took_is_given_back_although_small_things_were_kept() -> None:
    if not allocator.give_back():
        pytest.skip("this C library has no mallopt")
    ran = subprocess.run([sys.executable, "-c", AFTER_DOCUMENTS], capture_output=True, text=True, check=True)

    assert int(ran.stdout) < 4


async def test_workers_begin_with_the_same_sizes() -> None:
    async with Pool() as pool:
        told = {name: await pool.run(os.getenv, name) for name in allocator.ENVIRONMENT}

    assert told == allocator.ENVIRONMENT
