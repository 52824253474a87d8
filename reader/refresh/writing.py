"""The one writer of a refresh: outcomes of many tasks in few transactions.

Each commit waits for the disk, so what is ready together is written together; but no more at once than takes a tenth of a
second, because a person's own action waits behind it. What was handed in is written even when whoever did so is cancelled.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any, Final, TypeVar

from ..errors import StoreError
from ..records import dataclass
from ..store import Connection
from ..store.database import Database
from ..store.outcomes import run_all, run_each

T = TypeVar("T")

HEAVIEST: Final = 400
"""Weight of a transaction; an entry to store weighs 1 and takes about a quarter of a millisecond."""


@dataclass(frozen=True, slots=True)
class _Work:
    run: Callable[[Connection], Any]
    weight: int
    answer: asyncio.Future[Any]


class Writer:
    """Takes work from many tasks and does it in order, several in one transaction."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._works: deque[_Work] = deque()
        self._flushing: asyncio.Task[None] | None = None

    async def write(self, weight: int, function: Callable[..., T], *args: object) -> T | Exception:
        """Return ``function(connection, *args)`` once it is on the disk, or the exception that took it back.

        Raises ``StoreError`` when the library cannot be written.
        """
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._works.append(_Work(lambda db: function(db, *args), weight, answer))
        if self._flushing is None or self._flushing.done():
            self._flushing = asyncio.create_task(self._flush())
        result: T | Exception = await answer
        return result

    async def _flush(self) -> None:
        """Write until nothing is left; an error is told to those whose work it took back."""
        while self._works:
            batch = self._batch()
            runs = [work.run for work in batch]
            try:
                results = await self._do(runs)
            except Exception as error:  # noqa: BLE001 - whoever waits must hear of it, whatever it was
                for work in batch:
                    if not work.answer.done():
                        work.answer.set_exception(error)
                continue
            for work, result in zip(batch, results, strict=True):
                if not work.answer.done():
                    work.answer.set_result(result)
            # Those who wait go on first, so that what they bring joins the next batch.
            await asyncio.sleep(0)

    async def _do(self, runs: Sequence[Callable[[Connection], Any]]) -> list[Any]:
        """Write all in one transaction; when one of several cannot be done, again, each for itself."""
        try:
            return await self._db.write(run_all, runs)
        except (StoreError, MemoryError):
            raise
        except Exception:  # noqa: BLE001 - it is told to the one whose work it was
            return await self._db.write(run_each, runs)

    def _batch(self) -> list[_Work]:
        """Take what is there, up to the weight of one transaction."""
        batch = [self._works.popleft()]
        weight = batch[0].weight
        while self._works and weight + self._works[0].weight <= HEAVIEST:
            batch.append(self._works.popleft())
            weight += batch[-1].weight
        return batch
