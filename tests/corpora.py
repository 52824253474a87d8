"""Where the large corpora of real feeds and pages are; they are no part of the project and may be absent."""

from __future__ import annotations

import os
from pathlib import Path

_BESIDE = Path(__file__).resolve().parents[2] / "shared"


def path(name: str) -> Path | None:
    """Return the corpus called ``name``, such as ``bench/feeds``; ``None`` where it is not at hand.

    They are looked for in BROADSHEET_SHARED, else in ``shared`` beside the checkout.
    """
    root = Path(os.environ.get("BROADSHEET_SHARED") or _BESIDE)
    found = root / name
    return found if found.exists() else None
