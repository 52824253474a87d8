"""The advisory lock around everything that changes the library's file.

SQLite before 3.51.3 (and but for the backports 3.44.6 and 3.50.7) may corrupt a database in WAL mode when two connections
write and checkpoint at the same instant (sqlite.org/wal.html#walresetbug). Several processes of ours may write: the
app, the command line, a timer. So each takes this lock around every write transaction and checkpoint, whatever the version.

``flock`` and not a file with a process id in it: the kernel releases it when the holder dies. The id is written too, but
only to name the holder in a message.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from ..errors import StoreBusy

PATIENCE_SECONDS: Final = 30.0
"""How long a write waits for another process; the longest transaction of ours is far below."""
_FIRST_PAUSE_SECONDS: Final = 0.001
_LONGEST_PAUSE_SECONDS: Final = 0.05


class FileLock:
    """An exclusive lock on ``path``, between processes and between objects of this one."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def close(self) -> None:
        """Give the descriptor back; the lock with it."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    @contextmanager
    def held(self, patience_seconds: float) -> Iterator[None]:
        """Hold the lock; raise ``StoreBusy``, naming the holder, after ``patience_seconds``."""
        deadline = time.monotonic() + patience_seconds
        pause = _FIRST_PAUSE_SECONDS
        while not self._try():
            if time.monotonic() >= deadline:
                raise StoreBusy(
                    f"Another Broadsheet ({self._holder()}) is writing to the library; nothing was changed. "
                    "Try again when it has finished."
                )
            time.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE_SECONDS)
        try:
            yield
        finally:
            fcntl.flock(self._descriptor, fcntl.LOCK_UN)

    def _try(self) -> bool:
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        os.pwrite(self._descriptor, b"%-20d\n" % os.getpid(), 0)
        return True

    def _holder(self) -> str:
        pid = os.pread(self._descriptor, 20, 0).decode("ascii", "replace").strip()
        return f"process {pid}" if pid.isdigit() else "an unknown process"
