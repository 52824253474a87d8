"""What is said to the terminal beside the screen: the window's title and notifications."""

from __future__ import annotations

from pathlib import Path

from reader.ui.terminal import GIVE_TITLE_BACK, KEEP_TITLE, Title, notification, title

from .driving import reading
from .library import make_library, numbered


class Paper:
    """Keeps what is written to it."""

    def __init__(self) -> None:
        self.written: list[str] = []

    def write(self, data: str) -> None:
        self.written.append(data)


def test_the_window_is_told_what_is_unread_and_has_its_own_title_back_at_the_end() -> None:
    paper, window = Paper(), Title()
    window.take(paper)
    window.show(title(1234))
    window.show(title(1234))
    window.give_back()
    window.show(title(1))

    assert paper.written == [
        f"{KEEP_TITLE}\x1b]2;Broadsheet\x1b\\",
        "\x1b]2;1,234 unread · Broadsheet\x1b\\",
        GIVE_TITLE_BACK,
    ]


def test_a_notification_is_written_the_way_the_terminal_knows() -> None:
    assert notification("3 new articles", "terminal", {}) == "\x1b]9;Broadsheet: 3 new articles\x1b\\"
    assert (
        notification("3 new articles", "terminal-777", {})
        == "\x1b]777;notify;Broadsheet;3 new articles\x1b\\"
    )


def test_tmux_is_asked_to_pass_a_notification_on() -> None:
    sent = notification("3 new articles", "terminal", {"TMUX": "/tmp/tmux-0/default,1,0"})

    assert sent == "\x1bPtmux;\x1b\x1b]9;Broadsheet: 3 new articles\x1b\x1b\\\x1b\\"


async def test_the_title_follows_what_is_read(tmp_path: Path) -> None:
    async with reading(make_library(tmp_path, numbered("Tide", 3))) as driver:
        assert driver.app.title == "3 unread · Broadsheet"
        await driver.press("d")
        await driver.until(lambda: driver.app.title == "2 unread · Broadsheet", "the title is counted anew")
