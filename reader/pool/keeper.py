"""A thread that keeps one worker process: starts it, hands it jobs, kills it when it overstays, starts the next.

The protocol is one pickle after the other in each direction, each preceded by its length, over the child's standard
input and output.
"""

from __future__ import annotations

import asyncio
import builtins
import contextlib
import io
import logging
import os
import pickle
import queue
import select
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeAlias

from .. import allocator, errors
from ..errors import BroadsheetError, WorkerError

log = logging.getLogger(__name__)

ANSWER_BYTES: Final = 256 * 1024 * 1024
"""The largest answer taken from a worker."""
_WORKER: Final = Path(__file__).with_name("worker.py")
_BUILTINS: Final = frozenset({"set", "frozenset", "bytearray", "complex", "range", "slice"})


@dataclass(order=True)
class Job:
    """A function to run, and the future that waits for its result."""

    urgency: int
    number: int
    function: Callable[..., Any] | None = field(compare=False)
    args: tuple[object, ...] = field(compare=False, default=())
    timeout: float = field(compare=False, default=0.0)
    answer: asyncio.Future[Any] | None = field(compare=False, default=None)
    wanted: bool = field(compare=False, default=True)
    """Cleared when nobody waits any more."""

    @staticmethod
    def end() -> Job:
        """Return the job that tells a keeper to end."""
        return Job(-1, -1, None)

    def succeed(self, value: object) -> None:
        """Hand the result to whoever waits, from any thread."""
        self._deliver(lambda future: future.set_result(value))

    def fail(self, error: str | Exception) -> None:
        """Hand an error to whoever waits, from any thread."""
        exception = WorkerError(error) if isinstance(error, str) else error
        self._deliver(lambda future: future.set_exception(exception))

    def _deliver(self, settle: Callable[[asyncio.Future[Any]], None]) -> None:
        answer = self.answer
        if answer is None:
            return

        def finish() -> None:
            if not answer.done():
                settle(answer)

        with contextlib.suppress(RuntimeError):  # the loop is gone
            answer.get_loop().call_soon_threadsafe(finish)


Queue: TypeAlias = "queue.PriorityQueue[Job]"


class Overstayed(Exception):
    """The worker did not answer in time."""


class Keeper(threading.Thread):
    """Takes jobs from the queue and has them done in its process, one at a time."""

    def __init__(self, jobs: Queue, memory_bytes: int) -> None:
        super().__init__(name="worker keeper", daemon=True)
        self._jobs = jobs
        self._memory = memory_bytes
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._stopped = False

    @property
    def pid(self) -> int | None:
        """Return the id of the process, or ``None`` between two."""
        process = self._process
        return process.pid if process is not None and process.returncode is None else None

    def stop(self) -> None:
        """Kill the process at once; the thread ends with the job it is at."""
        with self._lock:
            self._stopped = True
            if self._process is not None:
                self._process.kill()

    def run(self) -> None:
        """Do jobs until told to end."""
        while not self._stopped:
            job = self._jobs.get()
            if job.function is None:
                break
            if job.wanted:
                self._do(job)
        self._end_process()

    def _do(self, job: Job) -> None:
        try:
            outcome, value, retire = self._ask(job)
        except Overstayed:
            job.fail(f"It took longer than {job.timeout:.0f} seconds and was stopped.")
            retire = True
        except (OSError, EOFError, struct.error):
            job.fail(
                "The workers have been stopped." if self._stopped else "The worker process died over it."
            )
            retire = True
        except Exception as error:
            log.exception("a worker's answer could not be read")
            job.fail(f"The worker's answer made no sense ({type(error).__name__}).")
            retire = True
        else:
            self._settle(job, outcome, value)
        if retire:
            self._end_process()

    def _settle(self, job: Job, outcome: str, value: Any) -> None:
        if outcome == "value":
            job.succeed(value)
        elif outcome == "memory":
            job.fail("It needed too much memory and was given up.")
        else:
            name, message, trace = value
            known = getattr(errors, name, None)
            if (
                isinstance(known, type)
                and issubclass(known, BroadsheetError)
                and known is not errors.QueryError
            ):
                job.fail(known(message))
            else:
                log.warning("a job failed in a worker:\n%s", trace)
                job.fail(f"It could not be read ({name}).")

    def _ask(self, job: Job) -> tuple[str, Any, bool]:
        """Return what the worker answers; starts one when there is none."""
        process = self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        question = pickle.dumps((job.function, job.args), pickle.HIGHEST_PROTOCOL)
        deadline = time.monotonic() + job.timeout
        _send(process.stdin.fileno(), question, deadline)
        (size,) = struct.unpack("!Q", b"".join(_pieces(process.stdout.fileno(), 8, deadline)))
        if size > ANSWER_BYTES:
            raise EOFError("the answer is too large")
        answer = io.BytesIO()
        for piece in _pieces(process.stdout.fileno(), size, deadline):
            answer.write(piece)
        answer.seek(0)
        outcome, value, retire = _Answers(answer).load()
        return str(outcome), value, bool(retire)

    def _running(self) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._stopped:
                raise EOFError
            died = self._process is not None and self._process.poll() is not None
        if died:  # of something that was not a job's fault
            self._end_process()
        with self._lock:
            if self._process is None:
                self._process = self._start_process()
            return self._process

    def _start_process(self) -> subprocess.Popen[bytes]:
        """Start a worker: a session of its own (no signal of the terminal), no descriptor of ours, no words."""
        process = subprocess.Popen(  # noqa: S603 - our interpreter, our file
            [sys.executable, "-P", str(_WORKER), str(self._memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env=os.environ | allocator.ENVIRONMENT,
        )
        assert process.stdin is not None
        assert process.stdout is not None
        os.set_blocking(process.stdin.fileno(), False)
        os.set_blocking(process.stdout.fileno(), False)
        path = pickle.dumps([entry or str(Path.cwd()) for entry in sys.path])
        _send(process.stdin.fileno(), path, time.monotonic() + 10)
        return process

    def _end_process(self) -> None:
        with self._lock:
            process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with contextlib.suppress(OSError):
                        pipe.close()


class _Answers(pickle.Unpickler):
    """Reads an answer; it may be built of our own values and of dates, and call nothing else.

    A document that takes over a worker through a hole in a C library must not get out of it by its answer.
    """

    def find_class(self, module: str, name: str) -> Any:
        """Return a class an answer may name."""
        ours = module == "reader" or module.startswith(_OWN)
        if ours or module == "datetime" or (module == "builtins" and name in _BUILTINS):
            found = super().find_class(module, name) if module != "builtins" else getattr(builtins, name)
            if isinstance(found, type):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} has no place in an answer")


_OWN: Final = (f"{__package__.partition('.')[0]}.", "tests.")


def _send(descriptor: int, data: bytes, deadline: float) -> None:
    for part in (struct.pack("!Q", len(data)), data):  # not joined: a question can be large
        view = memoryview(part)
        while view:
            _wait(descriptor, select.POLLOUT, deadline)
            with contextlib.suppress(BlockingIOError):
                view = view[os.write(descriptor, view) :]


def _pieces(descriptor: int, size: int, deadline: float) -> Iterator[bytes]:
    """Yield so many bytes as they come, so that a large answer is never held twice."""
    while size:
        _wait(descriptor, select.POLLIN, deadline)
        with contextlib.suppress(BlockingIOError):
            piece = os.read(descriptor, min(size, 1 << 20))
            if not piece:
                raise EOFError
            size -= len(piece)
            yield piece


def _wait(descriptor: int, event: int, deadline: float) -> None:
    """Wait until a pipe is ready; ``poll``, because ``select`` knows no descriptor above 1,023."""
    poll = select.poll()
    poll.register(descriptor, event)
    if not poll.poll(max(0.0, deadline - time.monotonic()) * 1000):
        raise Overstayed
