"""Files a person names to save something in."""

from __future__ import annotations

from pathlib import Path

from .panes.status import Tone


def unusable_file(typed: str) -> str:
    """Return why a file cannot be written, or nothing."""
    if not typed.strip():
        return "A file needs a name."
    path = Path(typed).expanduser()
    if path.is_dir():
        return f"{path} is a folder."
    return "" if path.parent.is_dir() else f"There is no folder {path.parent}."


def written(typed: str, text: str) -> tuple[str, Tone]:
    """Write a text, some kilobytes, to a file; returns what to say of it."""
    path = Path(typed.strip()).expanduser()
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        return f"{path} could not be written: {error.strerror}.", Tone.ERROR
    return f"Saved {path}.", Tone.DONE
