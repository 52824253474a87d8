"""A history of writes that any process can perform, and what a kill or a power cut may leave of it.

Action ``n`` is the same wherever it runs, and notes its number in the transaction itself. So after a fault the library
says how far it came, and must equal, row for row, one in which just so many actions were performed in peace.

Run as ``python -m tests.store.faults LIBRARY FIRST`` it performs actions from FIRST on until it is killed, and prints the
number of each once it was acknowledged.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from reader.model import Article, EntryId
from reader.store import articles, changes, checks, connection, entries, feeds, views
from reader.store.database import Database
from reader.triage import Actor, Field, Wish

from .builders import NOW, document, entry, memory, words

ROOT: Final = Path(__file__).parents[2]


def perform(db: sqlite3.Connection, number: int) -> None:
    """Perform action ``number``: a refresh, an article, marks, undoing or redoing."""
    now = NOW + timedelta(minutes=number)
    dice = random.Random(number)
    feed_id = feeds.add_feed(db, "https://news.example/feed", "News", now=NOW)
    newest = [
        EntryId(entry_id) for (entry_id,) in db.execute("SELECT id FROM entry ORDER BY id DESC LIMIT 20")
    ]
    kind = dice.randrange(5) if newest else 0
    if kind == 0:
        batch = [entry(1000 + 10 * number + offset) for offset in range(dice.randrange(1, 10))]
        texts = [words(f"Text {dice.random()} " * 40) for _ in batch]
        entries.store_feed(db, feed_id, document(*batch), now, texts=texts)
    elif kind == 1:
        article = Article(f"Article {number}", words("whole " * dice.randrange(10, 900)))
        articles.save_article(db, dice.choice(newest), article, now, b"<html>" * 500)
    elif kind == 2:
        changes.undo(db, "window", now)
    elif kind == 3:
        changes.redo(db, "window", now)
    else:
        wishes = [
            Wish(entry_id, dice.choice((Field.READ, Field.STARRED, Field.LATER)), dice.choice(("", "1")))
            for entry_id in dice.sample(newest, dice.randrange(1, len(newest) + 1))
        ]
        wishes.append(Wish(newest[0], Field.TAG, "1", f"tag{number % 7}"))
        wishes.append(Wish(newest[-1], Field.NOTE, f"note {number}"))
        changes.apply(db, wishes, label=f"Action {number}", actor=Actor.WINDOW, session="window", now=now)
    views.save_view(db, "performed", str(number))


def performed(db: sqlite3.Connection) -> int:
    """Return the number of the last action in the library, -1 before the first."""
    found = db.execute("SELECT query FROM view WHERE name = 'performed'").fetchone()
    return int(found[0]) if found else -1


def contents(db: sqlite3.Connection) -> list[str]:
    """Return all rows of the library, but for the revision, which is random."""
    return [line for line in db.iterdump() if line.startswith("INSERT") and '"revision"' not in line]


def after(last: int) -> list[str]:
    """Return the rows of a library in which actions up to ``last`` were performed in peace."""
    with closing(memory()) as db:
        for number in range(last + 1):
            perform(db, number)
        return contents(db)


@dataclass
class Faults:
    """What a number of faults did."""

    faults: int = 0
    acknowledged: int = 0
    lost: int = 0
    damaged: int = 0


# ---------------------------------------------------------------------------------------- kill -9


def kill_at_random(path: Path, kills: int, seed: int = 0) -> Faults:
    """Let a process write into the library at ``path`` and kill it, so many times, each going on where the last was."""
    dice = random.Random(seed)
    found = Faults()
    last = -1
    for _ in range(kills):
        acknowledged = _killed_after(path, last + 1, dice.uniform(0.0, 0.25))
        found.faults += 1
        found.acknowledged += max(0, acknowledged - last)
        database = Database.open(path)
        reached = database.read_now(performed)
        found.lost += max(0, acknowledged - reached)
        found.damaged += bool(database.notices or database.read_now(checks.problems))
        database.close()
        last = reached
    return found


def _killed_after(path: Path, first: int, seconds: float) -> int:
    """Return the last action a process acknowledged before it was killed, so long after its first."""
    command = [sys.executable, "-m", "tests.store.faults", str(path), str(first)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        heard = process.stdout.readline()
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        heard += process.stdout.read()
    # A line cut short by the kill was not acknowledged to anyone.
    whole = heard[: heard.rindex(b"\n") + 1].split() if b"\n" in heard else []
    return int(whole[-1]) if whole else first - 1


def _write_until_killed(path: Path, first: int) -> None:
    database = Database.open(path)
    for number in range(first, sys.maxsize):
        database.write_now(perform, number)
        os.write(1, b"%d\n" % number)


# ---------------------------------------------------------------------------------------- power cuts


@dataclass
class Recording:
    """The files of a library after each of a number of acknowledged actions."""

    database: bytes
    """The file itself, which no action has touched since the log began."""
    log: bytes
    """The write-ahead log, to which each action appended."""
    sizes: list[int]
    """Bytes of the log when the action of that place was acknowledged, and so synced."""
    folded: bytes
    """The file after the log was folded into it."""


def record(path: Path, actions: int) -> Recording:
    """Perform actions in a new library and keep what was on the disk after each."""
    log = path.with_name(path.name + "-wal")
    Database.open(path).close()
    database = Database.open(path)
    sizes = []
    for number in range(actions):
        database.write_now(perform, number)
        sizes.append(log.stat().st_size)
    before, logged = path.read_bytes(), log.read_bytes()
    database.close()
    return Recording(before, logged, sizes, path.read_bytes())


def cut(recording: Recording, folder: Path, dice: random.Random) -> tuple[int, int]:
    """Cut the power somewhere in the stream of writes; return the last action acknowledged and the last one found.

    What was synced is there. Of what followed, anything may be: nothing, the beginning, zeros, other bytes.
    """
    at = dice.randrange(len(recording.log) + 1)
    rest = len(recording.log) - at
    tail = dice.choice(
        [
            b"",
            bytes(rest),
            dice.randbytes(rest),
            recording.log[at : at + dice.randrange(rest + 1)][::-1],
            dice.randbytes(min(rest, 512)) + recording.log[at + 512 :],
        ]
    )
    acknowledged = sum(size <= at for size in recording.sizes) - 1
    return acknowledged, _reopened(folder, recording.database, recording.log[:at] + tail)


def cut_while_folding(recording: Recording, folder: Path, dice: random.Random) -> tuple[int, int]:
    """Cut the power while the log is folded into the file: of its pages some are written, some not, one half."""
    page = 4096
    size = max(len(recording.database), len(recording.folded))
    old, new = recording.database.ljust(size, b"\0"), recording.folded.ljust(size, b"\0")
    pages = [dice.choice((old, new))[at : at + page] for at in range(0, size, page)]
    torn = dice.randrange(len(pages))
    half = dice.randrange(page)
    pages[torn] = new[torn * page : torn * page + half] + old[torn * page + half : (torn + 1) * page]
    return len(recording.sizes) - 1, _reopened(folder, b"".join(pages), recording.log)


def _reopened(folder: Path, database: bytes, log: bytes) -> int:
    """Start from what the cut left; return the last action found, or -2 when the library is not sound."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    path = folder / "library.db"
    path.write_bytes(database)
    path.with_name("library.db-wal").write_bytes(log)
    with closing(connection.connect_to_write(path)) as db:
        sound = db.execute("PRAGMA integrity_check").fetchone() == ("ok",) and not checks.wrong_counts(db)
        return performed(db) if sound else -2


if __name__ == "__main__":
    _write_until_killed(Path(sys.argv[1]), int(sys.argv[2]))
