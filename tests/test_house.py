"""The shape of the package: who may import whom, how large a room is, what is at the top level."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LONGEST_FILE = 420
"""Lines; a file that grows past it has two occupants."""


def test_the_import_contracts_hold() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize("path", sorted(Path(ROOT, "reader").rglob("*.py")), ids=lambda path: path.stem)
def test_no_file_has_two_occupants(path: Path) -> None:
    assert len(path.read_text("utf8").splitlines()) <= LONGEST_FILE


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in Path(ROOT, "reader").rglob("*.py")
        if (text := path.read_text("utf8").strip()) and not text.startswith(('"""', 'r"""'))
    ]

    assert silent == []
