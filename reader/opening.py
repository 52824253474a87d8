"""Other programs: the browser, the clipboard, a pager, an editor, a command to pipe an article to.

Always an argument vector, never a shell: titles and addresses come from feeds (a feed's title has been a shell
command before, CVE-2017-12904). Failures come back as sentences, because all of this is somebody else's program.
"""

from __future__ import annotations

import asyncio
import os
import re
import shlex
import shutil
import sys
from asyncio.subprocess import DEVNULL, PIPE, STDOUT
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path, PurePath
from subprocess import Popen
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Final
from urllib.parse import quote, urlsplit

from .records import dataclass
from .text import clean, clean_code, clean_line

CONSOLE_BROWSERS: Final = frozenset(
    {"w3m", "lynx", "links", "links2", "elinks", "browsh", "carbonyl", "cha", "chawan", "felinks", "amfora"}
)
"""Browsers that draw in the terminal they are started from."""
SETTLE_SECONDS: Final = 0.7
"""How long a browser is watched for failing at once; xdg-open without a handler takes 0.1 to 0.4 s to say so."""
CLIPBOARD_SECONDS: Final = 2.0
"""A clipboard program that takes longer waits for a display that does not answer."""
PIPE_SECONDS: Final = 60.0
"""How long a command may take over an article before it is ended."""
MAX_OUTPUT: Final = 256_000
"""Bytes of a command's output that are kept."""

Which = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Output:
    """What a command printed or an editor left, cleaned, and how it ended."""

    text: str
    failure: str = ""
    """Why it failed, as a sentence; empty when it went well."""


class Opener:
    """Opens things the way this machine does.

    ``browser`` and ``player`` are the configured commands; ``{url}`` in them stands for the address, which else comes
    last.
    """

    def __init__(
        self,
        browser: Sequence[str] = (),
        *,
        player: Sequence[str] = (),
        environ: Mapping[str, str] | None = None,
        platform: str = sys.platform,
        which: Which = shutil.which,
    ) -> None:
        self._configured = tuple(browser)
        self._player = tuple(player)
        self._environ = os.environ if environ is None else environ
        self._platform = platform
        self._which = which

    # -- the browser

    def browser(self, url: str) -> tuple[str, ...]:
        """Return the command that opens an address; empty when there is none.

        The configured one, else ``$BROWSER`` (several may be separated by colons, ``%s`` stands for the address),
        else the desktop's opener where there is a desktop.
        """
        if self._configured:
            return fill(self._configured, url=url)
        for command in self._environ.get("BROWSER", "").split(os.pathsep):
            argv = _split(command)
            if argv and self._which(argv[0]):
                return _with_address(argv, url)
        return self._desktop(url)

    def _desktop(self, url: str) -> tuple[str, ...]:
        if self._platform == "darwin":
            return ("open", url)
        names = ("xdg-open",) if self._has_display() else ()
        for name in ("wslview", *names):
            if self._which(name):
                return (name, url)
        return ()

    def _has_display(self) -> bool:
        return bool(self._environ.get("DISPLAY") or self._environ.get("WAYLAND_DISPLAY"))

    def takes_the_terminal(self, url: str) -> bool:
        """Tell whether the browser draws in this terminal, so that the screen has to step aside."""
        argv = self.browser(url)
        return bool(argv) and PurePath(argv[0]).name.removesuffix(".exe") in CONSOLE_BROWSERS

    async def browse(self, url: str) -> str:
        """Open an address in the browser; returns why not as a sentence, or nothing.

        A browser that draws in the terminal is waited for.
        """
        target = web_address(url)
        if not target:
            return "Only http, https and mailto addresses are opened."
        argv = self.browser(target)
        if not argv:
            return (
                "There is no browser to open links with here; set browser in the configuration, or $BROWSER."
            )
        if self.takes_the_terminal(target):
            return await _in_the_foreground(argv)
        return await _in_the_background(argv)

    # -- the clipboard

    def clipboard(self) -> tuple[str, ...]:
        """Return the command that takes the clipboard's text on its input; empty when there is none."""
        commands: list[tuple[str, ...]] = []
        if self._platform == "darwin":
            commands.append(("pbcopy",))
        if self._environ.get("WAYLAND_DISPLAY"):
            commands.append(("wl-copy", "--type", "text/plain;charset=utf-8"))
        if self._environ.get("DISPLAY"):
            commands += [("xclip", "-selection", "clipboard"), ("xsel", "--clipboard", "--input")]
        if self._environ.get("WSL_DISTRO_NAME"):
            commands.append(("clip.exe",))
        return next((command for command in commands if self._which(command[0])), ())

    async def copy(self, text: str) -> bool:
        """Hand a text to a local clipboard program; False when there is none and the terminal has to do it."""
        argv = self.clipboard()
        if not argv:
            return False
        encoding = "utf-16-le" if argv[0] == "clip.exe" else "utf-8"
        try:
            process = await asyncio.create_subprocess_exec(*argv, stdin=PIPE, stdout=DEVNULL, stderr=DEVNULL)
        except OSError:
            return False
        _, in_time = await _communicate(process, text.encode(encoding, "replace"), CLIPBOARD_SECONDS)
        return in_time and process.returncode == 0

    # -- other commands

    async def run(self, command: str | Sequence[str], text: str) -> Output:
        """Run a command with a text on its input and return all it printed, errors included."""
        argv = _split(command) if isinstance(command, str) else tuple(command)
        if not argv:
            return Output("", "No command was given.")
        try:
            process = await asyncio.create_subprocess_exec(*argv, stdin=PIPE, stdout=PIPE, stderr=STDOUT)
        except OSError as error:
            return Output("", _cannot_start(argv, error))
        printed, in_time = await _communicate(process, text.encode("utf-8", "replace"), PIPE_SECONDS)
        shown = clean_code(printed[:MAX_OUTPUT].decode("utf-8", "replace"))
        if not in_time:
            return Output(shown, f"{argv[0]} was ended: it took longer than {PIPE_SECONDS:.0f} seconds.")
        if process.returncode:
            last = clean_line(shown.rstrip().rpartition("\n")[2], limit=200)
            return Output(shown, f"{argv[0]} failed ({process.returncode}){f': {last}' if last else '.'}")
        return Output(shown)

    async def page(self, text: str) -> str:
        """Show a text in the pager, which draws in this terminal; returns why not as a sentence, or nothing."""
        return await _in_the_foreground(self.pager(), text)

    async def edit(self, text: str, name: str) -> str:
        """Open a copy of a text under a file name in the editor; returns why not as a sentence, or nothing."""
        return (await self.compose(text, name)).failure

    async def compose(self, text: str, name: str) -> Output:
        """Let a text be changed under a file name in the editor; returns it as it was left, cleaned, or why not."""
        try:
            with TemporaryDirectory(prefix="broadsheet-") as folder:
                path = Path(folder, name)
                path.write_text(text, "utf-8")  # noqa: ASYNC240 - some kilobytes
                failure = await _in_the_foreground((*self.editor(), str(path)))
                with path.open("rb") as file:  # noqa: ASYNC230 - the same
                    left = file.read(MAX_OUTPUT)
        except OSError as error:
            return Output("", f"The text cannot be given to the editor: {error.strerror or error}.")
        return Output(clean(left.decode("utf-8", "replace")), failure)

    async def play(self, url: str) -> str:
        """Start the player on an address, without one the browser; returns why not as a sentence, or nothing."""
        target = web_address(url)
        if not self._player or not target:
            return await self.browse(url)
        return await _in_the_background(fill(self._player, url=target))

    def pager(self) -> tuple[str, ...]:
        """Return the command that shows a text page by page: ``$PAGER``, else less with colours on."""
        return _split(self._environ.get("PAGER", "")) or ("less", "-R")

    def editor(self) -> tuple[str, ...]:
        """Return the command that edits a file: ``$VISUAL``, ``$EDITOR``, else vi, which POSIX has everywhere."""
        for name in ("VISUAL", "EDITOR"):
            if argv := _split(self._environ.get(name, "")):
                return argv
        return ("vi",)


def web_address(url: str) -> str:
    """Return an address fit to be an argument: http, https or mailto, nothing unprintable; empty for any other."""
    try:
        scheme = urlsplit(url.strip()).scheme.lower()
    except ValueError:
        return ""
    if scheme not in ("http", "https", "mailto"):
        return ""
    return quote(url.strip(), safe="!#$%&'()*+,/:;=?@[]~-._")


def fill(argv: Sequence[str], **values: str) -> tuple[str, ...]:
    """Return a command with ``{name}`` in its arguments replaced; what is not mentioned comes last, in order.

    A value is always inside one argument, whatever it contains, and never becomes the program itself.
    """
    used: set[str] = set()

    def replaced(found: re.Match[str]) -> str:
        used.add(found[1])
        return values.get(found[1], found[0])

    filled = [*argv[:1], *(re.sub(r"\{(\w+)\}", replaced, argument) for argument in argv[1:])]
    filled.extend(value for name, value in values.items() if name not in used)
    return tuple(filled)


def placed(argv: Sequence[str], **values: str) -> tuple[str, ...]:
    """Return a command with ``{name}`` in its arguments replaced, and nothing added; unknown names stay as they are.

    A value is always inside one argument, whatever it contains, and never becomes the program itself.
    """

    def replaced(found: re.Match[str]) -> str:
        return values.get(found[1], found[0])

    return (*argv[:1], *(re.sub(r"\{(\w+)\}", replaced, argument) for argument in argv[1:]))


def _split(command: str) -> tuple[str, ...]:
    """Return a command line as a shell would split it, with nothing expanded; empty when its quotes do not match."""
    try:
        return tuple(shlex.split(command))
    except ValueError:
        return ()


def _with_address(argv: Sequence[str], url: str) -> tuple[str, ...]:
    if any("%s" in argument for argument in argv[1:]):
        return (argv[0], *(argument.replace("%s", url) for argument in argv[1:]))
    return (*argv, url)


def _cannot_start(argv: Sequence[str], error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return f"{argv[0]} was not found; is it installed?"
    return f"{argv[0]} could not be started: {error.strerror or error}."


async def _in_the_foreground(argv: Sequence[str], text: str | None = None) -> str:
    """Run a program that draws in this terminal to its end, with a text on its input if one is given."""
    try:
        process = await asyncio.create_subprocess_exec(*argv, stdin=None if text is None else PIPE)
    except OSError as error:
        return _cannot_start(argv, error)
    await process.communicate(None if text is None else text.encode("utf-8", "replace"))
    code = process.returncode
    return f"{argv[0]} failed ({code})." if code else ""


async def _in_the_background(argv: Sequence[str]) -> str:
    """Start a program of its own and watch it for a moment; what runs longer has opened."""
    try:
        child = Popen(argv, stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL, start_new_session=True)  # noqa: ASYNC220, S603 - an argument vector of ours; returns after exec
    except OSError as error:
        return _cannot_start(argv, error)
    loop = asyncio.get_running_loop()
    ended: asyncio.Future[int] = loop.create_future()

    def settle(code: int) -> None:
        if not ended.done():
            ended.set_result(code)

    def watch() -> None:
        code = child.wait()
        with suppress(RuntimeError):  # the loop is closed: the program ended first
            loop.call_soon_threadsafe(settle, code)

    Thread(target=watch, name="browser", daemon=True).start()
    try:
        async with asyncio.timeout(SETTLE_SECONDS):
            code = await ended
    except TimeoutError:
        return ""
    return f"{argv[0]} could not open the link ({code})." if code else ""


async def _communicate(
    process: asyncio.subprocess.Process, data: bytes, seconds: float
) -> tuple[bytes, bool]:
    """Return what a process printed, and whether it ended in time; one that did not is killed."""
    try:
        async with asyncio.timeout(seconds):
            printed, _ = await process.communicate(data)
            return printed or b"", True
    except TimeoutError:
        process.kill()
        await process.wait()
        return b"", False
