"""The program on a real terminal: opening, keys, colours, signals, and what it leaves behind."""

from __future__ import annotations

import re
import signal
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.model import EntryRow
from reader.query import parse
from reader.store import entries, search
from reader.store.compile import compile_query
from reader.store.database import Database

from ..ui.library import make_library, numbered
from .running import is_restored, start


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a home with a library of twenty articles."""
    (tmp_path / "data").mkdir()
    make_library(tmp_path / "data", numbered("Tide", 20)).close()
    return tmp_path


def test_it_opens_with_three_panes_takes_keys_and_leaves_the_terminal_as_it_was(home: Path) -> None:
    with start(home) as session:
        session.wait_for("About Tide 1.")
        session.wait_for("Inbox")
        session.wait_for("● Tide 2")

        session.send("dds/tide 15\r")
        session.wait_for(lambda terminal: "1/1" in terminal.text)
        session.send("\x1b")
        session.wait_for(lambda terminal: "3/20" in terminal.text)
        session.send("q")

        assert session.wait_exit() == 0
        assert is_restored(session.terminal)
        assert session.terminal.unknown == []
    library = Database.open(home / "data" / "library.db")
    rows = {row.title: row for row in _all_rows(library)}
    library.close()
    assert not rows["Tide 1"].unread
    assert not rows["Tide 2"].unread
    assert rows["Tide 3"].starred


def _all_rows(library: Database) -> tuple[EntryRow, ...]:
    compiled = compile_query(parse(""), now=datetime.now(UTC))
    return library.read_now(entries.rows, library.read_now(search.ids, compiled))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT])
def test_a_signal_ends_it_with_the_terminal_restored_and_its_own_exit_status(
    home: Path, number: signal.Signals
) -> None:
    with start(home) as session:
        session.wait_for("About Tide 1.")
        session.kill(number)

        assert session.wait_exit() == 128 + number
        assert is_restored(session.terminal)


@pytest.mark.parametrize("ignored", [False, True], ids=["as usual", "with SIGHUP ignored"])
def test_a_terminal_that_is_closed_ends_it_within_two_seconds_as_a_hang_up(home: Path, ignored: bool) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN if ignored else signal.SIG_DFL)
    try:
        session = start(home)  # a process inherits what is ignored
    finally:
        signal.signal(signal.SIGHUP, before)
    with session:
        session.wait_for("About Tide 1.")
        session.hang_up()

        assert session.wait_exit(seconds=2) == 128 + signal.SIGHUP
        assert not list(home.rglob("crash-*"))


def test_without_colour_the_highlighted_row_still_stands_out(home: Path) -> None:
    with start(home, NO_COLOR="1") as session:
        session.wait_for("About Tide 1.")
        session.send("j")
        session.wait_for("▸● Tide 2")
        x, y = session.terminal.find("● Tide 2") or (0, 0)

        assert "7" in session.terminal.style_at(x, y)
        colours = re.compile(rb"\x1b\[(?:[0-9;]*;)?(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;[0-9;]*)?m")
        assert colours.findall(bytes(session.raw)) == []


def test_every_size_is_survived(home: Path) -> None:
    with start(home) as session:
        session.wait_for("About Tide 1.")
        for columns, lines in (
            (1, 1),
            (39, 9),
            (40, 10),
            (60, 15),
            (80, 24),
            (100, 30),
            (240, 70),
            (120, 36),
        ):
            session.resize(columns, lines)
            session.settle(0.1)
        session.wait_for("▸● Tide 1")
        session.send("q")

        assert session.wait_exit() == 0


def test_a_terminal_that_is_too_small_is_told_so(home: Path) -> None:
    with start(home, columns=39, lines=9) as session:
        session.wait_for("too small")


def test_the_window_says_what_is_unread_and_gets_its_title_back(home: Path) -> None:
    with start(home) as session:
        session.wait_for("About Tide 1.")
        session.wait_for(lambda terminal: "2;20 unread · Broadsheet" in terminal.osc)
        session.send("q")

        assert session.wait_exit() == 0
    assert bytes(session.raw).count(b"\x1b[22;2t") == bytes(session.raw).count(b"\x1b[23;2t") == 1


def test_ctrl_z_leaves_the_terminal_to_the_shell_until_it_brings_the_program_back(home: Path) -> None:
    with start(home) as session:
        session.wait_for("About Tide 1.")
        session.send("d\x1a")
        session.wait_for(lambda terminal: is_restored(terminal))
        session.wait_stopped()
        library = Database.open(home / "data" / "library.db")  # nothing of it is held
        assert [row.title for row in _all_rows(library) if not row.unread] == ["Tide 1"]
        library.close()

        session.kill(signal.SIGCONT)
        session.wait_for("About Tide 2.")
        for unchanged in ("Inbox", "● Tide 5", "Enter open"):
            session.wait_for(unchanged)
        session.send("dq")

        assert session.wait_exit() == 0
        assert is_restored(session.terminal)
