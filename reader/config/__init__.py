"""What a person can set: a frozen ``Config`` read from one TOML file.

The file is the person's: it is read and never written by the program. Every setting is one ``Option`` in ``OPTIONS``:
the commented default file, ``config show``, the manual's table and the checks are all made from that list, and tests
hold it and ``Config`` together. Few settings, each one tested (newsboat's hackers' guide on customisability: every
option doubles the number of programs).
"""

from __future__ import annotations

from .keys import PRESETS, Keys, effective_keys
from .reading import Problem, Reading, default_file, load, read, read_flat, read_text, show, toml
from .settings import OPTIONS, Advance, Config, MarkRead, Notify, Option

__all__ = [
    "OPTIONS",
    "PRESETS",
    "Advance",
    "Config",
    "Keys",
    "MarkRead",
    "Notify",
    "Option",
    "Problem",
    "Reading",
    "default_file",
    "effective_keys",
    "load",
    "read",
    "read_flat",
    "read_text",
    "show",
    "toml",
]
