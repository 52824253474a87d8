"""The panel of what is under way: how far each task is, whom it waits for, what went wrong; a key stops it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import ClassVar, Final

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.content import Content
from textual.events import Key
from textual.widgets import Static

from .. import words
from ..dialog import LINES, Dialog
from ..linelist import LineList
from ..rows import Piece, fit, shown
from ..tasks import Task, Tasks

LOOK_SECONDS: Final = 0.25
"""Between two looks at how far things are."""
BAR: Final = 12
NAMED: Final = 4
"""Hosts that are named; the others are counted."""
TOLD: Final = 6
"""Lines below the list."""


class TaskList(LineList, can_focus=False):
    """A line for each task: what is under way first, then what is over."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self._clock = clock
        self.tasks: tuple[Task, ...] = ()
        self.cursor = 0

    @property
    def current(self) -> Task | None:
        """The highlighted task."""
        return self.tasks[self.cursor] if self.cursor < len(self.tasks) else None

    def show(self, tasks: tuple[Task, ...]) -> None:
        """Show tasks; the highlight stays on the same one where it can."""
        current = self.current
        self.tasks = tasks
        self.resize_lines(len(tasks))
        self.go(next((n for n, task in enumerate(tasks) if task is current), self.cursor))

    def go(self, line: int) -> None:
        """Highlight a line; the ends hold."""
        self.cursor = max(0, min(line, len(self.tasks) - 1))
        self.reveal(self.cursor)
        self.refresh()

    def ground(self, line: int) -> str:
        """Return the background of a line."""
        return "row" if line == self.cursor else ""

    def pieces(self, line: int) -> list[Piece]:
        """Return the mark, the title, and how far it is or what came of it and when."""
        task = self.tasks[line]
        right = self._under_way(task) if task.ended is None else self._over(task)
        room = self.text_width - 4 - sum(cell_len(piece.text) for piece in right)
        mark = "▸" if line == self.cursor else " "
        state = "!" if task.failed else "…" if task.ended is None else "✓"
        return [
            Piece(f"{mark} ", "cursor"),
            Piece(f"{state} ", "error" if task.failed else "meta"),
            Piece(fit(shown(task.title), room), "title" if task.ended is None else "handled"),
            *right,
        ]

    def _under_way(self, task: Task) -> list[Piece]:
        since = words.duration((self._clock() - task.started).total_seconds())
        full = round(task.share * BAR)
        bar = [Piece("━" * full, "cursor"), Piece("─" * (BAR - full), "rule")] if task.total else []
        return [*bar, Piece(f" {shown(task.label)}  {since} ", "meta")]

    def _over(self, task: Task) -> list[Piece]:
        ago = words.age(task.ended or self._clock(), self._clock())
        outcome = shown(task.outcome)
        room = max(8, self.text_width * 3 // 5 - 6)
        told = fit(outcome, room).rstrip() if cell_len(outcome) > room else outcome
        return [Piece(f"  {told}", "error" if task.failed else "meta"), Piece(f"{ago:>5} ", "meta")]


class TasksDialog(Dialog[bool]):
    """Lists the tasks and keeps looking at them while it is open."""

    AUTO_FOCUS: ClassVar[str | None] = ""
    title_text = "What is under way"
    hint = "j k choose · x stops it · Esc leaves"

    def __init__(self, tasks: Tasks, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self._tasks = tasks
        # Kept, not looked for: the timer may ring once more when the widgets are gone.
        self._list = TaskList(clock)
        self._details = Static(markup=False, classes="dialog-text")

    def body(self) -> ComposeResult:
        """Compose the list and what there is to say of the highlighted task."""
        yield self._list
        yield self._details

    def on_mount(self) -> None:
        """Show the tasks, and look again from time to time."""
        self._look()
        self.set_interval(LOOK_SECONDS, self._look)

    def _look(self) -> None:
        tasks = (*self._tasks.running, *self._tasks.over)
        self._list.styles.height = max(3, min(LINES, len(tasks)))
        self._list.show(tasks)
        self._show_details()

    def _show_details(self) -> None:
        task = self._list.current
        lines = details(task) if task is not None else ["Nothing is under way, and nothing was."]
        self._details.update(Content("\n".join(map(shown, lines))))

    def on_key(self, event: Key) -> None:
        """Choose, stop, or leave."""
        event.stop()
        event.prevent_default()
        listed = self._list
        steps = {"j": 1, "down": 1, "k": -1, "up": -1, "pagedown": listed.page, "pageup": -listed.page}
        if event.key in steps:
            listed.go(listed.cursor + steps[event.key])
            self._show_details()
        elif event.key in ("x", "delete", "ctrl+x"):
            self._stop()
        elif event.key in ("escape", "q", "enter", "ctrl+c"):
            self.dismiss(None)

    def _stop(self) -> None:
        task = self._list.current
        if task is None or task.ended is not None:
            self.say("Only what is under way can be stopped.")
        elif self._tasks.stop(task):
            self.say(f"Stopped: {task.title}. What is done stays. Esc leaves")
        else:
            self.say("This cannot be stopped half-way; it ends soon.")

    def on_line_list_pressed(self, event: LineList.Pressed) -> None:
        """Highlight what was clicked."""
        event.stop()
        self._list.go(event.line)
        self._show_details()


def details(task: Task) -> list[str]:
    """Return what there is to say of a task: whom it waits for, or what came of it, and what went wrong last."""
    lines = []
    if task.ended is not None:
        lines.append(task.outcome)
    elif hosts := task.asking():
        others = len(hosts) - NAMED
        more = f" and {others} more" if others > 0 else ""
        lines.append(f"Waiting for {', '.join(hosts[:NAMED])}{more}.")
    problems = [f"! {problem}" for problem in task.problems]
    room = TOLD - len(lines)
    if len(problems) > room:
        problems = [f"{len(problems)} problems, the last:", *problems[-(room - 1) :]]
    return [*lines, *problems]
