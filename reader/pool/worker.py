"""The child's side of the pool: reads a job, runs it, writes what came of it, until its input ends.

Started as a script, with nothing of the package imported: what a job needs is imported when its function is unpickled.
Standard output belongs to the protocol, so it is moved away before anything else can print; an interrupt from the
keyboard is the parent's business.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import resource
import signal
import struct
import sys
import traceback
from pathlib import Path

RETIRE_BYTES = 120 * 1024 * 1024
"""A worker that grew beyond this is replaced after its job: the allocator seldom gives memory back. Most never do."""


def main() -> None:
    """Serve until the parent closes the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    questions, answers = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    sys.path[:] = pickle.loads(_read(questions))  # noqa: S301 - from the parent
    _limit_memory(int(sys.argv[1]))
    gc.set_threshold(50_000, 20, 20)  # trees of lxml are freed by counting; passes over our values cost 10 %
    with contextlib.suppress(EOFError, BrokenPipeError):
        while True:
            _write(answers, _run(_read(questions)))


def _limit_memory(most: int) -> None:
    """Limit the address space; some systems (macOS) refuse, and there the parent's clock has to do."""
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _run(question: bytearray) -> bytes:
    """Return the pickled outcome of a job: a word, a value, and whether this process had better be replaced."""
    outcome: str
    value: object
    try:
        function, args = pickle.loads(question)  # noqa: S301 - from the parent
        question.clear()
        outcome, value = "value", function(*args)
        return pickle.dumps((outcome, value, _fat()), pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        outcome, value = "memory", None
    except BaseException as error:  # noqa: BLE001 - whatever a document brought about is an answer
        outcome, value = (
            "error",
            (type(error).__name__, str(error)[:500], traceback.format_exc(limit=-8)[:8000]),
        )
    return pickle.dumps((outcome, value, outcome == "memory" or _fat()), pickle.HIGHEST_PROTOCOL)


def _fat() -> bool:
    return _peak() > RETIRE_BYTES


def _peak() -> int:
    """Return the most memory that this process has had in use; what Linux says in ``rusage`` begins with the parent's."""
    with contextlib.suppress(OSError, StopIteration), Path("/proc/self/status").open("rb") as status:
        return int(next(line for line in status if line.startswith(b"VmHWM:")).split()[1]) * 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak * (1 if sys.platform == "darwin" else 1024)


def _read(descriptor: int) -> bytearray:
    (size,) = struct.unpack("!Q", _read_exactly(descriptor, 8))
    return _read_exactly(descriptor, size)


def _read_exactly(descriptor: int, size: int) -> bytearray:
    data = bytearray()
    while len(data) < size:
        piece = os.read(descriptor, min(size - len(data), 1 << 20))
        if not piece:
            raise EOFError
        data += piece
    return data


def _write(descriptor: int, data: bytes) -> None:
    for part in (struct.pack("!Q", len(data)), data):  # not joined: an answer can be large
        view = memoryview(part)
        while view:
            view = view[os.write(descriptor, view) :]


if __name__ == "__main__":
    main()
