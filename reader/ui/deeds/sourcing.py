"""Sources: refreshing, adding, editing, removing, importing and exporting."""

from __future__ import annotations

from ..keys import Command
from ..panes.status import Tone
from .family import Family


class Sourcing(Family):
    """Deeds on sources, folders, views and tags."""

    def do_refresh(self, command: Command) -> None:
        """Refresh the source or folder that is open or highlighted."""
        del command
        self.screen.refreshing.start(self.screen.sourcing.feeds_here())

    def do_refresh_all(self, command: Command) -> None:
        """Refresh every source that is due, and those that are not as well."""
        del command
        self.screen.refreshing.start(None)

    def do_stop(self, command: Command) -> None:
        """Stop the newest task that can be stopped."""
        del command
        stopped = self.screen.tasks.stop_newest()
        self.screen.say(f"Stopped: {stopped.title}." if stopped else "Nothing is under way.")

    async def do_tasks(self, command: Command) -> None:
        """Show what is under way."""
        from ..dialogs.tasks import TasksDialog

        del command
        await self.screen.ask(TasksDialog(self.screen.tasks, self.work.clock))

    async def do_add(self, command: Command) -> None:
        """Ask for an address, show what it offers, and subscribe."""
        del command
        await self.screen.sourcing.add()

    async def do_welcome(self, command: Command) -> None:
        """Show the welcome again."""
        del command
        await self.screen.starting.welcome()

    async def do_starters(self, command: Command) -> None:
        """Choose among the sources to begin with."""
        del command
        await self.screen.starting.starters()

    async def do_edit(self, command: Command) -> None:
        """Edit the source, view, folder or tag that is highlighted or open."""
        del command
        await self.screen.sourcing.edit()

    async def do_remove(self, command: Command) -> None:
        """Remove the source, view or tag that is highlighted."""
        del command
        await self.screen.sourcing.remove()

    async def do_import(self, command: Command) -> None:
        """Ask for a file and import it."""
        del command
        await self.screen.sourcing.import_file()

    async def do_export(self, command: Command) -> None:
        """Ask for a file and export the subscriptions."""
        del command
        await self.screen.sourcing.export_file()

    async def do_health(self, command: Command) -> None:
        """Show how the sources are doing."""
        del command
        await self.screen.sourcing.health()

    async def do_statistics(self, command: Command) -> None:
        """Show what came, was read and put off, by source, tag and day."""
        from ..screens.statistics import StatisticsScreen

        del command
        await self.screen.app.push_screen(StatisticsScreen(self.screen))

    async def do_rules(self, command: Command) -> None:
        """Show the rules, and how often each has matched."""
        from ..screens.rules import RulesScreen

        del command
        await self.screen.app.push_screen(RulesScreen(self.screen))

    async def do_move_up(self, command: Command) -> None:
        """Move the highlighted source, folder or view up among those beside it."""
        await self.screen.sourcing.shift(-(command.count or 1))

    async def do_move_down(self, command: Command) -> None:
        """Move the highlighted source, folder or view down among those beside it."""
        await self.screen.sourcing.shift(command.count or 1)

    def do_fold(self, command: Command) -> None:
        """Fold or unfold a folder."""
        del command
        if not self.screen.sources.toggle_fold():
            self.screen.say("This source is in no folder.")

    def do_only_unread(self, command: Command) -> None:
        """Show all sources, or only those with something unread."""
        del command
        self.screen.sources.toggle_only_unread()
        only = self.screen.sources.only_unread
        self.screen.say("Sources with unread only." if only else "All sources.", Tone.PLAIN)
