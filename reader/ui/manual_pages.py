"""The manual's pages as lines."""

from __future__ import annotations

from typing import Final

from .. import export, manual

_WIDTH: Final = 72
"""Cells of a line in the dialog that shows it."""


def manual_lines() -> list[str]:
    """Return the manual, page after page in its order, set as text."""
    pages = (export.to_text(manual.article(topic), _WIDTH) for topic in manual.TOPICS)
    return [line for page in pages for line in (*page.splitlines(), "")]
