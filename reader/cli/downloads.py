"""Files that go with articles, saved in the folder for downloads under names that file systems and people can bear."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from ..errors import BroadsheetError
from ..records import dataclass
from ..text import clean_line

if TYPE_CHECKING:
    from .live import Live

NAME_BYTES: Final = 180
"""File systems take 255; a number and an ending come behind."""
MOST_BYTES: Final = 8 * 10**9
"""The largest file that is saved: twice a long film; what goes on beyond it is a server that never ends."""
_UNFIT: Final = re.compile(r'[/\\:*?"<>|]+')
"""What some file system refuses in a name."""


@dataclass(slots=True)
class Downloads:
    """Saves what the open app asks for; a ``FilePort``."""

    live: Live
    folder: Path
    """May begin with ``~``."""
    most_bytes: int = MOST_BYTES

    async def download(
        self, url: str, name: str, told: Callable[[int, int], None], *, at_home: bool = False
    ) -> str:
        """Save a file under a name of its own and return its path; raises BroadsheetError with a sentence."""
        from ..fetch import Request

        fetcher = (await self.live.engine()).fetcher
        with arriving(self.folder.expanduser(), file_name(name, url)) as (path, write):
            came = 0
            too_large = ""

            def keep(piece: bytes, total: int) -> None:
                nonlocal came, too_large
                if max(total, came + len(piece)) > self.most_bytes:
                    most = f"{self.most_bytes / 10**9:,.0f} GB"
                    too_large = (
                        f"{name} is larger than the {most} that are saved; copy its address to fetch it."
                    )
                    raise BroadsheetError(too_large)
                write(piece)
                came += len(piece)
                told(came, total)

            failure = await fetcher.download(Request(url, "image", private_ok=at_home, urgent=True), keep)
            if failure is not None:
                raise BroadsheetError(too_large or failure.sentence)
        return str(path)


@contextmanager
def arriving(folder: Path, name: str) -> Iterator[tuple[Path, Callable[[bytes], object]]]:
    """Give the path of a file to be and what writes to it; it is there, whole, when the block ends well, else not at all.

    What the disk refuses is raised as BroadsheetError at the end of the block, whatever the block made of it.
    """
    refused: list[OSError] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = free_path(folder, name)
        part = path.with_name(f"{path.name}.part")
        with part.open("wb") as file:

            def write(piece: bytes) -> None:
                try:
                    file.write(piece)
                except OSError as error:
                    refused.append(error)
                    raise

            try:
                yield path, write
            except BaseException:
                part.unlink(missing_ok=True)
                raise
        part.replace(path)
    except OSError as error:
        refused.append(error)
        raise _refusal(folder, error) from error
    except BroadsheetError as error:
        if refused:
            raise _refusal(folder, refused[0]) from error
        raise


def _refusal(folder: Path, error: OSError) -> BroadsheetError:
    return BroadsheetError(f"The file cannot be saved in {folder}: {error.strerror or error}.")


def file_name(name: str, url: str) -> str:
    """Return a name for a file: as it is called, with the ending of its address where it has none of its own."""
    plain = _UNFIT.sub("-", clean_line(name)).strip(" .-") or "file"
    ending = _UNFIT.sub("", clean_line(PurePosixPath(unquote(urlsplit(url).path)).suffix))
    own = PurePosixPath(plain).suffix
    if own and own.lower() == ending.lower():
        plain = plain[: -len(own)]
    elif not re.fullmatch(r"\.\w{2,5}", ending):
        ending = ""
    while len(plain.encode()) > NAME_BYTES:
        plain = plain[:-1]
    return f"{plain}{ending}"


def free_path(folder: Path, name: str) -> Path:
    """Return a path in a folder that no file has: the name itself, or with a number behind it."""
    stem, ending = PurePosixPath(name).stem, PurePosixPath(name).suffix
    names = (name if number == 1 else f"{stem} {number}{ending}" for number in count(1))
    return next(path for name in names if not (path := folder / name).exists())
