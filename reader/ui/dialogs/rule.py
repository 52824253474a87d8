"""Making a rule: its name, its query and what it does, with what it would find of what is stored."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Input, Static

from ... import rules
from ...errors import BroadsheetError
from ...model import RuleId
from ...records import dataclass, replace
from ...rules import Event, Rule, Trial
from .. import words
from ..dialog import Dialog
from ..rows import shown

PAUSE_SECONDS: Final = 0.15
"""A pause in typing after which a rule is tried."""
SAMPLE: Final = 5
"""Titles shown of what a rule finds."""
_YES: Final = ("yes", "y")


@dataclass(frozen=True, slots=True)
class RuleAnswer:
    """A rule that was saved, and whether it should be done to what is stored as well."""

    rule: Rule
    stored: bool


class RuleDialog(Dialog[RuleAnswer]):
    """A form of one line for each part; nothing changes before Enter.

    ``attempt`` returns what a rule would find, ``save`` writes it down; both raise why they cannot, which is told in the
    form. ``narrower`` are further words for the query that describe the article it is made from.
    """

    hint = "Tab goes on · Enter saves · Esc leaves"

    def __init__(
        self,
        rule: Rule,
        attempt: Callable[[Rule], Awaitable[Trial]],
        save: Callable[[Rule], Awaitable[RuleId]],
        narrower: str = "",
    ) -> None:
        super().__init__()
        self.title_text = "Rule" if rule.id is None else f"Rule: {rule.name}"
        self._rule = rule
        self._attempt = attempt
        self._save = save
        self._narrower = narrower
        self._timer: Timer | None = None
        self._found = Static(markup=False, classes="dialog-text")
        when = "new, updated" if Event.UPDATED in rule.events else "new"
        self._lines = {
            name: (label, _line(name, value, hint))
            for name, label, value, hint in (
                ("query", "Query", rule.query, "as in the search"),
                ("do", "Does", rules.written(rule.actions), "star, later, read, hide, tag:NAME, run:COMMAND"),
                ("name", "Name", rule.name, "empty: its query"),
                ("when", "When", when, "new, or: new, updated"),
                ("stored", "Stored", "no", "yes: do it to what is stored, too"),
            )
        }

    def body(self) -> ComposeResult:
        """Compose the lines, and what the rule finds."""
        for label, line in self._lines.values():
            with Horizontal(classes="dialog-row"):
                yield Static(label, classes="dialog-label", markup=False)
                yield line
        if self._narrower:
            yield Static(Content(shown(f"Narrower: {self._narrower}")), classes="dialog-text", markup=False)
        yield self._found

    async def on_mount(self) -> None:
        """Try the rule as it is proposed."""
        await self._try()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Try the rule again when the person pauses."""
        event.stop()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(PAUSE_SECONDS, self._try)

    def _typed(self, name: str) -> str:
        return self._lines[name][1].value.strip()

    def _made(self) -> Rule:
        """Return the rule that is typed; raise ``UsageError`` for one whose actions cannot be read."""
        events = frozenset(Event) if "updated" in self._typed("when").lower() else frozenset({Event.NEW})
        query = self._typed("query")
        return replace(
            self._rule,
            name=self._typed("name") or query[: rules.NAME_LIMIT],
            query=query,
            actions=rules.read_actions(self._typed("do")),
            events=events,
        )

    async def _try(self) -> None:
        query = self._typed("query")
        try:
            found = await self._attempt(replace(self._rule, query=query))
        except BroadsheetError as error:
            self._found.update(Content(shown(str(error))))
            return
        if query == self._typed("query"):
            self._found.update(Content("\n".join(map(shown, told(found)))))

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Save the rule and answer, unless it cannot run."""
        event.stop()
        if not self.is_current:  # Enter was pressed twice
            return
        try:
            rule = self._made()
            saved = replace(rule, id=await self._save(rule))
        except BroadsheetError as error:
            self.say(str(error))
            return
        self.dismiss(RuleAnswer(saved, self._typed("stored").lower() in _YES))


def _line(name: str, value: str, hint: str) -> Input:
    """Return a line that can be written on where it ends."""
    return Input(value, placeholder=hint, compact=True, id=f"rule-{name}", select_on_focus=False)


def told(found: Trial) -> list[str]:
    """Return what a rule finds of what is stored: how many, and the first titles."""
    if not found.count:
        return ["Nothing that is stored answers that."]
    titles = [f"  {row.title or row.link}" for row in found.sample[:SAMPLE]]
    more = ["  …"] if found.count > len(titles) else []
    return [f"{words.plural(found.count, 'stored article')}:", *titles, *more]
