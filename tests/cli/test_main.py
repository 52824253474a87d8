"""The command line as a whole: help, errors, exit codes, signals."""

from __future__ import annotations

import gc
import logging
import logging.handlers
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from reader import __version__
from reader.cli.catalogue import COMMANDS, Command
from reader.cli.exits import Exit, code_of
from reader.cli.log import without_credentials, written
from reader.cli.parser import build_parser
from reader.errors import (
    BroadsheetError,
    ConfigError,
    FetchError,
    QueryError,
    SchemaTooNew,
    StoreBusy,
    UsageError,
)
from reader.paths import places

from .conftest import Cli

ROOT = Path(__file__).parents[2]


def program(*words: str, home: Path) -> list[str]:
    """Return the command line of a process of its own."""
    return [sys.executable, "-m", "reader", *words]


def environment(home: Path) -> dict[str, str]:
    return os.environ | {"BROADSHEET_HOME": str(home), "PYTHONPATH": str(ROOT)}


def test_the_version_is_printed(cli: Cli) -> None:
    assert cli("--version") == cli("-V")
    assert cli("-V").out == f"broadsheet {__version__}\n"


def test_help_lists_every_command_and_an_example(cli: Cli) -> None:
    ran = cli("--help")
    assert ran.code == 0
    for command in COMMANDS:
        assert f"  {command.name} " in ran.out
        assert command.help in ran.out
    assert "examples:" in ran.out


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_explains_itself_with_examples_that_parse(command: Command, cli: Cli) -> None:
    ran = cli(command.name, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"usage: broadsheet {command.name}")
    assert f"broadsheet {command.name}" in ran.out.split("examples:")[1]
    assert cli("help", command.name).out == ran.out


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_option_of_every_command_is_explained(command: Command) -> None:
    for action in build_parser(command)._actions:
        assert action.help, (command.name, action.dest)


def test_an_unknown_command_names_the_nearest_one(cli: Cli) -> None:
    ran = cli("serch", "tea")
    assert ran.code == Exit.USAGE
    assert ran.err == 'There is no command "serch". Did you mean "search"? See broadsheet --help.\n'


def test_an_unknown_option_is_one_sentence_and_exit_code_2(cli: Cli) -> None:
    ran = cli("paths", "--jsno")
    assert ran.code == Exit.USAGE
    assert ran.err == "Unrecognized arguments: --jsno. See broadsheet paths --help.\n"


def test_a_profile_may_stand_before_or_after_the_command(cli: Cli) -> None:
    before, after = cli("--profile", "work", "paths", "--json"), cli("paths", "--profile", "work", "--json")
    assert before.objects == after.objects
    assert "/profiles/work/" in before.objects[0]["library"]


def test_a_profile_may_come_from_the_environment(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROADSHEET_PROFILE", "work")
    assert "/profiles/work/" in cli("paths", "--json").objects[0]["library"]


def test_a_profile_that_leaves_the_directory_is_refused(cli: Cli) -> None:
    ran = cli("--profile", "../../etc", "paths")
    assert (ran.code, ran.out) == (Exit.USAGE, "")
    assert ran.err == '"../../etc" cannot name a profile: use letters, digits, - and _.\n'


def test_asking_for_paths_creates_nothing(cli: Cli) -> None:
    cli("paths")
    assert not cli.home.exists()


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (BroadsheetError("x"), 1),
        (FetchError("x"), 1),
        (UsageError("x"), 2),
        (ConfigError("x"), 2),
        (QueryError("x", 3), 2),
        (SchemaTooNew("x"), 4),
        (StoreBusy("x"), 4),
    ],
)
def test_the_exit_code_tells_what_kind_of_failure_it_was(error: BroadsheetError, code: int) -> None:
    assert code_of(error) == code


def test_a_sentence_on_standard_error_carries_no_control_sequence(cli: Cli) -> None:
    ran = cli("\x1b]2;owned\x07list")
    assert ran.code == Exit.USAGE
    assert "\x1b" not in ran.err
    assert "\x07" not in ran.err


def test_settings_that_cannot_be_used_stop_what_needs_them_with_exit_code_2(stocked: Cli) -> None:
    (stocked.home / "config").mkdir()
    (stocked.home / "config" / "config.toml").write_text("measure = 3\n", encoding="utf-8")
    ran = stocked("show", str(stocked.ids("limit:1")[0]))
    assert ran.code == Exit.USAGE
    assert "line 1: measure = 3: must be a whole number" in ran.err


def test_a_bug_is_a_line_a_report_and_exit_code_70(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> int:
        raise ZeroDivisionError("https://me:hunter2@example.org/?token=abc")

    monkeypatch.setattr("reader.cli.commands.paths.run", broken)
    ran = cli("paths")
    assert ran.code == Exit.CRASHED
    (report,) = (cli.home / "state" / "crashes").iterdir()
    assert ran.err == f"Broadsheet crashed, which is a bug; the report is {report}\n"
    text = report.read_text(encoding="utf-8")
    assert "ZeroDivisionError" in text
    assert "hunter2" not in text
    assert "abc" not in text.replace("abc.py", "")


def test_credentials_are_struck_out_of_what_is_logged() -> None:
    line = "got https://me:pw@host/x?a=1&api_key=S3 and http://u@h/"
    assert without_credentials(line) == "got https://…@host/x?a=1&api_key=… and http://…@h/"


def test_a_log_that_a_full_disk_does_not_take_is_passed_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = places(None, {"BROADSHEET_HOME": str(tmp_path)})
    home.log.parent.mkdir(parents=True)
    home.log.symlink_to("/dev/full")
    with written(home):
        logging.getLogger("reader.cli").warning("a line")

    assert capsys.readouterr() == ("", "")


def test_what_is_logged_is_written_by_another_thread_and_is_on_the_disk_after_a_crash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writers: list[threading.Thread] = []
    emit = logging.handlers.RotatingFileHandler.emit

    def watched(self: logging.handlers.RotatingFileHandler, record: logging.LogRecord) -> None:
        writers.append(threading.current_thread())
        emit(self, record)

    monkeypatch.setattr(logging.handlers.RotatingFileHandler, "emit", watched)
    home = places(None, {"BROADSHEET_HOME": str(tmp_path)})
    with suppress(ZeroDivisionError), written(home):
        for number in range(50):
            logging.getLogger("reader.cli").warning("line %d of http://me:pw@host/", number)
        raise ZeroDivisionError

    lines = home.log.read_text(encoding="utf-8").splitlines()
    assert [line.partition("line ")[2] for line in lines] == [f"{n} of http://…@host/" for n in range(50)]
    assert len(set(writers)) == 1
    assert threading.current_thread() not in writers


def test_without_a_terminal_the_app_says_so_and_exits_with_2(tmp_path: Path) -> None:
    ran = subprocess.run(
        program(home=tmp_path),
        env=environment(tmp_path),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=20,
    )
    assert ran.returncode == Exit.USAGE
    assert ran.stdout == ""
    assert "terminal" in ran.stderr
    assert "broadsheet list" in ran.stderr


def test_a_reader_that_has_enough_is_no_failure(stocked: Cli) -> None:
    lister = subprocess.Popen(
        program("list", home=stocked.home),
        env=environment(stocked.home),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert lister.stdout is not None
    lister.stdout.close()
    _, err = lister.communicate(timeout=20)
    assert (lister.returncode, err) == (0, b"")


@pytest.mark.parametrize(
    ("send", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)]
)
def test_a_signal_ends_the_program_with_its_code(send: signal.Signals, code: int, tmp_path: Path) -> None:
    with subprocess.Popen(
        program("demo", "--serve", home=tmp_path),
        env=environment(tmp_path),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        # Whoever runs the tests in the background has SIGINT ignored, and children inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as server:
        try:
            assert server.stderr is not None
            assert server.stderr.readline() == "Serving until you press Ctrl+C.\n"
            server.send_signal(send)
            assert (server.wait(timeout=20), server.stderr.read()) == (code, "")
        finally:
            server.kill()


def test_nothing_is_collected_while_the_app_starts_and_everything_as_usual_when_it_has_ended(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual, during = gc.get_threshold(), list[int]()

    def start(_: object) -> int:
        during.append(gc.get_threshold()[0])
        raise ZeroDivisionError

    monkeypatch.setattr("reader.cli.app.run", start)
    assert cli().code == Exit.CRASHED
    assert (during, gc.get_threshold()) == ([0], usual)


NOT_FOR_A_LIST = (
    # the screen, the network and foreign documents
    "textual", "rich", "httpx", "ssl", "socket", "lxml", "readability", "feedparser",
    # what others wait for or run: 20 ms
    "asyncio", "concurrent.futures", "logging", "subprocess",
    # data classes made the standard way: 7 ms, and half a millisecond for each
    "dataclasses", "inspect",
    # for who makes a slip, gives a pattern or has settings
    "difflib", "regex", "tomllib",
    # what is stored and indexed
    "hashlib", "reader.identity", "reader.texts", "reader.codec", "reader.store.drain",
)  # fmt: skip


NOT_FOR_A_FIRST_FRAME = (
    # the network, foreign documents, pictures
    "httpx", "lxml", "nh3", "readability", "feedparser", "PIL", "textual_image",
    # what colours code and reads Markdown for Textual's own widgets
    "pygments", "markdown_it",
    # what somebody must ask for
    "email", "tomllib", "reader.comparison", "reader.export", "reader.neighbours", "reader.pool", "reader.refresh", "reader.starters",
)  # fmt: skip


def test_the_first_frame_needs_no_dialog_no_network_and_no_export(tmp_path: Path) -> None:
    script = (
        "import sys, reader.cli.app, reader.cli.downloads, reader.cli.live, reader.cli.pages, reader.opening, reader.ui.app; "
        f"print([n for n in sys.modules if n in {NOT_FOR_A_FIRST_FRAME} or n.startswith('reader.ui.dialogs.')])"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", script],
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    assert loaded.stdout == "[]\n"


def test_listing_loads_only_what_a_list_takes(stocked: Cli) -> None:
    script = (
        "import sys; from reader.cli import main; code = main(['list', '--json']); "
        f"print([n for n in {NOT_FOR_A_LIST} if n in sys.modules], code, file=sys.stderr)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script],
        env=environment(stocked.home),
        capture_output=True,
        text=True,
        timeout=20,
    )
    assert ran.stderr == "[] 0\n"
    assert ran.stdout.count("\n") > 50


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_output_survives_a_terminal_that_knows_few_characters(encoding: str, stocked: Cli) -> None:
    for words in (["list"], ["list", "--json"], ["feeds"]):
        ran = subprocess.run(
            program(*words, home=stocked.home),
            env=environment(stocked.home) | {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
            capture_output=True,
            timeout=20,
        )
        assert (ran.returncode, ran.stderr) == (0, b""), words
        ran.stdout.decode(encoding)


@pytest.mark.parametrize(
    ("words", "closed", "code"),
    [
        ("list", ">&-", 0),
        ("list", "<&- >&- 2>&-", 0),
        ("", "<&-", 2),
        ("", "<&- >&- 2>&-", 2),
        ("paths", ">/dev/full", 1),
        ("--help", ">/dev/full", 1),
        ("--version", ">/dev/full", 1),
        ("fetch --help", ">/dev/full", 1),
        ("no-such-command", "2>/dev/full", 2),
    ],
)
def test_streams_that_are_closed_or_full_are_no_bug(
    words: str, closed: str, code: int, tmp_path: Path
) -> None:
    ran = subprocess.run(
        ["/bin/sh", "-c", f'exec "{sys.executable}" -m reader {words} {closed}'],
        env=environment(tmp_path), cwd=ROOT, capture_output=True, text=True, check=False, timeout=30,
    )  # fmt: skip

    assert ran.returncode == code, ran.stderr
    assert "Traceback" not in ran.stderr
    assert "crashed" not in ran.stderr
    assert not list(tmp_path.rglob("crash-*"))
