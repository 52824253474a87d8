"""A site that misbehaves as told, and a fetcher that is quick to lose patience."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

import pytest
import pytest_asyncio

from reader.fetch import Failure, Fetcher, Limits, Manners, Request, Response
from tests.servers import Site

HASTY = Limits(total_seconds=1.0, connect_seconds=0.5, read_seconds=0.6)
FREE = Manners(spacing_seconds=0.0, retry_seconds=0.01)


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as site:
        yield site


@pytest_asyncio.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    async with Fetcher(manners=FREE, limits=HASTY, proxies={}) as fetcher:
        yield fetcher


def typed(url: str, **options: object) -> Request:
    """Return the request for an address that a person typed."""
    return replace(Request(url, private_ok=True), **options)  # type: ignore[arg-type]


def response(answer: Response | Failure) -> Response:
    """Return a response, or fail with the sentence of the failure."""
    assert isinstance(answer, Response), answer.sentence
    return answer


def failure(answer: Response | Failure) -> Failure:
    """Return a failure whose sentence can be shown: one clean line, without anything secret."""
    assert isinstance(answer, Failure)
    assert answer.sentence.endswith(".")
    assert answer.sentence.isprintable()
    assert "secret" not in answer.sentence
    return answer
