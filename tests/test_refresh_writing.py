"""The one writer of a refresh: what is written together, and what a failure costs."""

from __future__ import annotations

import asyncio
from pathlib import Path

from reader.refresh.writing import Writer
from reader.store import Connection
from reader.store.database import Database


def _add(db: Connection, path: str) -> str:
    db.execute("INSERT INTO folder(path) VALUES (?)", (path,))
    return path


def _fail_half_way(db: Connection) -> str:
    _add(db, "half")
    raise LookupError("no such entry")


async def test_a_work_that_fails_is_taken_back_alone_and_the_others_are_written_once(tmp_path: Path) -> None:
    db = Database.open(tmp_path / "library.db")
    try:
        writer = Writer(db)
        results = await asyncio.gather(
            writer.write(1, _add, "before"), writer.write(1, _fail_half_way), writer.write(1, _add, "after")
        )

        assert results[0] == "before"
        assert isinstance(results[1], LookupError)
        assert results[2] == "after"
        found = await db.read(
            lambda connection: connection.execute("SELECT path FROM folder ORDER BY id").fetchall()
        )
        assert found == [("before",), ("after",)]
    finally:
        await db.aclose()
