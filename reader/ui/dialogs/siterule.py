"""A rule for the site of an article: selectors, and what they make of its page while one types."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.events import Key
from textual.timer import Timer
from textual.widgets import Input, Static

from ...errors import BroadsheetError
from ...model import EntryId
from .. import words
from ..dialog import Dialog
from ..ports import PagePort, SiteRuleDraft, Trial
from ..rows import shown

Selectors = Mapping[str, tuple[str, ...]]

PAUSE_SECONDS: Final = 0.3
"""Between the last letter and the trial: cleaning a page takes about 50 ms in a worker."""
PREVIEW_CHARACTERS: Final = 20_000
_BETWEEN: Final = re.compile(r"\s+;\s+")
_LINES: Final = {
    "body": ("Body", "article .story: what the text is"),
    "strip": ("Leave out", ".promo ; figure.ad"),
    "title": ("Title", "h1"),
    "author": ("Author", ".byline a"),
    "date": ("Date", "time"),
    "next_page": ("Next page", "a.next: the article goes on behind it"),
}


class SiteRuleDialog(Dialog[Selectors]):
    """A line for each thing a rule can say, and below them the text as it would be."""

    hint = "Tab goes on · CSS, several between “ ; ” · PgUp PgDn scroll · Enter saves · Esc leaves"

    def __init__(self, port: PagePort, entry_id: EntryId, draft: SiteRuleDraft) -> None:
        super().__init__()
        self.title_text = f"Rule for {draft.host}"
        self.add_class("-tall")
        self._port = port
        self._entry_id = entry_id
        self._problem = draft.problem
        self._timer: Timer | None = None
        self._lines = {
            key: Input(
                " ; ".join(draft.selectors.get(key, ())), placeholder=hint, compact=True, id=f"rule-{key}"
            )
            for key, (_, hint) in _LINES.items()
        }
        self._facts = Static(classes="dialog-text", markup=False, id="rule-facts")
        self._text = Static(markup=False, id="rule-text")
        self._scroll = VerticalScroll(self._text, can_focus=False)
        self._scroll.styles.height = "1fr"

    @property
    def selectors(self) -> Selectors:
        """The rule as it is typed."""
        return {
            key: tuple(filter(None, map(str.strip, _BETWEEN.split(line.value))))
            for key, line in self._lines.items()
        }

    def body(self) -> ComposeResult:
        """Compose the lines and the preview."""
        for key, line in self._lines.items():
            with Horizontal(classes="dialog-row"):
                yield Static(_LINES[key][0], classes="dialog-label", markup=False)
                yield line
        yield self._facts
        yield self._scroll

    def on_mount(self) -> None:
        """Show what the page is like now."""
        if self._problem:
            self.say(self._problem)
        self._try_now()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Try the rule when there was no key for a moment."""
        event.stop()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(PAUSE_SECONDS, self._try_now)

    def _try_now(self) -> None:
        self.run_worker(self._try(), exclusive=True, group="trial")

    async def _try(self) -> Trial | None:
        try:
            trial = await self._port.try_rule(self._entry_id, self.selectors)
        except BroadsheetError as error:
            self.say(str(error))
            return None
        self._facts.update(Content(shown(facts(trial))))
        self._text.update(Content("\n".join(map(shown, trial.text[:PREVIEW_CHARACTERS].split("\n")))))
        if not self._problem:
            self.say(trial.problem or self.hint)
        self._problem = ""
        return trial

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer with the rule, unless it cannot be used."""
        event.stop()
        self.run_worker(self._accept(), exclusive=True, group="trial")

    async def _accept(self) -> None:
        trial = await self._try()
        if trial is not None and not trial.problem:
            self.dismiss(self.selectors)

    def on_key(self, event: Key) -> None:
        """Scroll the preview."""
        match event.key:
            case "pagedown":
                self._scroll.scroll_page_down(animate=False)
            case "pageup":
                self._scroll.scroll_page_up(animate=False)
            case _:
                return
        event.stop()
        event.prevent_default()


def facts(trial: Trial) -> str:
    """Return what a rule finds besides the text, in a line."""
    parts = [words.plural(trial.words, "word"), trial.title or "no title"]
    if trial.authors:
        parts.append(f"by {', '.join(trial.authors)}")
    if trial.next_page:
        parts.append(f"goes on at {trial.next_page}")
    return " · ".join(parts)
