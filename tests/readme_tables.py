"""The table of keys in the README, made from the registry of actions.

``python -m tests.readme_tables`` writes it; a test holds the README to it.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from reader.actions import BY_NAME, key_label

ROOT: Final = Path(__file__).parents[1]
_TABLE: Final = re.compile(r"(<!-- table: readme-keys -->\n).*?(<!-- end -->)", re.DOTALL)

SHOWN: Final = (
    ("down", "search"),
    ("open", "next-unread"),
    ("read-on", "read-back"),
    ("done", "later"),
    ("star", "toggle-read"),
    ("tag", "snooze"),
    ("undo", "redo"),
    ("select", "mark-all-read"),
    ("above", "below"),
    ("triage", "mute"),
    ("browse", "copy-link"),
    ("links", "cycle-text"),
    ("add", "edit"),
    ("refresh", "refresh-all"),
    ("go-source", "go-tag"),
    ("command", "palette"),
    ("help", "quit"),
)
"""The actions a person needs on the first day, two a row."""


def readme() -> str:
    """Return the README."""
    return Path(ROOT, "README.md").read_text("utf8")


def with_tables(text: str) -> str:
    """Return the README with its table made anew."""
    rows = "".join(
        "| " + " | ".join(f"{_keys(name)} | {BY_NAME[name].help}" for name in pair) + " |\n" for pair in SHOWN
    )
    return _TABLE.sub(lambda found: f"{found[1]}| | | | |\n|---|---|---|---|\n{rows}{found[2]}", text)


def _keys(name: str) -> str:
    return " ".join(f"`{key_label(key)}`" for key in BY_NAME[name].keys).replace("|", "\\|")


if __name__ == "__main__":
    Path(ROOT, "README.md").write_text(with_tables(readme()), encoding="utf8")
