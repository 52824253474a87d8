"""The README tells the truth: its map is the tree, its keys are the registry's, its commands exist, its pictures are there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from reader.cli.catalogue import COMMANDS
from tests.readme_tables import ROOT, readme, with_tables

COMMAND = re.compile(r"^ {4}broadsheet(?: (\S.*?))?(?:  .*)?$", re.MULTILINE)


def test_the_map_is_the_tree() -> None:
    found = re.search(r"<!-- map -->\n```\nreader/\n(.*?)tests/", readme(), re.DOTALL)
    assert found is not None
    drawn = set(re.findall(r"^  (\S+)", found[1], re.MULTILINE))

    rooms = {
        path.name + "/" * path.is_dir()
        for path in Path(ROOT, "reader").iterdir()
        if path.suffix == ".py" or (path.is_dir() and path.name != "__pycache__")
    }
    assert drawn == rooms - {"__init__.py", "__main__.py"}


def test_the_keys_are_those_of_the_registry() -> None:
    assert readme() == with_tables(readme())


@pytest.mark.parametrize("line", COMMAND.findall(readme()))
def test_every_command_shown_exists(line: str) -> None:
    words = shlex.split(line)

    assert not words or words[0] in {command.name for command in COMMANDS}


def test_every_picture_is_there() -> None:
    pictures = re.findall(r"\]\((screenshots/[^)]+)\)", readme())

    assert pictures
    assert [picture for picture in pictures if not Path(ROOT, picture).exists()] == []
