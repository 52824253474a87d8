"""A person's rules for single sites: one TOML file each, ``sites/example.org.toml`` beside the settings.

A rule serves its host and all below it; of several the longest name is taken. Files are read when a page of their site is
first cleaned, and what they say is found out by the worker: one that cannot be used is told with the page, and all of
them by ``config check``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from ..errors import BroadsheetError
from ..records import dataclass, field

ENDING: Final = ".toml"
_HOST: Final = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*", re.IGNORECASE)


@dataclass(slots=True)
class SiteRules:
    """The rules in a folder, which need not exist."""

    folder: Path
    _names: frozenset[str] | None = None
    """The hosts that have a file; ``None`` before the folder was looked at."""
    _texts: dict[str, str] = field(default_factory=dict)

    def of(self, url: str) -> str:
        """Return the rule for the site of an address, as TOML; empty where there is none."""
        host = self.host_of(url)
        return self._text(host) if host else ""

    def host_of(self, url: str) -> str:
        """Return the host under whose name the rule for an address is filed; empty where there is none."""
        if self._names is None:
            self._names = frozenset(path.name.removesuffix(ENDING).lower() for path in self._files())
        return next((host for host in hosts(url) if host in self._names), "")

    def text_of(self, host: str) -> str:
        """Return what the file of a host says; empty when it has none."""
        return self._text(host) if host else ""

    def _text(self, host: str) -> str:
        if host not in self._texts:
            try:
                self._texts[host] = self.path_of(host).read_text(encoding="utf-8-sig", errors="replace")
            except OSError:
                self._texts[host] = ""
        return self._texts[host]

    def path_of(self, host: str) -> Path:
        """Return the file of a host's rule; raise BroadsheetError for what is no host."""
        if not _HOST.fullmatch(host):
            raise BroadsheetError(f"{host} is no host.")
        return self.folder / (host.lower() + ENDING)

    def save(self, host: str, toml: str) -> Path:
        """Write the rule of a host, whole or not at all; an empty one is taken away. Return the path."""
        path = self.path_of(host)
        try:
            if toml:
                self.folder.mkdir(parents=True, exist_ok=True)
                fresh = path.with_name(path.name + ".new")
                fresh.write_text(toml, encoding="utf-8")
                fresh.replace(path)
            else:
                path.unlink(missing_ok=True)
        except OSError as error:
            raise BroadsheetError(f"{path} cannot be written: {error.strerror}.") from error
        self.forget()
        return path

    def forget(self) -> None:
        """Read the files again when they are next needed."""
        self._names = None
        self._texts.clear()

    def problems(self) -> Iterator[str]:
        """Yield a sentence for each thing in the files that cannot be used, with file and line."""
        from ..cleaning.siterules import read_rule

        for path in self._files():
            try:
                text = path.read_text(encoding="utf-8-sig")
            except (OSError, UnicodeDecodeError) as error:
                why = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
                yield f"{path} cannot be read: {why}."
                continue
            for problem in read_rule(text)[1]:
                yield f"{path}, line {problem.line}: {problem.sentence}"

    def _files(self) -> list[Path]:
        try:
            return sorted(path for path in self.folder.iterdir() if path.name.endswith(ENDING))
        except OSError:
            return []


def hosts(url: str) -> Iterator[str]:
    """Yield the host of an address and those it lies below, the longest first; none without a dot but its own."""
    try:
        host = (urlsplit(url).hostname or "").lower()
    except ValueError:
        return
    yield host
    while "." in (host := host.partition(".")[2]):
        yield host
