"""Adding a source: an address, what it offers, a folder."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.events import Key
from textual.suggester import SuggestFromList
from textual.widgets import Input

from ...errors import BroadsheetError
from ..dialog import Choice, ChoiceList, Dialog
from ..linelist import LineList
from ..ports import Offer, SubscribePort, Taken

Added = Taken


class AddDialog(Dialog[Taken]):
    """Looks at an address and lets one choose among what is there.

    Enter on the address looks; with an offer highlighted Enter takes it; Tab goes to the folder.
    """

    title_text = "Add a site, a feed or an article"
    hint = "Paste an address and press Enter · Esc leaves"

    def __init__(
        self, port: SubscribePort, address: str, folders: Sequence[str], otherwise: str = ""
    ) -> None:
        """``otherwise`` says what else one could do when nothing was found."""
        super().__init__()
        self._otherwise = otherwise
        self._port = port
        self._looked = ""
        self._address = Input(
            address,
            placeholder="example.org, a feed, a YouTube channel, an article",
            compact=True,
            classes="dialog-input",
            id="address",
            select_on_focus=False,
        )
        self._list = ChoiceList()
        self._folder = Input(
            placeholder="folder (may be left empty)",
            compact=True,
            classes="dialog-input",
            id="folder",
            suggester=SuggestFromList(folders, case_sensitive=False),
        )

    def body(self) -> ComposeResult:
        """Compose the address, the offers, and the folder."""
        yield self._address
        yield self._list
        yield self._folder

    def on_mount(self) -> None:
        """Look at once when an address was handed in."""
        self._list.display = self._folder.display = False
        if self._address.value:
            self.run_worker(self._look(self._address.value), exclusive=True)

    async def _look(self, address: str) -> None:
        self.say("Looking at the address…")
        try:
            offers = await self._port.preview(address)
        except BroadsheetError as error:
            self.say(str(error))
            return
        choices: list[Choice[object]] = []
        for offer in offers.offers:
            kind = f"{offer.kind} · already there" if offer.subscribed else offer.kind
            choices.append(Choice(offer.title or offer.url, offer, kind))
            choices += [Choice(f"    {title}", offer, heading=True) for title in offer.newest[:3]]
        self._list.display = self._folder.display = bool(choices)
        self._list.show(choices)
        self._looked = address if choices else ""
        found = "↑ ↓ choose · Tab to the folder · Enter adds · Esc leaves"
        nothing = offers.sentence or "Nothing to read was found at this address."
        self.say(found if choices else f"{nothing} {self._otherwise}".strip())

    async def _take(self, offer: Offer) -> None:
        self.say("Adding…")
        try:
            taken = await self._port.take(offer, self._folder.value.strip())
        except BroadsheetError as error:
            self.say(str(error))
            return
        self.dismiss(taken)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Look at the address, or take what is highlighted."""
        event.stop()
        address = self._address.value.strip()
        current = self._list.current
        if address and address == self._looked and current is not None:
            assert isinstance(current.value, Offer)
            self.run_worker(self._take(current.value), exclusive=True)
        elif address:
            self.run_worker(self._look(address), exclusive=True)

    def on_line_list_pressed(self, event: LineList.Pressed) -> None:
        """Highlight what was clicked; take it on a double click."""
        event.stop()
        self._list.move(event.line, from_line=0)
        current = self._list.current
        if event.chain == 2 and current is not None and isinstance(current.value, Offer):
            self.run_worker(self._take(current.value), exclusive=True)

    def on_key(self, event: Key) -> None:
        """Move the highlight."""
        step = {"down": 1, "up": -1}.get(event.key)
        if step is None:
            return
        event.stop()
        event.prevent_default()
        self._list.move(step)
