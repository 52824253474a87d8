"""Kill the library and cut its power at random, many times; print what was lost.

    python -m tests.benchmarks.durability              200 kills and 1,000 power cuts, some minutes
    python -m tests.benchmarks.durability --kills 20 --cuts 100

A kill is SIGKILL to a process that refreshes, reads, marks, tags, notes, undoes and redoes without pause. A power cut keeps
what was synced and does to the rest what a disk may do: nothing, half of it, zeros, other bytes, sectors out of order.
Every number but the first of each line must be 0.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from ..store import faults


def main(arguments: Sequence[str] | None = None) -> int:
    """Run as many faults as asked for; return 1 when anything was lost or damaged."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--cuts", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        bad = _kills(Path(folder), asked.kills, asked.seed)
        recording = faults.record(Path(folder) / "recorded" / "library.db", 200)
        bad += _cuts("power cuts while writing", faults.cut, recording, Path(folder), asked.cuts, asked.seed)
        bad += _cuts(
            "power cuts while folding the log in",
            faults.cut_while_folding,
            recording,
            Path(folder),
            asked.cuts // 4,
            asked.seed,
        )
    return 1 if bad else 0


def _kills(folder: Path, count: int, seed: int) -> int:
    """Kill ``count`` times and print what came of it; return what went wrong."""
    path = folder / "library.db"
    found = faults.kill_at_random(path, count, seed)
    with closing(sqlite3.connect(path)) as db:
        same = faults.contents(db) == faults.after(faults.performed(db))
    print(
        f"{found.faults} kills: {found.acknowledged} actions acknowledged, {found.lost} lost, "
        f"{found.damaged} times damaged; every row as in peace: {'yes' if same else 'NO'}",
        flush=True,
    )
    return found.lost + found.damaged + (not same)


def _cuts(
    name: str,
    cut: Callable[[faults.Recording, Path, random.Random], tuple[int, int]],
    recording: faults.Recording,
    folder: Path,
    count: int,
    seed: int,
) -> int:
    """Cut the power ``count`` times and print what came of it; return what went wrong."""
    dice = random.Random(seed)
    cuts = [cut(recording, folder / "cut", dice) for _ in range(count)]
    damaged = sum(reached == -2 for _acknowledged, reached in cuts)
    losing = sum(-2 < reached < acknowledged for acknowledged, reached in cuts)
    print(f"{count} {name}: {losing} lost something acknowledged, {damaged} damaged", flush=True)
    return losing + damaged


if __name__ == "__main__":
    sys.exit(main())
