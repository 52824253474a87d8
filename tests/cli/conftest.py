"""A command line to run in this process, and a library to run it on."""

from __future__ import annotations

import io
import json
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from reader.cli import main
from reader.demo.library import fill
from reader.demo.site import BASE, Site
from reader.store.database import Database

NOW = datetime.now(UTC).replace(microsecond=0)


@dataclass(frozen=True)
class Ran:
    """What a command line did."""

    code: int
    out: str
    err: str

    @property
    def objects(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass
class Cli:
    """Runs command lines in a home of its own."""

    home: Path
    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]

    def __call__(self, *words: str, stdin: str = "") -> Ran:
        self.monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8"))
        self.capsys.readouterr()
        code = main(words)
        out, err = self.capsys.readouterr()
        return Ran(code, out, err)

    def ids(self, *query: str) -> list[int]:
        """Return the ids that ``list`` prints."""
        return [found["id"] for found in self("list", *query, "--json").objects]


@pytest.fixture
def cli(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Cli:
    """A command line whose home is empty."""
    monkeypatch.setenv("BROADSHEET_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("BROADSHEET_PROFILE", raising=False)
    return Cli(tmp_path / "home", monkeypatch, capsys)


@pytest.fixture(scope="session")
def _filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library filled from the invented site, once."""
    path = tmp_path_factory.mktemp("library") / "library.db"
    database = Database.open(path)
    fill(database, Site(BASE, NOW))
    database.close()
    return path


@pytest.fixture
def stocked(cli: Cli, _filled: Path) -> Cli:
    """A command line whose library holds the invented site."""
    (cli.home / "data").mkdir(parents=True)
    shutil.copy(_filled, cli.home / "data" / "library.db")
    return cli
