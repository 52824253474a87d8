"""Pictures of articles: fetched when a reader wants them, kept in the cache as long as there is room."""

from __future__ import annotations

from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ..errors import FetchError
from ..pictures import draw, missing
from ..records import dataclass

if TYPE_CHECKING:
    from ..typeset import Picture
    from .live import Live

MOST_BYTES: Final = 100 * 1024 * 1024
"""All pictures in the cache together; those looked at longest ago make room."""


@dataclass(slots=True)
class Pictures:
    """Brings pictures to the open app; a ``PicturePort``."""

    live: Live
    folder: Path
    most_bytes: int = MOST_BYTES

    def missing(self) -> str:
        """Return why no picture can be drawn here, as a sentence; empty when it can."""
        return missing()

    async def picture(self, url: str, columns: int, rows: int, *, at_home: bool = False) -> Picture:
        """Return a picture from the cache or the web; raises BroadsheetError with a sentence."""
        from ..fetch import Failure, Request
        from ..pool import URGENT

        parts = await self.live.engine()
        kept = self.folder / sha256(url.encode("utf-8", "surrogatepass")).hexdigest()
        data = _read(kept)
        fresh = data is None
        if data is None:
            came = await parts.fetcher.fetch(Request(url, "image", private_ok=at_home, urgent=True))
            if isinstance(came, Failure):
                raise FetchError(came.sentence)
            data = came.body
        drawn = await parts.pool.run(draw, data, columns, rows, urgency=URGENT)
        if fresh:
            keep(kept, data, self.most_bytes)
        return drawn


def _read(path: Path) -> bytes | None:
    try:
        data = path.read_bytes()
        path.touch()
    except OSError:
        return None
    return data


def keep(path: Path, data: bytes, most_bytes: int) -> None:
    """Put a picture into its folder, and those looked at longest ago out until what is there is small enough.

    A folder that cannot be written keeps nothing: the picture is fetched again.
    """
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        part.write_bytes(data)
        part.replace(path)
        files = [(file.stat(), file) for file in path.parent.iterdir()]
        files.sort(key=lambda kept: kept[0].st_mtime, reverse=True)
        room = most_bytes
        for about, file in files:
            room -= about.st_size
            if room < 0:
                file.unlink(missing_ok=True)
