"""Files that go with articles: saved whole or not at all, under a name of their own, with their progress told."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from reader.cli.context import Context
from reader.cli.downloads import Downloads, arriving, file_name, free_path
from reader.cli.live import Live
from reader.errors import BroadsheetError
from reader.fetch import Fetcher, Request
from reader.paths import places
from reader.store.database import Database
from tests.servers import Script, Site, answer, endless, head, redirect, reset


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running:
        yield running


def ignored(_done: object, _total: int) -> None:
    """Take what is told, and do nothing with it."""


@pytest.fixture
async def downloads(tmp_path: Path) -> AsyncIterator[Downloads]:
    context = Context(places(None, {"BROADSHEET_HOME": str(tmp_path / "home")}), {})
    database = Database.open(tmp_path / "library.db")
    try:
        async with Live(context, database) as live:
            yield Downloads(live, tmp_path / "saved")
    finally:
        database.close()


async def test_a_file_arrives_whole_and_its_progress_is_told(site: Site) -> None:
    site.put("/old", redirect("/a.mp3"))
    site.put("/a.mp3", answer(b"tea" * 100_000))
    came = bytearray()
    sizes: set[int] = set()

    def keep(piece: bytes, total: int) -> None:
        came.extend(piece)
        sizes.add(total)

    async with Fetcher() as fetcher:
        request = Request(site.url("/old"), "image", private_ok=True, urgent=True)
        failure = await fetcher.download(request, keep)
    assert failure is None
    assert (bytes(came), sizes) == (b"tea" * 100_000, {300_000})


async def test_what_is_not_there_is_a_sentence_and_leaves_no_file(site: Site, downloads: Downloads) -> None:
    with pytest.raises(BroadsheetError, match="private"):
        await downloads.download(site.url("/a.mp3"), "A tale", ignored)
    assert list(downloads.folder.iterdir()) == []


async def test_a_download_that_breaks_off_is_a_failure(site: Site) -> None:
    site.put("/a.mp3", reset(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf"))
    async with Fetcher() as fetcher:
        request = Request(site.url("/a.mp3"), "image", private_ok=True, retry=False, urgent=True)
        assert await fetcher.download(request, ignored) is not None
        missing = Request(site.url("/none"), "image", private_ok=True, urgent=True)
        failure = await fetcher.download(missing, ignored)
    assert failure is not None
    assert failure.status == 404


async def test_a_file_of_a_source_at_home_is_saved_and_told(site: Site, downloads: Downloads) -> None:
    site.put("/a.mp3", answer(b"tea"))
    told: list[tuple[int, int]] = []
    path = await downloads.download(
        site.url("/a.mp3"), "A tale", lambda done, total: told.append((done, total)), at_home=True
    )
    assert told == [(3, 3)]
    assert [(one.name, one.read_bytes()) for one in downloads.folder.iterdir()] == [("A tale.mp3", b"tea")]
    assert path == str(downloads.folder / "A tale.mp3")


@pytest.mark.parametrize("script", [answer(b"tea" * 100_000), endless(head(None), b"tea" * 10_000)])
async def test_a_file_that_is_too_large_or_never_ends_is_not_saved(
    site: Site, downloads: Downloads, script: Script
) -> None:
    site.put("/a.mp3", script)
    downloads.most_bytes = 100_000
    with pytest.raises(BroadsheetError, match="A tale is larger than"):
        await downloads.download(site.url("/a.mp3"), "A tale", ignored, at_home=True)
    assert list(downloads.folder.iterdir()) == []


def test_a_file_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    with arriving(tmp_path, "a.mp3") as (path, write):
        write(b"one")
        assert not path.exists()
    assert path.read_bytes() == b"one"
    with suppress(BroadsheetError), arriving(tmp_path, "a.mp3") as (_, write):
        write(b"half")
        raise BroadsheetError("No.")
    assert [one.name for one in tmp_path.iterdir()] == ["a.mp3"]


def test_a_folder_that_cannot_be_made_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BroadsheetError, match="cannot be saved in"), arriving(tmp_path / "file", "a.mp3"):
        raise AssertionError("there is no such folder")


def test_a_name_that_is_taken_gets_a_number(tmp_path: Path) -> None:
    for expected in ("a tale.mp3", "a tale 2.mp3", "a tale 3.mp3"):
        path = free_path(tmp_path, "a tale.mp3")
        path.touch()
        assert path.name == expected


@pytest.mark.parametrize(
    ("name", "url", "expected"),
    [
        ("Of tea", "https://a.example/x/1.mp3?id=2", "Of tea.mp3"),
        ("1.mp3", "https://a.example/x/1.mp3", "1.mp3"),
        ("Part 1. The sea", "https://a.example/1.m4a", "Part 1. The sea.m4a"),
        ("../../etc/passwd", "https://a.example/", "etc-passwd"),
        (".profile", "https://a.example/x", "profile"),
        ("…/…", "https://a.example/x.tar.gz", "…-….gz"),
        ("", "https://a.example/", "file"),
        ("a\x1b[2Jb", "https://a.example/%2e%2e%2f", "a[2Jb"),
    ],
)
def test_a_name_is_one_that_file_systems_and_people_can_bear(name: str, url: str, expected: str) -> None:
    assert file_name(name, url) == expected


def test_a_name_of_a_thousand_letters_is_cut() -> None:
    assert len(file_name("ß" * 1000, "https://a.example/x.mp3").encode()) < 200
