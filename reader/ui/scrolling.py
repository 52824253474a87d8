"""A scroll view that moves and takes the focus without laying out or painting what stays as it is."""

from __future__ import annotations

from textual.events import Blur, DescendantBlur, DescendantFocus, Focus
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.widget import Widget


class QuietScrollView(ScrollView):
    """Takes another virtual size at the price of a scroll bar, and the focus at the price of what shows it.

    Setting ``virtual_size`` lays out and paints every widget of the screen: 15 ms of each key that showed another
    article (Textual 8.2.8). Our scroll bars never come and go, so nothing else has to move.

    Textual also works out all styles and paints all of a widget that gains or loses the focus. No style of ours
    depends on it.
    """

    def show_focus(self) -> None:
        """Draw again what tells whether the keys go here."""

    def take_size(self, size: Size) -> None:
        """Have this virtual size from now on."""
        if size == self.virtual_size:
            return
        if self.container_size.area == 0:
            self.virtual_size = size
            return
        self.set_reactive(Widget.virtual_size, size)
        self._scroll_update(size)

    def watch_has_focus(self, _has_focus: bool) -> None:
        """Draw what the focus changes, and work out no style anew."""
        self.show_focus()

    def _on_focus(self, event: Focus) -> None:
        event.prevent_default()
        self.has_focus = True
        if self.parent is not None:
            self.parent.post_message(DescendantFocus(self))

    def _on_blur(self, event: Blur) -> None:
        event.prevent_default()
        self.has_focus = False
        if self.parent is not None:
            self.parent.post_message(DescendantBlur(self))
