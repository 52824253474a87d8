"""The chosen elements become lines.

One walk over each element with a stack of our own, so that depth costs nothing: entering an element changes the
context that its content is read in (marks, link, container, kind of line); block elements end the line before and
after them.
"""

from __future__ import annotations

import re
from typing import Final

from ..document import MAX_DEPTH, Code, Mark, Table, plain
from ..records import dataclass, replace
from ..text import clean_code
from .figures import glyph, read_figure
from .inline import MARKS, Addresses, Inline
from .lines import Container, Kind, Line
from .measure import Weights
from .notes import Notes
from .tables import read_table
from .tree import HtmlElement, breadth, fold, names, storable, word_set
from .vocabulary import is_caption, is_credit, is_embedded_post, is_gutter

BLOCKS: Final = word_set(
    "p div h1 h2 h3 h4 h5 h6 li ul ol dl dt dd blockquote pre table thead tbody tfoot tr td th section article figure "
    "figcaption hr body main header footer aside address center fieldset form details summary nav"
)
HEADINGS: Final = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_MEDIA: Final = frozenset(("img", "video", "audio", "iframe"))
CAPTION_CHARACTERS: Final = 600
"""A box named as a caption that holds more is none."""
MOST_PICTURES: Final = 20
"""Of a data table, that are set after it; cells hold text only."""
_LANGUAGE = re.compile(
    r"(?:^|\s)(?:lang(?:uage)?-|highlight-(?:source-|text-)?|brush:\s?|sourceCode\s+)([\w+#.-]{1,30})"
)


@dataclass(frozen=True, slots=True)
class _Context:
    """How the content of an element is read."""

    kind: Kind = "text"
    level: int = 0
    marks: Mark = Mark.PLAIN
    href: str = ""
    in_link: bool = False
    caption: bool = False
    credit: bool = False
    path: tuple[Container, ...] = ()


def _is_apart(context: _Context, outer: _Context) -> bool:
    """Tell whether an element begins a caption or a credit, which are lines of their own wherever they stand."""
    return (context.caption and not outer.caption) or (context.credit and not outer.credit)


class _Unfolder:
    """The state of one walk: the line being read and the lines already read."""

    def __init__(self, weights: Weights, addresses: Addresses, notes: Notes) -> None:
        self._notes = notes
        self.lines: list[Line] = []
        self._weights = weights
        self._addresses = addresses
        self._inline = Inline()
        self._figures: list[Line] = []
        self._line = _Context()
        self._element: HtmlElement | None = None

    def walk(self, root: HtmlElement) -> None:
        """Read ``root`` into lines."""
        stack: list[tuple[HtmlElement, _Context | None, _Context]] = [(root, None, _Context())]
        while stack:
            element, entered, outer = stack.pop()
            if entered is not None:
                self._leave(element, entered, outer, is_root=element is root)
                continue
            context = self._enter(element, outer)
            stack.append((element, context or outer, outer))
            if context is not None:
                stack.extend((child, None, context) for child in reversed(element))
        self.flush()

    def _enter(self, element: HtmlElement, outer: _Context) -> _Context | None:
        """Begin an element; return the context of its content, or ``None`` when it has been read whole."""
        tag = element.tag
        if tag == "br":
            self._break(element, outer)
            return None
        if tag in _MEDIA:
            self._media(element, outer)
            return None
        if tag == "hr":
            self.flush()
            self._emit(Line("rule", "", element, path=outer.path))
            return None
        words = names(element)
        block = tag in BLOCKS
        if block:
            self.flush()
            if tag == "table" and (table := read_table(element, self._addresses)) is not None:
                self._table(element, table, outer)
                return None
            if tag == "pre":
                self._code(element, outer)
                return None
            if words and is_gutter(words):
                return None
        elif tag == "math":
            self._inline.add(element.get("alttext") or "", outer.marks, outer.href)
            return None
        context = self._context(element, words, outer)
        apart = _is_apart(context, outer)
        if apart and not block:
            self.flush()
        if block or apart or self._element is None:
            self._line, self._element = context, element
        if element.text:
            self._add(element.text, context)
        return context

    def _leave(self, element: HtmlElement, context: _Context, outer: _Context, *, is_root: bool) -> None:
        """End an element, and read the text after it."""
        if element.tag in BLOCKS or _is_apart(context, outer):
            self.flush()
            parent = element.getparent()
            self._line, self._element = outer, parent if parent is not None else element
        if element.tail and not is_root:
            self._add(element.tail, outer)

    def _context(self, element: HtmlElement, words: str, outer: _Context) -> _Context:
        tag = element.tag
        change: dict[str, object] = {}
        if tag in HEADINGS:
            change |= {"kind": "heading", "level": HEADINGS[tag]}
        elif tag in _CONTAINERS:
            change |= _container(element, words, outer)
        elif tag in ("td", "th"):
            change["kind"] = "cell"
        elif tag == "a":
            change |= self._link(element, outer)
        elif tag == "p" and outer.kind == "heading":
            change["kind"] = "text"
        elif tag in MARKS:
            change["marks"] = outer.marks | MARKS[tag]
        if self._notes and tag in BLOCKS and (label := self._notes.get(element.get("id") or "")) is not None:
            change |= {"kind": "text", "path": (Container("note", label=label),)}
        if not outer.caption and (
            tag == "figcaption" or (words and is_caption(words) and self._is_short(element))
        ):
            change["caption"] = True
        if words and (outer.caption or "caption" in change) and is_credit(words):
            change["credit"] = True
        return replace(outer, **change) if change else outer  # type: ignore[arg-type]  # the keys are fields

    def _link(self, element: HtmlElement, outer: _Context) -> dict[str, object]:
        href = element.get("href") or ""
        label = self._notes.get(href[1:]) if href.startswith("#") else None
        if label is not None:
            return {"href": f"#{label}", "marks": outer.marks | Mark.SUP}
        return {"href": self._addresses.link(href), "in_link": True}

    def _is_short(self, element: HtmlElement) -> bool:
        weight = self._weights.get(element)
        return weight is not None and weight.text < CAPTION_CHARACTERS

    def _add(self, text: str, context: _Context) -> None:
        if self._element is not None or text.strip():
            self._inline.add(text, context.marks, context.href, in_link=context.in_link)

    def _break(self, element: HtmlElement, context: _Context) -> None:
        """Read a ``br``: one breaks the line, two in a row end the paragraph."""
        following = element.getnext()
        doubled = following is not None and following.tag == "br" and not (element.tail or "").strip()
        if doubled or self._inline.ends_in_break():
            self.flush()
        elif self._inline:
            self._inline.line_break(context.marks, context.href)

    def _media(self, element: HtmlElement, context: _Context) -> None:
        if element.tag == "img" and (text := glyph(element)):
            self._inline.add(text, context.marks, context.href)
            return
        figure = read_figure(element, self._addresses)
        if figure is not None:
            line = Line("figure", "", element, path=context.path, block=figure)
            if self._inline:
                self._figures.append(line)  # a picture in a paragraph stands after it, and does not part it
            else:
                self._emit(line)

    def _table(self, element: HtmlElement, table: Table, context: _Context) -> None:
        text = "\n".join(" | ".join(plain(cell.spans) for cell in row) for row in table.rows)
        linked = sum(breadth(fold("".join(link.itertext()))) for link in element.iter("a"))
        self._emit(
            Line(
                "table", text, element, path=context.path, linked=linked, caption=context.caption, block=table
            )
        )
        for image in list(element.iter("img"))[:MOST_PICTURES]:
            self._media(image, context)

    def _code(self, element: HtmlElement, context: _Context) -> None:
        for inner in list(element.iter("br", "p", "div", "li", "tr")):
            inner.text = storable(f"\n{inner.text or ''}")
        for gutter in [e for e in element.iter() if e is not element and is_gutter(names(e))]:
            gutter.clear(keep_tail=True)
        text = clean_code("".join(element.itertext())).strip("\n").rstrip()
        if not text.strip():
            return
        linked = sum(breadth("".join(link.itertext())) for link in element.iter("a"))
        block = Code(text, _language(element))
        self._emit(
            Line(
                "code", text, element, path=context.path, linked=linked, caption=context.caption, block=block
            )
        )

    def flush(self) -> None:
        """End the line being read."""
        if self._inline and self._element is not None:
            linked = self._inline.linked
            spans = self._inline.take()
            if spans:
                at = self._line
                self._emit(
                    Line(
                        at.kind,
                        fold(plain(spans)),
                        self._element,
                        spans,
                        at.path,
                        level=at.level,
                        linked=linked,
                        caption=at.caption,
                        credit=at.credit,
                    )
                )
        elif self._inline:
            self._inline.take()
        if self._figures:
            self.lines += self._figures
            self._figures = []

    def _emit(self, line: Line) -> None:
        self.lines.append(line)


_CONTAINERS: Final = word_set("ul ol li blockquote dl dt dd")


def _container(element: HtmlElement, words: str, outer: _Context) -> dict[str, object]:
    """Return what a list, an item, a quotation changes in the context; nothing more once ``MAX_DEPTH`` is reached."""
    tag, path = element.tag, outer.path
    depth = sum(container.kind not in ("item", "term", "definition") for container in path)
    if tag in ("ul", "ol"):
        if depth >= MAX_DEPTH:
            return {}
        return {"path": (*path, Container("list", ordered=tag == "ol", start=_start(element)))}
    if tag == "li":
        if path and path[-1].kind == "list":
            return {"kind": "item", "path": (*path, Container("item"))}
        return {"kind": "item"}
    if tag == "blockquote":
        if depth >= MAX_DEPTH:
            return {"kind": "quote"}
        return {"kind": "quote", "path": (*path, Container("embed" if is_embedded_post(words) else "quote"))}
    if tag == "dl":
        return {} if depth >= MAX_DEPTH else {"path": (*path, Container("definitions"))}
    if path and path[-1].kind == "definitions":
        return {"path": (*path, Container("term" if tag == "dt" else "definition"))}
    return {}


def _start(element: HtmlElement) -> int:
    text = (element.get("start") or "").strip()
    return int(text[:6]) if text.lstrip("-").isdecimal() else 1


def _language(pre: HtmlElement) -> str:
    """Return the language of a code block as its class or attributes name it."""
    candidates = [pre, *pre.iterchildren("code")]
    parent = pre.getparent()
    while parent is not None and parent.tag in ("div", "figure", "td", "code") and len(candidates) < 5:
        candidates.append(parent)
        parent = parent.getparent()
    for element in candidates:
        for name in ("data-lang", "data-language"):
            if value := element.get(name):
                return fold(value)[:30].lower()
        if match := _LANGUAGE.search(element.get("class") or ""):
            return match.group(1).lower()
    return ""


def unfold(
    roots: list[HtmlElement], weights: Weights, addresses: Addresses, notes: Notes | None = None
) -> list[Line]:
    """Return the lines of the chosen elements, in document order; elements in ``notes`` become footnotes."""
    unfolder = _Unfolder(weights, addresses, notes or {})
    for root in roots:
        unfolder.walk(root)
    return unfolder.lines
