"""Text that harms a terminal, through every command that prints what a feed said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.hostile_text import ALL, FORBIDDEN, TERMINAL
from tests.servers import Site, answer

from .conftest import Cli


def feed_of_hostile_text() -> str:
    """Return a JSON Feed, which can carry every character, with a hostile text in every place."""
    items = [
        {
            "id": str(number),
            "url": f"https://example.org/{number}",
            "title": text,
            "content_text": f"word{number} {text}",
            "authors": [{"name": text}],
            "tags": [text],
        }
        for number, text in enumerate(ALL)
    ]
    version = "https://jsonfeed.org/version/1.1"
    return json.dumps({"version": version, "title": TERMINAL[9], "description": TERMINAL[0], "items": items})


@pytest.fixture
def poisoned(cli: Cli) -> Cli:
    """A command line whose library holds the hostile feed."""
    with Site() as site:
        address = site.put("/feed.json", answer(feed_of_hostile_text(), content_type="application/feed+json"))
        added = cli("add", address, "--no-pages", "--folder", TERMINAL[1])
    assert added.code == 0
    assert harmful(added.out + added.err) == set()
    return cli


def harmful(text: str) -> set[str]:
    """Return the characters of an output that no terminal should see; tabs part fields."""
    return (set(text) & FORBIDDEN) - {"\t"}


@pytest.mark.parametrize(
    "words",
    [
        ("list",),
        ("list", "--plain"),
        ("search", "word1", "OR", "word2", "OR", "PWN"),
        ("show", "is:unread"),
        ("show", "is:unread", "--format", "markdown"),
        ("show", "is:unread", "--format", "html"),
        ("feeds",),
        ("feeds", "--plain"),
        ("feeds", "edit", "1", "--title", TERMINAL[2]),
        ("stats",),
        ("tag", TERMINAL[3], "is:unread"),
        ("tags",),
        ("mark", "read", "is:unread"),
        ("undo", "--list"),
        ("views", "save", TERMINAL[4], "is:unread"),
        ("rules", "add", TERMINAL[5], "is:unread", "--do", "star"),
        ("export", "markdown"),
        ("clean", TERMINAL[6]),
        ("manual", TERMINAL[7]),
        ("list", TERMINAL[8]),
        ("config", "check"),
    ],
    ids=lambda words: " ".join(words[:2]).split("\x1b")[0],
)
def test_no_command_prints_what_a_terminal_would_obey(words: tuple[str, ...], poisoned: Cli) -> None:
    (poisoned.home / "config").mkdir(exist_ok=True)
    (poisoned.home / "config" / "config.toml").write_text(
        'theme = "\\u001b]0;PWN\\u0007"\n', encoding="utf-8"
    )
    ran = poisoned(*words)
    assert harmful(ran.out) == set()
    assert harmful(ran.err) == set()
    for listing in ("views", "rules", "tags", "undo --list"):
        assert harmful(poisoned(*listing.split()).out) == set()


def test_hostile_titles_name_only_files_in_the_directory(poisoned: Cli, tmp_path: Path) -> None:
    target = tmp_path / "out"
    before = {path for path in tmp_path.rglob("*") if target not in path.parents}
    assert poisoned("export", "text", "is:unread", "--to", str(target)).code == 0
    assert len(list(target.iterdir())) == len(ALL)
    assert {path for path in tmp_path.rglob("*") if target not in path.parents and path != target} == before
