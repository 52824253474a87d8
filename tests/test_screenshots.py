"""The pictures in the repository are what the app draws now."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from .screenshots import (
    FOLDER,
    SCENES,
    Scene,
    digest,
    draw,
    make_library,
    normalised,
    recorded_hash,
    with_hash,
)

AGAIN = "python -m tests.screenshots"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The library of the pictures, in a place where it is UTC."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "UTC")
        patch.delenv("NO_COLOR", raising=False)
        time.tzset()
        path = tmp_path_factory.mktemp("pictures") / "library.db"
        make_library(path)
        yield path
    time.tzset()


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
async def test_the_app_draws_what_the_picture_shows(scene: Scene, library: Path) -> None:
    drawn = await draw(scene, library)
    shown = (FOLDER / f"{scene.name}.svg").read_text(encoding="utf-8")
    assert words(drawn) == words(shown), AGAIN
    assert drawn == shown, AGAIN


def words(svg: str) -> list[str]:
    """Return the texts of a picture, which are easier to compare by eye than its markup."""
    return re.findall(r">([^<>\n]+)</text>", svg)


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_every_png_was_made_from_the_svg_beside_it(scene: Scene) -> None:
    svg = FOLDER / f"{scene.name}.svg"
    assert recorded_hash(svg.with_suffix(".png").read_bytes()) == digest(svg), AGAIN


def test_there_is_no_picture_that_no_scene_makes() -> None:
    names = {path.stem for path in FOLDER.iterdir() if path.suffix in (".svg", ".png")}
    assert names == {scene.name for scene in SCENES}


def test_pictures_load_nothing_from_elsewhere() -> None:
    for path in FOLDER.glob("*.svg"):
        text = path.read_text(encoding="utf-8")
        assert "url(http" not in text
        assert "@font-face" not in text


def test_wide_characters_stand_in_their_own_places() -> None:
    run = '<text class="t" x="12.2" y="20" textLength="36.6" clip-path="c">a山b</text>'
    svg = normalised(f"<svg >{run}</svg>")
    assert re.findall(r' x="([\d.]+)"', svg) == ["12.2", "24.4", "48.8"]


def test_a_hash_is_recorded_in_a_png_and_read_again() -> None:
    png = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\x00IEND\xaeB`\x82"
    assert recorded_hash(with_hash(png, "0f" * 32)) == "0f" * 32
    assert recorded_hash(png) == ""
