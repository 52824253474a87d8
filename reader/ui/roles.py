"""Roles of typeset text to styles of the theme.

Each role is a component class, ``article--`` and its name, so that a theme or a style sheet changes it like anything
else.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from rich.color import Color
from rich.color_triplet import ColorTriplet
from rich.style import Style

from ..document import Mark
from ..links import strip_tracking
from ..typeset import Role, Run
from ..typeset.ansi import hyperlink

LINK: Final = "article--link"
HINT: Final = "article--hint"
EMPTY: Final = "article--empty"
COMPONENTS: Final = {LINK, HINT, EMPTY, *(f"article--{role}" for role in Role)}

STYLE_SHEET: Final = """
    & > .article--title { text-style: bold; }
    & > .article--byline, & > .article--footer, & > .article--caption, & > .article--footnote,
    & > .article--link-number, & > .article--more, & > .article--empty { color: $ink-muted; }
    & > .article--caption { text-style: italic; }
    & > .article--tag { color: $secondary; }
    & > .article--verdict { color: $warning; }
    & > .article--note { color: $secondary; text-style: italic; }
    & > .article--heading { color: $primary; text-style: bold; }
    & > .article--subheading, & > .article--term { text-style: bold; }
    & > .article--quote-bar, & > .article--bullet, & > .article--rule { color: $secondary; }
    & > .article--code { background: $surface; }
    & > .article--code-keyword { color: $primary; background: $surface; }
    & > .article--code-name { color: $accent; background: $surface; }
    & > .article--code-string { color: $success; background: $surface; }
    & > .article--code-number { color: $secondary; background: $surface; }
    & > .article--code-comment { color: $ink-muted; background: $surface; text-style: italic; }
    & > .article--table-header { text-style: bold; }
    & > .article--table-rule { color: $rule; }
    & > .article--picture { color: $ink-muted; }
    & > .article--link { color: $accent; text-style: underline; }
    & > .article--hit { background: $marked; text-style: bold; }
    & > .article--hit-here { background: $warning; color: $background; text-style: bold; }
    & > .article--highlight { background: $marked; }
    & > .article--picked { background: $input-selection-background; }
    & > .article--hint { background: $secondary; color: $background; text-style: bold; }
    &:ansi > .article--hit-here, &:ansi > .article--picked, &:ansi > .article--hint { text-style: bold reverse; }
    &:ansi > .article--hit, &:ansi > .article--highlight { text-style: bold underline; }
"""
"""To be placed inside the rule of the widget that draws articles."""

_MARKS: Final = (
    (Mark.EMPHASIS, Style(italic=True)),
    (Mark.STRONG, Style(bold=True)),
    (Mark.STRIKE, Style(strike=True)),
    (Mark.UNDERLINE, Style(underline=True)),
    (Mark.KBD, Style(bold=True)),
)
_UNLINKED: Final = frozenset({Role.LINK_NUMBER, Role.PICTURE})
"""Roles that stay as they are when they are part of a link."""


class Palette:
    """The styles of runs in the theme at hand, each worked out once.

    ``component`` returns the style of a component class without the ground it stands on.
    """

    def __init__(self, component: Callable[[str], Style], base: Style) -> None:
        self._component = component
        self.base = base
        self._looks: dict[tuple[Role, Mark, Role | None, bool], Style] = {}
        self._links: dict[str, Style] = {}

    def style(self, run: Run) -> Style:
        """Return the style of a run, its hyperlink included."""
        key = (run.role, run.marks, run.over, bool(run.link))
        look = self._looks.get(key)
        if look is None:
            look = self._looks[key] = self._look(*key)
        if run.halves is not None:
            upper, lower = (Color.from_triplet(ColorTriplet(*half.to_bytes(3, "big"))) for half in run.halves)
            return look + Style.from_color(upper, lower)
        return look + self._link(run.link) if run.link else look

    def component(self, name: str) -> Style:
        """Return the style of a component class on the ground of the article."""
        return self.base + self._component(name)

    def _look(self, role: Role, marks: Mark, over: Role | None, linked: bool) -> Style:
        style = self.component(f"article--{role}")
        if linked and role not in _UNLINKED:
            style += self._component(LINK)
        for mark, look in _MARKS:
            if marks & mark:
                style += look
        if marks & (Mark.CODE | Mark.KBD):
            style += self._component("article--code")
        if marks & Mark.HIGHLIGHT:
            style += self._component("article--highlight")
        return style + self._component(f"article--{over}") if over else style

    def _link(self, href: str) -> Style:
        style = self._links.get(href)
        if style is None:
            style = self._links[href] = Style(link=hyperlink(strip_tracking(href)), meta={"href": href})
        return style
