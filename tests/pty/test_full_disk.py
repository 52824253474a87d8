"""The app on a disk that is really full: a small file system of its own, mounted where nobody else sees it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.query import parse
from reader.store import search
from reader.store.compile import compile_query
from reader.store.database import Database
from tests.terminal import Session

from ..ui.library import make_library, numbered
from .running import is_restored, start

MOUNT = 'mount -t tmpfs -o size=6m tmpfs "$1/data" && cp "$1"/made/* "$1/data" && '
IN_A_SMALL_DISK = ("unshare", "--mount", "--map-root-user", "/bin/sh", "-c")


def can_mount(folder: Path) -> bool:
    """Tell whether this machine lets us mount a file system in a namespace of our own."""
    if not sys.platform.startswith("linux") or shutil.which("unshare") is None:
        return False
    script = 'mount -t tmpfs -o size=1m tmpfs "$1"'
    ran = subprocess.run([*IN_A_SMALL_DISK, script, "sh", str(folder)], capture_output=True, check=False)
    return ran.returncode == 0


@contextmanager
def started_on_a_small_disk(home: Path) -> Iterator[tuple[Session, Path]]:
    """Start the app with its library on a disk of 6 MB; yield it and the disk as we can reach it."""
    before = (*IN_A_SMALL_DISK, MOUNT + 'shift && exec "$@"', "sh", str(home))
    with start(home, before=before) as session:
        session.wait_for("About Tide 1.")
        yield session, Path(f"/proc/{session.pid}/root{home}/data")


def fill(disk: Path) -> None:
    """Leave not a byte."""
    with (disk / "filler").open("ab", buffering=0) as filler, suppress(OSError):
        while True:
            filler.write(bytes(4096))


def starred(path: Path) -> int:
    library = Database.open(path)
    try:
        return len(library.read_now(search.ids, compile_query(parse("is:starred"), now=datetime.now(UTC))))
    finally:
        library.close()


def test_on_a_full_disk_reading_goes_on_and_what_was_not_saved_is_saved_when_there_is_room(
    tmp_path: Path,
) -> None:
    if not can_mount(tmp_path):
        pytest.skip("no file system can be mounted here")
    (tmp_path / "data").mkdir()
    (tmp_path / "made").mkdir()
    make_library(tmp_path / "made", numbered("Tide", 20)).close()
    with started_on_a_small_disk(tmp_path) as (session, disk):
        stars = 0
        while "not saved yet" not in session.terminal.text and stars < 15:  # the log has some room left
            fill(disk)
            session.send("sj")
            stars += 1
            session.wait_for(f"About Tide {stars + 1}.")
            session.settle()
        assert "not saved yet" in session.terminal.text

        (disk / "filler").unlink()
        session.wait_for("Everything is saved now.")
        shutil.copytree(disk, tmp_path / "saved")
        session.send("\x11")

        assert session.wait_exit() == 0
        assert is_restored(session.terminal)
    assert starred(tmp_path / "saved" / "library.db") == stars
