"""The moving picture of the README, made frame by frame from the real app on the invented library.

python -m tests.animation              writes screenshots/tour.gif; needs rsvg-convert and Pillow
"""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import Final

from PIL import Image

from .screenshots import FOLDER, make_library, normalised, opened, raster, settled, use_utc

SIZE: Final = (100, 30)
COLOURS: Final = 64
THEME: Final = "broadsheet-dark"
TOUR: Final[tuple[tuple[str, float], ...]] = (
    ("", 2.0),
    ("j", 0.9),
    ("j", 1.4),
    ("enter", 1.8),
    ("space", 1.8),
    ("escape", 0.8),
    ("d", 1.2),
    ("w", 1.2),
    ("s", 1.2),
    ("t", 0.8),
    ("t", 0.3),
    ("e", 0.3),
    ("a", 0.9),
    ("enter", 1.5),
    ("u", 1.6),
    ("slash", 0.6),
    *((letter, 0.25) for letter in "pickle"),
    ("enter", 2.2),
    ("escape", 1.0),
)
"""Keys, and for how many seconds each is looked at."""


async def frames(library: Path) -> list[str]:
    """Return the pictures of the tour as SVG."""
    drawn = []
    async with opened(SIZE, THEME, library) as (app, pilot):
        for key, _ in TOUR:
            if key:
                await pilot.press(key)
            drawn.append(normalised(await settled(app, pilot)))
    return drawn


def in_one_palette(drawn: list[Image.Image]) -> list[Image.Image]:
    """Return the frames in colours that they share: then a GIF stores of each only what moved."""
    width, height = drawn[0].size
    everything = Image.new("RGB", (width, height * len(drawn)))
    for place, frame in enumerate(drawn):
        everything.paste(frame, (0, height * place))
    palette = everything.quantize(COLOURS, dither=Image.Dither.NONE)
    return [frame.quantize(palette=palette, dither=Image.Dither.NONE) for frame in drawn]


def main() -> None:
    """Write the moving picture."""
    use_utc()
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "library.db"
        make_library(library)
        drawn = [raster(svg) for svg in asyncio.run(frames(library))]
    first, *others = in_one_palette(drawn)
    first.save(
        FOLDER / "tour.gif",
        save_all=True,
        append_images=others,
        duration=[round(seconds * 1000) for _, seconds in TOUR],
        loop=0,
        optimize=True,
        disposal=1,
    )


if __name__ == "__main__":
    main()
