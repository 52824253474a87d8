"""An entry's own text, ready to be kept: encoded, compressed and measured.

All of this takes longer than storing it, so a worker does it (``prepare``), and what comes back to the thread that writes
is bytes and numbers. It is the same work wherever it is done; ``ready`` is the one way to do it.
"""

from __future__ import annotations

import re
import zlib
from typing import Final

from .codec import compress, encode_blocks, encode_simple
from .document import Blocks, Heading, Paragraph, plain_text
from .identity import content_hash
from .model import ParsedEntry
from .records import dataclass

LEDE_LENGTH: Final = 200
_UNSPACED: Final = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
"""Letters of scripts that set no spaces between words: Thai, Lao, kana, Han."""


@dataclass(frozen=True, slots=True)
class Text:
    """What is kept of the text that a feed sent for an entry."""

    blocks: bytes
    """``codec.encode_blocks``, or ``codec.encode_simple``."""
    html: bytes
    """``pack_html`` of what the feed sent; empty where ``blocks`` hold it."""
    plain: str
    """What search finds of it."""
    lede: str
    words: int
    digest: bytes
    """``identity.content_hash`` of the entry."""


def ready(entry: ParsedEntry, blocks: Blocks, digest: bytes | None = None) -> Text:
    """Return the cleaned text of an entry as it is kept; ``digest`` is its content hash, where that is known."""
    plain = plain_text(blocks, captions=True)
    simple = all(isinstance(block, Paragraph | Heading) for block in blocks)
    body = plain if simple else plain_text(blocks)
    return Text(
        encode_blocks(blocks),
        pack_html(entry.content_html or entry.summary),
        plain,
        lede(body),
        count_words(body),
        digest or content_hash(entry),
    )


def ready_simple(html: str, base_url: str, plain: str, digest: bytes) -> Text:
    """Return the text of simple HTML as it is kept: the HTML alone, whose blocks are made when somebody looks.

    ``plain`` is its text, which is all that the list, the counts and the index need.
    """
    return Text(encode_simple(html, base_url), b"", plain, lede(plain), count_words(plain), digest)


def count_words(plain: str) -> int:
    """Return the number of words; two letters count as one where a script sets no spaces."""
    words = len(plain.split())
    return words if plain.isascii() else words + len(_UNSPACED.findall(plain)) // 2


def lede(plain: str) -> str:
    """Return the beginning of a text on one line."""
    line = " ".join(plain[: 4 * LEDE_LENGTH].split())
    return line if len(line) <= LEDE_LENGTH else line[: LEDE_LENGTH - 1].rstrip() + "…"


def pack_html(html: str) -> bytes:
    """Return HTML as it is kept; empty for none."""
    return compress(html.encode("utf-8", "replace")) if html else b""


def unpack_html(data: bytes) -> str:
    """Return the HTML that ``pack_html`` packed."""
    return zlib.decompress(data).decode("utf-8", "replace") if data else ""
