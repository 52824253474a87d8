"""Rules from the command line, and what they and the settings ask for outside the library."""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.cli.engine import AT_HOME
from reader.cli.errands import notify
from reader.cli.exits import Exit
from reader.demo.server import serve
from reader.demo.site import Site

from .conftest import NOW, Cli

PATIENCE_SECONDS = 20.0


def wait_for(path: Path) -> str:
    """Return what a command writes, once it is written and the command is gone."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not path.exists() or any(thread.name == "notify" for thread in threading.enumerate()):
        assert time.monotonic() < deadline, path
    return path.read_text(encoding="utf-8")


def writer(path: Path, *, of: str) -> list[str]:
    """Return a command that writes ``of``, an expression, to ``path`` in one go."""
    part = str(path) + ".part"
    script = (
        f"import sys, pathlib as p; p.Path({part!r}).write_text({of}); p.Path({part!r}).rename({str(path)!r})"
    )
    return [sys.executable, "-c", script]


def test_the_command_gets_the_sentence_as_its_last_word(tmp_path: Path) -> None:
    assert notify(writer(tmp_path / "note", of="sys.argv[-1]"), "3 new articles") == ""
    assert wait_for(tmp_path / "note") == "3 new articles"


def test_without_a_command_nothing_is_run() -> None:
    assert notify((), "3 new articles") == ""


def test_a_command_that_cannot_be_run_is_a_sentence() -> None:
    assert notify(["/nowhere/at-all"], "1 new article") == (
        "notify_command: /nowhere/at-all cannot be run: No such file or directory."
    )


# --------------------------------------------------------------------------------------------------- rules


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setattr("reader.cli.engine.DEFAULT", AT_HOME)
    with serve(NOW) as site:
        yield site


def test_a_rule_acts_on_what_arrives(cli: Cli, site: Site) -> None:
    cli("rules", "add", "Tools", "title:awk OR title:queue", "--do", "tag:tools", "--do", "star")
    cli("add", f"{site.base}/ferrule/feed.json", "--no-pages")
    assert len(cli.ids("tag:tools", "is:starred")) == 2
    (rule,) = cli("rules", "--json").objects
    assert (rule["name"], rule["hits"], rule["actions"]) == ("Tools", 2, ["tag:tools", "star"])


def test_a_rule_can_hand_an_article_to_a_command(cli: Cli, site: Site, tmp_path: Path) -> None:
    script = tmp_path / "take.py"
    script.write_text(
        f"import sys, pathlib; pathlib.Path({str(tmp_path / 'taken')!r}).write_text(sys.stdin.read())"
    )
    cli("rules", "add", "Hand over", "title:awk", "--do", f"run:{sys.executable} {script}")
    cli("add", f"{site.base}/ferrule/feed.json", "--no-pages")
    cli("fetch")
    assert json.loads((tmp_path / "taken").read_text(encoding="utf-8"))["title"] == "Forty Lines of Awk"


def test_a_rule_can_notify(cli: Cli, site: Site, tmp_path: Path) -> None:
    command = writer(tmp_path / "note", of="sys.argv[-1]")
    (cli.home / "config").mkdir(parents=True)
    (cli.home / "config" / "config.toml").write_text(
        f"notify_command = {json.dumps(command)}\n", encoding="utf-8"
    )
    cli("rules", "add", "Awk", "title:awk", "--do", "notify:Look at this")
    cli("add", f"{site.base}/ferrule/feed.json", "--no-pages")
    cli("fetch")
    assert wait_for(tmp_path / "note") == "Look at this: Forty Lines of Awk"


def test_trying_a_query_lists_what_it_would_match_and_changes_nothing(stocked: Cli) -> None:
    ran = stocked("rules", "test", "feed:courier", "-title:ferry", "--json")
    assert len(ran.objects) == 8
    assert ran.err == "11 stored articles match, the newest 8 are shown; nothing was changed.\n"
    assert stocked.ids("is:read") == []


def test_a_rule_is_applied_to_what_is_stored_as_one_step(stocked: Cli) -> None:
    stocked("rules", "add", "Sea", "feed:courier topic:harbour", "--do", "later")
    ran = stocked("rules", "run", "sea")
    assert len(stocked.ids("is:later")) == 3
    step = ran.err.split("broadsheet undo ")[1].split()[0]
    stocked("undo", step)
    assert stocked.ids("is:later") == []


def test_a_rule_is_switched_off_and_on_and_removed(stocked: Cli) -> None:
    stocked("rules", "add", "Sea", "topic:harbour", "--do", "star")
    stocked("rules", "off", "Sea")
    assert [rule["enabled"] for rule in stocked("rules", "--json").objects] == [False]
    stocked("rules", "on", "sea")
    assert [rule["enabled"] for rule in stocked("rules", "--json").objects] == [True]
    stocked("rules", "remove", "Sea")
    assert stocked("rules", "--json").out == ""


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("add", "Sea", "foo:bar", "--do", "star"), "foo"),
        (("add", "Sea", "topic:harbour"), "does nothing"),
        (("add", "Sea", "topic:harbour", "--do", "dance"), '"dance" is no action of a rule'),
        (("add", "Sea", "topic:harbour", "--do", "tag"), "needs to know what"),
        (("add", "Sea"), "takes a NAME and a QUERY"),
        (("run", "Sea"), 'There is no rule "Sea"'),
        (("off",), "takes a name"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(words: tuple[str, ...], sentence: str, stocked: Cli) -> None:
    ran = stocked("rules", *words)
    assert ran.code == Exit.USAGE
    assert sentence in ran.err
    assert stocked("rules", "--json").out == ""


def test_a_fetch_lets_old_articles_go_by_the_settings_and_undo_brings_them_back(cli: Cli, site: Site) -> None:
    (cli.home / "config").mkdir(parents=True)
    (cli.home / "config" / "config.toml").write_text(
        "keep_articles = 2\nkeep_unread = false\n", encoding="utf-8"
    )
    cli("add", f"{site.base}/ferrule/feed.json", "--no-pages")
    added = cli.ids("*")
    cli("star", str(added[-1]))
    cli("fetch")
    assert cli.ids("*") == [*added[:2], added[-1]]
    (step, *_) = cli("undo", "--list", "--json").objects
    assert "old articles go" in step["label"]
    cli("undo", str(step["step"]))
    assert cli.ids("*") == added


def test_what_is_unread_stays_unless_the_settings_say_otherwise(cli: Cli, site: Site) -> None:
    (cli.home / "config").mkdir(parents=True)
    (cli.home / "config" / "config.toml").write_text("keep_articles = 1\n", encoding="utf-8")
    cli("add", f"{site.base}/ferrule/feed.json", "--no-pages")
    added = cli.ids("*")
    cli("fetch")
    assert cli.ids("*") == added
