"""What a command works with: places, settings, streams, a clock, the library."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, TextIO

from ..paths import Places
from ..text import clean

if TYPE_CHECKING:
    from ..config import Config
    from ..store.database import Database

SESSION = "command line"
"""The session under which the journal files what commands do, so that ``undo`` finds it again."""


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Context:
    """One run of the program."""

    places: Places
    environ: Mapping[str, str]
    profile: str | None = None
    out: TextIO = field(default_factory=lambda: sys.stdout)
    """For results, and nothing else."""
    err: TextIO = field(default_factory=lambda: sys.stderr)
    """For everything said about them."""
    stdin: TextIO = field(default_factory=lambda: sys.stdin)
    now: Callable[[], datetime] = _utc_now

    @cached_property
    def config(self) -> Config:
        """The settings; raises ConfigError."""
        from ..config import load

        return load(self.places.config_file)

    @contextmanager
    def library(self) -> Iterator[Database]:
        """Open the library while the block runs, and say what a person should know about opening it."""
        from ..store.database import Database

        database = Database.open(self.places.library)
        try:
            for notice in database.notices:
                self.say(notice)
            yield database
        finally:
            database.close()

    def say(self, sentence: str) -> None:
        """Tell a person something, on standard error; it may hold what a person or a file said, so it is cleaned."""
        print(clean(sentence), file=self.err)
