"""The program: command line, palette, help, manual, theme, leaving."""

from __future__ import annotations

from ...actions import ACTIONS, Context, key_label
from ..commanding import Target
from ..dialog import Choice, Picker
from ..keys import Command
from .family import Family


class Program(Family):
    """Deeds on the program itself."""

    async def do_command(self, command: Command) -> None:
        """Open the command line."""
        del command
        await self.screen.commanding.command_line()

    async def do_palette(self, command: Command) -> None:
        """Find any action, source, view or tag."""
        del command
        context = self.context
        choices = [
            Choice(
                action.help,
                Target(action.name),
                " ".join(map(key_label, self.screen.keymap.keys(action)[:2])),
            )
            for action in ACTIONS
            if context in action.contexts or Context.ENTRIES in action.contexts
        ]
        choices += [
            Choice(place.title, Target(place=place), str(place.kind)) for place in self.screen.all_places()
        ]
        answer = await self.screen.ask(Picker("Find anything", choices, empty="Nothing of that name."))
        self.screen.then(answer, self.screen.commanding.choose)

    async def do_help(self, command: Command) -> None:
        """Show what every key does."""
        del command
        await self.screen.commanding.help()

    async def do_manual(self, command: Command) -> None:
        """Open the manual."""
        del command
        await self.screen.commanding.manual()

    async def do_theme(self, command: Command) -> None:
        """Choose a theme; each is shown while it is highlighted."""
        del command
        await self.screen.commanding.choose_theme()

    def do_reload(self, command: Command) -> None:
        """Read the configuration again."""
        del command
        self.screen.commanding.reload()

    async def do_suspend(self, command: Command) -> None:
        """Leave the terminal to the shell until it brings the program back."""
        del command
        await self.screen.commanding.suspend()

    def do_quit(self, command: Command) -> None:
        """Go back, or leave the program at the outermost pane."""
        del command
        self.screen.quit()
