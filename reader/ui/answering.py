"""Screens that answer once: keys typed ahead reach a screen that has already gone, and must not close another."""

from __future__ import annotations

from typing import TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import Screen

T = TypeVar("T")


class AnswersOnce(Screen[T]):
    """A screen whose ``dismiss`` does nothing unless it is the one on top."""

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Answer and go, if still there: Textual 8.2.8 pops whatever is on top."""
        if self.app.screen_stack[-1:] != [self]:
            return AwaitComplete()
        return super().dismiss(result)
