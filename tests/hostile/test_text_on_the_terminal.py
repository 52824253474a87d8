"""Hostile text goes from a feed to the screen of the real app, and the terminal is told nothing by it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hostile_text import ALL, FORBIDDEN, TERMINAL
from tests.servers import Site, answer
from tests.terminal import Session

ROOT = Path(__file__).parents[2]

OURS = re.compile(
    r"\x1b\[[0-9;:]*m"  # colours and weights
    r"|\x1b\[\d+;\d+H"  # to a place
    r"|\x1b\[[0-9]*[ABCDJK]"  # moving and erasing
    r"|\x1b\[\?\d+(?:;\d+)*[hl]"  # modes: alternate screen, mouse, paste, synchronised painting
    r"|\x1b\[\?\d+\$p"  # asking for a mode
    r"|\x1b\[[<>=?][0-9;]*[um]"  # the keyboard protocol
    r"|\x1b\[[0-9;]*[tq]|\x1b\[>\d*q|\x1b\[[0-9]* q|\x1b\[c"  # window size, cursor shape, what terminal it is
    r"|\x1b\]8;[^;]*;(?:https?://[\x21-\x7e]*)?(?:\x1b\\|\x07)"  # links, to the web alone
    r"|\x1b\][02];[^\x00-\x1f\x7f]*(?:\x1b\\|\x07)"  # the window's title
    r"|\x1b\](?:10|11);\?(?:\x1b\\|\x07)"  # asking for the colours
    r"|\x1b\]22;[a-z-]*\x07"  # the shape of the pointer
    r"|\x1b\[22;[012]t|\x1b\[23;[012]t|\x1b[78]"  # keeping the title and the cursor
)
"""Every sequence that Textual itself sends, and no other."""


OPENING_AND_CLOSING = (
    "\r",
    "i",
    "\x1b",
    ";",
    "\x1b",
    "t",
    "\x1b",
    "?",
    "\x1b",
    "\x10",
    "PWN",
    "\x1b",
    "h",
    "\x1b",
    "l",
)
"""Open and close what shows text: why, link hints, tags, help, the palette, the sources."""


def feed_of_hostile_text() -> str:
    """Return a JSON Feed (which can carry every code point) with each string in every place for text."""
    items = [
        {
            "id": f"hostile-{number}",
            "url": f"http://127.0.0.1:9/{number}",
            "title": text,
            "content_text": f"{text}\n\nSecond paragraph with {text}",
            "authors": [{"name": text}],
            "tags": [text[:200]],
            "attachments": [
                {"url": f"http://127.0.0.1:9/{number}.mp3", "mime_type": text[:80], "title": text}
            ],
        }
        for number, text in enumerate(ALL)
    ]
    return json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": TERMINAL[9],
            "description": TERMINAL[11],
            "items": items,
        }
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home whose library holds the hostile feed, added and fetched by the command line."""
    tmp_path = tmp_path_factory.mktemp("hostile")
    with Site() as site:
        address = site.put("/feed.json", answer(feed_of_hostile_text(), content_type="application/feed+json"))
        added = broadsheet(tmp_path, "add", address)
        assert added.returncode == 0, added.stderr
        yield tmp_path


def broadsheet(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a home of its own."""
    return subprocess.run(
        [sys.executable, "-m", "reader", *words],
        env=environ(home), cwd=ROOT, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


def environ(home: Path) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"], "HOME": str(home), "BROADSHEET_HOME": str(home / "reader"), "LANG": "C.UTF-8",
        "TERM": "xterm-256color", "PYTHONPATH": str(ROOT),
    }  # fmt: skip


def foreign_controls(raw: str) -> list[str]:
    """Return what is left of the controls in a terminal's input when our own sequences are taken out."""
    rest = OURS.sub("", raw)
    return [
        repr(rest[max(0, hit.start() - 30) : hit.end() + 30])
        for hit in re.finditer(r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", rest)
    ]


@pytest.mark.parametrize("size", [(120, 36), (80, 24)], ids="{0[0]}x{0[1]}".format)
def test_no_control_of_a_feed_reaches_the_terminal(home: Path, tmp_path: Path, size: tuple[int, int]) -> None:
    # A copy, because the app goes on where the last one was left.
    own = shutil.copytree(home, tmp_path / "home")
    command = [sys.executable, "-m", "reader"]
    with Session(command, columns=size[0], lines=size[1], environ=environ(own), cwd=ROOT) as app:
        app.wait_for("Inbox")
        app.wait_for("[31mPWN[0m")
        for keys in OPENING_AND_CLOSING:
            app.send(keys)
            app.settle(0.1)
        for keys in ("j" * 10 + "\r", "s", "m", "d", "u", "w", " ", "f", "f", "f") * 4:
            app.send(keys)
            app.settle(0.04)
        app.send("/PWN")
        app.settle(0.3)
        app.send("\x1b\x1b")
        for _ in range(len(ALL) // 8):
            app.send("\x1b[6~")
            app.settle(0.04)
        app.send("q")
        app.settle(0.2)
        app.send("q")
        app.send("q")
        status = app.wait_exit()

        assert status == 0
        assert app.terminal.unknown == []
        assert foreign_controls(app.raw.decode("utf8")) == []


def test_the_command_line_prints_no_control_of_a_feed(home: Path) -> None:
    listed = broadsheet(home, "list", "limit:500")
    shown = broadsheet(home, "show", "limit:500")
    searched = broadsheet(home, "search", "PWN")
    exported = broadsheet(home, "list", "limit:500", "--plain")

    for ran in (listed, shown, searched, exported):
        assert ran.returncode == 0, ran.stderr
        assert "PWN" in ran.stdout
        assert set(ran.stdout) & (FORBIDDEN - {"\t"}) == set()


def test_json_output_carries_cleaned_text_only(home: Path) -> None:
    ran = broadsheet(home, "list", "limit:500", "--json")

    rows = [json.loads(line) for line in ran.stdout.splitlines()]
    assert len(rows) == len(ALL)
    for row in rows:
        assert set(json.dumps(row, ensure_ascii=False)) & FORBIDDEN == set()
