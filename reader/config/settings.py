"""The settings themselves: ``Config``, and ``OPTIONS`` that explains and checks each of its fields."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping
from typing import Any, Final, Literal, TypeAlias

from ..records import dataclass, field
from .keys import PRESETS, Keys

Advance: TypeAlias = Literal["next-unread", "next", "stay"]
MarkRead: TypeAlias = Literal["open", "end", "never"]
Notify: TypeAlias = Literal["off", "bell", "terminal", "terminal-777"]

Commands: TypeAlias = Mapping[str, tuple[str, ...]]
"""Argument vectors by the names a person gave them."""


@dataclass(frozen=True, slots=True)
class Config:
    """The settings; a field has the name of its key in the file, where ``OPTIONS`` explains it."""

    advance: Advance = "next-unread"
    mark_read: MarkRead = "open"
    measure: int = 80
    justify: bool = False
    row_lines: int = 0
    date_groups: bool = True
    pictures: bool = False
    theme: str = "broadsheet-dark"
    mouse: bool = True
    fetch_pages: bool = True
    interval_minutes: int = 60
    refresh_on_start: bool = False
    refresh_every_minutes: int = 0
    keep_articles: int = 0
    keep_days: int = 0
    keep_unread: bool = True
    notify: Notify = "off"
    notify_command: tuple[str, ...] = ()
    browser: tuple[str, ...] = ()
    player: tuple[str, ...] = ()
    downloads: str = "~/Downloads"
    send: Commands = field(default_factory=dict)
    preset: str = "default"
    keys: Keys = field(default_factory=dict)
    """The person's own keys by action name, as the registry spells them; see ``effective_keys``."""


@dataclass(frozen=True, slots=True)
class Option:
    """One setting: how it is explained and what it accepts."""

    name: str
    help: str
    values: str
    """What may stand there, as the words that follow "must be"."""
    read: Callable[[object], Any]
    """Returns the value in the program's form; raises ValueError for what is not among ``values``."""


def _refuse(value: object) -> Any:
    raise ValueError(value)


def _flag(name: str, help_: str) -> Option:
    return Option(
        name, help_, "true or false", lambda value: value if isinstance(value, bool) else _refuse(value)
    )


def _choice(name: str, help_: str, *choices: str) -> Option:
    listed = ", ".join(f'"{choice}"' for choice in choices[:-1]) + f' or "{choices[-1]}"'
    return Option(name, help_, listed, lambda value: value if value in choices else _refuse(value))


def _number(name: str, help_: str, least: int, most: int) -> Option:
    def read(value: object) -> object:
        whole = isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
        return value if whole else _refuse(value)

    return Option(name, help_, f"a whole number from {least} to {most}", read)


def _words(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return tuple(shlex.split(value))
    if isinstance(value, list) and all(isinstance(word, str) for word in value):
        return tuple(value)
    raise ValueError(value)


def _command(name: str, help_: str) -> Option:
    return Option(name, help_, 'a command, such as "firefox --new-tab" or ["firefox", "--new-tab"]', _words)


def _commands(value: object) -> Commands:
    if not isinstance(value, dict):
        raise ValueError(value)
    commands = {name: _words(words) for name, words in value.items()}
    return commands if all(commands.values()) else _refuse(value)


def _name(name: str, help_: str, values: str = "a name") -> Option:
    return Option(
        name, help_, values, lambda value: value if isinstance(value, str) and value else _refuse(value)
    )


OPTIONS: Final[tuple[Option, ...]] = (
    _choice(
        "advance",
        "Where the cursor goes after a verb such as done or later.",
        "next-unread",
        "next",
        "stay",
    ),
    _choice(
        "mark_read",
        "When an article becomes read: on opening it, on reaching its end, or only by a key.",
        "open",
        "end",
        "never",
    ),
    _number("measure", "Widest line of an article, in columns.", 30, 240),
    _flag(
        "justify", "Set running text to both edges, with wider spaces between words; nothing is hyphenated."
    ),
    _number(
        "row_lines", "Lines of a row in the list; 0 takes one where it holds all columns, else two.", 0, 3
    ),
    _flag("date_groups", "Group long lists under Today, Yesterday and so on."),
    _flag(
        "pictures", "Fetch and draw the pictures of articles when they are opened; needs broadsheet[images]."
    ),
    _name("theme", "Colours; :theme lists the themes and shows each."),
    _flag("mouse", "Use the mouse. Off leaves selecting text to the terminal."),
    _flag("fetch_pages", "Fetch and clean the pages behind teasers in the background."),
    _number("interval_minutes", "How often a source is asked when it does not say itself.", 5, 43200),
    _flag("refresh_on_start", "Refresh the due sources when the app starts."),
    _number("refresh_every_minutes", "Refresh while the app is open; 0 only by key.", 0, 10080),
    _number(
        "keep_articles", "Articles kept of a source without a limit of its own; 0 keeps all.", 0, 10_000_000
    ),
    _number(
        "keep_days",
        "Days for which articles are kept; 0 keeps all. Starred, later, tagged and noted ones always stay.",
        0,
        36_500,
    ),
    _flag("keep_unread", "Keep what is unread although it is beyond these limits."),
    _choice(
        "notify",
        "How to tell of new articles while you look elsewhere: a bell, or the terminal's notification (OSC 9 or 777).",
        "off",
        "bell",
        "terminal",
        "terminal-777",
    ),
    _command(
        "notify_command", "A command run when there are new articles, with the sentence as its last word."
    ),
    _command("browser", "What opens links, with the address as its last word; empty asks the system."),
    _command(
        "player", "What plays audio and video, with the address as its last word; empty opens it as a link."
    ),
    _name("downloads", "The folder in which files that go with articles are saved.", "a folder"),
    Option(
        "send",
        "Commands that take the article: JSON on their input, and {url} {title} {author} {feed} {id} in their words.",
        'a table of commands by name, such as {print="lp -t {title}"}',
        _commands,
    ),
    _choice("preset", "The set of keys to start from.", *PRESETS),
)
"""Every setting but the table of keys, in the order of the file."""

OPTION_BY_NAME: Final = {option.name: option for option in OPTIONS}
