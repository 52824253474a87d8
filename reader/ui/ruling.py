"""Rules at work: made from an article, changed, switched, done to what is stored, removed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from .. import rules
from ..errors import BroadsheetError
from ..model import RuleId, StoredArticle
from ..query import quote
from ..records import replace
from ..rules import Action, Rule, Trial, Verb
from ..store import rulebook
from ..triage import Step
from . import words
from .dialogs.prompt import Confirm
from .dialogs.rule import RuleAnswer, RuleDialog, told
from .panes.status import Tone

if TYPE_CHECKING:
    from .screens.main import MainScreen

PROBE = (Action(Verb.READ),)
"""What a rule without actions yet is tried with: nothing is done by a trial."""


class Ruling:
    """Flows that ask something about rules and change them."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen

    async def trial(self, rule: Rule) -> Trial:
        """Return what a rule would find of what is stored; raises why it cannot run."""
        work = self._screen.work
        tried = rule if rule.actions else replace(rule, actions=PROBE)
        return await work.db.read(rules.trial, tried, work.desk.local_now())

    async def make(self, article: StoredArticle | None) -> None:
        """Ask for a rule that begins with the source of an article."""
        if article is None:
            self._screen.say("There is no article here.")
            return
        proposed = Rule("", f"feed:={quote(article.row.feed_title)}", ())
        await self.edit(proposed, narrower(article))

    async def edit(self, rule: Rule, further: str = "") -> None:
        """Ask what a rule should be, showing what it would find, and save it."""
        answer = await self._screen.ask(RuleDialog(rule, self.trial, self._save, further))

        async def saved(answered: RuleAnswer) -> None:
            if answered.stored:
                await self._do(answered.rule)
            else:
                said = f"Saved the rule {answered.rule.name}: it acts on what comes from now on."
                await self._screen.sourcing.done(said)

        self._screen.then(answer, saved)

    async def _save(self, rule: Rule) -> RuleId:
        return await self._screen.work.db.write(rules.save, rule, self._screen.work.desk.local_now())

    async def do_to_stored(self, rule: Rule) -> None:
        """Show what a rule finds of what is stored; Enter does it, as one step."""
        try:
            found = await self.trial(rule)
        except BroadsheetError as error:
            self._screen.say(str(error), Tone.ERROR)
            return
        answer = await self._screen.ask(Confirm(f"{rules.written(rule.actions)}: {rule.query}", told(found)))
        self._screen.then(answer, lambda _: self._do(rule))

    async def _do(self, rule: Rule) -> None:
        work = self._screen.work
        step: Step | None = await work.db.write(
            partial(rules.apply_to_stored, rule=rule, session=work.session, now=work.desk.local_now())
        )
        changed = step.changes if step is not None else ()
        work.listing.apply(changed)
        self._screen.paint_rows({change.entry_id for change in changed})
        undoes = f"{self._screen.key_label('undo')} undoes" if changed else ""
        said = words.plural(len(changed), "change") if changed else "nothing was left to do"
        await self._screen.sourcing.done(f"The rule {rule.name}: {said}.", undoes)

    async def switch(self, rule: Rule) -> None:
        """Switch a rule off, or on again."""
        save = partial(rules.save, rule=replace(rule, enabled=not rule.enabled))
        now = self._screen.work.desk.local_now()
        said = f"The rule {rule.name} is {'off' if rule.enabled else 'on'}."
        await self._screen.sourcing.change(partial(save, now=now), said)

    async def move(self, rule: Rule, position: int) -> None:
        """Let a rule run at another place of the order."""
        assert rule.id is not None, "only saved rules have a place"
        change = partial(rulebook.move_rule, rule_id=rule.id, position=position)
        await self._screen.sourcing.change(change, f"The rule {rule.name} runs as number {position + 1}.")

    async def remove(self, rule: Rule) -> None:
        """Ask, and forget a rule."""
        assert rule.id is not None, "only saved rules can be removed"
        lines = [rule.query, "What it did stays done. This cannot be undone."]
        answer = await self._screen.ask(Confirm(f"Forget the rule {rule.name}?", lines))
        forget = partial(rulebook.delete_rule, rule_id=rule.id)

        async def go_on(_: bool) -> None:
            await self._screen.sourcing.change(forget, f"Removed the rule {rule.name}.")

        self._screen.then(answer, go_on)


def narrower(article: StoredArticle) -> str:
    """Return words for a query that an article answers, beside its source."""
    row = article.row
    host = urlsplit(row.link).hostname or ""
    parts = [f"author:{quote(row.author)}"] if row.author else []
    parts += [f"topic:{quote(topic)}" for topic in article.topics[:3]]
    parts += [f"site:{quote(host)}"] if host else []
    return " · ".join(parts)
