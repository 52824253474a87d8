"""Nothing goes to the terminal but text and our own sequences, whatever slipped in before."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.drivers.linux_driver import LinuxDriver

from reader.ui.driver import WalledDriver
from reader.ui.terminal import GIVE_TITLE_BACK, KEEP_TITLE, notification
from reader.ui.wall import walled
from tests.hostile.test_text_on_the_terminal import foreign_controls
from tests.hostile_text import ALL

OURS = (
    "\x1b[0m\x1b[1;38;2;1;2;3m", "\x1b[12;40H", "\x1b[12;40H\x1b[4;1H", "\x1b[?1049h\x1b[?25l\x1b[?2026$p", "\x1b[>9u\x1b[<u",
    "\x1b]8;id=3-7;https://example.org/a?b=c\x1b\\here\x1b]8;;\x1b\\", "\x1b]2;12 unread · Broadsheet\x1b\\",
    "\x1b]52;c;aGFyYm91cg==\x07", "\x1b]22;pointer\x07", "\x07", KEEP_TITLE + "\x1b]2;12 unread · Broadsheet\x1b\\", GIVE_TITLE_BACK,
    notification("3 new", "terminal-9", {}), notification("3 new", "terminal-777", {"TMUX": "yes"}), "two\r\nlines — 潮",
)  # fmt: skip


@pytest.mark.parametrize("sequence", OURS)
def test_what_is_ours_goes_through_as_it_is(sequence: str) -> None:
    assert walled(sequence) == sequence


@pytest.mark.parametrize("text", ALL)
def test_hostile_text_among_our_sequences_loses_its_controls_and_nothing_else(text: str) -> None:
    frame = walled(f"\x1b[3;1H\x1b[1m{text}\x1b[0m\x1b[4;1Hbelow")

    assert foreign_controls(frame) == []
    assert frame.startswith("\x1b[3;1H\x1b[1m")
    assert frame.endswith("\x1b[0m\x1b[4;1Hbelow")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("\x1b]0;owned\x07title", "]0;ownedtitle"),
        ("\x1b]52;c;aGFyYm91cg==\x07, in a frame", "]52;c;aGFyYm91cg==, in a frame"),
        ("\x1b[2J\x1b[6n", "[2J[6n"),
        ("\x1bPq#0\x1b\\", "Pq#0\\"),
        ("\x9b31mred\x7f\x08", "31mred"),
        ("\x1b]8;;file:///etc\x1b", "]8;;file:///etc"),
        ("\x1b[5;1", "[5;1"),
        ("a\tb\x00c\u202ed", "abcd"),
    ],
)
def test_a_sequence_that_is_not_ours_or_not_whole_becomes_text(text: str, left: str) -> None:
    assert walled(text) == left


@given(
    st.lists(st.sampled_from([*OURS[:7], "\x1b", "[", "]", ";", "8", "m", "\x07", "\\", "\x9d", "é"])).map(
        "".join
    )
)
def test_whatever_is_mixed_nothing_foreign_is_left_and_a_second_wall_takes_nothing_more(text: str) -> None:
    once = walled(text)

    assert foreign_controls(once) == [] or once == "\x07"  # the bell may ring by itself
    assert walled(once) == once


def test_the_driver_writes_through_the_wall(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    monkeypatch.setattr(LinuxDriver, "write", lambda _, data: written.append(data))

    WalledDriver.__new__(WalledDriver).write("\x1b[1mbold\x1b]0;owned\x07")

    assert written == ["\x1b[1mbold]0;owned"]
