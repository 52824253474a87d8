"""Styles by the names of component classes, worked out once for a theme.

Textual works out a widget's style anew whenever it is asked, from all that is around it: half of what drawing a line of
the list cost.
"""

from __future__ import annotations

from rich.style import Style
from textual.widget import Widget


class Inks:
    """The styles of a widget that draws its own lines."""

    def __init__(self, widget: Widget, prefix: str) -> None:
        """``prefix`` is what the names of the widget's component classes begin with."""
        self._widget = widget
        self._prefix = prefix
        self._known: dict[tuple[str, str], Style] = {}

    def of(self, name: str = "", ground: str = "") -> Style:
        """Return the style of a name on a ground; without a name the ground's, without a ground the widget's own."""
        style = self._known.get((name, ground))
        if style is None:
            style = self._known[name, ground] = self._worked_out(name, ground)
        return style

    def forget(self) -> None:
        """Let go of the styles of another theme."""
        self._known.clear()

    def _worked_out(self, name: str, ground: str) -> Style:
        if name:
            return self.of("", ground) + self._widget.get_component_rich_style(
                self._prefix + name, partial=True
            )
        if ground:
            return self.of() + self._widget.get_component_rich_style(self._prefix + ground)
        return self._widget.rich_style
