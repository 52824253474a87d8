r"""Outside text made printable: one ``clean`` for every string that enters the model.

Everything a feed, a page, a file or a person hands in passes here once, after the last decoding and before it
is stored, so that no later room has to think about it: what is in the model can be shown in a terminal.
A terminal obeys C0 and C1 control characters; bidirectional controls reorder a line so that it lies about its
content (CVE-2021-42574); tag characters and zero-width characters hide text. Measured: thirty of thirty-two ways
to show a string in Textual 8.2.8 pass ESC on.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

MAX_MARKS: Final = 8
"""Combining marks kept on one base character; more is a stack that covers the lines above (Unicode UAX #15 asks for 30)."""

# Everything below is dropped or turned into a space; the kept exceptions are ZWSP U+200B, ZWNJ U+200C,
# ZWJ U+200D, the soft hyphen U+00AD and the variation selectors, which typesetting treats as break
# opportunities or joiners and never sends alone.
_DROPPED: Final = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # C0 but white space, DEL, C1 but NEL
    "\u061c\u180e\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"  # bidi controls, invisible operators, BOM
    "\u034f\u17b4\u17b5\u3164\uffa0\ufff0-\ufff8"  # fillers and joiners that draw nothing (Default_Ignorable)
    "\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"  # interlinear annotation, non-characters, lone surrogates
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # shorthand and musical format controls
    "\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"  # tag characters, and the rest of their plane but selectors
)
_LINE_SPACES: Final = "\x0b\x0c\x1c-\x1f\x85\u2028\u2029"
_DROP: Final = re.compile(f"[{_DROPPED}]+")
_TO_SPACE: Final = re.compile(f"[\t{_LINE_SPACES}]")
_TO_SPACE_IN_CODE: Final = re.compile(f"[{_LINE_SPACES}]")
_SUSPECT: Final = re.compile(f"[{_DROPPED}{_LINE_SPACES}\t\r]")
_MARK_RUN: Final = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u07a6-\u07b0\u07eb-\u07f3\u0898-\u089f"
    "\u08ca-\u08e1\u08e3-\u0903\u093a\u093c\u0941-\u0948\u094d\u0951-\u0957\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1"
    "\u0eb4-\u0ebc\u0ec8-\u0ece\u0f71-\u0f84\u0f8d-\u0fbc\u102b-\u103e\u17b6-\u17d3\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u200b-\u200d\u20d0-\u20f0\u302a-\u302f\u3099\u309a\ua66f-\ua672\ua674-\ua67d\ufe00-\ufe0f\ufe20-\ufe2f"
    f"\U000e0100-\U000e01ef]{{{MAX_MARKS + 1},}}"
)
"""The marks that pile up: accents, points, vowel and tone signs, joiners, selectors."""


def clean(text: str, *, limit: int | None = None) -> str:
    """Return ``text`` safe to print, in NFC, newlines kept and every other control gone.

    Tabs, vertical tabs, form feeds, NEL and the Unicode line separators become a space. ``limit`` cuts to that
    many characters and ends in ``…``.
    """
    # Printable ASCII holds nothing suspect, and asking that is thirty times faster than a pattern.
    if not (text.isascii() and text.isprintable()) and _SUSPECT.search(text):
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        text = _DROP.sub("", _TO_SPACE.sub(" ", text))
    if not text.isascii():
        text = _bound_marks(unicodedata.normalize("NFC", text))
    return _cut(text, limit)


def clean_line(text: str, *, limit: int | None = None) -> str:
    """Return ``text`` cleaned, on one line: runs of white space folded, the ends stripped, no zero-width spaces."""
    if text.isascii() and text.isprintable() and "  " not in text:  # most lines need nothing of it
        return _cut(text.strip(), limit)
    cleaned = clean(text)
    if "\u200b" in cleaned:
        cleaned = cleaned.replace("\u200b", "")
    return _cut(" ".join(cleaned.split()), limit)


def clean_code(text: str) -> str:
    """Return source code cleaned: tabs and newlines kept, characters not recomposed."""
    if _SUSPECT.search(text):
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        text = _DROP.sub("", _TO_SPACE_IN_CODE.sub(" ", text))
    return text if text.isascii() else _bound_marks(text)


def _bound_marks(text: str) -> str:
    return _MARK_RUN.sub(lambda run: run.group()[:MAX_MARKS], text)


def _cut(text: str, limit: int | None) -> str:
    if limit is None or len(text) <= limit:
        return text
    return text[: max(0, limit - 1)].rstrip().rstrip("\u200b\u200c\u200d\u00ad") + "…"
