"""Editing a source: its name, folder, tags, text and interval."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.suggester import SuggestFromList
from textual.widgets import Input, Static

from ...links import masked
from ...model import Feed, FullText
from ...records import dataclass
from ..dialog import Dialog
from ..tagnames import normal_tag


@dataclass(frozen=True, slots=True)
class SourceAnswer:
    """What a source should be."""

    title: str
    folder: str
    tags: tuple[str, ...]
    full_text: FullText
    interval: timedelta | None
    quiet: bool
    keep: int | None
    pictures: bool | None
    """``None`` as the settings say."""


_SAID: Final = {None: "", True: "yes", False: "no"}
_PICTURES: Final = {said: value for value, said in _SAID.items()} | {"y": True, "n": False}


class SourceDialog(Dialog[SourceAnswer]):
    """A form of one line for each setting."""

    hint = "Tab goes on · Enter saves · Esc leaves"

    def __init__(self, feed: Feed, folders: Sequence[str]) -> None:
        super().__init__()
        self.title_text = f"Source: {feed.title}"
        self._feed = feed
        self._lines: dict[str, tuple[str, Input]] = {}
        hours = f"{feed.interval.total_seconds() / 3600:g}" if feed.interval else ""
        for name, label, value, hint in (
            ("title", "Name", feed.title, "empty: the feed's own"),
            ("folder", "Folder", feed.folder, "tech/python"),
            ("tags", "Tags", " ".join(feed.tags), "given to each new article"),
            ("text", "Text", str(feed.full_text), "auto, feed or page"),
            ("interval", "Hours", hours, "between two fetches; empty: as the feed says"),
            ("quiet", "Quiet", "yes" if feed.quiet else "no", "yes: not in the inbox"),
            ("keep", "Keep", str(feed.keep or ""), "articles to keep; empty: all"),
            ("pictures", "Pictures", _SAID[feed.pictures], "yes or no; empty: as the settings say"),
        ):
            suggester = SuggestFromList(folders, case_sensitive=False) if name == "folder" else None
            line = Input(value, placeholder=hint, compact=True, id=f"source-{name}", suggester=suggester)
            self._lines[name] = label, line

    def body(self) -> ComposeResult:
        """Compose the lines."""
        feed = self._feed
        for label, line in self._lines.values():
            with Horizontal(classes="dialog-row"):
                yield Static(label, classes="dialog-label", markup=False)
                yield line
        yield Static(masked(feed.url), classes="dialog-text", markup=False)
        if feed.error or feed.decision:
            yield Static(feed.error or feed.decision, classes="dialog-text", markup=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer, unless a line cannot be used."""
        event.stop()
        value = {name: line.value.strip() for name, (_, line) in self._lines.items()}
        text = value["text"].lower() or "auto"
        if text not in set(FullText):
            self.say("Text is auto, feed or page.")
            return
        try:
            hours = float(value["interval"]) if value["interval"] else 0.0
        except ValueError:
            self.say("Hours is a number, such as 6 or 0.5.")
            return
        if hours and not 0.1 <= hours <= 24 * 365:
            self.say("Hours is a number from 0.1 to 8760.")
            return
        keep = value["keep"]
        if keep and not (keep.isascii() and keep.isdecimal() and int(keep[:9]) > 0 and len(keep) <= 9):
            self.say("Keep is a number of articles, such as 200, or empty.")
            return
        pictures = value["pictures"].lower()
        if pictures not in _PICTURES:
            self.say("Pictures is yes, no, or empty.")
            return
        self.dismiss(
            SourceAnswer(
                title=value["title"],
                folder=value["folder"],
                tags=tuple(filter(None, map(normal_tag, value["tags"].replace(",", " ").split()))),
                full_text=FullText(text),
                interval=timedelta(hours=hours) if hours else None,
                quiet=value["quiet"].lower() in ("yes", "y", "true", "1"),
                keep=int(keep) if keep else None,
                pictures=_PICTURES[pictures],
            )
        )
