"""The app beside another process: a timer that fetches, and the two commands of the README that open the app."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from reader.demo.server import serve
from reader.store import feeds
from reader.store.database import Database

from ..ui.library import make_library, numbered
from .running import is_restored, start


def test_what_a_timer_fetches_is_announced_in_the_open_app(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    make_library(tmp_path / "data", numbered("Tide", 3)).close()
    with serve(datetime.now(UTC)) as site:
        source = next(source for source in site.sources if source.has_feed)
        library = Database.open(tmp_path / "data" / "library.db")
        feed_id = library.write_now(lambda db: feeds.add_feed(db, source.url, source.name, private_host=True))
        library.close()
        with start(tmp_path) as session:
            session.wait_for("About Tide 1.")
            fetched = subprocess.run(
                [sys.executable, "-m", "reader", "fetch", str(feed_id)],
                env={"BROADSHEET_HOME": str(tmp_path), "PYTHONPATH": str(Path(__file__).parents[2])},
                capture_output=True,
                text=True,
                timeout=60,
                check=False,
            )
            assert fetched.returncode == 0, fetched.stderr
            session.wait_for(" new .", seconds=5)
            session.send(".q")

            assert session.wait_exit() == 0


def test_the_demo_opens_on_the_invented_publications_and_leaves_nothing(tmp_path: Path) -> None:
    with start(tmp_path, "demo") as session:
        session.wait_for("The Harbour Courier", seconds=60)
        session.send("q")

        assert session.wait_exit() == 0
        assert is_restored(session.terminal)
    assert [path for path in tmp_path.rglob("*.db") if path.is_file()] == []
