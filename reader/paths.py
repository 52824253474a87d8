"""Where things live on this machine.

Four directories, each by the platform's own rules (platformdirs, application name ``broadsheet``): the library in the
data directory, the settings in the configuration directory, what can be fetched again in the cache, the log in
the state directory. ``BROADSHEET_HOME`` puts all four under one directory; a profile is a second set of all four.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from .records import dataclass

APP_NAME: Final = "broadsheet"
HOME_VARIABLE: Final = "BROADSHEET_HOME"
"""Environment variable that overrides the platform's directories."""
PROFILE_VARIABLE: Final = "BROADSHEET_PROFILE"
"""Environment variable that names the profile when the command line does not."""

_PROFILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


@dataclass(frozen=True, slots=True)
class Places:
    """The directories of one profile; none of them need exist."""

    data: Path
    config: Path
    cache: Path
    state: Path

    @property
    def library(self) -> Path:
        """The database with everything read."""
        return self.data / "library.db"

    @property
    def config_file(self) -> Path:
        """The person's settings."""
        return self.config / "config.toml"

    @property
    def site_rules(self) -> Path:
        """The person's rules for cleaning the pages of single sites, one file each."""
        return self.config / "sites"

    @property
    def log(self) -> Path:
        """The rotating log."""
        return self.state / "broadsheet.log"

    @property
    def crashes(self) -> Path:
        """The directory of crash reports."""
        return self.state / "crashes"


def is_profile_name(name: str) -> bool:
    """Tell whether ``name`` can name a profile: letters, digits, ``-`` and ``_``, at most 64 characters."""
    return _PROFILE.fullmatch(name) is not None


def places(profile: str | None, environ: Mapping[str, str]) -> Places:
    """Return where the profile's things live.

    Raises ValueError for a name that ``is_profile_name`` refuses: it becomes part of a path.
    """
    if profile is not None and not is_profile_name(profile):
        raise ValueError(f"not a profile name: {profile!r}")
    found = _places_under(home) if (home := environ.get(HOME_VARIABLE, "")) else _platform_places()
    if profile is None:
        return found
    below = Path("profiles") / profile
    return Places(found.data / below, found.config / below, found.cache / below, found.state / below)


def _places_under(home: str) -> Places:
    root = Path(home).expanduser().absolute()
    return Places(root / "data", root / "config", root / "cache", root / "state")


def _platform_places() -> Places:
    from platformdirs import PlatformDirs

    dirs = PlatformDirs(APP_NAME, appauthor=False)
    return Places(dirs.user_data_path, dirs.user_config_path, dirs.user_cache_path, dirs.user_state_path)
