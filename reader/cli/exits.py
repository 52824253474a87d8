"""The exit codes; scripts may rely on them."""

from __future__ import annotations

from enum import IntEnum

from ..errors import BroadsheetError, ConfigError, QueryError, StoreError, UsageError


class Exit(IntEnum):
    """What the exit code of a command means."""

    OK = 0
    FAILED = 1
    """Something asked for was not done; a sentence says what. Some sources failed while others were fetched."""
    USAGE = 2
    """The command line, a query or the settings make no sense, or there is no terminal to draw on."""
    OFFLINE = 3
    """No host answered."""
    LIBRARY = 4
    """The library is locked, damaged or newer than this program."""
    CRASHED = 70
    """A bug (EX_SOFTWARE of sysexits.h); a report was written."""
    HANGUP = 129
    INTERRUPTED = 130
    TERMINATED = 143


def code_of(error: BroadsheetError) -> Exit:
    """Return the exit code that tells of ``error``."""
    match error:
        case UsageError() | ConfigError() | QueryError():
            return Exit.USAGE
        case StoreError():
            return Exit.LIBRARY
    return Exit.FAILED
