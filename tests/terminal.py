"""A tiny terminal: reads what a program paints under a pty, and keeps what a person would see.

It knows what Textual sends: cursor positioning, SGR, erasing, modes, OSC, and the answers a terminal gives to questions.
What it does not know it keeps in ``unknown``, so that a test can insist that there is nothing of the kind. Standard
library only; ``Session`` starts a program under it.
"""

from __future__ import annotations

import codecs
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

_SEQUENCE = re.compile(
    r"\x1b\[(?P<csi>[0-?]*)(?P<inter>[ -/]*)(?P<final>[@-~])"
    r"|\x1b\](?P<osc>[^\x07\x1b]*)(?:\x07|\x1b\\)"
    r"|\x1b[PX^_](?P<dcs>[^\x1b]*)\x1b\\"
    r"|\x1b(?P<short>[()#%][0-9A-Za-z@]|[0-9=>A-Zc-z78])"
)
_PARTIAL = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|\][^\x07\x1b]*\x1b?|[PX^_][^\x1b]*\x1b?|[()#%])?$")


@dataclass(slots=True)
class Cell:
    """What stands in one cell; the right half of a wide character is empty."""

    text: str = " "
    style: tuple[str, ...] = ()


@dataclass
class Terminal:
    """The visible state after all that was fed."""

    columns: int = 80
    lines: int = 24
    modes: set[str] = field(default_factory=set)
    """Private modes that are on: ``?1049`` is the alternate screen, ``?25`` the cursor."""
    osc: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    answers: bytearray = field(default_factory=bytearray)
    """What the terminal replies to questions; the session sends it."""

    def __post_init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._rest = ""
        self._style: tuple[str, ...] = ()
        self.x = self.y = 0
        self._saved = (0, 0)
        self.modes.add("?25")
        self._cells = self._blank_screen()

    def _blank_screen(self) -> list[list[Cell]]:
        return [self._blank_line() for _ in range(self.lines)]

    def _blank_line(self) -> list[Cell]:
        return [Cell() for _ in range(self.columns)]

    def resize(self, columns: int, lines: int) -> None:
        """Take another size; what was on the screen is gone until it is painted anew."""
        self.columns, self.lines = columns, lines
        self._cells = self._blank_screen()
        self.x = self.y = 0

    # ------------------------------------------------------------------------------------------- what is seen

    def line(self, y: int) -> str:
        """Return the text of a line without blanks at its end."""
        return "".join(cell.text for cell in self._cells[y]).rstrip()

    @property
    def text(self) -> str:
        """The whole screen, a line a line."""
        return "\n".join(self.line(y) for y in range(self.lines))

    def style_at(self, x: int, y: int) -> tuple[str, ...]:
        """Return the SGR parameters in force at a cell."""
        return self._cells[y][x].style

    def find(self, text: str) -> tuple[int, int] | None:
        """Return column and line of a text, or None."""
        for y in range(self.lines):
            x = self.line(y).find(text)
            if x >= 0:
                return x, y
        return None

    # ------------------------------------------------------------------------------------------- feeding

    def feed(self, data: bytes) -> None:
        """Take what the program wrote."""
        text = self._rest + self._decoder.decode(data)
        self._rest = ""
        at = 0
        while at < len(text):
            if text[at] != "\x1b":
                end = text.find("\x1b", at)
                end = len(text) if end < 0 else end
                self._print(text[at:end])
                at = end
                continue
            found = _SEQUENCE.match(text, at)
            if found is not None:
                self._obey(found)
                at = found.end()
            elif _PARTIAL.match(text, at):
                self._rest = text[at:]
                return
            else:
                self.unknown.append(text[at : at + 8])
                at += 1

    def _print(self, text: str) -> None:
        for char in text:
            match char:
                case "\r":
                    self.x = 0
                case "\n":
                    self._down()
                case "\b":
                    self.x = max(0, self.x - 1)
                case "\x07" | "\x0e" | "\x0f":
                    pass
                case _ if unicodedata.category(char) == "Cc":
                    self.unknown.append(char)
                case _:
                    self._put(char)

    def _put(self, char: str) -> None:
        if unicodedata.category(char) in ("Mn", "Me", "Cf") and self.x:
            self._cells[self.y][self.x - 1].text += char
            return
        width = 2 if unicodedata.east_asian_width(char) in "WF" else 1
        if self.x + width > self.columns:
            self.x = 0
            self._down()
        row = self._cells[self.y]
        row[self.x] = Cell(char, self._style)
        if width == 2 and self.x + 1 < self.columns:
            row[self.x + 1] = Cell("", self._style)
        self.x += width

    def _down(self) -> None:
        if self.y == self.lines - 1:
            self._cells.pop(0)
            self._cells.append(self._blank_line())
        else:
            self.y += 1

    # ------------------------------------------------------------------------------------------- sequences

    def _obey(self, found: re.Match[str]) -> None:
        if found["osc"] is not None:
            self.osc.append(found["osc"])
        elif found["final"] is not None:
            self._csi(found["csi"], found["inter"], found["final"])
        elif found["short"] is not None:
            match found["short"]:
                case "7":
                    self._saved = (self.x, self.y)
                case "8":
                    self.x, self.y = self._saved

    def _csi(self, parameters: str, inter: str, final: str) -> None:
        numbers = [int(part) if part.isdigit() else 0 for part in parameters.strip("?><=").split(";")]
        first = numbers[0] if numbers else 0
        match final:
            case "m" if not parameters.startswith((">", "?")):
                self._sgr(parameters)
            case "H" | "f":
                self.y = min(max(first, 1), self.lines) - 1
                self.x = min(max(numbers[1] if len(numbers) > 1 else 1, 1), self.columns) - 1
            case "A" | "B":
                self.y = min(
                    max(self.y + (max(1, first) if final == "B" else -max(1, first)), 0), self.lines - 1
                )
            case "C" | "D":
                self.x = min(
                    max(self.x + (max(1, first) if final == "C" else -max(1, first)), 0), self.columns - 1
                )
            case "G":
                self.x = min(max(first, 1), self.columns) - 1
            case "d":
                self.y = min(max(first, 1), self.lines) - 1
            case "J":
                self._erase_screen(first)
            case "K":
                self._erase_line(first)
            case "h" | "l":
                self._mode(parameters, on=final == "h")
            case "p" if inter == "$" and parameters.startswith("?"):
                known = 0 if parameters == "?2048" else 2  # no reports of size in the stream: SIGWINCH tells
                self.answers += f"\x1b[{parameters};{known}$y".encode()
            case "n" if first == 6:
                self.answers += f"\x1b[{self.y + 1};{self.x + 1}R".encode()
            case "s":
                self._saved = (self.x, self.y)
            case "u" | "c" | "t" | "q" | "r" | "n" | "m" | "p":
                pass  # keyboard protocol, device attributes, window reports, cursor shape, scroll region
            case _:
                self.unknown.append(f"CSI {parameters}{inter}{final}")

    def _mode(self, parameters: str, *, on: bool) -> None:
        for number in parameters.lstrip("?").split(";"):
            mode = ("?" if parameters.startswith("?") else "") + number
            (self.modes.add if on else self.modes.discard)(mode)
            if mode == "?1049":
                self._cells = self._blank_screen()

    def _sgr(self, parameters: str) -> None:
        if parameters in ("", "0"):
            self._style = ()
        else:
            parts = parameters.split(";")
            reset = len(parts) - 1 - parts[::-1].index("0") if "0" in parts and "2" not in parts else -1
            self._style = (*(self._style if reset < 0 else ()), *parts[reset + 1 :])

    def _erase_screen(self, how: int) -> None:
        if how in (2, 3):
            self._cells = self._blank_screen()
            return
        self._erase_line(how)
        rows = range(self.y + 1, self.lines) if how == 0 else range(self.y)
        for y in rows:
            self._cells[y] = self._blank_line()

    def _erase_line(self, how: int) -> None:
        start, end = {0: (self.x, self.columns), 1: (0, self.x + 1)}.get(how, (0, self.columns))
        for x in range(start, min(end, self.columns)):
            self._cells[self.y][x] = Cell()


class Session:
    """A program running under a terminal of ours."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 80,
        lines: int = 24,
        environ: Mapping[str, str] | None = None,
        cwd: Path | None = None,
    ) -> None:
        self.terminal = Terminal(columns, lines)
        self.raw = bytearray()
        """Every byte the program wrote."""
        self.exit_status: int | None = None
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            if cwd is not None:
                os.chdir(cwd)
            # readline has put COLUMNS and LINES where os.environ does not see them: hand the environment over whole
            os.execvpe(command[0], list(command), dict(environ or {}))
        self._set_size(columns, lines)

    def _set_size(self, columns: int, lines: int) -> None:
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def resize(self, columns: int, lines: int) -> None:
        """Give the program another size; what is painted for none at all is kept in a single cell."""
        self.terminal.resize(max(1, columns), max(1, lines))
        self._set_size(columns, lines)

    def send(self, keys: str | bytes) -> None:
        """Type; bytes need not be text."""
        os.write(self._fd, keys.encode() if isinstance(keys, str) else keys)

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Send the program a signal."""
        os.kill(self.pid, number)

    def hang_up(self) -> None:
        """Close the terminal, as a window or a connection that is gone."""
        os.close(self._fd)
        self._fd = -1

    def read(self, seconds: float = 0.05) -> bool:
        """Take what the program writes within some time; False when it ended."""
        if self._fd < 0:
            return False
        ready, _, _ = select.select([self._fd], [], [], seconds)
        if not ready:
            return True
        try:
            data = os.read(self._fd, 65_536)
        except OSError:  # Linux says EIO when the other side is closed
            data = b""
        if not data:
            self._reap()
            return False
        self.raw += data
        self.terminal.feed(data)
        if self.terminal.answers:
            os.write(self._fd, bytes(self.terminal.answers))
            self.terminal.answers.clear()
        return True

    def wait_for(self, what: str | Callable[[Terminal], bool], seconds: float = 20.0) -> None:
        """Read until a text is on the screen or a condition holds; fail with the screen when it does not come."""
        holds = (lambda terminal: what in terminal.text) if isinstance(what, str) else what
        deadline = time.monotonic() + seconds
        while not holds(self.terminal):
            alive = self.read(0.05)
            if holds(self.terminal):
                return
            if not alive or time.monotonic() > deadline:
                state = "the program ended" if not alive else f"not within {seconds} s"
                raise AssertionError(f"{what!r} did not come ({state}). The screen:\n{self.terminal.text}")

    def settle(self, quiet: float = 0.25, seconds: float = 10.0) -> None:
        """Read until the program has written nothing for a while."""
        deadline = time.monotonic() + seconds
        size, since = len(self.raw), time.monotonic()
        while time.monotonic() < deadline and time.monotonic() - since < quiet:
            if not self.read(0.02):
                return
            if len(self.raw) != size:
                size, since = len(self.raw), time.monotonic()

    def wait_stopped(self, seconds: float = 10.0) -> None:
        """Wait until the program has stopped itself, as a shell does after ctrl+z."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            pid, status = os.waitpid(self.pid, os.WNOHANG | os.WUNTRACED)
            if pid and os.WIFSTOPPED(status):
                return
            self.read(0.02)
        raise AssertionError(f"The program did not stop within {seconds} s.")

    def wait_exit(self, seconds: float = 20.0) -> int:
        """Read until the program has ended; return its exit status, or 128 and the signal that ended it."""
        deadline = time.monotonic() + seconds
        while self.exit_status is None and time.monotonic() < deadline:
            if not self.read(0.05):
                break
        self._reap(max(0.0, deadline - time.monotonic()))
        if self.exit_status is None:
            raise AssertionError(
                f"The program did not end within {seconds} s. The screen:\n{self.terminal.text}"
            )
        return self.exit_status

    def _reap(self, seconds: float = 5.0) -> None:
        if self.exit_status is None:
            deadline = time.monotonic() + seconds
            while self.exit_status is None:
                pid, status = os.waitpid(self.pid, os.WNOHANG)
                if pid:
                    code = os.waitstatus_to_exitcode(status)
                    self.exit_status = code if code >= 0 else 128 - code
                elif time.monotonic() > deadline:
                    return
                else:
                    time.sleep(0.01)

    def close(self) -> None:
        """End the program, whatever it is doing."""
        if self.exit_status is None:
            os.kill(self.pid, signal.SIGKILL)
            self._reap()
        if self._fd >= 0:
            os.close(self._fd)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
