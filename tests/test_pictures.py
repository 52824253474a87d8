"""Pictures of strangers become a few pixels, or a sentence."""

from __future__ import annotations

import zlib
from io import BytesIO
from struct import pack

import pytest

from reader import pictures
from reader.errors import BroadsheetError, ParseError
from reader.pictures import MOST_PIXELS, draw

images = pytest.importorskip("PIL.Image", reason="pictures need the extra images")


def encoded(image: object, form: str, **options: object) -> bytes:
    data = BytesIO()
    image.save(data, form, **options)  # type: ignore[attr-defined]  # Pillow is an optional extra
    return data.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))


def png_that_claims(width: int, height: int) -> bytes:
    """Return a PNG of a few bytes that says it is so large."""
    header = chunk(b"IHDR", pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "BMP"])
def test_a_picture_is_scaled_to_the_cells_there_are_and_keeps_its_shape(form: str) -> None:
    drawn = draw(encoded(images.new("RGB", (400, 100), (200, 40, 40)), form), 80, 24)

    assert (drawn.width, drawn.height) == (80, 20)
    assert len(drawn.pixels) == 3 * 80 * 20
    assert all(abs(one - other) < 8 for one, other in zip(drawn.pixels[:3], (200, 40, 40), strict=True))


def test_a_tall_picture_is_as_high_as_the_rows_and_a_small_one_is_not_enlarged() -> None:
    tall = draw(encoded(images.new("RGB", (100, 400)), "PNG"), 80, 24)
    small = draw(encoded(images.new("RGB", (20, 20)), "PNG"), 80, 24)

    assert (tall.width, tall.height) == (12, 48)
    assert (small.width, small.height) == (20, 20)


def test_what_is_transparent_is_white() -> None:
    assert draw(encoded(images.new("RGBA", (20, 20), (0, 0, 0, 0)), "PNG"), 20, 20).pixels[:3] == b"\xff" * 3


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "CMYK", "I;16", "F"])
def test_every_kind_of_pixel_becomes_three_bytes(mode: str) -> None:
    data = encoded(images.new(mode, (20, 20)), "TIFF" if mode in ("CMYK", "F") else "PNG")
    if mode in ("CMYK", "F"):
        with pytest.raises(ParseError, match="no picture that can be drawn"):
            draw(data, 20, 20)
    else:
        assert len(draw(data, 20, 20).pixels) == 3 * 20 * 20


def test_a_photograph_taken_sideways_is_turned_upright() -> None:
    image = images.new("RGB", (40, 20))
    exif = image.getexif()
    exif[0x0112] = 6
    drawn = draw(encoded(image, "JPEG", exif=exif), 80, 40)

    assert (drawn.width, drawn.height) == (20, 40)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "no picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no picture"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 99 99\n", "no picture"),
        (b"\x89PNG\r\n\x1a\n", "no picture"),
        (png_that_claims(200, 200), "no picture"),
        (png_that_claims(60_000, 60_000), "too large to be drawn"),
        (png_that_claims(5_000, MOST_PIXELS // 5_000 + 1), "too large to be drawn: 5,000×4,801"),
        (png_that_claims(1, 1), "too small to be drawn: 1×1"),
        (png_that_claims(2**31 - 1, 2**31 - 1), "too large|no picture"),
    ],
)
def test_what_cannot_be_drawn_is_a_sentence(data: bytes, why: str) -> None:
    with pytest.raises(ParseError, match=why):
        draw(data, 80, 24)


def test_half_a_picture_is_none() -> None:
    data = encoded(images.effect_noise((200, 200), 80), "JPEG")
    with pytest.raises(ParseError, match="no picture"):
        draw(data[: len(data) // 2], 80, 24)


def test_without_pillow_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "find_spec", lambda _: None)

    with pytest.raises(BroadsheetError, match=r"install broadsheet\[images\]"):
        draw(b"", 80, 24)
