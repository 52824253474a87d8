"""Textual's way to the terminal, with a wall before what is written and without a fall over what is typed."""

from __future__ import annotations

import codecs
import os
import selectors
import signal
from typing import Final

from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Paste

from .pasted import Pasted, Pastes
from .wall import walled

PATIENCE_SECONDS: Final = 0.1
"""Between two looks whether an escape stands alone, and whether the app has ended."""
MARK_SECONDS: Final = 0.005
"""How long an escape waits for the rest of a mark."""
READ_BYTES: Final = 4096


class WalledDriver(LinuxDriver):
    """Writes only our own sequences, and reads any bytes.

    Textual's own reading ends the app, with exit status 0 and without a word, at the first byte that is no UTF-8: from a
    terminal in another encoding, a noisy line, something pasted.
    """

    def write(self, data: str) -> None:
        """Write text and sequences to the terminal; control characters that are not ours are left out."""
        super().write(walled(data))

    def run_input_thread(self) -> None:
        """Read keys until the app ends; bytes that are no text are no keys, and a terminal that is gone ends the app."""
        decode = codecs.getincrementaldecoder("utf-8")("ignore").decode
        parser, pastes = XTermParser(self._debug), Pastes()
        with selectors.DefaultSelector() as terminal:
            terminal.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if terminal.select(MARK_SECONDS if pastes.held else PATIENCE_SECONDS):
                    data = self._typed()
                    if not data:
                        self._app.call_later(self._app.exit, return_code=128 + signal.SIGHUP)
                        return
                    for part in pastes.feed(decode(data)):
                        self._hand_on(part, parser)
                elif held := pastes.release():
                    self._hand_on(held, parser)
                for event in parser.tick():
                    self.process_message(event)

    def _hand_on(self, part: str | Pasted, parser: XTermParser) -> None:
        """Hand the app what was pasted, or the keys that were typed; ``part`` is never empty, the end to the parser."""
        for event in [Paste(part.text)] if isinstance(part, Pasted) else parser.feed(part):
            self.process_message(event)

    def _typed(self) -> bytes:
        """Return what was typed; nothing when the terminal is gone."""
        try:
            return os.read(self.fileno, READ_BYTES)
        except OSError:  # Linux says EIO when the other side is closed
            return b""
