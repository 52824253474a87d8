"""The command line, help, the manual, themes: what is asked of the program itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..actions import ACTIONS, BY_NAME
from ..errors import BroadsheetError
from ..query import Completion, parse
from ..records import dataclass
from ..store import changes
from ..triage import Actor, Step
from . import commands, words
from .commands import Bulk, Named, Word
from .dialog import Choice, Picker
from .keys import Command
from .panes.status import Tone
from .places import Place
from .searching import names_of

if TYPE_CHECKING:
    from .screens.main import MainScreen


@dataclass(frozen=True, slots=True)
class Target:
    """Something to do or a place to go to."""

    action: str = ""
    place: Place | None = None


REMEMBERED: Final = 100
"""Lines of the command line that are kept."""


class Commanding:
    """Flows that begin with a word rather than with an article."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._history: list[str] = []

    # ------------------------------------------------------------------------------------------- the : line

    @property
    def history(self) -> tuple[str, ...]:
        """The last lines typed."""
        return tuple(self._history[-REMEMBERED:])

    def recall(self, lines: tuple[str, ...]) -> None:
        """Take the lines typed in the window before."""
        self._history = [*lines, *self._history]

    async def command_line(self) -> None:
        """Ask for a line and carry it out."""
        names = names_of(self._screen.work.desk.sources)
        keys = {action.name: self._screen.keymap.keys(action) for action in ACTIONS}

        def complete(text: str, cursor: int) -> list[Completion]:
            return commands.offers(text, cursor, names, keys)

        def check(text: str) -> str:
            meant = commands.read(text)
            return meant if isinstance(meant, str) and text.strip() else ""

        from .dialogs.command import CommandDialog

        answer = await self._screen.ask(CommandDialog(complete, check, self._history))
        self._screen.then(answer, self.carry_out)

    async def carry_out(self, line: str) -> None:
        """Carry out a line of the command line."""
        meant = commands.read(line)
        if isinstance(meant, str):
            return
        if line not in self._history[-1:]:
            self._history.append(line)
        match meant:
            case Named(action):
                await self._screen.do(Command(action))
            case Bulk():
                await self._bulk(meant)
            case Word(name, argument):
                await self._word(name, argument)

    async def _word(self, name: str, argument: str) -> None:
        screen = self._screen
        match name:
            case "search":
                screen.searching.begin()
                screen.searchbar.begin(argument)
                screen.searching.typed(argument)
            case "open":
                wanted = argument.lstrip("#").casefold()
                found = [
                    place
                    for place in screen.all_places()
                    if place.title.lstrip("#").casefold().startswith(wanted)
                ]
                if found and argument:
                    await screen.go_to(found[0])
                else:
                    screen.say(f"There is no place called {argument}.")
            case "add":
                await screen.sourcing.add(argument)
            case "import":
                await screen.sourcing.import_file(argument)
            case "export":
                await screen.sourcing.export_file(argument)
            case "demo":
                await screen.sourcing.demo()
            case "theme":
                self._set_theme(argument)
            case "siterule":
                await screen.recleaning.site_rule()
            case "reclean":
                screen.run(screen.recleaning.all())

    async def _bulk(self, bulk: Bulk) -> None:
        """Show how many articles a verb would take and the first of them; Enter applies it as one step."""
        screen, work = self._screen, self._screen.work
        field, value, does = commands.BULK[bulk.verb]
        try:
            count, first = await work.desk.count(parse(bulk.query))
        except BroadsheetError as error:
            screen.say(str(error), Tone.ERROR)
            return
        if not count:
            screen.say("No article answers that.")
            return
        lines = [f"  {row.title}" for row in first] + (["  …"] if count > len(first) else [])
        tag = f" {bulk.tag}" if bulk.tag else ""
        from .dialogs.prompt import Confirm

        answer = await screen.ask(
            Confirm(f"{does.capitalize()}{tag}: {words.plural(count, 'article')}", lines)
        )

        async def apply(_: bool) -> None:
            step = await work.db.write(
                changes.apply_query,
                work.desk.compiled(parse(bulk.query)),
                field,
                value,
                tag=bulk.tag,
                label=f":{bulk.verb}{tag} {bulk.query} ({{n}})",
                actor=Actor.WINDOW,
                session=work.session,
                now=work.clock(),
            )
            await work.look_for_new()
            work.recount_soon()
            screen.say(*_told(step, screen.key_label("undo")))

        screen.then(answer, apply)

    async def choose(self, chosen: Target) -> None:
        """Carry out what was chosen in the palette or in help."""
        if chosen.place is not None:
            await self._screen.go_to(chosen.place)
        else:
            await self._screen.do(Command(BY_NAME[chosen.action]))

    # ------------------------------------------------------------------------------------------- reading about it

    async def help(self) -> None:
        """Show what every key does."""
        from .screens.help import HelpScreen

        answer = await self._screen.ask(HelpScreen(self._screen.keymap, self._screen.context))
        self._screen.then(answer, lambda name: self.choose(Target(name)))

    async def manual(self) -> None:
        """Show the manual."""
        from .screens.manual import ManualScreen

        await self._screen.app.push_screen(ManualScreen(self._screen))

    async def read_out(self, title: str, lines: list[str]) -> None:
        """Show some lines to read."""
        from .dialogs.text import TextDialog

        await self._screen.ask(TextDialog(title, lines))

    # ------------------------------------------------------------------------------------------- themes and settings

    async def choose_theme(self) -> None:
        """Ask for a theme; each is shown while it is highlighted."""
        app = self._screen.app
        before = app.theme

        def preview(name: str) -> None:
            app.theme = name

        own = [name for name in app.available_themes if name.startswith("broadsheet-")]
        others = [name for name in app.available_themes if name not in own]
        answer = await self._screen.ask(
            Picker("Theme", [Choice(name, name) for name in (*own, *others)], preview=preview)
        )

        async def settle() -> None:
            chosen = await answer
            app.theme = chosen or before
            if chosen:
                self._screen.say(f"Theme {chosen}; set theme in the configuration to keep it.")

        self._screen.run_worker(settle(), exit_on_error=True, group="answers")

    def _set_theme(self, name: str) -> None:
        if name in self._screen.app.available_themes:
            self._screen.app.theme = name
        else:
            self._screen.say(f"There is no theme {name}.", Tone.ERROR)

    async def suspend(self) -> None:
        """Step aside for the shell, with everything written and nothing half fetched; go on when it brings us back."""
        screen = self._screen
        go_on = await screen.refreshing.pause()
        await screen.work.writer.idle()
        screen.app.action_suspend_process()
        go_on()
        screen.run(screen.work.poll())

    def reload(self) -> None:
        """Read the configuration again."""
        self._screen.say(self._screen.app.reload())  # type: ignore[attr-defined]  # BroadsheetApp's own


def _told(step: Step | None, key: str) -> tuple[str, Tone, str]:
    if step is None:
        return "Everything was so already.", Tone.PLAIN, ""
    return f"{words.plural(len(step.changes), 'article')} changed.", Tone.DONE, f"{key} undoes"
