"""What a command works with: places, settings, streams, a clock, the library."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, TextIO, TypeVar

from ..paths import Places
from ..text import clean

if TYPE_CHECKING:
    from ..config import Config
    from ..store.database import Database
    from ..store.library import Library
    from .siterules import SiteRules

AnyLibrary = TypeVar("AnyLibrary", bound="Library")

SESSION = "command line"
"""The session under which the journal files what commands do, so that ``undo`` finds it again."""


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Context:
    """One run of the program."""

    def __init__(
        self,
        places: Places,
        environ: Mapping[str, str],
        profile: str | None = None,
        *,
        stdin: TextIO | None = None,
        out: TextIO | None = None,
        err: TextIO | None = None,
        now: Callable[[], datetime] = _utc_now,
    ) -> None:
        self.places = places
        self.environ = environ
        self.profile = profile
        self.stdin = stdin or sys.stdin
        self.out = out or sys.stdout
        """For results, and nothing else."""
        self.err = err or sys.stderr
        """For everything said about them."""
        self.now = now

    def at(self, places: Places) -> Context:
        """Return the same run with another library and other settings."""
        return Context(places, self.environ, stdin=self.stdin, out=self.out, err=self.err, now=self.now)

    @cached_property
    def config(self) -> Config:
        """The settings; raises ConfigError."""
        from ..config import load

        return load(self.places.config_file)

    @cached_property
    def site_rules(self) -> SiteRules:
        """The person's rules for single sites."""
        from .siterules import SiteRules

        return SiteRules(self.places.site_rules)

    @contextmanager
    def library(self) -> Iterator[Library]:
        """Open the library while the block runs, and say what a person should know about opening it."""
        from ..store.library import Library

        with self._opened(Library) as library:
            yield library

    @contextmanager
    def database(self) -> Iterator[Database]:
        """Open the library for a loop while the block runs."""
        from ..store.database import Database

        with self._opened(Database) as database:
            yield database

    @contextmanager
    def _opened(self, kind: type[AnyLibrary]) -> Iterator[AnyLibrary]:
        library = kind.open(self.places.library)
        try:
            for notice in library.notices:
                self.say(notice)
            yield library
        finally:
            library.close()

    def say(self, sentence: str) -> None:
        """Tell a person something, on standard error; it may hold what a person or a file said, so it is cleaned."""
        print(clean(sentence), file=self.err)
