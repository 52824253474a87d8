"""Help: every key, in a list that fills the frame."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.ui.dialog import LINES
from reader.ui.screens.help import HelpScreen

from .driving import reading
from .library import make_library, numbered


@pytest.mark.parametrize("size", [(120, 36), (200, 50), (80, 24)], ids="{0[0]}x{0[1]}".format)
async def test_the_list_of_keys_fills_its_frame(tmp_path: Path, size: tuple[int, int]) -> None:
    async with reading(make_library(tmp_path, numbered("Tide", 3)), size=size) as driver:
        await driver.press("question_mark")
        await driver.rest()

        screen = driver.app.screen
        assert isinstance(screen, HelpScreen)
        frame = screen.query_one(".dialog").content_region
        hint = screen.query_one(".dialog-hint").region
        assert hint.bottom == frame.bottom
        assert screen.list.size.height > LINES or size[1] < 30
