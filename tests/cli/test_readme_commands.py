"""Every command that the README shows does what stands beside it, in an empty home."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.demo.server import serve
from reader.export.opml import write_opml
from reader.model import Feed, FeedId
from tests.readme_tables import readme

from .conftest import Cli

SHOWN = re.compile(r"^ {4}broadsheet (\S.*?)(?:  .*)?$|`broadsheet ([^`]+)`", re.MULTILINE)
LINES = list(dict.fromkeys(one or other for one, other in SHOWN.findall(readme())))


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a site on this machine; a list of subscriptions lies where the commands are typed."""
    with serve(datetime.now(UTC)) as site:
        source = next(source for source in site.sources if source.has_feed)
        monkeypatch.chdir(tmp_path)
        feed = Feed(FeedId(1), source.url, source.name)
        Path("subscriptions.opml").write_bytes(write_opml([feed], []))
        yield source.url


@pytest.mark.parametrize("line", LINES)
def test_a_command_of_the_readme_runs(line: str, site: str, cli: Cli) -> None:
    words = [site if word.startswith("https://") else word for word in shlex.split(line)]
    ran = cli(*words)

    assert (ran.code, "Traceback" in ran.err) == (0, False), ran.err


def test_the_readme_shows_the_commands_one_begins_with() -> None:
    assert {line.split()[0] for line in LINES} >= {
        "add",
        "import",
        "fetch",
        "paths",
        "export",
        "manual",
        "config",
    }
