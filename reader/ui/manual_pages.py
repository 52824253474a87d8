"""The manual's pages as lines."""

from __future__ import annotations

from importlib.resources import files


def manual_lines() -> list[str]:
    """Return the manual, page after page, as it is written."""
    folder = files("reader") / "manual"
    if not folder.is_dir():
        return ["The manual is not part of this installation."]
    pages = sorted((page for page in folder.iterdir() if page.name.endswith(".md")), key=lambda page: page.name)
    return [line for page in pages for line in (*page.read_text("utf-8").splitlines(), "")]
