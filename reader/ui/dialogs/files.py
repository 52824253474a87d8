"""The files that go with an article: their names, types and sizes, and what to do with one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Literal, NamedTuple, TypeAlias
from urllib.parse import unquote, urlsplit

from textual.events import Key

from ...model import Enclosure
from ...text import clean_line
from ...typeset.words import size_in_words
from ..dialog import Choice, Picker

Wish: TypeAlias = Literal["play", "save", "copy"]
_KEYS: dict[str, Wish] = {"ctrl+y": "copy", "ctrl+s": "save"}


class FileWish(NamedTuple):
    """A file, and what is to be done with it."""

    file: Enclosure
    wish: Wish


class FilesDialog(Picker[FileWish]):
    """Answers with a file to play, to save or to copy the address of."""

    def __init__(self, files: Sequence[Enclosure]) -> None:
        super().__init__(
            "Files of this article",
            [Choice(name_of(file), FileWish(file, "play"), _kind(file)) for file in files],
            placeholder="name or type",
            hint="Enter plays · Ctrl+S saves · Ctrl+Y copies · Esc leaves",
            empty="No file is called that.",
        )

    def on_key(self, event: Key) -> None:
        """Save the highlighted file, or copy its address."""
        current, wish = self.list.current, _KEYS.get(event.key)
        if wish is not None and current is not None:
            event.stop()
            event.prevent_default()
            assert isinstance(current.value, FileWish)
            self.dismiss(FileWish(current.value.file, wish))


def name_of(file: Enclosure) -> str:
    """Return what a file is called: by its title, else by the end of its address."""
    last = PurePosixPath(unquote(urlsplit(file.url).path)).name
    return file.title or clean_line(last) or file.url


def _kind(file: Enclosure) -> str:
    return ", ".join(filter(None, (file.mime_type, size_in_words(file.length) if file.length else "")))


def progress(name: str, done: int, total: int) -> str:
    """Return how far a download is: "tea.mp3 1.2 of 30 MB"."""
    of = f" of {size_in_words(total)}" if total else ""
    return f"{name} {size_in_words(done)}{of}"
