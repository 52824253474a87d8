"""The pool of workers: what hangs, crashes or grows is killed and replaced, and nothing else notices."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio
from textual.app import App, ComposeResult
from textual.widgets import Static

from reader.errors import NotAFeed, WorkerError
from reader.model import ParsedEntry
from reader.pool import Pool


@pytest_asyncio.fixture
async def pool() -> AsyncIterator[Pool]:
    async with Pool(workers=1) as pool:
        yield pool


# ---- jobs, imported by the workers


def double(number: int) -> int:
    return number * 2


def entry(title: str) -> ParsedEntry:
    return ParsedEntry("guid", "link", title, published=datetime(2026, 1, 1, tzinfo=UTC), authors=("A",))


def hang() -> None:
    while True:
        pass


def eat_memory() -> int:
    return len(bytearray(4 * 1024**3))


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def recurse(depth: int) -> int:
    return recurse(depth + 1) + 1


def not_a_feed() -> None:
    raise NotAFeed("This is a page.")


def talk() -> str:
    print("hello")
    os.write(1, b"raw words")
    os.write(2, b"more words")
    return "done"


class Sly:
    """Pickles as a call of a function that has no place in an answer."""

    def __reduce__(self) -> tuple[object, ...]:
        return os.system, ("echo taken over",)


def sly() -> Sly:
    return Sly()


def pid() -> int:
    return os.getpid()


def interrupted() -> str:
    os.kill(os.getpid(), signal.SIGINT)
    return "still here"


def busy_with(_document: bytes) -> tuple[float, float]:
    begun = time.monotonic()
    time.sleep(0.1)
    return begun, time.monotonic()


def remember(path: str) -> None:
    with Path(path).open("a") as file:
        file.write("ran\n")


# ---- tests


def kill(worker: int) -> None:
    """Kill a worker and wait until it is dead, leaving it for its keeper to bury."""
    os.kill(worker, signal.SIGKILL)
    with suppress(ChildProcessError):  # its keeper may have buried it already
        os.waitid(os.P_PID, worker, os.WEXITED | os.WNOWAIT)


async def test_a_job_runs_in_another_process(pool: Pool) -> None:
    assert await pool.run(double, 21) == 42
    assert await pool.run(pid) != os.getpid()


async def test_our_own_values_come_back_whole(pool: Pool) -> None:
    assert await pool.run(entry, "Höhe") == entry("Höhe")


async def test_no_process_is_started_before_the_first_job() -> None:
    async with Pool() as pool:
        assert pool.processes == ()


async def test_a_job_that_hangs_is_killed_and_the_next_one_runs(pool: Pool) -> None:
    with pytest.raises(WorkerError, match="longer than"):
        await pool.run(hang, timeout=0.2)
    assert await pool.run(double, 1) == 2


async def test_a_worker_that_dies_is_replaced(pool: Pool) -> None:
    first = await pool.run(pid)
    with pytest.raises(WorkerError, match="died"):
        await pool.run(die)
    assert await pool.run(pid) != first


async def test_a_worker_killed_between_two_jobs_costs_neither(pool: Pool) -> None:
    kill(await pool.run(pid))
    assert await pool.run(double, 2) == 4


async def test_a_job_that_needs_too_much_memory_is_given_up(pool: Pool) -> None:
    with pytest.raises(WorkerError, match="memory"):
        await pool.run(eat_memory)
    assert await pool.run(double, 3) == 6


async def test_endless_recursion_is_an_error_of_the_job(pool: Pool) -> None:
    with pytest.raises(WorkerError, match="RecursionError"):
        await pool.run(recurse, 0)
    assert await pool.run(double, 4) == 8


async def test_an_error_of_ours_comes_back_as_itself(pool: Pool) -> None:
    with pytest.raises(NotAFeed, match=r"This is a page\."):
        await pool.run(not_a_feed)


async def test_what_a_worker_prints_goes_nowhere(pool: Pool, capfd: pytest.CaptureFixture[str]) -> None:
    assert await pool.run(talk) == "done"
    assert capfd.readouterr() == ("", "")


async def test_an_answer_that_calls_a_function_is_refused(
    pool: Pool, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(WorkerError, match="no sense"):
        await pool.run(sly)
    assert "taken over" not in capfd.readouterr().out


async def test_a_worker_imports_nothing_that_is_not_in_a_job(pool: Pool) -> None:
    loaded = await pool.run(eval, "{name.partition('.')[0] for name in __import__('sys').modules}")
    assert not {"reader", "textual", "httpx", "sqlite3", "asyncio", "pytest"} & loaded


async def test_an_interrupt_from_the_keyboard_does_not_reach_a_worker(pool: Pool) -> None:
    assert await pool.run(interrupted) == "still here"


async def test_a_cancelled_job_that_has_not_begun_is_never_run(pool: Pool, tmp_path: Path) -> None:
    note = tmp_path / "note"
    busy = asyncio.create_task(pool.run(hang, timeout=0.3))
    await asyncio.sleep(0)
    waiting = asyncio.create_task(pool.run(remember, str(note)))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(WorkerError):
        await busy
    assert await pool.run(double, 5) == 10
    assert not note.exists()


async def test_urgent_jobs_go_first(pool: Pool, tmp_path: Path) -> None:
    await pool.run(double, 1)
    order: list[str] = []

    async def note(name: str, urgency: int) -> None:
        await pool.run(double, 1, urgency=urgency)
        order.append(name)

    async with asyncio.TaskGroup() as group:
        group.create_task(note("running", 10))
        for number in range(5):
            group.create_task(note(f"routine {number}", 10))
        group.create_task(note("urgent", 0))
    assert order.index("urgent") <= 1


async def test_closing_ends_a_hanging_job_at_once_and_leaves_no_process() -> None:
    pool = Pool(workers=1)
    worker = await pool.run(pid)
    hanging = asyncio.create_task(pool.run(hang))
    await asyncio.sleep(0.05)
    begun = time.monotonic()
    await pool.aclose()
    with pytest.raises(WorkerError, match="stopped"):
        await hanging
    assert time.monotonic() - begun < 1
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)


async def test_heavy_documents_are_worked_on_one_at_a_time() -> None:
    async with Pool(workers=2) as pool:
        spans = await asyncio.gather(*(pool.run(busy_with, bytes(3 * 1024 * 1024)) for _ in range(2)))
    (_, first_end), (second_start, _) = sorted(spans)
    assert second_start >= first_end


async def test_workers_are_replaced_in_a_running_app() -> None:
    """Inside Textual the standard streams are not what they seem; starting a process must not care."""

    class Screen(App[None]):
        def compose(self) -> ComposeResult:
            yield Static("a screen")

    pool = Pool(workers=1)
    async with Screen().run_test(headless=True):
        first = await pool.run(pid)
        kill(first)
        assert await pool.run(pid) != first
        await pool.aclose()


async def test_big_documents_travel_both_ways(pool: Pool) -> None:
    data = os.urandom(9 * 1024 * 1024)
    assert await pool.run(bytes, data) == data
