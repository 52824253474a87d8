"""Whose turn it is: no server owner has a reason to complain, and no dead host holds up the others."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from itertools import pairwise

import pytest

from reader.fetch import Failure, FailureKind, Fetcher, Limits, Manners, Response
from reader.fetch.politeness import Gates, Held
from tests.servers import Script, Site, Talk, answer, hang

from .conftest import failure, response, typed


@asynccontextmanager
async def polite(**manners: object) -> AsyncIterator[Fetcher]:
    limits = Limits(total_seconds=1.5, read_seconds=1.2)
    settings = Manners(**{"spacing_seconds": 0.0, "retry_seconds": 0.01, **manners})  # type: ignore[arg-type]
    async with Fetcher(manners=settings, limits=limits, proxies={}) as fetcher:
        yield fetcher


def counting(log: list[int], seconds: float = 0.05) -> Script:
    """Return a script that logs how many requests are being answered at once."""
    busy: list[Talk] = []

    def script(talk: Talk) -> None:
        busy.append(talk)
        log.append(len(busy))
        time.sleep(seconds)
        busy.remove(talk)
        answer(b"x")(talk)

    return script


async def test_a_host_gets_two_requests_at_a_time(site: Site) -> None:
    log: list[int] = []
    site.put("/f", counting(log))
    async with polite() as fetcher:
        await asyncio.gather(*(fetcher.fetch(typed(site.url("/f"))) for _ in range(6)))
    assert max(log) == 2


async def test_starts_at_one_host_are_a_pause_apart(site: Site) -> None:
    site.put("/f", answer(b"x"))
    async with polite(spacing_seconds=0.1) as fetcher:
        await asyncio.gather(*(fetcher.fetch(typed(site.url("/f"))) for _ in range(4)))
    starts = sorted(asked.at for asked in site.requests)
    gaps = [later - earlier for earlier, later in pairwise(starts)]
    assert min(gaps) > 0.08


async def test_different_hosts_do_not_wait_for_each_other() -> None:
    with Site("127.0.0.2") as one, Site("127.0.0.3") as other:
        one.put("/f", answer(b"x"))
        other.put("/f", answer(b"x"))
        async with polite(spacing_seconds=5, patience_seconds=60) as fetcher:
            begun = time.monotonic()
            await asyncio.gather(*(fetcher.fetch(typed(site.url("/f"))) for site in (one, other)))
            assert time.monotonic() - begun < 1


async def test_no_more_requests_run_than_there_are_slots(site: Site) -> None:
    log: list[int] = []
    site.put("/f", counting(log, 0.02))
    async with polite(total=3, per_host=99) as fetcher:
        await asyncio.gather(*(fetcher.fetch(typed(site.url("/f"))) for _ in range(9)))
    assert max(log) == 3


async def test_a_host_that_hangs_gives_its_slot_back_and_may_still_answer(site: Site) -> None:
    def late(talk: Talk) -> None:
        time.sleep(0.4)
        answer(b"late")(talk)

    site.put("/late", late)
    site.put("/f", answer(b"x"))
    async with polite(total=1, per_host=99, slow_after_seconds=0.05) as fetcher:
        slow = asyncio.create_task(fetcher.fetch(typed(site.url("/late"))))
        await asyncio.sleep(0)
        assert response(await fetcher.fetch(typed(site.url("/f")))).body == b"x"
        assert not slow.done()
        assert response(await slow).body == b"late"


async def test_fifty_hanging_hosts_do_not_hold_up_the_others(site: Site) -> None:
    site.put("/hang", hang())
    site.put("/f", answer(b"x"))
    async with polite(total=5, per_host=999, slow_after_seconds=0.05) as fetcher:
        hanging = [asyncio.create_task(fetcher.fetch(typed(site.url("/hang")))) for _ in range(50)]
        await asyncio.sleep(0)
        begun = time.monotonic()
        answers = await asyncio.gather(*(fetcher.fetch(typed(site.url("/f"))) for _ in range(20)))
        assert all(isinstance(got, Response) for got in answers)
        assert time.monotonic() - begun < 1.2
        assert not any(task.done() for task in hanging)
        await asyncio.gather(*hanging)


async def test_the_slow_are_bounded_too(site: Site) -> None:
    site.put("/hang", hang())
    site.put("/f", answer(b"x"))
    async with polite(total=1, per_host=9, slow_after_seconds=0.02, slow_total=0) as fetcher:
        slow = asyncio.create_task(fetcher.fetch(typed(site.url("/hang"))))
        await asyncio.sleep(0)
        begun = time.monotonic()
        await fetcher.fetch(typed(site.url("/f")))
        assert slow.done()
        assert time.monotonic() - begun > 1


async def test_an_urgent_request_waits_for_no_slot(site: Site) -> None:
    site.put("/hang", hang())
    site.put("/f", answer(b"x"))
    async with polite(total=1, per_host=9) as fetcher:
        slow = asyncio.create_task(fetcher.fetch(typed(site.url("/hang"))))
        await asyncio.sleep(0.05)
        assert isinstance(await fetcher.fetch(typed(site.url("/f"), urgent=True)), Response)
        assert not slow.done()
        await slow


# ---- hosts that ask to be left alone


@pytest.mark.parametrize("status", [429, 503])
async def test_retry_after_holds_for_the_whole_host(site: Site, status: int) -> None:
    site.put("/a", answer(b"", status, retry_after="120"))
    site.put("/b", answer(b"x"))
    async with polite() as fetcher:
        first = failure(await fetcher.fetch(typed(site.url("/a"))))
        second = failure(await fetcher.fetch(typed(site.url("/b"))))
    assert first.retry_after == timedelta(seconds=120)
    assert second.kind is FailureKind.HELD
    assert second.retry_after is not None
    assert timedelta(seconds=110) < second.retry_after <= timedelta(seconds=120)
    assert site.asked("/b") == []


async def test_requests_that_queue_for_a_host_are_dropped_when_it_says_429(site: Site) -> None:
    site.put("/f", answer(b"", 429, retry_after="60"))
    async with polite(per_host=1) as fetcher:
        answers = await asyncio.gather(*(fetcher.fetch(typed(site.url("/f"))) for _ in range(5)))
    kinds = [got.kind for got in answers if isinstance(got, Failure)]
    assert kinds.count(FailureKind.HELD) == 4
    assert len(site.requests) == 1


async def test_429_without_a_time_holds_the_host_for_ten_minutes(site: Site) -> None:
    site.put("/f", answer(b"", 429))
    async with polite() as fetcher:
        await fetcher.fetch(typed(site.url("/f")))
        held = failure(await fetcher.fetch(typed(site.url("/f"))))
    assert held.retry_after is not None
    assert held.retry_after > timedelta(minutes=9)


async def test_a_host_known_to_be_strict_is_asked_once_and_the_rest_is_put_off() -> None:
    gates = Gates(Manners())
    async with gates.turn("www.reddit.com"):
        pass
    with pytest.raises(Held) as held:
        async with gates.turn("old.reddit.com"):
            pass
    assert timedelta(seconds=60) < held.value.wait <= timedelta(seconds=65)


async def test_a_host_that_complained_gets_one_request_at_a_time() -> None:
    gates = Gates(Manners(spacing_seconds=0))
    async with gates.turn("a.example"):
        gates.hold("a.example", timedelta(seconds=-1))
    async with gates.turn("a.example"):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05), gates.turn("a.example"):
                pass


async def test_cancelling_gives_everything_back(site: Site) -> None:
    site.put("/hang", hang())
    site.put("/f", answer(b"x"))
    async with polite(total=1, per_host=1) as fetcher:
        tasks = [asyncio.create_task(fetcher.fetch(typed(site.url("/hang")))) for _ in range(4)]
        await asyncio.sleep(0.05)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        assert response(await fetcher.fetch(typed(site.url("/f")))).body == b"x"


async def test_a_request_waits_with_its_slot_until_there_is_room(site: Site) -> None:
    site.put("/f", answer(b"x"))
    room = asyncio.Event()

    async def ready() -> None:
        await room.wait()

    async with polite() as fetcher:
        waiting = asyncio.create_task(fetcher.fetch(typed(site.url("/f")), ready))
        await asyncio.sleep(0.05)
        assert site.requests == []
        room.set()
        assert isinstance(await waiting, Response)
