"""Which process is refreshing this library: an advisory lock, so that no source is asked twice at once.

``flock``, because the kernel gives it back when its holder dies; the process id in the file is there to be named.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import AlreadyRefreshing, StoreError


@contextmanager
def claimed(path: Path) -> Iterator[None]:
    """Hold the claim in the file ``path``; raise ``AlreadyRefreshing``, naming the holder, when it is taken.

    Raises ``StoreError`` where no file can be made: the library cannot be written either.
    """
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StoreError(
            f"Nothing can be refreshed: {path.parent} cannot be written ({error.strerror})."
        ) from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRefreshing(
                f"Another Broadsheet ({_holder(descriptor)}) is refreshing this library already; let it finish."
            ) from None
        os.pwrite(descriptor, b"%-20d\n" % os.getpid(), 0)
        yield
    finally:
        os.close(descriptor)


def _holder(descriptor: int) -> str:
    pid = os.pread(descriptor, 20, 0).decode("ascii", "replace").strip()
    return f"process {pid}" if pid.isdigit() else "an unknown process"
