"""Articles and blocks as JSON, and as the compressed bytes the library keeps.

One form serves both: what ``--json`` prints is what is stored, compressed by zlib. Values that are the default are left
out. Reading is lenient, because a library outlives the version that wrote it: an unknown kind of block is skipped, an
unknown mark ignored, a missing or misshapen value replaced by its default; nothing here raises on stored data.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Final, TypeAlias

from .document import (
    Block,
    Blocks,
    Cell,
    Code,
    Definition,
    DefinitionList,
    Figure,
    Footnote,
    Heading,
    ListBlock,
    Mark,
    Paragraph,
    Quote,
    Rule,
    Span,
    Spans,
    Table,
)
from .model import Appended, Article, Verdict

LEVEL: Final = 6
"""zlib's own default."""
SMALL_LEVEL: Final = 4
"""For small texts: 1 % larger than the default makes them, in two thirds of the time (measured on texts of 2 kB)."""
SMALL_BYTES: Final = 8 * 1024
"""Up to this size a window of 8 kB holds the whole text, and setting it up takes a quarter of the time (measured on texts
of 3 kB: 15 µs against 68 in all)."""

_SIMPLE: Final = "<"
"""What the text of ``encode_simple`` begins with; JSON never does."""

_Object: TypeAlias = dict[str, object]


def encode_blocks(blocks: Blocks) -> bytes:
    """Return ``blocks`` as compressed JSON."""
    return _pack(blocks_to_json(blocks))


def encode_simple(html: str, base_url: str) -> bytes:
    """Return simple HTML (see ``simple``) in the place of its blocks; ``decode_blocks`` makes them."""
    return compress(f"{_SIMPLE}{base_url}\n{html}".encode())


def simple_html(data: bytes) -> str:
    """Return the HTML that ``encode_simple`` was given; empty for what another function wrote."""
    text = _inflated(data)
    return text.partition("\n")[2] if text.startswith(_SIMPLE) else ""


def decode_blocks(data: bytes) -> Blocks:
    """Return the blocks of ``encode_blocks`` or ``encode_simple``; empty when ``data`` is not readable."""
    text = _inflated(data)
    try:
        return _of_simple(text) if text.startswith(_SIMPLE) else _blocks(_parsed(text))
    except RecursionError:
        return ()


def encode_article(article: Article) -> bytes:
    """Return ``article`` as compressed JSON."""
    return _pack(article_to_json(article))


def decode_article(data: bytes) -> Article | None:
    """Return the article of ``encode_article``; ``None`` when ``data`` is not readable."""
    value = _unpack(data)
    try:
        return article_from_json(value) if isinstance(value, dict) else None
    except RecursionError:
        return None


# ---------------------------------------------------------------------------------------- writing


def blocks_to_json(blocks: Iterable[Block]) -> list[object]:
    """Return a list of objects, each with its ``kind``."""
    return [_block_to_json(block) for block in blocks]


def article_to_json(article: Article) -> _Object:
    """Return the article as an object; what is empty is left out, but for title and blocks."""
    value: _Object = {
        "title": article.title,
        "url": article.url,
        "canonical_url": article.canonical_url,
        "authors": list(article.authors),
        "published": _instant(article.published),
        "modified": _instant(article.modified),
        "site": article.site,
        "language": article.language,
        "lead_image": article.lead_image,
        "caption": article.caption,
        "comments_url": article.comments_url,
        "next_page": article.next_page,
        "topics": list(article.topics),
        "paywalled": article.paywalled,
        "reason": article.reason,
        "word_count": article.word_count,
        "origins": dict(article.origins),
        "appended": [
            _compact({"title": other.title, "url": other.url}) | {"blocks": blocks_to_json(other.blocks)}
            for other in article.appended
        ],
    }
    always: _Object = {
        "title": article.title,
        "verdict": article.verdict.value,
        "kept_share": article.kept_share,
        "blocks": blocks_to_json(article.blocks),
    }
    return _compact(value) | always


def _block_to_json(block: Block) -> _Object:
    match block:
        case Paragraph(spans):
            return {"kind": "paragraph", "spans": _spans_to_json(spans)}
        case Heading(level, spans):
            return {"kind": "heading", "level": level, "spans": _spans_to_json(spans)}
        case Quote(inner, embedded):
            return {"kind": "quote", **_compact({"embedded": embedded}), "blocks": blocks_to_json(inner)}
        case ListBlock(items, ordered, start):
            return {
                "kind": "list",
                **_compact({"ordered": ordered}),
                **_unless_one({"start": start}),
                "items": [blocks_to_json(item) for item in items],
            }
        case DefinitionList(items):
            return {
                "kind": "definitions",
                "items": [
                    {"term": _spans_to_json(item.term), "blocks": blocks_to_json(item.blocks)}
                    for item in items
                ],
            }
        case Code(text, language):
            return {"kind": "code", "text": text, **_compact({"language": language})}
        case Table(rows, caption):
            return {
                "kind": "table",
                **_compact({"caption": _spans_to_json(caption)}),
                "rows": [[_cell_to_json(cell) for cell in row] for row in rows],
            }
        case Figure():
            return _figure_to_json(block)
        case Footnote(label, inner):
            return {"kind": "footnote", "label": label, "blocks": blocks_to_json(inner)}
        case Rule():
            return {"kind": "rule"}


def _figure_to_json(figure: Figure) -> _Object:
    optional: _Object = {
        "alt": figure.alt,
        "caption": _spans_to_json(figure.caption),
        "credit": figure.credit,
        "media": figure.kind if figure.kind != "image" else None,
        "width": figure.width,
        "height": figure.height,
    }
    return {"kind": "figure", "src": figure.src, **_compact(optional)}


def _cell_to_json(cell: Cell) -> _Object:
    return {
        "spans": _spans_to_json(cell.spans),
        **_compact({"header": cell.header}),
        **_unless_one({"colspan": cell.colspan, "rowspan": cell.rowspan}),
    }


def _spans_to_json(spans: Spans) -> list[object]:
    return [
        {
            "text": span.text,
            **_compact({"marks": [_MARK_NAMES[mark] for mark in span.marks], "href": span.href}),
        }
        for span in spans
    ]


_MARK_NAMES: Final = {mark: (mark.name or "").lower() for mark in Mark}
_MARKS: Final = {name: mark for mark, name in _MARK_NAMES.items()}


def _compact(value: Mapping[str, object]) -> _Object:
    """Return ``value`` without what is empty, zero or false."""
    return {name: item for name, item in value.items() if item}


def _unless_one(value: Mapping[str, int]) -> _Object:
    """Return ``value`` without numbers that are 1, the default of starts and spans."""
    return {name: number for name, number in value.items() if number != 1}


def _instant(value: datetime | None) -> str:
    return value.astimezone(UTC).isoformat() if value else ""


def _pack(value: object) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return compress(text.encode("utf-8", "replace"))


def compress(data: bytes) -> bytes:
    """Return ``data`` as a zlib stream, which ``zlib.decompress`` reads."""
    if len(data) > SMALL_BYTES:
        return zlib.compress(data, LEVEL)
    small = zlib.compressobj(SMALL_LEVEL, zlib.DEFLATED, wbits=13, memLevel=6)
    return small.compress(data) + small.flush()


# ---------------------------------------------------------------------------------------- reading


def article_from_json(value: Mapping[str, object]) -> Article:
    """Return the article that ``article_to_json`` wrote."""
    origins = value.get("origins")
    verdict = _text(value, "verdict")
    return Article(
        title=_text(value, "title"),
        blocks=_blocks(value.get("blocks")),
        url=_text(value, "url"),
        canonical_url=_text(value, "canonical_url"),
        authors=_texts(value.get("authors")),
        published=_datetime(value, "published"),
        modified=_datetime(value, "modified"),
        site=_text(value, "site"),
        language=_text(value, "language"),
        lead_image=_text(value, "lead_image"),
        caption=_text(value, "caption"),
        comments_url=_text(value, "comments_url"),
        next_page=_text(value, "next_page"),
        topics=_texts(value.get("topics")),
        paywalled=value.get("paywalled") is True,
        appended=tuple(
            Appended(_text(other, "title"), _text(other, "url"), _blocks(other.get("blocks")))
            for other in _objects(value.get("appended"))
        ),
        verdict=Verdict(verdict) if verdict in _VERDICTS else Verdict.GOOD,
        reason=_text(value, "reason"),
        kept_share=_share(value.get("kept_share")),
        word_count=_number(value, "word_count", 0),
        origins=tuple((name, _plain(item)) for name, item in origins.items())
        if isinstance(origins, dict)
        else (),
    )


_VERDICTS: Final = frozenset(verdict.value for verdict in Verdict)


def _blocks(value: object) -> Blocks:
    found = (_block(item) for item in _objects(value))
    return tuple(block for block in found if block is not None)


def _block(value: _Object) -> Block | None:
    read = _READERS.get(_text(value, "kind"))
    return read(value) if read else None


_READERS: Final[Mapping[str, Callable[[_Object], Block]]] = {
    "paragraph": lambda value: Paragraph(_spans(value.get("spans"))),
    "heading": lambda value: Heading(_number(value, "level", 2), _spans(value.get("spans"))),
    "quote": lambda value: Quote(_blocks(value.get("blocks")), value.get("embedded") is True),
    "list": lambda value: ListBlock(
        tuple(_blocks(item) for item in _list(value.get("items"))),
        value.get("ordered") is True,
        _number(value, "start", 1),
    ),
    "definitions": lambda value: DefinitionList(
        tuple(
            Definition(_spans(item.get("term")), _blocks(item.get("blocks")))
            for item in _objects(value.get("items"))
        )
    ),
    "code": lambda value: Code(_text(value, "text"), _text(value, "language")),
    "table": lambda value: Table(
        tuple(tuple(_cell(cell) for cell in _objects(row)) for row in _list(value.get("rows"))),
        _spans(value.get("caption")),
    ),
    "figure": lambda value: Figure(
        src=_text(value, "src"),
        alt=_text(value, "alt"),
        caption=_spans(value.get("caption")),
        credit=_text(value, "credit"),
        kind=_text(value, "media") or "image",
        width=_number(value, "width", 0),
        height=_number(value, "height", 0),
    ),
    "footnote": lambda value: Footnote(_text(value, "label"), _blocks(value.get("blocks"))),
    "rule": lambda _value: Rule(),
}


def _cell(value: _Object) -> Cell:
    return Cell(
        _spans(value.get("spans")),
        value.get("header") is True,
        _number(value, "colspan", 1),
        _number(value, "rowspan", 1),
    )


def _spans(value: object) -> Spans:
    return tuple(
        Span(_text(item, "text"), _marks(item.get("marks")), _text(item, "href")) for item in _objects(value)
    )


def _marks(value: object) -> Mark:
    marks = Mark.PLAIN
    for name in _texts(value):
        marks |= _MARKS.get(name, Mark.PLAIN)
    return marks


def _of_simple(text: str) -> Blocks:
    from .runs import Addresses
    from .simple import simple_lines

    base_url, _, html = text.removeprefix(_SIMPLE).partition("\n")
    return tuple(map(Paragraph, simple_lines(html, Addresses(base_url)) or ()))


def _unpack(data: bytes) -> object:
    return _parsed(_inflated(data))


def _inflated(data: bytes) -> str:
    """Return the text that ``compress`` was given; empty when it cannot be read."""
    try:
        return zlib.decompress(data).decode()
    except (zlib.error, ValueError):
        return ""


def _parsed(text: str) -> object:
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _objects(value: object) -> list[_Object]:
    return [item for item in _list(value) if isinstance(item, dict)]


def _texts(value: object) -> tuple[str, ...]:
    return tuple(item for item in _list(value) if isinstance(item, str))


def _plain(value: object) -> str:
    return value if isinstance(value, str) else ""


def _text(value: Mapping[str, object], name: str) -> str:
    return _plain(value.get(name))


def _number(value: Mapping[str, object], name: str, default: int) -> int:
    found = value.get(name)
    return found if isinstance(found, int) and not isinstance(found, bool) else default


def _share(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 1.0


def _datetime(value: Mapping[str, object], name: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(_text(value, name))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
