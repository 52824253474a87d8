from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.opening import Opener, Output, fill, placed, web_address
from tests.hostile_text import TERMINAL

URL = "https://news.example/a?b=c"


def machine(
    *programs: str, configured: tuple[str, ...] = (), platform: str = "linux", **environ: str
) -> Opener:
    """A machine on which only these programs are installed."""
    return Opener(
        configured,
        environ=environ,
        platform=platform,
        which=lambda name: f"/usr/bin/{name}" if name in programs else None,
    )


@pytest.fixture
def program(tmp_path: Path) -> Callable[[str], str]:
    """Write a Python program and return its path."""

    def write(code: str) -> str:
        path = tmp_path / "program"
        path.write_text(f"#!{sys.executable}\nimport sys, time\n{code}\n", "utf8")
        path.chmod(0o755)
        return str(path)

    return write


def test_the_configured_browser_comes_first() -> None:
    opener = machine(
        "firefox", "xdg-open", configured=("chromium", "--incognito"), BROWSER="firefox", DISPLAY=":0"
    )

    assert opener.browser(URL) == ("chromium", "--incognito", URL)


def test_a_configured_browser_may_say_where_the_address_goes() -> None:
    assert machine(configured=("b", "--url={url}", "-x")).browser(URL) == ("b", f"--url={URL}", "-x")


def test_the_first_installed_browser_of_the_environment_is_taken() -> None:
    assert machine("w3m", BROWSER="nothing:w3m -o a=b:lynx").browser(URL) == ("w3m", "-o", "a=b", URL)


def test_a_percent_s_in_the_environment_stands_for_the_address() -> None:
    assert machine("b", BROWSER="b --open %s now").browser(URL) == ("b", "--open", URL, "now")


def test_unmatched_quotes_in_the_environment_are_passed_over() -> None:
    assert machine("xdg-open", BROWSER="b 'x", DISPLAY=":0").browser(URL) == ("xdg-open", URL)


def test_the_desktop_opens_what_nothing_else_does() -> None:
    assert machine("xdg-open", DISPLAY=":0").browser(URL) == ("xdg-open", URL)
    assert machine("xdg-open", WAYLAND_DISPLAY="wayland-0").browser(URL) == ("xdg-open", URL)
    assert machine(platform="darwin").browser(URL) == ("open", URL)
    assert machine("wslview").browser(URL) == ("wslview", URL)


async def test_without_a_display_or_a_browser_the_reader_is_told() -> None:
    opener = machine("xdg-open")

    assert opener.browser(URL) == ()
    assert "no browser" in await opener.browse(URL)


def test_a_browser_in_the_terminal_is_known_by_its_name() -> None:
    assert machine("/usr/bin/w3m", BROWSER="/usr/bin/w3m").takes_the_terminal(URL)
    assert not machine("firefox", BROWSER="firefox").takes_the_terminal(URL)
    assert not machine().takes_the_terminal(URL)


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "javascript:alert(1)", "-h", "", "vbscript:x", "https//x", "http://[", "ssh://x"],
)
async def test_only_addresses_of_the_web_are_opened(url: str) -> None:
    assert web_address(url) == ""
    assert "Only http" in await machine("b", configured=("b",)).browse(url)


@pytest.mark.parametrize("text", TERMINAL)
def test_an_address_carries_nothing_unprintable(text: str) -> None:
    address = web_address(f"https://news.example/{text}")

    assert address.isascii()
    assert address.isprintable()
    assert " " not in address


def test_a_percent_encoded_address_stays_as_it_is() -> None:
    assert web_address("https://a.example/%20x?q=%C3%A9&y=1#z") == "https://a.example/%20x?q=%C3%A9&y=1#z"


async def test_a_browser_that_fails_at_once_is_reported(program: Callable[[str], str]) -> None:
    sentence = await Opener((program("sys.exit(3)"),)).browse(URL)

    assert "could not open" in sentence
    assert "(3)" in sentence


async def test_a_browser_that_is_not_there_is_reported() -> None:
    assert "was not found" in await Opener(("/nowhere/browser",)).browse(URL)


async def test_a_browser_gets_the_address_as_one_argument(
    tmp_path: Path, program: Callable[[str], str]
) -> None:
    seen = tmp_path / "seen"
    browser = program(f"open({str(seen)!r}, 'w').write(repr(sys.argv[1:]))")

    assert await Opener((browser,)).browse("https://a.example/$(touch x);`y`&z='\"") == ""
    assert seen.read_text("utf8") == repr(["https://a.example/$(touch%20x);%60y%60&z='%22"])


def test_the_clipboard_program_fits_the_display() -> None:
    every = ("wl-copy", "xclip", "xsel", "pbcopy", "clip.exe")

    assert machine(*every, WAYLAND_DISPLAY="w", DISPLAY=":0").clipboard()[0] == "wl-copy"
    assert machine(*every, DISPLAY=":0").clipboard()[0] == "xclip"
    assert machine("xsel", DISPLAY=":0").clipboard()[0] == "xsel"
    assert machine(*every, platform="darwin").clipboard() == ("pbcopy",)
    assert machine(*every, WSL_DISTRO_NAME="Debian").clipboard() == ("clip.exe",)
    assert machine(*every).clipboard() == ()


async def test_without_a_clipboard_program_the_terminal_has_to_copy() -> None:
    assert not await machine().copy("text")


async def test_a_piped_article_arrives_and_all_that_is_printed_comes_back(
    program: Callable[[str], str],
) -> None:
    command = program("text = sys.stdin.read(); print(); print(len(text), 'characters'); print('more')")

    output = await machine().run(f"'{command}' --flag", "häuser")
    assert output == Output("\n6 characters\nmore\n")


async def test_a_command_is_not_given_to_a_shell(program: Callable[[str], str]) -> None:
    command = program("print(sys.argv[1:])")

    output = await machine().run(f"{command} $HOME; ls | x", "")
    assert output.text == "['$HOME;', 'ls', '|', 'x']\n"


async def test_a_command_that_fails_says_so_in_its_last_words(program: Callable[[str], str]) -> None:
    output = await machine().run(program("print('so far'); sys.exit('it \\x1b[31mbroke')"), "text")

    assert "failed (1)" in output.failure
    assert "broke" in output.failure
    assert "\x1b" not in output.failure + output.text
    assert output.text.startswith("so far")


async def test_a_command_that_reads_nothing_is_no_failure(program: Callable[[str], str]) -> None:
    output = await machine().run(program("print('no thanks')"), "x" * 1_000_000)
    assert output == Output("no thanks\n")


async def test_a_silent_command_is_done(program: Callable[[str], str]) -> None:
    assert await machine().run(program("sys.stdin.read()"), "text") == Output("")


async def test_an_empty_or_broken_command_is_refused() -> None:
    assert (await machine().run("", "text")).failure == "No command was given."
    assert (await machine().run("a 'b", "text")).failure == "No command was given."
    assert "was not found" in (await machine().run("/nowhere/command", "text")).failure


async def test_a_command_that_hangs_is_ended(
    program: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.opening.PIPE_SECONDS", 0.2)

    assert "was ended" in (await machine().run(program("time.sleep(60)"), "text")).failure


def test_the_pager_and_the_editor_are_the_environments() -> None:
    assert machine(PAGER="most -s").pager() == ("most", "-s")
    assert machine().pager() == ("less", "-R")
    assert machine(VISUAL="nvim", EDITOR="ed").editor() == ("nvim",)
    assert machine(EDITOR="ed -p x").editor() == ("ed", "-p", "x")
    assert machine().editor() == ("vi",)


async def test_the_pager_gets_the_text_and_the_editor_a_file_that_is_gone_afterwards(
    program: Callable[[str], str], tmp_path: Path
) -> None:
    seen = tmp_path / "seen"
    pager = program(f"open({str(seen)!r}, 'w').write(sys.stdin.read())")
    assert await machine(PAGER=pager).page("some text") == ""
    assert seen.read_text() == "some text"

    editor = program(f"open({str(seen)!r}, 'w').write(sys.argv[2] + open(sys.argv[2]).read())")
    assert await machine(EDITOR=f"{editor} --wait").edit("its text", "an-article.md") == ""
    path, _, text = seen.read_text().partition(".md")
    assert (Path(path).name, text) == ("an-article", "its text")
    assert not Path(path).parent.exists()
    assert "was not found" in await machine(PAGER="/nowhere/pager").page("text")


async def test_what_is_left_in_the_editor_comes_back_cleaned(program: Callable[[str], str]) -> None:
    editor = program("open(sys.argv[1], 'a').write(', and \\x1b[2Jmore\\nof it')")
    assert await machine(EDITOR=editor).compose("its text", "note.md") == Output(
        "its text, and [2Jmore\nof it"
    )

    gone = program("import os\nos.remove(sys.argv[1])")
    assert "cannot be given" in (await machine(EDITOR=gone).compose("its text", "note.md")).failure
    failing = program("sys.exit(1)")
    assert "failed (1)" in (await machine(EDITOR=failing).compose("its text", "note.md")).failure


async def test_what_plays_files_is_configured_else_they_are_opened_as_links(
    program: Callable[[str], str],
) -> None:
    assert await Opener(player=(program("pass"),)).play(URL) == ""
    assert "was not found" in await Opener(player=("/nowhere/player",)).play(URL)
    assert "no browser" in await machine().play(URL)
    assert "Only http" in await Opener(player=("/nowhere/player",)).play("file:///etc/passwd")


def test_a_command_gets_nothing_that_it_does_not_mention() -> None:
    argv = ("send", "-t", "{title}", "{unknown}")
    assert placed(argv, title="{url}", url="u") == ("send", "-t", "{url}", "{unknown}")


def test_placeholders_are_filled_once_and_inside_one_argument() -> None:
    filled = fill(("send", "--title={title}", "{url}"), url="https://a.example/{title}", title="A; rm {url}")

    assert filled == ("send", "--title=A; rm {url}", "https://a.example/{title}")


def test_what_a_command_does_not_mention_comes_last() -> None:
    assert fill(("send", "{other}"), url="u") == ("send", "{other}", "u")


def test_a_value_never_becomes_the_program() -> None:
    assert fill(("{url}",), url="evil") == ("{url}", "evil")
