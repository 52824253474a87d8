"""The pictures of the README, made from the real app on the invented library.

    python -m tests.screenshots            writes screenshots/*.svg, and *.png where rsvg-convert and Pillow are installed
    python -m tests.screenshots wide help  only these

Clock, size, time zone and library are fixed, so the same code draws the same picture, and a test compares them: they are the
visual tests. A PNG records the hash of the SVG it was made from, so that the two cannot part.
"""

from __future__ import annotations

import asyncio
import hashlib
import html
import importlib.util
import io
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from textual.pilot import Pilot
from textual.widgets import Input

from reader.config import Config
from reader.demo.library import fill
from reader.demo.site import BASE, Site
from reader.opening import Output
from reader.store.database import Database
from reader.typeset.cells import cell_width
from reader.ui.app import BroadsheetApp
from tests.ui.driving import Driver, Elsewhere

if TYPE_CHECKING:
    from PIL import Image

FOLDER: Final = Path(__file__).parents[1] / "screenshots"
NOW: Final = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
_HASH_NAME: Final = "svg-sha256"
_COLOURS: Final = 160
"""Colours of a PNG: a fifth of the size, and no eye has told them apart."""
_STABLE_LOOKS: Final = 3
"""Looks in a row that show the same picture before it counts as drawn."""
_LOOKS: Final = 200


@dataclass(frozen=True)
class Scene:
    """What a picture shows: a size, and the keys that lead there."""

    name: str
    size: tuple[int, int]
    keys: tuple[str, ...] = ()
    theme: str = "broadsheet-dark"


SCENES: Final = (
    Scene("wide", (120, 36)),
    Scene("normal", (100, 30), ("j", "j")),
    Scene("narrow", (70, 24)),
    Scene("narrow-article", (70, 24), ("j", "j", "enter")),
    Scene("light", (120, 36), ("j", "j", "j", "j"), "broadsheet-light"),
    Scene("zen", (100, 36), ("j", "j", "enter", "z")),
    Scene("code", (120, 36), ("j", "j", "j", "j", "j", "enter")),
    Scene("search", (120, 36), ("slash", *"harbour", "enter")),
    Scene("tags", (120, 36), ("j", "j", "t", *"k")),
    Scene("triage", (100, 30), ("T",)),
    Scene("help", (120, 36), ("question_mark",)),
    Scene("palette", (120, 36), ("ctrl+p", *"late")),
    Scene("selection", (120, 36), ("v", "j", "j", "v", "j", "v")),
)


class Nobody:
    """Opens nothing."""

    async def browse(self, url: str) -> str:
        return ""

    def takes_the_terminal(self, url: str) -> bool:
        return False

    async def copy(self, text: str) -> bool:
        return True

    async def run(self, command: str | Sequence[str], text: str) -> Output:
        return Output("")

    async def page(self, text: str) -> str:
        return ""

    async def edit(self, text: str, name: str) -> str:
        return ""

    async def compose(self, text: str, name: str) -> Output:
        return Output(text)

    async def play(self, url: str) -> str:
        return ""


def make_library(path: Path) -> None:
    """Fill a library with the invented site, with some of it decided on."""
    from reader.query import parse
    from reader.store import changes, drain
    from reader.store.compile import compile_query
    from reader.store.views import save_view
    from reader.triage import Actor, Field

    database = Database.open(path)
    try:
        fill(database, Site(BASE, NOW))
        for query, field, value, tag in (
            ("feed:lantern title:octopus", Field.STARRED, "1", ""),
            ("title:margins OR title:ice", Field.LATER, "1", ""),
            ("title:linsen* OR title:brot OR title:bread", Field.TAG, "1", "kitchen"),
            ("feed:ferrule", Field.TAG, "1", "tech/tools"),
            ("title:puddle OR title:puddles", Field.TAG, "1", "puddles"),
            ("before:10d", Field.READ, "1", ""),
        ):
            database.write_now(
                changes.apply_query,
                compile_query(parse(query), now=NOW),
                field,
                value,
                tag=tag,
                label="Prepared",
                actor=Actor.COMMAND_LINE,
                session="screenshots",
                now=NOW,
            )
        database.write_now(save_view, "Long reads", "is:unread words:>250")
        database.write_now(save_view, "Harbour", "topic:harbour")
        while database.write_now(drain.drain_index, 500):
            pass
    finally:
        database.close()


@asynccontextmanager
async def opened(
    size: tuple[int, int], theme: str, library: Path
) -> AsyncIterator[tuple[BroadsheetApp, Pilot[int]]]:
    """Run the app on a copy of the library while the block runs."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "library.db"
        shutil.copy(library, copy)
        database = Database.open(copy)
        app = BroadsheetApp(
            database,
            Config(theme=theme),
            refresher=None,
            subscriber=None,
            opener=Nobody(),
            clock=lambda: NOW,
            session="screenshots",
        )
        try:
            async with app.run_test(size=size) as pilot:
                await settled(app, pilot)
                yield app, pilot
        finally:
            await database.aclose()


async def draw(scene: Scene, library: Path) -> str:
    """Return the picture of a scene as SVG; the library is not changed."""
    async with opened(scene.size, scene.theme, library) as (app, pilot):
        for key in scene.keys:
            await pilot.press(key)
            await pilot.pause()
        return normalised(await settled(app, pilot))


async def settled(app: BroadsheetApp, pilot: Pilot[int]) -> str:
    """Return the picture once all that was begun is done and it no longer changes."""
    await Driver(app, pilot, Elsewhere()).rest()
    last, same = "", 0
    for _ in range(_LOOKS):
        await pilot.pause(0.02)
        for field in app.screen.query(Input):
            field.cursor_blink = False
        picture = app.export_screenshot(title="Broadsheet")
        same = same + 1 if picture == last else 0
        if same == _STABLE_LOOKS:
            return picture
        last = picture
    raise TimeoutError("The picture does not come to rest.")


def normalised(svg: str) -> str:
    """Return a picture without what differs between machines and what a repository should not load.

    The ids of Textual's export are numbered by the run; the fonts it names lie on a server of somebody else's.
    ``xml:space`` keeps rsvg-convert from dropping spaces at the ends of runs.
    """
    svg = re.sub(r"@font-face\s*\{[^}]*\}\s*", "", svg)
    svg = re.sub(r"terminal-\d+", "terminal", svg)
    svg = _RUN.sub(_placed, svg)
    svg = svg.replace("<svg ", '<svg xml:space="preserve" ', 1)
    return "\n".join(line.rstrip() for line in svg.splitlines()) + "\n"


_RUN: Final = re.compile(
    r'<text class="([^"]*)" x="([^"]*)" y="([^"]*)" textLength="[^"]*" ([^>]*)>([^<]*)</text>'
)
_CELL: Final = 12.2
"""Units of the picture to a cell of the terminal, as Textual's export has them."""


def _placed(run: re.Match[str]) -> str:
    """Return a run of text with every wide character in its own place.

    The export gives a run the length of its characters and not of its cells (rich 15, ``console.export_svg``), and no
    font has Chinese characters exactly twice as wide as Latin ones: both would move what follows.
    """
    style, x, y, rest, content = run.groups()
    text = html.unescape(content)
    if cell_width(text) == len(text):
        return run[0]
    placed, cells = [], 0
    for piece in re.findall(r"[\u1100-\U0003ffff]|[^\u1100-\U0003ffff]+", text):
        width = cell_width(piece)
        if piece.strip():
            at, length = float(x) + cells * _CELL, width * _CELL
            shown = html.escape(piece, quote=False).replace("\xa0", "&#160;")
            placed.append(
                f'<text class="{style}" x="{at:g}" y="{y}" textLength="{length:g}" {rest}>{shown}</text>'
            )
        cells += width
    return "".join(placed)


# ---------------------------------------------------------------------------------------------------- PNG


def to_png(svg: Path) -> None:
    """Write the PNG beside an SVG, in few colours, with the SVG's hash in it."""
    packed = io.BytesIO()
    in_few_colours(svg.read_text(encoding="utf-8")).save(packed, "PNG", optimize=True)
    svg.with_suffix(".png").write_bytes(with_hash(packed.getvalue(), digest(svg)))


def in_few_colours(svg: str) -> Image.Image:
    """Return an SVG as a picture with a palette."""
    from PIL import Image

    return raster(svg).quantize(_COLOURS, dither=Image.Dither.NONE)


def raster(svg: str) -> Image.Image:
    """Return an SVG drawn by rsvg-convert."""
    from PIL import Image

    drawn = subprocess.run(["rsvg-convert"], input=svg.encode(), check=True, capture_output=True).stdout
    return Image.open(io.BytesIO(drawn)).convert("RGB")


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def with_hash(png: bytes, value: str) -> bytes:
    """Return a PNG with a tEXt chunk that records ``value``, in front of its end (PNG, section 11.3.3)."""
    data = b"tEXt" + _HASH_NAME.encode() + b"\0" + value.encode()
    chunk = struct.pack(">I", len(data) - 4) + data + struct.pack(">I", zlib.crc32(data))
    end = png.rindex(b"IEND") - 4
    return png[:end] + chunk + png[end:]


def recorded_hash(png: bytes) -> str:
    """Return the hash that a PNG records; empty when it has none."""
    found = re.search(rb"tEXt" + _HASH_NAME.encode() + rb"\0([0-9a-f]{64})", png)
    return found[1].decode() if found else ""


# --------------------------------------------------------------------------------------------------- main


async def _main(names: Sequence[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "library.db"
        make_library(library)
        for scene in SCENES:
            if names and scene.name not in names:
                continue
            path = FOLDER / f"{scene.name}.svg"
            path.write_text(await draw(scene, library), encoding="utf-8")
            if shutil.which("rsvg-convert") and importlib.util.find_spec("PIL"):
                to_png(path)
            print(path.name)


def use_utc() -> None:
    """Let the dates of the pictures be told in UTC, whatever the machine's zone is."""
    os.environ["TZ"] = "UTC"
    time.tzset()


if __name__ == "__main__":
    use_utc()
    asyncio.run(_main(sys.argv[1:]))
