"""What is said to the terminal beside the screen: the window's title, and a notification. Pure but for ``Terminal``.

Sequences of xterm's control sequences document: OSC 2 (title), XTWINOPS 22 and 23 (keep and give back the title); OSC 9
is iTerm2's notification, OSC 777 rxvt-unicode's. Only our own words and numbers go into them, never a feed's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Protocol

from . import words

KEEP_TITLE: Final = "\x1b[22;2t"
GIVE_TITLE_BACK: Final = "\x1b[23;2t"


class Driver(Protocol):
    """Textual's driver: what writes to the terminal."""

    def write(self, data: str) -> None:
        """Write to the terminal."""


def title(unread: int) -> str:
    """Return what the window is called: how much is unread, and what this is."""
    return f"{words.number(unread)} unread · Broadsheet" if unread else "Broadsheet"


def notification(sentence: str, how: str, environ: Mapping[str, str]) -> str:
    """Return the sequence of a notification, in one of the two ways terminals know, passed through tmux."""
    body = f"777;notify;Broadsheet;{sentence}" if how == "terminal-777" else f"9;Broadsheet: {sentence}"
    sequence = f"\x1b]{body}\x1b\\"
    if environ.get("TMUX"):
        return "\x1bPtmux;" + sequence.replace("\x1b", "\x1b\x1b") + "\x1b\\"
    return sequence


class Title:
    """The title of the window; the one that was there comes back."""

    def __init__(self) -> None:
        self._driver: Driver | None = None
        self._text = title(0)

    def take(self, driver: Driver | None) -> None:
        """Keep the title that is there, and set ours."""
        self._driver = driver
        if driver is not None:
            driver.write(KEEP_TITLE + _titled(self._text))

    def give_back(self) -> None:
        """Let the window have the title it had."""
        if self._driver is not None:
            self._driver.write(GIVE_TITLE_BACK)
            self._driver = None

    def show(self, text: str) -> None:
        """Show another title."""
        if text != self._text:
            self._text = text
            if self._driver is not None:
                self._driver.write(_titled(text))


def _titled(text: str) -> str:
    return f"\x1b]2;{text}\x1b\\"
