"""What terminals and people do to the program: noise, storms of sizes, a second window, a network that hangs."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.store import feeds
from reader.store.database import Database
from tests.terminal import Session, Terminal

from ..ui.library import make_library, numbered
from .running import PROJECT, is_restored, start

NO_PROGRAMS = "/nowhere"
"""A PATH on which keys typed at random find nothing to run."""
LEAVING = b"\x03\x11\x1aqQ\r\n"
"""Bytes that would end or suspend the app, or send off what was typed into a dialog."""
HANGING_NAMES = """
import pathlib, socket, threading
def hang(host, *_, **__):
    (pathlib.Path(__file__).parent / f"asked {host}").touch()
    threading.Event().wait()
socket.getaddrinfo = hang
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a home with a library of twenty articles."""
    (tmp_path / "data").mkdir()
    make_library(tmp_path / "data", numbered("Tide", 20)).close()
    return tmp_path


def leave(session: Session) -> None:
    """Leave at once, and insist that it went well."""
    session.send("\x11")
    assert session.wait_exit() == 0
    assert is_restored(session.terminal)


def test_bytes_that_are_no_text_are_no_keys_and_end_nothing(home: Path) -> None:
    with start(home) as session:
        session.wait_for("About Tide 1.")
        session.send(b"\xff\xfe\xc3(\x80\xed\xa0\x80d")
        session.wait_for("About Tide 2.")

        leave(session)


def test_noise_on_the_line_is_survived(home: Path) -> None:
    chance = random.Random(142)
    noise = bytes(byte for byte in chance.randbytes(1_500) if byte not in LEAVING)
    with start(home, PATH=NO_PROGRAMS) as session:
        session.wait_for("About Tide 1.")
        for at in range(0, len(noise), 500):
            session.send(noise[at : at + 500])
            session.read(0.02)
        session.settle(0.3)

        leave(session)
    assert not list(home.rglob("crash-*"))


def test_a_storm_of_sizes_down_to_none_at_all_is_survived(home: Path) -> None:
    chance = random.Random(131)
    with start(home) as session:
        session.wait_for("About Tide 1.")
        for _ in range(30):
            session.resize(
                *chance.choice([(0, 0), (1, 1), (4, 2), (80, 0), (0, 24), (39, 9), (80, 24), (250, 70)])
            )
            session.read(0.005)
        session.resize(120, 36)
        session.wait_for("▸● Tide 1")
        session.wait_for("About Tide 1.")

        leave(session)


def test_with_its_input_closed_it_says_that_it_needs_a_terminal(home: Path) -> None:
    command = ["/bin/sh", "-c", f"exec {sys.executable} -m reader <&-"]
    environ = {"BROADSHEET_HOME": str(home), "PYTHONPATH": str(PROJECT), "TERM": "xterm-256color"}
    with Session(command, environ=environ) as session:
        assert session.wait_exit() == 2
        assert "The app needs a terminal" in session.terminal.text


def test_eight_names_that_are_looked_up_for_ever_do_not_hold_up_leaving(home: Path) -> None:
    lookups = home / "lookups"
    lookups.mkdir()
    (lookups / "sitecustomize.py").write_text(HANGING_NAMES)
    library = Database.open(home / "data" / "library.db")
    for number in range(8):
        library.write_now(
            feeds.add_feed, f"http://name{number}.example/", f"Name {number}", now=datetime.now(UTC)
        )
    library.close()
    with start(home, PYTHONPATH=f"{lookups}:{PROJECT}") as session:
        session.wait_for("About Tide 1.")
        session.send("R")
        session.wait_for(lambda _: len(list(lookups.glob("asked name*"))) == 8)
        session.send("\x11")

        assert session.wait_exit(seconds=5) == 0  # a second, but where everything else is slow too
        assert is_restored(session.terminal)


def test_two_windows_on_one_library_show_each_others_changes(home: Path) -> None:
    with start(home) as one, start(home) as other:
        one.wait_for("About Tide 1.")
        other.wait_for("About Tide 1.")
        one.send("d")
        one.wait_for("About Tide 2.")
        other.wait_for(_unread(19))
        other.send("jjd")
        one.wait_for(_unread(18))

        leave(one)
        leave(other)


def _unread(count: int) -> Callable[[Terminal], bool]:
    return lambda terminal: f"2;{count} unread · Broadsheet" in terminal.osc


def test_with_few_file_descriptors_it_refreshes_as_far_as_it_goes_and_reads_on(home: Path) -> None:
    limited = ("/bin/sh", "-c", 'ulimit -n 24; exec "$@"', "sh")
    library = Database.open(home / "data" / "library.db")
    for number in range(30):
        url = f"http://127.5.0.{number + 1}:9/"
        library.write_now(feeds.add_feed, url, f"Name {number}", private_host=True, now=datetime.now(UTC))
    library.close()
    with start(home, before=limited) as session:
        session.wait_for("About Tide 1.")
        session.send("R")
        session.wait_for("No source answered")
        session.send("d")
        session.wait_for("About Tide 2.")

        leave(session)
    assert not list(home.rglob("crash-*"))


def test_a_large_paste_beside_every_field_presses_no_key(home: Path) -> None:
    with start(home) as session:
        session.wait_for("About Tide 1.")
        session.send("\x1b[200~")
        for _ in range(100):
            session.send("dA\x1b[31mx\r\n" * 100)
            session.read(0)
        session.send("\x1b[201~s")
        session.wait_for("★ Tide 1")

        assert session.terminal.osc[-1] == "2;20 unread · Broadsheet"
        leave(session)
