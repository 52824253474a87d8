"""Deciding: done, later, star, tags, snooze; on one row, several, a side, or all; and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ...actions import Context
from ...model import EntryId
from .. import verbs, words
from ..dialog import Picker
from ..keys import Command
from ..verbs import Plan
from .family import Family

if TYPE_CHECKING:
    from ..dialogs.tags import TagAnswer, TagsDialog


class Deciding(Family):
    """Deeds that change what the library knows of an article."""

    def targets(self, command: Command) -> tuple[EntryId, ...]:
        """Return what a verb works on; in the article, that article, even while it is still being read."""
        if self.context is Context.ARTICLE and command.side is None and not self.listing.selection_size:
            wanted = self.work.wanted
            if wanted is not None and self.listing.current_id != wanted:
                return (wanted,)
        return self.listing.targets(command.side, command.count)

    def _verb(self, verb: str, command: Command) -> None:
        targets = self.targets(command)
        plan = verbs.plan(verb, targets, self.work.row, on_later_list=self.work.is_later_list())
        if plan is None:
            self.screen.say("There is no article here.")
        else:
            self.carry_out(plan, targets, command)

    def carry_out(self, plan: Plan, targets: Sequence[EntryId], command: Command) -> None:
        """Carry a plan out, let go of the selection, and go on if the verb does."""
        self.work.act(plan)
        chosen = self.listing.clear_selection()
        if chosen:
            self.screen.paint_selection()
        if plan.advances and command.side is None:
            self.screen.reading.advance(self.listing.cursor + (0 if chosen else len(targets)))

    # ------------------------------------------------------------------------------------------- the verbs

    def do_done(self, command: Command) -> None:
        """Mark read and go on."""
        self._verb("done", command)

    def do_toggle_read(self, command: Command) -> None:
        """Mark read, or unread when all are read."""
        self._verb("toggle-read", command)

    def do_later(self, command: Command) -> None:
        """Put on the later list and go on, or take off it."""
        self._verb("later", command)

    def do_star(self, command: Command) -> None:
        """Star, or unstar when all are starred."""
        self._verb("star", command)

    def do_hide(self, command: Command) -> None:
        """Hide, or show again."""
        self._verb("hide", command)

    async def do_tag(self, command: Command) -> None:
        """Ask for tags."""
        targets = self.targets(command)
        if not targets:
            self.screen.say("There is no article here.")
            return
        rows = [row for entry_id in targets if (row := self.work.row(entry_id)) is not None]
        had: dict[str, int] = {}
        for row in rows:
            for tag in row.tags:
                had[tag] = had.get(tag, 0) + 1
        known = [tag.name for tag in sorted(self.work.desk.sources.tags, key=lambda tag: -tag.total)]
        title = verbs.say("Tags", "Tags of {}", targets, self.work.row)
        from ..dialogs.tags import TagsDialog

        dialog = TagsDialog(title, had, len(targets), known)
        answer = await self.screen.ask(dialog)
        self.screen.run(self._suggest(dialog, targets))

        async def apply(tags: TagAnswer) -> None:
            if tags.add or tags.remove:
                plan = verbs.tag(targets, self.work.row, tags.add, tags.remove)
                self.carry_out(plan, targets, command)

        self.screen.then(answer, apply)

    async def _suggest(self, dialog: TagsDialog, targets: tuple[EntryId, ...]) -> None:
        names = await self.work.desk.suggested_tags(targets[:50])
        if dialog.is_mounted and dialog.is_current:
            dialog.suggest(names)

    async def do_snooze(self, command: Command) -> None:
        """Ask until when the article should be out of sight."""
        targets = self.targets(command)
        if not targets:
            return
        now = self.work.desk.local_now()
        from ..dialogs.snooze import snooze_picker

        answer = await self.screen.ask(snooze_picker(now))

        async def apply(until: str) -> None:
            at = words.parse_span(until, now)
            if at is not None:
                spoken = words.moment(at, now)
                self.carry_out(verbs.snooze(targets, self.work.row, at, spoken), targets, command)

        self.screen.then(answer, apply)

    async def do_mute(self, command: Command) -> None:
        """Ask what to mute, and for how long."""
        del command
        await self.screen.sourcing.mute()

    async def do_rule(self, command: Command) -> None:
        """Ask for a rule that begins with the source of the article."""
        from ..ruling import Ruling

        del command
        wanted = self.work.wanted
        await Ruling(self.screen).make(await self.work.desk.article(wanted) if wanted is not None else None)

    # ------------------------------------------------------------------------------------------- in bulk

    def do_mark_all_read(self, command: Command) -> None:
        """Mark read what is listed and unread, as it is listed now."""
        del command
        listing = self.listing
        targets = tuple(EntryId(listed) for listed in listing.ids if listing.is_unread(listed))
        if not targets:
            self.screen.say("Everything here is read.")
            return
        self.work.act(verbs.mark_done(targets, self.work.row))

    def do_above(self, command: Command) -> None:
        """Wait for a verb; the key reader does."""
        del command

    def do_below(self, command: Command) -> None:
        """Wait for a verb; the key reader does."""
        del command

    # ------------------------------------------------------------------------------------------- taking back

    def do_undo(self, command: Command) -> None:
        """Take back the last step."""
        del command
        self.work.undo()

    def do_redo(self, command: Command) -> None:
        """Take again the step last taken back."""
        del command
        self.work.redo()

    async def do_history(self, command: Command) -> None:
        """List what was done, to undo any of it."""
        del command
        picker: Picker[int] = Picker(
            "What was done",
            (),
            hint="Enter undoes that step, and no other · Esc leaves",
            empty="Nothing was done yet.",
        )
        answer = await self.screen.ask(picker)
        self.screen.run(self._fill_history(picker))
        self.screen.then(answer, self.work.undo_step)

    async def _fill_history(self, picker: Picker[int]) -> None:
        steps = await self.work.history()
        if picker.is_mounted:
            from ..dialogs.history import history_choices

            picker.offer(history_choices(steps, self.work.clock()))

    def do_triage(self, command: Command) -> None:
        """Go through what is unread here, one article at a time."""
        del command
        self.screen.run(self.screen.reading.triage())

    def do_skip(self, command: Command) -> None:
        """Leave undecided; in triage mode the mode itself does."""
        del command

    def do_leave_triage(self, command: Command) -> None:
        """Leave triage mode; the mode itself does."""
        del command
