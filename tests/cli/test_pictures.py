"""Pictures on their way to the open app: from the web once, then from the cache, which stays small."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from reader.cli.context import Context
from reader.cli.live import Live
from reader.cli.pictures import Pictures, keep
from reader.demo.pictures import png
from reader.errors import BroadsheetError
from reader.paths import places
from reader.store.database import Database
from tests.servers import Site, answer, endless, head

pytest.importorskip("PIL", reason="pictures need the extra images")


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running:
        yield running


@pytest.fixture
async def pictures(tmp_path: Path) -> AsyncIterator[Pictures]:
    context = Context(places(None, {"BROADSHEET_HOME": str(tmp_path / "home")}), {})
    database = Database.open(tmp_path / "library.db")
    try:
        async with Live(context, database) as live:
            yield Pictures(live, tmp_path / "cache" / "pictures")
    finally:
        database.close()


async def test_a_picture_is_fetched_once_and_then_comes_from_the_cache(
    site: Site, pictures: Pictures
) -> None:
    site.put("/lamp.png", answer(png("lamp")))
    url = site.url("/lamp.png")

    first = await pictures.picture(url, 40, 24, at_home=True)
    again = await pictures.picture(url, 20, 24, at_home=True)

    assert (first.width, again.width) == (40, 20)
    assert len(first.pixels) == 3 * first.width * first.height
    assert len(site.asked("/lamp.png")) == 1
    assert [file.read_bytes() for file in pictures.folder.iterdir()] == [png("lamp")]


async def test_what_is_no_picture_is_a_sentence_and_not_kept(site: Site, pictures: Pictures) -> None:
    site.put("/page.png", answer("<p>A page</p>"))
    site.put("/endless.png", endless(head(None), b"lamp" * 10_000))

    with pytest.raises(BroadsheetError, match="no picture"):
        await pictures.picture(site.url("/page.png"), 40, 24, at_home=True)
    with pytest.raises(BroadsheetError, match="too much for a picture"):
        await pictures.picture(site.url("/endless.png"), 40, 24, at_home=True)
    with pytest.raises(BroadsheetError, match="private"):
        await pictures.picture(site.url("/page.png"), 40, 24)
    assert not pictures.folder.exists()


async def test_a_cache_that_cannot_be_written_only_costs_fetching_again(
    site: Site, pictures: Pictures
) -> None:
    site.put("/lamp.png", answer(png("lamp")))
    pictures.folder.parent.mkdir()
    pictures.folder.write_text("in the way")

    assert (await pictures.picture(site.url("/lamp.png"), 40, 24, at_home=True)).width == 40


def test_what_was_looked_at_longest_ago_makes_room(tmp_path: Path) -> None:
    for age, name in enumerate(("newest", "middle", "oldest"), 1):
        keep(tmp_path / name, b"x" * 40, 1_000)
        os.utime(tmp_path / name, (1_000_000 - age, 1_000_000 - age))

    keep(tmp_path / "new", b"x" * 40, 130)

    assert {file.name for file in tmp_path.iterdir()} == {"new", "newest", "middle"}
