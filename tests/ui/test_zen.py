"""The article alone: set for the whole width, at every size."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.config import Config

from .driving import reading
from .library import make_library, numbered


@pytest.mark.parametrize("columns", [80, 100, 110, 120, 200])
async def test_zen_sets_the_article_for_the_width_it_gets(columns: int, tmp_path: Path) -> None:
    database = make_library(tmp_path, numbered("Tide", 3))
    async with reading(database, size=(columns, 30), config=Config(measure=240)) as driver:
        await driver.press("enter", "z")
        article = driver.app.main.article
        await driver.until(
            lambda: article.typeset is not None and article.typeset.width > columns - 8, "it is set anew"
        )
        await driver.press("z")
        await driver.until(
            lambda: article.typeset is not None and article.typeset.width <= article.size.width, "and again"
        )
