"""The two editions of Broadsheet, and what is derived from any theme.

The identity is a printed paper: warm newsprint and ink, thin rules instead of boxes, one masthead red that
says where the keys go, gold for what is kept, blue for links. Every text colour stands at least 4.5:1 against every
ground it is set on (WCAG 2.1, 1.4.3); a test computes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from textual.color import Color
from textual.theme import Theme

DARK: Final = Theme(
    name="broadsheet-dark",
    primary="#e88a78",
    secondary="#d9b36c",
    accent="#86b6dc",
    success="#9cc17e",
    warning="#e3b15c",
    error="#f58a80",
    foreground="#ddd8cb",
    background="#17191c",
    surface="#1d2023",
    panel="#2a2e32",
    dark=True,
    variables={
        "ink-muted": "#a8a398",
        "rule": "#3c4146",
        "row": "#30363c",
        "row-blurred": "#24282c",
        "marked": "#3a3324",
        "footer-key-foreground": "#d9b36c",
        "input-selection-background": "#4a5a6a",
        "block-cursor-text-style": "none",
        "block-cursor-foreground": "#17191c",
        "block-cursor-background": "#e88a78",
        "border": "#6f6a60",
        "border-blurred": "#3c4146",
        "scrollbar": "#3c4146",
        "scrollbar-background": "#17191c",
    },
)

LIGHT: Final = Theme(
    name="broadsheet-light",
    primary="#97291d",
    secondary="#75540b",
    accent="#1a5687",
    success="#3a6420",
    warning="#805300",
    error="#a8201a",
    foreground="#24211c",
    background="#f7f2e8",
    surface="#f0eadd",
    panel="#e6decd",
    dark=False,
    variables={
        "ink-muted": "#625c50",
        "rule": "#cfc5b1",
        "row": "#e2d8c3",
        "row-blurred": "#ece5d6",
        "marked": "#f0e0b4",
        "footer-key-foreground": "#75540b",
        "input-selection-background": "#bcd2e4",
        "block-cursor-text-style": "none",
        "block-cursor-foreground": "#f7f2e8",
        "block-cursor-background": "#97291d",
        "border": "#8f8672",
        "border-blurred": "#cfc5b1",
        "scrollbar": "#cfc5b1",
        "scrollbar-background": "#f7f2e8",
    },
)

PLAIN: Final = Theme(
    name="broadsheet-plain",
    primary="ansi_default",
    secondary="ansi_default",
    accent="ansi_default",
    success="ansi_default",
    warning="ansi_default",
    error="ansi_default",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    ansi=True,
    variables={
        "ansi-background": "ansi_default",
        "ansi-foreground": "ansi_default",
        "ink-muted": "ansi_default",
        "rule": "ansi_default",
        "row": "ansi_default",
        "row-blurred": "ansi_default",
        "marked": "ansi_default",
        "block-cursor-foreground": "ansi_default",
        "block-cursor-background": "ansi_default",
        "border": "ansi_default",
        "border-blurred": "ansi_default",
        "scrollbar": "ansi_default",
        "scrollbar-hover": "ansi_default",
        "scrollbar-active": "ansi_default",
        "scrollbar-background": "ansi_default",
        "scrollbar-background-hover": "ansi_default",
        "scrollbar-background-active": "ansi_default",
        "footer-key-foreground": "ansi_default",
        "input-selection-background": "ansi_default",
        "input-selection-foreground": "ansi_default",
        "link-color": "ansi_default",
    },
)
"""For NO_COLOR: the terminal's own two colours, everything else by bold, underline and reverse."""

THEMES: Final = (DARK, LIGHT, PLAIN)

READABLE: Final = 4.5
"""The least contrast of text and its ground (WCAG 2.1, 1.4.3)."""
INKS: Final = ("primary", "secondary", "accent", "success", "warning", "error")
"""Colours of a theme that text is set in."""

OWN_VARIABLES: Final = ("ink-muted", "rule", "row", "row-blurred", "marked")
"""Variables of our style sheet that other themes do not define."""


def own_variables(variables: Mapping[str, str]) -> dict[str, str]:
    """Return our own variables for a theme that does not define them, mixed from the colours it has."""
    missing = [name for name in OWN_VARIABLES if name not in variables]
    if not missing:
        return {}
    background = Color.parse(variables["background"])
    foreground = Color.parse(variables["foreground"])
    if background.ansi is not None or foreground.ansi is not None:
        return dict.fromkeys(missing, "ansi_default")
    mixed = {
        "ink-muted": background.blend(foreground, 0.68, alpha=1),
        "rule": background.blend(foreground, 0.22, alpha=1),
        "row": background.blend(foreground, 0.16, alpha=1),
        "row-blurred": background.blend(foreground, 0.08, alpha=1),
        "marked": background.blend(Color.parse(variables["warning"]), 0.2, alpha=1),
    }
    return {name: mixed[name].hex for name in missing}


def readable(variables: Mapping[str, str]) -> dict[str, str]:
    """Return the colours of text that cannot be read on a theme's background, mixed with its foreground until they can.

    Textual's themes mean some of them for grounds: the dark blue of ``textual-dark`` stands 1.6:1 against its black.
    """
    background, foreground = Color.parse(variables["background"]), Color.parse(variables["foreground"])
    if background.ansi is not None or foreground.ansi is not None:
        return {}
    mixed = {}
    for name in INKS:
        ink = Color.parse(variables[name])
        if ink.ansi is None and contrast(ink, background) < READABLE:
            steps = (ink.blend(foreground, step / 10, alpha=1) for step in range(1, 11))
            mixed[name] = next(
                (one for one in steps if contrast(one, background) >= READABLE), foreground
            ).hex
    return mixed


def contrast(one: Color, other: Color) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.1, definition of contrast ratio)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(of: Color) -> float:
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in of.normalized]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
