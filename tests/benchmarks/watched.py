"""The program with a watch on its event loop: how late it comes to what is due, and what it computes in between.

    python -m tests.benchmarks.watched SAMPLES.csv

runs ``broadsheet``; at its end the file has a line for each look: the instant (monotonic seconds), the milliseconds the
loop was late, and the milliseconds of processor time its thread used since the look before.
"""

from __future__ import annotations

import asyncio
import sys
import time
from array import array
from pathlib import Path
from typing import Final

import reader.ui.app
from reader.cli.main import main

LOOK_SECONDS: Final = 0.002


class Watched(reader.ui.app.BroadsheetApp):
    """The reader, watched from its first frame to its end."""

    CSS_PATH = str(Path(reader.ui.app.__file__).with_name("app.tcss"))
    samples: Path
    _seen: array[float]

    def on_ready(self) -> None:
        """Begin to watch."""
        super().on_ready()
        self._seen = array("d")
        self.run_worker(self._watch(), group="watch")

    async def on_unmount(self) -> None:
        """Write down what was seen."""
        seen = self._seen
        lines = (f"{seen[n]:.6f},{seen[n + 1]:.3f},{seen[n + 2]:.3f}" for n in range(0, len(seen), 3))
        self.samples.write_text("\n".join(lines) + "\n", encoding="ascii")
        await super().on_unmount()

    async def _watch(self) -> None:
        computed = time.thread_time()
        while True:
            due = time.monotonic() + LOOK_SECONDS
            await asyncio.sleep(LOOK_SECONDS)
            now, used = time.monotonic(), time.thread_time()
            self._seen.extend((now, (now - due) * 1000, (used - computed) * 1000))
            computed = used


if __name__ == "__main__":
    Watched.samples = Path(sys.argv.pop(1))
    reader.ui.app.BroadsheetApp = Watched  # type: ignore[misc]  # the command line imports it when it starts it
    sys.exit(main())
