r"""Spans as CommonMark, so that a parser gives the same text and marks back.

Delimiters are used where CommonMark 0.31 surely takes them as such (section 6.2: whether ``*`` opens or closes
depends on both its neighbours) and HTML tags elsewhere: ``**a**`` but ``a<strong>.b</strong>``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import Final
from urllib.parse import quote

from ..document import Mark, Span, Spans

_SPECIAL: Final = re.compile(r"[\\`*\[\]<~|]|&(?=#?\w{1,31};)|!$|(?<![^\W_])_|_(?![^\W_])")
_LINE_START: Final = re.compile(
    r"^([-+](?=\s|$)|>|#{1,6}(?=\s|$)|=+(?=\s*$)|-+(?=\s*$)|:(?=\s)|\$\$)|^(\d{1,9})([.)])(?=\s|$)"
)
_TAGS: Final = (
    (Mark.SUB, "sub"), (Mark.SUP, "sup"), (Mark.KBD, "kbd"), (Mark.UNDERLINE, "u"), (Mark.HIGHLIGHT, "mark"),
)  # fmt: skip
_DELIMITED: Final = ((Mark.STRIKE, "~~", "del"), (Mark.STRONG, "**", "strong"), (Mark.EMPHASIS, "*", "em"))


def inline(spans: Spans, *, single_line: bool = False) -> str:
    """Return spans as Markdown; a line break the author asked for becomes a hard break, or a space on a single line."""
    written = ""
    groups = [(href, list(group)) for href, group in groupby(spans, key=lambda span: span.href)]
    for index, (href, group) in enumerate(groups):
        following = groups[index + 1][1][0] if index + 1 < len(groups) else None
        if not href:
            written = _runs(group, written, following)
        elif href.startswith("#"):
            written += f"[^{footnote_label(href[1:])}]"
        else:
            text = _runs(group, "", None)
            words = text.strip()
            written += text.replace(words, f"[{words}]({address(href)})", 1) if words else text
    lines = written.split("\n")
    if single_line:
        return " ".join(line.strip() for line in lines).strip()
    return "\\\n".join(_protected(line.strip()) for line in lines if line.strip())


def _protected(line: str) -> str:
    """Return a line that does not begin like a heading, a quote or a list."""
    return _LINE_START.sub(
        lambda found: f"{found[2]}\\{found[3]}" if found[2] else f"\\{found[1]}", line, count=1
    )


def _runs(spans: Sequence[Span], written: str, following: Span | None) -> str:
    """Return what is written so far with spans of one link behind it."""
    for index, span in enumerate(spans):
        after = spans[index + 1] if index + 1 < len(spans) else following
        text = span.text
        bare = text.strip()
        if not bare or not span.marks:
            written += escape(text)
            continue
        lead = text[: len(text) - len(text.lstrip())]
        trail = text[len(text.rstrip()) :]
        written += lead
        parts = [
            _marked(line.strip(), span.marks, written, trail, after) if line.strip() else ""
            for line in bare.split("\n")
        ]
        written += "\n".join(parts) + trail
    return written


def _marked(text: str, marks: Mark, before: str, trail: str, after: Span | None) -> str:
    """Return a text without spaces at its ends in its marks."""
    inner = _code(text) if marks & Mark.CODE else escape(text)
    for mark, tag in _TAGS:
        if marks & mark:
            inner = f"<{tag}>{inner}</{tag}>"
    for mark, sign, tag in _DELIMITED:
        if marks & mark:
            plain = _opens(before, inner) and _closes(inner, trail, after)
            inner = f"{sign}{inner}{sign}" if plain else f"<{tag}>{inner}</{tag}>"
    return inner


def _opens(before: str, inner: str) -> bool:
    """Tell whether a delimiter between two texts surely opens."""
    if not before or before[-1].isspace():
        return True
    return before[-1] in "(\"'" and inner[0].isalnum()


def _closes(inner: str, trail: str, after: Span | None) -> bool:
    """Tell whether a delimiter between a text and what follows surely closes."""
    if trail or after is None or not after.text:
        return True
    following = after.text[0]
    return following.isspace() or (following in ".,;:!?)\"'" and inner[-1].isalnum() and not after.marks)


def _code(text: str) -> str:
    """Return a code span with a fence longer than any run of backticks in it (CommonMark 6.1)."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{space}{text}{space}{fence}"


def escape(text: str) -> str:
    """Return a text in which nothing is taken for a mark."""
    return _SPECIAL.sub(lambda found: "\\" + found.group(), text)


def address(href: str) -> str:
    """Return an address as the target of a link."""
    safe = quote(
        href, safe="!#$%&'*+,/:;=?@[]~-._()" + "".join(char for char in set(href) if not char.isascii())
    )
    return f"<{safe}>" if "(" in safe or ")" in safe else safe


def footnote_label(label: str) -> str:
    """Return the label of a footnote without the characters that would end it."""
    return re.sub(r"[\s\[\]^]+", "-", label).strip("-") or "note"
