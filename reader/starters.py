"""Sources to begin with: a small list by topic, in several languages, bundled as ``starters.toml``.

It is read when somebody asks for it, and asks no server; whether the sources still answer, a refresh says.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from .records import dataclass


@dataclass(frozen=True, slots=True)
class Starter:
    """A source somebody could begin with."""

    topic: str
    """What it is about, or its language when that is not English; it becomes the folder."""
    language: str
    """BCP 47."""
    title: str
    url: str
    about: str
    """What to expect of it, in its own language, in a few words."""


def starters() -> tuple[Starter, ...]:
    """Return the list, those of a topic together."""
    listed = tomllib.loads(Path(__file__).with_name("starters.toml").read_text(encoding="utf-8"))
    return tuple(Starter(**one) for one in listed["starter"])
