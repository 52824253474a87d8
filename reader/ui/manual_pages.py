"""The manual's pages as lines."""

from __future__ import annotations

from .. import manual


def manual_lines() -> list[str]:
    """Return the manual, page after page in its order, as it is written."""
    return [line for topic in manual.TOPICS for line in (*manual.page(topic).splitlines(), "")]
