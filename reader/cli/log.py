"""The rotating log and the reports of crashes, both without credentials.

The log is for the person whose reader misbehaves: what was fetched and what failed, in the state directory, at most
three megabytes of it. It is written by a thread of its own, so that no slow disk holds up the screen. A report is one
file for one crash; the screen's last line names it.
"""

from __future__ import annotations

import logging
import logging.handlers
import platform
import queue
import re
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from .. import __version__
from ..model import FeedDone, PageDone, RefreshDone, RefreshEvent
from ..paths import Places
from .progress import summary

_log = logging.getLogger(__name__)

_MAX_BYTES: Final = 1_000_000
_BACKUPS: Final = 2
_CREDENTIALS = re.compile(r"(?<=://)[^/\s@'\"]+(?=@)")
_SECRETS = re.compile(r"(?i)([\w-]*(?:token|key|auth|password|secret|signature|session))=[^&\s'\"]+")


def without_credentials(text: str) -> str:
    """Return ``text`` with the ``user:password`` of every address, and what looks like a key in a query, struck out."""
    return _SECRETS.sub(r"\1=…", _CREDENTIALS.sub("…", text))


class _Handler(logging.handlers.RotatingFileHandler):
    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - its name in logging
        """Pass over what cannot be written: on a full disk, logging would print a traceback for every line."""


class _Formatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return without_credentials(super().format(record))


@contextmanager
def written(places: Places) -> Iterator[None]:
    """Write the log to the state directory while the block runs; where that cannot be written, to nowhere.

    Whoever logs only puts a line into a queue. When the block is left, also by an exception, all of them are on the disk.
    """
    lines: queue.SimpleQueue[logging.LogRecord] = queue.SimpleQueue()
    waiting = logging.handlers.QueueHandler(lines)
    file = _file(places)
    listener = logging.handlers.QueueListener(lines, file)
    ours = logging.getLogger(__package__.partition(".")[0])
    ours.setLevel(logging.INFO)
    ours.propagate = False
    ours.addHandler(waiting)
    listener.start()
    try:
        yield
    finally:
        ours.removeHandler(waiting)
        listener.stop()
        with suppress(OSError):  # the rest of the last line, on a full disk
            file.close()


def _file(places: Places) -> logging.Handler:
    try:
        places.state.mkdir(parents=True, exist_ok=True)
        file: logging.Handler = _Handler(
            places.log, maxBytes=_MAX_BYTES, backupCount=_BACKUPS, encoding="utf-8", delay=True
        )
    except OSError:
        file = logging.NullHandler()
    file.setFormatter(_Formatter("%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"))
    return file


def tell(event: RefreshEvent) -> None:
    """Write what a refresh came to, and every failure of it."""
    match event:
        case FeedDone(title=title, error=error) | PageDone(title=title, error=error) if error:
            _log.warning("%s: %s", title, error)
        case RefreshDone():
            _log.info("Refreshed: %s", summary(event)[0])


def write_crash(places: Places, error: BaseException, at: datetime) -> Path | None:
    """Write a report of a crash and return where it is, or None where nothing can be written."""
    path = places.crashes / f"crash-{at:%Y%m%d-%H%M%S}.txt"
    lines = [
        f"Broadsheet {__version__}, Python {platform.python_version()}, {platform.platform()}\n",
        f"{at.isoformat(timespec='seconds')}\n",
        f"{' '.join(sys.argv)}\n\n",
        *traceback.format_exception(error),
    ]
    try:
        places.crashes.mkdir(parents=True, exist_ok=True)
        path.write_text(without_credentials("".join(lines)), encoding="utf-8")
    except OSError:
        return None
    return path
