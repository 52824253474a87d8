"""The manual: Markdown files, read in the app and by ``broadsheet manual``.

The tables of keys, operators, settings, commands and exit codes stand in the files as text, between two comments, and a
test compares them with the code they tell of (``python -m tests.manual_tables`` writes them anew).
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Final

from ..model import Article
from .markdown import to_blocks

TOPICS: Final = (
    "tutorial", "keys", "queries", "settings", "commands", "exit-codes", "automation", "privacy", "newsboat",
    "troubleshooting",
)  # fmt: skip
"""The pages, in the order in which a stranger would want them."""


def topics() -> dict[str, str]:
    """Return the name and the title of every page."""
    return {name: page(name).partition("\n")[0].removeprefix("# ") for name in TOPICS}


@cache
def page(name: str) -> str:
    """Return a page as Markdown; raises FileNotFoundError for one there is not."""
    text = source(name)
    return re.sub(r"^<!--.*?-->\n", "", text, flags=re.MULTILINE)


def article(name: str) -> Article:
    """Return a page as an article, to be set like any other."""
    return Article(topics()[name], to_blocks(page(name)), site="The manual of Broadsheet")


def source(name: str) -> str:
    """Return a page's file as it is, with the comments around its tables."""
    return (files(__package__) / f"{name}.md").read_text(encoding="utf-8")
