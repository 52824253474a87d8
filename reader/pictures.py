"""A stranger's picture in, the few pixels of it that a terminal can draw out; runs in a worker, and needs Pillow.

Pillow comes with the optional extra ``images``. What it is given may be hostile: the size is looked at before a pixel
is decoded, only the formats of the web are, and whatever a decoder raises becomes a sentence.
"""

from __future__ import annotations

from importlib.util import find_spec
from io import BytesIO
from typing import TYPE_CHECKING, Final

from .errors import BroadsheetError, ParseError
from .typeset.picture import Picture

if TYPE_CHECKING:
    from PIL import Image

FORMATS: Final = ("JPEG", "PNG", "GIF", "WEBP", "BMP")
"""Others are for printers and cameras; Pillow hands one of them (EPS) to another program."""
MOST_PIXELS: Final = 24_000_000
"""A picture of that many takes 100 MB while it is decoded, of the 400 that a worker may use."""
LEAST_SIDE: Final = 16
"""A picture less wide or high is a bullet, a line or a pixel that counts readers."""


def missing() -> str:
    """Return why no picture can be drawn here, as a sentence; empty when it can."""
    if find_spec("PIL") is None:
        return "Pictures need the extra images: install broadsheet[images]."
    return ""


def draw(data: bytes, columns: int, rows: int) -> Picture:
    """Return a picture in at most so many columns and rows of cells, two pixels in each cell.

    Raises ParseError for what is no picture, too large or too small.
    """
    if why_not := missing():
        raise BroadsheetError(why_not)
    from PIL import Image

    try:
        with Image.open(BytesIO(data), formats=FORMATS) as image:
            _check(*image.size)
            image.draft("RGB", (2 * columns, 4 * rows))  # a large JPEG is decoded at an eighth of its size
            return _scaled(image, columns, 2 * rows)
    except ParseError:
        raise
    except Image.DecompressionBombError:
        raise ParseError("The picture is too large to be drawn.") from None
    except MemoryError:
        raise ParseError("The picture needs too much memory to be drawn.") from None
    except Exception as error:  # decoders raise whatever comes to their minds
        raise ParseError("This is no picture that can be drawn: JPEG, PNG, GIF, WebP and BMP are.") from error


def _check(width: int, height: int) -> None:
    size = f"{width:,}×{height:,} pixels"
    if width * height > MOST_PIXELS:
        raise ParseError(f"The picture is too large to be drawn: {size}.")
    if min(width, height) < LEAST_SIDE:
        raise ParseError(f"The picture is too small to be drawn: {size}.")


def _scaled(image: Image.Image, width: int, height: int) -> Picture:
    """Return an image turned upright, on white where it is transparent, within a size and never enlarged."""
    from PIL import Image, ImageOps

    transparent = "A" in image.mode or "transparency" in image.info
    upright = ImageOps.exif_transpose(image.convert("RGBA" if transparent else "RGB"))
    share = min(width / upright.width, height / upright.height, 1.0)
    size = max(1, round(upright.width * share)), max(1, round(upright.height * share))
    small = upright.resize(size, Image.Resampling.LANCZOS)
    if transparent:
        ground = Image.new("RGBA", size, "white")
        ground.alpha_composite(small)
        small = ground.convert("RGB")
    return Picture(*size, small.tobytes())
