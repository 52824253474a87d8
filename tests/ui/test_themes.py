"""Every colour of text can be read on every ground it is set on."""

from __future__ import annotations

import itertools

import pytest
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from reader.ui import themes

INKS = ("foreground", "primary", "secondary", "accent", "success", "warning", "error", "ink-muted")
GROUNDS = ("background", "surface", "panel", "row", "row-blurred", "marked")


def colour(theme: Theme, name: str) -> Color:
    """Return a colour of a theme by its name in the style sheet."""
    return Color.parse(theme.variables.get(name) or getattr(theme, name))


def contrast(one: Color, other: Color) -> float:
    """Return the contrast of two colours (WCAG 2.1, definition of contrast ratio)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(of: Color) -> float:
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in of.normalized]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


@pytest.mark.parametrize("theme", [themes.DARK, themes.LIGHT], ids=lambda theme: theme.name)
def test_text_stands_out_from_its_ground(theme: Theme) -> None:
    poor = {
        (ink, ground): round(ratio, 2)
        for ink, ground in itertools.product(INKS, GROUNDS)
        if (ratio := contrast(colour(theme, ink), colour(theme, ground))) < 4.5
    }

    assert poor == {}


@pytest.mark.parametrize("theme", list(BUILTIN_THEMES.values()), ids=lambda theme: theme.name)
def test_other_themes_get_the_variables_of_our_style_sheet(theme: Theme) -> None:
    variables = theme.to_color_system().generate()

    assert set(themes.own_variables(variables)) == set(themes.OWN_VARIABLES)


@pytest.mark.parametrize("theme", list(BUILTIN_THEMES.values()), ids=lambda theme: theme.name)
def test_coloured_text_can_be_read_in_every_theme(theme: Theme) -> None:
    variables = theme.to_color_system().generate()
    shown = variables | themes.readable(variables)
    ground, ink = Color.parse(shown["background"]), Color.parse(shown["foreground"])
    if ground.ansi is not None:
        pytest.skip("the terminal's own colours")
    least = min(4.5, contrast(ink, ground))

    poor = {
        name: round(ratio, 2)
        for name in themes.INKS
        if (ratio := contrast(Color.parse(shown[name]), ground)) < least - 0.01
    }
    assert poor == {}
