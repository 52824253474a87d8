"""``broadsheet doctor``: whether this machine has what is needed, in lines to paste into a report of a bug."""

from __future__ import annotations

import argparse
import importlib.metadata
import os
import platform
import sys
from collections.abc import Iterator

from ... import __version__, config
from ...errors import BroadsheetError
from ...records import dataclass
from ..context import Context
from ..exits import Exit
from ..output import print_json

EXAMPLES = """
broadsheet doctor
broadsheet doctor --json
"""

_PACKAGES = (
    "textual",
    "httpx",
    "readability-lxml",
    "lxml",
    "feedparser",
    "nh3",
    "regex",
    "w3lib",
    "platformdirs",
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    name: str
    value: str
    ok: bool = True


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("--json", action="store_true", help="print one JSON object a line")


def run(context: Context, arguments: argparse.Namespace) -> int:
    """Look at everything; exit code 1 says that something is missing."""
    findings = list(_findings(context))
    for finding in findings:
        if arguments.json:
            print_json(context.out, {"name": finding.name, "value": finding.value, "ok": finding.ok})
        else:
            print(f"{'✓' if finding.ok else '✗'} {finding.name:<16} {finding.value}", file=context.out)
    return Exit.OK if all(finding.ok for finding in findings) else Exit.FAILED


def _findings(context: Context) -> Iterator[Finding]:
    yield Finding("broadsheet", __version__)
    yield Finding("python", f"{platform.python_version()} ({sys.executable})", sys.version_info >= (3, 11))
    yield Finding("system", platform.platform())
    for name in _PACKAGES:
        yield _package(name)
    yield from _terminal(context)
    yield _settings(context)
    yield from _library(context)


def _package(name: str) -> Finding:
    try:
        return Finding(name, importlib.metadata.version(name))
    except importlib.metadata.PackageNotFoundError:
        return Finding(name, "not installed", ok=False)


def _terminal(context: Context) -> Iterator[Finding]:
    environ = context.environ
    size = "no terminal"
    if sys.stdout.isatty():
        columns, lines = os.get_terminal_size(sys.stdout.fileno())
        size = f"{columns}×{lines}"
    yield Finding(
        "terminal", f"{environ.get('TERM', '?')} {environ.get('COLORTERM', '')} {size}".replace("  ", " ")
    )
    encoding = (sys.stdout.encoding or "?").lower()
    yield Finding("encoding", encoding, "utf" in encoding)


def _settings(context: Context) -> Finding:
    path = context.places.config_file
    try:
        problems = config.read(path).problems
    except BroadsheetError as error:
        return Finding("settings", str(error), ok=False)
    return Finding("settings", f"{path}: {len(problems) or 'no'} problems", not problems)


def _library(context: Context) -> Iterator[Finding]:
    if not context.places.library.exists():
        yield Finding("library", f"{context.places.library}: not there yet")
        return
    from ...store import checks, counts

    try:
        with context.library() as database:
            version = database.read_now(checks.sqlite_version)
            problems = database.read_now(checks.problems)
            sources = database.read_now(counts.sources, context.now())
    except BroadsheetError as error:
        yield Finding("library", str(error), ok=False)
        return
    size = context.places.library.stat().st_size
    yield Finding("sqlite", version)
    held = f"{sources.total:,} articles of {len(sources.feeds):,} sources, {size / 1e6:,.1f} MB"
    yield Finding("library", f"{context.places.library}: {held}")
    yield Finding("integrity", " ".join(problems) or "sound", not problems)
