"""A command that is killed half-way has done all of what it was asked, or nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from reader.store import checks, feeds
from reader.store.database import Database

ROOT = Path(__file__).parents[2]
SUBSCRIPTIONS = 4_000
STEP_SECONDS = 0.4


def test_an_import_that_is_killed_has_taken_every_subscription_or_none(tmp_path: Path) -> None:
    outline = tmp_path / "feeds.opml"
    lines = "".join(
        f'<outline text="Feed {number}" xmlUrl="https://host{number}.example/feed"/>\n'
        for number in range(SUBSCRIPTIONS)
    )
    outline.write_text(f'<opml version="2.0"><body>{lines}</body></opml>')
    counts: list[int] = []
    while SUBSCRIPTIONS not in counts:  # later each time, until it was too late
        counts.append(_imported(outline, tmp_path / "home", (1 + len(counts)) * STEP_SECONDS))

    assert set(counts) <= {0, SUBSCRIPTIONS}


def _imported(outline: Path, home: Path, seconds: float) -> int:
    """Return how many sources there are when an import was killed so long after its start."""
    with subprocess.Popen(
        [sys.executable, "-m", "reader", "import", str(outline)],
        env=os.environ | {"BROADSHEET_HOME": str(home), "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        with suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
        process.kill()
    library = Database.open(home / "data" / "library.db")
    try:
        assert library.read_now(checks.problems) == ()
        return len(library.read_now(feeds.all_feeds))
    finally:
        library.close()
