"""What the screen is handed by whoever starts it: refreshing, subscribing, opening.

The screen never imports what fetches, parses or cleans; it gets these three, and the library.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from ..model import EntryId, FeedId, PageDone, RefreshEvent
from ..opening import Output
from ..records import dataclass


class RefreshPort(Protocol):
    """Brings the library up to date; ``refresh.Refresher`` is one."""

    def refresh(
        self, ids: Collection[FeedId] | None = None, force: bool = False, pages: bool = True
    ) -> AsyncIterator[RefreshEvent]:
        """Ask the sources that are due (``ids``: only these) and yield what happens; closing it cancels."""

    @property
    def asking(self) -> tuple[str, ...]:
        """The hosts whose answers are being waited for, the longest ago first."""

    def want_page(self, entry_id: EntryId) -> None:
        """Put the page behind an entry in front of the queue."""

    async def fetch_page(self, entry_id: EntryId) -> PageDone:
        """Fetch and clean the page behind an entry now, and store it."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Something an address leads to that can be subscribed to or kept."""

    key: str
    """Handed back to ``SubscribePort.take``; means nothing to the screen."""
    title: str
    url: str
    kind: str
    """In a person's words: "feed", "page without a feed", "article"."""
    newest: tuple[str, ...] = ()
    """Titles of its newest entries."""
    subscribed: bool = False


@dataclass(frozen=True, slots=True)
class Offers:
    """What was found behind an address; ``sentence`` says why nothing was."""

    offers: tuple[Offer, ...] = ()
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What taking an offer did; ``feed_id`` is set when a source was added."""

    sentence: str
    feed_id: FeedId | None = None
    entry_id: EntryId | None = None


class SubscribePort(Protocol):
    """Adds sources and takes them in and out as files. Raises BroadsheetError with a sentence."""

    async def preview(self, address: str) -> Offers:
        """Look at an address, as a person typed it, and say what it offers."""

    async def take(self, offer: Offer, folder: str) -> Taken:
        """Subscribe to a source, or keep an article."""

    async def import_file(self, path: Path) -> str:
        """Import OPML or a list of addresses; returns what was done as a sentence."""

    async def export_file(self, path: Path) -> str:
        """Export the subscriptions as OPML; returns what was done as a sentence."""

    async def demo(self) -> str:
        """Add the bundled sources to this library; returns what was done as a sentence."""


class OpenPort(Protocol):
    """Hands addresses and texts to other programs, by argument vector and never through a shell."""

    async def browse(self, url: str) -> str:
        """Open an address in the browser; returns why not as a sentence, or nothing."""

    def takes_the_terminal(self, url: str) -> bool:
        """Tell whether the browser draws in this terminal, so that the screen has to step aside."""

    async def copy(self, text: str) -> bool:
        """Hand a text to a local clipboard program; False when there is none and the terminal has to do it."""

    async def run(self, command: str | Sequence[str], text: str) -> Output:
        """Run a command with a text on its input and return all it printed, and why it failed if it did."""

    async def page(self, text: str) -> str:
        """Show a text in the pager, which takes the terminal; returns why not as a sentence, or nothing."""

    async def edit(self, text: str, name: str) -> str:
        """Open a copy of a text in the editor, which takes the terminal; returns why not as a sentence, or nothing."""

    async def compose(self, text: str, name: str) -> Output:
        """Let a text be changed in the editor, which takes the terminal; returns it as it was left, or why not."""

    async def play(self, url: str) -> str:
        """Play a file on the web; returns why not as a sentence, or nothing."""


class FilePort(Protocol):
    """Brings files from the web."""

    async def download(
        self, url: str, name: str, told: Callable[[int, int], None], *, at_home: bool = False
    ) -> str:
        """Save a file in the folder for downloads under a name of its own, telling bytes that came of how many.

        Returns where it is; raises BroadsheetError with a sentence. 0 is told for a size that nobody knows. The host may
        be private when it is ``at_home``: that of a source whose address a person typed.
        """


@dataclass(frozen=True, slots=True)
class SiteRuleDraft:
    """A person's rule for the site of an article, as it is now."""

    host: str
    """Under whose name it is filed."""
    selectors: Mapping[str, tuple[str, ...]]
    """CSS selectors by what they find, every key there is; empty where the rule says nothing."""
    problem: str = ""
    """Why the file that is there cannot be read, as a sentence."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What a rule would make of a page."""

    title: str
    authors: tuple[str, ...]
    next_page: str
    words: int
    text: str
    problem: str = ""
    """Why the rule cannot be used, as a sentence; the rest is then as it is without one."""


class PagePort(Protocol):
    """Cleans kept pages anew, and tries and saves rules for sites. Raises BroadsheetError with a sentence."""

    async def stale(self) -> int:
        """Return how many kept pages an older cleaner cleaned."""

    def reclean(self, limit: int | None = None) -> AsyncGenerator[PageDone, None]:
        """Clean those anew, newest first, and yield each as it is stored; closing it stops."""

    async def draft(self, entry_id: EntryId) -> SiteRuleDraft:
        """Return the rule for the site of an article."""

    async def try_rule(self, entry_id: EntryId, selectors: Mapping[str, tuple[str, ...]]) -> Trial:
        """Return what a rule would make of the page behind an article."""

    async def save_rule(self, entry_id: EntryId, selectors: Mapping[str, tuple[str, ...]]) -> str:
        """Save a rule for the site of an article and clean its page anew; returns what was done as a sentence.

        The other kept pages of the site are stale from then on. An empty rule is taken away.
        """
