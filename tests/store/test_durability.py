"""What was acknowledged is there after a kill and after a power cut; the full numbers are in ``benchmarks/durability``."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from . import faults


def test_twenty_kills_lose_nothing_acknowledged_and_damage_nothing(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    found = faults.kill_at_random(path, 20)
    assert (found.faults, found.lost, found.damaged) == (20, 0, 0)
    assert found.acknowledged > 20
    with closing(sqlite3.connect(path)) as db:
        assert faults.contents(db) == faults.after(faults.performed(db))


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> faults.Recording:
    """The writes of sixty actions, as they reached the disk."""
    return faults.record(tmp_path_factory.mktemp("recorded") / "library.db", 60)


def test_each_action_is_in_the_log_when_it_is_acknowledged(recording: faults.Recording) -> None:
    assert recording.sizes == sorted(set(recording.sizes))
    assert recording.sizes[-1] == len(recording.log)


def test_fifty_power_cuts_lose_nothing_acknowledged_and_damage_nothing(
    recording: faults.Recording, tmp_path: Path
) -> None:
    dice = random.Random(1)
    cuts = [faults.cut(recording, tmp_path / "cut", dice) for _ in range(50)]
    assert [(acknowledged, reached) for acknowledged, reached in cuts if reached < acknowledged] == []
    assert len({acknowledged for acknowledged, _reached in cuts}) > 20


def test_power_cuts_while_the_log_is_folded_in_lose_nothing(
    recording: faults.Recording, tmp_path: Path
) -> None:
    dice = random.Random(2)
    cuts = [faults.cut_while_folding(recording, tmp_path / "cut", dice) for _ in range(10)]
    assert set(cuts) == {(59, 59)}


def test_what_a_power_cut_leaves_equals_the_same_history_in_peace(
    recording: faults.Recording, tmp_path: Path
) -> None:
    _acknowledged, reached = faults.cut(recording, tmp_path / "cut", random.Random(3))
    with closing(sqlite3.connect(tmp_path / "cut" / "library.db")) as db:
        assert faults.contents(db) == faults.after(reached)
