"""Textual's way to the terminal, with a wall before what is written and without a fall over what is typed."""

from __future__ import annotations

import codecs
import os
import selectors
import signal
from typing import Final

from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

from .wall import walled

PATIENCE_SECONDS: Final = 0.1
"""Between two looks whether an escape stands alone, and whether the app has ended."""
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
        parser = XTermParser(self._debug)
        with selectors.DefaultSelector() as terminal:
            terminal.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if terminal.select(PATIENCE_SECONDS):
                    data = self._typed()
                    if not data:
                        self._app.call_later(self._app.exit, return_code=128 + signal.SIGHUP)
                        return
                    if text := decode(data):  # an empty text would be the end to the parser
                        for event in parser.feed(text):
                            self.process_message(event)
                for event in parser.tick():
                    self.process_message(event)

    def _typed(self) -> bytes:
        """Return what was typed; nothing when the terminal is gone."""
        try:
            return os.read(self.fileno, READ_BYTES)
        except OSError:  # Linux says EIO when the other side is closed
            return b""
