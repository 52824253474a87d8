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
    "\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"  # interlinear annotation, non-characters, lone surrogates
    "\U0001d173-\U0001d17a\U000e0000-\U000e00ff"  # musical format controls, tag characters
)
_SPACES: Final = "\t\x0b\x0c\x1c-\x1f\x85\u2028\u2029"
_DROP = re.compile(f"[{_DROPPED}]+")
_DROP_BUT_NEWLINE_TAB = _DROP
_TO_SPACE = re.compile(f"[{_SPACES}]")
_SUSPECT = re.compile(f"[{_DROPPED}{_SPACES}\r]")
_MARK_RUN = re.compile(
    r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{9,}"
)


def clean(text: str, *, limit: int | None = None) -> str:
    """Return ``text`` safe to print, in NFC, newlines kept and every other control gone.

    Tabs, vertical tabs, form feeds, NEL and the Unicode line separators become a space. ``limit`` cuts to that
    many characters and ends in ``…``.
    """
    if _SUSPECT.search(text):
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        text = _DROP.sub("", _TO_SPACE.sub(" ", text))
    if not text.isascii():
        text = _bound_marks(unicodedata.normalize("NFC", text))
    return _cut(text, limit)


def clean_line(text: str, *, limit: int | None = None) -> str:
    """Return ``text`` cleaned, on one line, with runs of white space folded and the ends stripped."""
    if text.isascii() and text.isprintable() and "  " not in text:  # most lines need nothing of it
        return _cut(text.strip(), limit)
    cleaned = clean(text)
    if "\u200b" in cleaned:
        cleaned = cleaned.replace("\u200b", " ")
    return _cut(" ".join(cleaned.split()), limit)


def clean_code(text: str) -> str:
    """Return source code cleaned: tabs and newlines kept, characters not recomposed."""
    if _SUSPECT.search(text):
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        text = _DROP_BUT_NEWLINE_TAB.sub("", re.sub("[\x0b\x0c\x1c-\x1f\x85\u2028\u2029]", " ", text))
    return text if text.isascii() else _bound_marks(text)


def _bound_marks(text: str) -> str:
    return _MARK_RUN.sub(lambda run: run.group()[:MAX_MARKS], text)


def _cut(text: str, limit: int | None) -> str:
    if limit is None or len(text) <= limit:
        return text
    return text[: max(0, limit - 1)].rstrip() + "…"
