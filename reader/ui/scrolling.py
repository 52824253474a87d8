"""A scroll view whose content may change its size without laying out the whole screen."""

from __future__ import annotations

from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.widget import Widget


class QuietScrollView(ScrollView):
    """Takes another virtual size at the price of a scroll bar.

    Setting ``virtual_size`` lays out and paints every widget of the screen: 15 ms of each key that showed another
    article (Textual 8.2.8). Our scroll bars never come and go, so nothing else has to move.
    """

    def take_size(self, size: Size) -> None:
        """Have this virtual size from now on."""
        if size == self.virtual_size:
            return
        if self.container_size.area == 0:
            self.virtual_size = size
            return
        self.set_reactive(Widget.virtual_size, size)
        self._scroll_update(size)
