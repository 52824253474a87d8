"""The tables of the manual, made from the code they tell of.

``python -m tests.manual_tables`` writes them into the pages; a test holds the pages to them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import reader.manual
from reader.actions import ACTIONS, Context, Group, key_label
from reader.cli.catalogue import COMMANDS
from reader.cli.exits import Exit
from reader.config import OPTIONS, Config
from reader.config.reading import toml
from reader.manual import TOPICS, source
from reader.query.fields import FIELDS

_FENCED = re.compile(r"(<!-- table: ([\w-]+) -->\n).*?(<!-- end -->\n)", re.DOTALL)

EXITS = {
    Exit.OK: "all went well",
    Exit.FAILED: "something was not done: a source failed, a page could not be cleaned, a file not be read; a sentence says what",
    Exit.USAGE: "the command line, a query or the settings make no sense, or there is no terminal to draw on",
    Exit.OFFLINE: "no host answered",
    Exit.LIBRARY: "the library is locked, damaged, or of a newer version",
    Exit.CRASHED: "a bug; a report was written, and the last line names it",
    Exit.HANGUP: "the terminal was closed (SIGHUP)",
    Exit.INTERRUPTED: "interrupted (Ctrl+C)",
    Exit.TERMINATED: "asked to end (SIGTERM)",
}
"""What each exit code means, for the manual and the man page."""


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


def _code(*words: str) -> str:
    return " ".join(f"`{word}`" for word in words)


def _where(contexts: frozenset[Context]) -> str:
    if contexts == frozenset(Context):
        return "everywhere"
    return ", ".join(context.value for context in Context if context in contexts)


def keys() -> str:
    """Return a table of actions for each group of the registry."""
    parts = []
    for group in Group:
        rows = [
            (
                _code(*map(key_label, action.keys)) or "–",
                _code(action.name),
                action.help,
                _where(action.contexts),
            )
            for action in ACTIONS
            if action.group is group
        ]
        parts.append(f"## {group.value}\n\n" + _table(("keys", "name", "does", "where"), rows))
    return "\n".join(parts)


def operators() -> str:
    """Return the fields of the query language."""
    rows = [
        (
            _code(f"{field.name}:"),
            field.meaning + (": " + ", ".join(field.values) if field.values else ""),
            _code(*(f"{alias}:" for alias in field.aliases)),
            _code(field.example),
        )
        for field in FIELDS
    ]
    return _table(("operator", "finds", "also", "example"), rows)


def settings() -> str:
    """Return the settings with their defaults."""
    rows = [
        (_code(option.name), option.help, option.values, _code(toml(getattr(Config(), option.name))))
        for option in OPTIONS
    ]
    return _table(("setting", "what it does", "may be", "default"), rows)


def commands() -> str:
    """Return the commands."""
    return _table(("command", "does"), [(_code(f"broadsheet {each.name}"), each.help) for each in COMMANDS])


def exit_codes() -> str:
    """Return the exit codes."""
    return _table(("code", "means"), [(str(int(code)), EXITS[code]) for code in Exit])


TABLES = {
    "keys": keys,
    "operators": operators,
    "settings": settings,
    "commands": commands,
    "exit-codes": exit_codes,
}


def with_tables(text: str) -> str:
    """Return a page with its tables as they should be."""
    return _FENCED.sub(lambda found: f"{found[1]}{TABLES[found[2]]()}{found[3]}", text)


def main() -> None:
    """Write the tables into the pages."""
    folder = Path(reader.manual.__file__).parent
    for name in TOPICS:
        (folder / f"{name}.md").write_text(with_tables(source(name)), encoding="utf-8")


if __name__ == "__main__":
    main()
