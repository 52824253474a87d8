"""The first minutes of a newcomer, on a real terminal with an empty home: from the welcome to the first article."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from reader.demo.server import serve
from tests.terminal import Session

from .running import is_restored, start

MOST_KEYS = 6


class Fingers:
    """Presses keys on a terminal and counts them; a paste is no key."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.pressed = 0

    def press(self, key: str, then: str) -> None:
        """Press a key and wait for what it should bring."""
        self.pressed += 1
        self.session.send(key)
        self.session.wait_for(then)

    def paste(self, text: str) -> None:
        """Paste as terminals do in bracketed mode."""
        self.session.send(f"\x1b[200~{text}\x1b[201~")


def test_from_the_welcome_to_the_first_article_of_a_pasted_address_are_at_most_six_keys(
    tmp_path: Path,
) -> None:
    with serve(datetime.now(UTC)) as site, start(tmp_path, columns=80, lines=24) as session:
        source = next(source for source in site.sources if source.has_feed)
        fingers = Fingers(session)
        session.wait_for("Nothing to read yet")
        fingers.press("a", then="Paste an address")
        fingers.paste(source.url)
        session.wait_for(source.url[:30])
        fingers.press("\r", then="Enter adds")
        fingers.press("\r", then=f"━ {source.name} ━")
        fingers.press("\r", then=f"─ {source.name} ─")  # the keys go to the article now, no more to the list

        assert fingers.pressed <= MOST_KEYS
        session.send("q")
        session.settle()
        session.send("q")
        assert session.wait_exit() == 0
        assert is_restored(session.terminal)
        assert session.terminal.unknown == []
