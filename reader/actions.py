"""The registry of actions: every name, its default keys, where it works and what it does in a line.

Keys, the footer, the command palette, the ``:`` line, ``?`` help, the manual's tables and the README's table are all
made from this list; tests hold them together. Pure data: what an action does is written where it happens.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from typing import Final

from .records import dataclass


class Context(StrEnum):
    """Where the focus is; one key means one thing in each."""

    SOURCES = "sources"
    ENTRIES = "entries"
    ARTICLE = "article"
    TRIAGE = "triage"


class Group(StrEnum):
    """The headings under which help lists the actions."""

    MOVE = "Moving"
    READ = "Reading"
    DECIDE = "Deciding"
    SELECT = "Selecting"
    FIND = "Finding"
    SOURCES = "Sources"
    ARTICLE = "In the article"
    PROGRAM = "The program"


PANES: Final = frozenset({Context.SOURCES, Context.ENTRIES, Context.ARTICLE})
EVERYWHERE: Final = frozenset(Context)
READING: Final = frozenset({Context.ENTRIES, Context.ARTICLE, Context.TRIAGE})
LISTS: Final = frozenset({Context.ENTRIES, Context.ARTICLE})


@dataclass(frozen=True, slots=True)
class Action:
    """Something a person can do by name.

    ``keys`` are written as Textual names them (``ctrl+d``, ``question_mark``); a sequence of two keys is joined by a
    space (``g g``).
    """

    name: str
    keys: tuple[str, ...]
    contexts: frozenset[Context]
    group: Group
    help: str
    short: str = ""
    """The word in the footer; empty when the footer leaves it out."""
    counted: bool = False
    """A number typed before the key repeats it."""
    bulk: bool = False
    """Works on the selection when there is one, and on a query from the ``:`` line."""


def _action(
    name: str,
    keys: str,
    contexts: frozenset[Context],
    group: Group,
    help_: str,
    short: str = "",
    flags: str = "",
) -> Action:
    """Build an action; ``keys`` are separated by ``|``, ``flags`` is a set of "counted" and "bulk"."""
    words = flags.split()
    split = tuple(key.strip() for key in keys.split("|") if key.strip())
    return Action(name, split, contexts, group, help_, short, "counted" in words, "bulk" in words)


_ENTRIES: Final = frozenset({Context.ENTRIES})
_ARTICLE: Final = frozenset({Context.ARTICLE})
_SOURCES: Final = frozenset({Context.SOURCES})
_TRIAGE: Final = frozenset({Context.TRIAGE})

ACTIONS: Final[tuple[Action, ...]] = (
    # -- moving
    _action("down", "j|down", EVERYWHERE, Group.MOVE, "next row, or scroll down", flags="counted"),
    _action("up", "k|up", EVERYWHERE, Group.MOVE, "previous row, or scroll up", flags="counted"),
    _action("page-down", "pagedown|ctrl+f", EVERYWHERE, Group.MOVE, "a page down", flags="counted"),
    _action("page-up", "pageup|ctrl+b", EVERYWHERE, Group.MOVE, "a page up", flags="counted"),
    _action("half-page-down", "ctrl+d", EVERYWHERE, Group.MOVE, "half a page down", flags="counted"),
    _action("half-page-up", "ctrl+u", EVERYWHERE, Group.MOVE, "half a page up", flags="counted"),
    _action("top", "g g|home", EVERYWHERE, Group.MOVE, "to the first row or line"),
    _action("bottom", "G|end", EVERYWHERE, Group.MOVE, "to the last row or line"),
    _action("pane-left", "h|left", PANES, Group.MOVE, "to the pane on the left"),
    _action("pane-right", "l|right", PANES, Group.MOVE, "to the pane on the right"),
    _action("next-pane", "tab", PANES, Group.MOVE, "to the next pane"),
    _action("previous-pane", "shift+tab", PANES, Group.MOVE, "to the previous pane"),
    _action(
        "divider-left", "shift+left", PANES, Group.MOVE, "pane narrower, the next one wider", flags="counted"
    ),
    _action(
        "divider-right",
        "shift+right",
        PANES,
        Group.MOVE,
        "pane wider, the next one narrower",
        flags="counted",
    ),
    _action("usual-widths", "equals_sign", PANES, Group.MOVE, "panes as wide as usual"),
    _action("next-unread", "n", LISTS | _SOURCES, Group.MOVE, "next unread, across sources"),
    _action("previous-unread", "p", LISTS | _SOURCES, Group.MOVE, "previous unread, across sources"),
    _action("next-source", "J", PANES, Group.MOVE, "next source with unread"),
    _action("previous-source", "K", PANES, Group.MOVE, "previous source with unread"),
    _action("back", "escape", EVERYWHERE, Group.MOVE, "out of what is open, or clear selection and search"),
    # -- reading
    _action("open", "enter", EVERYWHERE, Group.READ, "open", "open"),
    _action(
        "read-on", "space", EVERYWHERE, Group.READ, "read on: page down, then the next unread", "read on"
    ),
    _action("read-back", "b|shift+space", EVERYWHERE, Group.READ, "the way back"),
    _action("browse", "o", READING, Group.READ, "open in the browser", flags="bulk"),
    _action("browse-done", "O", READING, Group.READ, "open in the browser and mark read"),
    _action("comments", "c", READING, Group.READ, "open the comments"),
    _action("copy-link", "y", READING, Group.READ, "copy the link"),
    _action("copy-menu", "Y", READING, Group.READ, "copy title, Markdown or quotation"),
    _action("zen", "z", LISTS, Group.READ, "article only, and back"),
    _action("why", "i", READING, Group.READ, "why: where it came from and what touched it"),
    # -- deciding
    _action("done", "d", READING, Group.DECIDE, "mark read and go on", "done", "counted bulk"),
    _action("toggle-read", "m", READING, Group.DECIDE, "mark read or unread, stay", "read", "bulk"),
    _action(
        "later",
        "w",
        READING,
        Group.DECIDE,
        "put on or take off the later list, go on",
        "later",
        "counted bulk",
    ),
    _action("star", "s", READING, Group.DECIDE, "star or unstar", "star", "bulk"),
    _action("tag", "t", READING, Group.DECIDE, "set tags", "tags", "bulk"),
    _action("snooze", "W", READING, Group.DECIDE, "snooze until a date", flags="bulk"),
    _action("mute", "x", READING, Group.DECIDE, "mute a word, author, feed or site for a time"),
    _action("rule", "F", LISTS, Group.DECIDE, "make a rule from this article"),
    _action("hide", "X", LISTS, Group.DECIDE, "hide, or show again", flags="bulk"),
    _action("mark-all-read", "A", LISTS | _SOURCES, Group.DECIDE, "mark all shown read", "all read"),
    _action("above", "left_square_bracket", _ENTRIES, Group.DECIDE, "then a verb: everything above this row"),
    _action(
        "below", "right_square_bracket", _ENTRIES, Group.DECIDE, "then a verb: everything below this row"
    ),
    _action("undo", "u", EVERYWHERE, Group.DECIDE, "undo", "undo"),
    _action("redo", "ctrl+r", EVERYWHERE, Group.DECIDE, "redo"),
    _action("history", "", PANES, Group.DECIDE, "list what was done and undo any of it"),
    _action("triage", "T", LISTS | _SOURCES, Group.DECIDE, "one article at a time"),
    # -- selecting
    _action("select", "v", _ENTRIES, Group.SELECT, "select this row, or not"),
    _action("select-range", "V", _ENTRIES, Group.SELECT, "select from here to where you go"),
    _action("select-all", "asterisk", _ENTRIES, Group.SELECT, "select all shown"),
    # -- finding
    _action("search", "slash", PANES, Group.FIND, "search as you type", "search"),
    _action("save-view", "ctrl+s", PANES, Group.FIND, "save the search as a view"),
    _action("go-source", "g s", PANES, Group.FIND, "jump to a source"),
    _action("go-view", "g v", PANES, Group.FIND, "jump to a view"),
    _action("go-tag", "g t", PANES, Group.FIND, "jump to a tag"),
    _action("go-inbox", "g i", PANES, Group.FIND, "to the inbox"),
    _action("go-later", "g l", PANES, Group.FIND, "to the later list"),
    _action("notes", "g n", PANES, Group.FIND, "notes and highlights, with their articles"),
    _action("sort", "comma", PANES, Group.FIND, "sort"),
    _action("merge-new", "full_stop", PANES, Group.FIND, "show the new articles that wait"),
    _action("settle", "ctrl+l", PANES, Group.FIND, "let go of the rows that were handled; redraw"),
    # -- sources
    _action("refresh", "r", PANES, Group.SOURCES, "refresh this source", "refresh"),
    _action("refresh-all", "R", PANES, Group.SOURCES, "refresh all sources"),
    _action("add", "a", PANES, Group.SOURCES, "add a site, feed or article", "add"),
    _action("edit", "e", PANES, Group.SOURCES, "edit the source, view or tag"),
    _action("remove", "delete", _SOURCES, Group.SOURCES, "unsubscribe or remove, with undo"),
    _action(
        "move-up", "shift+up", _SOURCES, Group.SOURCES, "move the source, folder or view up", flags="counted"
    ),
    _action(
        "move-down",
        "shift+down",
        _SOURCES,
        Group.SOURCES,
        "move it down among those beside it",
        flags="counted",
    ),
    _action("fold", "minus", _SOURCES, Group.SOURCES, "fold or unfold the folder"),
    _action("only-unread", "U", PANES, Group.SOURCES, "sources: all, or only those with unread"),
    _action("health", "g h", PANES, Group.SOURCES, "how the sources are doing"),
    _action("statistics", "g w", PANES, Group.SOURCES, "what came and was read, week by week"),
    _action("rules", "g u", PANES, Group.SOURCES, "rules: what each does, and how often it did"),
    _action("import", "", PANES, Group.SOURCES, "import OPML or a list of addresses"),
    _action("export", "", PANES, Group.SOURCES, "export the subscriptions as OPML"),
    _action("starters", "", PANES, Group.SOURCES, "choose among sources to begin with"),
    _action("welcome", "", PANES, Group.SOURCES, "the welcome of a first start"),
    _action("stop", "ctrl+x", PANES, Group.SOURCES, "stop what was begun last"),
    _action("tasks", "g p", PANES, Group.SOURCES, "what is under way: progress, hosts, failures"),
    # -- in the article
    _action("cycle-text", "f", LISTS, Group.ARTICLE, "cleaned text, feed's text, raw source"),
    _action("pictures", "I", LISTS, Group.ARTICLE, "fetch and draw the pictures, or take them away"),
    _action("links", "semicolon", LISTS, Group.ARTICLE, "open or copy a link by its letters"),
    _action("scroll-left", "less_than_sign", _ARTICLE, Group.ARTICLE, "wide code and tables to the left"),
    _action(
        "scroll-right", "greater_than_sign", _ARTICLE, Group.ARTICLE, "wide code and tables to the right"
    ),
    _action("highlight", "H", _ARTICLE, Group.ARTICLE, "highlight the paragraph or selection"),
    _action("note", "M", LISTS, Group.ARTICLE, "write a note on the article or a highlight"),
    _action("select-text", "v", _ARTICLE, Group.ARTICLE, "select lines"),
    _action("find-next", "N", _ARTICLE, Group.ARTICLE, "next place found in the article"),
    _action("reclean", "", LISTS, Group.ARTICLE, "clean the page again"),
    _action("save-article", "S", LISTS, Group.ARTICLE, "save as Markdown, HTML or text"),
    _action("changes", "g d", LISTS, Group.ARTICLE, "what changed since it came, and back"),
    _action("others", "g a", LISTS, Group.ARTICLE, "further articles of the same page: read, keep"),
    _action("pipe", "vertical_line", LISTS, Group.ARTICLE, "pipe the article to a command"),
    _action(
        "send", "exclamation_mark", LISTS, Group.ARTICLE, "send the article to a command of the settings"
    ),
    _action("files", "g f", LISTS, Group.ARTICLE, "files that go with it: play, save"),
    _action("pager", "g r", LISTS, Group.ARTICLE, "read it in $PAGER"),
    _action("editor", "g e", LISTS, Group.ARTICLE, "open it as Markdown in $EDITOR"),
    _action("unfold", "E", _ENTRIES, Group.READ, "show headline and lede of the row in full"),
    # -- triage mode
    _action("skip", "n|right", _TRIAGE, Group.DECIDE, "leave undecided and go on", "skip"),
    _action("leave-triage", "q", _TRIAGE, Group.PROGRAM, "leave triage mode", "leave"),
    # -- the program
    _action("command", "colon", PANES, Group.PROGRAM, "command line", "commands"),
    _action("palette", "ctrl+p", EVERYWHERE, Group.PROGRAM, "find any action, source, view or tag"),
    _action("help", "question_mark", EVERYWHERE, Group.PROGRAM, "what every key does", "help"),
    _action("manual", "f1", EVERYWHERE, Group.PROGRAM, "the manual"),
    _action("theme", "", PANES, Group.PROGRAM, "choose a theme"),
    _action("reload", "", PANES, Group.PROGRAM, "read the configuration again"),
    _action("suspend", "ctrl+z", EVERYWHERE, Group.PROGRAM, "to the shell; fg comes back"),
    _action("quit", "q", PANES, Group.PROGRAM, "back, or quit at the outermost pane", "quit"),
)

BY_NAME: Final[dict[str, Action]] = {action.name: action for action in ACTIONS}


def in_context(context: Context) -> Iterator[Action]:
    """Yield the actions that work where the focus is, in the registry's order."""
    return (action for action in ACTIONS if context in action.contexts)


_KEY_LABELS: Final = {
    "question_mark": "?", "slash": "/", "colon": ":", "semicolon": ";", "comma": ",", "full_stop": ".",
    "left_square_bracket": "[", "right_square_bracket": "]", "asterisk": "*", "less_than_sign": "<",
    "greater_than_sign": ">", "vertical_line": "|", "exclamation_mark": "!", "minus": "-", "escape": "Esc", "enter": "Enter",
    "space": "Space", "tab": "Tab", "shift+tab": "Shift+Tab", "pagedown": "PgDn", "pageup": "PgUp",
    "home": "Home", "end": "End", "up": "↑", "down": "↓", "left": "←", "right": "→", "delete": "Del",
    "shift+space": "Shift+Space", "shift+left": "Shift+←", "shift+up": "Shift+↑", "shift+down": "Shift+↓", "shift+right": "Shift+→", "equals_sign": "=", "f1": "F1",
}  # fmt: skip


def key_label(key: str) -> str:
    """Return a key as a person reads it: ``question_mark`` is ``?``, ``g g`` is ``g g``, ``ctrl+d`` is ``Ctrl+D``."""
    if " " in key:
        return " ".join(key_label(part) for part in key.split(" "))
    if key in _KEY_LABELS:
        return _KEY_LABELS[key]
    if key.startswith("ctrl+"):
        return "Ctrl+" + key.removeprefix("ctrl+").upper()
    return key


_KEY_NAMES: Final = {label.lower(): key for key, label in _KEY_LABELS.items()} | {
    "return": "enter", "page down": "pagedown", "page up": "pageup", "del": "delete", "backspace": "backspace",
}  # fmt: skip
# Names that Textual shortens from the Unicode character's (textual.keys.KEY_NAME_REPLACEMENTS).
_SHORTENED: Final = {
    "solidus": "slash", "reverse_solidus": "backslash", "commercial_at": "at", "hyphen_minus": "minus",
    "plus_sign": "plus", "low_line": "underscore",
}  # fmt: skip


def key_name(typed: str) -> str:
    """Return the registry's name of a key as a person types it: ``?`` is ``question_mark``, ``Ctrl+D`` is ``ctrl+d``.

    The inverse of ``key_label``; names the registry itself uses are returned as they are. Raises ValueError for what
    names no key.
    """
    parts = typed.split()
    if not 1 <= len(parts) <= 2:
        raise ValueError(f"not a key: {typed!r}")
    return " ".join(_one_key_name(part) for part in parts)


def _one_key_name(typed: str) -> str:
    lowered = typed.lower()
    if lowered in _KEY_NAMES:
        return _KEY_NAMES[lowered]
    if len(typed) == 1:
        return typed if typed.isalnum() else _character_key_name(typed)
    if lowered in _KEY_LABELS or re.fullmatch(r"f([1-9]|1\d|2[0-4])|backspace|insert", lowered):
        return lowered
    modifiers, plus, key = lowered.rpartition("+")
    if plus and key and all(word in ("ctrl", "shift", "alt") for word in modifiers.split("+")):
        return f"{modifiers}+{_one_key_name(key)}"
    if re.fullmatch(
        r"[a-z]+(_[a-z]+)+|slash|colon|comma|minus|asterisk|at|plus|underscore|backslash|tilde", lowered
    ):
        return lowered
    raise ValueError(f"not a key: {typed!r}")


def _character_key_name(character: str) -> str:
    name = unicodedata.name(character, "").lower().replace(" ", "_").replace("-", "_")
    if not name:
        raise ValueError(f"not a key: {character!r}")
    return _SHORTENED.get(name, name)
