"""The rules, in the order in which they run, with how often each has matched; those that never did are told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from ... import rules
from ...rules import Event, Rule
from ...store import rulebook
from ...store.rulebook import Record
from .. import words
from ..rows import Piece, fit, shown
from ..ruling import Ruling
from .page import PageDeed, PageScreen

if TYPE_CHECKING:
    from .main import MainScreen

NEVER = "never"


class RulesScreen(PageScreen):
    """Lists the rules; keys change the highlighted one."""

    def __init__(self, main: MainScreen) -> None:
        super().__init__(main, "Rules")
        self.rules: tuple[Rule, ...] = ()
        self._ruling = Ruling(main)
        self._records: dict[int, Record] = {}

    def hint(self) -> str:
        """Return the keys of the page."""
        label = self._main.key_label
        return (
            f"Enter shows what it finds · {label('edit')} edits · {label('add')} new · Space on, off · r does it to what is "
            "stored · [ ] earlier, later · x removes · Esc leaves"
        )

    async def on_mount(self) -> None:
        """Read the rules, now and whenever one was changed."""
        self._main.sourcing.done_listeners.append(self._look_again)
        await super().on_mount()

    def on_unmount(self) -> None:
        """Hear of changes no more."""
        self._main.sourcing.done_listeners.remove(self._look_again)
        super().on_unmount()

    def _look_again(self) -> None:
        self.run_worker(self.load())

    async def load(self) -> None:
        """Read the rules and what each has matched; the highlight stays on the same one where it can."""
        current = self.current.id if self.current is not None else None
        db = self._main.work.db
        self.rules = await db.read(rulebook.all_rules)
        self._records = {int(id_): record for id_, record in (await db.read(rulebook.records)).items()}
        idle = sum(self._record(rule).last is None for rule in self.rules)
        never = f", {idle} never matched" if idle else ""
        self.heading.show(info=f"{words.plural(len(self.rules), 'rule')}{never}")
        at = next((n for n, rule in enumerate(self.rules) if rule.id == current), self.listed.cursor)
        self.show(len(self.rules), at)

    @property
    def current(self) -> Rule | None:
        """The highlighted rule."""
        return self.rules[self.listed.cursor] if self.listed.cursor < len(self.rules) else None

    def _record(self, rule: Rule) -> Record:
        return self._records[rule.id or 0]

    def columns(self, width: int) -> str:
        """Return the names of the columns."""
        name, does = _widths(width)
        return f"  {fit('Name', name)} {fit('does', does)}{'hits':>7}{'last':>7} "

    def draw(self, line: int, width: int) -> list[Piece]:
        """Return a rule: whether it is on, its name, what it does, how often it matched and when last."""
        rule, record = self.rules[line], self._record(self.rules[line])
        name, does = _widths(width)
        mark = "! " if rule.error else "  " if rule.enabled else "‖ "
        last = words.age(record.last, self._main.work.clock()) if record.last is not None else NEVER
        return [
            Piece(mark, "error" if rule.error else "meta"),
            Piece(fit(shown(rule.name), name) + " ", "title" if rule.enabled else "meta"),
            Piece(fit(shown(rules.written(rule.actions)), does), "tag"),
            Piece(f"{words.short_number(record.hits):>7}", "title"),
            Piece(f"{last:>7} ", "error" if last == NEVER else "meta"),
        ]

    def details(self) -> Sequence[str]:
        """Return what there is to say of the highlighted rule."""
        rule = self.current
        if rule is None:
            return (f"There are no rules yet: {self._main.key_label('rule')} on an article makes one.",)
        state = [
            "looks at new and updated articles" if Event.UPDATED in rule.events else "looks at new articles"
        ]
        if not rule.enabled:
            state.append("is off")
        if rule.until is not None:
            state.append(
                f"sleeps from {words.moment(rule.until.astimezone(), self._main.work.desk.local_now())}"
            )
        if self._record(rule).last is None:
            state.append("has never matched anything")
        return (rule.query, f"It {' and '.join(state)}.", *([rule.error] if rule.error else []))

    # ------------------------------------------------------------------------------------------- keys

    def deeds(self) -> Mapping[str, PageDeed]:
        """Return what each key does now."""
        ruling, rule, at = self._ruling, self.current, self.listed.cursor
        new: dict[str, PageDeed] = {"a": partial(ruling.edit, Rule("", "", ()))}
        if rule is None:
            return new
        return new | {
            "enter": partial(self._search, rule),
            "e": partial(ruling.edit, rule),
            "space": partial(ruling.switch, rule),
            "r": partial(ruling.do_to_stored, rule),
            "left_square_bracket": partial(ruling.move, rule, max(0, at - 1)),
            "right_square_bracket": partial(ruling.move, rule, min(len(self.rules) - 1, at + 1)),
            "x": partial(ruling.remove, rule),
            "delete": partial(ruling.remove, rule),
        }

    async def _search(self, rule: Rule) -> None:
        self.app.pop_screen()
        await self._main.commanding.carry_out(f"search {rule.query}")


def _widths(width: int) -> tuple[int, int]:
    """Return the cells of the name and of what the rule does."""
    room = max(2, width - 2 - 1 - 7 - 8)
    return room * 3 // 5, room - room * 3 // 5
