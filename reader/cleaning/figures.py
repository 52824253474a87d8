"""Pictures, players and what is written under them."""

from __future__ import annotations

import re
from typing import Final

from ..document import Figure, Span
from ..records import replace
from ..text import clean_line
from .inline import Addresses
from .lines import Line
from .log import Log
from .tree import HtmlElement, names
from .vocabulary import is_credit

SMALLEST: Final = 50
"""Pixels of width or height that a picture declares; smaller ones are icons and counting pixels."""
_LAZY: Final = ("data-src", "data-original", "data-lazy-src", "data-hi-res-src", "data-full-src", "data-url")
_LAZY_SETS: Final = ("srcset", "data-srcset", "data-lazy-srcset")
_CANDIDATE = re.compile(r"([^\s,]\S{0,2000})(?:\s+([\d.]{1,9})[wx])?\s*(?:,|$)")
_DECORATION = re.compile(
    r"(?:^|[\s_/-])(?:avatar|gravatar|icons?|logo|pixel|spacer|blank|emoji|smiley|placeholder|tracking|1x1|spinner|loader)"
    r"(?=$|[\s_./-])",
    re.IGNORECASE,
)
_GLYPH = re.compile(
    r"(?:^|[\s_-])(?:emoji|smiley|wp-smiley|latex|tex|math|mwe-math\w*)(?=$|[\s_-])", re.IGNORECASE
)
_DIGITS = re.compile(r"\s{0,9}(\d{1,5})(?:\.\d+)?(?:px)?\s{0,9}$")


def glyph(image: HtmlElement) -> str:
    """Return the text that a picture stands for inside a line (an emoji, a formula); empty for other pictures."""
    alt = image.get("alt") or ""
    return alt if alt and _GLYPH.search(names(image)) else ""


def read_figure(element: HtmlElement, addresses: Addresses) -> Figure | None:
    """Return a picture or a player as a figure; ``None`` for icons, counting pixels and what has no address."""
    tag = element.tag
    if tag == "img":
        return _image(element, addresses)
    if tag in ("video", "audio"):
        source = element.get("src") or next(
            (s.get("src") for s in element.iter("source") if s.get("src")), None
        )
        address = addresses.image(source)
    else:
        address = addresses.image(element.get("src") or element.get("data-src"))
    if not address:
        return None
    label = clean_line(element.get("title") or element.get("aria-label") or "", limit=300)
    kind = tag if tag in ("video", "audio") else "embed"
    return Figure(
        address, alt=label, kind=kind, width=_pixels(element, "width"), height=_pixels(element, "height")
    )


def _image(element: HtmlElement, addresses: Addresses) -> Figure | None:
    width, height = _pixels(element, "width"), _pixels(element, "height")
    if 0 < width < SMALLEST or 0 < height < SMALLEST or element.get("role") == "presentation":
        return None
    address = _address(element, addresses)
    if (
        not address
        or _DECORATION.search(names(element))
        or _DECORATION.search(address.rpartition("/")[2][:200])
    ):
        return None
    return Figure(address, alt=clean_line(element.get("alt") or "", limit=1000), width=width, height=height)


def _address(image: HtmlElement, addresses: Addresses) -> str:
    """Return where the picture is: a lazy loader's attribute, the largest of a set, then ``src``."""
    for name in _LAZY:
        if address := addresses.image(image.get(name)):
            return address
    if (address := addresses.image(image.get("src"))) and not _DECORATION.search(
        address.rpartition("/")[2][:200]
    ):
        return address
    for name in _LAZY_SETS:
        if address := addresses.image(largest(image.get(name))):
            return address
    # libxml2 does not know that source is empty and puts what follows into it.
    picture = next(image.iterancestors("picture"), None)
    if picture is not None:
        for source in picture.iter("source"):
            found = largest(source.get("srcset") or source.get("data-srcset"))
            if address := addresses.image(found):
                return address
    return ""


def largest(srcset: str | None) -> str:
    """Return the address of the largest candidate of a ``srcset``; empty when there is none."""
    best, best_size = "", -1.0
    for count, match in enumerate(_CANDIDATE.finditer((srcset or "")[:20_000])):
        try:
            size = float(match.group(2) or 0)
        except ValueError:
            size = 0.0
        if size > best_size:
            best, best_size = match.group(1).rstrip(","), size
        if count > 50:
            break
    return best


def _pixels(element: HtmlElement, name: str) -> int:
    match = _DIGITS.match(element.get(name) or "")
    return int(match.group(1)) if match else 0


# ------------------------------------------------------------------------------------------- captions


def attach_captions(lines: list[Line], log: Log) -> list[Line]:
    """Return the lines without captions, each of which went to the figure beside it (once) or was left out."""
    kept = []
    for i, line in enumerate(lines):
        if not line.caption:
            kept.append(line)
            continue
        log.dropped("captions", line.text, "written under a picture")
        figure = _beside(lines, i)
        if figure is not None and isinstance(figure.block, Figure):
            figure.block = _with_caption(figure.block, line)
    return kept


def _beside(lines: list[Line], i: int) -> Line | None:
    """Return the figure that a caption belongs to: the one before it, captions aside, else the one after it."""
    for step in (-1, 1):
        j = i + step
        while 0 <= j < len(lines) and lines[j].caption and abs(j - i) < 6:
            j += step
        if 0 <= j < len(lines) and lines[j].kind == "figure":
            return lines[j]
    return None


def _with_caption(figure: Figure, line: Line) -> Figure:
    if line.credit or is_credit(names(line.element)):
        return figure if figure.credit else replace(figure, credit=line.text[:500])
    if figure.caption:
        return figure
    return replace(figure, caption=line.spans or (Span(line.text),))
