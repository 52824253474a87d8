"""A file of settings read, and told again.

``read`` never stops at the first mistake: it returns what can be used, where each setting was found, and every
problem with its line, so that ``config check`` can list them all and ``load`` can refuse with the first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, cast

from ..actions import BY_NAME, key_label, key_name
from ..errors import ConfigError
from .keys import clashes
from .settings import OPTION_BY_NAME, OPTIONS, Config


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a file of settings that cannot be used; ``line`` counts from 1."""

    line: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A file of settings as it was read: what can be used, and what cannot."""

    config: Config
    origins: Mapping[str, int]
    """The line on which each setting was found; settings left at their default are missing."""
    problems: tuple[Problem, ...]


def load(path: Path) -> Config:
    """Return the settings in ``path``, or the defaults where there is no such file.

    Raises ConfigError with the file, the line and the key of the first thing that cannot be used.
    """
    reading = read(path)
    if reading.problems:
        first, *others = reading.problems
        more = f" ({len(others)} more: broadsheet config check)" if others else ""
        raise ConfigError(f"{path}, line {first.line}: {first.sentence}{more}")
    return reading.config


def read(path: Path) -> Reading:
    """Return everything that can be said about the settings in ``path``; raises ConfigError if unreadable."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return Reading(Config(), {}, ())
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise ConfigError(f"The settings in {path} cannot be read: {why}.") from error
    return read_text(text)


def read_text(text: str) -> Reading:
    """Return the settings written in ``text``."""
    document = _document(text)
    if isinstance(document, Problem):
        return Reading(Config(), {}, (document,))
    lines = _Lines(text)
    problems: list[Problem] = []
    values: dict[str, Any] = {}
    for name, value in document.items():
        try:
            values[name] = _read_keys(value, lines, problems) if name == "keys" else _read_option(name, value)
        except ValueError as error:
            problems.append(Problem(lines.of(name), str(error)))
    origins = {name: lines.of(name) for name in values if name != "keys"}
    origins |= {f"keys.{name}": lines.of(name, "keys") for name in values.get("keys", {})}
    return Reading(Config(**values), origins, tuple(sorted(problems, key=lambda problem: problem.line)))


def read_flat(
    text: str, known: Sequence[str], read_value: Callable[[str, object], Any]
) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """Return the values of a TOML file of which only some keys are ``known``, and what in it cannot be used.

    ``read_value`` returns the value of a key in the program's form; its ValueError says in a sentence why it cannot.
    """
    document = _document(text)
    if isinstance(document, Problem):
        return {}, (document,)
    lines = _Lines(text)
    values: dict[str, Any] = {}
    problems = []
    for name, value in document.items():
        try:
            if name not in known:
                raise ValueError(f'there is no key "{name}"{_nearest(name, list(known))}')
            values[name] = read_value(name, value)
        except ValueError as error:
            problems.append(Problem(lines.of(name), str(error)))
    return values, tuple(problems)


def _document(text: str) -> dict[str, Any] | Problem:
    """Return what a TOML text says, or where it is none."""
    import tomllib

    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        where = re.search(r"line (\d+)", str(error))
        line = int(where.group(1)) if where else max(1, text.count("\n"))
        what = re.sub(r" \(at .*\)$", "", str(error))
        return Problem(line, f"this is not TOML: {what}.")


def _read_option(name: str, value: object) -> object:
    option = OPTION_BY_NAME.get(name)
    if option is None:
        raise ValueError(f'there is no setting "{name}"{_nearest(name, [*OPTION_BY_NAME, "keys"])}')
    try:
        return option.read(value)
    except ValueError:
        raise ValueError(f"{name} = {toml(value)}: must be {option.values}.") from None


def _read_keys(table: object, lines: _Lines, problems: list[Problem]) -> dict[str, tuple[str, ...]]:
    if not isinstance(table, dict):
        raise ValueError('keys must be a table: a line [keys], then lines such as done = "x".')
    keys: dict[str, tuple[str, ...]] = {}
    for name, value in table.items():
        try:
            keys[name] = _read_binding(name, value)
        except ValueError as error:
            problems.append(Problem(lines.of(name, "keys"), str(error)))
    for name, other, key in clashes(keys):
        sentence = f'"{key_label(key)}" cannot mean both "{other}" and "{name}" in the same pane.'
        problems.append(Problem(lines.of(name, "keys"), sentence))
    return keys


def _read_binding(name: str, value: object) -> tuple[str, ...]:
    if name not in BY_NAME:
        raise ValueError(f'there is no action "{name}"{_nearest(name, list(BY_NAME))}')
    typed = [value] if isinstance(value, str) else value
    if not isinstance(typed, list) or not all(isinstance(key, str) for key in typed):
        raise ValueError(
            f'{name} = {toml(value)}: must be a key or a list of keys, such as "x" or ["x", "g x"].'
        )
    try:
        return tuple(key_name(key) for key in typed)
    except ValueError as error:
        raise ValueError(f"{name} = {toml(value)}: {error}.") from None


def _nearest(name: str, known: list[str]) -> str:
    import difflib

    close = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    return f'; did you mean "{close[0]}"?' if close else "."


def toml(value: object) -> str:
    """Return a value as it stands in a file of settings."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
        case tuple() | list():
            return "[" + ", ".join(toml(item) for item in value) + "]"
        case dict():
            return "{" + ", ".join(f"{key} = {toml(item)}" for key, item in value.items()) + "}"
    return str(value)


class _Lines:
    """On which line of a TOML text a key stands; a key the eye cannot find is on line 1."""

    _KEY = re.compile(r"""\s*(["']?)([A-Za-z0-9_-]+)\1\s*[=.]""")
    _TABLE = re.compile(r"""\s*\[+\s*["']?([A-Za-z0-9_-]+)""")

    def __init__(self, text: str) -> None:
        self._found: dict[tuple[str, str], int] = {}
        table = ""
        for number, line in enumerate(text.splitlines(), start=1):
            if opened := self._TABLE.match(line):
                table = opened.group(1)
                self._found.setdefault(("", table), number)
            elif key := self._KEY.match(line):
                self._found.setdefault((table, key.group(2)), number)

    def of(self, key: str, table: str = "") -> int:
        return self._found.get((table, key)) or self._found.get(("", table), 1)


_FILE_HEAD = """\
# Settings of Broadsheet. Every line is a comment that shows the default: take the # away to change it.
# "broadsheet config check" says what cannot be used; :reload in the app reads this file again.
"""
_FILE_KEYS = """\
# Keys by the name of the action; ? in the app shows the names. A key or a list of keys; [] takes all keys away.
[keys]
# done = "d"
# top = ["g g", "Home"]
"""


def default_file() -> str:
    """Return the commented default file that ``config init`` writes: everything explained, nothing set."""
    defaults = Config()
    explained = (
        f"# {option.help}\n# Must be {option.values}.\n# {option.name} = {toml(getattr(defaults, option.name))}\n"
        for option in OPTIONS
    )
    return "\n".join([_FILE_HEAD, *explained, _FILE_KEYS])


def show(reading: Reading) -> Iterator[tuple[str, str, int | None]]:
    """Yield every setting as (name, value as TOML, the line it comes from or None for a default)."""
    for entry in fields(Config):
        if entry.name == "keys":
            for name, keys in reading.config.keys.items():
                yield (
                    f"keys.{name}",
                    toml([key_label(key) for key in keys]),
                    reading.origins.get(f"keys.{name}"),
                )
            continue
        value = cast("object", getattr(reading.config, entry.name))
        yield entry.name, toml(value), reading.origins.get(entry.name)
