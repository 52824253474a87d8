from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from reader.errors import StoreBusy, StoreError, Superseded
from reader.store import database as database_module
from reader.store import feeds, lock, upkeep
from reader.store import library as library_module
from reader.store.database import Database
from reader.store.retention import Limits

from .builders import NOW, add_entries, add_feed


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """An open library on the disk."""
    opened = Database.open(tmp_path / "library.db")
    yield opened
    await opened.aclose()


def titles(db: sqlite3.Connection) -> list[str]:
    return [feed.title for feed in feeds.all_feeds(db)]


def thread_name(_db: sqlite3.Connection) -> str:
    return threading.current_thread().name


def endless(db: sqlite3.Connection) -> None:
    """Search for ever, as far as SQLite is concerned."""
    db.execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    ).fetchone()


async def test_what_is_written_can_be_read_by_the_others(database: Database) -> None:
    await database.write(add_feed, "news")
    assert await database.read(titles) == ["News"]
    assert await database.search(titles) == ["News"]
    assert database.read_now(titles) == ["News"]


async def test_each_connection_has_its_own_thread(database: Database) -> None:
    names = {await way(thread_name) for way in (database.write, database.read, database.search)}
    assert names == {"broadsheet-write", "broadsheet-read", "broadsheet-search"}


async def test_the_connections_are_set_up_to_lose_nothing(database: Database) -> None:
    def pragmas(db: sqlite3.Connection) -> dict[str, object]:
        names = (
            "journal_mode",
            "synchronous",
            "foreign_keys",
            "trusted_schema",
            "query_only",
            "wal_autocheckpoint",
        )
        return {name: db.execute(f"PRAGMA {name}").fetchone()[0] for name in names}

    writing = await database.write(pragmas)
    assert writing["journal_mode"] == "wal"
    assert writing["synchronous"] == 2  # FULL
    assert writing["foreign_keys"] == 1
    for way in (database.read, database.search):
        reading = await way(pragmas)
        assert (reading["query_only"], reading["wal_autocheckpoint"], reading["trusted_schema"]) == (1, 0, 0)


async def test_reading_cannot_write(database: Database) -> None:
    with pytest.raises(StoreError, match="cannot be written"):
        await database.read(add_feed, "news")


async def test_a_bug_in_a_write_changes_nothing_and_stays_a_bug(database: Database) -> None:
    def clumsy(db: sqlite3.Connection) -> None:
        add_feed(db, "news")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await database.write(clumsy)
    assert await database.read(titles) == []
    await database.write(add_feed, "other")
    assert await database.read(titles) == ["Other"]


async def test_a_mistake_in_sql_is_no_condition_of_the_disk(database: Database) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        await database.read(lambda db: db.execute("SELECT * FROM no_table"))


async def test_a_write_goes_through_although_its_caller_was_cancelled(database: Database) -> None:
    gate = threading.Event()
    blocked = asyncio.ensure_future(database.write(lambda _db: gate.wait(10)))
    waiting = asyncio.ensure_future(database.write(add_feed, "news"))
    await asyncio.sleep(0)
    for task in (blocked, waiting):
        task.cancel()
    gate.set()
    await asyncio.gather(blocked, waiting, return_exceptions=True)
    assert waiting.cancelled()
    await database.write(lambda _db: None)
    assert await database.read(titles) == ["News"]


async def test_writes_happen_in_the_order_they_were_asked_for(database: Database) -> None:
    seen: list[int] = []
    await asyncio.gather(*(database.write(lambda _db, n: seen.append(n), number) for number in range(50)))
    assert seen == list(range(50))


async def test_reading_goes_on_while_something_is_written(database: Database) -> None:
    gate = threading.Event()

    def slowly(db: sqlite3.Connection) -> None:
        add_feed(db, "news")
        gate.wait(10)

    writing = asyncio.ensure_future(database.write(slowly))
    assert await database.read(titles) == []
    gate.set()
    await writing
    assert await database.read(titles) == ["News"]


async def test_a_newer_search_takes_the_place_of_the_running_one(database: Database) -> None:
    older = asyncio.ensure_future(database.search(endless))
    await asyncio.sleep(0)
    assert await database.search(titles) == []
    with pytest.raises(Superseded):
        await older


async def test_searches_that_wait_are_dropped_without_running(database: Database) -> None:
    running = asyncio.ensure_future(database.search(endless))
    waiting = [asyncio.ensure_future(database.search(endless)) for _ in range(20)]
    await asyncio.sleep(0)
    assert await database.search(titles) == []
    for task in (running, *waiting):
        with pytest.raises(Superseded):
            await task


async def test_a_search_without_end_is_stopped_and_said_so(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "SEARCH_SECONDS", 0.05)
    with pytest.raises(StoreError, match="took longer"):
        await database.search(endless)
    assert await database.search(titles) == []


async def test_counting_gives_way_to_a_search_and_stops_none(database: Database) -> None:
    counting = asyncio.ensure_future(database.count(endless))
    await asyncio.sleep(0)
    assert await database.search(titles) == []
    with pytest.raises(Superseded):
        await counting
    assert await database.count(titles) == []


async def test_only_the_writing_of_others_changes_the_data_version(database: Database) -> None:
    before = await database.data_version()
    await database.write(add_feed, "news")
    assert await database.data_version() == before
    other = Database.open(database.path)
    other.write_now(add_feed, "other")
    other.close()
    assert await database.data_version() != before


async def test_two_that_write_take_turns(database: Database) -> None:
    other = Database.open(database.path)
    await asyncio.gather(
        *(way.write(add_feed, f"feed{number}") for number in range(20) for way in (database, other))
    )
    assert len(await database.read(titles)) == 20
    await other.aclose()


async def test_whoever_keeps_the_lock_too_long_is_named(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library_module, "PATIENCE_SECONDS", 0.05)
    script = (
        "import sys; from pathlib import Path; from reader.store.lock import FileLock\n"
        "with FileLock(Path(sys.argv[1])).held(1): print('held', flush=True); sys.stdin.read()"
    )
    holder = subprocess.Popen(  # noqa: ASYNC220 - it starts at once and is ended below
        [sys.executable, "-c", script, str(database.path) + ".lock"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(StoreBusy, match=f"process {holder.pid}"):
            await database.write(add_feed, "news")
        assert await database.read(titles) == []
    await database.write(add_feed, "news")
    assert await database.read(titles) == ["News"]


async def test_another_program_that_keeps_the_file_locked_is_waited_for_and_then_told(
    database: Database,
) -> None:
    intruder = sqlite3.connect(database.path, isolation_level=None)
    intruder.execute("BEGIN IMMEDIATE")
    database._write_db.execute("PRAGMA busy_timeout = 20")  # type: ignore[union-attr]
    with pytest.raises(StoreBusy, match=r"keeps .* locked"):
        await database.write(add_feed, "news")
    intruder.execute("ROLLBACK")
    intruder.close()
    await database.write(add_feed, "news")
    assert await database.read(titles) == ["News"]


async def test_a_file_that_was_replaced_while_open_is_not_written_into(
    database: Database, tmp_path: Path
) -> None:
    await database.write(add_feed, "news")
    database.path.rename(tmp_path / "elsewhere.db")
    with pytest.raises(StoreError, match="moved or replaced"):
        await database.write(add_feed, "lost")
    (tmp_path / "elsewhere.db").rename(database.path)
    await database.write(add_feed, "kept")
    assert await database.read(titles) == ["Kept", "News"]


async def test_a_closed_library_says_so(tmp_path: Path) -> None:
    database = Database.open(tmp_path / "library.db")
    await database.aclose()
    with pytest.raises(StoreError, match="closed"):
        await database.read(titles)
    with pytest.raises(StoreError, match="closed"):
        database.write_now(add_feed, "news")
    await database.aclose()


async def test_closing_finishes_what_was_asked_for_and_leaves_one_file(tmp_path: Path) -> None:
    database = Database.open(tmp_path / "library.db")
    writing = asyncio.ensure_future(database.write(add_feed, "news"))
    searching = asyncio.ensure_future(database.search(endless))
    await asyncio.sleep(0)
    await database.aclose()
    await writing
    with pytest.raises(Superseded):
        await searching
    assert not (tmp_path / "library.db-wal").exists()
    again = Database.open(tmp_path / "library.db")
    assert again.read_now(titles) == ["News"]
    again.close()


def test_the_lock_can_be_taken_again_after_its_holder_was_killed(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    script = (
        "import os, signal, sys; from pathlib import Path; from reader.store.lock import FileLock\n"
        "with FileLock(Path(sys.argv[1])).held(1): os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run([sys.executable, "-c", script, str(path)], cwd=Path(__file__).parents[2], check=False)
    taken = lock.FileLock(path)
    with taken.held(0):
        pass
    taken.close()


async def test_the_daily_backup_is_made_once_a_day(database: Database) -> None:
    made = await database.back_up(NOW)
    assert made is not None
    assert made.name == "state-2026-11-24.db"
    assert await database.back_up(NOW) is None


async def test_upkeep_is_done_once_a_day(database: Database) -> None:
    await database.write(lambda db: add_entries(db, add_feed(db), 3))
    limits = Limits(articles=1, unread=True)
    assert await upkeep.once_a_day(database, NOW, limits)
    assert len(await database.read(lambda db: db.execute("SELECT 1 FROM state WHERE listed").fetchall())) == 1
    assert not await upkeep.once_a_day(database, NOW, limits)
    assert await upkeep.once_a_day(database, NOW + timedelta(days=1), limits)


def test_leaving_does_not_wait_for_the_readers_of_another_process(tmp_path: Path) -> None:
    database = Database.open(tmp_path / "library.db")
    database.write_now(add_feed, "news")
    reader = sqlite3.connect(database.path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM feed").fetchone()
    database.write_now(add_feed, "other")
    before = time.monotonic()
    database.close()
    assert time.monotonic() - before < 5  # SQLite's own patience is ten seconds
    reader.close()
    again = Database.open(tmp_path / "library.db")
    assert again.read_now(titles) == ["News", "Other"]
    again.close()
