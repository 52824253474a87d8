"""Completions and the man page: of the parsers there are, and readable by those who read them."""

from __future__ import annotations

import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from .shell_files import FILES, FOLDER, expected

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("name", [*FILES.values(), "broadsheet.1"])
def test_every_file_tells_of_the_parsers_there_are(name: str) -> None:
    written = (FOLDER / name).read_text(encoding="utf-8")
    assert written == expected()[name], "python -m tests.shell_files"


def test_the_wheel_puts_them_where_shells_and_man_look() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    shared = project["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"]
    assert {Path(source).name for source in shared} == {path.name for path in FOLDER.iterdir()}
    assert all((ROOT / source).is_file() for source in shared)


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
def test_bash_completes_commands_and_options() -> None:
    script = f"""
source {FOLDER / "broadsheet.bash"}
complete -p broadsheet >/dev/null || exit 1
"""
    ran = subprocess.run(["bash", "--norc", "-c", script], capture_output=True, text=True, timeout=20)
    assert (ran.returncode, ran.stderr) == (0, "")


@pytest.mark.skipif(shutil.which("man") is None, reason="man is not installed")
def test_man_reads_the_page_without_a_warning() -> None:
    ran = subprocess.run(
        ["man", "--warnings", "-l", "-E", "UTF-8", str(FOLDER / "broadsheet.1")],
        capture_output=True,
        text=True,
        timeout=20,
        env={"LC_ALL": "C.UTF-8", "MANWIDTH": "100", "PATH": "/usr/bin:/bin"},
    )
    assert ran.stderr == ""
    assert "broadsheet search" in ran.stdout
